//! Whole exports of supporting records, from bytes to records: one sentence per record, one line per trap.

mod github;
mod others;

use crate::{
    Options,
    table::test_support::{Held, import_fixture},
};
use change_ledger_model::{person::Person, record::Record};

/// Reads a fixture whose repository a person said.
fn held(path: &str) -> Held {
    import_fixture(path, &Options { repository: Some("Acme/pay".to_owned()), ..Options::default() })
}

/// Reads a fixture about which a person said nothing.
fn alone(path: &str) -> Held {
    import_fixture(path, &Options::default())
}

fn said<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "?".to_owned(), |value| value.to_string())
}

fn who(person: Option<&Person>) -> String {
    said(person.map(|person| format!("{}/{:?}", person.handle, person.kind)))
}

fn short(commit: Option<&String>) -> String {
    said(commit.map(|name| name.chars().take(7).collect::<String>()))
}

/// What the records of a file say, one line each.
fn lines(held: &Held) -> Vec<String> {
    held.records().map(line).collect()
}

fn line(record: &Record) -> String {
    match record {
        Record::Deployment(of) => format!(
            "{} {} {} {}{} {:?} by {} from {} deployed {} ended {} {}",
            of.id,
            said(of.repository.as_ref()),
            said(of.environment.as_ref()),
            short(of.commit.as_ref()),
            of.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default(),
            of.state,
            who(of.deployed_by.as_ref()),
            said(of.started_at),
            said(of.deployed_at),
            said(of.finished_at),
            of.is_production.map_or("?", |is| if is { "production" } else { "other" }),
        ),
        Record::Bypass(of) => format!(
            "{} {} {} by {} at {} lets {} in as {} skipping {:?} review {:?}",
            of.id,
            said(of.repository.as_ref()),
            said(of.branch.as_ref()),
            who(of.actor.as_ref()),
            said(of.at),
            said(of.change.as_ref()),
            short(of.commit_after.as_ref()),
            of.rules,
            of.skipped_review,
        ),
        Record::Check(of) => format!(
            "{} {} {} {} {:?} by {} from {} to {} {:?}",
            of.id,
            said(of.repository.as_ref()),
            of.name,
            short(of.commit.as_ref()),
            of.outcome,
            who(of.actor.as_ref()),
            said(of.started_at),
            said(of.finished_at),
            of.findings.map(|found| [found.critical, found.high, found.medium, found.low, found.unrated]),
        ),
        Record::Alert(of) => format!(
            "{} {} {} {:?} {} {:?} opened {} fixed {} dismissed {} naming {:?}",
            of.id,
            of.title,
            said(of.package.as_ref()),
            of.severity,
            said(of.score_tenths),
            of.state,
            said(of.opened_at),
            said(of.fixed_at),
            said(of.dismissed_at),
            of.mentions.iter().map(|mention| mention.name.as_str()).collect::<Vec<_>>(),
        ),
        Record::Message(of) => format!(
            "{} {} at {} edited {} in {}: {} {:?} naming {:?}",
            of.id,
            who(of.author.as_ref()),
            said(of.at),
            said(of.edited_at),
            said(of.thread.as_ref()),
            of.text,
            of.reactions,
            of.mentions.iter().map(|mention| mention.name.as_str()).collect::<Vec<_>>(),
        ),
        Record::Setting(of) => format!(
            "{} {} {:?} approvals {} owners {:?} stale {:?} last {:?} checks {:?} admins {:?} bypass {:?} force {:?} at {}",
            of.id,
            said(of.repository.as_ref()),
            of.enforcement,
            said(of.required_approvals),
            of.code_owners,
            of.dismisses_stale,
            of.last_push_approval,
            of.required_checks,
            of.binds_admins,
            of.bypassers,
            of.force_push_allowed,
            said(of.updated_at),
        ),
        Record::Commit(of) => format!(
            "{} {} by {} / {} written {} committed {} direct {:?} naming {:?}",
            of.id,
            of.title,
            who(of.author.as_ref()),
            who(of.committer.as_ref()),
            said(of.authored_at),
            said(of.committed_at),
            of.is_direct_push,
            of.mentions.iter().map(|mention| mention.name.as_str()).collect::<Vec<_>>(),
        ),
        other => format!("{other:?}"),
    }
}
