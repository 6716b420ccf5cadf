//! Who approved a change, by what its own row says.

use super::{Fields, journal, record::person_of};
use change_ledger_model::record::Review;

/// Verdicts that the journal of approvals records, oldest first. `None` when the row does not tell them all: it has no
/// journal, or an empty one although the change counts as approved, as where the exporter may not read the journal.
pub(super) fn reviews<F: Fields>(row: &mut F, change: &str) -> Option<Vec<Review>> {
    if !row.has("approval_history") {
        return None;
    }
    let history = row.text("approval_history").unwrap_or_default();
    let mut reviews = Vec::new();
    let mut decided = false;
    for entry in journal::entries(&history).into_iter().rev() {
        let Some(decision) = journal::decision(entry.text) else { continue };
        decided = true;
        // Without a verdict somebody's role stood for the approval: that it was decided is known, and nobody approved.
        let Some(verdict) = decision.verdict else { continue };
        reviews.push(Review {
            change: change.to_owned(),
            source_id: None,
            reviewer: person_of(decision.by),
            verdict,
            submitted_at: row.journal_time(entry.at),
            commit: None,
            url: None,
        });
    }
    (decided || !counts_as_approved(row)).then_some(reviews)
}

/// Whether the change may have been approved: it says so, in whatever language, or says when.
fn counts_as_approved<F: Fields>(row: &F) -> bool {
    let said = row.stored("approval").unwrap_or_default().to_lowercase();
    let not_yet = matches!(
        said.as_str(),
        "" | "requested"
            | "not requested"
            | "not_requested"
            | "not yet requested"
            | "not required"
            | "not_required"
            | "no longer required"
            | "rejected"
            | "cancelled"
            | "canceled"
            | "duplicate"
    );
    !not_yet || row.text("approval_set").is_some()
}
