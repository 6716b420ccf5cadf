use crate::error::AppError;
use change_ledger_model::{import::ImportManifest, record::Reject};
use serde::{Deserialize, Serialize};

/// Files to import, and answers to what a file leaves open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields, default)]
pub struct ImportRequest {
    /// Files and folders.
    pub paths: Vec<String>,
    /// Kind of export, where recognition should not decide: `github-gh`.
    pub source: Option<String>,
    /// Path of a column profile for tables of unknown shape.
    pub profile: Option<String>,
    /// IANA time zone for times without an offset.
    pub timezone: Option<String>,
    /// `dmy`, `mdy` or `ymd`, only where the file leaves it open.
    pub date_order: Option<String>,
    /// `owner/name`, where the file does not say.
    pub repository: Option<String>,
    /// Read everything, write nothing.
    pub dry_run: bool,
}

/// What became of each file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportAnswer {
    /// Whether the files were only read, and nothing was written.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub dry_run: bool,
    /// Manifests of the files that were read.
    pub runs: Vec<ImportManifest>,
    /// The first rows of each file that was only read, in the order of `runs`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub previews: Vec<FilePreview>,
    /// Files that could not be read at all; nothing of them was written.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub failures: Vec<ImportFailure>,
    /// Files of a folder that are no exports. Named one by one they would be failures.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub skipped: Vec<ImportFailure>,
    /// Files of which nothing was written, because the person stopped the import before they were in.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub not_imported: Vec<String>,
}

/// A file that could not be imported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportFailure {
    /// The file.
    pub file: String,
    /// Why, and what to do.
    pub error: AppError,
}

/// The first rows of a file as they would be imported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct FilePreview {
    /// The file.
    pub file: String,
    /// Why it was recognised as what it is, a sentence.
    pub recognised_by: String,
    /// Its first rows.
    pub rows: Vec<PreviewRow>,
}

/// One row of a file as it would be imported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PreviewRow {
    /// Row or position in the list, from 1.
    #[ts(type = "number")]
    pub row: u64,
    /// Line in the file, from 1, where lines mean anything.
    #[ts(type = "number | null")]
    pub line: Option<u64>,
    /// The records that it holds.
    pub records: Vec<PreviewRecord>,
    /// Why it would be rejected.
    pub reject: Option<Reject>,
}

/// One record of a row as it would be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PreviewRecord {
    /// `change`, `review`, `ticket` or `incident`.
    pub kind: String,
    /// Its ledger-wide name; that of its change for a review.
    pub name: String,
    /// What the row says about it.
    pub facts: Vec<PreviewFact>,
}

/// One thing that a row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PreviewFact {
    /// Stable name, `implemented_at`.
    pub fact: String,
    /// What it is; `None` when the row does not say.
    pub value: Option<String>,
}

/// Names one import run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ImportId {
    /// Number of the run.
    #[ts(type = "number")]
    pub id: i64,
}

/// Every import run, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportsAnswer {
    /// Manifests.
    pub imports: Vec<ImportManifest>,
}

/// Rows of one import that could not be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RejectsAnswer {
    /// The file.
    pub file: String,
    /// How many in all.
    #[ts(type = "number")]
    pub total: u64,
    /// The first of them.
    pub rejects: Vec<RejectedRow>,
}

/// A rejected row with the beginning of its raw text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RejectedRow {
    /// Place, field and reason.
    #[serde(flatten)]
    pub reject: Reject,
    /// The row as it stands in the file, cut after 2,000 bytes.
    pub raw: String,
}

/// Files that the person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ChosenFiles {
    /// Their paths; empty when the dialog was closed.
    pub paths: Vec<String>,
}
