//! Reviews, and those among them that some policy may count as a qualifying approval.

use super::build::{booleans, bytes, flags, optional_positions, positions, times};
use super::changes::{is_verdict, objections};
use crate::column::{
    AFTER_AT, AT, AUTHOR, CHANGE, COMMIT, COVERS, GIVEN_AT, HEAD_COMMIT, IMPLEMENTED_AT, IN_DOUBT, IS_COMMENT, KIND,
    MERGED_AT, MERGED_BY, REVIEW, REVIEWER, REVIEWER_KIND, ROW, STOOD_UNTIL, UNDATED, VERDICT,
};
use crate::expression::{lit, only_where};
use change_ledger_model::{
    columns::ReviewColumns,
    person::PersonKind,
    record::{ChangeKind, Verdict},
};
use polars::prelude::{ChunkAgg, DataFrame, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, col, when};
use polars::series::IsSorted;

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
    let in_order = reviews.change.is_sorted();
    let mut change = positions(CHANGE, reviews.change);
    if in_order {
        // Grouping by change is then a walk, not a search.
        change.set_sorted_flag(IsSorted::Ascending);
    }
    let frame = DataFrame::new(
        height,
        vec![
            positions(REVIEW, rows),
            change,
            positions(REVIEWER, reviews.reviewer),
            bytes(REVIEWER_KIND, reviewer_kinds),
            bytes(VERDICT, reviews.verdict),
            times(AT, &reviews.submitted_at),
            optional_positions(COMMIT, &reviews.commit),
            times(STOOD_UNTIL, &reviews.stood_until),
        ],
    )?;
    let of_change = changes
        .select([AUTHOR, IMPLEMENTED_AT, MERGED_AT, HEAD_COMMIT])?
        .take(frame.column(CHANGE)?.u32()?)?
        .into_columns();
    frame.hstack(&of_change)
}

/// Stands for whoever merged a change where no file says who did: no person has this position.
const UNKNOWN_MERGER: u32 = u32::MAX;

/// Whether an approval or a comment was withdrawn before the merge.
const WITHDRAWN: &str = "withdrawn";

/// The reviews of changes of which somebody asked for changes or took an approval back. They are few, and nothing else can be
/// withdrawn or left open.
pub(super) fn of_disputed_changes(reviews: &DataFrame, changes: usize) -> PolarsResult<DataFrame> {
    let mut disputed = vec![false; changes];
    let (change, verdict) = (reviews.column(CHANGE)?.u32()?, reviews.column(VERDICT)?.u8()?);
    for (change, verdict) in change.iter().zip(verdict.iter()) {
        let against = [Verdict::ChangesRequested, Verdict::Withdrawn].map(|verdict| Some(verdict as u8));
        let slot = change.filter(|_| against.contains(&verdict)).and_then(|change| disputed.get_mut(change as usize));
        if let Some(slot) = slot {
            *slot = true;
        }
    }
    let is_of_one = |change: Option<u32>| change.and_then(|change| disputed.get(change as usize).copied());
    let rows: Vec<bool> = change.iter().map(|change| is_of_one(change).unwrap_or(false)).collect();
    reviews.filter(booleans("disputed", &rows).bool()?)
}

/// Approvals and comments of independent people that were not withdrawn. Of these, `disputed` has every review of a change
/// [that somebody objected to](of_disputed_changes). Where no file names the author
/// of the change, anybody may be the author: such a review is here and in doubt.
///
/// An approval at or before the merge is withdrawn when the same person later, but still at or before the merge, asked for
/// changes. A dismissed review is no approval: its verdict is gone. Only where it is known to
/// have been an approval until some moment does it stay here, with that moment.
pub(super) fn candidates(
    reviews: &DataFrame,
    disputed: &DataFrame,
    commit_authors: &DataFrame,
) -> PolarsResult<DataFrame> {
    let positive = is_verdict(Verdict::Approved).or(is_verdict(Verdict::Commented));
    let withdrawn = disputed
        .clone()
        .lazy()
        .filter(positive.clone())
        .join(objections(disputed), pair(), pair(), JoinArgs::new(JoinType::Inner))
        .filter(col("objected_at").gt(col(AT)))
        .collect()?;
    let withdrawn = flags(WITHDRAWN, withdrawn.column(REVIEW)?.u32()?, reviews.height());
    let reviews = reviews.hstack(&[withdrawn])?;
    let standing = by_independent_people(&reviews, positive.and(col(WITHDRAWN).not()), commit_authors)
        .with_column(col(AUTHOR).is_null().alias(IN_DOUBT));
    shaped(standing, is_verdict(Verdict::Commented), col(COMMIT).eq(col(HEAD_COMMIT))).collect()
}

