//! Exports of supporting records: bypasses, deployments, checks, alerts, messages, settings and commits.
//!
//! Each file describes its kinds as [`JsonSource`]s or implements a table; the lists below connect them.

mod address;
pub(super) mod argo_cd;
pub(super) mod azure_pipelines;
pub(super) mod circleci;
mod fields;
pub(super) mod github_audit;
pub(super) mod github_audit_csv;
pub(super) mod github_commits;
pub(super) mod github_dependabot;
pub(super) mod github_deployments;
pub(super) mod github_rule_suites;
pub(super) mod github_rules;
pub(super) mod github_runs;
pub(super) mod gitlab_deployments;
pub(super) mod gitlab_reports;
pub(super) mod jenkins;
pub(super) mod npm_audit;
pub(super) mod sarif;
pub(super) mod slack;
pub(super) mod snyk;
#[cfg(test)]
mod tests;

use super::{Context, Fault, SourceEntry, tally::Tally};
use crate::{
    IngestError, Reading,
    input::framing::Rules,
    recognise::Glance,
    table::{self, Head, TableSource},
};
use change_ledger_model::{
    record::Record,
    source::{Fact, SourceKind},
};
use fields::Fields;
pub(super) use github_commits::message_of;
pub(crate) use slack::channel_in_name;

/// One kind of JSON export of supporting records.
pub(crate) struct JsonSource {
    /// Which kind it is, and what it is to people.
    pub(crate) entry: SourceEntry,
    /// How its records are framed.
    pub(crate) rules: Rules,
    /// Whether the first record of a file is of this kind.
    pub(crate) is_its_record: fn(&Glance) -> bool,
    /// Why, as a sentence.
    pub(crate) reason: &'static str,
    /// Reads one record.
    pub(crate) read: fn(Fields<'_>, &Context<'_>, &mut Tally) -> Result<Vec<Record>, Fault>,
    /// Whether no record names its repository, so that a person has to.
    pub(crate) needs_repository: bool,
    /// What every such file leaves out, as a sentence.
    pub(crate) caution: Option<&'static str>,
}

/// Every kind of JSON, most telling first.
static JSON_SOURCES: [&JsonSource; 18] = [
    &github_audit::SOURCE,
    &github_rule_suites::SOURCE,
    &github_deployments::STATUSES,
    &github_deployments::DEPLOYMENTS,
    &github_runs::SOURCE,
    &github_dependabot::SOURCE,
    &github_rules::SOURCE,
    &github_commits::SOURCE,
    &gitlab_deployments::SOURCE,
    &argo_cd::SOURCE,
    &jenkins::SOURCE,
    &circleci::SOURCE,
    &azure_pipelines::SOURCE,
    &slack::MESSAGES,
    &slack::USERS,
    &sarif::SOURCE,
    &npm_audit::SOURCE,
    &snyk::SOURCE,
];

/// The kinds in the order in which recognition tries them.
pub(crate) fn json_kinds() -> impl Iterator<Item = SourceKind> {
    JSON_SOURCES.iter().map(|source| source.entry.kind)
}

/// The description of a kind; `None` for kinds of other records.
pub(crate) fn json_source(kind: SourceKind) -> Option<&'static JsonSource> {
    JSON_SOURCES.iter().copied().find(|source| source.entry.kind == kind)
}

/// Whose table of supporting records a head begins, and why; `None` when it is none.
pub(crate) fn recognise_table(head: &Head) -> Option<(SourceKind, String)> {
    let is_log = github_audit_csv::recognise(head).map(|reason| (SourceKind::GithubAuditCsv, reason));
    is_log.or_else(|| gitlab_reports::recognise(head))
}

/// The table of supporting records that a file is; `None` when it is of other records.
///
/// # Errors
/// When columns are missing without which there is no record.
pub(crate) fn table(reading: &Reading) -> Result<Option<Box<dyn TableSource>>, IngestError> {
    Ok(match reading.kind {
        SourceKind::GithubAuditCsv => Some(Box::new(github_audit_csv::GithubAuditCsv::new(reading)?)),
        SourceKind::GitlabCustodyCsv => Some(Box::new(gitlab_reports::Custody::new(reading)?)),
        SourceKind::GitlabViolationsCsv => Some(Box::new(gitlab_reports::Violations::new(reading)?)),
        _ => None,
    })
}

/// Reads one record of a kind, and notes what it carries of what one could ask.
pub(super) fn read(
    source: &JsonSource,
    text: &str,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<Vec<Record>, Fault> {
    let value: serde_json::Value = super::parse(text)?;
    let records = (source.read)(Fields(&value), context, tally)?;
    tally.ask(source.entry.facts);
    for record in &records {
        table::facts::when_supporting(record, &mut |carried, fact: Fact| tally.carry_if(carried, fact));
    }
    Ok(records)
}
