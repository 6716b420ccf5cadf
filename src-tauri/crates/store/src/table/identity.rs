//! Who is who at present, as the statements about people have it.

use super::person::kind_from;
use crate::StoreError;
use change_ledger_model::identity::{Identity, IdentityMap};
use rusqlite::{Connection, params};

/// What is stated of every account.
pub(crate) fn read(connection: &Connection) -> Result<IdentityMap, StoreError> {
    let mut statement = connection.prepare_cached("SELECT account, person, kind FROM identity")?;
    let mut rows = statement.query([])?;
    let mut map = IdentityMap::default();
    while let Some(row) = rows.next()? {
        let kind = row.get::<_, Option<u8>>(2)?.map(kind_from).transpose()?;
        map.insert(row.get(0)?, Identity { person: row.get(1)?, kind });
    }
    Ok(map)
}

/// Puts `map` in the place of what was stated before. It is small: people make it by hand.
pub(crate) fn replace(connection: &Connection, map: &IdentityMap) -> Result<(), StoreError> {
    connection.execute("DELETE FROM identity", [])?;
    let mut insert = connection.prepare_cached("INSERT INTO identity (account, person, kind) VALUES (?1, ?2, ?3)")?;
    for (account, identity) in map.iter() {
        insert.execute(params![account, identity.person, identity.kind.map(|kind| kind as u8)])?;
    }
    Ok(())
}
