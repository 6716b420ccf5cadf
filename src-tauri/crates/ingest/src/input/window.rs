//! A growing window over a stream of bytes, as UTF-8, that knows where it stands in the file.

use super::encoding::{Encoding, ascii_compatible};
use crate::IngestError;
use std::io::{Cursor, Read};

/// Bytes asked for at a time.
const READ_SIZE: u64 = 256 * 1024;

/// The largest single value, in MiB.
pub(crate) const VALUE_LIMIT_MIB: u64 = 64;
const VALUE_LIMIT: usize = 64 * 1024 * 1024;

/// A stretch of a stream that is held in memory. Positions count from the first byte still held.
pub(crate) struct Window<'r> {
    source: Box<dyn Read + 'r>,
    file: String,
    encoding: Encoding,
    held: Vec<u8>,
    start: usize,
    /// Offset in the file of the first byte still held.
    offset: u64,
    line: u64,
    ended: bool,
}

impl<'r> Window<'r> {
    /// Starts at the first byte of a stream after its byte order mark. JSON is UTF-8 or UTF-16.
    pub(crate) fn new(mut source: Box<dyn Read + 'r>, file: &str) -> Result<Self, IngestError> {
        let not_readable = |cause| IngestError::NotReadable { file: file.to_owned(), cause };
        let mut start = Vec::with_capacity(4);
        source.by_ref().take(4).read_to_end(&mut start).map_err(not_readable)?;
        let encoding = unicode_of(&start);
        let whole = Box::new(Cursor::new(start).chain(source));
        let (source, mark) = ascii_compatible(whole, encoding).map_err(not_readable)?;
        Ok(Self {
            source,
            file: file.to_owned(),
            encoding,
            held: Vec::new(),
            start: 0,
            offset: mark as u64,
            line: 1,
            ended: false,
        })
    }

    /// How the stream's bytes stand for letters.
    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The bytes held.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.held.get(self.start..).unwrap_or_default()
    }

    /// The byte at `at`, reading on if it is not held yet; `None` after the end.
    pub(crate) fn byte(&mut self, at: usize) -> Result<Option<u8>, IngestError> {
        while at >= self.bytes().len() {
            if !self.fill()? {
                return Ok(None);
            }
        }
        Ok(self.bytes().get(at).copied())
    }

    /// Reads on. `false` after the end.
    pub(crate) fn fill(&mut self) -> Result<bool, IngestError> {
        if self.ended {
            return Ok(false);
        }
        if self.held.len() - self.start > VALUE_LIMIT {
            return Err(IngestError::TooLarge { file: self.file.clone(), offset: self.offset, limit: VALUE_LIMIT_MIB });
        }
        self.held.drain(..self.start);
        self.start = 0;
        let read = self.source.by_ref().take(READ_SIZE).read_to_end(&mut self.held);
        let count = read.map_err(|cause| IngestError::NotReadable { file: self.file.clone(), cause })?;
        self.ended = count == 0;
        Ok(!self.ended)
    }

    /// Lets go of the first `count` bytes.
    pub(crate) fn consume(&mut self, count: usize) {
        let count = count.min(self.bytes().len());
        let passed = self.bytes().get(..count).unwrap_or_default();
        let lines = memchr::memchr_iter(b'\n', passed).count() as u64;
        let length = self.length_in_file(passed);
        self.line += lines;
        self.offset += length;
        self.start += count;
    }

    /// Offset in the file of the first byte held.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Line of the first byte held, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes of the file `text` was.
    pub(crate) fn length_in_file(&self, text: &[u8]) -> u64 {
        self.encoding.source_length(text)
    }
}

/// The Unicode encoding that the first bytes of a JSON text show. JSON begins with an ASCII
/// character, so a NUL beside it shows UTF-16 without a byte order mark.
pub(crate) fn unicode_of(start: &[u8]) -> Encoding {
    match (Encoding::from_mark(start), start) {
        (Some((encoding, _)), _) => encoding,
        (None, [first, 0, ..]) if *first != 0 => Encoding::Utf16Le,
        (None, [0, second, ..]) if *second != 0 => Encoding::Utf16Be,
        _ => Encoding::Utf8,
    }
}
