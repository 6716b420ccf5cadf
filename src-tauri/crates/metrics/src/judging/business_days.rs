//! How many business days a retroactive review took.

use crate::column::{BUSINESS_DAYS, IMPLEMENTED_AT, REVIEW_STATE, REVIEWED_AT};
use change_ledger_model::{Timestamp, calendar::Calendar, judgement::ReviewState};
use chrono::NaiveDate;
use polars::prelude::{Column, DataFrame, IntoColumn, PolarsResult, UInt32Chunked};

/// Business days from the day of implementation to the day of review, in the calendar's zone, where a review was owed and
/// given; null elsewhere.
pub(super) fn of_reviews(verdicts: &DataFrame, calendar: &Calendar) -> PolarsResult<Column> {
    let given = |state: u8| [ReviewState::OnTime as u8, ReviewState::Late as u8].contains(&state);
    let states = verdicts.column(REVIEW_STATE)?.u8()?;
    let implemented = verdicts.column(IMPLEMENTED_AT)?.i64()?;
    let reviewed = verdicts.column(REVIEWED_AT)?.i64()?;
    let days: UInt32Chunked = states
        .iter()
        .zip(implemented.iter().zip(reviewed.iter()))
        .map(|(state, (implemented, reviewed))| {
            state.filter(|state| given(*state))?;
            Some(calendar.business_days_between(day(implemented?, calendar)?, day(reviewed?, calendar)?))
        })
        .collect();
    Ok(days.into_column().with_name(BUSINESS_DAYS.into()))
}

fn day(at: i64, calendar: &Calendar) -> Option<NaiveDate> {
    Some(Timestamp::from_millis(at)?.to_utc().with_timezone(&calendar.zone).date_naive())
}
