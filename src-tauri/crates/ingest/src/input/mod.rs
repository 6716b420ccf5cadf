//! Where bytes come from, and how they are cut into values.

pub mod container;
pub mod encoding;
pub(crate) mod framing;
pub(crate) mod markup;
pub(crate) mod scanner;
pub(crate) mod window;

use crate::IngestError;
use std::{
    fs::File,
    io::{self, Cursor, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Bytes that can be read more than once: a file, a member of an archive, memory.
pub trait Input {
    /// What people call it; used in messages.
    fn name(&self) -> &str;
    /// Starts reading at the first byte.
    ///
    /// # Errors
    /// When the bytes cannot be reached.
    fn open(&self) -> io::Result<Box<dyn Read + Send>>;
    /// Size in bytes, where it is known beforehand.
    fn len(&self) -> Option<u64>;
    /// Whether it is known to hold nothing.
    fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }
}

/// A file on disk.
#[derive(Debug, Clone)]
pub struct FileInput {
    path: PathBuf,
    name: String,
}

impl FileInput {
    /// A file, called by its path.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), name: path.display().to_string() }
    }
}

impl Input for FileInput {
    fn name(&self) -> &str {
        &self.name
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        // Asked before opening: opening a pipe would wait for somebody to write into it.
        let found = std::fs::metadata(&self.path)?;
        if found.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder, not a file"));
        }
        if !found.is_file() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "it is a pipe or a device, not a file"));
        }
        Ok(Box::new(File::open(&self.path)?))
    }

    fn len(&self) -> Option<u64> {
        std::fs::metadata(&self.path).ok().filter(std::fs::Metadata::is_file).map(|found| found.len())
    }
}

/// Bytes in memory.
#[derive(Debug, Clone)]
pub struct MemoryInput {
    name: String,
    bytes: Arc<[u8]>,
}

impl MemoryInput {
    /// Bytes under a name.
    #[must_use]
    pub fn new(name: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into() }
    }
}

impl Input for MemoryInput {
    fn name(&self) -> &str {
        &self.name
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(Arc::clone(&self.bytes))))
    }

    fn len(&self) -> Option<u64> {
        u64::try_from(self.bytes.len()).ok()
    }
}

/// The first bytes of an input, at most `limit` of them.
pub(crate) fn head(input: &dyn Input, limit: u64) -> Result<Vec<u8>, IngestError> {
    let not_readable = |cause| IngestError::NotReadable { file: input.name().to_owned(), cause };
    let mut bytes = Vec::new();
    input.open().map_err(not_readable)?.take(limit).read_to_end(&mut bytes).map_err(not_readable)?;
    Ok(bytes)
}
