//! Trackers whose export is one table of tickets with fixed columns: Linear, Asana, Notion, Azure Boards.

pub(crate) mod asana;
pub(crate) mod azure_boards;
pub(crate) mod linear;
pub(crate) mod notion;
mod row;

use crate::{
    IngestError, Reading,
    source::asked,
    table::{CellFault, Cells, Head, TableSource, Times, header, header_of},
};
use change_ledger_model::{record::Record, source::Fact};
use std::collections::BTreeMap;

/// What a column of a tracker holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Key,
    Title,
    Body,
    Type,
    Status,
    Priority,
    Severity,
    Labels,
    Reporter,
    Assignee,
    AssigneeMail,
    Created,
    Updated,
    /// One of several columns of which the first that says something counts: done, cancelled, archived.
    Completed,
    Canceled,
    Started,
    Project,
    ChangeType,
    Reason,
    Url,
    /// A key or address of another ticket.
    Link,
    Comment,
    /// A text that may name something.
    Text,
}

/// What is peculiar to one tracker.
struct Tracker {
    /// The tool, as in ids: `linear`.
    source: &'static str,
    /// What a column means, by its [`header::plain`] name.
    field: fn(&str) -> Option<Field>,
    /// What people call a ticket, by the cell of its key.
    key: fn(&str) -> String,
    /// Project of rows that do not name theirs.
    project: &'static str,
    /// What separates labels in their cell.
    label_separators: &'static [char],
    /// Whether rows may leave out empty cells at their end.
    short_rows: bool,
    /// What a cell with a longer text says: some tools write HTML.
    text: fn(&str) -> String,
    /// Whether a status in this word means done; `None` for words of the customer's own.
    is_done: fn(&str) -> Option<bool>,
    /// The part of a cell that is a time.
    time: fn(&str) -> &str,
}

/// A table of a tracker with its columns understood.
pub(crate) struct TrackerCsv {
    tracker: &'static Tracker,
    columns: BTreeMap<Field, Vec<usize>>,
}

impl TrackerCsv {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// When there is neither a key nor a title.
    fn new(tracker: &'static Tracker, reading: &Reading) -> Result<Self, IngestError> {
        let columns = columns_of(tracker, header_of(reading));
        if columns.contains_key(&Field::Key) || columns.contains_key(&Field::Title) {
            return Ok(Self { tracker, columns });
        }
        Err(IngestError::NotRecognised {
            file: reading.file.clone(),
            seen: format!(
                "as an export of {} it needs a column of ids or titles, and its columns are {}",
                tracker.source,
                header::listed(header_of(reading))
            ),
            hint: "Export it again with the columns that the tool chooses itself.".to_owned(),
        })
    }

    fn all(&self, field: Field) -> &[usize] {
        self.columns.get(&field).map_or(&[], Vec::as_slice)
    }
}

fn columns_of(tracker: &Tracker, names: &[String]) -> BTreeMap<Field, Vec<usize>> {
    let mut columns: BTreeMap<Field, Vec<usize>> = BTreeMap::new();
    for (column, name) in names.iter().enumerate() {
        if let Some(field) = (tracker.field)(&header::plain(name)) {
            columns.entry(field).or_default().push(column);
        }
    }
    columns
}

/// How many of the wanted columns a header has, by their [`header::plain`] names.
fn named(head: &Head, wanted: &[&str]) -> usize {
    wanted.iter().filter(|wanted| head.header.iter().any(|name| header::plain(name) == **wanted)).count()
}

impl TableSource for TrackerCsv {
    fn dates<'c>(&self, cells: &'c Cells) -> Vec<(usize, &'c str)> {
        let fields = [Field::Created, Field::Updated, Field::Completed, Field::Canceled, Field::Started];
        let cells = fields.into_iter().flat_map(|field| cells.values(self.all(field)));
        cells.map(|(column, text)| (column, (self.tracker.time)(text))).collect()
    }

    fn records(&self, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
        row::ticket(self, cells, times).map(|ticket| vec![Record::Ticket(Box::new(ticket))])
    }

    fn askable(&self) -> &'static [Fact] {
        asked::TICKET
    }

    fn short_rows_are_whole(&self) -> bool {
        self.tracker.short_rows
    }
}

#[cfg(test)]
mod tests;
