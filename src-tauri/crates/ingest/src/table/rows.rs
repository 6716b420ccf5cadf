//! Cuts a table into rows: where each one stands in the file, and what its cells say.

use super::cells::Cells;
use crate::{IngestError, input::encoding::Encoding};
use change_ledger_model::record::Span;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::Read;

/// The longest row that is read, in MiB. Jira's longest real ones, with every comment, stay below 10.
const ROW_LIMIT_MIB: u64 = 64;
/// Columns of the widest table that is read. Jira repeats a column per value: some exports have thousands.
const COLUMN_LIMIT: usize = 20_000;
/// A byte order mark as UTF-8: at the start of a row where files were put one after the other.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Where one row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowPlace {
    /// Its bytes in the file, without the line end.
    pub(crate) span: Span,
    /// Its first line, from 1.
    pub(crate) line: u64,
    /// Whether a quotation mark is open at its end, which is then the end of the file.
    pub(crate) unclosed: bool,
    /// Whether the file ends with it, without a line end.
    pub(crate) is_last: bool,
}

/// Streams the rows of a table. Blank lines and byte order marks before a row are passed over; line ends inside quotation
/// marks belong to their cell.
pub(crate) struct RowReader<'r> {
    file: &'r str,
    source: Box<dyn Read + 'r>,
    encoding: Encoding,
    core: Reader,
    buffer: Vec<u8>,
    next: usize,
    filled: usize,
    ended: bool,
    offset: u64,
    lines: LineCount,
    /// Cells of the current row, end to end, and where each one ends.
    output: Vec<u8>,
    ends: Vec<usize>,
}

impl<'r> RowReader<'r> {
    const BUFFER: usize = 256 * 1024;

    /// `source` yields ASCII-compatible bytes that begin at byte `offset` of `file`.
    pub(crate) fn new(
        file: &'r str,
        source: Box<dyn Read + 'r>,
        encoding: Encoding,
        delimiter: u8,
        offset: u64,
    ) -> Self {
        Self {
            file,
            source,
            encoding,
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            buffer: vec![0; Self::BUFFER],
            next: 0,
            filled: 0,
            ended: false,
            offset,
            lines: LineCount { line: 1, after_return: false },
            output: vec![0; 4096],
            ends: vec![0; 256],
        }
    }

    /// Reads the next row into `cells`; `None` at the end of the file.
    pub(crate) fn next_row(&mut self, cells: &mut Cells) -> Result<Option<RowPlace>, IngestError> {
        if !self.skip_to_row()? {
            return Ok(None);
        }
        let (start, line) = (self.offset, self.lines.line);
        let (mut written, mut columns) = (0, 0);
        let mut unclosed = false;
        loop {
            if self.next == self.filled && !self.ended {
                self.refill()?;
            }
            // A line end after the last byte ends the last row, unless a quotation mark is open.
            let at_end = self.next == self.filled;
            let input = match (at_end, unclosed) {
                (false, _) => self.buffer.get(self.next..self.filled).unwrap_or_default(),
                (true, false) => b"\n",
                (true, true) => b"",
            };
            let output = self.output.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(columns..).unwrap_or_default();
            let (result, read, wrote, closed) = self.core.read_record(input, output, ends);
            let last = if at_end { None } else { self.advance(read) };
            written += wrote;
            columns += closed;
            if self.offset - start > ROW_LIMIT_MIB * 1024 * 1024 {
                return Err(IngestError::TooLarge { file: self.file.to_owned(), offset: start, limit: ROW_LIMIT_MIB });
            }
            if columns > COLUMN_LIMIT {
                return Err(IngestError::TooManyColumns { file: self.file.to_owned(), line, limit: COLUMN_LIMIT });
            }
            match result {
                ReadRecordResult::InputEmpty => unclosed = at_end,
                ReadRecordResult::OutputFull => self.output.resize(self.output.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::Record => {
                    let line_end =
                        if matches!(last, Some(b'\n' | b'\r')) { self.encoding.source_length(b"\n") } else { 0 };
                    cells.fill(
                        self.encoding,
                        self.output.get(..written).unwrap_or_default(),
                        self.ends.get(..columns).unwrap_or_default(),
                    );
                    let span = Span { offset: start, length: self.offset - start - line_end };
                    return Ok(Some(RowPlace { span, line, unclosed, is_last: at_end }));
                }
            }
        }
    }

    /// Passes over what stands before a row; `false` at the end of the file.
    fn skip_to_row(&mut self) -> Result<bool, IngestError> {
        let has_marks = self.encoding == Encoding::Utf8 || self.encoding.is_wide();
        loop {
            let waiting = self.buffer.get(self.next..self.filled).unwrap_or_default();
            let blank = waiting.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            let rest = waiting.get(blank..).unwrap_or_default();
            let (begins, is_marked) = (!rest.is_empty(), has_marks && rest.starts_with(MARK));
            let may_be_mark = has_marks && MARK.starts_with(rest);
            self.advance(if is_marked { blank + MARK.len() } else { blank });
            if is_marked {
                continue;
            }
            if begins && (!may_be_mark || self.ended) {
                return Ok(true);
            }
            if self.ended {
                return Ok(false);
            }
            self.refill()?;
        }
    }

    /// Reads on, behind what was not passed yet.
    fn refill(&mut self) -> Result<(), IngestError> {
        let kept = self.filled - self.next;
        self.buffer.copy_within(self.next..self.filled, 0);
        (self.next, self.filled) = (0, kept);
        loop {
            match self.source.read(self.buffer.get_mut(kept..).unwrap_or_default()) {
                Ok(count) => {
                    (self.filled, self.ended) = (kept + count, count == 0);
                    return Ok(());
                }
                Err(cause) if cause.kind() == std::io::ErrorKind::Interrupted => {}
                Err(cause) => return Err(IngestError::NotReadable { file: self.file.to_owned(), cause }),
            }
        }
    }

    /// Passes over `count` bytes and answers the last of them.
    fn advance(&mut self, count: usize) -> Option<u8> {
        let passed = self.buffer.get(self.next..self.next + count).unwrap_or_default();
        self.offset += self.encoding.source_length(passed);
        self.lines.feed(passed);
        self.next += count;
        passed.last().copied()
    }
}

/// Counts lines, whichever of the three line ends a file has.
struct LineCount {
    line: u64,
    after_return: bool,
}

impl LineCount {
    fn feed(&mut self, bytes: &[u8]) {
        let Some(&last) = bytes.last() else { return };
        let mut previous = self.after_return.then_some(usize::MAX);
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let is_return = bytes.get(at) == Some(&b'\r');
            let completes_return = !is_return && previous.is_some_and(|before| before.wrapping_add(1) == at);
            self.line += u64::from(!completes_return);
            previous = is_return.then_some(at);
        }
        self.after_return = last == b'\r';
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
