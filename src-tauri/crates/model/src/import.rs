//! What an import did, as a manifest keeps it.

use crate::{
    Timestamp,
    source::{Fact, SourceKind},
};
use serde::{Deserialize, Serialize};

/// How an import of one file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    /// The file is in the ledger.
    Imported,
    /// The very same bytes were imported before; nothing was written.
    Unchanged,
    /// Not one row could be read; the file and its rejects are kept, no record came of it.
    Rejected,
}

/// Rows of a file by what became of them. `read = accepted + updated + unchanged + rejected`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename_all = "snake_case")]
pub struct RowCounts {
    /// Rows seen.
    #[ts(type = "number")]
    pub read: u64,
    /// Rows with a record that is new to the ledger.
    #[ts(type = "number")]
    pub accepted: u64,
    /// Rows with a newer (or more complete) revision of a known record.
    #[ts(type = "number")]
    pub updated: u64,
    /// Rows that say nothing new.
    #[ts(type = "number")]
    pub unchanged: u64,
    /// Rows that could not be read.
    #[ts(type = "number")]
    pub rejected: u64,
}

/// Records that a file held, by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RecordCounts {
    /// Implemented changes: merged pull requests, implemented change tickets.
    #[ts(type = "number")]
    pub changes: u64,
    /// Pull requests that are open or were closed without a merge: kept, not counted as changes.
    #[ts(type = "number")]
    pub not_implemented: u64,
    /// Submitted reviews.
    #[ts(type = "number")]
    pub reviews: u64,
    /// Tickets.
    #[ts(type = "number")]
    pub tickets: u64,
    /// Incidents.
    #[ts(type = "number")]
    pub incidents: u64,
    /// Deployments; of a list of statuses, the statuses.
    #[ts(type = "number")]
    pub deployments: u64,
    /// Recorded skips of branch rules.
    #[ts(type = "number")]
    #[serde(default)]
    pub bypasses: u64,
    /// Tests, builds and scans.
    #[ts(type = "number")]
    #[serde(default)]
    pub checks: u64,
    /// Findings with a severity.
    #[ts(type = "number")]
    #[serde(default)]
    pub alerts: u64,
    /// Chat messages.
    #[ts(type = "number")]
    #[serde(default)]
    pub messages: u64,
    /// Branch protections and rulesets.
    #[ts(type = "number")]
    #[serde(default)]
    pub settings: u64,
    /// Commits.
    #[ts(type = "number")]
    #[serde(default)]
    pub commits: u64,
    /// Names of other records found in fields, texts, branches and labels.
    #[ts(type = "number")]
    pub links: u64,
}

/// Something that a person should know about an import, though it went through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportWarning {
    /// Stable name: `cut_off`, `timezone_assumed`, `rows_rejected`.
    pub code: String,
    /// What it means and what to do, as a sentence.
    pub message: String,
}

/// The manifest of one import of one file. It is kept for ever and part of the ledger's event chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportManifest {
    /// Number of the import run in its ledger, from 1; `None` for a run that wrote nothing.
    #[ts(type = "number | null")]
    pub id: Option<i64>,
    /// The run that read the same file in another way after this one; what this one brought no longer counts then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "number | null", optional)]
    pub superseded_by: Option<i64>,
    /// The file as it was named.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// The tool it comes from.
    pub source: String,
    /// What kind of export it is.
    pub kind: SourceKind,
    /// Why it was recognised as that.
    pub recognised_by: String,
    /// How it ended.
    pub status: ImportStatus,
    /// Rows by outcome.
    pub rows: RowCounts,
    /// Records by kind.
    pub records: RecordCounts,
    /// Earliest time of a record (implementation, opening of tickets and incidents).
    pub first: Option<Timestamp>,
    /// Latest such time.
    pub last: Option<Timestamp>,
    /// Facts that the file carried.
    pub carries: Vec<Fact>,
    /// Facts that a file of its kind could be asked about and that this one cannot tell.
    pub cannot_tell: Vec<Fact>,
    /// Time zone used for times without an offset, IANA name; `None` when every time had one.
    pub timezone: Option<String>,
    /// When the import ran.
    pub imported_at: Timestamp,
    /// What a person should know.
    pub warnings: Vec<ImportWarning>,
}
