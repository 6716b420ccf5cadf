//! How ServiceNow's lists write people, journals and texts that a spreadsheet might take for a formula.

use crate::calendar::plain_date;
use crate::chance::entry;
use crate::company::people::{Account, Person};

/// Colleagues who left: their accounts are locked here, and keep their names.
const FORMER: [&str; 6] =
    ["Lennart Osei", "Marisol Tveit", "Kwame Lindahl", "Irena Dubois", "Pavel Achterberg", "Yara Holmqvist"];

/// `Ines Okafor (ines-okafor)`.
pub(crate) fn person(person: Person) -> String {
    format!("{} ({})", person.name(), person.login())
}

/// Whoever raised a record, by any number where the person is not known by name.
pub(crate) fn user(account: Account, n: u64) -> String {
    match account {
        Account::Person(found) => person(found),
        Account::Bot(slug) => slug.to_owned(),
        Account::Deleted => entry(&FORMER, n).to_owned(),
    }
}

/// Entries of a journal with time, author, kind and text: one text, newest first.
pub(crate) fn journal(mut entries: Vec<(i64, &str, &str, String)>) -> String {
    entries.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let written =
        |(at, by, kind, text): &(i64, &str, &str, String)| format!("{} - {by} ({kind})\n{text}\n\n", plain_date(*at));
    entries.iter().map(written).collect()
}

/// A text with an apostrophe before it where a spreadsheet would take it for a formula.
pub(crate) fn guarded(text: &str) -> String {
    if text.starts_with(['+', '-', '=', '@']) { format!("'{text}") } else { text.to_owned() }
}
