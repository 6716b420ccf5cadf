//! One row of a tracker's table.

use super::{Field, TrackerCsv};
use crate::{
    mention,
    source::{called_off, generic_csv::person_of, jira_csv, jira_csv::is_key},
    table::{CellFault, Cells, Times},
};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{FoundIn, Mention, MentionKind, Note, Ticket},
};

pub(super) fn ticket(table: &TrackerCsv, cells: &Cells, times: &mut Times) -> Result<Ticket, CellFault> {
    let row = Row { table, cells };
    let tracker = table.tracker;
    let ticket_type = row.value(Field::Type);
    let change_type = row.value(Field::ChangeType);
    let is_change_request = change_type.is_some() || ticket_type.as_deref().is_some_and(jira_csv::is_change_request);
    let opened_at = row.time(Field::Created, is_change_request, times)?;
    let completed = row.time(Field::Completed, is_change_request, times)?;
    let canceled = row.time(Field::Canceled, false, times)?;
    let title = row.value(Field::Title).unwrap_or_default();
    let key = row.key(&title)?;
    let status = row.value(Field::Status);
    let notes = row.notes();
    Ok(Ticket {
        // Without a key of its own a row is known by its title, and by when it was made where it says so.
        id: match (row.value(Field::Key), opened_at) {
            (None, Some(at)) => format!("{}:{key}@{}", tracker.source, at.millis()),
            _ => format!("{}:{key}", tracker.source),
        },
        source: tracker.source.to_owned(),
        project: row.value(Field::Project).unwrap_or_else(|| tracker.project.to_owned()),
        body: row.body(),
        url: row.value(Field::Url),
        ticket_type,
        change_type,
        reason: row.value(Field::Reason),
        done: if is_change_request && called_off::is_called_off([status.as_deref()]) {
            Some(false)
        } else {
            status.as_deref().and_then(tracker.is_done).or(completed.map(|_| true)).or(canceled.map(|_| false))
        },
        status,
        priority: row
            .value(Field::Severity)
            .or_else(|| row.value(Field::Priority))
            .filter(|said| !is_no_priority(said)),
        labels: row.labels(),
        reporter: row.value(Field::Reporter).map(|name| person_of(&name)),
        assignee: row.assignee(),
        opened_at,
        resolved_at: completed.or(canceled),
        work_start: row.time(Field::Started, false, times)?,
        work_end: None,
        updated_at: row.time(Field::Updated, false, times)?,
        mentions: row.mentions(&key, &notes),
        notes,
        is_change_request,
        title,
        key,
    })
}

fn is_no_priority(said: &str) -> bool {
    said.eq_ignore_ascii_case("no priority")
}

struct Row<'r> {
    table: &'r TrackerCsv,
    cells: &'r Cells,
}

impl Row<'_> {
    fn cell(&self, field: Field) -> Option<(usize, &str)> {
        self.cells.values(self.table.all(field)).next()
    }

    fn value(&self, field: Field) -> Option<String> {
        self.cell(field).map(|(_, text)| text.to_owned())
    }

    /// A longer text, as a person reads it.
    fn text(&self, field: Field) -> Option<String> {
        self.cell(field).map(|(_, text)| (self.table.tracker.text)(text)).filter(|text| !text.is_empty())
    }

    /// The description; `None` when the table has no such column.
    fn body(&self) -> Option<String> {
        let is_there = !self.table.all(Field::Body).is_empty();
        is_there.then(|| self.text(Field::Body).unwrap_or_default())
    }

    fn key(&self, title: &str) -> Result<String, CellFault> {
        let has_keys = self.table.all(Field::Key).first();
        match (self.value(Field::Key), has_keys) {
            (Some(key), _) => Ok((self.table.tracker.key)(&key)),
            (None, Some(&column)) => Err(CellFault::at(column, "The row has no id.")),
            (None, None) if !title.is_empty() => Ok(title.to_owned()),
            (None, None) => Err(CellFault {
                column: self.table.all(Field::Title).first().copied(),
                reason: "The row has neither an id nor a title.".to_owned(),
            }),
        }
    }

    fn time(&self, field: Field, decisive: bool, times: &mut Times) -> Result<Option<Timestamp>, CellFault> {
        let cell = self.cell(field).map(|(column, text)| (column, (self.table.tracker.time)(text)));
        if decisive { times.decisive(cell) } else { Ok(times.optional(cell)) }
    }

    /// Every label; `None` when the table has no such column.
    fn labels(&self) -> Option<Vec<String>> {
        let columns = self.table.all(Field::Labels);
        let parts = self.cells.values(columns).flat_map(|(_, cell)| cell.split(self.table.tracker.label_separators));
        let labels = parts.map(str::trim).filter(|label| !label.is_empty()).map(str::to_owned);
        (!columns.is_empty()).then(|| labels.collect())
    }

    /// By the name; by the address where that is all there is.
    fn assignee(&self) -> Option<Person> {
        let name = self.value(Field::Assignee).or_else(|| self.value(Field::AssigneeMail))?;
        Some(person_of(&name))
    }

    fn notes(&self) -> Vec<Note> {
        let cells = self.cells.values(self.table.all(Field::Comment));
        cells.map(|(_, text)| Note { at: None, author: None, text: (self.table.tracker.text)(text) }).collect()
    }

    fn mentions(&self, own_key: &str, notes: &[Note]) -> Vec<Mention> {
        let mut found = Vec::new();
        for (_, cell) in self.cells.values(self.table.all(Field::Link)) {
            let before = found.len();
            mention::in_text(cell, FoundIn::LinkField, None, &mut found);
            if found.len() == before && is_key(cell) {
                let (name, text) = (cell.to_uppercase(), cell.to_owned());
                found.push(Mention { kind: MentionKind::TicketKey, name, found_in: FoundIn::LinkField, text });
            }
        }
        for (field, found_in) in [
            (Field::Title, FoundIn::Title),
            (Field::Body, FoundIn::Body),
            (Field::Reason, FoundIn::Body),
            (Field::Text, FoundIn::Body),
            (Field::Labels, FoundIn::Label),
        ] {
            for (_, text) in self.cells.values(self.table.all(field)) {
                mention::in_text(&(self.table.tracker.text)(text), found_in, None, &mut found);
            }
        }
        notes.iter().for_each(|note| mention::in_text(&note.text, FoundIn::Note, None, &mut found));
        mention::settle(&mut found, Some(&own_key.to_uppercase()));
        found
    }
}
