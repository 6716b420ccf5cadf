//! Reviews as columns.

use super::{
    Positions,
    changes::{CommitName, changes_at_most, commit_name, position},
    resets,
    standing::{Approval, Approved, Standing, Worth, is_approval},
};
use crate::{
    StoreError,
    table::review::{self, Dismissal},
};
use change_ledger_model::{
    columns::{LedgerColumns, ReviewColumns},
    record::Verdict,
};
use rusqlite::Connection;

/// Reviews with the keys of their changes, before the changes are known: two threads can load both.
#[derive(Debug, Default)]
pub(super) struct RawReviews {
    /// `change` and `commit` are still empty.
    pub(super) columns: ReviewColumns,
    pub(super) keys: Keys,
    pub(super) commits: Vec<Option<CommitName>>,
}

impl RawReviews {
    pub(super) fn load(connection: &Connection) -> Result<Self, StoreError> {
        let mut raw = Self::default();
        // Two reviews per change are common.
        let expected = 2 * changes_at_most(connection)?;
        raw.keys.changes.reserve(expected);
        raw.keys.shown_at.reserve(expected);
        raw.commits.reserve(expected);
        raw.columns.reviewer.reserve(expected);
        raw.columns.verdict.reserve(expected);
        raw.columns.submitted_at.reserve(expected);
        raw.columns.stood_until.reserve(expected);
        let mut statement = connection.prepare(
            "SELECT change, reviewer, verdict, submitted_at, commit_id, said_before, stood_at, dismissed_by, \
             as_of FROM review \
             ORDER BY change, n",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            raw.keys.changes.push(row.get(0)?);
            raw.keys.shown_at.push(row.get(8)?);
            raw.columns.reviewer.push(position(row.get(1)?)?);
            let dismissal = Dismissal { said_before: row.get(5)?, stood_at: row.get(6)?, dismissed_by: row.get(7)? };
            let approved = dismissal.proven().filter(|(verdict, _)| *verdict == Verdict::Approved as u8);
            raw.columns.verdict.push(approved.map_or(row.get(2)?, |(verdict, _)| verdict));
            raw.columns.stood_until.push(approved.map(|(_, stood_at)| stood_at));
            raw.columns.submitted_at.push(row.get(3)?);
            raw.commits.push(commit_name(row.get_ref(4)?));
        }
        resets::spread(&mut raw);
        Ok(raw)
    }
}

/// What reviews must know of the changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct OfChanges<'a> {
    pub(super) positions: &'a Positions,
    pub(super) head_commits: &'a [Option<CommitName>],
    /// Of when the newest complete list of each change's reviews is.
    pub(super) listed_at: &'a [Option<i64>],
}

/// What came with reviews, row by row.
#[derive(Debug, Default)]
pub(super) struct Keys {
    pub(super) changes: Vec<i64>,
    /// Of when the newest row is that shows the review.
    pub(super) shown_at: Vec<i64>,
}

/// Puts reviews and commits in their places: reviews of changes that are not implemented go; approvals are
/// [weighed](Standing) against each other; commits become numbers that tell whether a review covers the head of its
/// change, and a change whose reviews came in a file of their own has review data.
pub(super) fn place(
    columns: &mut LedgerColumns,
    of: &OfChanges<'_>,
    keys: &Keys,
    commits: Vec<Option<CommitName>>,
) -> Result<(), StoreError> {
    columns.changes.head_commit = (0..).zip(of.head_commits).map(|(at, commit)| commit.map(|_| at)).collect();
    // A commit that is not the head of its own change has a number that no head has.
    let other = u32::try_from(of.head_commits.len()).ok();
    let raw = std::mem::take(&mut columns.reviews);
    let standing = standing(of, keys, &raw);
    let mut counts = vec![0_usize; columns.changes.len()];
    let rows = keys.changes.iter().zip(&keys.shown_at).zip(raw.reviewer).zip(raw.verdict).zip(raw.submitted_at);
    let reviews = &mut columns.reviews;
    reserve(reviews, keys.changes.len());
    for ((((((key, shown_at), reviewer), verdict), submitted_at), dismissed), commit) in
        rows.zip(raw.stood_until).zip(commits)
    {
        let Some(change) = of.positions.get(*key) else { continue };
        let at = change as usize;
        if let Some(count) = counts.get_mut(at) {
            *count += 1;
        }
        let worth = if is_approval(verdict) {
            let approval = Approval { change: *key, reviewer, given: submitted_at, dismissed, shown_at: *shown_at };
            let implemented = columns.changes.implemented_at.get(at).copied().flatten();
            standing.worth(&approval, Approved { implemented, listed_at: of.listed_at.get(at).copied().flatten() })
        } else {
            Worth::Stands
        };
        let (verdict, stood_until) = match worth {
            Worth::Displaced => continue,
            Worth::Stands => (verdict, None),
            Worth::StoodUntil(until) => (verdict, Some(until)),
            Worth::InDoubt => (Verdict::Dismissed as u8, None),
        };
        let same_as_head = commit.is_some() && of.head_commits.get(at) == Some(&commit);
        let head = columns.changes.head_commit.get(at).copied().flatten();
        reviews.change.push(change);
        reviews.reviewer.push(reviewer);
        reviews.verdict.push(verdict);
        reviews.submitted_at.push(submitted_at);
        reviews.stood_until.push(stood_until);
        reviews.commit.push(if same_as_head { head } else { commit.and(other) });
    }
    for (carried, count) in columns.changes.review_coverage.iter_mut().zip(counts) {
        *carried = review::coverage(*carried, count)? as u8;
    }
    Ok(())
}

fn reserve(reviews: &mut ReviewColumns, expected: usize) {
    reviews.change.reserve_exact(expected);
    reviews.reviewer.reserve_exact(expected);
    reviews.verdict.reserve_exact(expected);
    reviews.submitted_at.reserve_exact(expected);
    reviews.stood_until.reserve_exact(expected);
    reviews.commit.reserve_exact(expected);
}

fn standing(of: &OfChanges<'_>, keys: &Keys, raw: &ReviewColumns) -> Standing {
    let rows = keys.changes.iter().zip(&raw.reviewer).zip(&raw.verdict).zip(&raw.submitted_at);
    let dated = |wanted: Verdict| {
        rows.clone().filter_map(move |(((change, reviewer), verdict), at)| {
            at.filter(|_| *verdict == wanted as u8).map(|at| ((*change, *reviewer), at))
        })
    };
    let (withdrawals, objections) = (dated(Verdict::Withdrawn), dated(Verdict::ChangesRequested));
    let approvals = rows.clone().zip(&raw.stood_until).zip(&keys.shown_at).filter_map(
        |(((((change, reviewer), verdict), given), dismissed), shown_at)| {
            let (change, reviewer, given, dismissed) = (*change, *reviewer, *given, *dismissed);
            let at = of.positions.get(change).filter(|_| is_approval(*verdict))?;
            let listed_at = of.listed_at.get(at as usize).copied().flatten();
            Some((Approval { change, reviewer, given, dismissed, shown_at: *shown_at }, listed_at))
        },
    );
    Standing::of(approvals, withdrawals, objections)
}
