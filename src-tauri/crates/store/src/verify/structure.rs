//! The SQLite file and its schema.

use super::{Checked, VerifyReport};
use crate::{Ledger, StoreError, table::revision};
use rusqlite::Connection;
use std::collections::BTreeMap;

pub(super) fn database(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let problem: String = row.get(0)?;
        if problem != "ok" {
            report.find(Checked::Database, "file", problem);
        }
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        report.find(Checked::Database, table, format!("A row refers to a row of `{parent}` that is missing."));
    }
    Ok(())
}

/// The one row about the ledger itself is there, and what it says fits the records.
pub(super) fn state(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT data_version, searchable_to, last_key FROM ledger")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let rows = rows.collect::<Result<Vec<(i64, i64, i64)>, _>>()?;
    let [(data_version, searchable_to, last_key)] = rows.as_slice() else {
        report.find(Checked::Database, "ledger", format!("It has {} rows about itself instead of one.", rows.len()));
        return Ok(());
    };
    let last_revision = revision::last_id(connection)?;
    let imports: i64 = connection.query_row("SELECT count(*) FROM import", [], |row| row.get(0))?;
    let problems = [
        (*data_version < imports, "Its version is lower than the number of its imports."),
        (
            !(0..=last_revision).contains(searchable_to),
            "Its search index says that it saw versions that are not there.",
        ),
        (*last_key < 0, "The last key that it gave is negative."),
    ];
    for (_, problem) in problems.iter().filter(|(is_so, _)| *is_so) {
        report.find(Checked::Database, "ledger", *problem);
    }
    Ok(())
}

/// Compares every table, index and trigger with those that this version creates.
pub(super) fn schema(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    let expected = statements(&Ledger::in_memory()?.connection)?;
    let mut found = statements(connection)?;
    for (name, sql) in expected {
        match found.remove(&name) {
            None => report.find(Checked::Schema, &name, "It is missing."),
            Some(other) if other != sql => report.find(Checked::Schema, &name, "It was changed."),
            Some(_) => {}
        }
    }
    for name in found.into_keys() {
        report.find(Checked::Schema, name, "It does not belong to a ledger.");
    }
    Ok(())
}

/// `sqlite_…` belongs to SQLite, for example its statistics.
fn statements(connection: &Connection) -> Result<BTreeMap<String, String>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )?;
    let statements = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(statements)
}
