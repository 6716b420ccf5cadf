//! A Notion database as CSV. Its columns are the customer's own; how Notion writes dates and relations is not.

use super::{Field, Tracker, TrackerCsv};
use crate::{
    IngestError, Reading,
    source::SourceEntry,
    table::{Head, header},
    value::local_time::{self, Clock},
};
use change_ledger_model::source::{Fact, SourceKind};

pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::NotionCsv,
    title: "A Notion database as CSV",
    command: "database > ... > Export > Markdown & CSV; import the file whose name ends in _all.csv",
    facts: &[
        Fact::Author,
        Fact::ImplementationTime,
        Fact::Labels,
        Fact::Text,
        Fact::LinkFields,
        Fact::ChangeType,
        Fact::Severity,
    ],
    cannot_tell: "approvals; columns of other names",
    traps: &[
        "columns named by the customer: other names than the usual ones need a column profile",
        "dates in words, with their zone in brackets or without one",
        "ranges of dates in one cell: the first counts",
        "relations as a title with an address",
        "without a column of ids a row is known by its title",
        "two files of one database, of which one has all columns",
    ],
};

static NOTION: Tracker = Tracker {
    source: "notion",
    field,
    key: str::to_owned,
    project: "Notion",
    label_separators: &[','],
    short_rows: false,
    text: str::to_owned,
    is_done,
    time: first_of_range,
};

/// Why a table is Notion's, as a sentence: a relation, or a date as only Notion writes it.
pub(crate) fn recognise(head: &Head) -> Option<String> {
    let cells = || head.rows.iter().flat_map(crate::table::Cells::iter);
    if let Some(relation) = cells().find(|cell| is_relation(cell)) {
        let title = relation.split_once(" (https").map_or(relation, |(title, _)| title);
        return Some(format!(
            "The relation to \"{title}\" is written as Notion writes it, with an address of its own."
        ));
    }
    let timed = |name: &String| matches!(header::plain(name).as_str(), "created time" | "last edited time");
    let column = head.header.iter().position(timed)?;
    let date = head.column(column).find(|cell| is_worded_date(cell))?;
    Some(format!("Column \"{}\" is Notion's, with dates such as {date}.", head.header.get(column)?.trim()))
}

/// A table of Notion.
///
/// # Errors
/// When it has neither ids nor titles.
pub(crate) fn table(reading: &Reading) -> Result<TrackerCsv, IngestError> {
    TrackerCsv::new(&NOTION, reading)
}

/// `Title (https://www.notion.so/…)`.
fn is_relation(cell: &str) -> bool {
    cell.contains(" (https://www.notion.so/") && cell.ends_with(')')
}

/// `September 3, 2026 9:00 AM (UTC)`: the month in words, first.
fn is_worded_date(cell: &str) -> bool {
    let cell = first_of_range(cell);
    let clock = Clock { zone: chrono_tz::Tz::UTC, order: None };
    cell.starts_with(|c: char| c.is_ascii_uppercase()) && cell.contains(", ") && local_time::parse(cell, clock).is_ok()
}

/// The beginning of a range `… → …`.
fn first_of_range(cell: &str) -> &str {
    cell.split_once('\u{2192}').map_or(cell, |(first, _)| first).trim()
}

fn field(name: &str) -> Option<Field> {
    Some(match name {
        "id" | "task id" | "ticket id" | "issue id" | "key" => Field::Key,
        "name" | "title" | "task" | "task name" | "summary" | "change" | "ticket" => Field::Title,
        "description" | "details" => Field::Body,
        "type" | "task type" | "ticket type" => Field::Type,
        "status" | "state" | "stage" => Field::Status,
        "priority" => Field::Priority,
        "severity" => Field::Severity,
        "tags" | "labels" => Field::Labels,
        "created by" | "reporter" | "requested by" | "requester" | "author" => Field::Reporter,
        "assign" | "assignee" | "assigned to" | "owner" | "person" => Field::Assignee,
        "created time" | "created" | "created at" | "created on" => Field::Created,
        "last edited time" | "updated" | "updated at" => Field::Updated,
        "completed" | "completed at" | "completed on" | "implemented at" | "implemented on" | "deployed at"
        | "resolved at" | "closed at" | "done at" => Field::Completed,
        "started" | "started at" => Field::Started,
        "project" | "projects" => Field::Project,
        "change type" => Field::ChangeType,
        "change reason" | "reason" | "justification" => Field::Reason,
        "url" => Field::Url,
        "incident"
        | "incidents"
        | "related incident"
        | "pull request"
        | "pull requests"
        | "github pull requests"
        | "related to"
        | "parent"
        | "blocked by"
        | "blocking" => Field::Link,
        "comments" => Field::Comment,
        _ => Field::Text,
    })
}

fn is_done(status: &str) -> Option<bool> {
    match status.to_lowercase().as_str() {
        "done" | "complete" | "completed" => Some(true),
        "not started" | "to do" | "in progress" | "doing" | "backlog" => Some(false),
        _ => None,
    }
}
