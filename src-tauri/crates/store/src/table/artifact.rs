//! Imported files as they came, in compressed chunks.

use crate::{
    StoreError,
    error::{signed, unsigned},
};
use rusqlite::{Connection, OptionalExtension, Statement, params};
use std::collections::HashSet;

pub(crate) const INSERT_CHUNK: &str =
    "INSERT INTO artifact_chunk (artifact, seq, raw_offset, raw_length, zstd) VALUES (?1, ?2, ?3, ?4, ?5)";

/// More than this no chunk may unfold to: a ledger from elsewhere must not exhaust memory.
const LARGEST_CHUNK: u64 = 64 << 20;

/// An imported file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredArtifact {
    pub(crate) id: i64,
    pub(crate) sha256: [u8; 32],
    pub(crate) bytes: i64,
    pub(crate) name: String,
}

/// Begins an artifact whose bytes follow; [`seal`] ends it.
pub(crate) fn begin(connection: &Connection) -> Result<i64, StoreError> {
    let id: i64 = connection.query_row("SELECT coalesce(max(id), 0) + 1 FROM artifact", [], |row| row.get(0))?;
    connection.execute("INSERT INTO artifact (id, bytes, name) VALUES (?1, 0, '')", [id])?;
    Ok(id)
}

/// Says of an artifact that its bytes are those of another one, because the same file is read in another way. From here on
/// it is final.
pub(crate) fn seal_as(
    connection: &Connection,
    id: i64,
    bytes_of: i64,
    name: &str,
    container: Option<&str>,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE artifact SET bytes_of = ?2, bytes = (SELECT bytes FROM artifact WHERE id = ?2), name = ?3, \
         container = ?4 WHERE id = ?1",
        params![id, bytes_of, name, container],
    )?;
    Ok(())
}

/// The artifact that holds the bytes of this one: mostly itself.
pub(crate) fn holder(connection: &Connection, id: i64) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT coalesce(bytes_of, id) FROM artifact WHERE id = ?1")?;
    statement
        .query_row([id], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::Unknown(format!("imported file {id}")))
}

/// The last reading of the bytes that `holder` holds.
pub(crate) fn last_reading(connection: &Connection, holder: i64) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT coalesce(max(id), ?1) FROM artifact WHERE bytes_of = ?1")?;
    Ok(statement.query_row([holder], |row| row.get(0))?)
}

/// Every artifact whose bytes were later read in another way.
pub(crate) fn superseded(connection: &Connection) -> Result<HashSet<i64>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT earlier.id FROM artifact AS later JOIN artifact AS earlier \
         ON later.bytes_of IN (earlier.id, earlier.bytes_of) AND earlier.id < later.id WHERE later.bytes_of IS NOT NULL",
    )?;
    let ids = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids)
}

/// Names an artifact by the hash of its bytes. From here on it is final.
pub(crate) fn seal(
    connection: &Connection,
    id: i64,
    sha256: &[u8; 32],
    bytes: u64,
    name: &str,
    container: Option<&str>,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE artifact SET sha256 = ?2, bytes = ?3, name = ?4, container = ?5 WHERE id = ?1",
        params![id, sha256, signed(bytes)?, name, container],
    )?;
    Ok(())
}

pub(crate) fn insert_chunk(
    statement: &mut Statement<'_>,
    artifact: i64,
    seq: u64,
    raw_offset: u64,
    raw_length: u64,
    compressed: &[u8],
) -> Result<(), StoreError> {
    statement.execute(params![artifact, signed(seq)?, signed(raw_offset)?, signed(raw_length)?, compressed])?;
    Ok(())
}

pub(crate) fn find(connection: &Connection, sha256: &[u8; 32]) -> Result<Option<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM artifact WHERE sha256 = ?1")?;
    Ok(statement.query_row([sha256], |row| row.get(0)).optional()?)
}

