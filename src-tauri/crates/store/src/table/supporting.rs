//! Supporting records: the current state of each, merged from its revisions, whatever its table.

use super::commit::Commit;
use crate::{
    StoreError,
    part::{Ages, Parts},
    supporting::column_part,
};
use rusqlite::{Connection, ToSql, params_from_iter, types::Value};

/// The column in which the earliest value holds, not the newest: a deployment that succeeded stays so.
const EARLIEST: &str = "deployed_at";

/// The current state of a supporting record. People and repositories are ids.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoredSupporting {
    pub(crate) table: &'static str,
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) repository: Option<i64>,
    /// The columns of its own, in the order in which they are parts.
    pub(crate) columns: Vec<(&'static str, Value)>,
    pub(crate) updated_at: Option<i64>,
    pub(crate) revision: i64,
    pub(crate) ages: Ages,
}

/// Columns that every table of supporting records has, besides its own.
const COMMON: [&str; 8] = ["id", "source", "repository", "updated_at", "revision", "as_of", "carried", "ages"];

impl StoredSupporting {
    /// What the ledger holds of the record `key`, of which `row` is another version.
    pub(crate) fn load(connection: &Connection, key: i64, row: &Self) -> Result<Self, StoreError> {
        let mut statement =
            connection.prepare_cached(&format!("SELECT {} FROM {} WHERE key = ?1", row.names(), row.table))?;
        Ok(statement.query_row([key], |found| {
            let own = COMMON.len()..;
            Ok(Self {
                table: row.table,
                id: found.get(0)?,
                source: found.get(1)?,
                repository: found.get(2)?,
                updated_at: found.get(3)?,
                revision: found.get(4)?,
                ages: Ages::stored(found.get(5)?, found.get(6)?, found.get_ref(7)?.as_blob_or_null()?),
                columns: row
                    .columns
                    .iter()
                    .zip(own)
                    .map(|((name, _), at)| Ok((*name, found.get(at)?)))
                    .collect::<Result<_, rusqlite::Error>>()?,
            })
        })?)
    }

    /// Takes in the parts that a newer row wins. Returns whether anything but the times of revisions changed.
    pub(crate) fn take_in(&mut self, row: Self, wins: Parts) -> bool {
        let before = self.clone();
        self.repository = self.repository.or(row.repository);
        for (position, (own, new)) in (0..).zip(self.columns.iter_mut().zip(row.columns)) {
            let (name, value) = (own.0, new.1);
            if name == EARLIEST {
                own.1 = earliest(&own.1, value);
            } else if wins.has_number(column_part(position)) {
                own.1 = value;
            }
        }
        let changed = *self != Self { ages: self.ages.clone(), ..before };
        self.updated_at = self.updated_at.max(row.updated_at);
        changed
    }

    pub(crate) fn insert(&self, connection: &Connection, key: i64) -> Result<(), StoreError> {
        let places = vec!["?"; COMMON.len() + self.columns.len()].join(", ");
        let sql = format!("INSERT INTO {} ({}, key) VALUES ({places}, ?)", self.table, self.names());
        self.write(connection, &sql, key)
    }

    pub(crate) fn update(&self, connection: &Connection, key: i64) -> Result<(), StoreError> {
        let names = self.names().replace(", ", " = ?, ");
        let sql = format!("UPDATE {} SET {names} = ? WHERE key = ?", self.table);
        self.write(connection, &sql, key)
    }

    /// Common columns first, then its own.
    fn names(&self) -> String {
        let own = self.columns.iter().map(|(name, _)| *name);
        COMMON.into_iter().chain(own).collect::<Vec<_>>().join(", ")
    }

    fn write(&self, connection: &Connection, sql: &str, key: i64) -> Result<(), StoreError> {
        let (carried, ages) = (self.ages.carried.bits(), self.ages.to_blob());
        let common: [&dyn ToSql; 8] = [
            &self.id,
            &self.source,
            &self.repository,
            &self.updated_at,
            &self.revision,
            &self.ages.as_of,
            &carried,
            &ages,
        ];
        let own = self.columns.iter().map(|(_, value)| value as &dyn ToSql);
        let all = common.into_iter().chain(own).chain([&key as &dyn ToSql]);
        connection.prepare_cached(sql)?.execute(params_from_iter(all))?;
        Ok(())
    }
}

/// Empties every column of a record that may be empty but its name and last version, which it returns. The next version
/// that is merged into it fills the others.
pub(crate) fn empty(connection: &Connection, table: &str, key: i64) -> Result<i64, StoreError> {
    let mut nullable =
        connection.prepare_cached("SELECT name FROM pragma_table_info(?1) WHERE \"notnull\" = 0 AND pk = 0")?;
    let columns = nullable.query_map([table], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    let emptied = columns.iter().map(|column| format!("{column} = NULL, ")).collect::<String>();
    let sql = format!("UPDATE {table} SET {emptied}as_of = ?2, carried = 0 WHERE key = ?1 RETURNING revision");
    Ok(connection.prepare_cached(&sql)?.query_row([key, i64::MIN], |row| row.get(0))?)
}

fn earliest(known: &Value, new: Value) -> Value {
    match (known, new) {
        (Value::Integer(known), Value::Integer(new)) => Value::Integer(new.min(*known)),
        (Value::Null, new) => new,
        (known, _) => known.clone(),
    }
}

/// A commit name as a value of a column.
pub(crate) fn commit_value(name: &str) -> Value {
    match Commit::new(name) {
        Commit::Sha1(bytes) => Value::Blob(bytes.to_vec()),
        Commit::Sha256(bytes) => Value::Blob(bytes.to_vec()),
        Commit::Text(text) => Value::Text(text),
    }
}
