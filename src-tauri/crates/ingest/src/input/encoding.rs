//! Which characters the bytes of a text file stand for.
//!
//! Spans into a file are always offsets in its own bytes. The single-byte encodings and UTF-8 keep
//! every delimiter, quote and line end as one ASCII byte, so their bytes can be scanned as they
//! are. Only UTF-16 is turned into UTF-8 first, and [`Encoding::source_length`] maps lengths back.

use encoding_rs::{CoderResult, Decoder, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    io::{self, Read},
};

/// How the characters of a text file are written as bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    Utf8,
    /// UTF-16, least significant byte first: what Windows PowerShell 5.1 writes for `>`.
    Utf16Le,
    /// UTF-16, most significant byte first.
    Utf16Be,
    /// Windows code page 1252: Western Excel, ServiceNow's default.
    Windows1252,
    /// Mac OS Roman: Western Excel on a Mac.
    MacRoman,
}

impl Encoding {
    /// The encoding that a byte order mark at the start of a file names, and the mark's length in bytes.
    #[must_use]
    pub fn from_mark(start: &[u8]) -> Option<(Self, usize)> {
        match start {
            [0xEF, 0xBB, 0xBF, ..] => Some((Self::Utf8, 3)),
            [0xFF, 0xFE, ..] => Some((Self::Utf16Le, 2)),
            [0xFE, 0xFF, ..] => Some((Self::Utf16Be, 2)),
            _ => None,
        }
    }

    /// The encoding of a file from its first bytes (a few kilobytes or more), without a survey of
    /// the whole of it: byte order mark, the zero bytes of UTF-16, else what [`Survey`] says.
    #[must_use]
    pub fn of_sample(start: &[u8]) -> Self {
        let mut survey = Survey::default();
        survey.feed(start);
        survey.finish()
    }

    /// Whether text is two bytes per unit, so that it has to be turned into UTF-8 before it can be scanned.
    #[must_use]
    pub const fn is_wide(self) -> bool {
        matches!(self, Self::Utf16Le | Self::Utf16Be)
    }

    /// Text of `bytes` as they come out of [`ascii_compatible`]; what is no character becomes U+FFFD.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Utf8 | Self::Utf16Le | Self::Utf16Be => String::from_utf8_lossy(bytes),
            Self::Windows1252 => WINDOWS_1252.decode_without_bom_handling(bytes).0,
            Self::MacRoman => MACINTOSH.decode_without_bom_handling(bytes).0,
        }
    }

    /// The text of `raw`, bytes as they stand in the file; what is no character becomes U+FFFD.
    #[must_use]
    pub fn text_of(self, raw: &[u8]) -> Cow<'_, str> {
        match self.of_raw(raw) {
            Self::Utf16Le => UTF_16LE.decode_without_bom_handling(raw).0,
            Self::Utf16Be => UTF_16BE.decode_without_bom_handling(raw).0,
            narrow => narrow.decode(raw),
        }
    }

    /// The encoding of one row of a file in this encoding. JSON is taken for UTF-8 as a whole; a row that is not is in the
    /// likelier of the usual single-byte encodings.
    #[must_use]
    pub fn of_raw(self, raw: &[u8]) -> Self {
        if self == Self::Utf8 && std::str::from_utf8(raw).is_err() { Self::of_sample(raw) } else { self }
    }

    /// How many bytes of the file became `scanned`, bytes that came out of [`ascii_compatible`].
    #[must_use]
    pub fn source_length(self, scanned: &[u8]) -> u64 {
        if !self.is_wide() {
            return scanned.len() as u64;
        }
        let units = |byte: u8| match byte {
            0x80..=0xBF => 0,
            0xF0.. => 2,
            _ => 1,
        };
        2 * scanned.iter().map(|&byte| units(byte)).sum::<u64>()
    }
}

/// The bytes of a file after its byte order mark, in a form in which ASCII is ASCII: UTF-16 as UTF-8,
/// everything else unchanged. Answers the reader and the length of the mark in bytes.
///
/// # Errors
/// Whatever reading the first three bytes answers.
pub fn ascii_compatible<'r>(
    mut reader: Box<dyn Read + 'r>,
    encoding: Encoding,
) -> io::Result<(Box<dyn Read + 'r>, usize)> {
    let mut start = Vec::with_capacity(3);
    reader.by_ref().take(3).read_to_end(&mut start)?;
    let mark = match Encoding::from_mark(&start) {
        Some((marked, length)) if marked == encoding => length,
        _ => 0,
    };
    let rest = io::Cursor::new(start.split_off(mark)).chain(reader);
    Ok(match encoding {
        Encoding::Utf16Le => (Box::new(WideReader::new(rest, UTF_16LE.new_decoder_without_bom_handling())), mark),
        Encoding::Utf16Be => (Box::new(WideReader::new(rest, UTF_16BE.new_decoder_without_bom_handling())), mark),
        Encoding::Utf8 | Encoding::Windows1252 | Encoding::MacRoman => (Box::new(rest), mark),
    })
}

