//! Unpacked bytes, checked while they are read.

use flate2::Crc;
use std::io::{self, Read};

/// Unpacked bytes, checked against the limit and, at the end, the checksum.
pub(super) struct Unpacked<R> {
    inner: R,
    left: u64,
    crc: Crc,
    expected: Option<u32>,
}

impl<R: Read> Unpacked<R> {
    /// At most `allowed` bytes of `inner`, which must have the checksum `expected` where there is one.
    pub(super) fn new(inner: R, allowed: u64, expected: Option<u32>) -> Self {
        Self { inner, left: allowed, crc: Crc::new(), expected }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let damaged = |reason| Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        if let Some(expected) = self.expected {
            if count == 0 && !buffer.is_empty() && expected != self.crc.sum() {
                return damaged("its checksum does not match: the archive is damaged");
            }
            self.crc.update(buffer.get(..count).unwrap_or_default());
        }
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => return damaged("it unpacks to more than 200 times its size"),
        }
        Ok(count)
    }
}
