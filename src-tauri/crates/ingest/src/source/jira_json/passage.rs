//! Who let an issue pass its approval, by the moves of its status: for changes without a list of approvals.

use super::person_of;
use crate::source::jira_issue::Decision;
use change_ledger_model::{Timestamp, person::PersonKind, record::Verdict};
use serde_json::Value;

/// One move of an issue from one status to another, as its history keeps it.
pub(super) struct Move<'v> {
    pub(super) by: &'v Value,
    pub(super) from: &'v str,
    pub(super) to: &'v str,
    pub(super) at: Option<Timestamp>,
}

/// What a move out of a status in which an issue waits for approval amounts to.
#[derive(Debug)]
pub(super) enum Passage {
    /// A person approved or declined.
    Decided(Decision),
    /// The issue waits no longer, and the new status does not tell why.
    Unclear,
}

/// What a move means for the approval; `None` when the issue did not wait for one before it, or still does after it.
pub(super) fn of_move(moved: &Move<'_>) -> Option<Passage> {
    let (from, to) = (words(moved.from), words(moved.to));
    if !waits(&from) || waits(&to) {
        return None;
    }
    let verdict = if is_refused(&to) {
        Verdict::ChangesRequested
    } else if is_onward(&to) {
        Verdict::Approved
    } else {
        return Some(Passage::Unclear);
    };
    let by = person_of(moved.by);
    Some(match by.kind {
        PersonKind::Human => Passage::Decided(Decision { source_id: None, by, verdict, at: moved.at }),
        // A rule moved it, and somebody else decided.
        PersonKind::Bot | PersonKind::Deleted => Passage::Unclear,
    })
}

fn words(status: &str) -> Vec<String> {
    let lower = status.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// "Waiting for approval", "Authorize": an approval is named, and is neither given nor refused.
fn waits(status: &[String]) -> bool {
    const SETTLED: [&str; 9] =
        ["approved", "preapproved", "authorized", "authorised", "not", "no", "without", "skipped", "complete"];
    let named = status.iter().any(|word| ["approv", "authori"].iter().any(|stem| word.starts_with(stem)));
    named && !is_refused(status) && !has_any(status, &SETTLED)
}

fn is_refused(status: &[String]) -> bool {
    let refuses =
        |word: &String| ["declin", "reject", "denied", "refus", "disapprov"].iter().any(|stem| word.starts_with(stem));
    status.iter().any(refuses)
}

/// A status that a change reaches by approval alone: "Approved", "Ready for implementation", "Scheduled".
fn is_onward(status: &[String]) -> bool {
    const HELD_UP: [&str; 11] =
        ["not", "no", "failed", "hold", "held", "back", "review", "cancelled", "canceled", "rework", "support"];
    const NAMED: [&str; 8] =
        ["approved", "authorized", "authorised", "accepted", "scheduled", "ready", "deploying", "deployment"];
    let onward = has_any(status, &NAMED) || status.iter().any(|word| word.starts_with("implement"));
    onward && !has_any(status, &HELD_UP)
}

fn has_any(status: &[String], words: &[&str]) -> bool {
    status.iter().any(|word| words.contains(&word.as_str()))
}
