//! One file from its bytes to its manifest.

use super::{
    evidence::{self, Frame, Seal},
    feed::{FeedReader, feed},
    noticed::Noticed,
};
use crate::{
    error::{AppError, ErrorCode},
    host::Host,
    jobs::Cancelled,
    texts,
    wire::{Job, Progress},
};
use change_ledger_ingest::{Flow, Input, Reading, Row, Sink, Summary};
use change_ledger_model::{
    import::ImportManifest,
    policy::{PolicyHistory, patterns::Matcher},
    record::{Place, Reject},
};
use change_ledger_store::{Arrival, ImportHeader, ImportTransaction, Ledger};
use std::{
    io,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    },
    thread::{Scope, ScopedJoinHandle},
};

/// Rows handed to the writer at a time, unless they are large.
const BATCH: usize = 256;
/// Bytes of the file that a batch may stand for before it is handed over early: rows of any size must not add up in memory.
const BATCH_BYTES: u64 = 512 * 1024;
/// Batches and frames that may wait for the writer, which is longest away while it commits the file before.
const WAITING: usize = 16;
/// Progress is shown after so many batches or frames.
const PROGRESS_EVERY: u64 = 16;

/// What the two other threads tell the writing one.
pub(super) enum Message {
    Frame(Frame),
    Rows(Vec<Parsed>),
}

/// One row of the file, read and matched.
pub(super) enum Parsed {
    Row(Place, Vec<Arrival>),
    Reject(Reject),
}

/// What importing any file into a ledger takes.
pub(crate) struct FileImport<'a> {
    pub(crate) ledger: &'a mut Ledger,
    pub(crate) host: &'a dyn Host,
    pub(crate) cancel: &'a Cancelled,
    /// Read everything, write nothing.
    pub(crate) dry_run: bool,
    /// The policies whose words are looked for.
    pub(crate) policies: &'a PolicyHistory,
}

/// The threads that read one file and parse it; what they find waits in a bounded queue. Dropping it stops them.
pub(super) struct Begun<'scope> {
    reading: Arc<Reading>,
    messages: Receiver<Message>,
    spend: Sender<Vec<Parsed>>,
    parsing: ScopedJoinHandle<'scope, Result<Summary, AppError>>,
    sealing: ScopedJoinHandle<'scope, io::Result<Option<Seal>>>,
}

/// Begins to read `input` and to parse it in the way that `reading` says.
pub(super) fn begin<'scope>(
    scope: &'scope Scope<'scope, '_>,
    input: &'scope (dyn Input + Sync),
    reading: Reading,
    matchers: &Arc<[Matcher]>,
) -> Begun<'scope> {
    let (sender, messages) = sync_channel(WAITING);
    let (spend, spent) = channel();
    let (feed_writer, feed_reader) = feed();
    let frames = sender.clone();
    let sealing = scope.spawn(move || evidence::read_to_end(input, feed_writer, &frames));
    let (reading, matchers) = (Arc::new(reading), Arc::clone(matchers));
    let how = Arc::clone(&reading);
    let parsing = scope.spawn(move || guarded(|| parse(feed_reader, &how, &matchers, &sender, &spent)));
    Begun { reading, messages, spend, parsing, sealing }
}

impl FileImport<'_> {
    /// Reads `input` once more as it was read before and writes it to the ledger, whole or not at all.
    pub(crate) fn repeat(
        &mut self,
        input: &(dyn Input + Sync),
        container: Option<String>,
        (reading, supersedes): (Reading, Option<i64>),
    ) -> Result<ImportManifest, AppError> {
        let matchers = self.matchers()?;
        std::thread::scope(|scope| {
            let begun = begin(scope, input, reading, &matchers);
            self.finish(input, container, supersedes, begun, &matchers, || {})
        })
    }

    /// The words of every policy version, ready for matching.
    pub(super) fn matchers(&self) -> Result<Arc<[Matcher]>, AppError> {
        let sets = self.policies.pattern_sets().into_iter();
        sets.map(|patterns| Matcher::new(patterns).map_err(|error| AppError::wrong_use(error.to_string()))).collect()
    }

    /// Writes what the threads find to the ledger, whole or not at all. `all_written` is called when nothing is left but
    /// to commit.
    pub(super) fn finish(
        &mut self,
        input: &(dyn Input + Sync),
        container: Option<String>,
        supersedes: Option<i64>,
        begun: Begun<'_>,
        matchers: &[Matcher],
        all_written: impl FnOnce(),
    ) -> Result<ImportManifest, AppError> {
        let Begun { reading, messages, spend, parsing, sealing } = begun;
        let mut transaction = self.ledger.begin_import(self.host.now(), &self.policies.pattern_sets())?;
        let (host, cancel) = (self.host, self.cancel);
        if let Some(earlier) = supersedes {
            transaction.supersede(earlier, matchers, &mut texts::readable(), &|| cancel.is_set())?;
        }
        let mut writer = Writer { transaction, host, cancel, input, spend, rows: 0, bytes: 0, messages: 0, seq: 0 };
        let written = writer.consume(messages);
        let (parsed, sealed) = (parsing.join(), sealing.join());
        // The writer's own failure explains why the others stopped; the parser's explains a failure to read.
        written?;
        let summary = parsed.unwrap_or_else(|_| Err(stopped()))?;
        let seal = sealed.map_err(|_| stopped())?.map_err(|error| not_readable(input, &error))?.ok_or_else(stopped)?;
        let header = header(input, container, seal, &reading, summary)?;
        all_written();
        if self.dry_run { Ok(writer.transaction.discard(header)) } else { Ok(writer.transaction.finish(header)?) }
    }
}

