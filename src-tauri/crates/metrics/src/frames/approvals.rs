//! Reviews, and those among them that some policy may count as a qualifying approval.

use super::build::{bytes, optional_positions, positions, times};
use super::changes::{is_verdict, objections};
use crate::column::{
    AFTER_AT, AT, AUTHOR, CHANGE, COMMIT, COVERS, GIVEN_AT, HEAD_COMMIT, IMPLEMENTED_AT, IN_DOUBT, IS_COMMENT, KIND,
    MERGED_BY, REVIEW, REVIEWER, REVIEWER_KIND, ROW, STOOD_UNTIL, UNDATED, VERDICT,
};
use crate::expression::{lit, only_where};
use change_ledger_model::{
    columns::ReviewColumns,
    person::PersonKind,
    record::{ChangeKind, Verdict},
};
use polars::prelude::{
    ChunkAgg, DataFrame, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, SortMultipleOptions, col, when,
};

/// An approval in the column [`COVERS`]: of another commit than the merged one.
pub(crate) const COVERS_OTHER: u8 = 0;
/// Of a commit that the files do not name, or the merged commit is not known.
pub(crate) const COVERS_UNKNOWN: u8 = 1;
/// Of the merged commit.
pub(crate) const COVERS_MERGED: u8 = 2;

/// Authors and co-authors of commits, as (change, reviewer): nobody of them is independent.
pub(super) fn commit_author_frame(authors: &[(u32, u32)]) -> PolarsResult<DataFrame> {
    let (changes, people) = authors.iter().copied().unzip();
    DataFrame::new(authors.len(), vec![positions(CHANGE, changes), positions(REVIEWER, people)])
}

/// Reviews beside what independence and timing are judged by: author, implementation and head of their change.
pub(super) fn review_frame(reviews: ReviewColumns, changes: &DataFrame, kinds: &[u8]) -> PolarsResult<DataFrame> {
    let height = reviews.change.len();
    let rows = (0..).take(height).collect();
    let reviewer_kinds =
        reviews.reviewer.iter().map(|p| kinds.get(*p as usize).copied().unwrap_or(PersonKind::Deleted as u8)).collect();
    let frame = DataFrame::new(
        height,
        vec![
            positions(REVIEW, rows),
            positions(CHANGE, reviews.change),
            positions(REVIEWER, reviews.reviewer),
            bytes(REVIEWER_KIND, reviewer_kinds),
            bytes(VERDICT, reviews.verdict),
            times(AT, &reviews.submitted_at),
            optional_positions(COMMIT, &reviews.commit),
            times(STOOD_UNTIL, &reviews.stood_until),
        ],
    )?;
    let of_change =
        changes.select([AUTHOR, IMPLEMENTED_AT, HEAD_COMMIT])?.take(frame.column(CHANGE)?.u32()?)?.into_columns();
    frame.hstack(&of_change)
}

/// Stands for whoever merged a change where no file says who did: no person has this position.
const UNKNOWN_MERGER: u32 = u32::MAX;

/// Approvals and comments of independent people that were not withdrawn, sorted by change. Where no file names the author
/// of the change, anybody may be the author: such a review is here and in doubt.
///
/// An approval at or before the implementation is withdrawn when the same person later, but still at or before the
/// implementation, asked for changes. A dismissed review is no approval: its verdict is gone. Only where it is known to
/// have been an approval until some moment does it stay here, with that moment.
pub(super) fn candidates(reviews: &DataFrame, commit_authors: &DataFrame) -> PolarsResult<DataFrame> {
    let withdrawn = col("objected_at").gt(col(AT));
    let positive = is_verdict(Verdict::Approved).or(is_verdict(Verdict::Commented));
    let standing = by_independent_people(reviews, positive, commit_authors)
        .join(objections(reviews), pair(), pair(), JoinArgs::new(JoinType::Left))
        .filter(withdrawn.fill_null(lit(false)).not());
    let standing = standing.with_column(col(AUTHOR).is_null().alias(IN_DOUBT));
    shaped(standing, is_verdict(Verdict::Commented), col(COMMIT).eq(col(HEAD_COMMIT)))
}

/// Changes of which a review that somebody independent gave at or before the implementation, or at an unknown time, was
/// dismissed, and nobody knows when: each may have had an approval when it was implemented.
pub(super) fn dismissed(reviews: &DataFrame, commit_authors: &DataFrame) -> PolarsResult<DataFrame> {
    let by_then = col(AT).is_null().or(col(AT).lt_eq(col(IMPLEMENTED_AT)));
    by_independent_people(reviews, is_verdict(Verdict::Dismissed).and(by_then), commit_authors)
        .select([col(CHANGE)])
        .collect()
}

