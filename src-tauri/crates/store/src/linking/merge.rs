//! Incidents that were merged into another: names for that one, not incidents of their own.

use crate::StoreError;
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeSet, HashMap};

/// The incident into which this one was merged, as far as that was imported.
pub(super) fn next(connection: &Connection, incident: i64) -> Result<Option<i64>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT target.key FROM incident JOIN incident AS target ON target.id = incident.merged_into \
         WHERE incident.key = ?1",
    )?;
    Ok(statement.query_row([incident], |row| row.get(0)).optional()?)
}

/// The last of the incidents that lie on the way; the incident itself when the way leads in a circle.
pub(super) fn target(
    incident: i64,
    next: &mut dyn FnMut(i64) -> Result<Option<i64>, StoreError>,
) -> Result<i64, StoreError> {
    let mut passed = BTreeSet::from([incident]);
    let mut at = incident;
    while let Some(further) = next(at)? {
        if !passed.insert(further) {
            return Ok(incident);
        }
        at = further;
    }
    Ok(at)
}

/// Every merged incident with the one that counts for it.
pub(crate) fn targets(connection: &Connection) -> Result<HashMap<i64, i64>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT incident.key, target.key FROM incident JOIN incident AS target ON target.id = incident.merged_into",
    )?;
    let merged: HashMap<i64, i64> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut targets = HashMap::with_capacity(merged.len());
    for &incident in merged.keys() {
        targets.insert(incident, target(incident, &mut |key| Ok(merged.get(&key).copied()))?);
    }
    targets.retain(|incident, target| incident != target);
    Ok(targets)
}

/// The incidents that count as this one, itself first.
pub(crate) fn united(connection: &Connection, incident: i64) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT key FROM incident WHERE merged_into = (SELECT id FROM incident WHERE key = ?1) ORDER BY key",
    )?;
    let mut found = vec![incident];
    let mut at = 0;
    while let Some(&next) = found.get(at) {
        let merged = statement.query_map([next], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        let new: Vec<i64> = merged.into_iter().filter(|key| !found.contains(key)).collect();
        found.extend(new);
        at += 1;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_are_followed_to_their_end_and_never_in_a_circle() {
        let ways = HashMap::from([(1, 2), (2, 3), (7, 8), (8, 7), (9, 7)]);
        let check = |incident: i64, expected: i64| {
            assert_eq!(target(incident, &mut |key| Ok(ways.get(&key).copied())).unwrap(), expected, "{incident}");
        };
        check(1, 3);
        check(2, 3);
        check(3, 3);
        check(7, 7);
        check(8, 8);
        check(9, 9);
    }
}
