//! Which records the ledger holds, so that most rows need no look into it.

use crate::{StoreError, supporting, table::Kind};
use rusqlite::{Connection, OptionalExtension};
use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
};

/// After so many questions it pays to load the ids of a whole ledger. A file with fewer rows, such as the
/// reviews of one pull request, is imported without.
const WORTH_LOADING: u32 = if cfg!(test) { 20 } else { 5_000 };

/// Keys of records by a 64-bit hash of kind and id: 16 bytes each, whatever the length of the id.
#[derive(Debug)]
pub(super) struct Known {
    keys: HashMap<u64, i64>,
    hasher: RandomState,
    last_key: i64,
    /// Whether `keys` holds every record, so that what is not there is new.
    is_complete: bool,
    asked: u32,
}

impl Known {
    pub(super) fn new(connection: &Connection) -> Result<Self, StoreError> {
        let sql = format!(
            "SELECT coalesce(max(key), 0) FROM (SELECT max(key) AS key FROM change \
             UNION ALL SELECT max(key) FROM ticket UNION ALL SELECT max(key) FROM incident UNION ALL {})",
            supporting::over_all("SELECT max(key) FROM {table}")
        );
        let last_key: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
        Ok(Self { keys: HashMap::new(), hasher: RandomState::new(), last_key, is_complete: last_key == 0, asked: 0 })
    }

    fn load(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let own = [(Kind::Change, "change"), (Kind::Ticket, "ticket"), (Kind::Incident, "incident")];
        for (kind, table) in own.into_iter().chain(supporting::TABLES) {
            let mut statement = connection.prepare(&format!("SELECT key, id FROM {table}"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let hash = self.hash(kind, row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
                self.keys.insert(hash, row.get(0)?);
            }
        }
        self.is_complete = true;
        Ok(())
    }

    /// A key for a new record.
    pub(super) fn add(&mut self, kind: Kind, id: &str) -> i64 {
        self.last_key += 1;
        let hash = self.hash(kind, id);
        self.keys.insert(hash, self.last_key);
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
        if self.is_complete && !self.keys.contains_key(&self.hash(kind, id)) {
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

    fn hash(&self, kind: Kind, id: &str) -> u64 {
        self.hasher.hash_one((kind, id))
    }
}
