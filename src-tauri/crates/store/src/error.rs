//! What can go wrong with a ledger file, in sentences for people.

use change_ledger_model::policy::PolicyError;
use rusqlite::ErrorCode;
use std::path::PathBuf;

/// A ledger could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file.
    #[error("there is no ledger at {}", .0.display())]
    NotFound(PathBuf),
    /// The file is something else.
    #[error("{} is not a ledger: {seen}", path.display())]
    NotALedger {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        seen: &'static str,
    },
    /// The file was written by a newer version of the program.
    #[error("{} was written by a newer version of this program (its format is {found}, this version knows {known})", path.display())]
    FromTheFuture {
        /// The file.
        path: PathBuf,
        /// Format of the file.
        found: i64,
        /// Newest format that this version knows.
        known: i64,
    },
    /// A read-only ledger has an older format, which only opening for writing upgrades.
    #[error("{} has the older format {found}, and it is opened for reading only", path.display())]
    NeedsUpgrade {
        /// The file.
        path: PathBuf,
        /// Format of the file.
        found: i64,
    },
    /// The file system refuses.
    #[error("{} cannot be used: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file that would be overwritten exists.
    #[error("{} already exists", .0.display())]
    Exists(PathBuf),
    /// A ledger that is to be restored from itself.
    #[error("{} is the ledger itself, not a copy of it", .0.display())]
    SameFile(PathBuf),
    /// Another program writes to the ledger and did not finish in time.
    #[error("the ledger is in use by another program")]
    Busy,
    /// The ledger was opened for reading, or the file is write-protected.
    #[error("the ledger cannot be written to")]
    ReadOnly,
    /// No space is left on the disk.
    #[error("no space is left on the disk of the ledger")]
    DiskFull,
    /// The content of the file contradicts itself.
    #[error("the ledger is damaged: {0}")]
    Damaged(String),
    /// A record, import or file that was asked for is not in the ledger.
    #[error("the ledger holds no {0}")]
    Unknown(String),
    /// Another population has this name.
    #[error("there is a population `{0}` already")]
    Taken(String),
    /// The words of a policy in force were not looked for in records imported before it was set.
    #[error("the texts of earlier imports were not yet matched with the words of the policy")]
    TextsNotMatched,
    /// A policy document cannot be used.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A value cannot be kept, because a ledger counts in 63 bits.
    #[error("{0} is too large a number for a ledger")]
    TooLarge(u64),
    /// A file changed while it was read, so that it is no longer the one that was imported before.
    #[error("{0} changed while it was read")]
    OtherBytes(String),
    /// The person stopped what was running; nothing of it was written.
    #[error("it was stopped; nothing of it was written")]
    Stopped,
    /// A value could not be written as JSON.
    #[error("a record of what happened could not be written: {0}")]
    Json(#[from] serde_json::Error),
    /// A file that is to be restored is no backup.
    #[error("{} cannot be restored: {problem}", path.display())]
    NotRestorable {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: String,
    },
    /// A ledger that is to be restored did not pass its verification.
    #[error("the backup {} did not pass verification: {first}", path.display())]
    NotVerified {
        /// The file.
        path: PathBuf,
        /// The first finding.
        first: String,
    },
    /// Anything else that SQLite reports.
    #[error("the ledger could not be used: {0}")]
    Sqlite(SqliteFailure),
}

/// A failure reported by SQLite that has no name of its own.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct SqliteFailure(Box<rusqlite::Error>);

impl StoreError {
    /// What a person can do about it, where there is something.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NotFound(_) => "Import a file to create a ledger there, or name another file with --ledger.",
            Self::NotALedger { .. } => "Name a ledger file with --ledger; exports are imported, not opened.",
            Self::FromTheFuture { .. } => "Use the newer version of the program; this one leaves the file untouched.",
            Self::NeedsUpgrade { .. } => "Open it once for writing; a copy of the old file is kept beside it.",
            Self::Unreadable { .. } => "Check the path and who may read and write it.",
            Self::Exists(_) => "Choose another name, or move the existing file away.",
            Self::SameFile(_) => "Name the backup that should take its place.",
            Self::Busy => "Wait until the other window or command has finished, then try again.",
            Self::ReadOnly => "Check who may write to the file and its folder.",
            Self::DiskFull => "Free some space and try again; nothing of the interrupted import was kept.",
            Self::Damaged(_) => "Run `verify` to see what is damaged, and `restore` a backup.",
            Self::NotRestorable { .. } => "Name a file that `backup` wrote; the ledger stays as it was.",
            Self::NotVerified { .. } => {
                "Run `verify --ledger` on the backup to see every finding, and use an older one; the ledger stays as it was."
            }
            Self::TextsNotMatched => "Match the texts of earlier imports first.",
            Self::OtherBytes(_) => "Import it again when nothing writes to it any more.",
            Self::Taken(_) => "Give the new one another name; what is frozen stays as it is.",
            Self::Policy(_) => "Correct the document and set it again.",
            Self::Unknown(_) | Self::Stopped | Self::TooLarge(_) | Self::Json(_) | Self::Sqlite(_) => return None,
        };
        Some(hint.to_owned())
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Sqlite(SqliteFailure(Box::new(error))),
        }
    }
}

/// The number as SQLite keeps it.
pub(crate) fn signed(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::TooLarge(number))
}

/// A number that SQLite keeps and that cannot be negative.
pub(crate) fn unsigned(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| StoreError::Damaged(format!("{number} is negative where a count belongs")))
}
