//! Bringing an older ledger to the present format.

use crate::{Access, StoreError, open::APPLICATION_ID};
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};

/// The steps from one format to the next; the format of a file is the number of steps it has seen.
const STEPS: [&str; 7] = [
    include_str!("001.sql"),
    include_str!("002.sql"),
    include_str!("003.sql"),
    include_str!("004.sql"),
    include_str!("005.sql"),
    include_str!("006.sql"),
    include_str!("007.sql"),
];

/// The format that this version writes.
pub(crate) fn newest() -> i64 {
    STEPS.len().try_into().unwrap_or(i64::MAX)
}

/// Runs the steps that the file has not seen, all of them or none. A copy of an older file is kept beside it.
///
/// `path` is `None` for a file that has just been created.
pub(crate) fn bring_up_to_date(
    connection: &mut Connection,
    path: Option<&Path>,
    access: Access,
) -> Result<(), StoreError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found == newest() {
        return Ok(());
    }
    if let Some(path) = path {
        if found > newest() {
            return Err(StoreError::FromTheFuture { path: path.to_owned(), found, known: newest() });
        }
        if access == Access::ReadOnly {
            return Err(StoreError::NeedsUpgrade { path: path.to_owned(), found });
        }
        keep_copy(connection, &copy_beside(path, found))?;
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have done it while this one waited.
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", newest())?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.commit()?;
    Ok(())
}

fn copy_beside(path: &Path, format: i64) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".format-{format}.backup"));
    PathBuf::from(name)
}

fn keep_copy(connection: &Connection, copy: &Path) -> Result<(), StoreError> {
    if copy.exists() {
        return Ok(());
    }
    connection.backup("main", copy, None::<fn(rusqlite::backup::Progress)>)?;
    Ok(())
}
