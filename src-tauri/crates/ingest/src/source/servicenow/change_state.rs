//! How far a change has come.

use super::Fields;
use crate::source::called_off;

/// The state in words, and whether the change is closed after its work was done. Stored states are numbers of the
/// standard model.
pub(super) fn read<F: Fields>(row: &F) -> (Option<String>, Option<bool>) {
    let Some(said) = row.text("state") else { return (None, None) };
    let word = match said.as_str() {
        "-5" => "New",
        "-4" => "Assess",
        "-3" => "Authorize",
        "-2" => "Scheduled",
        "-1" => "Implement",
        "0" => "Review",
        "3" => "Closed",
        "4" => "Canceled",
        other => other,
    };
    let lower = word.to_lowercase();
    let open = ["new", "assess", "authorize", "scheduled", "implement", "review"].contains(&lower.as_str());
    let code = row.text("close_code");
    let done = if open || called_off::is_called_off([Some(word), code.as_deref()]) {
        Some(false)
    } else if lower.starts_with("closed") || lower.starts_with("complete") {
        Some(true)
    } else {
        None
    };
    (Some(word.to_owned()), done)
}
