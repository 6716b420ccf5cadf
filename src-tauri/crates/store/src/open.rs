//! Opening a ledger file: what may be opened, and the settings under which it is used.

use crate::{
    StoreError,
    backup::{beside, discard},
    import::pace,
    migration,
};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    time::Duration,
};

/// Marks a SQLite file as a ledger: `CLdg` in ASCII.
pub(crate) const APPLICATION_ID: i64 = 0x434c_6467;

/// How long a writer waits for another one.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// What a ledger is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing; an older format is upgraded.
    ReadWrite,
    /// Reading only.
    ReadOnly,
}

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) connection: Connection,
    /// `None` for a ledger in memory.
    pub(crate) path: Option<PathBuf>,
    /// Whether it is locked for this program, without a write-ahead log.
    pub(crate) is_alone: bool,
}

impl Drop for Ledger {
    fn drop(&mut self) {
        if self.is_alone {
            pace::share_again(&self.connection);
        }
    }
}

impl Ledger {
    /// Opens an existing ledger.
    ///
    /// # Errors
    /// When there is no file, when it is no ledger, from a newer version, or cannot be read.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        match kind_of_file(path)? {
            FileKind::Missing => return Err(StoreError::NotFound(path.to_owned())),
            FileKind::Empty => {
                return Err(StoreError::NotALedger { path: path.to_owned(), seen: "the file is empty" });
            }
            FileKind::Sqlite => {}
        }
        if access == Access::ReadOnly {
            finish_what_was_interrupted(path);
        }
        let mut connection = match connect(path, access).and_then(|connection| recognised(connection, path)) {
            Err(StoreError::Unreadable { .. }) if access == Access::ReadOnly => {
                recognised(connect_on_read_only_disk(path)?, path)?
            }
            other => other?,
        };
        configure(&connection, access).map_err(|error| named(error, path))?;
        migration::bring_up_to_date(&mut connection, Some(path), access)?;
        Ok(Self { connection, path: Some(path.to_owned()), is_alone: false })
    }

    /// Opens a ledger for writing, and creates it where there is none.
    ///
    /// # Errors
    /// As [`Ledger::open`]; also when the file cannot be created.
    pub fn create_or_open(path: &Path) -> Result<Self, StoreError> {
        match kind_of_file(path)? {
            FileKind::Sqlite if !is_blank(path)? => return Self::open(path, Access::ReadWrite),
            FileKind::Sqlite | FileKind::Missing | FileKind::Empty => {}
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|source| StoreError::Unreadable { path: folder.to_owned(), source })?;
        }
        if path.try_exists().unwrap_or(true) {
            // An empty file: somebody chose the place, and nothing in it can be lost.
            drop(create_at(path)?);
        } else {
            create_whole(path)?;
        }
        Self::open(path, Access::ReadWrite)
    }

    /// An empty ledger that lives as long as this value.
    ///
    /// # Errors
    /// When memory does not suffice.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        prepare_new(&mut connection, Path::new(":memory:"))?;
        Ok(Self { is_alone: false, connection, path: None })
    }

    /// An empty ledger that is gone when this value is dropped, and that may become larger than memory.
    ///
    /// # Errors
    /// When nothing can be written to the system's folder for temporary files.
    pub fn scratch() -> Result<Self, StoreError> {
        // SQLite keeps a database without a name in a file that nobody else sees.
        let mut connection = Connection::open("")?;
        prepare_new(&mut connection, Path::new("temporary"))?;
        Ok(Self { connection, path: None, is_alone: false })
    }

    /// The file; `None` for a ledger in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// A number that grows with every committed write that can change an answer, also by another program.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        data_version(&self.connection)
    }

    /// A second connection for reading, where the ledger is a file.
    pub(crate) fn another_reader(&self) -> Result<Option<Connection>, StoreError> {
        let Some(path) = &self.path else { return Ok(None) };
        let connection = connect(path, Access::ReadOnly)?;
        configure(&connection, Access::ReadOnly)?;
        Ok(Some(connection))
    }
}

pub(crate) fn data_version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.prepare_cached("SELECT data_version FROM ledger")?.query_row([], |row| row.get(0))?)
}

/// Notes in the running transaction that answers may change.
pub(crate) fn touch(connection: &Connection) -> Result<(), StoreError> {
    connection.prepare_cached("UPDATE ledger SET data_version = data_version + 1")?.execute([])?;
    Ok(())
}

enum FileKind {
    Missing,
    Empty,
    Sqlite,
}

/// Looks at the first bytes, so that a wrong file gets a clear answer and is never touched.
fn kind_of_file(path: &Path) -> Result<FileKind, StoreError> {
    const MAGIC: &[u8; 16] = b"SQLite format 3\0";
    let not_a_ledger = |seen| StoreError::NotALedger { path: path.to_owned(), seen };
    let unreadable = |source| StoreError::Unreadable { path: path.to_owned(), source };
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(FileKind::Missing),
        Err(source) => return Err(unreadable(source)),
    };
    if about.is_dir() {
        return Err(not_a_ledger("it is a folder"));
    }
    if !about.is_file() {
        return Err(not_a_ledger("it is no ordinary file"));
    }
    let mut head = Vec::with_capacity(MAGIC.len());
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(16).read_to_end(&mut head).map_err(unreadable)?;
    match head.as_slice() {
        [] => Ok(FileKind::Empty),
        head if head == MAGIC => Ok(FileKind::Sqlite),
        _ => Err(not_a_ledger("it is no SQLite file")),
    }
}

