//! A query of Azure Boards as CSV.

use super::{Field, Tracker, TrackerCsv, named};
use crate::{IngestError, Reading, source::SourceEntry, table::Head, value::html::plain_text};
use change_ledger_model::source::{Fact, SourceKind};

pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::AzureBoardsCsv,
    title: "Azure Boards work items as CSV",
    command: "Boards > Queries > the query (add Created Date, Closed Date, Changed Date, Created By, Description) > Export to CSV",
    facts: &[Fact::Author, Fact::ImplementationTime, Fact::Labels, Fact::Text, Fact::ChangeType, Fact::Severity],
    cannot_tell: "links; approvals",
    traps: &[
        "only the columns of the query: others are unknown",
        "people as a name with an address, sometimes with the organisation in braces",
        "tags separated by semicolons",
        "dates in the exporter's order and zone",
        "rows that leave out empty cells at their end",
        "titles of a tree in one column per level",
        "descriptions are HTML",
        "no links to other items",
    ],
};

static AZURE_BOARDS: Tracker = Tracker {
    source: "azure-boards",
    field,
    key: |cell| format!("AB#{}", cell.trim_start_matches('#')),
    project: "Azure Boards",
    label_separators: &[';'],
    short_rows: true,
    text: plain_text,
    is_done,
    time: |cell| cell,
};

/// Why a table is a query of Azure Boards, as a sentence.
pub(crate) fn recognise(head: &Head) -> Option<String> {
    let own =
        named(head, &["work item type", "assigned to", "state", "tags", "area path", "iteration path", "changed date"]);
    let titles = head.header.iter().filter(|name| is_title(&crate::table::header::plain(name))).count();
    (named(head, &["id", "work item type"]) == 2 && titles > 0 && own >= 2)
        .then(|| "It has the columns ID and Work Item Type, as queries of Azure Boards do.".to_owned())
}

/// A table of Azure Boards.
///
/// # Errors
/// When it has neither ids nor titles.
pub(crate) fn table(reading: &Reading) -> Result<TrackerCsv, IngestError> {
    TrackerCsv::new(&AZURE_BOARDS, reading)
}

/// `Title`, or `Title 2` for the second level of a tree.
fn is_title(name: &str) -> bool {
    name.strip_prefix("title").is_some_and(|level| level.trim().bytes().all(|byte| byte.is_ascii_digit()))
}

fn field(name: &str) -> Option<Field> {
    Some(match name {
        "id" => Field::Key,
        title if is_title(title) => Field::Title,
        "description" | "repro steps" => Field::Body,
        "work item type" => Field::Type,
        "state" => Field::Status,
        "priority" => Field::Priority,
        "severity" => Field::Severity,
        "tags" => Field::Labels,
        "created by" => Field::Reporter,
        "assigned to" => Field::Assignee,
        "created date" => Field::Created,
        "changed date" => Field::Updated,
        "closed date" | "resolved date" => Field::Completed,
        "activated date" => Field::Started,
        "team project" | "area path" => Field::Project,
        "change type" => Field::ChangeType,
        "justification" | "reason for change" => Field::Reason,
        "parent" => Field::Link,
        "discussion" | "history" => Field::Comment,
        _ => return None,
    })
}

/// States of the four processes that Azure Boards comes with.
fn is_done(state: &str) -> Option<bool> {
    match state.to_lowercase().as_str() {
        "closed" | "done" | "completed" | "resolved" => Some(true),
        "new" | "active" | "to do" | "doing" | "proposed" | "approved" | "committed" | "in progress" | "open" => {
            Some(false)
        }
        _ => None,
    }
}
