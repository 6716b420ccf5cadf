//! Whether an incident is over.

use change_ledger_model::record::ended_in_words;

/// By its state: a number of the standard model, or a word in the language of whoever exported.
pub(super) fn has_ended(state: &str) -> Option<bool> {
    match state.trim() {
        // New, in progress, and the three reasons for which it waits.
        "1" | "2" | "3" | "4" | "5" => Some(false),
        // Resolved, closed, cancelled.
        "6" | "7" | "8" => Some(true),
        word => ended_in_words(word),
    }
}
