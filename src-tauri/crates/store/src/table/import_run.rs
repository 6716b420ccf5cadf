//! Import runs and their manifests.

use super::event::time;
use crate::{StoreError, error::unsigned, import::seal::Seal, migration};
use change_ledger_model::import::ImportManifest;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

pub(crate) fn insert(connection: &Connection, id: i64, event: i64, reading: &str) -> Result<(), StoreError> {
    connection.execute("INSERT INTO import (id, event, reading) VALUES (?1, ?2, ?3)", params![id, event, reading])?;
    Ok(())
}

/// What the event of an import keeps beside the manifest.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// How the file was read; bound to the chain, because another way of reading makes other records.
    reading: serde_json::Value,
    /// The rows that the import wrote.
    written: Seal,
    /// The format of the ledger at that time, which says what a row of then could know. `None` for a run of a version that did
    /// not keep it.
    #[serde(default)]
    format: Option<i64>,
}

/// The payload of an import's event: its manifest, how the file was read, and what was written.
pub(crate) fn payload(manifest: &ImportManifest, reading: &str, seal: &Seal) -> Result<String, StoreError> {
    #[derive(Serialize)]
    struct Payload<'a> {
        #[serde(flatten)]
        manifest: &'a ImportManifest,
        #[serde(flatten)]
        kept: Kept,
    }
    let kept =
        Kept { reading: serde_json::from_str(reading)?, written: seal.clone(), format: Some(migration::newest()) };
    Ok(serde_json::to_string(&Payload { manifest, kept })?)
}

/// What the run wrote; `None` for a run of a version that did not keep it.
pub(crate) fn seal(connection: &Connection, id: i64) -> Result<Option<Seal>, StoreError> {
    Ok(kept(connection, id)?.map(|kept| kept.written))
}

/// Whether the way of reading that is kept beside a run is the one of its event.
pub(crate) fn reading_is_bound(connection: &Connection, id: i64) -> Result<bool, StoreError> {
    let stored = serde_json::from_str::<serde_json::Value>(&reading(connection, id)?).ok();
    Ok(kept(connection, id)?.is_none_or(|kept| stored == Some(kept.reading)))
}

/// The runs that may have written rows before the format `known`: those that say so, and those that do not say.
pub(crate) fn before_format(connection: &Connection, known: i64) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare("SELECT id FROM import ORDER BY id")?;
    let runs = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    let mut before = Vec::new();
    for run in runs {
        let format = kept(connection, run)?.and_then(|kept| kept.format);
        before.extend(Some(run).filter(|_| format.is_none_or(|format| format < known)));
    }
    Ok(before)
}

fn kept(connection: &Connection, id: i64) -> Result<Option<Kept>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT event.payload FROM import JOIN event ON event.seq = import.event WHERE import.id = ?1",
    )?;
    let payload: Option<String> = statement.query_row([id], |row| row.get(0)).optional()?;
    let payload = payload.ok_or_else(|| StoreError::Unknown(format!("import {id}")))?;
    Ok(serde_json::from_str(&payload).ok())
}

/// The manifests of all runs, oldest first.
pub(crate) fn manifests(connection: &Connection) -> Result<Vec<ImportManifest>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{MANIFEST} ORDER BY import.id"))?;
    let mut rows = statement.query([])?;
    let mut manifests = Vec::new();
    while let Some(row) = rows.next()? {
        let payload = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        manifests.push(parse(payload, row.get(1)?)?);
    }
    Ok(manifests)
}

pub(crate) fn manifest(connection: &Connection, id: i64) -> Result<Option<ImportManifest>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{MANIFEST} WHERE import.id = ?1"))?;
    let found: Option<(String, Option<i64>)> =
        statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    found.map(|(payload, superseded_by)| parse(&payload, superseded_by)).transpose()
}

/// The payload of a run's event, and the run that read the same file in another way after it.
const MANIFEST: &str = "SELECT event.payload, (SELECT max(later.id) FROM artifact AS own JOIN artifact AS later \
    ON later.bytes_of = coalesce(own.bytes_of, own.id) AND later.id > own.id WHERE own.id = import.id) \
    FROM import JOIN event ON event.seq = import.event";

fn parse(payload: &str, superseded_by: Option<i64>) -> Result<ImportManifest, StoreError> {
    let manifest: ImportManifest = serde_json::from_str(payload)
        .map_err(|error| StoreError::Damaged(format!("the manifest of an import cannot be read: {error}")))?;
    Ok(ImportManifest { superseded_by, ..manifest })
}

/// One run as it has to be done again to reach the same state: its number, how its file was called and read, and the run
/// whose reading it superseded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportStep {
    /// Number of the run.
    pub import: i64,
    /// The file as it was named.
    pub file: String,
    /// The archive that it was a member of.
    pub container: Option<String>,
    /// Size in bytes.
    pub bytes: u64,
    /// How it was read, as its import was finished with.
    pub reading: String,
    /// The earlier reading of the same file that it took the place of.
    pub supersedes: Option<i64>,
}

/// Every run, oldest first.
pub(crate) fn steps(connection: &Connection) -> Result<Vec<ImportStep>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT import.id, name, container, bytes, reading, (SELECT max(earlier.id) FROM artifact AS earlier \
         WHERE earlier.id < own.id AND own.bytes_of IN (earlier.id, earlier.bytes_of)) \
         FROM import JOIN artifact AS own ON own.id = import.id ORDER BY import.id",
    )?;
    let mut rows = statement.query([])?;
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        steps.push(ImportStep {
            import: row.get(0)?,
            file: row.get(1)?,
            container: row.get(2)?,
            bytes: unsigned(row.get(3)?)?,
            reading: row.get(4)?,
            supersedes: row.get(5)?,
        });
    }
    Ok(steps)
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