/// Changes of which a review that somebody independent gave at or before the implementation, or at an unknown time, was
/// dismissed, and nobody knows when: each may have had an approval when it was implemented.
pub(super) fn dismissed(reviews: &DataFrame, commit_authors: &DataFrame) -> PolarsResult<DataFrame> {
    let by_then = col(AT).is_null().or(col(AT).lt_eq(col(IMPLEMENTED_AT)));
    by_independent_people(reviews, is_verdict(Verdict::Dismissed).and(by_then), commit_authors)
        .select([col(CHANGE)])
        .collect()
}

/// The last moment at which an approval was given or dismissed, or a change was merged; long ago when there are none.
pub(super) fn last_event(approvals: &DataFrame, changes: &DataFrame) -> PolarsResult<i64> {
    let mut last = i64::MIN;
    for moments in [
        approvals.column(GIVEN_AT)?,
        approvals.column(STOOD_UNTIL)?,
        changes.column(IMPLEMENTED_AT)?,
        changes.column(MERGED_AT)?,
    ] {
        last = last.max(moments.i64()?.max().unwrap_or(i64::MIN));
    }
    Ok(last)
}

/// Reviews of people who are not known to have a hand in the change.
fn by_independent_people(reviews: &DataFrame, which: Expr, commit_authors: &DataFrame) -> LazyFrame {
    let human = col(REVIEWER_KIND).eq(lit(PersonKind::Human as u8));
    let not_author = col(REVIEWER).neq_missing(col(AUTHOR));
    independent(reviews.clone().lazy().filter(which.and(human).and(not_author)), commit_authors)
}

/// Merges by an independent person, for policies that count merging as approving. A merge covers the
/// merged commit. It is in doubt where author or merger are not known; a change ticket is not merged.
pub(super) fn merges(changes: &DataFrame, commit_authors: &DataFrame, kinds: &[u8]) -> PolarsResult<LazyFrame> {
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
            col(MERGED_AT).alias(AT),
            col(IMPLEMENTED_AT),
            col(AUTHOR).is_null().or(col(MERGED_BY).is_null()).alias(IN_DOUBT),
            only_where(lit(false), col(IMPLEMENTED_AT)).alias(STOOD_UNTIL),
        ])
        .join(humans, [col(REVIEWER)], [col(REVIEWER)], JoinArgs::new(JoinType::Semi));
    Ok(shaped(independent(merged, commit_authors), lit(false), lit(true)))
}

fn independent(reviews: LazyFrame, commit_authors: &DataFrame) -> LazyFrame {
    // Without this, every review would be looked up among nobody.
    if commit_authors.height() == 0 {
        return reviews;
    }
    reviews.join(commit_authors.clone().lazy(), pair(), pair(), JoinArgs::new(JoinType::Anti))
}

fn pair() -> [Expr; 2] {
    [col(CHANGE), col(REVIEWER)]
}

/// The columns that judging needs. Where the implementation has no time, an approval's time says nothing either.
fn shaped(approvals: LazyFrame, is_comment: Expr, covers: Expr) -> LazyFrame {
    let at = only_where(col(IMPLEMENTED_AT).is_not_null(), col(AT));
    approvals.with_columns([col(AT).alias(GIVEN_AT), at.alias(AT)]).select([
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
}
