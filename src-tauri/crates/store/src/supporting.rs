//! Deployments, bypasses, checks, alerts, messages, settings and commits as rows of their tables.
//!
//! What the ledger does with them is the same for all: merge part by part, count, find. So each kind is only
//! described here, field by field, and `table/supporting.rs` does the rest.

use crate::{
    part::{FIRST_COLUMN_PART, Part, Parts},
    table::Kind,
};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{Alert, Bypass, Check, CodeCommit, Deployment, Findings, Mention, Message, Record, Setting},
};

/// The kinds of supporting records and their tables.
pub(crate) const TABLES: [(Kind, &str); 7] = [
    (Kind::Deployment, "deployment"),
    (Kind::Bypass, "bypass"),
    (Kind::Check, "check_run"),
    (Kind::Alert, "alert"),
    (Kind::Message, "message"),
    (Kind::Setting, "setting"),
    (Kind::Commit, "code_commit"),
];

/// The table of a kind; `None` for changes, reviews, tickets and incidents.
pub(crate) fn table_of(kind: Kind) -> Option<&'static str> {
    TABLES.iter().find(|(known, _)| *known == kind).map(|(_, table)| *table)
}

/// `template` for every table of supporting records, with `{table}` and `{kind}` filled in and `between` between.
pub(crate) fn for_each(template: &str, between: &str) -> String {
    let of_table =
        |(kind, table): &(Kind, &str)| template.replace("{table}", table).replace("{kind}", &kind.code().to_string());
    TABLES.iter().map(of_table).collect::<Vec<_>>().join(between)
}

/// One SELECT over every table of supporting records; `template` as in [`for_each`].
pub(crate) fn over_all(template: &str) -> String {
    for_each(template, " UNION ALL ")
}

/// The number of the part that a column is, by its position among the fields. Positions are stored: new columns
/// go to the end.
pub(crate) const fn column_part(position: u8) -> u8 {
    FIRST_COLUMN_PART + position
}

/// What a row says in one column.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Said<'a> {
    Text(Option<&'a str>),
    Number(Option<i64>),
    Time(Option<Timestamp>),
    Person(Option<&'a Person>),
    /// Hexadecimal name of a commit.
    Commit(Option<&'a str>),
    List(Option<&'a [String]>),
    Findings(Option<Findings>),
}

impl Said<'_> {
    pub(crate) const fn is_some(self) -> bool {
        match self {
            Self::Text(text) | Self::Commit(text) => text.is_some(),
            Self::Number(number) => number.is_some(),
            Self::Time(at) => at.is_some(),
            Self::Person(person) => person.is_some(),
            Self::List(list) => list.is_some(),
            Self::Findings(findings) => findings.is_some(),
        }
    }
}

/// One column of a supporting record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'a> {
    pub(crate) column: &'static str,
    pub(crate) said: Said<'a>,
}

/// A supporting record, field by field.
#[derive(Debug)]
pub(crate) struct Supporting<'a> {
    pub(crate) kind: Kind,
    pub(crate) table: &'static str,
    pub(crate) id: &'a str,
    pub(crate) source: &'a str,
    pub(crate) repository: Option<&'a str>,
    pub(crate) fields: Vec<Field<'a>>,
    /// Text that only the evidence keeps.
    pub(crate) body: Option<&'a str>,
    pub(crate) mentions: &'a [Mention],
    pub(crate) updated_at: Option<Timestamp>,
}

impl<'a> Supporting<'a> {
    /// `None` for changes, reviews, tickets and incidents.
    pub(crate) fn of(record: &'a Record) -> Option<Self> {
        match record {
            Record::Deployment(deployment) => Some(of_deployment(deployment)),
            Record::Bypass(bypass) => Some(of_bypass(bypass)),
            Record::Check(check) => Some(of_check(check)),
            Record::Alert(alert) => Some(of_alert(alert)),
            Record::Message(message) => Some(of_message(message)),
            Record::Setting(setting) => Some(of_setting(setting)),
            Record::Commit(commit) => Some(of_commit(commit)),
            Record::Change(_) | Record::Review(_) | Record::Ticket(_) | Record::Incident(_) => None,
        }
    }

