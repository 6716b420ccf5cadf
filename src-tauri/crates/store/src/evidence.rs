//! The raw bytes behind the records.

use crate::{
    Ledger, StoreError,
    error::unsigned,
    hexadecimal::hex,
    supporting,
    table::{
        artifact::{self, EvidenceReader},
        event::time,
        import_run,
        revision::{self, StoredRevision},
    },
};
use change_ledger_model::{
    Timestamp,
    record::{Place, Record, Span},
};
use rusqlite::{Connection, OptionalExtension};
use std::io::{self, Read};

/// Parses the raw bytes of one record again: the bytes, and the `reading` that its import was finished with.
/// Bytes that are no record give none.
pub type Reread<'a> = dyn FnMut(&[u8], &str) -> Vec<Record> + 'a;

/// One imported version of a record, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The import run, which is also the number of the file.
    pub import: i64,
    /// The file as it was named.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Where in the file.
    pub place: Place,
    /// When the source last changed it, as this version says.
    pub updated_at: Option<Timestamp>,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// Whether it is the newest version, which wins where versions differ.
    pub is_newest: bool,
    /// Whether its file was later read in another way; then it no longer counts.
    pub is_superseded: bool,
}

/// The raw bytes of a record as they were imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Where they stand.
    pub revision: Revision,
    /// How to read them, as the import was finished with.
    pub reading: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Ledger {
    /// Bytes of an imported file.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when the file is not that long or not there; [`StoreError::Damaged`].
    pub fn evidence(&self, artifact: i64, offset: u64, length: u64) -> Result<Vec<u8>, StoreError> {
        EvidenceReader::default().read(&self.connection, artifact, offset, length)
    }

    /// The bytes of an imported file, to be read from their beginning while this ledger is used for something else.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such file, or the ledger itself lives in memory.
    pub fn evidence_file(&self, artifact: i64) -> Result<EvidenceFile, StoreError> {
        let connection = self
            .another_reader()?
            .ok_or_else(|| StoreError::Unknown("file that a second reader could open".to_owned()))?;
        let length = unsigned(artifact::get(&connection, artifact)?.bytes)?;
        Ok(EvidenceFile { connection, reader: EvidenceReader::default(), artifact, at: 0, length })
    }

    /// The raw record behind the newest version of a record.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such record; [`StoreError::Damaged`].
    pub fn evidence_of(&self, key: i64) -> Result<Evidence, StoreError> {
        let versions = revision::history(&self.connection, Some(last_revision(&self.connection, key)?))?;
        let newest = revision::winning(&versions).ok_or_else(|| StoreError::Unknown(format!("record {key}")))?;
        Ok(Evidence {
            revision: describe(&self.connection, newest, true)?,
            reading: import_run::reading(&self.connection, newest.artifact)?,
            bytes: raw(&self.connection, &mut EvidenceReader::default(), newest)?,
        })
    }

    /// How to read raw records of an imported file, as its import was finished with.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such import.
    pub fn reading_of(&self, import: i64) -> Result<String, StoreError> {
        import_run::reading(&self.connection, import)
    }

    /// Every imported version of a record, the latest import first.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such record.
    pub fn revisions(&self, key: i64) -> Result<Vec<Revision>, StoreError> {
        let versions = revision::whole_history(&self.connection, Some(last_revision(&self.connection, key)?))?;
        let newest = revision::winning(&versions).map(|version| version.id);
        versions.iter().map(|version| describe(&self.connection, version, Some(version.id) == newest)).collect()
    }
}

/// An imported file, as it is read from a ledger.
#[derive(Debug)]
pub struct EvidenceFile {
    connection: Connection,
    reader: EvidenceReader,
    artifact: i64,
    at: u64,
    length: u64,
}

impl Read for EvidenceFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = self.length.saturating_sub(self.at).min(buffer.len() as u64);
        let bytes = self.reader.read(&self.connection, self.artifact, self.at, wanted).map_err(io::Error::other)?;
        self.at += bytes.len() as u64;
        bytes.as_slice().read(buffer)
    }
}

/// The last imported version of a record.
fn last_revision(connection: &Connection, key: i64) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT revision FROM change WHERE key = ?1 AND revision IS NOT NULL UNION ALL \
         SELECT revision FROM ticket WHERE key = ?1 UNION ALL SELECT revision FROM incident WHERE key = ?1 UNION ALL {}",
        supporting::over_all("SELECT revision FROM {table} WHERE key = ?1")
    ))?;
    statement.query_row([key], |row| row.get(0)).optional()?.ok_or_else(|| StoreError::Unknown(format!("record {key}")))
}

pub(crate) fn raw(
    connection: &Connection,
    reader: &mut EvidenceReader,
    version: &StoredRevision,
) -> Result<Vec<u8>, StoreError> {
    reader.read(connection, version.artifact, unsigned(version.offset)?, unsigned(version.length)?)
}

fn describe(connection: &Connection, version: &StoredRevision, is_newest: bool) -> Result<Revision, StoreError> {
    let file = artifact::get(connection, version.artifact)?;
    Ok(Revision {
        import: file.id,
        file: file.name,
        sha256: hex(&file.sha256),
        place: Place {
            row: unsigned(version.row)?,
            line: version.line.map(unsigned).transpose()?,
            span: Span { offset: unsigned(version.offset)?, length: unsigned(version.length)? },
        },
        updated_at: version.updated_at.map(time).transpose()?,
        imported_at: import_run::imported_at(connection, version.artifact)?,
        is_newest,
        is_superseded: version.is_superseded,
    })
}
