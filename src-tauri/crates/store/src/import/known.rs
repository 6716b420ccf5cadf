//! Which records the ledger holds, so that most rows need no look into it.

use crate::{StoreError, supporting, table::Kind};
use foldhash::fast::RandomState;
use rusqlite::{Connection, OptionalExtension};
use std::{collections::HashSet, hash::BuildHasher};

/// After so many questions it pays to load the ids of a whole ledger. A file with fewer rows, such as the
/// reviews of one pull request, is imported without.
const WORTH_LOADING: u32 = if cfg!(test) { 20 } else { 5_000 };

/// Records by a 32-bit hash of kind and id: a million of them take some 10 MB, whatever the length of their ids.
#[derive(Debug)]
pub(super) struct Known {
    hashes: HashSet<u32, RandomState>,
    hasher: RandomState,
    last_key: i64,
    /// Whether `hashes` holds every record, so that what is not there is new.
    is_complete: bool,
    asked: u32,
}

impl Known {
    pub(super) fn new(connection: &Connection) -> Result<Self, StoreError> {
        let sql = format!(
            "SELECT coalesce(max(key), 0) FROM (SELECT last_key AS key FROM ledger UNION ALL SELECT max(key) FROM change \
             UNION ALL SELECT max(key) FROM ticket UNION ALL SELECT max(key) FROM incident UNION ALL {})",
            supporting::over_all("SELECT max(key) FROM {table}")
        );
        let last_key: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
        Ok(Self {
            hashes: HashSet::default(),
            hasher: RandomState::default(),
            last_key,
            is_complete: last_key == 0,
            asked: 0,
        })
    }

    fn load(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let own = [(Kind::Change, "change"), (Kind::Ticket, "ticket"), (Kind::Incident, "incident")];
        for (kind, table) in own.into_iter().chain(supporting::TABLES) {
            let mut statement = connection.prepare(&format!("SELECT id FROM {table}"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let hash = self.hash(kind, row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
                self.hashes.insert(hash);
            }
        }
        self.is_complete = true;
        Ok(())
    }

    /// The last key that was given.
    pub(super) const fn last_key(&self) -> i64 {
        self.last_key
    }

    /// A key for a new record.
    pub(super) fn add(&mut self, kind: Kind, id: &str) -> i64 {
        self.last_key += 1;
        let hash = self.hash(kind, id);
        self.hashes.insert(hash);
        self.last_key
    }

    /// The key of a record. A hash that two ids share is settled by asking the ledger.
    pub(super) fn find(&mut self, connection: &Connection, kind: Kind, id: &str) -> Result<Option<i64>, StoreError> {
        if !self.is_complete {
            self.asked += 1;
            if self.asked > WORTH_LOADING {
                self.load(connection)?;
            }
        }
        if self.is_complete && !self.hashes.contains(&self.hash(kind, id)) {
            return Ok(None);
        }
        let table = match kind {
            Kind::Ticket => "ticket",
            Kind::Incident => "incident",
            other => supporting::table_of(other).unwrap_or("change"),
        };
        let sql = format!("SELECT key FROM {table} WHERE id = ?1");
        Ok(connection.prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()?)
    }

    fn hash(&self, kind: Kind, id: &str) -> u32 {
        // The upper half is as good as the lower one.
        u32::try_from(self.hasher.hash_one((kind, id)) >> 32).unwrap_or_default()
    }
}
