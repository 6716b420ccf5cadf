//! Turns the bytes of an export into records and rejects: no database, no clock, no network.
//!
//! Everything streams: memory stays the same whatever the size of the file. The way through is
//! [`members`] (for archives), [`prepare`], [`read`], and later [`reread`] for a single record.
//!
//! ```
//! use change_ledger_ingest::{Flow, Input, MemoryInput, Options, Row, Sink, prepare, read};
//! use change_ledger_model::record::Reject;
//! use std::ops::ControlFlow;
//!
//! struct Count(u64);
//! impl Sink for Count {
//!     fn accept(&mut self, _: Row) -> Flow {
//!         self.0 += 1;
//!         ControlFlow::Continue(())
//!     }
//!     fn reject(&mut self, _: Reject) -> Flow {
//!         ControlFlow::Continue(())
//!     }
//! }
//!
//! let export = br#"[{"number":7,"title":"Cap retries","state":"OPEN","mergedAt":null,
//!     "url":"https://github.com/acme/pay/pull/7"}]"#;
//! let input = MemoryInput::new("prs.json", *export);
//! let reading = prepare(&input, &Options::default())?;
//! let mut count = Count(0);
//! let summary = read(input.open()?, &reading, &mut count)?;
//! assert_eq!((count.0, summary.rows_read), (1, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod input;
pub mod mention;
mod reading;
mod recognise;
mod source;
mod table;
#[cfg(test)]
mod test_fixtures;
mod value;

pub use error::IngestError;
pub use input::{
    FileInput, Input, MemoryInput,
    container::{MemberInput, Members, is_archive, members},
};
pub use reading::{DateOrder, Encoding, Flow, Options, Reading, Recognition, Row, Sink, Summary};
pub use source::{SourceEntry, catalogue};
pub use table::{
    ColumnProfile, Field as ProfileField, Headers as ProfileHeaders, LocalTime, ProfileRecord, TableStart,
};

use change_ledger_model::{record::Record, source::SourceKind};
use std::io;

/// Finds out what kind of export a file is, from its first mebibyte, never from its name.
///
/// A kind named in `options` wins over the content.
///
/// # Errors
/// When the file cannot be read, is empty, or looks like no known export.
pub fn recognise(input: &dyn Input, options: &Options) -> Result<Recognition, IngestError> {
    recognise::recognise(input, options)
}

/// Recognises a file and surveys it as far as reading it needs: a table once to its end (the order
/// of day and month shows only over whole columns), a list of JSON not at all.
///
/// # Errors
/// As [`recognise`]; also when dates stay ambiguous, a profile does not fit, or rows do not name
/// their repository and `options` does not either.
pub fn prepare(input: &dyn Input, options: &Options) -> Result<Reading, IngestError> {
    let recognition = recognise(input, options)?;
    if recognition.kind == SourceKind::GitLog {
        source::git_log::prepare(input, recognition, options)
    } else if source::is_xml(recognition.kind) {
        source::xml::prepare(input, recognition, options)
    } else if source::is_json(recognition.kind) {
        source::json::prepare(input, recognition, options)
    } else {
        table::prepare(input, recognition, options)
    }
}

/// Reads a file to its end and hands its rows to `sink`.
///
/// # Errors
/// When the bytes stop coming, when the file ends before its first record does, when one record is
/// beyond every limit, or when `sink` cancels.
pub fn read(input: Box<dyn io::Read>, reading: &Reading, sink: &mut dyn Sink) -> Result<Summary, IngestError> {
    if reading.kind == SourceKind::GitLog {
        source::git_log::read(input, reading, sink)
    } else if source::is_xml(reading.kind) {
        source::xml::read(input, reading, sink)
    } else if source::is_json(reading.kind) {
        source::json::read(input, reading, sink)
    } else {
        table::read(input, reading, sink)
    }
}

/// Reads one raw record again: the bytes of its span, as [`read`] placed it.
///
/// # Errors
/// When the bytes are not such a record.
pub fn reread(raw: &[u8], reading: &Reading) -> Result<Vec<Record>, IngestError> {
    if reading.kind == SourceKind::GitLog {
        source::git_log::reread(raw, reading)
    } else if source::is_xml(reading.kind) {
        source::xml::reread(raw, reading)
    } else if source::is_json(reading.kind) {
        source::json::reread(raw, reading)
    } else {
        table::reread(raw, reading)
    }
}
