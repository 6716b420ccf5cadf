//! What must hold of any file, whatever is in it, and of whatever kind a person says it is.

use change_ledger_ingest::{
    Flow, IngestError, Input, MemoryInput, Options, Reading, Row, Sink, Summary, prepare, read, reread,
};
use change_ledger_model::record::{Place, Record, Reject};
use std::{
    io::{self, Cursor, Read},
    sync::Arc,
};

/// How much longer records, written out, may be than the bytes that they were read from: `#12` in a text becomes a
/// mention with a kind, a name, a place and itself.
const GROWTH: usize = 100;
/// What a record may take beyond that, for the names of its fields and what the file says of all its records.
const FRAME: usize = 16 * 1024;

/// What became of a file.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) rows: Vec<Row>,
    pub(crate) rejects: Vec<Reject>,
}

impl Sink for Outcome {
    fn accept(&mut self, row: Row) -> Flow {
        self.rows.push(row);
        Flow::Continue(())
    }

    fn reject(&mut self, reject: Reject) -> Flow {
        self.rejects.push(reject);
        Flow::Continue(())
    }
}

impl Outcome {
    /// All records, in the order of their rows.
    pub(crate) fn records(&self) -> Vec<&Record> {
        self.rows.iter().flat_map(|row| &row.records).collect()
    }
}

/// Bytes that come in pieces of `step` bytes, as from a slow disk.
struct Pieces {
    bytes: Arc<[u8]>,
    step: usize,
}

impl Input for Pieces {
    fn name(&self) -> &'static str {
        NAME
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(InPieces { bytes: Cursor::new(Arc::clone(&self.bytes)), step: self.step }))
    }

    fn len(&self) -> Option<u64> {
        None
    }
}

struct InPieces {
    bytes: Cursor<Arc<[u8]>>,
    step: usize,
}

impl Read for InPieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(self.step);
        self.bytes.read(&mut buffer[..length])
    }
}

/// Its name must not help to recognise it; notes of PagerDuty have the id of their incident only there.
const NAME: &str = "notes-Q1ZK8M0.json";

/// What a person has to say about any file: the repository of rows that do not name theirs.
pub(crate) fn options() -> Options {
    Options { repository: Some("acme/pay".to_owned()), ..Options::default() }
}

/// Reads a file to its end.
pub(crate) fn import(input: &dyn Input, options: &Options) -> Result<(Outcome, Reading, Summary), IngestError> {
    let reading = prepare(input, options)?;
    let mut outcome = Outcome::default();
    let bytes = input.open().map_err(|cause| IngestError::NotReadable { file: input.name().to_owned(), cause })?;
    let summary = read(bytes, &reading, &mut outcome)?;
    Ok((outcome, reading, summary))
}

/// Fails where one of the properties does not hold of `bytes`:
///
/// - A refusal is one sentence.
/// - Every row ends as a record or a reject, and each reject says why in a sentence.
/// - Rows lie within the file, one behind the other, and an accepted one says the same when its bytes alone are read.
/// - What is kept grows with the file and not faster.
/// - The same bytes give the same again, also when they come in small pieces.
/// - How it was read can be stored and brought back.
pub(crate) fn check(bytes: &[u8], options: &Options) {
    let bytes: Arc<[u8]> = bytes.into();
    let found = import(&MemoryInput::new(NAME, Arc::clone(&bytes)), options);
    let step = 1 + bytes.len() % 61;
    let again = import(&Pieces { bytes: Arc::clone(&bytes), step }, options);
    match (found, again) {
        (Err(refusal), Err(again)) => {
            let said = refusal.to_string();
            assert!(said.ends_with('.') && said.len() < 4096, "{said}");
            assert_eq!(said, again.to_string(), "in pieces of {step} bytes");
        }
        (Ok(found), Ok(again)) => {
            assert_eq!(found, again, "in pieces of {step} bytes");
            let (outcome, reading, summary) = found;
            assert_eq!((outcome.rows.len() + outcome.rejects.len()) as u64, summary.rows_read);
            check_rejects(&outcome.rejects, &bytes);
            check_rows(&outcome.rows, &reading, &bytes);
            check_order(&outcome);
            let stored = serde_json::to_string(&reading).unwrap();
            assert_eq!(serde_json::from_str::<Reading>(&stored).unwrap(), reading);
        }
        (found, again) => panic!("whole: {found:?}\nin pieces of {step} bytes: {again:?}"),
    }
}

fn check_rejects(rejects: &[Reject], bytes: &[u8]) {
    for reject in rejects {
        let reason = &reject.reason;
        assert!(reason.len() > 3 && reason.ends_with('.') && !reason.ends_with(".."), "{reason:?}");
        assert_ne!(reject.field.as_deref(), Some(""), "{reason}");
        region(&reject.place, bytes);
    }
}

fn check_rows(rows: &[Row], reading: &Reading, bytes: &[u8]) {
    for row in rows {
        let raw = region(&row.place, bytes);
        let shown = || String::from_utf8_lossy(raw);
        assert_eq!(reread(raw, reading).unwrap(), row.records, "{}", shown());
        let written = format!("{:?}", row.records).len();
        let allowed = raw.len() * GROWTH + FRAME * row.records.len().max(1);
        assert!(written <= allowed, "{} bytes became {written}: {}", raw.len(), shown());
    }
}

/// The bytes of a row, which must lie within the file.
fn region<'b>(place: &Place, bytes: &'b [u8]) -> &'b [u8] {
    let span = place.span;
    let from = usize::try_from(span.offset).unwrap();
    let to = from + usize::try_from(span.length).unwrap();
    bytes.get(from..to).unwrap_or_else(|| panic!("row {} ends at {to} of {}", place.row, bytes.len()))
}

/// Rows are counted without a gap, and no two of them share a byte.
fn check_order(outcome: &Outcome) {
    let mut places: Vec<Place> = outcome.rows.iter().map(|row| row.place.clone()).collect();
    places.extend(outcome.rejects.iter().map(|reject| reject.place.clone()));
    places.sort_by_key(|place| place.row);
    let mut end = 0;
    for (expected, place) in (1..).zip(&places) {
        assert_eq!(place.row, expected);
        assert!(place.span.offset >= end, "row {expected} begins before the one before it ends");
        end = place.span.offset + place.span.length;
    }
}