/// Turns UTF-16 into UTF-8 while it is read. A lone last byte (a file cut in the middle of a unit) is dropped.
struct WideReader<R> {
    inner: R,
    decoder: Decoder,
    wide: Vec<u8>,
    narrow: Vec<u8>,
    served: usize,
    ended: bool,
}

impl<R: Read> WideReader<R> {
    const CHUNK: usize = 64 * 1024;

    fn new(inner: R, decoder: Decoder) -> Self {
        Self { inner, decoder, wide: Vec::new(), narrow: Vec::new(), served: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let kept = self.wide.len();
        let read = self.inner.by_ref().take((Self::CHUNK - kept) as u64).read_to_end(&mut self.wide)?;
        self.ended = read < Self::CHUNK - kept;
        let whole = self.wide.len() & !1;
        let (units, _) = self.wide.split_at(whole);
        // One UTF-16 unit is at most three bytes of UTF-8; the rest is room for a pending surrogate.
        self.narrow.resize(whole / 2 * 3 + 16, 0);
        let (result, _, written, _) = self.decoder.decode_to_utf8(units, &mut self.narrow, self.ended);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        self.narrow.truncate(written);
        self.wide.drain(..whole);
        self.served = 0;
        Ok(())
    }
}

impl<R: Read> Read for WideReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.served == self.narrow.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let mut pending = self.narrow.get(self.served..).unwrap_or_default();
        let count = pending.read(buffer)?;
        self.served += count;
        Ok(count)
    }
}

/// Finds the encoding of a file by looking at all of it, one piece after the other.
///
/// UTF-8 is strict: a text that is no valid UTF-8 is a single-byte one, unless valid sequences far
/// outnumber the broken ones (then a few bytes were damaged). Between the two single-byte encodings
/// the one wins under which fewer characters stand where they make no sense: a capital in the
/// middle of a word, a sign between two letters.
#[derive(Debug, Default)]
pub struct Survey {
    marked: Option<Encoding>,
    started: bool,
    /// Bytes of a sequence that the last piece broke off.
    carry: Vec<u8>,
    valid: u64,
    broken: u64,
    odd_in_1252: u64,
    odd_in_macintosh: u64,
    weighed: usize,
}

impl Survey {
    /// Valid multi-byte sequences per broken one from which a file is damaged UTF-8 rather than another encoding.
    const VALID_PER_BROKEN: u64 = 50;
    /// Characters that are enough to tell the single-byte encodings apart.
    const WEIGHED: usize = 20_000;

    /// Looks at the next piece of the file.
    pub fn feed(&mut self, piece: &[u8]) {
        if !std::mem::replace(&mut self.started, true) {
            self.marked = Encoding::from_mark(piece).map(|(encoding, _)| encoding).or_else(|| wide_by_zeros(piece));
        }
        if self.marked.is_some() || (self.carry.is_empty() && piece.is_ascii()) {
            return;
        }
        let mut bytes = std::mem::take(&mut self.carry);
        bytes.extend_from_slice(piece);
        let mut consumed = 0;
        let broken_before = self.broken;
        for chunk in bytes.utf8_chunks() {
            consumed += chunk.valid().len();
            self.valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count() as u64;
            let invalid = chunk.invalid();
            let cut_off = consumed + invalid.len() == bytes.len() && invalid.len() < 4 && could_continue(invalid);
            if cut_off {
                self.carry = invalid.to_vec();
            } else if !invalid.is_empty() {
                self.broken += 1;
            }
            consumed += invalid.len();
        }
        if self.broken > broken_before {
            self.weigh(&bytes);
        }
    }

    /// The encoding of what was fed.
    #[must_use]
    pub fn finish(&self) -> Encoding {
        if let Some(marked) = self.marked {
            return marked;
        }
        // A sequence that the end of the file cuts off does not count against UTF-8.
        if self.broken == 0 || self.valid >= self.broken.saturating_mul(Self::VALID_PER_BROKEN) {
            return Encoding::Utf8;
        }
        if self.odd_in_macintosh < self.odd_in_1252 { Encoding::MacRoman } else { Encoding::Windows1252 }
    }

