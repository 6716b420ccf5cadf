//! Importing one file: one transaction from the first chunk to the manifest.

mod crowded;
mod equal_age;
mod header;
mod known;
#[cfg(test)]
mod order_tests;
pub(crate) mod pace;
mod record;
mod repeated;
pub(crate) mod seal;
mod supersede;
#[cfg(test)]
mod supersede_tests;
mod supporting;
#[cfg(test)]
mod supporting_tests;
mod tally;
#[cfg(test)]
mod tests;
mod ticket_reviews;

pub use header::ImportHeader;
pub use seal::ContentHash;
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
    import::{ImportManifest, ImportStatus, ImportWarning},
    policy::Patterns,
    record::{Place, Reject},
    source::SourceKind,
};
use crowded::Crowded;
use equal_age::EqualAge;
use known::Known;
use pace::KeysUnchecked;
use record::Statements;
use repeated::Repeated;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use seal::{RowHash, Seal};
use std::collections::HashSet;
use supersede::Supersession;
use tally::Tally;

/// An import that is running. Dropping it leaves the ledger as it was before.
///
/// Chunks and rows may come in any order; [`finish`](ImportTransaction::finish) makes them all count at once.
#[derive(Debug)]
pub struct ImportTransaction<'l> {
    // The statements must be gone before the transaction ends: fields are dropped in this order.
    statements: Statements<'l>,
    transaction: Transaction<'l>,
    _keys_unchecked: KeysUnchecked<'l>,
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
    repeated: Repeated,
    crowded: Crowded,
    equal_age: EqualAge,
    /// Files that no longer count, because they were read in another way.
    superseded: HashSet<i64>,
    supersedes: Option<Supersession>,
    /// The version in the history that is merged once more; nothing is added to the history then.
    restating: Option<i64>,
    revisions: RowHash,
    rejects: RowHash,
    content: ContentHash,
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
        let keys_unchecked = KeysUnchecked::begin(connection)?;
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
            repeated: Repeated::default(),
            crowded: Crowded::default(),
            equal_age: EqualAge::default(),
            superseded: artifact::superseded(connection)?,
            supersedes: None,
            restating: None,
            revisions: RowHash::default(),
            rejects: RowHash::default(),
            content: ContentHash::default(),
            transaction,
            _keys_unchecked: keys_unchecked,
            connection,
        })
    }

    /// The run that last imported a file with this SHA-256 (64 hexadecimal digits), if one did.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn knows_artifact(&self, sha256: &str) -> Result<Option<i64>, StoreError> {
        let Some(sha256) = hexadecimal::sha256(sha256) else { return Ok(None) };
        let holder = artifact::find(&self.connection, &sha256)?;
        holder.map(|holder| artifact::last_reading(&self.connection, holder)).transpose()
    }

    /// Hash of what an imported file said as it was read: [`ContentHash`]. `None` where its run did not keep one.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such import.
    pub fn content_of(&self, import: i64) -> Result<Option<String>, StoreError> {
        Ok(import_run::seal(&self.connection, import)?.map(|seal| seal.content_sha256))
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
        // Read in another way, the file is there already.
        if self.supersedes.is_some() {
            return Ok(());
        }
        artifact::insert_chunk(&mut self.statements.chunk, self.artifact, seq, raw_offset, raw_length, compressed)
    }

    /// Keeps the records of one row of the file.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn row(&mut self, place: &Place, arrivals: &[Arrival]) -> Result<RowOutcome, StoreError> {
        let mut outcome = RowOutcome::Unchanged;
        self.content.row(arrivals);
        self.repeated.row(place, arrivals);
        self.crowded.row(place, arrivals);
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
        self.content.reject(reject);
        self.rejects.reject(reject);
        reject::insert(&mut self.statements.reject, self.artifact, n, reject)
    }

    /// What the rows of the file tell together.
    fn warnings(&self, kind: SourceKind) -> impl Iterator<Item = ImportWarning> + use<> {
        let of_file = [self.repeated.warning(kind), self.crowded.warning()].into_iter().flatten();
        of_file.chain(self.equal_age.warnings())
    }

    /// Says what [`finish`](ImportTransaction::finish) would, and leaves the ledger as it was.
    #[must_use]
    pub fn discard(self, mut header: ImportHeader) -> ImportManifest {
        header.warnings.extend(self.warnings(header.kind));
        let mut manifest = self.tally.manifest(self.artifact, self.now, header);
        manifest.id = None;
        manifest
    }

    /// Makes everything count and returns the manifest. When the ledger already holds a file with the same
    /// bytes, nothing is written and the manifest says [`ImportStatus::Unchanged`].
    ///
    /// # Errors
    /// When `header.sha256` is no SHA-256, or the ledger cannot be written; then nothing was.
    pub fn finish(self, mut header: ImportHeader) -> Result<ImportManifest, StoreError> {
        let connection = self.connection;
        header.warnings.extend(self.warnings(header.kind));
        let sha256 = hexadecimal::sha256(&header.sha256)
            .ok_or_else(|| StoreError::Damaged(format!("`{}` is no SHA-256", header.sha256)))?;
        let (file, container) = (header.file.as_str(), header.container.as_deref());
        if let Some(supersession) = &self.supersedes {
            if artifact::get(connection, supersession.holder)?.sha256 != sha256 {
                return Err(StoreError::OtherBytes(header.file));
            }
            self.drop_unsaid(supersession.records())?;
            artifact::seal_as(connection, self.artifact, supersession.holder, file, container)?;
        } else {
            if let Some(manifest) = unchanged_manifest(connection, &header.sha256, file, self.now)? {
                return Ok(manifest);
            }
            artifact::seal(connection, self.artifact, &sha256, header.bytes, file, container)?;
        }
        let reading = header.reading.clone();
        let manifest = self.tally.manifest(self.artifact, self.now, header);
        let seal = Seal {
            revisions: self.revisions.rows,
            revisions_sha256: self.revisions.clone().finish(),
            rejects_sha256: self.rejects.clone().finish(),
            content_sha256: self.content.clone().finish(),
        };
        let payload = import_run::payload(&manifest, &reading, &seal)?;
        let event = event::append(connection, self.now, event::kind::IMPORT, None, payload)?;
        import_run::insert(connection, self.artifact, event.seq, &reading)?;
        touch(connection)?;
        let Self { statements, transaction, .. } = self;
        drop(statements);
        transaction.commit()?;
        pace::shrink_log(connection);
        Ok(manifest)
    }
}

fn unchanged_manifest(
    connection: &Connection,
    sha256: &str,
    file: &str,
    now: Timestamp,
) -> Result<Option<ImportManifest>, StoreError> {
    let Some(sha256) = hexadecimal::sha256(sha256) else { return Ok(None) };
    let Some(holder) = artifact::find(connection, &sha256)? else { return Ok(None) };
    let id = artifact::last_reading(connection, holder)?;
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
