//! The tables of a pack, a file per table.

mod changes;
mod days;
mod deployments;
mod findings;
mod incidents;
mod links;
mod policies;
mod quarters;
mod reviews;
mod rules;

pub(super) use changes::control_column;

use super::{subject::Subject, table::Table};
use serde::Serialize;

/// Every table, in the order in which they are documented.
pub(super) fn all<'a>(subject: &Subject<'a>) -> Vec<Table<'a>> {
    vec![
        changes::table(subject),
        reviews::table(subject),
        links::table(subject),
        deployments::table(subject),
        findings::table(subject),
        incidents::table(subject),
        policies::table(subject),
        rules::table(subject),
        incidents::severities(subject),
        incidents::services(subject),
        quarters::table(subject),
        days::table(subject),
        judgement(subject),
    ]
}

fn judgement<'a>(subject: &Subject<'a>) -> Table<'a> {
    Table::new("judgement", "One row: the moment of the judgement").moment(
        "as_of",
        "The moment of the judgement: what is later has not happened, and open reviews are aged at it,",
        std::iter::once(Some(subject.as_of.millis())),
    )
}

/// The stable name of a value that JSON writes as a word.
fn word(value: Option<impl Serialize>) -> Option<String> {
    serde_json::to_value(value?).ok()?.as_str().map(str::to_owned)
}

/// The values of a column for rows that belong to changes.
fn of<T: Copy>(values: &[T], change: usize) -> Option<T> {
    values.get(change).copied()
}
