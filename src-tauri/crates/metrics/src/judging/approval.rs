//! When a change was approved, under one policy's rules for qualifying approvals.

use crate::Frames;
use crate::column::{
    AFTER_AT, APPROVAL, APPROVED_AFTER_AT, APPROVED_BEFORE_AT, AT, BEST_COVER, CERTAIN_AT, CHANGE, COVERS, COVERS_HEAD,
    GIVEN_AT, IMPLEMENTED_AT, IN_DOUBT, IS_COMMENT, POSSIBLY_APPROVED_AFTER_AT, POSSIBLY_APPROVED_AT, REVIEW_DATA,
    REVIEWER, REVIEWS_CUT, STOOD_UNTIL, UNDATED,
};
use crate::expression::{happened, lit, only_where};
use crate::frames::{COVERS_MERGED, COVERS_OTHER, COVERS_UNKNOWN, aligned};
use change_ledger_model::{judgement::ApprovalTiming, policy::Approval};
use polars::prelude::{
    Column, DataFrame, DataType, Expr, IntoLazy, LazyFrame, PolarsResult, SortOptions, UnionArgs, col, concat, len,
    when,
};

/// When the last of the required people certainly had approved.
const COMPLETE_AT: &str = "complete_at";
/// The first approval after the implementation, by anybody.
const FIRST_AFTER: &str = "first_after";
/// Whether enough people might have approved before, counting approvals without a time and those in doubt.
const MAYBE_BEFORE: &str = "maybe_before";
/// Whether enough people approved at some time or other, counting approvals in doubt.
const ENOUGH: &str = "enough";

/// The reviews (and merges) that count as approvals under `rules` at the moment `as_of`: what was given later has not
/// happened, nor was what was dismissed later.
///
/// Where the approval must be of the merged commit, one of an unknown commit is in doubt. Of those in doubt, [`CERTAIN_AT`]
/// and [`AFTER_AT`] are null.
pub(super) fn candidates(frames: &Frames, rules: Approval, as_of: i64) -> PolarsResult<LazyFrame> {
    let mut found = frames.approvals.clone().lazy();
    if rules.merge_counts {
        found = concat([found, frames.merges()?], UnionArgs::default())?;
    }
    if !rules.comment_counts {
        found = found.filter(col(IS_COMMENT).not());
    }
    let mut in_doubt = col(IN_DOUBT);
    if rules.must_cover_head {
        found = found.filter(col(COVERS).neq(lit(COVERS_OTHER)));
        in_doubt = in_doubt.or(col(COVERS).eq(lit(COVERS_UNKNOWN)));
    }
    let certain = |column: &str| only_where(col(IN_DOUBT).not(), col(column));
    Ok(found.filter(happened(GIVEN_AT, as_of).and(stands(as_of))).with_column(in_doubt.alias(IN_DOUBT)).with_columns([
        certain(AT).alias(CERTAIN_AT),
        certain(AFTER_AT).alias(AFTER_AT),
        when(col(IN_DOUBT)).then(lit(COVERS_UNKNOWN)).otherwise(col(COVERS)).alias(COVERS),
    ]))
}

/// Whether an approval was never dismissed, or counts all the same: it is dismissed only after `as_of`, or it was given
/// by the implementation and still stood then. A retroactive approval that was dismissed counts no more.
fn stands(as_of: i64) -> Expr {
    let stood_at = |moment: Expr| col(STOOD_UNTIL).gt_eq(moment).fill_null(lit(false));
    let given_before = col(AT).is_null().or(col(AT).lt_eq(col(IMPLEMENTED_AT)));
    let stood_when_implemented = given_before.and(stood_at(col(IMPLEMENTED_AT)));
    col(STOOD_UNTIL).is_null().or(stood_at(lit(as_of))).or(stood_when_implemented)
}

/// One row per change: [`APPROVAL`], [`APPROVED_BEFORE_AT`], [`APPROVED_AFTER_AT`], [`POSSIBLY_APPROVED_AT`],
/// [`POSSIBLY_APPROVED_AFTER_AT`], [`COVERS_HEAD`], [`BEST_COVER`].
///
/// Of `n` required people, the approval is complete when the `n`th of them has approved for the first time. It came
/// before when that is at or before the implementation. Whoever approves later than the implementation is kept apart:
/// the first such approval by which `n` people have approved. An approval in doubt proves nothing; where it would make a
/// difference, the answer is unknown.
pub(crate) fn facts(frames: &Frames, rules: Approval, as_of: i64) -> PolarsResult<DataFrame> {
    let found = candidates(frames, rules, as_of)?;
    let per_change = if rules.required == 1 { by_anybody(found) } else { by_several(found, rules.required) };
    let per_change = aligned(&per_change.collect()?, frames.changes.height())?;
    let known = frames.changes.select([IMPLEMENTED_AT, REVIEW_DATA, REVIEWS_CUT])?.hstack(per_change.columns())?;
    let known = known.hstack(&[best_cover(frames, rules, as_of, &per_change)?])?;
    let before = col(COMPLETE_AT).lt_eq(col(IMPLEMENTED_AT)).fill_null(lit(false));
    known
        .lazy()
        .with_column(before.alias("before"))
        .select([
            timing().alias(APPROVAL),
            only_where(col("before"), col(COMPLETE_AT)).alias(APPROVED_BEFORE_AT),
            when(col("before")).then(col(FIRST_AFTER)).otherwise(col(COMPLETE_AT)).alias(APPROVED_AFTER_AT),
            col(POSSIBLY_APPROVED_AT),
            // Where enough people may have approved before, anybody's later approval is one after.
            when(col(MAYBE_BEFORE).fill_null(lit(false)))
                .then(col(POSSIBLY_APPROVED_AFTER_AT))
                .otherwise(col(POSSIBLY_APPROVED_AT))
                .alias(POSSIBLY_APPROVED_AFTER_AT),
            when(col(COVERS).eq(lit(COVERS_MERGED)))
                .then(lit(true))
                .otherwise(only_where(col(COVERS).eq(lit(COVERS_OTHER)), lit(false)))
                .alias(COVERS_HEAD),
            col(BEST_COVER),
        ])
        .collect()
}

