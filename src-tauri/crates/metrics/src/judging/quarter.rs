//! The quarter of each change, as a number that grows by one from quarter to quarter.

use crate::column::QUARTER;
use change_ledger_model::{Timestamp, policy::Period, quarter::Quarter};
use polars::prelude::{ChunkAgg, Column, Int32Chunked, Int64Chunked, IntoColumn};

/// [`Quarter::ordinal`] of each implementation. Quarters begin at local midnight, so the few beginnings between the
/// first and the last change are computed once, instead of a local date for every change.
pub(super) fn quarters(implemented: &Int64Chunked, period: &Period) -> Column {
    let of = |at: Option<i64>| at.and_then(Timestamp::from_millis).map(|at| quarter_of(at, period));
    let (first, last) = (of(implemented.min()), of(implemented.max()));
    let begins: Vec<i64> = match (first, last) {
        (Some(first), Some(last)) => (first + 1..=last)
            .map(|ordinal| Quarter::from_ordinal(ordinal).begins(period.fiscal_year_start, period.timezone).millis())
            .collect(),
        _ => Vec::new(),
    };
    let passed = |at: i64| i32::try_from(begins.partition_point(|begin| *begin <= at)).unwrap_or(i32::MAX);
    let quarters: Int32Chunked = match first {
        Some(first) => implemented.iter().map(|at| at.map(|at| first.saturating_add(passed(at)))).collect(),
        None => implemented.iter().map(|_| None).collect(),
    };
    quarters.into_column().with_name(QUARTER.into())
}

fn quarter_of(at: Timestamp, period: &Period) -> i32 {
    Quarter::of(at, period.fiscal_year_start, period.timezone).ordinal()
}
