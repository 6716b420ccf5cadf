//! Every version of every record that was ever imported.

use super::Kind;
use crate::{StoreError, digest::Digest, error::signed};
use change_ledger_model::{Timestamp, record::Place};
use rusqlite::{Connection, OptionalExtension, Statement, params};
use std::collections::HashSet;

pub(crate) const INSERT: &str = "INSERT INTO revision \
    (id, kind, record, previous, artifact, row, line, offset, length, as_of, updated_at, digest) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

/// A version about to be written.
pub(crate) struct NewRevision<'a> {
    pub(crate) id: i64,
    pub(crate) kind: Kind,
    pub(crate) record: i64,
    pub(crate) previous: Option<i64>,
    pub(crate) artifact: i64,
    pub(crate) place: &'a Place,
    pub(crate) as_of: i64,
    pub(crate) updated_at: Option<Timestamp>,
    pub(crate) digest: Digest,
}

impl NewRevision<'_> {
    pub(crate) fn insert(&self, statement: &mut Statement<'_>) -> Result<(), StoreError> {
        statement.execute(params![
            self.id,
            self.kind.code(),
            self.record,
            self.previous,
            self.artifact,
            signed(self.place.row)?,
            self.place.line.map(signed).transpose()?,
            signed(self.place.span.offset)?,
            signed(self.place.span.length)?,
            self.as_of,
            self.updated_at.map(Timestamp::millis),
            self.digest.0,
        ])?;
        Ok(())
    }
}

/// The id of the newest version in the ledger; 0 when there is none.
pub(crate) fn last_id(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT coalesce(max(id), 0) FROM revision", [], |row| row.get(0))?)
}

/// Whether one of the versions that end at `last` has this content. Those of `superseded` files do not count.
pub(crate) fn is_known(
    connection: &Connection,
    last: Option<i64>,
    digest: Digest,
    superseded: &HashSet<i64>,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT digest, previous, artifact FROM revision WHERE id = ?1")?;
    let mut at = last;
    while let Some(id) = at {
        let found: Option<([u8; 16], Option<i64>, i64)> =
            statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        let Some((known, previous, artifact)) = found else {
            return Err(StoreError::Damaged(format!("revision {id} is missing")));
        };
        if known == digest.0 && !superseded.contains(&artifact) {
            return Ok(true);
        }
        // Ids only grow, so a circle cannot be followed for ever.
        at = previous.filter(|previous| *previous < id);
    }
    Ok(false)
}

/// A version as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredRevision {
    pub(crate) id: i64,
    pub(crate) previous: Option<i64>,
    pub(crate) artifact: i64,
    pub(crate) row: i64,
    pub(crate) line: Option<i64>,
    pub(crate) offset: i64,
    pub(crate) length: i64,
    pub(crate) as_of: i64,
    pub(crate) updated_at: Option<i64>,
    /// The file was later read in another way.
    pub(crate) is_superseded: bool,
}

/// The versions that end at `last` and count, the latest import first.
pub(crate) fn history(connection: &Connection, last: Option<i64>) -> Result<Vec<StoredRevision>, StoreError> {
    let mut versions = whole_history(connection, last)?;
    versions.retain(|version| !version.is_superseded);
    Ok(versions)
}

/// Every version that ends at `last`, also those of files that were later read in another way; the latest import first.
pub(crate) fn whole_history(connection: &Connection, last: Option<i64>) -> Result<Vec<StoredRevision>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, previous, artifact, row, line, offset, length, as_of, updated_at, EXISTS (SELECT 1 FROM artifact \
         AS later WHERE later.bytes_of = (SELECT coalesce(bytes_of, id) FROM artifact WHERE id = revision.artifact) \
         AND later.id > revision.artifact) FROM revision WHERE id = ?1",
    )?;
    let mut versions = Vec::new();
    let mut at = last;
    while let Some(id) = at {
        let version = statement
            .query_row([id], |row| {
                Ok(StoredRevision {
                    id: row.get(0)?,
                    previous: row.get(1)?,
                    artifact: row.get(2)?,
                    row: row.get(3)?,
                    line: row.get(4)?,
                    offset: row.get(5)?,
                    length: row.get(6)?,
                    as_of: row.get(7)?,
                    updated_at: row.get(8)?,
                    is_superseded: row.get(9)?,
                })
            })
            .optional()?
            .ok_or_else(|| StoreError::Damaged(format!("revision {id} is missing")))?;
        at = version.previous.filter(|previous| *previous < id);
        versions.push(version);
    }
    Ok(versions)
}

/// The version that says most about the present: the newest, and of equally new ones the last imported.
pub(crate) fn winning(versions: &[StoredRevision]) -> Option<&StoredRevision> {
    versions.iter().filter(|version| !version.is_superseded).max_by_key(|version| (version.as_of, version.id))
}
