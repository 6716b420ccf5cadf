//! What a later state of the ledger says otherwise than an earlier one: numbers of a quarter, and the changes behind them.

use crate::judgement::{ApprovalTiming, Class, ReviewState};
use serde::{Deserialize, Serialize};

/// How one change that counts is judged, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
pub struct Outcome {
    /// Its class.
    pub class: Class,
    /// When the qualifying approval came.
    pub approval: ApprovalTiming,
    /// State of the retroactive review.
    pub review: ReviewState,
    /// Whether its author merged it; `None` when the files do not tell.
    pub self_merged: Option<bool>,
    /// Whether its author approved it.
    pub self_approved: bool,
}

/// A change that is judged otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct MovedChange {
    /// The ledger-wide name.
    pub id: String,
    /// Title line; `None` where the ledger no longer has the change.
    pub title: Option<String>,
    /// How it was judged before; `None` where it did not count.
    pub before: Option<Outcome>,
    /// How it is judged now; `None` where it does not count any more.
    pub after: Option<Outcome>,
}

/// A number of a quarter that is another one now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct MovedNumber {
    /// Its place among the metrics of a quarter: `retroactive_review.late`.
    pub metric: String,
    /// What it is counted in.
    pub unit: NumberUnit,
    /// What it was; `None` is n/a.
    pub before: Option<Amount>,
    /// What it is; `None` is n/a.
    pub after: Option<Amount>,
}

/// A number as the metrics of a quarter have it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(untagged)]
pub enum Amount {
    /// A count.
    Count(#[ts(type = "number")] u64),
    /// A share 0 to 1, or a time.
    Measure(f64),
}

impl Amount {
    /// As a real number.
    #[must_use]
    pub const fn value(self) -> f64 {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "counts of changes are far below 2^53")]
            Self::Count(count) => count as f64,
            Self::Measure(measure) => measure,
        }
    }
}

/// What a number is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum NumberUnit {
    /// Changes or reviews.
    Count,
    /// A share, 0 to 1.
    Share,
    /// Hours.
    Hours,
    /// Business days.
    BusinessDays,
}

/// What a ledger took in since some moment, as far as it can move numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TakenIn {
    /// Imports.
    #[ts(type = "number")]
    pub imports: u64,
    /// Policies that were set.
    #[ts(type = "number")]
    pub policies: u64,
    /// Statements about who is who.
    #[ts(type = "number")]
    pub people: u64,
    /// Attestations about changes; reports of earlier versions have none.
    #[ts(type = "number")]
    #[serde(default)]
    pub attestations: u64,
}
