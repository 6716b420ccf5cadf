//! How far a change has come.

use super::Fields;
use crate::source::called_off;

/// What the fields for it say.
#[derive(Debug, Default)]
pub(super) struct ChangeProgress {
    /// The state in words. Stored states are numbers of the standard model.
    pub(super) word: Option<String>,
    /// Whether the change is closed after its work was done.
    pub(super) done: Option<bool>,
    /// Whether its state or its close code says that it was called off.
    pub(super) called_off: bool,
}

/// How far the change of a row has come.
pub(super) fn read<F: Fields>(row: &F) -> ChangeProgress {
    let Some(said) = row.text("state") else { return ChangeProgress::default() };
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
    // A change that was opened again may still have the code with which it was closed before.
    let called_off = !open && called_off::is_called_off([Some(word), code.as_deref()]);
    let done = if open || called_off {
        Some(false)
    } else if lower.starts_with("closed") || lower.starts_with("complete") {
        Some(true)
    } else {
        None
    };
    ChangeProgress { word: Some(word.to_owned()), done, called_off }
}
