//! What somebody should know who has just set a policy.

use super::lines;
use crate::{
    error::AppError,
    wire::{PolicyStanding, PolicyVersionLine},
};
use change_ledger_model::Timestamp;
use change_ledger_store::PolicySetting;

/// Whole sentences: which versions judge nothing any more, that the words are those of another policy, and what was not stated.
/// That nothing was set, where the document is in force already.
pub(super) fn notes(
    before: &[PolicySetting],
    after: &[PolicySetting],
    as_of: Timestamp,
) -> Result<Vec<String>, AppError> {
    let Some(new) = after.last().filter(|_| after.len() > before.len()) else {
        return Ok(vec!["It is in force already; nothing was recorded.".to_owned()]);
    };
    let mut notes: Vec<String> = lines(before, as_of)?
        .iter()
        .zip(lines(after, as_of)?)
        // That the first policy of a ledger takes the place of the one that comes with the product goes without saying.
        .filter(|(was, is)| was.set_at.is_some() && was.standing != is.standing)
        .filter(|(_, is)| is.standing == PolicyStanding::Replaced)
        .map(|(was, _)| replaced(was, new))
        .collect();
    notes.extend(new.version.policy.edited_from().map(|origin| {
        format!("It still bears words of {origin}, from which it differs; wherever they stand, that is said.")
    }));
    notes.extend(
        match (&new.actor, &new.reason) {
            (Some(_), Some(_)) => None,
            (None, Some(_)) => Some("Who sets it is not stated; reports say so. Name yourself with --by."),
            (Some(_), None) => Some("Why it is set is not stated; reports say so. Give the reason with --reason."),
            (None, None) => Some("Who sets it and why is not stated; reports say so. State it with --by and --reason."),
        }
        .map(str::to_owned),
    );
    Ok(notes)
}

/// `retroactive-24h 1.0, in force from 2026-07-01T00:00:00Z, judges nothing any more: …`
fn replaced(was: &PolicyVersionLine, new: &PolicySetting) -> String {
    let since =
        |from: Option<Timestamp>| from.map_or_else(|| "from the beginning".to_owned(), |from| format!("from {from}"));
    let policy = &new.version.policy;
    format!(
        "{} {}, set to be in force {}, judges nothing any more: {} {} is in force {} and replaces all that was set for \
         any later time.",
        was.policy.name,
        was.policy.version,
        since(was.effective_from),
        policy.name,
        policy.version,
        since(new.version.effective_from),
    )
}
