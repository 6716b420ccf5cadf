//! Exports of every kind, invented in the verified shape: `tests/fixtures/sources/KIND/FILE`.

mod mutated;
mod registry;
mod traps;

use crate::{ColumnProfile, Flow, Input, MemoryInput, Options, Row, Sink, prepare, read, recognise};
use change_ledger_model::{record::Reject, source::SourceKind};
use std::{collections::BTreeSet, fs, path::PathBuf};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/sources")
}

/// The name and bytes of `KIND/FILE`.
pub(crate) fn fixture(path: &str) -> (String, Vec<u8>) {
    let bytes = fs::read(folder().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    (path.to_owned(), bytes)
}

/// Every fixture: its kind, `KIND/FILE` and bytes, in the order of their names.
pub(crate) fn all() -> Vec<(SourceKind, String, Vec<u8>)> {
    let names_in = |folder: PathBuf| {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let mut found = Vec::new();
    for kind in names_in(folder()) {
        let source = SourceKind::from_name(&kind).unwrap_or_else(|| panic!("{kind} is no kind of export"));
        for file in names_in(folder().join(&kind)) {
            let (path, bytes) = fixture(&format!("{kind}/{file}"));
            found.push((source, path, bytes));
        }
    }
    found
}

/// What a person has to say about a file of this kind: the repository of rows that do not name theirs, and what the
/// columns of a table of no known tool mean.
pub(crate) fn options(kind: SourceKind) -> Options {
    let profile = (kind == SourceKind::GenericCsv).then(|| {
        let path = folder().join("../profiles/register.toml");
        ColumnProfile::from_toml(&fs::read_to_string(path).unwrap()).unwrap()
    });
    Options { repository: Some("acme/pay".to_owned()), profile, ..Options::default() }
}

#[derive(Default)]
struct Count {
    rows: u64,
    records: usize,
    rejects: u64,
}

impl Sink for Count {
    fn accept(&mut self, row: Row) -> Flow {
        self.rows += 1;
        self.records += row.records.len();
        Flow::Continue(())
    }

    fn reject(&mut self, _: Reject) -> Flow {
        self.rejects += 1;
        Flow::Continue(())
    }
}

#[test]
fn every_fixture_is_recognised_as_what_it_is_and_no_tool_takes_anothers() {
    let mut wrong = Vec::new();
    for (kind, path, bytes) in all() {
        // Its name must not help: only what is in it may.
        match recognise(&MemoryInput::new("x.dat", bytes), &options(kind)) {
            Ok(found) if found.kind == kind && found.reason.ends_with('.') => {}
            Ok(found) => wrong.push(format!("{path} is taken for {}: {}", found.kind.name(), found.reason)),
            Err(error) => wrong.push(format!("{path}: {error}")),
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_kind_of_export_has_a_fixture() {
    let present: BTreeSet<SourceKind> = all().into_iter().map(|(kind, ..)| kind).collect();
    let missing = SourceKind::ALL.into_iter().filter(|kind| !present.contains(kind));
    assert_eq!(missing.map(SourceKind::name).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn every_fixture_is_read_to_its_end() {
    let mut wrong = Vec::new();
    for (kind, path, bytes) in all() {
        let input = MemoryInput::new(&path, bytes);
        let mut count = Count::default();
        let read =
            prepare(&input, &options(kind)).and_then(|reading| read(input.open().unwrap(), &reading, &mut count));
        match read {
            Ok(summary) => assert_eq!(count.rows + count.rejects, summary.rows_read, "{path}"),
            Err(error) => wrong.push(format!("{path}: {error}")),
        }
        // A file without any record is named so.
        if (count.records == 0) != path.contains("/empty") {
            wrong.push(format!("{path} holds {} records", count.records));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
