//! What was found: verdicts, the metrics of quarters, lists of changes.

mod asked;
mod beside;
mod controls;
mod detection;
mod facts;
mod groups;
mod list;
mod plain;
mod quarters;
mod review_curves;
mod spine;
mod survival;
mod table;
mod verdicts;

pub use groups::grouping_definition;
pub use list::{Missing, QuarterRange, ReviewDuration, Selection};
pub use quarters::GroupedQuarters;
pub use spine::OutlyingChanges;
pub(crate) use table::{CHANGES_IN_CELL, Line, MILLIS, in_state, is_done, is_open};

use crate::column::IMPLEMENTED_AT;
use crate::{
    MetricsError,
    frames::{Authors, ControlColumns, RecordsBeside},
    guard::guarded,
    side_by_side::both,
};
use change_ledger_model::{Timestamp, policy::PolicyHistory, verdicts::Verdicts};
use polars::prelude::DataFrame;
use std::sync::Arc;

/// The changes of a ledger, judged at one moment.
#[derive(Debug, Clone)]
pub struct Judged {
    /// One row per change, in the order of the ledger's columns.
    changes: DataFrame,
    verdicts: Verdicts,
    asked: asked::Asked,
    controls: Arc<ControlColumns>,
    beside: Arc<RecordsBeside>,
    repositories: Vec<String>,
    authors: Arc<Authors>,
    policies: PolicyHistory,
    as_of: Timestamp,
}

impl Judged {
    pub(crate) fn new(
        changes: DataFrame,
        (controls, beside): (Arc<ControlColumns>, Arc<RecordsBeside>),
        (repositories, authors): (Vec<String>, Arc<Authors>),
        policies: PolicyHistory,
        as_of: Timestamp,
    ) -> Result<Self, MetricsError> {
        let (verdicts, asked) = both(
            || guarded("reading the verdicts", || verdicts::read(&changes)),
            || guarded("reading what controls ask", || asked::Asked::read(&changes)),
        );
        let (verdicts, asked) = (verdicts?, asked?);
        Ok(Self { changes, verdicts, asked, controls, beside, repositories, authors, policies, as_of })
    }

    /// How every change was judged, in the order of the ledger's columns.
    #[must_use]
    pub const fn verdicts(&self) -> &Verdicts {
        &self.verdicts
    }

    /// The moment of the judgement: open reviews are aged at it, and what is later has not happened.
    #[must_use]
    pub const fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// How many changes are in no number and no list because they are implemented after [`as_of`](Self::as_of).
    ///
    /// # Errors
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn not_yet_implemented(&self) -> Result<u64, MetricsError> {
        guarded("counting the changes that are still to come", || {
            let implemented = self.changes.column(IMPLEMENTED_AT)?.i64()?;
            Ok(implemented.iter().flatten().filter(|at| *at > self.as_of.millis()).count() as u64)
        })
    }

    /// How many changes belong to no quarter because the export does not say when they were implemented.
    #[must_use]
    pub fn undated(&self) -> u64 {
        self.verdicts.quarter.iter().filter(|quarter| quarter.is_none()).count() as u64
    }
}
