//! Reading that ends when the person stops the import.

use crate::jobs::Cancelled;
use change_ledger_ingest::Input;
use std::io::{self, Read};

/// An input whose bytes stop coming once the import is stopped: whatever looks at the file then ends with an error.
pub(crate) struct Watched<'a> {
    pub(crate) input: &'a dyn Input,
    pub(crate) cancel: &'a Cancelled,
}

impl Input for Watched<'_> {
    fn name(&self) -> &str {
        self.input.name()
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(WatchedReader { source: self.input.open()?, cancel: self.cancel.clone() }))
    }

    fn len(&self) -> Option<u64> {
        self.input.len()
    }
}

struct WatchedReader {
    source: Box<dyn Read + Send>,
    cancel: Cancelled,
}

impl Read for WatchedReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.cancel.is_set() {
            return Err(io::Error::other("the import was stopped"));
        }
        self.source.read(buffer)
    }
}
