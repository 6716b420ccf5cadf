//! Writing files for people: never over an existing one without asking, and whole or not at all.

use crate::error::{AppError, ErrorCode};
use std::{
    fs,
    io::{ErrorKind, Write},
    path::Path,
};

/// Writes a file that must not exist yet.
///
/// # Errors
/// When it exists or cannot be written.
pub(crate) fn write_new(path: &Path, content: &[u8]) -> Result<(), AppError> {
    let refuse = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => AppError::new(ErrorCode::NotWritable, format!("{} already exists", path.display()))
            .hint("Choose another name, or move the existing file away."),
        _ => not_writable(path, &error),
    };
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(refuse)?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(|error| not_writable(path, &error))
}

/// Writes a file whole or not at all; one that exists is replaced.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<(), AppError> {
    write_whole_with(path, &mut |out| out.write_all(content).map_err(|error| not_writable(path, &error)))
}

/// As [`write_whole`], with a content that is never in memory as a whole.
///
/// # Errors
/// When it cannot be written, or `write` fails; then nothing is replaced.
pub(crate) fn write_whole_with(
    path: &Path,
    write: &mut dyn FnMut(&mut dyn Write) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let refuse = |error: &std::io::Error| not_writable(path, error);
    let mut file = for_everybody(&mut tempfile::Builder::new()).tempfile_in(folder).map_err(|error| refuse(&error))?;
    write(&mut file)?;
    file.as_file().sync_all().map_err(|error| refuse(&error))?;
    file.persist(path).map_err(|error| refuse(&error.error))?;
    Ok(())
}

/// Temporary files are private; a report is not. The person's umask still decides.
#[cfg(unix)]
fn for_everybody<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn for_everybody<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    builder
}

/// The error for a path that cannot be written.
pub(crate) fn not_writable(path: &Path, error: &std::io::Error) -> AppError {
    AppError::new(ErrorCode::NotWritable, format!("{} cannot be written: {error}", path.display()))
        .hint("Check that the folder exists, that you may write to it, and that there is space.")
}
