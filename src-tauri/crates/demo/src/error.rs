//! Why a demo could not be written.

use std::path::{Path, PathBuf};

/// Why [`crate::write`] stopped.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The folder holds something that no earlier demo wrote; nothing was touched.
    #[error(
        "{} already holds {entry:?}, which is not part of an earlier demo: choose an empty or new folder",
        folder.display()
    )]
    Occupied {
        /// The folder that was asked for.
        folder: PathBuf,
        /// The first entry, relative to the folder, that is not ours.
        entry: String,
    },
    /// The number of changes asked for cannot carry the story.
    #[error("{asked} changes were asked for, the story needs between {least} and {most}")]
    Size {
        /// Changes asked for.
        asked: u64,
        /// Fewest changes that work.
        least: u64,
        /// Most changes that work.
        most: u64,
    },
    /// A file or folder could not be read or written.
    #[error("cannot write {}: {source}; check free space and permissions", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl DemoError {
    /// Names the file or folder that an input/output error belongs to.
    pub(crate) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_path_buf();
        move |source| Self::Io { path, source }
    }
}
