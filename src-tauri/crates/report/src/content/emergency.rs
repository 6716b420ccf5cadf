use change_ledger_model::{
    Timestamp,
    control::Attribute,
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState, Signal},
    record::{FoundIn, Span},
};
use serde::{Deserialize, Serialize};

/// One emergency change with everything that the ledger knows about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmergencyEntry {
    /// The ledger-wide name, `github:acme/pay#2214`.
    pub id: String,
    /// Title line as imported.
    pub title: String,
    /// Repository, `acme/pay`; `None` when the source has none.
    pub repository: Option<String>,
    /// Web address as imported.
    pub url: Option<String>,
    /// Who opened it, as people call them; `None` when the export does not say.
    pub author: Option<String>,
    /// Who merged it; `None` when the export does not say.
    pub merged_by: Option<String>,
    /// Declared or unlabelled.
    pub class: Class,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When it was implemented.
    pub implemented_at: Timestamp,
    /// When the first qualifying approval came.
    pub approval: ApprovalTiming,
    /// The qualifying approval at or before the implementation.
    pub approved_before: Option<Approval>,
    /// The first qualifying approval after it. Kept apart from the one before for ever.
    pub approved_after: Option<Approval>,
    /// How far the retroactive review got.
    pub review: ReviewState,
    /// When the retroactive review is due; `None` when none is owed.
    pub review_due_at: Option<Timestamp>,
    /// What links it to incidents, in one word.
    pub incident_link: IncidentLinkState,
    /// Every incident it names, imported or not.
    pub incidents: Vec<IncidentReference>,
    /// Every ticket it names.
    pub tickets: Vec<TicketReference>,
    /// Who allowed the bypass.
    pub authorisation: Record,
    /// Why the bypass was necessary.
    pub justification: Record,
    /// The first documentation written at or after the implementation.
    pub documentation: Record,
    /// Whether that was within the policy's time; `None` when it is not known.
    pub documented_on_time: Option<bool>,
    /// The controls that it fails.
    pub failed: Vec<Attribute>,
    /// Why it counts as an emergency: each signal with the text that raised it.
    pub signals: Vec<SignalEntry>,
    /// Whether its author merged it; `None` when either is unknown.
    pub self_merged: Option<bool>,
    /// Whether its author approved it.
    pub self_approved: bool,
    /// Whether its retroactive approval was one of a batch.
    pub batch_stamped: bool,
    /// Where the records behind all this stand in the imported files, the change's own first.
    pub evidence: Vec<EvidenceReference>,
}

/// A qualifying approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who approved, as people call them.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// An incident that a change names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentReference {
    /// Its name as people write it, `INC-5521`.
    pub name: String,
    /// Title; `None` when it was not imported.
    pub title: Option<String>,
    /// Severity as the source says it.
    pub severity: Option<String>,
    /// When it began.
    pub opened_at: Option<Timestamp>,
    /// When it ended.
    pub resolved_at: Option<Timestamp>,
    /// Where its name was found.
    pub found_in: FoundIn,
    /// The text as written there.
    pub text: String,
    /// The ticket that names it, when the change does so only through a ticket.
    pub via_ticket: Option<String>,
    /// Whether the incident was imported. A name without an imported incident is a dangling link.
    pub imported: bool,
    /// Whether the incident names the change back.
    pub names_back: bool,
}

/// A ticket that a change names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketReference {
    /// Its key, `PLAT-1190`.
    pub key: String,
    /// Title; `None` when it was not imported.
    pub title: Option<String>,
    /// Type as the source says it, `Emergency change`.
    pub kind: Option<String>,
    /// Where its key was found.
    pub found_in: FoundIn,
}

/// Whether something that the policy asks for is on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", content = "statement", rename_all = "snake_case")]
pub enum Record {
    /// It is.
    Recorded(Statement),
    /// The imported files could carry it, and do not.
    Missing,
    /// It is not, and may still be in time.
    NotYetDue,
    /// The imported files cannot carry it: nobody knows.
    Unknown,
}

/// What somebody wrote, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The words as imported.
    pub text: String,
    /// Who wrote them or is named by them; `None` when the export does not say.
    pub by: Option<String>,
    /// When; `None` when the export does not say.
    pub at: Option<Timestamp>,
    /// Where it stands, in words: `description of the change`, `comment on PLAT-1190`.
    pub place: String,
}

/// A signal and the text that raised it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalEntry {
    /// Which one.
    pub signal: Signal,
    /// The text, `hotfix/payment-timeouts`; `None` when none did (`no approval at merge`).
    pub text: Option<String>,
}

/// Where a record stands in an imported file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceReference {
    /// What the record is: `pull request`, `review`, `ticket PLAT-1190`, `incident INC-5521`.
    pub record: String,
    /// The file as it was named at its import.
    pub file: String,
    /// SHA-256 of the file's bytes, hexadecimal.
    pub sha256: String,
    /// Bytes of the record in the file.
    pub span: Span,
}
