//! Reviews as columns.

use super::{
    Positions,
    changes::{CommitName, changes_at_most, commit_name, position},
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
use std::collections::{HashMap, HashSet};

/// Reviews with the keys of their changes, before the changes are known: two threads can load both.
#[derive(Debug, Default)]
pub(super) struct RawReviews {
    /// `change` and `commit` are still empty.
    pub(super) columns: ReviewColumns,
    pub(super) changes: Vec<i64>,
    pub(super) commits: Vec<Option<CommitName>>,
}

impl RawReviews {
    pub(super) fn load(connection: &Connection) -> Result<Self, StoreError> {
        let mut raw = Self::default();
        // Two reviews per change are common.
        let expected = 2 * changes_at_most(connection)?;
        raw.changes.reserve(expected);
        raw.commits.reserve(expected);
        raw.columns.reviewer.reserve(expected);
        raw.columns.verdict.reserve(expected);
        raw.columns.submitted_at.reserve(expected);
        raw.columns.stood_until.reserve(expected);
        let mut statement = connection
            .prepare(
            "SELECT change, reviewer, verdict, submitted_at, commit_id, said_before, stood_at, dismissed_by FROM review \
             ORDER BY change, n",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            raw.changes.push(row.get(0)?);
            raw.columns.reviewer.push(position(row.get(1)?)?);
            let dismissal = Dismissal { said_before: row.get(5)?, stood_at: row.get(6)?, dismissed_by: row.get(7)? };
            let approved = dismissal.proven().filter(|(verdict, _)| *verdict == Verdict::Approved as u8);
            raw.columns.verdict.push(approved.map_or(row.get(2)?, |(verdict, _)| verdict));
            raw.columns.stood_until.push(approved.map(|(_, stood_at)| stood_at));
            raw.columns.submitted_at.push(row.get(3)?);
            raw.commits.push(commit_name(row.get_ref(4)?));
        }
        Ok(raw)
    }
}

/// Puts reviews and commits in their places: reviews of changes that are not implemented go, and so does an approval
/// without a time where another file has that person's approval with one; an approval that the same person took back later
/// stood until then; commits become numbers that tell whether a review covers the head of its change, and a change whose
/// reviews came in a file of their own has review data.
pub(super) fn place(
    columns: &mut LedgerColumns,
    positions: &Positions,
    keys: &[i64],
    head_commits: &[Option<CommitName>],
    commits: Vec<Option<CommitName>>,
) -> Result<(), StoreError> {
    columns.changes.head_commit = (0..).zip(head_commits).map(|(at, commit)| commit.map(|_| at)).collect();
    // A commit that is not the head of its own change has a number that no head has.
    let other = u32::try_from(head_commits.len()).ok();
    let raw = std::mem::take(&mut columns.reviews);
    let dated = dated_approvals(keys, &raw);
    let withdrawals = Withdrawals::of(keys, &raw);
    let mut counts = vec![0_usize; columns.changes.len()];
    let rows = keys.iter().zip(raw.reviewer).zip(raw.verdict).zip(raw.submitted_at).zip(raw.stood_until).zip(commits);
    let reviews = &mut columns.reviews;
    for (((((key, reviewer), verdict), submitted_at), stood_until), commit) in rows {
        let Some(change) = positions.get(*key) else { continue };
        let at = change as usize;
        if let Some(count) = counts.get_mut(at) {
            *count += 1;
        }
        if is_approval(verdict) && submitted_at.is_none() && dated.contains(&(*key, reviewer)) {
            continue;
        }
        let same_as_head = commit.is_some() && head_commits.get(at) == Some(&commit);
        let head = columns.changes.head_commit.get(at).copied().flatten();
        reviews.change.push(change);
        reviews.reviewer.push(reviewer);
        reviews.verdict.push(verdict);
        reviews.submitted_at.push(submitted_at);
        let withdrawn = withdrawals.after(*key, reviewer, submitted_at).filter(|_| is_approval(verdict));
        reviews.stood_until.push(stood_until.into_iter().chain(withdrawn).min());
        reviews.commit.push(if same_as_head { head } else { commit.and(other) });
    }
    for (carried, count) in columns.changes.review_coverage.iter_mut().zip(counts) {
        *carried = review::coverage(*carried, count)? as u8;
    }
    Ok(())
}

/// Changes with the people whose approval of them has a time; none when no approval lacks one.
fn dated_approvals(keys: &[i64], raw: &ReviewColumns) -> HashSet<(i64, u32)> {
    let rows = || keys.iter().zip(&raw.reviewer).zip(&raw.verdict).zip(&raw.submitted_at);
    if !rows().any(|((_, verdict), at)| is_approval(*verdict) && at.is_none()) {
        return HashSet::new();
    }
    let dated = rows().filter(|((_, verdict), at)| is_approval(**verdict) && at.is_some());
    dated.map(|(((key, reviewer), _), _)| (*key, *reviewer)).collect()
}

fn is_approval(verdict: u8) -> bool {
    verdict == Verdict::Approved as u8
}

/// When people took their approvals of a change back, by change and person.
#[derive(Debug, Default)]
struct Withdrawals(HashMap<(i64, u32), Vec<i64>>);

impl Withdrawals {
    fn of(keys: &[i64], raw: &ReviewColumns) -> Self {
        let mut found = Self::default();
        for (((key, reviewer), verdict), at) in keys.iter().zip(&raw.reviewer).zip(&raw.verdict).zip(&raw.submitted_at)
        {
            if let Some(at) = at.filter(|_| *verdict == Verdict::Withdrawn as u8) {
                found.0.entry((*key, *reviewer)).or_default().push(at);
            }
        }
        found
    }

    /// The first withdrawal after an approval of the moment `given`.
    fn after(&self, key: i64, reviewer: u32, given: Option<i64>) -> Option<i64> {
        let given = given?;
        self.0.get(&(key, reviewer))?.iter().copied().filter(|at| *at > given).min()
    }
}
