//! Settings for the time of an import, which is when a ledger writes most.

use crate::{Ledger, StoreError, open::BUSY_TIMEOUT};
use rusqlite::Connection;
use std::time::Duration;

/// While it lives, keys of other tables are not looked up at every row: the rows of an import get theirs from tables
/// that it has read or written itself. `verify` looks all of them up.
#[derive(Debug)]
pub(super) struct KeysUnchecked<'l>(&'l Connection);

impl<'l> KeysUnchecked<'l> {
    /// Before the transaction begins; SQLite ignores the setting within one.
    pub(super) fn begin(connection: &'l Connection) -> rusqlite::Result<Self> {
        connection.pragma_update(None, "foreign_keys", false)?;
        Ok(Self(connection))
    }
}

impl Drop for KeysUnchecked<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.pragma_update(None, "foreign_keys", true) {
            tracing::error!(%error, "keys of other tables are not looked up any more");
        }
    }
}

impl Ledger {
    /// Keeps an empty ledger for this program alone until it is closed, so that filling it takes one write per page and
    /// not two: a rollback journal, which is small where nothing was before, in place of a write-ahead log. Others, readers
    /// too, find the ledger in use until then. Where somebody has the ledger open, or it is not empty, all stays as it is.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn fill_alone(&mut self) -> Result<(), StoreError> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM artifact)";
        if !self.is_alone && self.path.is_some() && self.connection.query_row(sql, [], |row| row.get(0))? {
            let modes = impatiently(&self.connection, |connection| set_modes(connection, "exclusive", "truncate"));
            self.is_alone = modes.is_ok_and(|journal| journal == "truncate");
            if !self.is_alone {
                share_again(&self.connection);
            }
        }
        Ok(())
    }
}

/// Back to a write-ahead log, so that reading and writing go side by side.
pub(crate) fn share_again(connection: &Connection) {
    let shared = impatiently(connection, |connection| set_modes(connection, "normal", "wal"));
    if let Err(error) = shared {
        // Whoever opens the ledger for writing next sets it again.
        tracing::debug!(%error, "the ledger stays without a write-ahead log");
    }
}

/// Moves the write-ahead log into the ledger at once, so that it does not stay as large as the import.
/// Readers may prevent that; then a later write does it.
pub(super) fn shrink_log(connection: &Connection) {
    let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
    if let Err(error) = impatiently(connection, |connection| connection.query_row(sql, [], |row| row.get::<_, i64>(0)))
    {
        tracing::debug!(%error, "the write-ahead log was not shortened");
    }
}

/// Says which journal is used from now on.
fn set_modes(connection: &Connection, locking: &str, journal: &str) -> rusqlite::Result<String> {
    connection.pragma_update_and_check(None, "locking_mode", locking, |_| Ok(()))?;
    connection.pragma_update_and_check(None, "journal_mode", journal, |row| row.get(0))
}

/// Without waiting for other programs.
fn impatiently<T>(
    connection: &Connection,
    act: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.busy_timeout(Duration::ZERO)?;
    let outcome = act(connection);
    connection.busy_timeout(BUSY_TIMEOUT)?;
    outcome
}
