use super::Span;
use serde::{Deserialize, Serialize};

/// Where in a file something stands, as a person would look it up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Place {
    /// Row (of a table, the header not counted) or position in the list (of JSON), from 1.
    #[ts(type = "number")]
    pub row: u64,
    /// Line in the file where it begins, from 1, where lines mean anything.
    #[ts(type = "number | null")]
    pub line: Option<u64>,
    /// Bytes in the artifact.
    pub span: Span,
}

/// A row that could not be read. It is kept, with its place and reason, and its bytes stay in the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Reject {
    /// Where it stands.
    pub place: Place,
    /// The field that is wrong, as the file names it; `None` when the row as a whole is.
    pub field: Option<String>,
    /// What is wrong with it, as a sentence.
    pub reason: String,
}
