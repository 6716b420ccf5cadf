//! The commits that changes were merged as, to find what deployments and checks say about each change.

use super::{
    Positions,
    changes::{CommitName, commit_name},
};
use crate::StoreError;
use rusqlite::Connection;

/// The commits of one implemented change.
#[derive(Debug, Clone, Copy)]
pub(super) struct CommitsOfChange {
    /// Position of the change.
    pub(super) change: usize,
    /// Last commit of its branch.
    pub(super) head: Option<CommitName>,
    /// The commit that the merge made.
    pub(super) merge: Option<CommitName>,
}

/// The commits of every implemented pull request; change tickets have none.
pub(super) fn commits_of_changes(
    connection: &Connection,
    positions: &Positions,
) -> Result<Vec<CommitsOfChange>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT key, head_commit, merge_commit FROM change WHERE state IN (0, 3)")?;
    let mut rows = statement.query([])?;
    let mut commits = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(change) = positions.get(row.get(0)?) {
            let (head, merge) = (commit_name(row.get_ref(1)?), commit_name(row.get_ref(2)?));
            commits.push(CommitsOfChange { change: change as usize, head, merge });
        }
    }
    Ok(commits)
}
