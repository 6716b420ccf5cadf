//! The files behind the paths that a person names.

use crate::{
    error::{AppError, ErrorCode},
    wire::ImportFailure,
};
use change_ledger_ingest::Input;
use std::{
    io::Read,
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

/// A file to import, or a path of which nothing can be imported.
pub(super) enum Found {
    /// A file.
    File {
        /// Where it is.
        path: PathBuf,
        /// Whether it was found in a folder, not named itself.
        in_folder: bool,
    },
    /// What programs and systems leave beside the files of a person, with a word on what it is.
    LeftOut(ImportFailure),
    /// A folder or file that cannot be read; it does not keep the others out.
    Unreadable(ImportFailure),
}

/// The files behind `paths`: folders with all that lies below them, in the order of their names.
pub(super) fn expand(paths: &[String]) -> Result<Vec<Found>, AppError> {
    if paths.is_empty() {
        return Err(AppError::wrong_use("name at least one file or folder to import"));
    }
    let mut found = Vec::new();
    for path in paths {
        if Path::new(path).is_dir() {
            walk(path, &mut found);
        } else {
            found.push(Found::File { path: PathBuf::from(path), in_folder: false });
        }
    }
    Ok(found)
}

fn walk(folder: &str, found: &mut Vec<Found>) {
    let mut holds_anything = false;
    let mut entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) => {
                let left_over = left_over(&entry.file_name().to_string_lossy()).filter(|_| entry.depth() > 0);
                if let Some(what) = left_over {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                    found.push(left_out(entry.path(), what));
                } else if entry.file_type().is_file() {
                    holds_anything = true;
                    found.push(Found::File { path: entry.into_path(), in_folder: true });
                } else if entry.path_is_symlink() && entry.depth() > 0 {
                    found.push(Found::LeftOut(link_left_out(&entry.path().display().to_string())));
                }
            }
            Err(error) => {
                holds_anything = true;
                let at = error.path().map_or_else(|| folder.to_owned(), |path| path.display().to_string());
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                found.push(unreadable(&at, format!("{at} cannot be read: {why}"), "Check who may read it."));
            }
        }
    }
    if !holds_anything {
        found.push(unreadable(
            folder,
            format!("the folder {folder} holds no files"),
            "Name the folder into which the exports were saved.",
        ));
    }
}

/// What a file of this name is, if a program or system left it beside the files of a person.
fn left_over(name: &str) -> Option<&'static str> {
    let is_lock = name.starts_with("~$") || (name.starts_with(".~lock.") && name.ends_with('#'));
    match name {
        _ if is_lock => Some("a lock file, which a spreadsheet program keeps while a file is open"),
        "Thumbs.db" | "desktop.ini" | ".DS_Store" => Some("a file of the system"),
        _ if name.starts_with('.') => Some("hidden"),
        _ => None,
    }
}

/// A link in a folder or an archive, which is not followed.
pub(super) fn link_left_out(file: &str) -> ImportFailure {
    let message = format!("{file} is a link, which is not followed; it was left out");
    let error =
        AppError::new(ErrorCode::NotRecognised, message).hint("Import the file that it stands for, by its own name.");
    ImportFailure { file: file.to_owned(), error }
}

fn left_out(path: &Path, what: &str) -> Found {
    let file = path.display().to_string();
    let error = AppError::new(ErrorCode::NotRecognised, format!("{file} is {what}; it was left out"))
        .hint("Name it by itself when it is an export.");
    Found::LeftOut(ImportFailure { file, error })
}

/// Whether a file holds nothing but white space, as far as its beginning shows.
pub(super) fn is_blank(input: &dyn Input) -> bool {
    const LOOKED_AT: u64 = 64 * 1024;
    let mut beginning = Vec::new();
    let read = input.open().and_then(|source| source.take(LOOKED_AT).read_to_end(&mut beginning));
    read.is_ok() && beginning.iter().all(u8::is_ascii_whitespace)
}

fn unreadable(path: &str, message: String, hint: &str) -> Found {
    let error = AppError::new(ErrorCode::UnreadableInput, message).hint(hint);
    Found::Unreadable(ImportFailure { file: path.to_owned(), error })
}
