//! The imported files and the places of records in them.

use super::{Checked, VerifyProgress, VerifyReport};
use crate::{
    StoreError,
    error::unsigned,
    supporting,
    table::artifact::{self, StoredArtifact},
};
use rusqlite::{Connection, types::ValueRef};
use sha2::{Digest, Sha256};

/// Unfolds every file and compares its SHA-256.
pub(super) fn files(
    report: &mut VerifyReport,
    connection: &Connection,
    progress: &mut dyn FnMut(VerifyProgress),
) -> Result<(), StoreError> {
    let bytes_in_all: i64 =
        connection.query_row("SELECT coalesce(sum(bytes), 0) FROM artifact", [], |row| row.get(0))?;
    let mut done = VerifyProgress { bytes: 0, bytes_in_all: unsigned(bytes_in_all)? };
    let mut statement = connection.prepare("SELECT id FROM artifact WHERE sha256 IS NOT NULL ORDER BY id")?;
    let ids = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    for id in ids {
        let file = artifact::get(connection, id)?;
        match hash(connection, &file, &mut done, progress) {
            Ok(sha256) if sha256 == file.sha256 => {}
            Ok(_) => report.find(Checked::File, &file.name, "Its bytes do not match its SHA-256."),
            Err(error) => report.find(Checked::File, &file.name, format!("It cannot be unfolded: {error}.")),
        }
        report.files += 1;
        report.bytes += unsigned(file.bytes)?;
    }
    Ok(())
}

fn hash(
    connection: &Connection,
    file: &StoredArtifact,
    done: &mut VerifyProgress,
    progress: &mut dyn FnMut(VerifyProgress),
) -> Result<[u8; 32], StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, raw_offset, raw_length, zstd FROM artifact_chunk WHERE artifact = ?1 ORDER BY seq",
    )?;
    let mut rows = statement.query([file.id])?;
    let mut hash = Sha256::new();
    let (mut next, mut at) = (0_i64, 0_i64);
    while let Some(row) = rows.next()? {
        let (seq, offset, length): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if (seq, offset) != (next, at) {
            return Err(StoreError::Damaged(format!("chunk {next} is missing or out of place")));
        }
        let ValueRef::Blob(compressed) = row.get_ref(3)? else {
            return Err(StoreError::Damaged(format!("chunk {next} has no bytes")));
        };
        let raw = artifact::unfold(compressed, unsigned(length)?)?;
        hash.update(&raw);
        next += 1;
        at += length;
        done.bytes += raw.len() as u64;
        progress(*done);
    }
    if at == file.bytes {
        Ok(hash.finalize().into())
    } else {
        Err(StoreError::Damaged(format!("there are {at} bytes instead of {}", file.bytes)))
    }
}

/// Every version lies inside its file and belongs to a record; every record has its last version.
pub(super) fn revisions(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    const LISTED: usize = 20;
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    report.revisions = unsigned(count("SELECT count(*) FROM revision")?)?;
    // Of a record that only an earlier reading of a file named, nothing but its history is left.
    let missing = format!(
        "SELECT revision.id FROM revision WHERE NOT EXISTS (SELECT 1 FROM artifact AS later WHERE later.bytes_of = \
         (SELECT coalesce(bytes_of, id) FROM artifact WHERE id = revision.artifact) AND later.id > artifact) \
         AND CASE kind WHEN 2 THEN NOT EXISTS \
         (SELECT 1 FROM ticket WHERE key = record) WHEN 3 THEN NOT EXISTS \
         (SELECT 1 FROM incident WHERE key = record) {} ELSE NOT EXISTS \
         (SELECT 1 FROM change WHERE key = record) END",
        supporting::for_each("WHEN {kind} THEN NOT EXISTS (SELECT 1 FROM {table} WHERE key = record)", " ")
    );
    let last = format!(
        "SELECT current.revision FROM (SELECT key, revision, 0 AS kind FROM change WHERE revision IS NOT NULL \
         UNION ALL SELECT key, revision, 2 FROM ticket UNION ALL SELECT key, revision, 3 FROM incident \
         UNION ALL {}) AS current LEFT JOIN revision ON revision.id = current.revision \
         WHERE revision.record IS NOT current.key OR revision.kind IS NOT current.kind",
        supporting::over_all("SELECT key, revision, {kind} FROM {table}")
    );
    let checks = [
        (
            "SELECT revision.id FROM revision JOIN artifact ON artifact.id = artifact \
             WHERE offset < 0 OR length < 0 OR offset + length > bytes",
            "It lies outside its file.",
        ),
        (missing.as_str(), "Its record is missing."),
        (last.as_str(), "A record names it as its last version, but it is missing or another record's."),
    ];
    for (sql, problem) in checks {
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut found = 0;
        while let Some(row) = rows.next()? {
            found += 1;
            if found <= LISTED {
                report.find(Checked::Revision, row.get::<_, i64>(0)?.to_string(), problem);
            }
        }
        if found > LISTED {
            report.find(Checked::Revision, "list", format!("{problem} ({} more)", found - LISTED));
        }
    }
    Ok(())
}
