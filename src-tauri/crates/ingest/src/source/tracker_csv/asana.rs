//! Asana's export of a project.

use super::{Field, Tracker, TrackerCsv, named};
use crate::{IngestError, Reading, source::SourceEntry, table::Head};
use change_ledger_model::source::{Fact, SourceKind};

pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::AsanaCsv,
    title: "Asana tasks as CSV",
    command: "project > arrow beside its name > Export/Print > CSV",
    facts: &[Fact::ImplementationTime, Fact::Labels, Fact::Text, Fact::LinkFields, Fact::ChangeType, Fact::Severity],
    cannot_tell: "who made a task; times of day; approvals",
    traps: &[
        "dates without a time of day",
        "who made a task is not in the file",
        "columns of the project's own, such as Change type",
        "a parent task by its title only",
    ],
};

static ASANA: Tracker = Tracker {
    source: "asana",
    field,
    key: str::to_owned,
    project: "Asana",
    label_separators: &[','],
    short_rows: false,
    text: str::to_owned,
    is_done: |_| None,
    time: |cell| cell,
};

/// Why a table is Asana's, as a sentence.
pub(crate) fn recognise(head: &Head) -> Option<String> {
    let own =
        named(head, &["task id", "completed at", "last modified", "section column", "assignee email", "projects"]);
    (named(head, &["task id"]) == 1 && own >= 4)
        .then(|| format!("It has Asana's columns: \"Task ID\" and {} more of its own.", own - 1))
}

/// A table of Asana.
///
/// # Errors
/// When it has neither ids nor titles.
pub(crate) fn table(reading: &Reading) -> Result<TrackerCsv, IngestError> {
    TrackerCsv::new(&ASANA, reading)
}

fn field(name: &str) -> Option<Field> {
    Some(match name {
        "task id" => Field::Key,
        "name" => Field::Title,
        "notes" => Field::Body,
        "section column" | "section" | "column" => Field::Status,
        "priority" => Field::Priority,
        "severity" => Field::Severity,
        "tags" => Field::Labels,
        "created by" => Field::Reporter,
        "assignee" => Field::Assignee,
        "assignee email" => Field::AssigneeMail,
        "created at" => Field::Created,
        "last modified" => Field::Updated,
        "completed at" => Field::Completed,
        "projects" => Field::Project,
        "task type" | "type" => Field::Type,
        "change type" => Field::ChangeType,
        "change reason" | "reason for change" | "justification" => Field::Reason,
        "start date" | "due date" => return None,
        "incident" | "incidents" | "blocked by dependencies" | "blocking dependencies" => Field::Link,
        _ => Field::Text,
    })
}
