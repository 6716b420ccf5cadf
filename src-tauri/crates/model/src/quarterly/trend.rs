//! What changed from quarter to quarter, in words, and what was reported otherwise.

use crate::{Timestamp, restatement::MovedNumber};
use serde::{Deserialize, Serialize};

/// What changed in one number from the quarter before to a quarter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Trend {
    /// `2026-Q3`.
    pub quarter: String,
    /// The quarter before, with which it is compared.
    pub previous: String,
    /// Key of the number in the JSON of a quarter, with a dot where it is nested.
    pub metric: String,
    /// Which way it went, as far as the policy lets that be claimed.
    pub direction: Direction,
    /// The number in the quarter: a share 0 to 1, or hours.
    pub now: Option<f64>,
    /// The number in the quarter before.
    pub before: Option<f64>,
    /// On how many changes or reviews the number of the quarter rests.
    #[ts(type = "number")]
    pub n: u64,
    /// On how many that of the quarter before rests.
    #[ts(type = "number")]
    pub n_before: u64,
    /// The same as a whole sentence.
    pub sentence: String,
}

/// Which way a number went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// It is higher.
    Up,
    /// It is lower.
    Down,
    /// It is the same, as far as it is shown.
    Same,
    /// Too few changes or reviews in one of the quarters: no trend is claimed.
    TooFew,
    /// One of the quarters has no such number, or what the files do not tell may be the whole difference.
    NotComparable,
}

/// A quarter of which the ledger says something else by now than its last report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RestatedQuarter {
    /// `2026-Q3`.
    pub quarter: String,
    /// When the report was issued.
    pub issued_at: Timestamp,
    /// The moment at which it was judged, and at which the numbers now are.
    pub as_of: Timestamp,
    /// SHA-256 of the report's file, hexadecimal.
    pub sha256: String,
    /// The numbers that differ, old and new.
    pub numbers: Vec<MovedNumber>,
    /// Changes that are judged otherwise by now.
    #[ts(type = "number")]
    pub changes: u64,
}
