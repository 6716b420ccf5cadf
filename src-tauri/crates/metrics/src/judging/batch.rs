//! Retroactive approvals that one person gave in a batch: several within minutes look like stamping.

use crate::column::{
    AFTER_AT, AT, BATCH_STAMPED, CHANGE, POLICY_VERSION, REVIEW, REVIEW_STATE, REVIEWED_AT, REVIEWER, ROW, SETTLED_BY,
};
use crate::expression::lit;
use crate::frames::{booleans, optional_positions};
use change_ledger_model::{
    judgement::ReviewState,
    policy::{BatchStamp, PolicyHistory},
};
use polars::prelude::{
    Column, DataFrame, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, SortMultipleOptions, UniqueKeepStrategy,
    col, cols,
};

/// One retroactive approval that settled an owed review.
struct Stamp {
    reviewer: u32,
    at: i64,
    change: usize,
    version: usize,
}

/// Who gave the approval that settled an owed review. Of two at the same millisecond, the one first in the ledger.
pub(super) fn settled_by(verdicts: &DataFrame, approvals: LazyFrame) -> PolarsResult<DataFrame> {
    let state = |state: ReviewState| col(REVIEW_STATE).eq(lit(state as u8));
    verdicts
        .clone()
        .lazy()
        .filter(state(ReviewState::OnTime).or(state(ReviewState::Late)))
        .select([col(ROW), col(REVIEWED_AT).alias(AT), col(POLICY_VERSION)])
        .join(
            approvals.filter(col(AFTER_AT).is_not_null()).select([col(CHANGE), col(AT), col(REVIEWER), col(REVIEW)]),
            [col(ROW), col(AT)],
            [col(CHANGE), col(AT)],
            JoinArgs::new(JoinType::Inner),
        )
        .sort([ROW, REVIEW], SortMultipleOptions::default())
        .unique_stable(Some(cols([ROW])), UniqueKeepStrategy::First)
        .select([col(ROW), col(AT), col(POLICY_VERSION), col(REVIEWER)])
        .collect()
}

/// Marks, of `height` changes, those whose retroactive approval is one of at least `count` that the same person gave
/// within `minutes`, both as the policy version that judged the change says.
pub(super) fn stamped(settled: &DataFrame, policies: &PolicyHistory, height: usize) -> PolarsResult<Column> {
    let rules: Vec<BatchStamp> = policies.versions().map(|version| version.policy.batch).collect();
    let mut distinct: Vec<BatchStamp> = Vec::new();
    for rule in &rules {
        if !distinct.contains(rule) {
            distinct.push(*rule);
        }
    }
    let mut marks = vec![false; height];
    let stamps = by_person(settled)?;
    for person in stamps.chunk_by(|a, b| a.reviewer == b.reviewer) {
        for rule in &distinct {
            for stamp in in_batches(person, *rule).filter(|stamp| rules.get(stamp.version) == Some(rule)) {
                if let Some(mark) = marks.get_mut(stamp.change) {
                    *mark = true;
                }
            }
        }
    }
    Ok(booleans(BATCH_STAMPED, &marks))
}

/// Of `height` changes, who gave the approval that settled the owed review.
pub(super) fn settlers(settled: &DataFrame, height: usize) -> PolarsResult<Column> {
    let mut settlers = vec![None; height];
    for (row, reviewer) in settled.column(ROW)?.u32()?.iter().zip(settled.column(REVIEWER)?.u32()?.iter()) {
        if let Some(slot) = row.and_then(|row| settlers.get_mut(row as usize)) {
            *slot = reviewer;
        }
    }
    Ok(optional_positions(SETTLED_BY, &settlers))
}

fn by_person(settled: &DataFrame) -> PolarsResult<Vec<Stamp>> {
    let rows = settled.column(ROW)?.u32()?;
    let times = settled.column(AT)?.i64()?;
    let versions = settled.column(POLICY_VERSION)?.u8()?;
    let reviewers = settled.column(REVIEWER)?.u32()?;
    let mut stamps: Vec<Stamp> = rows
        .iter()
        .zip(times.iter())
        .zip(versions.iter().zip(reviewers.iter()))
        .filter_map(|((row, at), (version, reviewer))| {
            Some(Stamp { reviewer: reviewer?, at: at?, change: row? as usize, version: usize::from(version?) })
        })
        .collect();
    stamps.sort_unstable_by_key(|stamp| (stamp.reviewer, stamp.at, stamp.change));
    Ok(stamps)
}

/// Those of one person's approvals, ascending in time, that lie in some window of `minutes` with at least `count`.
fn in_batches(stamps: &[Stamp], rule: BatchStamp) -> impl Iterator<Item = &Stamp> {
    let width = i64::from(rule.minutes) * 60_000;
    let count = rule.count as usize;
    // A window that begins at an approval holds the most; its members are one run, and runs only move forward.
    let mut yielded = 0;
    (0..stamps.len()).flat_map(move |first| {
        let begin = stamps.get(first).map_or(0, |stamp| stamp.at);
        let end = stamps.partition_point(|stamp| stamp.at.saturating_sub(begin) <= width);
        let run = if end - first >= count { first.max(yielded)..end } else { 0..0 };
        yielded = yielded.max(run.end);
        stamps.get(run).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_so_many_within_minutes() {
        let check = |seconds: &[i64], expected: &[usize]| {
            let stamps: Vec<Stamp> = seconds
                .iter()
                .enumerate()
                .map(|(change, at)| Stamp { reviewer: 1, at: at * 1000, change, version: 0 })
                .collect();
            let rule = BatchStamp { count: 3, minutes: 10 };
            assert_eq!(
                in_batches(&stamps, rule).map(|stamp| stamp.change).collect::<Vec<_>>(),
                expected,
                "{seconds:?}"
            );
        };
        check(&[], &[]);
        check(&[0, 1], &[]);
        check(&[0, 300, 600], &[0, 1, 2]);
        check(&[0, 300, 601], &[]);
        check(&[0, 300, 600, 900, 2000], &[0, 1, 2, 3]);
        check(&[0, 0, 0, 5000, 9000, 9001, 9002], &[0, 1, 2, 4, 5, 6]);
    }
}
