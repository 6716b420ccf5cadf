//! The sets of words that policies look for, and how far they were looked for.

use crate::{StoreError, open::touch};
use change_ledger_model::policy::Patterns;
use rusqlite::{Connection, OptionalExtension, params};

/// Where matching earlier records with a set of words stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matched {
    /// Nothing is known of this set.
    Never,
    /// Every record was matched.
    All,
    /// Records up to this key were matched.
    UpTo(i64),
}

pub(crate) fn state(connection: &Connection, fingerprint: &str) -> Result<(Option<i64>, Matched), StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, matched_to FROM pattern_set WHERE fingerprint = ?1")?;
    let found: Option<(i64, Option<i64>)> =
        statement.query_row([fingerprint], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(match found {
        None => (None, Matched::Never),
        Some((id, None)) => (Some(id), Matched::All),
        Some((id, Some(key))) => (Some(id), Matched::UpTo(key)),
    })
}

/// The id of a set, which is added when new. A new set is complete only in a ledger without records.
pub(crate) fn register(connection: &Connection, patterns: &Patterns) -> Result<i64, StoreError> {
    let fingerprint = patterns.fingerprint();
    if let (Some(id), _) = state(connection, &fingerprint)? {
        return Ok(id);
    }
    let has_records: bool = connection.query_row("SELECT EXISTS (SELECT 1 FROM revision)", [], |row| row.get(0))?;
    connection.execute(
        "INSERT INTO pattern_set (fingerprint, patterns, matched_to) VALUES (?1, ?2, ?3)",
        params![fingerprint, serde_json::to_string(patterns)?, has_records.then_some(0)],
    )?;
    Ok(connection.last_insert_rowid())
}

/// Notes that an import matches only the sets `used`: every other one will have to begin again.
pub(crate) fn forget_others(connection: &Connection, used: &[i64]) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM pattern_set WHERE matched_to IS NULL OR matched_to > 0")?;
    let ids = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    for id in ids.iter().filter(|id| !used.contains(id)) {
        set_matched_to(connection, *id, Some(0))?;
    }
    Ok(())
}

/// Notes how far matching came; `None` is the end.
pub(crate) fn set_matched_to(connection: &Connection, id: i64, key: Option<i64>) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE pattern_set SET matched_to = ?2 WHERE id = ?1")?.execute(params![id, key])?;
    touch(connection)
}