pub(crate) fn get(connection: &Connection, id: i64) -> Result<StoredArtifact, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT artifact.id, coalesce(artifact.sha256, holder.sha256), artifact.bytes, artifact.name FROM artifact \
         LEFT JOIN artifact AS holder ON holder.id = artifact.bytes_of WHERE artifact.id = ?1",
    )?;
    statement
        .query_row([id], |row| {
            Ok(StoredArtifact { id: row.get(0)?, sha256: row.get(1)?, bytes: row.get(2)?, name: row.get(3)? })
        })
        .optional()?
        .ok_or_else(|| StoreError::Unknown(format!("imported file {id}")))
}

/// A chunk of an artifact, unfolded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub(crate) artifact: i64,
    pub(crate) offset: u64,
    pub(crate) bytes: Vec<u8>,
}

impl Chunk {
    fn end(&self) -> u64 {
        self.offset + self.bytes.len() as u64
    }
}

/// Unfolds a chunk; its length must be what the ledger says.
pub(crate) fn unfold(compressed: &[u8], raw_length: u64) -> Result<Vec<u8>, StoreError> {
    let damaged = |why: String| StoreError::Damaged(format!("a chunk of an imported file cannot be unfolded: {why}"));
    if raw_length > LARGEST_CHUNK {
        return Err(damaged(format!("it claims {raw_length} bytes")));
    }
    let capacity = usize::try_from(raw_length).unwrap_or_default();
    let bytes = zstd::bulk::decompress(compressed, capacity).map_err(|error| damaged(error.to_string()))?;
    if bytes.len() as u64 == raw_length {
        Ok(bytes)
    } else {
        Err(damaged(format!("it holds {} bytes instead of {raw_length}", bytes.len())))
    }
}

/// The chunk of an artifact that holds the byte at `offset`.
fn chunk_at(connection: &Connection, artifact: i64, offset: u64) -> Result<Chunk, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT raw_offset, raw_length, zstd FROM artifact_chunk \
         WHERE artifact = (SELECT coalesce(bytes_of, id) FROM artifact WHERE id = ?1) AND raw_offset <= ?2 \
         ORDER BY raw_offset DESC LIMIT 1",
    )?;
    let found = statement
        .query_row(params![artifact, signed(offset)?], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?))
        })
        .optional()?;
    let (raw_offset, raw_length, compressed) =
        found.ok_or_else(|| StoreError::Unknown(format!("byte {offset} of imported file {artifact}")))?;
    Ok(Chunk { artifact, offset: unsigned(raw_offset)?, bytes: unfold(&compressed, unsigned(raw_length)?)? })
}

/// Reads spans of artifacts and keeps the last chunk, because neighbours are mostly read one after the other.
#[derive(Debug, Default)]
pub(crate) struct EvidenceReader {
    last: Option<Chunk>,
}

impl EvidenceReader {
    /// The bytes of a span.
    pub(crate) fn read(
        &mut self,
        connection: &Connection,
        artifact: i64,
        offset: u64,
        length: u64,
    ) -> Result<Vec<u8>, StoreError> {
        let outside =
            || StoreError::Unknown(format!("byte {} of imported file {artifact}", offset.saturating_add(length)));
        let wanted = usize::try_from(length).map_err(|_| outside())?;
        // A damaged length must not reserve memory that the file does not back.
        let mut bytes = Vec::with_capacity(wanted.min(1 << 20));
        let mut at = offset;
        while bytes.len() < wanted {
            let chunk = match self.last.take() {
                Some(chunk) if chunk.artifact == artifact && (chunk.offset..chunk.end()).contains(&at) => chunk,
                _ => chunk_at(connection, artifact, at)?,
            };
            let skip = usize::try_from(at - chunk.offset).map_err(|_| outside())?;
            let from = chunk.bytes.get(skip..).filter(|rest| !rest.is_empty()).ok_or_else(outside)?;
            let part = from.get(..wanted - bytes.len()).unwrap_or(from);
            bytes.extend_from_slice(part);
            at += part.len() as u64;
            self.last = Some(chunk);
        }
        Ok(bytes)
    }
}