fn connect(path: &Path, access: Access) -> Result<Connection, StoreError> {
    let flags = match access {
        Access::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|error| not_opened(error, path))
}

/// The first import into a ledger that is killed leaves a rollback journal, which only a writer may apply.
fn finish_what_was_interrupted(path: &Path) {
    let is_interrupted = fs::metadata(beside(path, "-journal")).is_ok_and(|journal| journal.len() > 0);
    if is_interrupted && let Ok(connection) = connect(path, Access::ReadWrite) {
        // When this fails, reading will fail in the same way and say why.
        let _ = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    }
}

fn create_at(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(|error| not_opened(error, path))?;
    prepare_new(&mut connection, path)?;
    Ok(connection)
}

/// Makes an empty ledger beside `path` and puts it there whole, so that a program that is killed meanwhile leaves no half of
/// one. When another program was faster, its ledger stays.
fn create_whole(path: &Path) -> Result<(), StoreError> {
    let unfinished = beside(path, &format!(".unfinished-{}", std::process::id()));
    discard(&unfinished);
    let made = create_at(&unfinished).map(drop);
    let placed = made.and_then(|()| match fs::hard_link(&unfinished, path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            // Some file systems have no links; there the last one to finish wins.
            fs::rename(&unfinished, path).map_err(|source| StoreError::Unreadable { path: path.to_owned(), source })
        }
        _ => Ok(()),
    });
    discard(&unfinished);
    placed.map_err(|error| match error {
        StoreError::Unreadable { source, .. } => StoreError::Unreadable { path: path.to_owned(), source },
        other => other,
    })
}

fn prepare_new(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    // The page size must be chosen before the first page is written.
    connection.pragma_update(None, "page_size", 8192)?;
    configure(connection, Access::ReadWrite).map_err(|error| named(error, path))?;
    migration::bring_up_to_date(connection, None, Access::ReadWrite)
}

/// Every setting of a connection, in one place.
fn configure(connection: &Connection, access: Access) -> Result<(), StoreError> {
    /// Page cache in KiB: with the parser beside it, an import of any size stays under 150 MB.
    const CACHE_KIB: i64 = 16 * 1024;
    const STATEMENTS: usize = 128;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    if access == Access::ReadWrite {
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "normal")?;
    } else {
        connection.pragma_update(None, "query_only", true)?;
    }
    Ok(())
}

/// The connection, if the file is a ledger.
fn recognised(connection: Connection, path: &Path) -> Result<Connection, StoreError> {
    let id: i64 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(|error| not_opened(error, path))?;
    if id == APPLICATION_ID {
        Ok(connection)
    } else {
        Err(StoreError::NotALedger { path: path.to_owned(), seen: "it is a SQLite file of another program" })
    }
}

/// A write-ahead log needs a file beside the ledger even for reading. Where none can be made, nobody else can
/// write either, and SQLite may take the file for unchangeable.
fn connect_on_read_only_disk(path: &Path) -> Result<Connection, StoreError> {
    let absolute =
        std::path::absolute(path).map_err(|source| StoreError::Unreadable { path: path.to_owned(), source })?;
    let text = absolute.to_string_lossy().replace('\\', "/");
    let mut uri = String::from("file://");
    if !text.starts_with('/') {
        uri.push('/');
    }
    for character in text.chars() {
        match character {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            other => uri.push(other),
        }
    }
    uri.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(uri, flags).map_err(|error| not_opened(error, path))
}

/// Whether the file is a SQLite file without anything in it: a ledger whose creation was interrupted.
fn is_blank(path: &Path) -> Result<bool, StoreError> {
    let connection = connect(path, Access::ReadWrite)?;
    let id: i64 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(|error| not_opened(error, path))?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| not_opened(error, path))?;
    Ok(id == 0 && tables == 0)
}

fn not_opened(error: rusqlite::Error, path: &Path) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => {
            StoreError::NotALedger { path: path.to_owned(), seen: "it is no SQLite file, or an encrypted one" }
        }
        Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::PermissionDenied) => StoreError::Unreadable {
            path: path.to_owned(),
            source: fs::OpenOptions::new()
                .read(true)
                .write(true)
                .open(path)
                .err()
                .unwrap_or_else(|| std::io::Error::other(error.to_string())),
        },
        _ => error.into(),
    }
}

fn named(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::ReadOnly => StoreError::Unreadable {
            path: path.to_owned(),
            source: std::io::Error::from(std::io::ErrorKind::PermissionDenied),
        },
        other => other,
    }
}

#[cfg(test)]
mod tests;
