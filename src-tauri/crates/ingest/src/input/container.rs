//! Archives: `.json.gz` and `.zip`, recognised by their first bytes.

use super::Input;
use crate::IngestError;
use flate2::{
    Crc,
    bufread::{DeflateDecoder, MultiGzDecoder},
};
use std::{
    io::{self, Cursor, Read},
    sync::Arc,
};
use zip::{CompressionMethod, ZipArchive};

/// The largest archive that is opened, in MiB; its packed bytes are held in memory.
const ARCHIVE_LIMIT_MIB: u64 = 256;
/// The most members that an archive may have.
const MEMBER_LIMIT: usize = 10_000;
/// How much larger a member may become. Text rarely packs better than 30 to 1.
const RATIO_LIMIT: u64 = 200;
/// What any member may become, whatever its packed size, in bytes.
const SMALL: u64 = 1024 * 1024;

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

#[derive(Debug, Clone, Copy)]
enum Packing {
    Gzip,
    Deflated { crc: u32 },
    Stored { crc: u32 },
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
        Ok(match self.packing {
            Packing::Gzip => Box::new(Unpacked::new(MultiGzDecoder::new(packed), allowed, None)),
            Packing::Deflated { crc } => Box::new(Unpacked::new(DeflateDecoder::new(packed), allowed, Some(crc))),
            Packing::Stored { crc } => Box::new(Unpacked::new(packed, allowed, Some(crc))),
        })
    }

    fn len(&self) -> Option<u64> {
        self.size
    }
}

/// Unpacked bytes, checked against the limit and, at the end, the checksum.
struct Unpacked<R> {
    inner: R,
    left: u64,
    crc: Crc,
    expected: Option<u32>,
}

impl<R: Read> Unpacked<R> {
    fn new(inner: R, allowed: u64, expected: Option<u32>) -> Self {
        Self { inner, left: allowed, crc: Crc::new(), expected }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let damaged = |reason| Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        if count == 0 && !buffer.is_empty() && self.expected.is_some_and(|expected| expected != self.crc.sum()) {
            return damaged("its checksum does not match: the archive is damaged");
        }
        self.crc.update(buffer.get(..count).unwrap_or_default());
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => return damaged("it unpacks to more than 200 times its size"),
        }
        Ok(count)
    }
}

/// The files within an archive; `None` when the input is none. Each member is then an input of its own.
///
/// # Errors
/// When the archive is damaged, encrypted or beyond every limit, holds archives itself, or a member
/// is named to escape its folder.
pub fn members(input: &dyn Input) -> Result<Option<Vec<MemberInput>>, IngestError> {
    let start = super::head(input, 4)?;
    match start.as_slice() {
        [0x1F, 0x8B, ..] => {
            let archive = whole(input)?;
            let packed = archive.len();
            let member = MemberInput {
                name: input.name().to_owned(),
                archive,
                packing: Packing::Gzip,
                start: 0,
                packed,
                size: None,
            };
            refuse_nested(&member, input.name())?;
            Ok(Some(vec![member]))
        }
        b"PK\x03\x04" => zip_members(input),
        _ => Ok(None),
    }
}

fn zip_members(input: &dyn Input) -> Result<Option<Vec<MemberInput>>, IngestError> {
    let refused = |reason: String| IngestError::Archive { file: input.name().to_owned(), reason };
    let archive = whole(input)?;
    let mut zip = ZipArchive::new(Cursor::new(Arc::clone(&archive))).map_err(|error| refused(error.to_string()))?;
    // Office documents are ZIP archives too, but not of exports.
    if zip.index_for_name("[Content_Types].xml").is_some() {
        return Ok(None);
    }
    if zip.len() > MEMBER_LIMIT {
        return Err(refused(format!("it has {} members; at most {MEMBER_LIMIT} are read", zip.len())));
    }
    let mut members = Vec::new();
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(|error| refused(error.to_string()))?;
        let name = entry.name().to_owned();
        if entry.enclosed_name().is_none() {
            return Err(refused(format!("its member \"{name}\" is named to escape the folder")));
        }
        if entry.encrypted() {
            return Err(refused(format!("its member \"{name}\" is encrypted")));
        }
        if entry.is_dir() || entry.size() == 0 || is_clutter(&name) {
            continue;
        }
        let packing = match entry.compression() {
            CompressionMethod::Stored => Packing::Stored { crc: entry.crc32() },
            CompressionMethod::Deflated => Packing::Deflated { crc: entry.crc32() },
            other => return Err(refused(format!("its member \"{name}\" is packed with {other}, which is not read"))),
        };
        let (Ok(start), Ok(packed)) = (usize::try_from(entry.data_start()), usize::try_from(entry.compressed_size()))
        else {
            return Err(refused(format!("its member \"{name}\" has no place in it")));
        };
        let size = Some(entry.size());
        let name = format!("{}/{name}", input.name());
        let member = MemberInput { name, archive: Arc::clone(&archive), packing, start, packed, size };
        refuse_nested(&member, input.name())?;
        members.push(member);
    }
    Ok(Some(members))
}