/// What approvals of any commit say of the merged one: also those that the policy does not count because they are of another.
fn best_cover(frames: &Frames, rules: Approval, as_of: i64, per_change: &DataFrame) -> PolarsResult<Column> {
    if !rules.must_cover_head {
        return Ok(per_change.column(COVERS)?.clone().with_name(BEST_COVER.into()));
    }
    let of_any_commit = candidates(frames, Approval { must_cover_head: false, ..rules }, as_of)?;
    let best = of_any_commit.group_by([col(CHANGE)]).agg([col(COVERS).max().alias(BEST_COVER)]).collect()?;
    Ok(aligned(&best, frames.changes.height())?.column(BEST_COVER)?.clone())
}

/// Where one approval is enough, it does not matter whose.
fn by_anybody(found: LazyFrame) -> LazyFrame {
    found
        .with_column(
            when(col(AT).lt_eq(col(IMPLEMENTED_AT))).then(lit(1_u8)).otherwise(col(UNDATED)).alias(MAYBE_BEFORE),
        )
        .group_by([col(CHANGE)])
        .agg([
            col(CERTAIN_AT).min().alias(COMPLETE_AT),
            possibly_at().min().alias(POSSIBLY_APPROVED_AT),
            possibly_after_at().min().alias(POSSIBLY_APPROVED_AFTER_AT),
            col(AFTER_AT).min().alias(FIRST_AFTER),
            col(MAYBE_BEFORE).max(),
            col(COVERS).max(),
        ])
        .with_columns([col(MAYBE_BEFORE).gt(lit(0_u8)), lit(true).alias(ENOUGH)])
}

/// An approval without a time may have been given as early as at the implementation; if before, that is asked apart.
fn possibly_at() -> Expr {
    col(AT).fill_null(col(IMPLEMENTED_AT))
}

/// Of an approval that is not certainly one before: the earliest moment after the implementation at which it may have
/// been given.
fn possibly_after_at() -> Expr {
    only_where(col(AT).is_null().or(col(AT).gt(col(IMPLEMENTED_AT))), possibly_at())
}

fn by_several(found: LazyFrame, required: u32) -> LazyFrame {
    let last_of_required = |at: &str| {
        let first_ones = SortOptions::default().with_nulls_last(true);
        col(at).sort(first_ones).get(lit(required.saturating_sub(1)), true)
    };
    let people = |which: Expr| which.fill_null(lit(false)).cast(DataType::UInt32).sum();
    found
        .group_by([col(CHANGE), col(REVIEWER)])
        .agg([
            col(AT).min(),
            col(CERTAIN_AT).min(),
            possibly_at().min().alias(POSSIBLY_APPROVED_AT),
            possibly_after_at().min().alias(POSSIBLY_APPROVED_AFTER_AT),
            col(AFTER_AT).min(),
            col(UNDATED).max(),
            col(COVERS).max(),
            col(IMPLEMENTED_AT).first(),
        ])
        .with_columns([
            col(UNDATED).gt(lit(0_u8)).alias("is_undated"),
            col(AT).lt_eq(col(IMPLEMENTED_AT)).fill_null(lit(false)).alias("is_before"),
        ])
        .group_by([col(CHANGE)])
        .agg([
            last_of_required(CERTAIN_AT).alias(COMPLETE_AT),
            last_of_required(POSSIBLY_APPROVED_AT).alias(POSSIBLY_APPROVED_AT),
            col(POSSIBLY_APPROVED_AFTER_AT).min(),
            col(AFTER_AT).min().alias(FIRST_AFTER),
            people(col("is_before").or(col("is_undated"))).gt_eq(lit(required)).alias(MAYBE_BEFORE),
            len().gt_eq(lit(required)).alias(ENOUGH),
            col(COVERS).max(),
        ])
}

fn timing() -> Expr {
    let timing = |timing: ApprovalTiming| lit(timing as u8);
    let holds = |name: &str| col(name).fill_null(lit(false));
    when(col("before"))
        .then(timing(ApprovalTiming::Before))
        .when(col(REVIEW_DATA).not())
        .then(timing(ApprovalTiming::Unknown))
        // Somebody approved, but the files do not say when, or whether the approval qualifies.
        .when(holds(MAYBE_BEFORE))
        .then(timing(ApprovalTiming::Unknown))
        .when(col(COMPLETE_AT).is_not_null())
        .then(timing(ApprovalTiming::After))
        .when(holds(ENOUGH).or(col(REVIEWS_CUT)))
        .then(timing(ApprovalTiming::Unknown))
        .otherwise(timing(ApprovalTiming::Never))
}
