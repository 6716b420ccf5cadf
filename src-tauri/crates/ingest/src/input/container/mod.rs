//! Archives: ZIP, tar, and single files packed with gzip or Zstandard; recognised by their first bytes.
//!
//! An archive may hold others, a few levels deep. Whatever it holds, what it may become is limited:
//! members, levels, bytes held in memory, and how much larger a member grows.

mod tape;
mod unpacked;
mod workbook;
mod workbook_parts;
mod zipped;

use super::Input;
use crate::IngestError;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use std::{
    io::{self, Cursor, Read},
    sync::Arc,
};
use unpacked::{Said, Unpacked};

/// The largest archive that is opened, in MiB; its packed bytes are held in memory.
const ARCHIVE_LIMIT_MIB: u64 = 256;
/// What an archive and those within it may hold in memory together, in MiB.
const HELD_LIMIT_MIB: u64 = 512;
const MIB: u64 = 1024 * 1024;
/// The most members that an archive may have, those of archives within it included.
const MEMBER_LIMIT: usize = 100_000;
/// How many archives may be within each other: a gzip of a tar of gzips are three.
const DEPTH_LIMIT: usize = 4;
/// How much larger a member may become. Text rarely packs better than 30 to 1.
const RATIO_LIMIT: u64 = 200;
/// What any member may become, whatever its packed size, in bytes.
const SMALL: u64 = MIB;
/// As many first bytes as show what an archive is; a tar says so late.
const HEAD: u64 = 512;

/// One file within an archive. It is unpacked while it is read.
#[derive(Debug, Clone)]
pub struct MemberInput {
    name: String,
    archive: Arc<[u8]>,
    packing: Packing,
    /// First packed byte in the archive, and how many there are.
    start: usize,
    packed: usize,
    size: Option<u64>,
}

/// How the bytes of a member were packed, and the checksum that they must have.
#[derive(Debug, Clone, Copy)]
enum Packing {
    Gzip,
    Zstandard,
    Deflated { crc: u32 },
    Stored { crc: Option<u32> },
}

impl Input for MemberInput {
    fn name(&self) -> &str {
        &self.name
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let mut cursor = Cursor::new(Arc::clone(&self.archive));
        cursor.set_position(self.start as u64);
        let packed = cursor.take(self.packed as u64);
        let allowed = (self.packed as u64).saturating_mul(RATIO_LIMIT).max(SMALL);
        let crc = match self.packing {
            Packing::Deflated { crc } => Some(crc),
            Packing::Stored { crc } => crc,
            Packing::Gzip | Packing::Zstandard => None,
        };
        let said = Said { size: self.size, crc };
        Ok(match self.packing {
            Packing::Gzip => Box::new(Unpacked::new(MultiGzDecoder::new(packed), allowed, said)),
            Packing::Zstandard => {
                Box::new(Unpacked::new(zstd::stream::read::Decoder::with_buffer(packed)?, allowed, said))
            }
            Packing::Deflated { .. } => Box::new(Unpacked::new(DeflateDecoder::new(packed), allowed, said)),
            Packing::Stored { .. } => Box::new(Unpacked::new(packed, allowed, said)),
        })
    }

    fn len(&self) -> Option<u64> {
        self.size
    }
}

/// What an archive holds, and what those within it hold.
#[derive(Debug, Clone, Default)]
pub struct Members {
    /// The files; each is an input of its own.
    pub files: Vec<MemberInput>,
    /// Names of the links, which are not followed: what they stand for may lie anywhere.
    pub links: Vec<String>,
}

/// What an archive and those within it hold; `None` when the input is none.
///
/// # Errors
/// When the archive is damaged, encrypted, packed in a way that is not read, or beyond every limit,
/// or when a member is named to escape its folder.
pub fn members(input: &dyn Input) -> Result<Option<Members>, IngestError> {
    let mut found = Members::default();
    let mut limits = Limits { file: input.name(), members: MEMBER_LIMIT, held: HELD_LIMIT_MIB * MIB };
    Ok(unpack(input, 0, &mut limits, &mut found)?.then_some(found))
}

