use change_ledger_model::{Timestamp, attestation::AttestationKind, restatement::MovedChange};
use serde::{Deserialize, Serialize};

/// Attests something of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct AttestRequest {
    /// The change, as `change` takes it.
    pub id: String,
    /// What is attested.
    pub kind: AttestationKind,
    /// Whether what was attested before on this topic no longer holds.
    #[serde(default)]
    pub withdraw: bool,
    /// Name of the person who states it.
    pub by: String,
    /// The moment that it is about; the moment of the judgement when `None`.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// Why it is so. For a justification it is the justification itself.
    pub reason: String,
    /// The incidents, where `kind` is `incident`; those that the reason names where it is empty.
    #[serde(default)]
    pub incidents: Vec<String>,
}

/// What an attestation did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct AttestAnswer {
    /// The attestation as it was kept.
    pub attestation: AttestationLine,
    /// What to know about it, in whole sentences: that the policy does not count it, that it is dated oddly.
    pub notes: Vec<String>,
    /// The change, where it is classed, approved or reviewed otherwise because of it.
    pub moved: Vec<MovedChange>,
    /// What all attestations of the change together make of its verdicts.
    pub without_attestations: Vec<VerdictWithout>,
}

/// One attestation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct AttestationLine {
    /// Number of its entry in the ledger's chain.
    #[ts(type = "number")]
    pub event: i64,
    /// `github:acme/pay#2214`.
    pub change: String,
    /// What is attested.
    pub kind: AttestationKind,
    /// Whether it says instead that what was attested on this topic no longer holds.
    pub withdraws: bool,
    /// The moment that it is about.
    pub at: Timestamp,
    /// When it was stated.
    pub stated_at: Timestamp,
    /// By whom, as they said.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The incidents that it names.
    pub incidents: Vec<String>,
    /// Whether it holds.
    pub standing: AttestationStanding,
    /// The same as a sentence.
    pub sentence: String,
    /// Of what only somebody independent can attest: why it does not count, or what the files do not tell of whoever states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub remark: Option<String>,
}

/// Whether an attestation holds at the moment of the judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum AttestationStanding {
    /// It holds.
    InForce,
    /// A later one on the same topic took its place.
    Superseded,
    /// It took another one back.
    Withdrawal,
    /// It is about a later moment than the judgement.
    NotYet,
    /// It does not count: an author of the change says it in favour of their own, or a bot says it.
    NotIndependent,
}

/// A verdict that is another one without the attestations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct VerdictWithout {
    /// Which verdict: `class`, `review`, `reviewed_at`, `review_due_at`, `incident_link`, `authorised`,
    /// `authorised_as_asked`, `justified`.
    pub verdict: String,
    /// Its name for people.
    pub label: String,
    /// What it is with the attestations.
    pub with: String,
    /// What it is by the imported files alone.
    pub without: String,
}

/// Which attestations to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields, default)]
pub struct AttestationsRequest {
    /// Of changes implemented in this quarter, `2026-Q3`.
    pub quarter: Option<String>,
}

/// Everything that was attested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct AttestationsAnswer {
    /// The changes, in the order in which something was first attested of them.
    pub changes: Vec<AttestedChange>,
}

/// One change with everything that was attested of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct AttestedChange {
    /// `github:acme/pay#2214`.
    pub id: String,
    /// Title line; `None` where the change is not, or no longer, an implemented change of the ledger.
    pub title: Option<String>,
    /// In the order in which they were stated.
    pub attestations: Vec<AttestationLine>,
    /// What those that hold make of its verdicts.
    pub without_attestations: Vec<VerdictWithout>,
}
