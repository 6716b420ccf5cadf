//! Unpacked bytes, checked while they are read.

use flate2::Crc;
use std::io::{self, Read};

/// What an archive says of a member.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Said {
    /// Size in bytes, where it is known beforehand.
    pub(super) size: Option<u64>,
    /// Checksum of its bytes.
    pub(super) crc: Option<u32>,
}

/// Unpacked bytes, checked against the limit and, at the end, against what the archive says of them.
pub(super) struct Unpacked<R> {
    inner: R,
    count: u64,
    allowed: u64,
    crc: Crc,
    said: Said,
}

impl<R: Read> Unpacked<R> {
    /// At most `allowed` bytes of `inner`.
    pub(super) fn new(inner: R, allowed: u64, said: Said) -> Self {
        Self { inner, count: 0, allowed, crc: Crc::new(), said }
    }

    fn check_end(&self) -> io::Result<()> {
        if self.said.crc.is_some_and(|crc| crc != self.crc.sum()) {
            return damaged("its checksum does not match: the archive is damaged");
        }
        if self.said.size.is_some_and(|size| size != self.count) {
            return damaged("its size is not what the archive says: the archive is damaged");
        }
        Ok(())
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if count == 0 && !buffer.is_empty() {
            self.check_end()?;
        }
        if self.said.crc.is_some() {
            self.crc.update(buffer.get(..count).unwrap_or_default());
        }
        self.count = self.count.saturating_add(count as u64);
        if self.count > self.allowed {
            return damaged("it unpacks to more than 200 times its size");
        }
        Ok(count)
    }
}

fn damaged<T>(reason: &str) -> io::Result<T> {
    Err(io::Error::new(io::ErrorKind::InvalidData, reason))
}