/// Whether a file begins like an archive, or like a workbook, which is one. Nothing is unpacked.
///
/// # Errors
/// When it cannot be read.
pub fn is_archive(input: &dyn Input) -> Result<bool, IngestError> {
    Ok(form(&super::head(input, HEAD)?).is_some())
}

/// What is left of the limits of one archive.
struct Limits<'a> {
    /// The archive as a whole, for messages.
    file: &'a str,
    members: usize,
    /// Bytes that may still be held.
    held: u64,
}

impl Limits<'_> {
    fn refused(&self, reason: String) -> IngestError {
        IngestError::Archive { file: self.file.to_owned(), reason }
    }

    /// Counts one member more.
    fn take_member(&mut self) -> Result<(), IngestError> {
        let left = self.members.checked_sub(1);
        self.members = left.ok_or_else(|| self.refused(format!("it has more than {MEMBER_LIMIT} members")))?;
        Ok(())
    }

    /// All bytes of an archive.
    fn whole(&mut self, input: &dyn Input) -> Result<Arc<[u8]>, IngestError> {
        let limit = ARCHIVE_LIMIT_MIB * MIB;
        let bytes = super::head(input, limit + 1)?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(self.refused(format!("\"{}\" is larger than {ARCHIVE_LIMIT_MIB} MiB", input.name())));
        }
        self.held = self.held.checked_sub(size).ok_or_else(|| {
            self.refused(format!("the archives within it are larger than {HELD_LIMIT_MIB} MiB together"))
        })?;
        Ok(bytes.into())
    }
}

/// What the first bytes of a file show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Gzip,
    Zstandard,
    Zip,
    Tar,
    /// An archive of a kind that is not read, and its name.
    Other(&'static str),
}

fn form(start: &[u8]) -> Option<Form> {
    match start {
        [0x1F, 0x8B, ..] => Some(Form::Gzip),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Form::Zstandard),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Form::Zip),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => Some(Form::Other("bzip2")),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Form::Other("xz")),
        [b'7', b'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => Some(Form::Other("7-Zip")),
        [b'R', b'a', b'r', b'!', 0x1A, 7, ..] => Some(Form::Other("RAR")),
        _ if start.get(257..262) == Some(b"ustar") => Some(Form::Tar),
        _ => None,
    }
}

/// Adds what is within `input` to `found`; `false` when it is no archive.
fn unpack(input: &dyn Input, depth: usize, limits: &mut Limits<'_>, found: &mut Members) -> Result<bool, IngestError> {
    let Some(form) = form(&super::head(input, HEAD)?) else { return Ok(false) };
    if depth >= DEPTH_LIMIT {
        return Err(limits.refused(format!("it holds archives within archives, more than {DEPTH_LIMIT} levels deep")));
    }
    let inner = match form {
        Form::Gzip => vec![packed_file(input, Packing::Gzip, limits)?],
        Form::Zstandard => vec![packed_file(input, Packing::Zstandard, limits)?],
        Form::Tar => tape::files(input, limits, &mut found.links)?,
        Form::Zip => match zipped::files(input, limits, &mut found.links)? {
            Some(files) => files,
            None => return Ok(false),
        },
        Form::Other(packing) => {
            return Err(limits.refused(format!("\"{}\" is packed with {packing}, which is not read", input.name())));
        }
    };
    for member in inner {
        if !unpack(&member, depth + 1, limits, found)? {
            limits.take_member()?;
            found.files.push(member);
        }
    }
    Ok(true)
}

/// A single file that was packed: it keeps its name.
fn packed_file(input: &dyn Input, packing: Packing, limits: &mut Limits<'_>) -> Result<MemberInput, IngestError> {
    let archive = limits.whole(input)?;
    Ok(MemberInput { name: input.name().to_owned(), packed: archive.len(), archive, packing, start: 0, size: None })
}

/// What systems add beside the files that a person packed.
fn is_clutter(name: &str) -> bool {
    name.starts_with("__MACOSX/")
        || name
            .rsplit('/')
            .next()
            .is_some_and(|file| matches!(file, ".DS_Store" | "Thumbs.db" | "desktop.ini") || file.starts_with("._"))
}

#[cfg(test)]
mod tests;
