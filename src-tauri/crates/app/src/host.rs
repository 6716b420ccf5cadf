//! What a use case needs from whoever runs it: window, command line or test.

#[cfg(test)]
pub(crate) mod scripted;

use crate::wire::Progress;
use change_ledger_model::Timestamp;
use std::path::PathBuf;

/// The surroundings of a use case. It grows only when a use case needs more.
pub trait Host: Send + Sync {
    /// The present moment; the command line may have been told another one.
    fn now(&self) -> Timestamp;

    /// Shows how far a long job is. Called some times a second.
    fn progress(&self, progress: &Progress);

    /// Lets a person choose files to read; empty when the dialog was closed or there is nobody to ask.
    fn choose_files(&self, kind: FileChoice) -> Vec<PathBuf>;

    /// Lets a person choose where to write; `None` when the dialog was closed or there is nobody to ask.
    fn choose_target(&self, suggested_name: &str) -> Option<PathBuf>;

    /// The folder in which the ledger and the sample workspace are kept.
    fn data_folder(&self) -> PathBuf;

    /// Whether people read the ledger while a use case writes to it, so that it must not be locked for long.
    fn shows_the_ledger_meanwhile(&self) -> bool;

    /// Shows an `https` address in the person's browser; `false` when there is none.
    fn open_address(&self, url: &str) -> bool;
}

/// What a person is asked to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileChoice {
    /// Export files, several.
    Exports,
    /// One ledger file.
    Ledger,
}
