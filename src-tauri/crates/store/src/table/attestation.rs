//! What people attested of changes, a row per event.

use super::event::time;
use crate::StoreError;
use change_ledger_model::{
    Timestamp,
    attestation::{Attestation, AttestationKind, Attested},
};
use rusqlite::{Connection, Row, params};

/// Writes what the event numbered so says.
pub(crate) fn insert(connection: &Connection, attestation: &Attestation) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO attestation (event, change, kind, withdraws, at, incidents, reason) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            attestation.event,
            attestation.change,
            attestation.what.kind as u8,
            attestation.what.withdraws,
            attestation.what.at.millis(),
            serde_json::to_string(&attestation.incidents)?,
            attestation.reason,
        ])?;
    Ok(())
}

const SELECT: &str = "SELECT attestation.event, attestation.change, attestation.kind, withdraws, attestation.at, \
                      incidents, reason, event.at, coalesce(event.actor, '') \
                      FROM attestation LEFT JOIN event ON event.seq = attestation.event";

/// Those of one change, or all, in the order in which they were stated.
pub(crate) fn read(connection: &Connection, change: Option<&str>) -> Result<Vec<Attestation>, StoreError> {
    let sql = match change {
        Some(_) => format!("{SELECT} WHERE attestation.change = ?1 ORDER BY attestation.event"),
        None => format!("{SELECT} ORDER BY attestation.event"),
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(change))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(attestation(row)?);
    }
    Ok(found)
}

fn attestation(row: &Row<'_>) -> Result<Attestation, StoreError> {
    let event = row.get(0)?;
    let code: u8 = row.get(2)?;
    let kind = AttestationKind::from_code(code)
        .ok_or_else(|| StoreError::Damaged(format!("{code} is no kind of attestation")))?;
    let incidents: String = row.get(5)?;
    Ok(Attestation {
        event,
        change: row.get(1)?,
        what: Attested { kind, withdraws: row.get(3)?, at: time(row.get(4)?)? },
        incidents: serde_json::from_str(&incidents).map_err(|error| {
            StoreError::Damaged(format!("the incidents of attestation {event} cannot be read: {error}"))
        })?,
        reason: row.get(6)?,
        // Without its event, which `verify` names as missing, nobody knows when it was stated.
        stated_at: row.get::<_, Option<i64>>(7)?.map(time).transpose()?.unwrap_or(Timestamp::EPOCH),
        by: row.get(8)?,
    })
}
