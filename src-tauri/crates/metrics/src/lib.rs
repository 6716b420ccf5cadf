//! Judges changes: facts, classes, deadlines and the metrics of a quarter.
//!
//! The way through this package, in the order of the data:
//! 1. [`Frames::load`] turns a ledger's columns into Polars frames with the facts that no policy changes.
//! 2. [`Frames::judge`] applies the policy in force at each implementation: signals, class, retroactive review.
//! 3. [`Judged`] answers: verdicts, the metrics of quarters, lists of changes.
//!
//! Every metric is one file under `metric/`, with its words, its formula and its expression; [`registry`] lists them.
//! The only package that names Polars; none of its types appears in a public signature.

mod column;
mod error;
mod expression;
mod frames;
mod guard;
mod judged;
mod judging;
mod metric;
pub mod samples;
mod side_by_side;

#[cfg(test)]
mod clauses;
#[cfg(test)]
mod sample;

pub use error::MetricsError;
pub use frames::{Frames, Independence};
pub use judged::{
    GroupedQuarters, Judged, Missing, OutlyingChanges, QuarterRange, ReviewDuration, Selection, grouping_definition,
};
pub use metric::{Metric, MetricDefinition, Unit, registry};
