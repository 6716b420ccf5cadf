//! What people attested of changes, as columns.

use super::{Positions, links::Placed};
use crate::{StoreError, named_people::AccountNames, table::attestation};
use change_ledger_model::{columns::AttestationRow, person::PersonKind};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// In the order in which they were stated; those of changes that are not implemented, or no longer in the ledger, left out.
pub(super) fn load(
    connection: &Connection,
    changes: &Positions,
    placed: &Placed,
    people: &[(String, PersonKind)],
) -> Result<Vec<AttestationRow>, StoreError> {
    let stated = attestation::read(connection, None)?;
    if stated.is_empty() {
        return Ok(Vec::new());
    }
    let attesters = Attesters::load(connection, people)?;
    let mut keys = connection
        .prepare_cached("SELECT key FROM change WHERE id = ?1 UNION ALL SELECT key FROM ticket WHERE id = ?1")?;
    let mut rows = Vec::new();
    for stated in stated {
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
        let (names, people) = attesters.of(stated.by);
        rows.push(AttestationRow { event: stated.event, change, what: stated.what, names, people, incidents });
    }
    Ok(rows)
}

/// Who people are who attest something.
struct Attesters<'a> {
    names: AccountNames,
    positions: BTreeMap<&'a str, u32>,
}

impl<'a> Attesters<'a> {
    fn load(connection: &Connection, people: &'a [(String, PersonKind)]) -> Result<Self, StoreError> {
        let positions = people.iter().map(|(handle, _)| handle.as_str()).zip(0..).collect();
        Ok(Self { names: AccountNames::load(connection)?, positions })
    }

    /// Every name of whoever wrote `by`, where that is one person, and all accounts that it may mean.
    fn of(&self, by: String) -> (Vec<String>, Vec<u32>) {
        let meant: Vec<String> = self.names.people(&by).into_iter().collect();
        let accounts: BTreeSet<u32> = meant
            .iter()
            .flat_map(|person| self.names.accounts_of(person))
            .filter_map(|account| self.positions.get(account.as_str()).copied())
            .collect();
        let mut names = vec![by];
        if let [person] = meant.as_slice() {
            names.extend(self.names.names_of(person));
        }
        (names, accounts.into_iter().collect())
    }
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
