use change_ledger_model::Timestamp;
use serde::{Deserialize, Serialize};

/// A change of the quarter of which people attested something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttestedEntry {
    /// The ledger-wide name, `github:acme/pay#2214`.
    pub change: String,
    /// Title line as imported; `None` where the ledger no longer has it.
    pub title: Option<String>,
    /// Everything that was attested of it up to the moment of the report, in the order in which it was stated.
    pub statements: Vec<AttestationEntry>,
    /// The verdicts that are other ones by the imported files alone.
    pub without: Vec<VerdictEntry>,
}

/// One attestation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttestationEntry {
    /// What is attested, and of when, as a sentence.
    pub sentence: String,
    /// Why.
    pub reason: String,
    /// When it was stated.
    pub stated_at: Timestamp,
    /// Whether it holds. Where it does not, a later one took its place, or it does not count, which the remark says.
    pub holds: bool,
    /// Why it does not count, or what the files do not tell of whoever states it.
    #[serde(default)]
    pub remark: Option<String>,
    /// Whether no imported file and no statement about people knows whoever states it.
    #[serde(default)]
    pub by_nobody_known: bool,
}

/// A verdict with what people attested and without it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictEntry {
    /// Which verdict, `Class`.
    pub label: String,
    /// What it is.
    pub with: String,
    /// What it would be.
    pub without: String,
}
