//! The files behind the paths that a person names.

use crate::{
    error::{AppError, ErrorCode},
    wire::ImportFailure,
};
use std::path::{Path, PathBuf};
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
    let before = found.len();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        match entry {
            Ok(entry) => {
                let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
                if entry.file_type().is_file() && !hidden {
                    found.push(Found::File { path: entry.into_path(), in_folder: true });
                }
            }
            Err(error) => {
                let at = error.path().map_or_else(|| folder.to_owned(), |path| path.display().to_string());
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                found.push(unreadable(&at, format!("{at} cannot be read: {why}"), "Check who may read it."));
            }
        }
    }
    if found.len() == before {
        found.push(unreadable(
            folder,
            format!("the folder {folder} holds no files"),
            "Name the folder into which the exports were saved.",
        ));
    }
}

fn unreadable(path: &str, message: String, hint: &str) -> Found {
    let error = AppError::new(ErrorCode::UnreadableInput, message).hint(hint);
    Found::Unreadable(ImportFailure { file: path.to_owned(), error })
}
