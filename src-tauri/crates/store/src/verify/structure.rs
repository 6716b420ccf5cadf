//! The SQLite file and its schema.

use super::{Checked, VerifyReport};
use crate::{Ledger, StoreError};
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
