//! Archives: what is in them, and what they may become.

use change_ledger_ingest::{Input, MemberInput, MemoryInput, members};
use flate2::{Compression, write::GzEncoder};
use std::{
    io::{self, Cursor, Read, Write},
    path::{Component, Path},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Small files inflate to this many bytes at most, larger ones to a multiple of their size.
const SMALL: u64 = 1024 * 1024;
const RATIO: u64 = 200;

/// The first byte says how the rest is packed once more, because random bytes are never what a checksum expects.
///
/// An archive is refused in a sentence; otherwise its members stay within it, become no larger than the limits say, and
/// are the same when they are read again.
pub(super) fn check(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let packed = match first % 4 {
        0 => rest.to_vec(),
        1 => gzip(rest).unwrap(),
        2 => zstd::encode_all(rest, 1).unwrap(),
        _ => zip(&[("in", rest)], CompressionMethod::Deflated).unwrap(),
    };
    let size = packed.len() as u64;
    match members(&MemoryInput::new("x", packed)) {
        Ok(None) => {}
        Ok(Some(found)) => {
            let count = found.files.len() + found.links.len();
            assert!(count as u64 <= size, "{count} members in {size} bytes");
            found.files.iter().for_each(|member| check_member(member, size));
        }
        Err(refusal) => {
            let said = refusal.to_string();
            assert!(said.ends_with('.') && refusal.hint().is_some(), "{said}");
        }
    }
}

fn check_member(member: &MemberInput, archive: u64) {
    let stays = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    assert!(Path::new(member.name()).components().all(stays), "{}", member.name());
    let (once, again) = (unpacked(member), unpacked(member));
    assert_eq!(once.as_ref().map_err(ToString::to_string), again.as_ref().map_err(ToString::to_string));
    if let Ok(text) = once {
        let size = text.len() as u64;
        // An archive within another may grow as much again.
        assert!(size <= SMALL.max(archive.saturating_mul(RATIO).saturating_mul(RATIO)), "{size}");
        assert!(member.len().is_none_or(|said| said == size), "{:?} is {size}", member.len());
    }
}

fn unpacked(member: &MemberInput) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    member.open()?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes)?;
    packed.finish()
}

/// A ZIP of files.
pub(super) fn zip(files: &[(&str, &[u8])], method: CompressionMethod) -> io::Result<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method))?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

fn tar(files: &[(&str, &[u8])]) -> io::Result<Vec<u8>> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        builder.append_data(&mut header, name, *bytes)?;
    }
    builder.into_inner()
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let files: [(&str, &[u8]); 3] =
        [("a/prs.json", b"[{\"number\":1}]"), ("b.csv", b"a,b\n1,2\n"), (".DS_Store", b"x")];
    let stored = zip(&files, CompressionMethod::Stored).unwrap();
    let deflated = zip(&files, CompressionMethod::Deflated).unwrap();
    let tape = tar(&files).unwrap();
    let nested = zip(&[("q3.tar.gz", &gzip(&tape).unwrap()), ("q4.zip", &stored)], CompressionMethod::Stored).unwrap();
    let deep = (0..5).fold(b"[1]".to_vec(), |inner, _| gzip(&inner).unwrap());
    let bomb = zstd::encode_all(&vec![b' '; 3 << 20][..], 1).unwrap();
    let archives = [stored, deflated, tape, nested, deep, bomb, b"BZh91AY&SY".to_vec(), b"7z\xBC\xAF\x27\x1C".to_vec()];
    archives.iter().flat_map(|archive| (0..4_u8).map(|first| [&[first][..], archive].concat())).collect()
}
