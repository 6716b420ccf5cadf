//! Import runs and their manifests.

use super::event::time;
use crate::StoreError;
use change_ledger_model::import::ImportManifest;
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) fn insert(connection: &Connection, id: i64, event: i64, reading: &str) -> Result<(), StoreError> {
    connection.execute("INSERT INTO import (id, event, reading) VALUES (?1, ?2, ?3)", params![id, event, reading])?;
    Ok(())
}

/// The manifests of all runs, oldest first.
pub(crate) fn manifests(connection: &Connection) -> Result<Vec<ImportManifest>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT event.payload FROM import JOIN event ON event.seq = import.event ORDER BY import.id")?;
    let mut rows = statement.query([])?;
    let mut manifests = Vec::new();
    while let Some(row) = rows.next()? {
        manifests.push(parse(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?);
    }
    Ok(manifests)
}

pub(crate) fn manifest(connection: &Connection, id: i64) -> Result<Option<ImportManifest>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT event.payload FROM import JOIN event ON event.seq = import.event WHERE import.id = ?1",
    )?;
    let payload: Option<String> = statement.query_row([id], |row| row.get(0)).optional()?;
    payload.map(|payload| parse(&payload)).transpose()
}

fn parse(payload: &str) -> Result<ImportManifest, StoreError> {
    serde_json::from_str(payload)
        .map_err(|error| StoreError::Damaged(format!("the manifest of an import cannot be read: {error}")))
}

/// How to read a raw record of the import's file again, JSON.
pub(crate) fn reading(connection: &Connection, id: i64) -> Result<String, StoreError> {
    let mut statement = connection.prepare_cached("SELECT reading FROM import WHERE id = ?1")?;
    statement.query_row([id], |row| row.get(0)).optional()?.ok_or_else(|| StoreError::Unknown(format!("import {id}")))
}

/// When the run happened.
pub(crate) fn imported_at(connection: &Connection, id: i64) -> Result<change_ledger_model::Timestamp, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT event.at FROM import JOIN event ON event.seq = import.event WHERE import.id = ?1")?;
    let at: Option<i64> = statement.query_row([id], |row| row.get(0)).optional()?;
    time(at.ok_or_else(|| StoreError::Unknown(format!("import {id}")))?)
}
