//! Copies of a ledger, and the way back.

use crate::{Access, Ledger, StoreError, VerifyProgress};
use rusqlite::{Connection, OpenFlags, backup::Backup};
use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

impl Ledger {
    /// Writes a consistent copy, also while another program writes to the ledger. Nothing is overwritten.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a file of that name; when the copy cannot be written.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if to.try_exists().map_err(|source| unreadable(to, source))? {
            return Err(StoreError::Exists(to.to_owned()));
        }
        let unfinished = beside(to, ".unfinished");
        copy(&self.connection, &unfinished)
            .and_then(|()| fs::rename(&unfinished, to).map_err(|source| unreadable(to, source)))
            .inspect_err(|_| discard(&unfinished))
    }
}

/// Puts a copy in the place of a ledger, once it passed its verification. A ledger that is there is kept
/// beside it; returns its new name.
///
/// # Errors
/// When `from` is [no ledger](StoreError::NotRestorable) or [not sound](StoreError::NotVerified); [`StoreError::Busy`] when the ledger at
/// `to` is in use; when files cannot be written. In each case the ledger at `to` stays as it was.
pub fn restore(
    from: &Path,
    to: &Path,
    progress: &mut dyn FnMut(VerifyProgress),
) -> Result<Option<PathBuf>, StoreError> {
    if is_same_file(from, to) {
        return Err(StoreError::SameFile(from.to_owned()));
    }
    let of_backup = |error| said_of_backup(error, from);
    let source = Ledger::open(from, Access::ReadOnly).map_err(of_backup)?;
    if let Some(first) = source.verify(progress).map_err(of_backup)?.findings.first() {
        return Err(StoreError::NotVerified { path: from.to_owned(), first: first.to_string() });
    }
    let unfinished = beside(to, ".unfinished");
    let kept = copy(&source.connection, &unfinished)
        .and_then(|()| set_aside(to))
        .and_then(|kept| {
            fs::rename(&unfinished, to).map_err(|source| unreadable(to, source))?;
            Ok(kept)
        })
        .inspect_err(|_| discard(&unfinished))?;
    Ok(kept)
}

/// What is wrong with a backup, so that nobody takes it for something wrong with the ledger.
fn said_of_backup(error: StoreError, from: &Path) -> StoreError {
    let path = from.to_owned();
    let not_restorable =
        |problem: &str| StoreError::NotRestorable { path: from.to_owned(), problem: problem.to_owned() };
    match error {
        StoreError::NotFound(_) => not_restorable("there is no such file"),
        StoreError::NotALedger { seen, .. } => not_restorable(seen),
        StoreError::Damaged(problem) => StoreError::NotVerified { path, first: format!("it is damaged: {problem}") },
        StoreError::Sqlite(failure) => StoreError::NotVerified { path, first: format!("it cannot be read: {failure}") },
        other => other,
    }
}

/// Whether two names lead to one file.
fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// Copies all pages in one step, so that no write of another program comes between them.
fn copy(from: &Connection, to: &Path) -> Result<(), StoreError> {
    discard(to);
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|source| unreadable(folder, source))?;
    }
    // SQLite would only say that it cannot open the file; the file system says why.
    fs::File::create(to).map_err(|source| unreadable(to, source))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut target = Connection::open_with_flags(to, flags)?;
    let done = Backup::new(from, &mut target)?.step(-1)?;
    // The copy says of itself that it has a write-ahead log, which whoever looks at it would lay beside it.
    target.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    target.close().map_err(|(_, error)| error)?;
    match done {
        rusqlite::backup::StepResult::Done => {
            let written = fs::File::open(to).and_then(|file| file.sync_all());
            written.map_err(|source| unreadable(to, source))
        }
        _ => Err(StoreError::Busy),
    }
}

/// Moves a ledger to a name of its own. Its write-ahead log must be part of it before.
fn set_aside(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    if !path.try_exists().map_err(|source| unreadable(path, source))? {
        return Ok(None);
    }
    // Opening and closing folds in the log, unless somebody else has the ledger open. What is no ledger
    // needs no such care.
    drop(Ledger::open(path, Access::ReadWrite).ok());
    let log = beside(path, "-wal");
    if log.exists() && Ledger::open(path, Access::ReadOnly).is_ok() {
        return Err(StoreError::Busy);
    }
    let kept = free_name(path);
    fs::rename(path, &kept).map_err(|source| unreadable(path, source))?;
    for suffix in ["-wal", "-shm"] {
        let part = beside(path, suffix);
        if part.exists() {
            fs::rename(&part, beside(&kept, suffix)).map_err(|source| unreadable(&part, source))?;
        }
    }
    Ok(Some(kept))
}

/// `.before-restore`, or with the first free number behind it.
fn free_name(path: &Path) -> PathBuf {
    let mut name = beside(path, ".before-restore");
    let mut n = 1_u32;
    while name.exists() {
        n += 1;
        name = beside(path, &format!(".before-restore-{n}"));
    }
    name
}

pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Removes what an interrupted copy left.
pub(crate) fn discard(unfinished: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let part = beside(unfinished, suffix);
        if let Err(error) = fs::remove_file(&part)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(file = %part.display(), %error, "an unfinished copy could not be removed");
        }
    }
}

fn unreadable(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Unreadable { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests;
