//! A record of every kind is shown as its file has it, byte for byte, in every encoding and out of every archive.

use super::{
    Fixture, Ledger, Nobody, fixtures, options,
    packed::{gzip, tar, zip, zstandard},
    request,
};
use crate::support::Sandbox;
use change_ledger_app::{use_case, wire::ChangeId};
use change_ledger_ingest::{Flow, MemoryInput, Row, Sink, prepare, read};
use change_ledger_model::{
    record::{Record, Reject, Span},
    source::SourceKind,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};

/// Where the records of a file stand, by their ids. Reviews have no id of their own.
#[derive(Default)]
struct Places(BTreeMap<String, BTreeSet<(u64, u64)>>);

impl Sink for Places {
    fn accept(&mut self, row: Row) -> Flow {
        let Span { offset, length } = row.place.span;
        for id in row.records.iter().filter_map(id_of) {
            self.0.entry(id.to_owned()).or_default().insert((offset, length));
        }
        Flow::Continue(())
    }

    fn reject(&mut self, _: Reject) -> Flow {
        Flow::Continue(())
    }
}

fn id_of(record: &Record) -> Option<&str> {
    Some(match record {
        Record::Change(change) => &change.id,
        Record::Review(_) => return None,
        Record::Ticket(ticket) => &ticket.id,
        Record::Incident(incident) => &incident.id,
        Record::Deployment(deployment) => &deployment.id,
        Record::Bypass(bypass) => &bypass.id,
        Record::Check(check) => &check.id,
        Record::Alert(alert) => &alert.id,
        Record::Message(message) => &message.id,
        Record::Setting(setting) => &setting.id,
        Record::Commit(commit) => &commit.id,
    })
}

/// A fixture as it is imported.
struct Form {
    /// The file and what is in it.
    file: String,
    stored: Vec<u8>,
    /// The export in it: the file itself, or a member of an archive.
    name: String,
    bytes: Vec<u8>,
}

impl Form {
    /// A file that is the export itself.
    fn plain(name: &str, bytes: Vec<u8>) -> Self {
        Self { file: name.to_owned(), stored: bytes.clone(), name: name.to_owned(), bytes }
    }
}

/// Imports a fixture in some form and checks each record of it. Gives the number of records.
fn check(fixture: &Fixture, form: &Form) -> usize {
    let bytes = &form.bytes;
    let sandbox = Sandbox::new();
    let path = sandbox.file(&form.file, &form.stored);
    let name = sandbox.path(&form.name).display().to_string();
    let reading = prepare(&MemoryInput::new(&name, bytes.clone()), &options(fixture.kind));
    let reading = reading.unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut places = Places::default();
    read(Box::new(Cursor::new(bytes.clone())), &reading, &mut places).unwrap();
    let ledger = Ledger::in_folder(sandbox.path("x").parent().unwrap());
    let answer = ledger.import(request(&[&path], false));
    assert!(answer.failures.is_empty(), "{}: {:?}", fixture.path, answer.failures);
    for (id, spans) in &places.0 {
        let raw = use_case::change::raw_record(ledger.app(), &Nobody, ChangeId { id: id.clone() });
        let raw = raw.unwrap_or_else(|error| panic!("{} {id}: {error}", fixture.path));
        let region = |&(offset, length): &(u64, u64)| {
            let [from, length] = [offset, length].map(|bytes| usize::try_from(bytes).unwrap());
            &bytes[from..from + length]
        };
        assert!(spans.contains(&(raw.span.offset, raw.span.length)), "{} {id}: {:?}", fixture.path, raw.span);
        assert_eq!(raw.bytes, region(&(raw.span.offset, raw.span.length)), "{} {id}", fixture.path);
        assert_eq!(raw.file, name, "{} {id}", fixture.path);
    }
    places.0.len()
}

/// Kinds whose rows are all reviews.
const OF_REVIEWS: [SourceKind; 5] = [
    SourceKind::GithubRestReviews,
    SourceKind::GitlabNotes,
    SourceKind::AzureReposThreads,
    SourceKind::GiteaReviews,
    SourceKind::JsmApprovals,
];

/// One import per file; each record is looked up in the ledger.
fn check_all(form: fn(&Fixture) -> Option<Form>) {
    let mut shown: BTreeMap<SourceKind, usize> = BTreeMap::new();
    for fixture in fixtures().iter().filter(|fixture| !fixture.is_empty()) {
        if let Some(form) = form(fixture) {
            *shown.entry(fixture.kind).or_default() += check(fixture, &form);
        }
    }
    for (kind, count) in shown {
        assert!(count > 0 || OF_REVIEWS.contains(&kind), "no record of {} was shown", kind.name());
    }
}

/// The text of a fixture that is UTF-8 and does not say its encoding itself, as XML does.
fn text(fixture: &Fixture) -> Option<&str> {
    let text = std::str::from_utf8(&fixture.bytes).ok()?.trim_start_matches('\u{FEFF}');
    (!text.starts_with("<?xml")).then_some(text)
}

#[test]
fn every_record_is_shown_byte_for_byte() {
    check_all(|fixture| Some(Form::plain(&fixture.path, fixture.bytes.clone())));
}

#[test]
fn every_record_of_an_archive_is_shown_byte_for_byte() {
    check_all(|fixture| {
        let part = [(fixture.path.as_str(), fixture.bytes.as_slice())];
        let stored = match fixture.path.len() % 3 {
            0 => zip(&part),
            1 => gzip(&tar(&part)),
            _ => zstandard(&tar(&part)),
        };
        let name = format!("x.dat/{}", fixture.path);
        Some(Form { file: "x.dat".to_owned(), stored, name, bytes: fixture.bytes.clone() })
    });
}

#[test]
fn every_record_of_a_packed_file_is_shown_byte_for_byte() {
    check_all(|fixture| {
        let bytes = fixture.bytes.clone();
        let stored = if fixture.path.len() % 2 == 0 { gzip(&bytes) } else { zstandard(&bytes) };
        let name = fixture.path.rsplit('/').next()?;
        Some(Form { stored, ..Form::plain(name, bytes) })
    });
}

#[test]
fn every_record_in_utf_16_is_shown_byte_for_byte() {
    check_all(|fixture| {
        let text = text(fixture)?;
        let units = "\u{FEFF}".encode_utf16().chain(text.encode_utf16());
        let wide: Vec<u8> = if text.len() % 2 == 0 {
            units.flat_map(u16::to_le_bytes).collect()
        } else {
            units.flat_map(u16::to_be_bytes).collect()
        };
        Some(Form::plain(&fixture.path, wide))
    });
}

#[test]
fn every_record_in_windows_1252_is_shown_byte_for_byte() {
    check_all(|fixture| {
        let mut bytes = text(fixture).filter(|text| text.is_ascii())?.as_bytes().to_vec();
        // People and titles with letters that are no UTF-8.
        let written = [(&b"Mara"[..], &b"M\xE4ra"[..]), (b"Lin Eze", b"L\xEFn Eze"), (b"retries", b"r\xE9tries")];
        for (ascii, other) in written {
            while let Some(at) = bytes.windows(ascii.len()).position(|window| window == ascii) {
                bytes.splice(at..at + ascii.len(), other.iter().copied());
            }
        }
        Some(Form::plain(&fixture.path, bytes))
    });
}
