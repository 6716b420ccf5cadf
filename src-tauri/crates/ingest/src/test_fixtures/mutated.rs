//! Damaged exports of every kind: nothing panics, and every row ends as a record or as a reject.

use super::{all, options};
use crate::{Encoding, Flow, IngestError, MemoryInput, Options, Reading, Row, Sink, Summary, prepare, read, reread};
use change_ledger_model::{
    record::{Record, Reject, Span},
    source::SourceKind,
};
use proptest::prelude::*;
use std::{io::Cursor, sync::LazyLock};

static FIXTURES: LazyLock<Vec<(SourceKind, String, Vec<u8>)>> = LazyLock::new(all);

/// One way to damage a file. Places are in thousandths of its length.
#[derive(Debug, Clone)]
enum Damage {
    Cut(usize),
    Flip(usize, u8),
    Remove(usize, usize),
    Repeat(usize, usize),
    /// Lists or objects within each other, put in at a place.
    Nest(usize, usize, bool),
    /// The next number becomes another one.
    Number(usize, &'static str),
    /// The next text becomes another value.
    Value(usize, &'static str),
}

const NUMBERS: [&str; 6] = ["1e400", "-0", "99999999999999999999999999", "-9223372036854775809", "0.5e-400", "NaN"];
const VALUES: [&str; 9] =
    ["null", "true", "{}", "[]", "[[]]", "{\"a\":[1]}", "\"\\ud800\"", "\"9999-12-31T23:59:60+99:99\"", "\"\u{0}\""];

fn damage() -> impl Strategy<Value = Damage> {
    let place = 0..1000_usize;
    prop_oneof![
        place.clone().prop_map(Damage::Cut),
        (place.clone(), any::<u8>()).prop_map(|(at, byte)| Damage::Flip(at, byte)),
        (place.clone(), 1..60_usize).prop_map(|(at, length)| Damage::Remove(at, length)),
        (place.clone(), 1..60_usize).prop_map(|(at, length)| Damage::Repeat(at, length)),
        (place.clone(), 1..3000_usize, any::<bool>()).prop_map(|(at, depth, lists)| Damage::Nest(at, depth, lists)),
        (place.clone(), prop::sample::select(&NUMBERS[..])).prop_map(|(at, number)| Damage::Number(at, number)),
        (place, prop::sample::select(&VALUES[..])).prop_map(|(at, value)| Damage::Value(at, value)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damage: &Damage) -> Vec<u8> {
    let place = |thousandth: usize| thousandth * bytes.len() / 1000;
    match *damage {
        Damage::Cut(at) => {
            let at = place(at);
            bytes.truncate(at);
        }
        Damage::Flip(at, with) => {
            let at = place(at);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= with;
            }
        }
        Damage::Remove(at, length) => {
            let at = place(at);
            bytes.drain(at..bytes.len().min(at + length));
        }
        Damage::Repeat(at, length) => {
            let at = place(at);
            let again = bytes[at..bytes.len().min(at + length)].to_vec();
            bytes.splice(at..at, again);
        }
        Damage::Nest(at, depth, lists) => {
            let at = place(at);
            let (open, close) = if lists { ("[", "]") } else { ("{\"a\":", "}") };
            let nested = open.repeat(depth) + "1" + &close.repeat(depth);
            bytes.splice(at..at, nested.into_bytes());
        }
        Damage::Number(at, number) => {
            let from = place(at);
            if let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|step| from + step) {
                let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                bytes.splice(start..start + length, number.bytes());
            }
        }
        Damage::Value(at, value) => {
            let from = place(at);
            if let Some(start) = bytes[from..].windows(2).position(|pair| pair == b":\"").map(|step| from + step + 1) {
                let length = bytes[start + 1..].iter().position(|byte| *byte == b'"').map_or(0, |length| length + 2);
                bytes.splice(start..start + length, value.bytes());
            }
        }
    }
    bytes
}

#[derive(Default)]
struct Ends {
    rows: Vec<(Span, Vec<Record>)>,
    rejects: Vec<Reject>,
}

impl Sink for Ends {
    fn accept(&mut self, row: Row) -> Flow {
        self.rows.push((row.place.span, row.records));
        Flow::Continue(())
    }

    fn reject(&mut self, reject: Reject) -> Flow {
        self.rejects.push(reject);
        Flow::Continue(())
    }
}

fn import(name: &str, bytes: &[u8], options: &Options) -> Result<(Ends, Reading, Summary), IngestError> {
    let reading = prepare(&MemoryInput::new(name, bytes.to_vec()), options)?;
    let mut ends = Ends::default();
    let summary = read(Box::new(Cursor::new(bytes.to_vec())), &reading, &mut ends)?;
    Ok((ends, reading, summary))
}

/// What must hold of any file, whatever is in it.
fn check(name: &str, bytes: &[u8], options: &Options) {
    match import(name, bytes, options) {
        Err(error) => assert!(error.to_string().ends_with('.'), "{name}: {error}"),
        Ok((ends, reading, summary)) => {
            assert_eq!((ends.rows.len() + ends.rejects.len()) as u64, summary.rows_read, "{name}");
            for reject in &ends.rejects {
                assert!(reject.reason.ends_with('.'), "{name}: {}", reject.reason);
            }
            for (span, records) in ends.rows {
                let [from, length] = [span.offset, span.length].map(|bytes| usize::try_from(bytes).unwrap());
                let raw = &bytes[from..from + length];
                assert_eq!(reread(raw, &reading).unwrap(), records, "{name}: {}", String::from_utf8_lossy(raw));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_ends_in_records_and_rejects(
        which in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..4),
        named: bool,
    ) {
        let (kind, path, bytes) = which.get(&FIXTURES);
        let bytes = damages.iter().fold(bytes.clone(), damaged);
        // Named, so that what no longer looks like its kind is read as it all the same.
        check(path, &bytes, &Options { source: named.then_some(*kind), ..options(*kind) });
    }
}

#[test]
fn every_kind_survives_the_files_of_every_other() {
    for (kind, path, bytes) in FIXTURES.iter() {
        for other in SourceKind::ALL {
            if other != *kind {
                check(path, bytes, &Options { source: Some(other), ..options(*kind) });
            }
        }
    }
}

#[test]
fn a_file_says_the_same_in_every_encoding() {
    let records = |bytes: &[u8], name: &str, kind: SourceKind| {
        let options = Options { source: Some(kind), ..options(kind) };
        let (ends, reading, _) = import(name, bytes, &options).unwrap_or_else(|error| panic!("{name}: {error}"));
        (
            ends.rows.into_iter().flat_map(|(_, records)| records).collect::<Vec<_>>(),
            ends.rejects.len(),
            reading.encoding,
        )
    };
    for (kind, path, bytes) in FIXTURES.iter() {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let text = text.trim_start_matches('\u{FEFF}');
        // XML says its encoding itself.
        if text.starts_with("<?xml") {
            continue;
        }
        let (expected, rejected, _) = records(text.as_bytes(), path, *kind);
        let little = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect::<Vec<_>>();
        let big = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect::<Vec<_>>();
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        for (written, encoding) in [(marked, Encoding::Utf8), (little, Encoding::Utf16Le), (big, Encoding::Utf16Be)] {
            let found = records(&written, path, *kind);
            assert_eq!(found, (expected.clone(), rejected, encoding), "{path}");
        }
    }
}