fn header(
    input: &dyn Input,
    container: Option<String>,
    seal: Seal,
    reading: &Reading,
    summary: Summary,
) -> Result<ImportHeader, AppError> {
    let context = serde_json::to_string(reading).map_err(|error| {
        AppError::new(ErrorCode::Internal, format!("how the file was read cannot be written down: {error}"))
    })?;
    Ok(ImportHeader {
        file: input.name().to_owned(),
        container,
        sha256: seal.sha256,
        bytes: seal.bytes,
        kind: reading.kind,
        recognised_by: reading.recognised_by.clone(),
        reading: context,
        rows_read: summary.rows_read,
        carries: summary.carries.into_iter().collect(),
        cannot_tell: summary.cannot_tell.into_iter().collect(),
        timezone: summary.timezone_used.map(|zone| zone.name().to_owned()),
        warnings: summary.warnings,
    })
}

/// The parsing thread: records are read, hashed and matched here, so that the writer only writes.
fn parse(
    bytes: FeedReader,
    reading: &Reading,
    matchers: &[Matcher],
    messages: &SyncSender<Message>,
    spent: &Receiver<Vec<Parsed>>,
) -> Result<Summary, AppError> {
    let noticed = Noticed::beside(reading.repository.as_deref(), matchers);
    let mut batches = Batches { matchers, messages, spent, batch: Vec::with_capacity(BATCH), bytes: 0, noticed };
    let mut summary = change_ledger_ingest::read(Box::new(bytes), reading, &mut batches)?;
    if batches.hand_over().is_break() {
        return Err(cancelled());
    }
    summary.warnings.extend(batches.noticed.warnings());
    Ok(summary)
}

struct Batches<'a> {
    matchers: &'a [Matcher],
    messages: &'a SyncSender<Message>,
    /// Batches that are written come back: freeing memory is cheapest on the thread that took it.
    spent: &'a Receiver<Vec<Parsed>>,
    batch: Vec<Parsed>,
    /// Bytes of the file that `batch` stands for.
    bytes: u64,
    noticed: Noticed<'a>,
}

impl Batches<'_> {
    fn add(&mut self, parsed: Parsed) -> Flow {
        let (Parsed::Row(place, _) | Parsed::Reject(Reject { place, .. })) = &parsed;
        self.bytes += place.span.length;
        self.batch.push(parsed);
        if self.batch.len() < BATCH && self.bytes < BATCH_BYTES { ControlFlow::Continue(()) } else { self.hand_over() }
    }

    fn hand_over(&mut self) -> Flow {
        let empty = self.spent.try_iter().map(|mut batch| {
            batch.clear();
            batch
        });
        let empty = empty.last().unwrap_or_else(|| Vec::with_capacity(BATCH));
        let batch = std::mem::replace(&mut self.batch, empty);
        self.bytes = 0;
        if self.messages.send(Message::Rows(batch)).is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}

impl Sink for Batches<'_> {
    fn accept(&mut self, row: Row) -> Flow {
        self.noticed.see(&row);
        let arrivals = row.records.into_iter().map(|record| Arrival::new(record, self.matchers)).collect();
        self.add(Parsed::Row(row.place, arrivals))
    }

    fn reject(&mut self, reject: Reject) -> Flow {
        self.add(Parsed::Reject(reject))
    }
}

/// The writing side.
struct Writer<'a, 'l> {
    transaction: ImportTransaction<'l>,
    host: &'a dyn Host,
    cancel: &'a Cancelled,
    input: &'a (dyn Input + Sync),
    spend: Sender<Vec<Parsed>>,
    rows: u64,
    bytes: u64,
    messages: u64,
    seq: u64,
}

impl Writer<'_, '_> {
    /// Writes until both other threads are done. Dropping `messages` on the way out stops them.
    fn consume(&mut self, messages: Receiver<Message>) -> Result<(), AppError> {
        for message in messages {
            if self.cancel.is_set() {
                return Err(cancelled());
            }
            match message {
                Message::Frame(frame) => {
                    self.transaction.chunk(self.seq, frame.raw_offset, frame.raw_length, &frame.compressed)?;
                    self.seq += 1;
                    self.bytes += frame.raw_length;
                }
                Message::Rows(rows) => {
                    self.rows += rows.len() as u64;
                    for row in &rows {
                        match row {
                            Parsed::Row(place, arrivals) => {
                                self.transaction.row(place, arrivals)?;
                            }
                            Parsed::Reject(reject) => self.transaction.reject(reject)?,
                        }
                    }
                    // The parser may be done already; then they are freed with the channel.
                    let _ = self.spend.send(rows);
                }
            }
            self.messages += 1;
            if self.messages % PROGRESS_EVERY == 1 {
                self.show_progress();
            }
        }
        self.show_progress();
        Ok(())
    }

    fn show_progress(&self) {
        self.host.progress(&Progress {
            job: Job::Import,
            subject: self.input.name().to_owned(),
            rows: self.rows,
            bytes: self.bytes,
            total_bytes: self.input.len(),
        });
    }
}

/// A defect in a parser must not take the program down: it becomes an error, and the import is rolled back.
fn guarded<T>(work: impl FnOnce() -> Result<T, AppError>) -> Result<T, AppError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(stopped()))
}

pub(super) fn stopped() -> AppError {
    AppError::new(
        ErrorCode::Internal,
        "the import stopped because of a defect in this program; nothing of the file was written",
    )
}

/// The person stopped the import.
pub(crate) fn cancelled() -> AppError {
    AppError::new(ErrorCode::Cancelled, "the import was stopped; nothing of the file was written")
}

pub(super) fn not_readable(input: &dyn Input, error: &io::Error) -> AppError {
    AppError::new(ErrorCode::UnreadableInput, format!("{} cannot be read: {error}", input.name()))
        .hint("Check that the file exists, is a file and may be read.")
}
