//! Importing one file: one transaction from the first chunk to the manifest.

mod header;
mod known;
#[cfg(test)]
mod order_tests;
mod record;
mod supporting;
#[cfg(test)]
mod supporting_tests;
mod tally;
#[cfg(test)]
mod tests;
mod ticket_reviews;

pub use header::ImportHeader;
pub use tally::RowOutcome;

use crate::{
    Arrival, Ledger, StoreError, hexadecimal,
    open::touch,
    table::{
        artifact, event, import_run,
        name::{Branches, Repositories},
        pattern_set,
        person::People,
        reject, revision,
    },
};
use change_ledger_model::{
    Timestamp,
    import::{ImportManifest, ImportStatus},
    policy::Patterns,
    record::{Place, Reject},
};
use known::Known;
use record::Statements;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::time::Duration;
use tally::Tally;

/// An import that is running. Dropping it leaves the ledger as it was before.
///
/// Chunks and rows may come in any order; [`finish`](ImportTransaction::finish) makes them all count at once.
#[derive(Debug)]
pub struct ImportTransaction<'l> {
    // The statements must be gone before the transaction ends: fields are dropped in this order.
    statements: Statements<'l>,
    transaction: Transaction<'l>,
    connection: &'l Connection,
    artifact: i64,
    now: Timestamp,
    pattern_sets: Vec<i64>,
    people: People,
    repositories: Repositories,
    branches: Branches,
    known: Known,
    next_revision: i64,
    tally: Tally,
}

impl Ledger {
    /// Begins an import; no other program can write to the ledger until it ends.
    ///
    /// `patterns` are the sets of words whose hits the rows will carry:
    /// [`PolicyHistory::pattern_sets`](change_ledger_model::policy::PolicyHistory::pattern_sets), in that order.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another program writes for longer than ten seconds.
    pub fn begin_import(&mut self, now: Timestamp, patterns: &[Patterns]) -> Result<ImportTransaction<'_>, StoreError> {
        let connection = &self.connection;
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        let pattern_sets = patterns
            .iter()
            .map(|patterns| pattern_set::register(connection, patterns))
            .collect::<Result<Vec<_>, _>>()?;
        pattern_set::forget_others(connection, &pattern_sets)?;
        Ok(ImportTransaction {
            statements: Statements::prepare(connection)?,
            artifact: artifact::begin(connection)?,
            now,
            pattern_sets,
            people: People::load(connection)?,
            repositories: Repositories::load(connection)?,
            branches: Branches::load(connection)?,
            known: Known::new(connection)?,
            next_revision: revision::last_id(connection)? + 1,
            tally: Tally::default(),
            transaction,
            connection,
        })
    }

    /// The run that imported a file with this SHA-256 (64 hexadecimal digits), if one did.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn knows_artifact(&self, sha256: &str) -> Result<Option<i64>, StoreError> {
        hexadecimal::sha256(sha256).map_or(Ok(None), |sha256| artifact::find(&self.connection, &sha256))
    }

    /// Whether a file of so many bytes was imported: only then is hashing one to recognise it worth while.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn knows_size(&self, bytes: u64) -> Result<bool, StoreError> {
        let bytes = crate::error::signed(bytes)?;
        let sql = "SELECT EXISTS (SELECT 1 FROM artifact WHERE bytes = ?1)";
        Ok(self.connection.prepare_cached(sql)?.query_row([bytes], |row| row.get(0))?)
    }

    /// The manifest for importing a file again that the ledger holds: nothing is written. `None` when it does not.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn unchanged_manifest(
        &self,
        sha256: &str,
        file: &str,
        now: Timestamp,
    ) -> Result<Option<ImportManifest>, StoreError> {
        unchanged_manifest(&self.connection, sha256, file, now)
    }
}

