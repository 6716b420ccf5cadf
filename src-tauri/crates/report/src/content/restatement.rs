use change_ledger_model::{
    Timestamp,
    quarterly::PolicyReference,
    restatement::{MovedChange, MovedNumber, TakenIn},
};
use serde::{Deserialize, Serialize};

/// A former report of the quarter, and what the ledger says otherwise by now, judged at the moment of that report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Restatement {
    /// When it was issued.
    pub issued_at: Timestamp,
    /// The moment at which it aged open reviews.
    pub as_of: Timestamp,
    /// The policy that it used.
    pub policy: PolicyReference,
    /// SHA-256 of its file, hexadecimal.
    pub sha256: String,
    /// What the ledger took in since.
    pub since: TakenIn,
    /// The numbers that differ.
    pub numbers: Vec<MovedNumber>,
    /// The changes that are judged otherwise.
    pub changes: Vec<MovedChange>,
}
