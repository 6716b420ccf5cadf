use super::*;
use crate::MemoryInput;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use tar::{Builder, EntryType, Header};
use zip::{ZipWriter, write::SimpleFileOptions};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zstandard(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = Header::new_gnu();
        // The library refuses to write the names that must be refused on reading.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_entry_type(if name.ends_with('/') { EntryType::Directory } else { EntryType::Regular });
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
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
    let check = |name: &str, bytes: Vec<u8>, expected: &[(&str, &str)]| {
        let found = members(&MemoryInput::new(name, bytes)).unwrap().unwrap().files;
        let named: Vec<(&str, String)> = found.iter().map(|member| (member.name(), text(member).unwrap())).collect();
        let expected: Vec<(&str, String)> = expected.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        assert_eq!(named, expected, "{name}");
    };
    check("prs.json.gz", gzip(b"[1]"), &[("prs.json.gz", "[1]")]);
    check("two.gz", [gzip(b"[1]"), gzip(b"[2]")].concat(), &[("two.gz", "[1][2]")]);
    check("prs.json.zst", zstandard(b"[1]"), &[("prs.json.zst", "[1]")]);
    check("two.zst", [zstandard(b"[1]"), zstandard(b"[2]")].concat(), &[("two.zst", "[1][2]")]);
    let files: [(&str, &[u8]); 6] = [
        ("a/prs.json", b"[2]"),
        ("__MACOSX/a", b"x"),
        ("b.csv", b"n"),
        ("empty", b""),
        ("a/.DS_Store", b"x"),
        ("._b.csv", b"x"),
    ];
    check("x.zip", zip(&files), &[("x.zip/a/prs.json", "[2]"), ("x.zip/b.csv", "n")]);
    check("x.tar", tar(&files), &[("x.tar/a/prs.json", "[2]"), ("x.tar/b.csv", "n")]);
    check("x.tar.gz", gzip(&tar(&files)), &[("x.tar.gz/a/prs.json", "[2]"), ("x.tar.gz/b.csv", "n")]);
    check("x.tar.zst", zstandard(&tar(&files)), &[("x.tar.zst/a/prs.json", "[2]"), ("x.tar.zst/b.csv", "n")]);
    let nested = zip(&[("q3.json.gz", &gzip(b"[3]")), ("q4.tar", &tar(&[("d/", b""), ("./d/q4.json", b"[4]")]))]);
    check("n.zip", nested, &[("n.zip/q3.json.gz", "[3]"), ("n.zip/q4.tar/./d/q4.json", "[4]")]);
    check("none.zip", zip(&[]), &[]);
}

#[test]
fn what_is_no_archive_is_none() {
    for bytes in
        [b"[]".to_vec(), zip(&[("[Content_Types].xml", b"<")]), zip(&[("mimetype", b"m"), ("content.xml", b"<")])]
    {
        assert!(members(&MemoryInput::new("x", bytes)).unwrap().is_none());
    }
    // A document within an archive is a member like any other.
    let with_sheet = zip(&[("list.xlsx", &zip(&[("[Content_Types].xml", b"<")]))]);
    assert_eq!(members(&MemoryInput::new("x.zip", with_sheet)).unwrap().unwrap().files.len(), 1);
}

#[test]
fn unsafe_and_unreadable_archives_are_refused_with_the_reason() {
    let check = |bytes: Vec<u8>, expected: &str| {
        let said = refusal(bytes);
        assert!(
            said.starts_with("x.zip cannot be unpacked: ") && said.contains(expected) && said.ends_with('.'),
            "{said}"
        );
    };
    check(zip(&[("../evil.json", b"[]")]), "named to escape the folder");
    check(tar(&[("../evil.json", b"[]")]), "named to escape the folder");
    check(tar(&[("/etc/evil.json", b"[]")]), "named to escape the folder");
    check(b"PK\x03\x04 not really".to_vec(), "x.zip cannot be unpacked");
    check(b"BZh91AY&SY and more".to_vec(), "packed with bzip2, which is not read");
    check(b"\xFD7zXZ\0 and more".to_vec(), "packed with xz");
    check(zip(&[("in.7z", b"7z\xBC\xAF\x27\x1C and more")]), "\"x.zip/in.7z\" is packed with 7-Zip");
    let deep = (0..DEPTH_LIMIT).fold(b"[1]".to_vec(), |inner, _| gzip(&inner));
    assert_eq!(members(&MemoryInput::new("x.zip", deep.clone())).unwrap().unwrap().files.len(), 1);
    check(gzip(&deep), "more than 4 levels deep");
    let mut cut = tar(&[("a.json", &[b'a'; 2000])]);
    cut.truncate(1024);
    check(cut, "it ends in the middle of its member \"a.json\"");
}

