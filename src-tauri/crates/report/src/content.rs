//! What a quarterly report is made of: plain data, gathered by the caller, in which nothing is typeset yet.
//!
//! Numbers come from [`QuarterMetrics`] and are never recomputed here; entries only explain them.

mod attestation;
mod emergency;
mod missing;
mod policy;
mod restatement;

pub use attestation::{AttestationEntry, AttestedEntry, VerdictEntry};
pub use emergency::{
    Approval, EmergencyEntry, EvidenceReference, IncidentReference, Record, SignalEntry, Statement, TicketReference,
};
pub use missing::{MarkedFile, MissingRecords, NamedRecord, NumbersOfRepository, OutsideRecord, SourceReach};
pub use policy::{Parameter, PolicyDecision, PolicyTerms};
pub use restatement::Restatement;

use change_ledger_model::{
    Timestamp,
    import::ImportManifest,
    quarterly::{QuarterMetrics, RestatedQuarter, ReviewCurve},
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Everything that the report of one quarter says.
///
/// Two equal values yield the same bytes of PDF and HTML: no clock, file or network is consulted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuarterReport {
    /// Who issues it, for what, and how final it is.
    pub title: TitleBlock,
    /// The moment at which open reviews were aged; also the date that the document bears.
    pub as_of: Timestamp,
    /// Zone in which the quarter begins and ends and in which times are printed.
    pub timezone: Tz,
    /// Name and version of the program, `Change Ledger 0.1.0`.
    pub tool: String,
    /// The policy versions that judged the quarter's changes, oldest first; the last is the one in force at its end.
    pub policies: Vec<PolicyTerms>,
    /// At least eight quarters, ascending, without gaps; **the last is the one reported on**.
    pub quarters: Vec<QuarterMetrics>,
    /// Every emergency of the quarter (declared and unlabelled), by time of implementation.
    pub emergencies: Vec<EmergencyEntry>,
    /// Every change of class *unreviewed* of the quarter, by time of implementation.
    pub unreviewed: Vec<ChangeEntry>,
    /// The imports that the ledger rests on, by the order in which they ran. Those that wrote nothing may be left out.
    pub imports: Vec<ImportManifest>,
    /// Changes that belong to no quarter because no file says when they were merged.
    pub undated: u64,
    /// What the imported files themselves show to be missing.
    pub missing: MissingRecords,
    /// What else a reader must know of the data, the other warnings of the imports included: one sentence each.
    pub completeness: Vec<String>,
    /// SHA-256 of the last entry of the ledger's event chain, hexadecimal; `None` when the ledger has none yet.
    pub ledger_head: Option<String>,
    /// Changes of the quarter of which people attested something, in the order in which they first did.
    #[serde(default)]
    pub attestations: Vec<AttestedEntry>,
    /// The former report of this quarter that says something else; `None` where there is none.
    #[serde(default)]
    pub restatement: Option<Restatement>,
    /// The quarters of which the ledger says something else by now than their last report.
    #[serde(default)]
    pub restated: Vec<RestatedQuarter>,
    /// How long the retroactive reviews of the quarter stayed open; `None` in reports that were gathered without it.
    #[serde(default)]
    pub review_curve: Option<ReviewCurve>,
}

/// Who issues the report, for what, and how final it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleBlock {
    /// The organisation reported on.
    pub company: Option<String>,
    /// What is covered, in words: `All repositories`, `Repository acme/pay`.
    pub scope: String,
    /// Name of the person who prepared it.
    pub prepared_by: Option<String>,
    /// Name of the person who reviewed it.
    pub reviewed_by: Option<String>,
    /// Remarks of management, printed on the summary page as they are.
    pub commentary: Option<String>,
    /// How final it is.
    pub standing: Standing,
}

/// How final a report is. Anything but an issued one says so on every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Issued, and kept.
    Issued,
    /// Issued while its quarter was still running.
    Preliminary,
    /// A draft that was not recorded.
    Draft,
    /// Made from the sample workspace: a fictional company.
    Sample,
}

/// One change that the report lists without its full evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeEntry {
    /// The ledger-wide name, `github:acme/pay#2214`.
    pub id: String,
    /// Title line as imported.
    pub title: String,
    /// Repository, `acme/pay`; `None` when the source has none.
    pub repository: Option<String>,
    /// Who opened it, as people call them; `None` when the export does not say.
    pub author: Option<String>,
    /// When it was implemented.
    pub implemented_at: Timestamp,
    /// The first qualifying approval after the implementation, if there was one.
    pub approved_after: Option<Approval>,
    /// Whether its author merged it; `None` when either is unknown.
    pub self_merged: Option<bool>,
}

impl QuarterReport {
    /// The quarter reported on: the last of [`quarters`](Self::quarters).
    #[must_use]
    pub fn quarter(&self) -> Option<&QuarterMetrics> {
        self.quarters.last()
    }

    /// The policy in force at the end of the quarter: the last of [`policies`](Self::policies).
    #[must_use]
    pub fn policy(&self) -> Option<&PolicyTerms> {
        self.policies.last()
    }
}
