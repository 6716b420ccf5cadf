//! The frame of changes: what each is, who made it, and what its reviews and links say under every policy.

use super::build::{aligned, booleans, bytes, flags, optional_booleans, optional_positions, positions, times};
use super::incidents::Links;
use crate::column::{
    AT, AUTHOR, AUTHOR_IS_BOT, BRANCH, BYPASS_RECORDED, CHANGE, CHANGES_REQUESTED_OPEN, DISMISSED_BEFORE, HEAD_COMMIT,
    IMPLEMENTED_AT, KIND, LABELS_KNOWN, MERGED_AT, MERGED_BY, OPEN_UNLESS_COMMENTED, OPENED_AT, REPOSITORY,
    REVIEW_DATA, REVIEWER, REVIEWER_KIND, REVIEWS_CUT, ROW, SELF_APPROVED_AT, SELF_MERGED, VERDICT,
};
use crate::expression::lit;
use change_ledger_model::{
    columns::ChangeColumns,
    person::PersonKind,
    record::{ReviewCoverage, Verdict},
};
use polars::prelude::{
    BooleanChunked, DataFrame, Expr, IntoColumn, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, col,
};

/// Changes as the exports describe them. `kinds` are [`PersonKind`]s as numbers.
pub(super) fn frame(changes: ChangeColumns, kinds: &[u8]) -> PolarsResult<DataFrame> {
    let height = changes.len();
    let merged_at = times(MERGED_AT, changes.merged_at());
    let rows = (0..).take(height).collect();
    let kind_of = |person: Option<u32>| person.and_then(|person| kinds.get(person as usize)).copied();
    let is_bot: Vec<bool> = changes.author.iter().map(|p| kind_of(*p) == Some(PersonKind::Bot as u8)).collect();
    let self_merged: Vec<Option<bool>> = changes
        .author
        .iter()
        .zip(&changes.merged_by)
        .map(|(author, merger)| {
            // "Deleted" stands for anybody, so two deleted accounts are not one person; a bot merges for somebody, perhaps for
            // the author.
            kind_of(*author).filter(|kind| *kind != PersonKind::Deleted as u8)?;
            kind_of(*merger).filter(|kind| *kind == PersonKind::Human as u8)?;
            Some(author == merger)
        })
        .collect();
    let covered = |coverage: ReviewCoverage| -> Vec<bool> {
        changes.review_coverage.iter().map(|code| *code == coverage as u8).collect()
    };
    let cut = covered(ReviewCoverage::PossiblyCut);
    let carried: Vec<bool> =
        covered(ReviewCoverage::Complete).iter().zip(&cut).map(|(all, cut)| *all || *cut).collect();
    DataFrame::new(
        height,
        vec![
            positions(ROW, rows),
            bytes(KIND, changes.kind),
            positions(REPOSITORY, changes.repository),
            optional_positions(BRANCH, &changes.base_branch),
            optional_positions(AUTHOR, &changes.author),
            optional_positions(MERGED_BY, &changes.merged_by),
            times(OPENED_AT, &changes.opened_at),
            times(IMPLEMENTED_AT, &changes.implemented_at),
            merged_at,
            optional_positions(HEAD_COMMIT, &changes.head_commit),
            booleans(AUTHOR_IS_BOT, &is_bot),
            optional_booleans(SELF_MERGED, &self_merged),
            booleans(REVIEW_DATA, &carried),
            booleans(REVIEWS_CUT, &cut),
            booleans(LABELS_KNOWN, &changes.labels_known),
        ],
    )
}

/// Adds what reviews and links say to the frame of changes. `disputed` are the reviews of changes
/// [that somebody objected to](super::approvals::of_disputed_changes). `texts` says of which changes a file carried the description,
/// `bypassed` which a recorded bypass let through.
pub(super) fn with_history(
    changes: &DataFrame,
    (reviews, disputed): (&DataFrame, &DataFrame),
    dismissed: &DataFrame,
    links: &Links<'_>,
    (texts, bypassed): (&[bool], Vec<u32>),
) -> PolarsResult<DataFrame> {
    let height = changes.height();
    let reviewed = flags(REVIEW_DATA, reviews.column(CHANGE)?.u32()?, height);
    // Reviews that came in a file of their own are review data too.
    let review_data: BooleanChunked = changes.column(REVIEW_DATA)?.bool()? | reviewed.bool()?;
    let self_approved = reviews
        .clone()
        .lazy()
        .filter(
            is_verdict(Verdict::Approved)
                .and(col(REVIEWER).eq(col(AUTHOR)))
                .and(col(REVIEWER_KIND).neq(lit(PersonKind::Deleted as u8))),
        )
        .group_by([col(CHANGE)])
        // An approval without a time may be as old as any.
        .agg([col(AT).fill_null(lit(i64::MIN)).min().alias(SELF_APPROVED_AT)])
        .collect()?;
    let open = changes_requested_open(disputed, &[Verdict::Approved])?;
    let commented = changes_requested_open(disputed, &[Verdict::Approved, Verdict::Commented])?;
    let mut all = changes.clone();
    all.with_column(review_data.into_column().with_name(REVIEW_DATA.into()))?;
    all.hstack(aligned(&self_approved, height)?.columns())?.hstack(&[
        flags(CHANGES_REQUESTED_OPEN, open.column(CHANGE)?.u32()?, height),
        flags(BYPASS_RECORDED, positions(CHANGE, bypassed).u32()?, height),
        flags(OPEN_UNLESS_COMMENTED, commented.column(CHANGE)?.u32()?, height),
        flags(DISMISSED_BEFORE, dismissed.column(CHANGE)?.u32()?, height),
        links.incident_states(texts),
        links.ticket_reasons(height),
        links.texts_known(texts),
        links.notes_known(height),
    ])
}

pub(super) fn is_verdict(verdict: Verdict) -> Expr {
    col(VERDICT).eq(lit(verdict as u8))
}

/// Changes of which some reviewer asked for changes at or before the merge and then gave none of the verdicts
/// that `settle` it.
fn changes_requested_open(reviews: &DataFrame, settle: &[Verdict]) -> PolarsResult<DataFrame> {
    let objected = col("objected_at");
    let settled = col("settled_at");
    last_before(reviews, &[Verdict::ChangesRequested], "objected_at")
        .join(
            last_before(reviews, settle, "settled_at"),
            [col(CHANGE), col(REVIEWER)],
            [col(CHANGE), col(REVIEWER)],
            JoinArgs::new(JoinType::Left),
        )
        .filter(settled.clone().is_null().or(settled.lt(objected)))
        .select([col(CHANGE)])
        .collect()
}

/// Per change and reviewer: the last time, `objected_at`, at or before the merge that they asked for changes
/// or took an approval back.
pub(super) fn objections(reviews: &DataFrame) -> LazyFrame {
    last_before(reviews, &[Verdict::ChangesRequested, Verdict::Withdrawn], "objected_at")
}

fn last_before(reviews: &DataFrame, verdicts: &[Verdict], name: &str) -> LazyFrame {
    let wanted = verdicts.iter().map(|verdict| is_verdict(*verdict)).fold(lit(false), Expr::or);
    reviews
        .clone()
        .lazy()
        .filter(wanted.and(col(AT).lt_eq(col(MERGED_AT))))
        .group_by([col(CHANGE), col(REVIEWER)])
        .agg([col(AT).max().alias(name)])
}
