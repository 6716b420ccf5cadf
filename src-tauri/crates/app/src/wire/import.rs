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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportAnswer {
    /// Manifests of the files that were read.
    pub runs: Vec<ImportManifest>,
    /// Files that could not be read at all; nothing of them was written.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub failures: Vec<ImportFailure>,
    /// Files of a folder that are no exports. Named one by one they would be failures.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub skipped: Vec<ImportFailure>,
}

/// A file that could not be imported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportFailure {
    /// The file.
    pub file: String,
    /// Why, and what to do.
    pub error: AppError,
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
