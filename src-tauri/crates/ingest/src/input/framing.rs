//! Finds the records in a stream of JSON, whichever way a tool framed them.
//!
//! One list, lists after lists (`][`), objects after objects (`}{`), one value per line, pages
//! within a list, an object with a list in it, GraphQL's `nodes` and `edges`, and the wrappers
//! of other tools are all the same walk: go down through lists and wrappers, stop at records.

use super::{
    scanner::{DEPTH_LIMIT, Scan, ValueScan},
    window::Window,
};
use crate::IngestError;
use change_ledger_model::record::{Place, Span};
use std::{collections::BTreeSet, io::Read};

/// How to tell records from what is around them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    /// Keys of lists that hold records, pages or wrappers.
    pub(crate) lists: &'static [&'static str],
    /// Keys of objects that are a record, or lead to some.
    pub(crate) via: &'static [&'static str],
    /// Keys that only a record has.
    pub(crate) marks: &'static [&'static str],
    /// Keys beside a list whose values say something about all its records.
    pub(crate) context: &'static [&'static str],
}

/// Why something in the stream is not a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// The file ends before it does.
    Cut,
    /// Its brackets do not match; nothing after it in this list can be told apart.
    Brackets,
    /// It nests too deep.
    TooDeep,
    /// A plain value where a record was expected.
    Plain,
    /// Not JSON.
    NotJson,
}

/// One thing found in the stream.
#[derive(Debug, PartialEq)]
pub(crate) enum Item<'a> {
    /// A record, as UTF-8.
    Record { place: Place, text: &'a [u8] },
    /// Something that is none, with what there is of it.
    Broken { place: Place, why: Broken, text: &'a [u8] },
    /// A value beside a list.
    Context { key: &'static str, text: &'a [u8] },
}

/// What is open around the current position; an empty stack is the stream itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    List { of_records: bool },
    Wrapper,
}

/// What an object turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nature {
    Record,
    Wrapper,
    /// Neither marks of a record nor a way to any.
    Plain,
}

/// The walk through one stream.
pub(crate) struct Records<'r> {
    window: Window<'r>,
    rules: Rules,
    frames: Vec<Frame>,
    finished_with: usize,
    rows: u64,
    list_keys: BTreeSet<&'static str>,
    truncated: bool,
    abandoned: bool,
}

impl<'r> Records<'r> {
    pub(crate) fn new(source: Box<dyn Read + 'r>, file: &str, rules: Rules) -> Result<Self, IngestError> {
        Ok(Self {
            window: Window::new(source, file)?,
            rules,
            frames: Vec::new(),
            finished_with: 0,
            rows: 0,
            list_keys: BTreeSet::new(),
            truncated: false,
            abandoned: false,
        })
    }

    /// Records and broken ones so far.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Whether the stream ended in the middle of something.
    pub(crate) fn truncated(&self) -> bool {
        self.truncated
    }

