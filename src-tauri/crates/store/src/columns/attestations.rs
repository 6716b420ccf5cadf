//! What people attested of changes, as columns.

use super::{Positions, links::Placed};
use crate::{StoreError, table::attestation};
use change_ledger_model::columns::AttestationRow;
use rusqlite::Connection;

/// In the order in which they were stated; those of changes that are not implemented, or no longer in the ledger, left out.
pub(super) fn load(
    connection: &Connection,
    changes: &Positions,
    placed: &Placed,
) -> Result<Vec<AttestationRow>, StoreError> {
    let mut keys = connection
        .prepare_cached("SELECT key FROM change WHERE id = ?1 UNION ALL SELECT key FROM ticket WHERE id = ?1")?;
    let mut rows = Vec::new();
    for stated in attestation::read(connection, None)? {
        let keys = keys.query_map([&stated.change], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        let Some(change) = keys.into_iter().find_map(|key| changes.get(key)) else { continue };
        let mut incidents = Vec::new();
        for name in &stated.incidents {
            let found = incidents_named(connection, name, &placed.incident_positions)?;
            if found.is_empty() {
                incidents.push(None);
            }
            incidents.extend(found.into_iter().map(Some));
        }
        rows.push(AttestationRow { change, what: stated.what, incidents });
    }
    Ok(rows)
}

/// One that was named before its import is known by its id or any name since. Merged ones stand where their target does.
fn incidents_named(connection: &Connection, name: &str, positions: &Positions) -> Result<Vec<u32>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT key FROM incident WHERE id = ?1 UNION \
         SELECT incident FROM incident_name WHERE name IN (?1, upper(?1), lower(?1))",
    )?;
    let keys = statement.query_map([name], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    let mut found: Vec<u32> = keys.into_iter().filter_map(|key| positions.get(key)).collect();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
