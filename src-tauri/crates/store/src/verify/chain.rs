//! The chain of events, and the imports whose manifests are part of it.

use super::{Checked, VerifyReport};
use crate::{StoreError, hexadecimal::hex, table::event};
use change_ledger_model::import::ImportManifest;
use rusqlite::Connection;

pub(super) fn events(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    let mut previous = [0; 32];
    let mut expected_seq = 1;
    event::each(connection, None, &mut |event| {
        let place = event.seq.to_string();
        if event.seq != expected_seq {
            report.find(Checked::Event, &place, format!("Event {expected_seq} is missing before it."));
        }
        if event.previous_sha256 != previous {
            report.find(Checked::Event, &place, "It does not continue the event before it.");
        }
        if event.seal() != event.sha256 {
            report.find(Checked::Event, &place, "Its content does not match its hash.");
        }
        previous = event.sha256;
        expected_seq = event.seq + 1;
        report.events += 1;
        report.head = Some(hex(&event.sha256));
        Ok(())
    })
}

/// Every import has its file and its manifest, they name the same bytes, and there is no other file or manifest.
pub(super) fn imports(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare(
        "SELECT artifact.id, coalesce(artifact.sha256, holder.sha256), artifact.bytes, event.payload FROM artifact \
         LEFT JOIN artifact AS holder ON holder.id = artifact.bytes_of \
         LEFT JOIN import ON import.id = artifact.id LEFT JOIN event ON event.seq = import.event \
         AND event.kind = 'import' ORDER BY artifact.id",
    )?;
    let mut rows = statement.query([])?;
    let mut files = 0_i64;
    while let Some(row) = rows.next()? {
        files += 1;
        let id: i64 = row.get(0)?;
        let payload: Option<String> = row.get(3)?;
        let manifest = payload.and_then(|payload| serde_json::from_str::<ImportManifest>(&payload).ok());
        let Some(manifest) = manifest else {
            report.find(Checked::Import, id.to_string(), "Its manifest is missing or unreadable.");
            continue;
        };
        let sha256: Option<[u8; 32]> = row.get(1)?;
        let same_bytes = sha256.map(|sha256| hex(&sha256)) == Some(manifest.sha256)
            && u64::try_from(row.get::<_, i64>(2)?) == Ok(manifest.bytes);
        if manifest.id != Some(id) || !same_bytes {
            report.find(Checked::Import, id.to_string(), "Its manifest describes another file.");
        }
    }
    let manifests: i64 =
        connection.query_row("SELECT count(*) FROM event WHERE kind = 'import'", [], |row| row.get(0))?;
    if manifests != files {
        report.find(Checked::Import, "list", format!("There are {manifests} manifests for {files} imported files."));
    }
    Ok(())
}