    /// The keys of the lists that were entered.
    pub(crate) fn list_keys(&self) -> &BTreeSet<&'static str> {
        &self.list_keys
    }

    pub(crate) fn encoding(&self) -> crate::Encoding {
        self.window.encoding()
    }

    /// The next thing in the stream; `None` at its end.
    pub(crate) fn next(&mut self) -> Result<Option<Item<'_>>, IngestError> {
        self.window.consume(std::mem::take(&mut self.finished_with));
        loop {
            let byte = if self.abandoned { None } else { self.next_byte()? };
            let Some(byte) = byte else {
                self.truncated |= !self.frames.is_empty() && !self.abandoned;
                return Ok(None);
            };
            match (self.frames.last().copied(), byte) {
                (Some(Frame::List { .. }), b']') | (Some(Frame::Wrapper), b'}') => {
                    self.frames.pop();
                    self.window.consume(1);
                }
                (Some(Frame::Wrapper), b'"') => {
                    if let Some(found) = self.member()? {
                        return Ok(Some(self.yield_found(&found)));
                    }
                }
                (Some(Frame::Wrapper), _) | (_, b']' | b'}') => {
                    let found = self.break_off(0);
                    return Ok(Some(self.yield_found(&found)));
                }
                (_, b'[') if self.frames.len() < DEPTH_LIMIT => {
                    self.frames.push(Frame::List { of_records: false });
                    self.window.consume(1);
                }
                (_, b'[') => {
                    self.abandoned = true;
                    return Ok(Some(self.yield_found(&Found::Broken(Broken::TooDeep, 1))));
                }
                (Some(Frame::List { of_records: true }), b'{') => {
                    let found = self.record()?;
                    return Ok(Some(self.yield_found(&found)));
                }
                (_, b'{') => match self.nature(0, 0)? {
                    Nature::Wrapper if self.frames.len() < DEPTH_LIMIT => {
                        self.frames.push(Frame::Wrapper);
                        self.window.consume(1);
                    }
                    nature => {
                        if let (Nature::Record, Some(Frame::List { of_records })) = (nature, self.frames.last_mut()) {
                            *of_records = true;
                        }
                        let found = self.record()?;
                        return Ok(Some(self.yield_found(&found)));
                    }
                },
                (frame, _) => {
                    let found = self.plain_value(frame.is_none())?;
                    return Ok(Some(self.yield_found(&found)));
                }
            }
        }
    }

    /// Passes white space, commas, record separators (RFC 7464), and byte order marks between files that were put one
    /// after the other.
    fn next_byte(&mut self) -> Result<Option<u8>, IngestError> {
        loop {
            match self.window.byte(0)? {
                Some(b' ' | b'\t' | b'\r' | b'\n' | b',' | 0x1E) => {
                    let count = self.window.bytes().iter().take_while(|byte| is_between(**byte)).count();
                    self.window.consume(count);
                }
                Some(0xEF) if self.frames.is_empty() && self.window.byte(2)?.is_some() => {
                    if !self.window.bytes().starts_with(b"\xEF\xBB\xBF") {
                        return Ok(Some(0xEF));
                    }
                    self.window.consume(3);
                }
                other => return Ok(other),
            }
        }
    }

    /// The record that begins here.
    fn record(&mut self) -> Result<Found, IngestError> {
        let (scan, too_deep) = self.scan(0)?;
        Ok(match scan {
            Scan::Ends(length) if too_deep => Found::Broken(Broken::TooDeep, length),
            Scan::Ends(length) => Found::Record(length),
            Scan::Mismatch(at) => self.break_off(at),
            Scan::More => self.cut(),
        })
    }

    /// A member of a wrapper, from its key on.
    fn member(&mut self) -> Result<Option<Found>, IngestError> {
        let Scan::Ends(key_length) = self.scan(0)?.0 else { return Ok(Some(self.cut())) };
        let key = self.text(1, key_length.saturating_sub(1));
        let list = self.rules.lists.iter().copied().find(|list| list.as_bytes() == key);
        let via = self.rules.via.iter().any(|via| via.as_bytes() == key);
        let context = self.rules.context.iter().copied().find(|context| context.as_bytes() == key);
        let Some(value) = self.value_after(key_length)? else { return Ok(Some(self.cut())) };
        self.window.consume(value);
        match (self.window.byte(0)?, list) {
            (Some(b'['), Some(list)) if self.frames.len() < DEPTH_LIMIT => {
                self.list_keys.insert(list);
                self.frames.push(Frame::List { of_records: false });
                self.window.consume(1);
                return Ok(None);
            }
            (Some(b'{'), _) if via => {
                let nature = self.nature(0, 0)?;
                if nature == Nature::Wrapper && self.frames.len() < DEPTH_LIMIT {
                    self.frames.push(Frame::Wrapper);
                    self.window.consume(1);
                    return Ok(None);
                }
                if nature == Nature::Record {
                    return self.record().map(Some);
                }
            }
            (Some(b']' | b'}' | b':'), _) => return Ok(Some(self.break_off(0))),
            _ => {}
        }
        match self.scan(0)?.0 {
            Scan::Ends(length) => match context {
                Some(key) => Ok(Some(Found::Context(key, length))),
                None => {
                    self.window.consume(length);
                    Ok(None)
                }
            },
            Scan::Mismatch(at) => Ok(Some(self.break_off(at))),
            Scan::More => Ok(Some(self.cut())),
        }
    }

    /// Position of the value whose key ends at `key_end`; `None` when the stream ends before it.
    fn value_after(&mut self, key_end: usize) -> Result<Option<usize>, IngestError> {
        let mut at = key_end;
        loop {
            match self.window.byte(at)? {
                Some(b' ' | b'\t' | b'\r' | b'\n' | b':') => at += 1,
                Some(_) => return Ok(Some(at)),
                None => return Ok(None),
            }
        }
    }

    /// What the object at `start` is, by its keys, looking no further than needed.
    fn nature(&mut self, start: usize, depth: usize) -> Result<Nature, IngestError> {
        let mut at = start + 1;
        loop {
            match self.window.byte(at)? {
                Some(between) if is_between(between) => at += 1,
                Some(b'"') => {
                    let Scan::Ends(length) = self.scan(at)?.0 else { return Ok(Nature::Plain) };
                    let key = self.text(at + 1, at + length - 1);
                    if self.rules.marks.iter().any(|mark| mark.as_bytes() == key) {
                        return Ok(Nature::Record);
                    }
                    let list = self.rules.lists.iter().any(|list| list.as_bytes() == key);
                    let via = self.rules.via.iter().any(|via| via.as_bytes() == key);
                    let Some(value) = self.value_after(at + length)? else { return Ok(Nature::Plain) };
                    let first = self.window.byte(value)?;
                    if first == Some(b'[') && list {
                        return Ok(Nature::Wrapper);
                    }
                    if first == Some(b'{')
                        && via
                        && depth < DEPTH_LIMIT
                        && self.nature(value, depth + 1)? != Nature::Plain
                    {
                        return Ok(Nature::Wrapper);
                    }
                    let Scan::Ends(length) = self.scan(value)?.0 else { return Ok(Nature::Plain) };
                    at = value + length;
                }
                _ => return Ok(Nature::Plain),
            }
        }
    }

    /// A number, a word or a string where a record should be; in the stream itself the whole line.
    fn plain_value(&mut self, in_stream: bool) -> Result<Found, IngestError> {
        if in_stream {
            let length = self.line_length()?;
            return Ok(Found::Broken(Broken::NotJson, length));
        }
        Ok(match self.scan(0)?.0 {
            Scan::Ends(length) => Found::Broken(Broken::Plain, length.max(1)),
            Scan::Mismatch(at) => self.break_off(at),
            Scan::More => self.cut(),
        })
    }

    /// Brackets do not match at `at`: within a list nothing more can be told apart, in a stream of
    /// lines the next line can.
    fn break_off(&mut self, at: usize) -> Found {
        if self.frames.is_empty() {
            let held = self.window.bytes();
            let rest = held.get(at..).unwrap_or_default();
            let end = memchr::memchr(b'\n', rest).map_or(held.len(), |step| at + step);
            return Found::Broken(Broken::Brackets, end.max(1));
        }
        self.abandoned = true;
        self.frames.clear();
        Found::Broken(Broken::Brackets, at.max(1))
    }

    fn cut(&mut self) -> Found {
        self.truncated = true;
        self.abandoned = true;
        Found::Broken(Broken::Cut, self.window.bytes().len())
    }

    fn line_length(&mut self) -> Result<usize, IngestError> {
        let mut seen = 0;
        loop {
            let rest = self.window.bytes().get(seen..).unwrap_or_default();
            if let Some(step) = memchr::memchr(b'\n', rest) {
                return Ok(seen + step);
            }
            seen += rest.len();
            if !self.window.fill()? {
                return Ok(seen);
            }
        }
    }

    /// Scans the value at `at` to its end, reading on as needed; also whether it nests too deep.
    fn scan(&mut self, at: usize) -> Result<(Scan, bool), IngestError> {
        let mut scan = ValueScan::default();
        loop {
            let found = scan.advance(self.window.bytes().get(at..).unwrap_or_default());
            if found != Scan::More || !self.window.fill()? {
                return Ok((found, scan.too_deep()));
            }
        }
    }

    fn text(&self, from: usize, to: usize) -> &[u8] {
        self.window.bytes().get(from..to).unwrap_or_default()
    }

    fn yield_found(&mut self, found: &Found) -> Item<'_> {
        let length = found.length();
        self.finished_with = length;
        if !matches!(found, Found::Context(..)) {
            self.rows += 1;
        }
        let text = self.window.bytes().get(..length).unwrap_or_default();
        let place = Place {
            row: self.rows,
            line: Some(self.window.line()),
            span: Span { offset: self.window.offset(), length: self.window.length_in_file(text) },
        };
        match found {
            Found::Record(_) => Item::Record { place, text },
            Found::Broken(why, _) => Item::Broken { place, why: *why, text },
            Found::Context(key, _) => Item::Context { key, text },
        }
    }
}

/// Something found at the current position, and how long it is.
enum Found {
    Record(usize),
    Broken(Broken, usize),
    Context(&'static str, usize),
}

impl Found {
    fn length(&self) -> usize {
        match self {
            Self::Record(length) | Self::Broken(_, length) | Self::Context(_, length) => *length,
        }
    }
}

/// Bytes that stand between values: white space, commas, record separators.
pub(crate) fn is_between(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | 0x1E)
}

#[cfg(test)]
#[path = "framing_tests.rs"]
mod tests;
