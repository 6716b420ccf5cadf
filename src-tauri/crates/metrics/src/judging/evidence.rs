//! What is on record about a change besides its review, as known at one moment.

use super::{class::is_emergency, deadline::due_after, in_time};
use crate::column::{
    APPROVED_BEFORE_AT, AUTHORISED, AUTHORISED_AS_ASKED, AUTHORISED_AT, CHANGES_REQUESTED_OPEN, DISMISSED_BEFORE,
    DISMISSED_WITHOUT_DATE, DOCUMENTATION_PENDING, DOCUMENTED_AT, DOCUMENTED_ON_TIME, IMPLEMENTED_AT, JUSTIFIED,
    JUSTIFIED_AT, NOTES_KNOWN, OPEN_UNLESS_COMMENTED, PERMITTED, ROLLBACK_PLANNED, SELF_APPROVED, SELF_APPROVED_AT,
    TEXTS_KNOWN, TICKET_HAS_REASON,
};
use crate::expression::{lit, only_where};
use change_ledger_model::{Timestamp, policy::Policy};
use polars::prelude::{Expr, LazyFrame, col, when};

/// Adds authorisation, justification and documentation, each null where the imported files could not tell; and what the
/// reviews say besides approving.
pub(super) fn judge(changes: LazyFrame, policy: &Policy, as_of: Timestamp) -> LazyFrame {
    let by_now = |at: &str| col(at).lt_eq(lit(as_of.millis())).fill_null(lit(false));
    let by_ticket = col(TICKET_HAS_REASON).and(lit(policy.justification.ticket_reason_counts));
    // Where a policy takes comments for approvals, a comment also settles what the same person asked for.
    let still_open = if policy.approval.comment_counts { OPEN_UNLESS_COMMENTED } else { CHANGES_REQUESTED_OPEN };
    let documented = col(DOCUMENTED_AT).is_not_null();
    let asked = documented.clone().or(is_emergency());
    let documentation_due =
        due_after(col(IMPLEMENTED_AT), asked, policy.documentation.deadline, policy.business_calendar());
    // Until it is due, nobody can say that it is missing.
    let pending = is_emergency()
        .and(documented.clone().not())
        .and(col(NOTES_KNOWN))
        .and(in_time(lit(as_of.millis()), col("documentation_due")));
    let in_due_time = documented.clone().and(in_time(col(DOCUMENTED_AT), col("documentation_due")));
    changes
        .with_columns([only_where(by_now(DOCUMENTED_AT), col(DOCUMENTED_AT)).alias(DOCUMENTED_AT)])
        .with_column(documentation_due.alias("documentation_due"))
        .with_column(pending.alias(DOCUMENTATION_PENDING))
        .with_columns([
            recorded(by_now(AUTHORISED_AT), TEXTS_KNOWN).alias(AUTHORISED),
            when(by_now(AUTHORISED_AT))
                .then(col(PERMITTED))
                .otherwise(not_recorded(TEXTS_KNOWN))
                .alias(AUTHORISED_AS_ASKED),
            recorded(by_now(JUSTIFIED_AT).or(by_ticket), TEXTS_KNOWN).alias(JUSTIFIED),
            when(documented)
                .then(in_due_time)
                .otherwise(only_where(col(NOTES_KNOWN).and(col(DOCUMENTATION_PENDING).not()), lit(false)))
                .alias(DOCUMENTED_ON_TIME),
            recorded(col(ROLLBACK_PLANNED), TEXTS_KNOWN).alias(ROLLBACK_PLANNED),
            by_now(SELF_APPROVED_AT).alias(SELF_APPROVED),
            col(still_open).alias(CHANGES_REQUESTED_OPEN),
            col(DISMISSED_BEFORE).and(col(APPROVED_BEFORE_AT).is_null()).alias(DISMISSED_WITHOUT_DATE),
        ])
}

/// True where it is recorded; else false where the files could tell, and null where they could not.
fn recorded(is_recorded: Expr, could_tell: &str) -> Expr {
    when(is_recorded).then(lit(true)).otherwise(not_recorded(could_tell))
}

fn not_recorded(could_tell: &str) -> Expr {
    only_where(col(could_tell), lit(false))
}
