//! The rows that imports wrote, against what their manifests in the chain say of them.

use super::{Checked, VerifyReport};
use crate::{
    StoreError,
    import::seal::RowHash,
    table::{import_run, reject},
};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Every version and every rejected row that an import wrote is there, unchanged, and there is no other.
pub(super) fn rows(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    let mut versions = versions(connection)?;
    let mut statement = connection.prepare("SELECT id FROM import ORDER BY id")?;
    let ids = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    for id in ids {
        let found = versions.remove(&id).unwrap_or_default();
        let place = id.to_string();
        if !import_run::reading_is_bound(connection, id)? {
            report.find(Checked::Import, &place, "How its file was read is not what its manifest says.");
        }
        let Some(seal) = import_run::seal(connection, id)? else { continue };
        if found.rows != seal.revisions {
            let problem =
                format!("There are {} versions of records from it; its manifest says {}.", found.rows, seal.revisions);
            report.find(Checked::Import, &place, problem);
        } else if found.finish() != seal.revisions_sha256 {
            report.find(Checked::Import, &place, "A version of a record from it was changed or replaced.");
        }
        let mut rejects = RowHash::default();
        reject::each(connection, id, &mut |row| rejects.reject(&row))?;
        if rejects.finish() != seal.rejects_sha256 {
            report.find(Checked::Import, &place, "A rejected row of it is missing or was changed.");
        }
    }
    for id in versions.into_keys() {
        report.find(Checked::Import, id.to_string(), "There are versions of records from it, but no such import.");
    }
    Ok(())
}

/// The hash over the versions of each import; one number per import is kept, whatever their count.
fn versions(connection: &Connection) -> Result<BTreeMap<i64, RowHash>, StoreError> {
    let mut hashes: BTreeMap<i64, RowHash> = BTreeMap::new();
    let columns = RowHash::REVISION;
    let mut statement = connection.prepare(&format!("SELECT artifact, {columns} FROM revision ORDER BY id"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        hashes.entry(row.get(0)?).or_default().stored_revision(row, 1)?;
    }
    Ok(hashes)
}
