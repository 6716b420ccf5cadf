//! What is judged or counted otherwise than before.

use crate::output;
use change_ledger_app::{Amount, MovedChange, MovedNumber, NumberUnit, Outcome, name_of};

/// Headings of [`moved_row`].
pub(crate) const MOVED: [&str; 3] = ["change", "before", "after"];

/// The changes that are judged otherwise, as a sentence and a line each.
pub(crate) fn moved_lines(moved: &[MovedChange]) -> String {
    /// More of them are in the JSON and CSV answers.
    const LISTED: usize = 20;
    if moved.is_empty() {
        return "Class, approval and review of every change stay as they were.\n".to_owned();
    }
    let number = u64::try_from(moved.len()).unwrap_or(u64::MAX);
    let sentence = output::counted(number, "change is judged otherwise", "changes are judged otherwise");
    let line = |moved: &MovedChange| {
        let MovedChange { id, before, after, .. } = moved;
        format!("  {}: {} -> {}\n", output::printable(id), outcome(*before, *after), outcome(*after, *before))
    };
    let lines: String = moved.iter().take(LISTED).map(line).collect();
    let more = match moved.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!("  … and {more} more; --format csv lists all of them.\n"),
    };
    format!("{sentence}:\n{lines}{more}")
}

/// One change that is judged otherwise: its id, the outcome before and the one after.
pub(crate) fn moved_row(moved: &MovedChange) -> Vec<String> {
    vec![moved.id.clone(), outcome(moved.before, moved.after), outcome(moved.after, moved.before)]
}

/// What differs from the `other` outcome, and the class in any case.
fn outcome(outcome: Option<Outcome>, other: Option<Outcome>) -> String {
    let Some(own) = outcome else { return "not counted".to_owned() };
    let differs = |of: fn(&Outcome) -> String| other.is_none_or(|other| of(&other) != of(&own)).then(|| of(&own));
    let merged = |outcome: &Outcome| match outcome.self_merged {
        Some(true) => "merged by its author".to_owned(),
        Some(false) => "merged by somebody else".to_owned(),
        None => "merger or author unknown".to_owned(),
    };
    let approved = |outcome: &Outcome| {
        if outcome.self_approved { "approved by its author" } else { "not approved by its author" }.to_owned()
    };
    let parts = [
        Some(spaced(&own.class)),
        differs(|outcome| format!("approval {}", spaced(&outcome.approval))),
        differs(|outcome| format!("review {}", spaced(&outcome.review))),
        differs(merged),
        differs(approved),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn spaced(value: &impl serde::Serialize) -> String {
    name_of(value).replace('_', " ")
}

/// Headings of [`number_row`].
pub(crate) const NUMBERS: [&str; 3] = ["number", "as issued", "now"];

/// One number that is another one now: its name, the number before and the one after, in words.
pub(crate) fn number_row(moved: &MovedNumber) -> Vec<String> {
    let words = |amount: Option<Amount>| amount_in_words(amount, moved.unit);
    vec![moved.metric.clone(), words(moved.before), words(moved.after)]
}

/// A number with its unit; n/a where there is none.
pub(crate) fn amount_in_words(amount: Option<Amount>, unit: NumberUnit) -> String {
    match (amount, unit) {
        (None, _) => "n/a".to_owned(),
        (Some(Amount::Count(count)), NumberUnit::Count) => count.to_string(),
        (Some(amount), NumberUnit::Count) => amount.value().to_string(),
        (Some(amount), NumberUnit::Share) => output::percent(Some(amount.value())),
        (Some(amount), NumberUnit::Hours) => output::hours(Some(amount.value())),
        (Some(amount), NumberUnit::BusinessDays) => format!("{:.1} business days", amount.value()),
    }
}
