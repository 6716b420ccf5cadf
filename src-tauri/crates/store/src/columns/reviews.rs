//! Reviews as columns.

use super::{
    Positions,
    changes::{CommitName, commit_name, position},
};
use crate::{StoreError, table::review};
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
        let mut statement = connection
            .prepare("SELECT change, reviewer, verdict, submitted_at, commit_id FROM review ORDER BY change, n")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            raw.changes.push(row.get(0)?);
            raw.columns.reviewer.push(position(row.get(1)?)?);
            raw.columns.verdict.push(row.get(2)?);
            raw.columns.submitted_at.push(row.get(3)?);
            raw.commits.push(commit_name(row.get_ref(4)?));
        }
        Ok(raw)
    }
}

/// Puts reviews and commits in their places: reviews of changes that are not implemented go, and so does an approval
/// without a time where another file has that person's approval with one; commits become numbers, and a change whose reviews came in a file of their own has review data.
pub(super) fn place(
    columns: &mut LedgerColumns,
    positions: &Positions,
    keys: &[i64],
    head_commits: &[Option<CommitName>],
    commits: Vec<Option<CommitName>>,
) -> Result<(), StoreError> {
    let mut numbers = CommitNumbers::default();
    columns.changes.head_commit = head_commits.iter().map(|commit| numbers.number(*commit)).collect();
    let raw = std::mem::take(&mut columns.reviews);
    let dated = dated_approvals(keys, &raw);
    let mut counts = vec![0_usize; columns.changes.len()];
    let rows = keys.iter().zip(raw.reviewer).zip(raw.verdict).zip(raw.submitted_at).zip(commits);
    let reviews = &mut columns.reviews;
    for ((((key, reviewer), verdict), submitted_at), commit) in rows {
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
        reviews.commit.push(if same_as_head { head } else { numbers.number(commit) });
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

/// Numbers that are equal for equal commits.
#[derive(Debug, Default)]
struct CommitNumbers(HashMap<CommitName, u32>);

impl CommitNumbers {
    fn number(&mut self, commit: Option<CommitName>) -> Option<u32> {
        let next = u32::try_from(self.0.len()).ok()?;
        commit.map(|commit| *self.0.entry(commit).or_insert(next))
    }
}
