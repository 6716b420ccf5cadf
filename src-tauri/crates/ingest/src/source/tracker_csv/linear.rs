//! Linear's export of a workspace.

use super::{Field, Tracker, TrackerCsv, named};
use crate::{IngestError, Reading, source::SourceEntry, table::Head};
use change_ledger_model::source::{Fact, SourceKind};

pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::LinearCsv,
    title: "Linear issues as CSV",
    command: "Settings > Administration > Import / Export > Export CSV",
    facts: &[Fact::Author, Fact::Labels, Fact::Text, Fact::LinkFields, Fact::Severity],
    cannot_tell: "approvals; change types",
    traps: &[
        "ids under ID in newer and Id in older exports",
        "dates as ISO 8601 or as a browser writes them",
        "labels of one issue in one cell",
        "\"No priority\" is no priority",
        "older exports have no links to other issues",
    ],
};

static LINEAR: Tracker = Tracker {
    source: "linear",
    field,
    key: |cell| cell.to_uppercase(),
    project: "Linear",
    label_separators: &[','],
    short_rows: false,
    text: str::to_owned,
    is_done,
    time: |cell| cell,
};

/// Why a table is Linear's, as a sentence.
pub(crate) fn recognise(head: &Head) -> Option<String> {
    let own = named(head, &["team", "cycle number", "cycle name", "triaged", "canceled", "archived", "estimate"]);
    let common = named(head, &["id", "title", "creator", "status", "completed"]);
    (own >= 4 && common >= 4)
        .then(|| format!("It has Linear's columns: ID, Title, Team and {} more of its own.", own.saturating_sub(1)))
}

/// A table of Linear.
///
/// # Errors
/// When it has neither ids nor titles.
pub(crate) fn table(reading: &Reading) -> Result<TrackerCsv, IngestError> {
    TrackerCsv::new(&LINEAR, reading)
}

fn field(name: &str) -> Option<Field> {
    Some(match name {
        "id" => Field::Key,
        "title" => Field::Title,
        "description" => Field::Body,
        "status" => Field::Status,
        "priority" => Field::Priority,
        "labels" => Field::Labels,
        "creator" => Field::Reporter,
        "assignee" => Field::Assignee,
        "created" => Field::Created,
        "updated" => Field::Updated,
        "started" => Field::Started,
        "completed" => Field::Completed,
        "canceled" => Field::Canceled,
        "team" => Field::Project,
        "parent issue" | "related to" | "blocked by" | "duplicate of" | "blocks" => Field::Link,
        _ => return None,
    })
}

/// States are the customer's own; the dates say what they mean.
fn is_done(_: &str) -> Option<bool> {
    None
}
