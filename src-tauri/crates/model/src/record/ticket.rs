use crate::{Timestamp, person::Person, record::Mention};

/// A dated remark on a ticket or incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// When it was written; `None` when the export does not say.
    pub at: Option<Timestamp>,
    /// Who wrote it.
    pub author: Option<Person>,
    /// What it says.
    pub text: String,
}

/// An issue, change request or problem, as one row of one export describes it.
///
/// `None` always means that this row does not say, never "no".
#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    /// The ledger-wide name: `jira:PLAT-1190`, `github-issue:acme/pay#17`.
    pub id: String,
    /// The tool it comes from: `jira`, `github`.
    pub source: String,
    /// The key as people write it, `PLAT-1190`.
    pub key: String,
    /// Project or repository.
    pub project: String,
    /// Title line.
    pub title: String,
    /// Description. Kept in the evidence only.
    pub body: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// Type as the source says it (`[System] Change`, `Bug`).
    pub ticket_type: Option<String>,
    /// Change type as the source says it (`Emergency`, `Normal`), where the ticket has such a field.
    pub change_type: Option<String>,
    /// Why the change is made, where the ticket has such a field.
    pub reason: Option<String>,
    /// State as the source says it.
    pub status: Option<String>,
    /// Whether the source counts it as done; `None` when that cannot be told. A change request that was called off is not.
    pub done: Option<bool>,
    /// Priority as the source says it.
    pub priority: Option<String>,
    /// Labels; `None` when the export has no labels at all.
    pub labels: Option<Vec<String>>,
    /// Who raised it.
    pub reporter: Option<Person>,
    /// Who works on it.
    pub assignee: Option<Person>,
    /// When it was raised.
    pub opened_at: Option<Timestamp>,
    /// When it was resolved or closed.
    pub resolved_at: Option<Timestamp>,
    /// When work on a change began.
    pub work_start: Option<Timestamp>,
    /// When work on a change ended: its implementation.
    pub work_end: Option<Timestamp>,
    /// When the source last changed it; the newer of two rows wins by this.
    pub updated_at: Option<Timestamp>,
    /// Remarks, in the order of the export.
    pub notes: Vec<Note>,
    /// Tickets, incidents and changes that it names.
    pub mentions: Vec<Mention>,
    /// Whether the row is a change request: a change of its own when no imported pull request implements it.
    pub is_change_request: bool,
}
