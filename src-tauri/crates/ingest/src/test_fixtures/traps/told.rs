//! What a file was read as, one line per record, reject and warning; `?` is unknown.

use crate::table::test_support::Held;
use change_ledger_model::{
    Timestamp,
    person::{Person, PersonKind},
    record::{Change, Incident, Mention, Note, Record, Review, ReviewCoverage, Ticket},
};
use std::fmt::Debug;

/// Everything that was learned about a file.
pub(super) fn told(held: &Held) -> Vec<String> {
    let rejects = held.reasons().into_iter().map(|reason| format!("reject {reason}"));
    let warnings = held.summary.warnings.iter().map(|warning| format!("warning {}: {}", warning.code, warning.message));
    let cannot_tell = held.summary.cannot_tell.iter().map(|fact| format!("cannot tell {fact:?}"));
    held.records().map(record).chain(rejects).chain(warnings).chain(cannot_tell).collect()
}

fn record(record: &Record) -> String {
    match record {
        Record::Change(change) => of_change(change),
        Record::Review(review) => format!("review {} {}", review.change, of_review(review)),
        Record::Ticket(ticket) => of_ticket(ticket),
        Record::Incident(incident) => of_incident(incident),
        Record::Deployment(it) => format!(
            "deployment {} state={} environment={} commit={} version={} started={} deployed={} repository={} by={}",
            it.id,
            known(it.state.as_ref()),
            text(it.environment.as_ref()),
            text(it.commit.as_ref()),
            text(it.version.as_ref()),
            at(it.started_at),
            at(it.deployed_at),
            text(it.repository.as_ref()),
            person(it.deployed_by.as_ref())
        ),
        Record::Bypass(bypass) => format!(
            "bypass {} actor={} at={} change={} after={} rules={} review={}",
            bypass.id,
            person(bypass.actor.as_ref()),
            at(bypass.at),
            text(bypass.change.as_ref()),
            text(bypass.commit_after.as_ref()),
            known(bypass.rules.as_ref()),
            known(bypass.skipped_review.as_ref())
        ),
        Record::Check(it) => format!(
            "check {} outcome={} commit={} started={} finished={} findings={} by={} name={}",
            it.id,
            known(it.outcome.as_ref()),
            text(it.commit.as_ref()),
            at(it.started_at),
            at(it.finished_at),
            known(it.findings.as_ref()),
            person(it.actor.as_ref()),
            it.name
        ),
        Record::Alert(it) => format!(
            "alert {} severity={} tenths={} state={} opened={} fixed={}",
            it.id,
            known(it.severity.as_ref()),
            known(it.score_tenths.as_ref()),
            known(it.state.as_ref()),
            at(it.opened_at),
            at(it.fixed_at)
        ),
        Record::Message(it) => format!(
            "message {} channel={} author={} at={} text={} links={}",
            it.id,
            text(it.channel.as_ref()),
            person(it.author.as_ref()),
            at(it.at),
            it.text,
            links(&it.mentions)
        ),
        Record::Setting(it) => format!(
            "setting {} enforcement={} approvals={} admins={} updated={}",
            it.id,
            known(it.enforcement.as_ref()),
            known(it.required_approvals.as_ref()),
            known(it.binds_admins.as_ref()),
            at(it.updated_at)
        ),
        Record::Commit(it) => format!(
            "commit {} repository={} author={} committed={} change={} direct={} title={} links={}",
            it.id,
            it.repository,
            person(it.author.as_ref()),
            at(it.committed_at),
            text(it.change.as_ref()),
            known(it.is_direct_push.as_ref()),
            it.title,
            links(&it.mentions)
        ),
    }
}

fn of_change(it: &Change) -> String {
    let reviews = match it.review_coverage {
        ReviewCoverage::NotCarried => "?".to_owned(),
        coverage => format!("{coverage:?}[{}]", it.reviews.iter().map(of_review).collect::<Vec<_>>().join(", ")),
    };
    format!(
        "change {} state={:?} author={} merger={} opened={} at={} updated={} base={} head={} commit={} labels={} type={} title={} body={} reviews={reviews} links={}",
        it.id,
        it.state,
        person(it.author.as_ref()),
        person(it.merged_by.as_ref()),
        at(it.opened_at),
        at(it.implemented_at),
        at(it.updated_at),
        text(it.base_branch.as_ref()),
        text(it.head_branch.as_ref()),
        text(it.merge_commit.as_ref()),
        known(it.labels.as_ref()),
        text(it.category.as_ref()),
        it.title,
        known(it.body.as_ref()),
        links(&it.mentions)
    )
}

fn of_review(it: &Review) -> String {
    format!("{} {:?} {}", person(Some(&it.reviewer)), it.verdict, at(it.submitted_at))
}

fn of_ticket(it: &Ticket) -> String {
    format!(
        "ticket {} type={} change={} request={} done={} priority={} reporter={} assignee={} opened={} resolved={} start={} end={} labels={} title={} body={} notes={} links={}",
        it.id,
        text(it.ticket_type.as_ref()),
        text(it.change_type.as_ref()),
        it.is_change_request,
        known(it.done.as_ref()),
        text(it.priority.as_ref()),
        person(it.reporter.as_ref()),
        person(it.assignee.as_ref()),
        at(it.opened_at),
        at(it.resolved_at),
        at(it.work_start),
        at(it.work_end),
        known(it.labels.as_ref()),
        it.title,
        known(it.body.as_ref()),
        notes(&it.notes),
        links(&it.mentions)
    )
}

fn of_incident(it: &Incident) -> String {
    format!(
        "incident {} status={} severity={} urgency={} service={} opened={} resolved={} updated={} merged={} title={} body={} notes={} links={}",
        it.id,
        text(it.status.as_ref()),
        text(it.severity.as_ref()),
        text(it.urgency.as_ref()),
        text(it.service.as_ref()),
        at(it.opened_at),
        at(it.resolved_at),
        at(it.updated_at),
        text(it.merged_into.as_ref()),
        it.title,
        known(it.body.as_ref()),
        notes(&it.notes),
        links(&it.mentions)
    )
}

fn notes(notes: &[Note]) -> String {
    let said = |note: &Note| format!("{} {} {}", at(note.at), person(note.author.as_ref()), note.text);
    format!("[{}]", notes.iter().map(said).collect::<Vec<_>>().join(", "))
}

fn links(mentions: &[Mention]) -> String {
    let said = |mention: &Mention| format!("{:?} {} {:?}", mention.kind, mention.name, mention.found_in);
    format!("[{}]", mentions.iter().map(said).collect::<Vec<_>>().join(", "))
}

fn at(time: Option<Timestamp>) -> String {
    time.map_or_else(|| "?".to_owned(), |time| time.to_string())
}

fn text(said: Option<&String>) -> String {
    said.map_or_else(|| "?".to_owned(), Clone::clone)
}

fn known<T: Debug>(fact: Option<&T>) -> String {
    fact.map_or_else(|| "?".to_owned(), |fact| format!("{fact:?}"))
}

fn person(person: Option<&Person>) -> String {
    let Some(person) = person else { return "?".to_owned() };
    match person.kind {
        PersonKind::Human => person.handle.clone(),
        PersonKind::Bot => format!("bot:{}", person.handle),
        PersonKind::Deleted => "deleted".to_owned(),
    }
}