/// The last moment at which one of these approvals was given or dismissed; long ago when there are none.
pub(super) fn last_event(approvals: [&DataFrame; 2]) -> PolarsResult<i64> {
    let mut last = i64::MIN;
    for approvals in approvals {
        for moments in [GIVEN_AT, STOOD_UNTIL] {
            last = last.max(approvals.column(moments)?.i64()?.max().unwrap_or(i64::MIN));
        }
    }
    Ok(last)
}

/// Reviews of people who are not known to have a hand in the change.
fn by_independent_people(reviews: &DataFrame, which: Expr, commit_authors: &DataFrame) -> LazyFrame {
    let human = col(REVIEWER_KIND).eq(lit(PersonKind::Human as u8));
    let not_author = col(REVIEWER).neq_missing(col(AUTHOR));
    independent(reviews.clone().lazy().filter(which.and(human).and(not_author)), commit_authors)
}

/// Merges by an independent person, for policies that count merging as approving. A merge is at the implementation and
/// covers the merged commit. It is in doubt where author or merger are not known; a change ticket is not merged.
pub(super) fn merges(changes: &DataFrame, commit_authors: &DataFrame, kinds: &[u8]) -> PolarsResult<DataFrame> {
    let humans: Vec<u32> = (0..)
        .zip(kinds)
        .filter(|(_, kind)| **kind == PersonKind::Human as u8)
        .map(|(person, _)| person)
        .chain([UNKNOWN_MERGER])
        .collect();
    let humans = DataFrame::new(humans.len(), vec![positions(REVIEWER, humans)])?.lazy();
    let merger = col(MERGED_BY).fill_null(lit(UNKNOWN_MERGER));
    let merged = changes
        .clone()
        .lazy()
        .filter(col(KIND).neq(lit(ChangeKind::ChangeTicket as u8)).and(merger.clone().neq_missing(col(AUTHOR))))
        .select([
            col(ROW).alias(CHANGE),
            merger.alias(REVIEWER),
            lit(u32::MAX).alias(REVIEW),
            col(IMPLEMENTED_AT).alias(AT),
            col(IMPLEMENTED_AT),
            col(AUTHOR).is_null().or(col(MERGED_BY).is_null()).alias(IN_DOUBT),
            only_where(lit(false), col(IMPLEMENTED_AT)).alias(STOOD_UNTIL),
        ])
        .join(humans, [col(REVIEWER)], [col(REVIEWER)], JoinArgs::new(JoinType::Semi));
    shaped(independent(merged, commit_authors), lit(false), lit(true))
}

fn independent(reviews: LazyFrame, commit_authors: &DataFrame) -> LazyFrame {
    reviews.join(commit_authors.clone().lazy(), pair(), pair(), JoinArgs::new(JoinType::Anti))
}

fn pair() -> [Expr; 2] {
    [col(CHANGE), col(REVIEWER)]
}

/// The columns that judging needs. Where the implementation has no time, an approval's time says nothing either.
fn shaped(approvals: LazyFrame, is_comment: Expr, covers: Expr) -> PolarsResult<DataFrame> {
    let at = only_where(col(IMPLEMENTED_AT).is_not_null(), col(AT));
    approvals
        .with_columns([col(AT).alias(GIVEN_AT), at.alias(AT)])
        .select([
            col(GIVEN_AT),
            col(STOOD_UNTIL),
            col(CHANGE),
            col(REVIEWER),
            col(REVIEW),
            col(AT),
            col(IMPLEMENTED_AT),
            only_where(col(AT).gt(col(IMPLEMENTED_AT)), col(AT)).alias(AFTER_AT),
            when(col(AT).is_null()).then(lit(1_u8)).otherwise(lit(0_u8)).alias(UNDATED),
            is_comment.alias(IS_COMMENT),
            col(IN_DOUBT),
            when(covers.clone().is_null())
                .then(lit(COVERS_UNKNOWN))
                .when(covers)
                .then(lit(COVERS_MERGED))
                .otherwise(lit(COVERS_OTHER))
                .alias(COVERS),
        ])
        .sort([CHANGE, REVIEW], SortMultipleOptions::default())
        .collect()
}