    fn weigh(&mut self, bytes: &[u8]) {
        let left = Self::WEIGHED - self.weighed;
        for (at, &byte) in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()).take(left) {
            self.weighed += 1;
            let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
            let after = bytes.get(at + 1).copied().unwrap_or(b' ');
            self.odd_in_1252 += u64::from(is_odd(before, &WINDOWS_1252.decode_without_bom_handling(&[byte]).0, after));
            self.odd_in_macintosh +=
                u64::from(is_odd(before, &MACINTOSH.decode_without_bom_handling(&[byte]).0, after));
        }
    }
}

/// Whether a broken sequence at the end of a piece may become valid with the bytes that follow.
fn could_continue(invalid: &[u8]) -> bool {
    let expected = match invalid.first() {
        Some(0xC2..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..=0xF4) => 4,
        _ => return false,
    };
    invalid.len() < expected
}

/// UTF-16 without a mark: every other byte of the first characters is zero.
fn wide_by_zeros(start: &[u8]) -> Option<Encoding> {
    match start {
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some(Encoding::Utf16Le),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Whether a character makes no sense between its two neighbours.
fn is_odd(before: u8, text: &str, after: u8) -> bool {
    let Some(c) = text.chars().next() else { return false };
    let between_letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
    let in_word = before.is_ascii_lowercase() && after.is_ascii_lowercase();
    let alone = !before.is_ascii_alphabetic() && !after.is_ascii_alphabetic() && before.is_ascii() && after.is_ascii();
    match c {
        '\u{80}'..='\u{9F}' | '\u{FFFD}' => true,
        '’' => false,
        '–' | '—' => in_word,
        c if c.is_uppercase() => before.is_ascii_lowercase() || alone,
        c if c.is_lowercase() => alone,
        _ => between_letters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_is_found_from_the_bytes() {
        let check = |bytes: &[u8], expected: Encoding, text: &str| {
            assert_eq!(Encoding::of_sample(bytes), expected, "{text}");
            let (mut reader, _) = ascii_compatible(Box::new(bytes), expected).unwrap();
            let mut scanned = Vec::new();
            reader.read_to_end(&mut scanned).unwrap();
            assert_eq!(expected.decode(&scanned), text);
        };
        check(b"\xEF\xBB\xBFSummary", Encoding::Utf8, "Summary");
        check("Störung".as_bytes(), Encoding::Utf8, "Störung");
        check(b"\xFF\xFEa\0\xFC\0", Encoding::Utf16Le, "aü");
        check(b"\xFE\xFF\0a\xD8\x3D\xDE\x80", Encoding::Utf16Be, "a🚀");
        check(b"a\0b\0", Encoding::Utf16Le, "ab");
        check(b"\xFF\xFEa\0b", Encoding::Utf16Le, "a");
        check(b"Router \x96 failover, St\xF6rung", Encoding::Windows1252, "Router – failover, Störung");
        check(b"don\x92t page", Encoding::Windows1252, "don’t page");
        check(b"Router \xD0 failover", Encoding::MacRoman, "Router – failover");
        check(b"St\x9Arung im caf\x8E, don\xD5t", Encoding::MacRoman, "Störung im café, don’t");
        check(b"\xC9quipe r\xE9seau", Encoding::Windows1252, "Équipe réseau");
        check(b"", Encoding::Utf8, "");
    }

    #[test]
    fn a_few_damaged_bytes_do_not_change_the_encoding_of_a_long_text() {
        let mut bytes = "Störung ".repeat(100).into_bytes();
        bytes.push(0xFF);
        assert_eq!(Encoding::of_sample(&bytes), Encoding::Utf8);
    }

    #[test]
    fn any_split_of_a_text_gives_the_same_encoding() {
        for (bytes, expected) in [
            ("naïve – 🚀 Ž".as_bytes(), Encoding::Utf8),
            (b"Router \x96 failover, St\xF6rung".as_slice(), Encoding::Windows1252),
        ] {
            for at in 1..bytes.len() {
                let (first, second) = bytes.split_at(at);
                let mut survey = Survey::default();
                survey.feed(first);
                survey.feed(second);
                assert_eq!(survey.finish(), expected, "split at {at}");
            }
        }
    }

    #[test]
    fn lengths_map_back_to_the_file() {
        let check = |text: &str| {
            let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(Encoding::Utf16Le.source_length(text.as_bytes()), wide.len() as u64, "{text}");
            assert_eq!(Encoding::Utf8.source_length(text.as_bytes()), text.len() as u64, "{text}");
        };
        check("plain");
        check("Störung – 🚀");
    }
}
