//! Who owes a retroactive review, by when, and how far it got.

use super::{class::is_emergency, deadline::due_after, in_time};
use crate::column::{
    APPROVAL, APPROVED_AFTER_AT, COUNTED_BRANCH, DUE_AT, IMPLEMENTED_AT, OWED, POSSIBLY_APPROVED_AT, REVIEW_STATE,
};
use crate::expression::{happened, lit};
use change_ledger_model::{
    Timestamp,
    judgement::{ApprovalTiming, ReviewState},
    policy::{Policy, ReviewOwed},
};
use polars::prelude::{LazyFrame, col, when};

/// Adds whether a review is owed, its deadline and its state at `as_of`.
pub(super) fn judge(changes: LazyFrame, policy: &Policy, as_of: Timestamp) -> LazyFrame {
    let timing = |timing: ApprovalTiming| col(APPROVAL).eq(lit(timing as u8));
    let owed = match policy.review.owed {
        ReviewOwed::Unreviewed => is_emergency().and(timing(ApprovalTiming::Before).not()),
    };
    let due = due_after(col(IMPLEMENTED_AT), col(OWED), policy.review.deadline, policy.business_calendar());
    let state = |state: ReviewState| lit(state as u8);
    let owed = owed.and(col(COUNTED_BRANCH)).and(happened(IMPLEMENTED_AT, as_of.millis()));
    changes.with_column(owed.alias(OWED)).with_column(due.alias(DUE_AT)).with_column(
        when(col(OWED).not())
            .then(state(ReviewState::NotOwed))
            .when(timing(ApprovalTiming::Unknown).or(col(IMPLEMENTED_AT).is_null()))
            .then(state(ReviewState::Unknown))
            .when(timing(ApprovalTiming::After).and(in_time(col(APPROVED_AFTER_AT), col(DUE_AT))))
            .then(state(ReviewState::OnTime))
            // In time, if an approval qualifies of which the files do not tell whether it does.
            .when(timing(ApprovalTiming::After).and(in_time(col(POSSIBLY_APPROVED_AT), col(DUE_AT))))
            .then(state(ReviewState::Unknown))
            .when(timing(ApprovalTiming::After))
            .then(state(ReviewState::Late))
            .when(in_time(lit(as_of.millis()), col(DUE_AT)))
            .then(state(ReviewState::Pending))
            .otherwise(state(ReviewState::Overdue))
            .alias(REVIEW_STATE),
    )
}
