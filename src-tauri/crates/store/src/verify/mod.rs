//! Checking that a ledger is what it was when it was written.

mod attestations;
mod chain;
mod evidence;
mod people;
mod replay;
mod samples;
mod seals;
mod structure;

use crate::{Ledger, StoreError, hexadecimal::hex};
use rusqlite::{Connection, TransactionBehavior};

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is damaged.
    pub what: Checked,
    /// Which one: an event's number, a file's name, a table.
    pub place: String,
    /// What is wrong with it, as a sentence.
    pub problem: String,
}

/// What a verification looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Checked {
    /// The SQLite file itself.
    Database,
    /// Tables, indexes and triggers.
    Schema,
    /// The chain of events.
    Event,
    /// The bytes of an imported file.
    File,
    /// A record's version and its place in a file.
    Revision,
    /// An import and its manifest.
    Import,
    /// What is known of a change, ticket or incident now.
    Record,
    /// To whom an account belongs, and its kind.
    Account,
    /// What somebody attested of a change.
    Attestation,
    /// A population, a sample or an auditor's answer.
    Sample,
}

impl std::fmt::Display for Checked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Database => "database",
            Self::Schema => "schema",
            Self::Event => "event",
            Self::File => "imported file",
            Self::Revision => "revision",
            Self::Import => "import",
            Self::Record => "record",
            Self::Account => "account",
            Self::Attestation => "attestation",
            Self::Sample => "audit sample",
        })
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.what, self.place, self.problem)
    }
}

/// How far a verification is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VerifyProgress {
    /// Bytes of imported files read so far.
    pub bytes: u64,
    /// Bytes of all imported files.
    pub bytes_in_all: u64,
}

/// What a verification looked at and found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifyReport {
    /// What is wrong; empty when the ledger is sound.
    pub findings: Vec<Finding>,
    /// Events whose hash was recomputed.
    pub events: u64,
    /// SHA-256 of the last event, hexadecimal: compare it with one written down elsewhere, because a chain
    /// alone cannot tell that its end was cut off. `None` for a ledger without events.
    pub head: Option<String>,
    /// Imported files that were unfolded and hashed.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// Versions of records whose place was checked.
    pub revisions: u64,
}

impl VerifyReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    fn find(&mut self, what: Checked, place: impl Into<String>, problem: impl Into<String>) {
        self.findings.push(Finding { what, place: place.into(), problem: problem.into() });
    }

    /// Runs one part of the verification; what it cannot read is a finding of its own.
    fn part(
        &mut self,
        what: Checked,
        connection: &Connection,
        check: impl FnOnce(&mut Self, &Connection) -> Result<(), StoreError>,
    ) {
        if let Err(error) = check(self, connection) {
            self.find(what, "of the ledger", format!("It cannot be read: {error}."));
        }
    }
}

/// A moment at which a ledger is read.
#[derive(Debug)]
pub struct Snapshot<'l>(#[expect(dead_code, reason = "it ends when it is dropped")] rusqlite::Transaction<'l>);

impl Ledger {
    /// Checks the SQLite file, the schema, the chain of events, every imported file against its SHA-256, and the rows that
    /// imports wrote against their manifests. Damage is a finding, not an error. Whether the current state follows from
    /// the files is another question: [`Ledger::differences`].
    ///
    /// # Errors
    /// When the ledger cannot be read at all.
    pub fn verify(&self, progress: &mut dyn FnMut(VerifyProgress)) -> Result<VerifyReport, StoreError> {
        // Within a snapshot of the caller's there is no need for another.
        let _snapshot = self.connection.is_autocommit().then(|| self.snapshot()).transpose()?;
        let snapshot = &self.connection;
        let mut report = VerifyReport::default();
        report.part(Checked::Database, snapshot, structure::database);
        report.part(Checked::Schema, snapshot, structure::schema);
        report.part(Checked::Database, snapshot, structure::state);
        report.part(Checked::Event, snapshot, chain::events);
        report.part(Checked::Import, snapshot, chain::imports);
        report.part(Checked::Account, snapshot, people::identities);
        report.part(Checked::Attestation, snapshot, attestations::rows);
        report.part(Checked::Sample, snapshot, samples::rows);
        report.part(Checked::File, snapshot, |report, connection| evidence::files(report, connection, progress));
        report.part(Checked::Revision, snapshot, evidence::revisions);
        report.part(Checked::Import, snapshot, seals::rows);
        Ok(report)
    }

    /// Keeps what is read from now on at one moment, until the answer is dropped, whatever others write meanwhile.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn snapshot(&self) -> Result<Snapshot<'_>, StoreError> {
        Ok(Snapshot(rusqlite::Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)?))
    }

    /// SHA-256 of the last event, hexadecimal; `None` for a ledger without events.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn chain_head(&self) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT sha256 FROM event ORDER BY seq DESC LIMIT 1")?;
        let mut rows = statement.query([])?;
        let head = rows.next()?.map(|row| row.get::<_, [u8; 32]>(0)).transpose()?;
        Ok(head.map(|sha256| hex(&sha256)))
    }
}

#[cfg(test)]
mod tests;