/// What systems add beside the files that a person packed.
fn is_clutter(name: &str) -> bool {
    name.starts_with("__MACOSX/")
        || name.rsplit('/').next().is_some_and(|file| matches!(file, ".DS_Store" | "Thumbs.db"))
}

fn whole(input: &dyn Input) -> Result<Arc<[u8]>, IngestError> {
    let limit = ARCHIVE_LIMIT_MIB * 1024 * 1024;
    let bytes = super::head(input, limit + 1)?;
    if bytes.len() as u64 > limit {
        let reason = format!("it is larger than {ARCHIVE_LIMIT_MIB} MiB");
        return Err(IngestError::Archive { file: input.name().to_owned(), reason });
    }
    Ok(bytes.into())
}

fn refuse_nested(member: &MemberInput, file: &str) -> Result<(), IngestError> {
    match super::head(member, 4)?.as_slice() {
        [0x1F, 0x8B, ..] | b"PK\x03\x04" => {
            let reason = format!("\"{}\" holds another archive", member.name);
            Err(IngestError::Archive { file: file.to_owned(), reason })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemoryInput;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn text(member: &MemberInput) -> io::Result<String> {
        let mut text = String::new();
        member.open()?.read_to_string(&mut text)?;
        Ok(text)
    }

    fn refusal(bytes: Vec<u8>) -> String {
        members(&MemoryInput::new("x.zip", bytes)).unwrap_err().to_string()
    }

    #[test]
    fn members_are_inputs() {
        let found = members(&MemoryInput::new("prs.json.gz", gzip(b"[1]"))).unwrap().unwrap();
        assert_eq!(found.iter().map(|member| text(member).unwrap()).collect::<Vec<_>>(), ["[1]"]);

        let packed = zip(&[("a/prs.json", b"[2]"), ("__MACOSX/a", b"x"), ("b.csv", b"n"), ("empty", b"")]);
        let found = members(&MemoryInput::new("x.zip", packed)).unwrap().unwrap();
        let named: Vec<(&str, String)> = found.iter().map(|member| (member.name(), text(member).unwrap())).collect();
        assert_eq!(named, [("x.zip/a/prs.json", "[2]".to_owned()), ("x.zip/b.csv", "n".to_owned())]);

        assert!(members(&MemoryInput::new("prs.json", *b"[]")).unwrap().is_none());
        assert!(members(&MemoryInput::new("x.xlsx", zip(&[("[Content_Types].xml", b"<")]))).unwrap().is_none());
    }

    #[test]
    fn unsafe_archives_are_refused() {
        assert!(refusal(zip(&[("../evil.json", b"[]")])).contains("escape"));
        assert!(refusal(zip(&[("inner.gz", &gzip(b"[]"))])).contains("another archive"));
        assert!(refusal(b"PK\x03\x04 not really".to_vec()).contains("cannot be unpacked"));
    }

    #[test]
    fn bombs_and_damage_end_the_reading() {
        let bomb = members(&MemoryInput::new("x.gz", gzip(&vec![b' '; 8 * 1024 * 1024]))).unwrap().unwrap();
        assert!(text(&bomb[0]).unwrap_err().to_string().contains("200 times"));

        let mut packed = zip(&[("a", &[b'a'; 400])]);
        let stored = members(&MemoryInput::new("x.zip", packed.clone())).unwrap().unwrap();
        // The packed bytes of the only member, somewhere in their middle.
        packed[stored[0].start + stored[0].packed / 2] ^= 0x55;
        let read = members(&MemoryInput::new("x.zip", packed)).map(|found| found.map(|found| text(&found[0])));
        assert!(!matches!(read, Ok(Some(Ok(_)))), "{read:?}");
    }
}
