//! The exports of every kind that the tests of the parsers read: `tests/fixtures/sources/KIND/FILE`.

use change_ledger_model::source::SourceKind;
use std::{fs, path::Path};

/// Every fixture with its kind, in the order of their names.
pub(crate) fn all() -> Vec<(SourceKind, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/sources");
    let mut found = Vec::new();
    for kind in names_in(&folder) {
        let source = SourceKind::from_name(&kind).unwrap_or_else(|| panic!("{kind} is no kind of export"));
        for file in names_in(&folder.join(&kind)) {
            found.push((source, fs::read(folder.join(&kind).join(&file)).unwrap()));
        }
    }
    found
}

/// The fixtures of some kinds.
pub(crate) fn of(kinds: &[SourceKind]) -> Vec<Vec<u8>> {
    all().into_iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, bytes)| bytes).collect()
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