#[test]
fn links_are_named_and_not_followed() {
    let mut builder = Builder::new(Vec::new());
    for (kind, name) in [(EntryType::Symlink, "link.json"), (EntryType::Link, "same.json")] {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        builder.append_link(&mut header, name, "/etc/passwd").unwrap();
    }
    let tar = builder.into_inner().unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("link.json", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    writer.start_file("all.tar", SimpleFileOptions::default()).unwrap();
    writer.write_all(&tar).unwrap();
    let zip = writer.finish().unwrap().into_inner();
    let check = |bytes: Vec<u8>, expected: &[&str]| {
        let found = members(&MemoryInput::new("x", bytes)).unwrap().unwrap();
        assert_eq!(
            (found.links.iter().map(String::as_str).collect::<Vec<_>>(), found.files.len()),
            (expected.to_vec(), 0)
        );
    };
    check(tar, &["x/link.json", "x/same.json"]);
    check(zip, &["x/link.json", "x/all.tar/link.json", "x/all.tar/same.json"]);
}

#[test]
fn an_archive_may_have_only_so_many_members() {
    let mut limits = Limits { file: "x.zip", members: 1, held: MIB };
    let files = zip(&[("a", b"1"), ("b", b"2")]);
    let said = unpack(&MemoryInput::new("x.zip", files), 0, &mut limits, &mut Members::default()).unwrap_err();
    assert!(said.to_string().contains("it has 2 members"), "{said}");
    let mut limits = Limits { file: "x.tar", members: 1, held: MIB };
    let files = tar(&[("a", b"1"), ("b", b"2")]);
    let said = unpack(&MemoryInput::new("x.tar", files), 0, &mut limits, &mut Members::default()).unwrap_err();
    assert!(said.to_string().contains("more than 100000 members"), "{said}");
}

#[test]
fn archives_may_hold_only_so_much_in_memory() {
    let mut limits = Limits { file: "x.gz", members: 9, held: 10 };
    let said = unpack(&MemoryInput::new("x.gz", gzip(b"[1]")), 0, &mut limits, &mut Members::default()).unwrap_err();
    assert!(said.to_string().contains("larger than 512 MiB together"), "{said}");
}

#[test]
fn bombs_and_damage_end_the_reading() {
    let blank = vec![b' '; 8 * 1024 * 1024];
    for packed in [gzip(&blank), zstandard(&blank)] {
        let bomb = members(&MemoryInput::new("x", packed)).unwrap().unwrap();
        assert!(text(&bomb.files[0]).unwrap_err().to_string().contains("200 times"));
    }
    let mut packed = zip(&[("a", &[b'a'; 400])]);
    // The size that the list at the end of the archive gives, four bytes behind the checksum and the packed size.
    let listed = packed.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    let mut other_size = packed.clone();
    other_size[listed + 24] ^= 1;
    let said = members(&MemoryInput::new("x.zip", other_size)).unwrap_err().to_string();
    assert!(said.contains("its size is not what the archive says"), "{said}");
    let stored = members(&MemoryInput::new("x.zip", packed.clone())).unwrap().unwrap().files;
    // The packed bytes of the only member, somewhere in their middle.
    packed[stored[0].start + stored[0].packed / 2] ^= 0x55;
    let read = members(&MemoryInput::new("x.zip", packed)).map(|found| found.map(|found| text(&found.files[0])));
    assert!(!matches!(read, Ok(Some(Ok(_)))), "{read:?}");
}

mod any_bytes {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        /// A damaged archive is refused, or its members are read to an end or an error: nothing panics.
        #[test]
        fn damaged_archives_do_no_harm(which in 0..5_usize, at in 0..4096_usize, byte: u8, cut in 0..4096_usize) {
            let files: [(&str, &[u8]); 2] = [("a.json", br#"[{"number":1}]"#), ("b/c.csv", b"a,b\n1,2\n")];
            let packed = [zip(&files), tar(&files), gzip(&tar(&files)), zstandard(b"[1]"), zip(&[("z.gz", &gzip(b"[2]"))])];
            let mut bytes = packed[which].clone();
            let at = at % bytes.len();
            bytes[at] ^= byte;
            bytes.truncate(bytes.len() - cut % bytes.len() / 2);
            if let Ok(Some(found)) = members(&MemoryInput::new("x", bytes)) {
                for member in found.files {
                    let _ends = text(&member);
                }
            }
        }
    }
}
