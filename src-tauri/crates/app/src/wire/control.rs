use super::SignalLine;
use change_ledger_model::{
    control::{Attribute, ControlAnswer},
    judgement::Class,
    quarterly::PolicyReference,
    record::Span,
};
use serde::{Deserialize, Serialize};

/// How a change answers one control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ControlLine {
    /// Its letter, the column of a work paper.
    pub control: Attribute,
    /// What is asked.
    pub title: String,
    /// The answer.
    pub answer: ControlAnswer,
    /// Why, as a sentence.
    pub reason: String,
    /// What stands behind it; empty where nothing does.
    pub evidence: Vec<ControlEvidence>,
}

/// Something that stands behind an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ControlEvidence {
    /// What it says, as a sentence.
    pub text: String,
    /// Id of the record that says it.
    pub record: String,
    /// Where that record stands; `None` where it was not imported.
    pub place: Option<EvidencePlace>,
}

/// A place in an imported file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct EvidencePlace {
    /// Number of the import run.
    #[ts(type = "number")]
    pub import: i64,
    /// The file.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// The row, counted from 1.
    #[ts(type = "number")]
    pub row: u64,
    /// Where in the file.
    pub span: Span,
}

/// Why a change was judged as it was, in sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Explanation {
    /// `github:acme/pay#2214`.
    pub id: String,
    /// Title line.
    pub title: String,
    /// Its class.
    pub class: Class,
    /// What it is, and whether it counts.
    pub summary: Vec<String>,
    /// Its signals, each with the text or the circumstance that raised it.
    pub signals: Vec<SignalLine>,
    /// The detection rules that match it, in words.
    pub rules: Vec<String>,
    /// When its review was due, and how that was reckoned.
    pub review: Vec<String>,
    /// What the imported files leave open.
    pub left_open: Vec<String>,
    /// How it answers each control.
    pub controls: Vec<ControlLine>,
    /// The policy version that judged it.
    pub policy: PolicyReference,
}