    /// What the row carries.
    pub(crate) fn parts(&self) -> Parts {
        let parts = (0..).zip(&self.fields).fold(Parts::default(), |parts, (position, field)| {
            parts.with_number(column_part(position), field.said.is_some())
        });
        parts.with(Part::Body, self.body.is_some()).with_mentions(self.mentions)
    }

    /// When the row was true: when its source last changed it, else the latest time in it.
    pub(crate) fn as_of(&self) -> i64 {
        let times = self.fields.iter().filter_map(|field| match field.said {
            Said::Time(at) => at,
            _ => None,
        });
        self.updated_at.or_else(|| times.max()).map_or(i64::MIN, Timestamp::millis)
    }
}

const fn field<'a>(column: &'static str, said: Said<'a>) -> Field<'a> {
    Field { column, said }
}

fn text(text: &Option<String>) -> Said<'_> {
    Said::Text(text.as_deref())
}

fn commit(commit: &Option<String>) -> Said<'_> {
    Said::Commit(commit.as_deref())
}

fn person(person: &Option<Person>) -> Said<'_> {
    Said::Person(person.as_ref())
}

fn list(list: &Option<Vec<String>>) -> Said<'_> {
    Said::List(list.as_deref())
}

fn yes_no(value: Option<bool>) -> Said<'static> {
    Said::Number(value.map(i64::from))
}

fn code(value: Option<u8>) -> Said<'static> {
    Said::Number(value.map(i64::from))
}

fn of_deployment(deployment: &Deployment) -> Supporting<'_> {
    Supporting {
        kind: Kind::Deployment,
        table: "deployment",
        id: &deployment.id,
        source: &deployment.source,
        repository: deployment.repository.as_deref(),
        fields: vec![
            field("environment", text(&deployment.environment)),
            field("is_production", yes_no(deployment.is_production)),
            field("commit_id", commit(&deployment.commit)),
            field("version", text(&deployment.version)),
            field("state", code(deployment.state.map(|state| state as u8))),
            field("deployed_by", person(&deployment.deployed_by)),
            field("started_at", Said::Time(deployment.started_at)),
            field("deployed_at", Said::Time(deployment.deployed_at)),
            field("finished_at", Said::Time(deployment.finished_at)),
            field("url", text(&deployment.url)),
        ],
        body: None,
        mentions: &[],
        updated_at: deployment.updated_at,
    }
}

fn of_bypass(bypass: &Bypass) -> Supporting<'_> {
    Supporting {
        kind: Kind::Bypass,
        table: "bypass",
        id: &bypass.id,
        source: &bypass.source,
        repository: bypass.repository.as_deref(),
        fields: vec![
            field("branch", text(&bypass.branch)),
            field("actor", person(&bypass.actor)),
            field("at", Said::Time(bypass.at)),
            field("change", text(&bypass.change)),
            field("commit_before", commit(&bypass.commit_before)),
            field("commit_after", commit(&bypass.commit_after)),
            field("rules", list(&bypass.rules)),
            field("skipped_review", yes_no(bypass.skipped_review)),
            field("url", text(&bypass.url)),
        ],
        body: None,
        mentions: &[],
        updated_at: None,
    }
}

fn of_check(check: &Check) -> Supporting<'_> {
    Supporting {
        kind: Kind::Check,
        table: "check_run",
        id: &check.id,
        source: &check.source,
        repository: check.repository.as_deref(),
        fields: vec![
            field("name", Said::Text(Some(&check.name))),
            field("kind", code(Some(check.kind as u8))),
            field("commit_id", commit(&check.commit)),
            field("branch", text(&check.branch)),
            field("started_by", text(&check.trigger)),
            field("outcome", code(check.outcome.map(|outcome| outcome as u8))),
            field("attempt", Said::Number(check.attempt.map(i64::from))),
            field("actor", person(&check.actor)),
            field("started_at", Said::Time(check.started_at)),
            field("finished_at", Said::Time(check.finished_at)),
            field("findings", Said::Findings(check.findings)),
            field("url", text(&check.url)),
        ],
        body: None,
        mentions: &[],
        updated_at: check.updated_at,
    }
}