impl ImportTransaction<'_> {
    /// The number that this run will have.
    #[must_use]
    pub const fn id(&self) -> i64 {
        self.artifact
    }

    /// Keeps a piece of the file: `raw_length` bytes from `raw_offset` on, as one zstd frame. `seq` counts from 0.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn chunk(&mut self, seq: u64, raw_offset: u64, raw_length: u64, compressed: &[u8]) -> Result<(), StoreError> {
        artifact::insert_chunk(&mut self.statements.chunk, self.artifact, seq, raw_offset, raw_length, compressed)
    }

    /// Keeps the records of one row of the file.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn row(&mut self, place: &Place, arrivals: &[Arrival]) -> Result<RowOutcome, StoreError> {
        let mut outcome = RowOutcome::Unchanged;
        for arrival in arrivals {
            self.tally.record(arrival.record());
            outcome = outcome.max(self.record(place, arrival)?);
        }
        self.tally.row(outcome);
        Ok(outcome)
    }

    /// Keeps a row that could not be read.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn reject(&mut self, reject: &Reject) -> Result<(), StoreError> {
        let n = self.tally.reject();
        reject::insert(&mut self.statements.reject, self.artifact, n, reject)
    }

    /// Says what [`finish`](ImportTransaction::finish) would, and leaves the ledger as it was.
    #[must_use]
    pub fn discard(self, header: ImportHeader) -> ImportManifest {
        let mut manifest = self.tally.manifest(self.artifact, self.now, header);
        manifest.id = None;
        manifest
    }

    /// Makes everything count and returns the manifest. When the ledger already holds a file with the same
    /// bytes, nothing is written and the manifest says [`ImportStatus::Unchanged`].
    ///
    /// # Errors
    /// When `header.sha256` is no SHA-256, or the ledger cannot be written; then nothing was.
    pub fn finish(self, header: ImportHeader) -> Result<ImportManifest, StoreError> {
        let connection = self.connection;
        if let Some(manifest) = unchanged_manifest(connection, &header.sha256, &header.file, self.now)? {
            return Ok(manifest);
        }
        let sha256 = hexadecimal::sha256(&header.sha256)
            .ok_or_else(|| StoreError::Damaged(format!("`{}` is no SHA-256", header.sha256)))?;
        artifact::seal(connection, self.artifact, &sha256, header.bytes, &header.file, header.container.as_deref())?;
        let reading = header.reading.clone();
        let manifest = self.tally.manifest(self.artifact, self.now, header);
        let payload = serde_json::to_string(&manifest)?;
        let event = event::append(connection, self.now, "import", None, payload)?;
        import_run::insert(connection, self.artifact, event.seq, &reading)?;
        touch(connection)?;
        let Self { statements, transaction, .. } = self;
        drop(statements);
        transaction.commit()?;
        shrink_log(connection);
        Ok(manifest)
    }
}

/// Moves the write-ahead log into the ledger at once, so that it does not stay as large as the import.
/// Readers may prevent that; then a later write does it.
fn shrink_log(connection: &Connection) {
    let moved = connection
        .busy_timeout(Duration::ZERO)
        .and_then(|()| connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)));
    if let Err(error) = moved.and(connection.busy_timeout(crate::open::BUSY_TIMEOUT)) {
        tracing::debug!(%error, "the write-ahead log was not shortened");
    }
}

fn unchanged_manifest(
    connection: &Connection,
    sha256: &str,
    file: &str,
    now: Timestamp,
) -> Result<Option<ImportManifest>, StoreError> {
    let Some(sha256) = hexadecimal::sha256(sha256) else { return Ok(None) };
    let Some(id) = artifact::find(connection, &sha256)? else { return Ok(None) };
    let Some(mut manifest) = import_run::manifest(connection, id)? else { return Ok(None) };
    manifest.id = None;
    file.clone_into(&mut manifest.file);
    manifest.status = ImportStatus::Unchanged;
    manifest.rows.unchanged = manifest.rows.read - manifest.rows.rejected.min(manifest.rows.read);
    manifest.rows.accepted = 0;
    manifest.rows.updated = 0;
    manifest.imported_at = now;
    Ok(Some(manifest))
}
