use change_ledger_model::Timestamp;
use serde::{Deserialize, Serialize};

/// How a judged ledger is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ExportRequest {
    /// In which format tables are written.
    pub format: ExportFormat,
    /// Whether tables about changes are parted by quarter and repository.
    #[serde(default)]
    pub partitioned: bool,
}

/// Formats of exported tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Comma-separated values.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// One JSON object per line.
    Json,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ExportAnswer {
    /// Where to.
    pub folder: String,
    /// The moment of the judgement.
    pub as_of: Timestamp,
    /// The files, by path; the manifest beside them says the same.
    pub files: Vec<ExportedFile>,
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ExportedFile {
    /// Its path below the folder.
    pub path: String,
    /// How many rows of a table it holds; `None` for texts.
    #[ts(type = "number | null")]
    pub rows: Option<u64>,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}