fn of_alert(alert: &Alert) -> Supporting<'_> {
    Supporting {
        kind: Kind::Alert,
        table: "alert",
        id: &alert.id,
        source: &alert.source,
        repository: alert.repository.as_deref(),
        fields: vec![
            field("title", Said::Text(Some(&alert.title))),
            field("package", text(&alert.package)),
            field("path", text(&alert.path)),
            field("severity", code(alert.severity.map(|severity| severity as u8))),
            field("score_tenths", Said::Number(alert.score_tenths.map(i64::from))),
            field("state", code(alert.state.map(|state| state as u8))),
            field("opened_at", Said::Time(alert.opened_at)),
            field("published_at", Said::Time(alert.published_at)),
            field("fixed_at", Said::Time(alert.fixed_at)),
            field("dismissed_at", Said::Time(alert.dismissed_at)),
            field("dismissed_by", person(&alert.dismissed_by)),
            field("dismissed_reason", text(&alert.dismissed_reason)),
            field("url", text(&alert.url)),
        ],
        body: None,
        mentions: &alert.mentions,
        updated_at: alert.updated_at,
    }
}

fn of_message(message: &Message) -> Supporting<'_> {
    Supporting {
        kind: Kind::Message,
        table: "message",
        id: &message.id,
        source: &message.source,
        repository: None,
        fields: vec![
            field("channel", text(&message.channel)),
            field("thread", text(&message.thread)),
            field("author", person(&message.author)),
            field("at", Said::Time(message.at)),
            field("edited_at", Said::Time(message.edited_at)),
            field("reactions", Said::List(Some(&message.reactions))),
        ],
        body: Some(&message.text),
        mentions: &message.mentions,
        updated_at: None,
    }
}

fn of_setting(setting: &Setting) -> Supporting<'_> {
    Supporting {
        kind: Kind::Setting,
        table: "setting",
        id: &setting.id,
        source: &setting.source,
        repository: setting.repository.as_deref(),
        fields: vec![
            field("name", Said::Text(Some(&setting.name))),
            field("branches", list(&setting.branches)),
            field("enforcement", code(setting.enforcement.map(|enforcement| enforcement as u8))),
            field("required_approvals", Said::Number(setting.required_approvals.map(i64::from))),
            field("code_owners", yes_no(setting.code_owners)),
            field("dismisses_stale", yes_no(setting.dismisses_stale)),
            field("last_push_approval", yes_no(setting.last_push_approval)),
            field("required_checks", list(&setting.required_checks)),
            field("binds_admins", yes_no(setting.binds_admins)),
            field("bypassers", list(&setting.bypassers)),
            field("force_push_allowed", yes_no(setting.force_push_allowed)),
            field("url", text(&setting.url)),
        ],
        body: None,
        mentions: &[],
        updated_at: setting.updated_at,
    }
}

fn of_commit(found: &CodeCommit) -> Supporting<'_> {
    Supporting {
        kind: Kind::Commit,
        table: "code_commit",
        id: &found.id,
        source: &found.source,
        repository: Some(&found.repository),
        fields: vec![
            field("commit_id", Said::Commit(Some(&found.sha))),
            field("title", Said::Text(Some(&found.title))),
            field("author", person(&found.author)),
            field("committer", person(&found.committer)),
            field("authored_at", Said::Time(found.authored_at)),
            field("committed_at", Said::Time(found.committed_at)),
            field("parents", list(&found.parents)),
            field("branch", text(&found.branch)),
            field("change", text(&found.change)),
            field("is_direct_push", yes_no(found.is_direct_push)),
            field("url", text(&found.url)),
        ],
        body: found.body.as_deref(),
        mentions: &found.mentions,
        updated_at: None,
    }
}
