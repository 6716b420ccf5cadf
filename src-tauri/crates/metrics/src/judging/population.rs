//! Which changes are counted, and which policy version judges each.

use crate::column::{BRANCH, COUNTED_BRANCH, KIND};
use crate::frames::booleans;
use change_ledger_model::{
    Timestamp,
    policy::{PolicyHistory, Population},
    record::ChangeKind,
};
use polars::prelude::{Column, DataFrame, Int64Chunked, PolarsResult};

/// Per change the position of the policy version in force at its implementation, or at `as_of` when that is unknown.
pub(super) fn policy_versions(implemented: &Int64Chunked, policies: &PolicyHistory, as_of: Timestamp) -> Vec<u8> {
    let begins: Vec<i64> =
        policies.versions().skip(1).filter_map(|version| version.effective_from).map(Timestamp::millis).collect();
    implemented
        .iter()
        .map(|at| {
            let at = at.unwrap_or(as_of.millis());
            u8::try_from(begins.partition_point(|begin| *begin <= at)).unwrap_or(u8::MAX)
        })
        .collect()
}

/// Whether a change was merged into a branch that the policy counts. Change tickets have no branch; a pull request of
/// which no branch is known is counted rather than lost.
pub(super) fn counted_branches(
    facts: &DataFrame,
    branches: &[String],
    population: &Population,
) -> PolarsResult<Column> {
    let counted: Vec<bool> = branches.iter().map(|branch| population.counts_branch(branch)).collect();
    let is_counted = |branch: Option<u32>| branch.is_none_or(|branch| counted.get(branch as usize) == Some(&true));
    let kinds = facts.column(KIND)?.u8()?;
    let of_changes = facts.column(BRANCH)?.u32()?;
    let values: Vec<bool> = kinds
        .iter()
        .zip(of_changes.iter())
        .map(|(kind, branch)| kind == Some(ChangeKind::ChangeTicket as u8) || is_counted(branch))
        .collect();
    Ok(booleans(COUNTED_BRANCH, &values))
}
