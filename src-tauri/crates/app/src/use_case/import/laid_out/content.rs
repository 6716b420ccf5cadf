//! What the rows of a file say: of a large file, its beginning.

use super::{super::preview::record, not_readable};
use crate::{
    error::AppError,
    wire::{KindCount, LaidOutContent, PreviewRow},
};
use change_ledger_ingest::{Flow, IngestError, Input, Reading, Row, Sink, Summary};
use change_ledger_model::record::Reject;
use std::{
    io::{self, Read},
    ops::ControlFlow,
};

/// As much of a file as is read, in bytes: enough for its facts to show, and soon done.
const LOOKED_AT: u64 = 16 << 20;
/// First rows that are shown.
const ROWS: usize = 5;
/// Rejected rows that are shown, wherever they stand.
const REJECTS: usize = 3;
/// Warnings that a file earns only by its end.
const ABOUT_THE_END: [&str; 3] = ["cut_off", "truncated", "damaged"];

/// What was found.
pub(super) struct Content {
    pub(super) answer: LaidOutContent,
    /// Whether a time without an offset was read.
    pub(super) timezone_used: bool,
}

/// Reads the beginning of `input`.
///
/// # Errors
/// When its rows cannot be read at all.
pub(super) fn of(input: &dyn Input, reading: &Reading) -> Result<Content, AppError> {
    let whole = is_short(input).map_err(|error| not_readable(input, &error))?;
    let bytes = input.open().map_err(|error| not_readable(input, &error))?;
    let mut rows = FirstRows { cut_at: (!whole).then_some(LOOKED_AT), ..FirstRows::default() };
    let mut summary = match change_ledger_ingest::read(Box::new(bytes.take(LOOKED_AT)), reading, &mut rows) {
        Ok(summary) => summary,
        // Its first record is longer than what was looked at.
        Err(IngestError::Truncated { .. }) if !whole => Summary::default(),
        Err(error) => return Err(error.into()),
    };
    if !whole {
        summary.warnings.retain(|warning| !ABOUT_THE_END.contains(&warning.code.as_str()));
    }
    Ok(Content {
        timezone_used: summary.timezone_used.is_some(),
        answer: LaidOutContent {
            whole,
            readable: rows.readable,
            rejected: rows.rejected,
            records: rows.records,
            rows: rows.shown,
            carries: summary.carries.into_iter().collect(),
            cannot_tell: summary.cannot_tell.into_iter().collect(),
            warnings: summary.warnings,
        },
    })
}

/// Whether all of a file is looked at.
fn is_short(input: &dyn Input) -> io::Result<bool> {
    let length = match input.len() {
        Some(length) => length,
        None => io::copy(&mut input.open()?.take(LOOKED_AT + 1), &mut io::sink())?,
    };
    Ok(length <= LOOKED_AT)
}

#[derive(Default)]
struct FirstRows {
    readable: u64,
    rejected: u64,
    records: Vec<KindCount>,
    shown: Vec<PreviewRow>,
    rejects_shown: usize,
    /// Where the look ended, in bytes, when the file goes on: the row that lies across it is not judged.
    cut_at: Option<u64>,
}

impl FirstRows {
    fn count(&mut self, kind: &str) {
        match self.records.iter_mut().find(|known| known.kind == kind) {
            Some(known) => known.count += 1,
            None => self.records.push(KindCount { kind: kind.to_owned(), count: 1 }),
        }
    }
}

impl Sink for FirstRows {
    fn accept(&mut self, row: Row) -> Flow {
        self.readable += 1;
        let records: Vec<_> = row.records.iter().map(record).collect();
        records.iter().for_each(|record| self.count(&record.kind));
        if self.shown.len() - self.rejects_shown < ROWS {
            self.shown.push(PreviewRow { records, ..PreviewRow::at(&row.place) });
        }
        ControlFlow::Continue(())
    }

    fn reject(&mut self, reject: Reject) -> Flow {
        let span = reject.place.span;
        if self.cut_at.is_some_and(|end| span.offset + span.length >= end) {
            return ControlFlow::Continue(());
        }
        self.rejected += 1;
        if self.rejects_shown < REJECTS {
            self.rejects_shown += 1;
            let row = PreviewRow::at(&reject.place);
            self.shown.push(PreviewRow { reject: Some(reject), ..row });
        }
        ControlFlow::Continue(())
    }
}
