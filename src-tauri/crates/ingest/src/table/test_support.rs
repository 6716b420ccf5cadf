//! A table from memory, read through the crate's front door.

use crate::{Flow, IngestError, MemoryInput, Options, Reading, Row, Sink, Summary, prepare, read};
use change_ledger_model::record::{Change, Incident, Mention, Record, Reject, Review, Span, Ticket};

/// What a table held.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) reading: Reading,
    pub(crate) rows: Vec<Row>,
    pub(crate) rejects: Vec<Reject>,
    pub(crate) summary: Summary,
}

#[derive(Default)]
struct Collect {
    rows: Vec<Row>,
    rejects: Vec<Reject>,
}

impl Sink for Collect {
    fn accept(&mut self, row: Row) -> Flow {
        self.rows.push(row);
        Flow::Continue(())
    }

    fn reject(&mut self, reject: Reject) -> Flow {
        self.rejects.push(reject);
        Flow::Continue(())
    }
}

/// Prepares and reads `bytes`.
pub(crate) fn import(bytes: &[u8], options: &Options) -> Result<Held, IngestError> {
    import_as("table.csv", bytes, options)
}

/// As [`import`], for a file whose name says something.
pub(crate) fn import_as(name: &str, bytes: &[u8], options: &Options) -> Result<Held, IngestError> {
    let input = MemoryInput::new(name, bytes.to_vec());
    let reading = prepare(&input, options)?;
    let mut sink = Collect::default();
    let summary = read(Box::new(std::io::Cursor::new(bytes.to_vec())), &reading, &mut sink)?;
    Ok(Held { reading, rows: sink.rows, rejects: sink.rejects, summary })
}

/// Prepares and reads a fixture, whatever its format; each of its records must be found again from its bytes alone.
pub(crate) fn import_fixture(path: &str, options: &Options) -> Held {
    let (_, bytes) = crate::test_fixtures::fixture(path);
    let held = import(&bytes, options).unwrap_or_else(|error| panic!("{path}: {error}"));
    for row in &held.rows {
        let again = crate::reread(bytes_of(row.place.span, &bytes), &held.reading).unwrap();
        assert_eq!(again, row.records, "{path} row {}", row.place.row);
    }
    held
}

/// What a record names, each with the words of its link field or the place where it was found.
pub(crate) fn named(mentions: &[Mention]) -> Vec<String> {
    mentions.iter().map(|mention| format!("{:?} {} {:?}", mention.kind, mention.name, mention.found_in)).collect()
}

impl Held {
    pub(crate) fn reviews(&self) -> Vec<&Review> {
        self.records()
            .flat_map(|record| match record {
                Record::Review(review) => std::slice::from_ref(review.as_ref()),
                Record::Change(change) => change.reviews.as_slice(),
                _ => &[],
            })
            .collect()
    }

    /// Rejected rows as people read them: row, field and reason.
    pub(crate) fn reasons(&self) -> Vec<String> {
        let said = |reject: &Reject| {
            format!("{} {}: {}", reject.place.row, reject.field.as_deref().unwrap_or("-"), reject.reason)
        };
        self.rejects.iter().map(said).collect()
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        self.rows.iter().flat_map(|row| &row.records)
    }

    pub(crate) fn tickets(&self) -> Vec<&Ticket> {
        self.records()
            .filter_map(|record| if let Record::Ticket(ticket) = record { Some(ticket.as_ref()) } else { None })
            .collect()
    }

    pub(crate) fn incidents(&self) -> Vec<&Incident> {
        self.records()
            .filter_map(|record| if let Record::Incident(incident) = record { Some(incident.as_ref()) } else { None })
            .collect()
    }

    pub(crate) fn changes(&self) -> Vec<&Change> {
        self.records()
            .filter_map(|record| if let Record::Change(change) = record { Some(change.as_ref()) } else { None })
            .collect()
    }

    pub(crate) fn warning_codes(&self) -> Vec<&str> {
        self.summary.warnings.iter().map(|warning| warning.code.as_str()).collect()
    }
}

/// The bytes of a span.
pub(crate) fn bytes_of(span: Span, file: &[u8]) -> &[u8] {
    let start = usize::try_from(span.offset).unwrap();
    &file[start..start + usize::try_from(span.length).unwrap()]
}
