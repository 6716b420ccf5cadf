//! What was found: verdicts, the metrics of quarters, lists of changes.

mod list;
mod quarters;
mod table;
mod verdicts;

pub use list::{Missing, QuarterRange, ReviewDuration, Selection};
pub(crate) use table::{CHANGES_IN_CELL, Line, MILLIS, in_state, is_done, is_open};

use crate::{MetricsError, guard::guarded};
use change_ledger_model::{Timestamp, policy::PolicyHistory, verdicts::Verdicts};
use polars::prelude::DataFrame;

/// The changes of a ledger, judged at one moment.
#[derive(Debug, Clone)]
pub struct Judged {
    /// One row per change, in the order of the ledger's columns.
    changes: DataFrame,
    verdicts: Verdicts,
    repositories: Vec<String>,
    policies: PolicyHistory,
    as_of: Timestamp,
}

impl Judged {
    pub(crate) fn new(
        changes: DataFrame,
        repositories: Vec<String>,
        policies: PolicyHistory,
        as_of: Timestamp,
    ) -> Result<Self, MetricsError> {
        let verdicts = guarded("reading the verdicts", || verdicts::read(&changes))?;
        Ok(Self { changes, verdicts, repositories, policies, as_of })
    }

    /// How every change was judged, in the order of the ledger's columns.
    #[must_use]
    pub const fn verdicts(&self) -> &Verdicts {
        &self.verdicts
    }

    /// The moment at which open reviews were aged.
    #[must_use]
    pub const fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// How many changes belong to no quarter because the export does not say when they were implemented.
    #[must_use]
    pub fn undated(&self) -> u64 {
        self.verdicts.quarter.iter().filter(|quarter| quarter.is_none()).count() as u64
    }
}
