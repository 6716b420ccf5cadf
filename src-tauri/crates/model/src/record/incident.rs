use crate::{
    Timestamp,
    record::{Mention, Note},
};

/// An outage record, as one row of one export describes it.
///
/// `None` always means that this row does not say, never "no".
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// The ledger-wide name: `pagerduty:Q1ZK8M0`.
    pub id: String,
    /// The tool it comes from: `pagerduty`, `jira`.
    pub source: String,
    /// The short number that people write, `5521`.
    pub number: Option<String>,
    /// Every normalised name under which a text may mean this incident: its id, `INC-5521`, `PD-5521`.
    /// Upper case.
    pub names: Vec<String>,
    /// Title line.
    pub title: String,
    /// Longer text. Kept in the evidence only.
    pub body: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// The affected service.
    pub service: Option<String>,
    /// State as the source says it.
    pub status: Option<String>,
    /// Severity or priority as the source says it (`P1`, `SEV2`).
    pub severity: Option<String>,
    /// Urgency as the source says it (`high`, `low`).
    pub urgency: Option<String>,
    /// When it began.
    pub opened_at: Option<Timestamp>,
    /// When it ended; `None` also while it is open.
    pub resolved_at: Option<Timestamp>,
    /// Whether it is over, as the words of its tool say it. It may be over and nobody knows since when.
    pub ended: Option<bool>,
    /// When the source last changed it; the newer of two rows wins by this.
    pub updated_at: Option<Timestamp>,
    /// Ledger-wide name of the incident that this one was merged into. Then it is only another name for that one.
    pub merged_into: Option<String>,
    /// Remarks, in the order of the export.
    pub notes: Vec<Note>,
    /// Tickets and changes that it names.
    pub mentions: Vec<Mention>,
}
