//! Logs of git between control characters.

use crate::{any_file, fixtures};
use change_ledger_ingest::{MemoryInput, Options};
use change_ledger_model::source::SourceKind;

/// Besides what holds of any file: two logs one behind the other say what each of them says.
pub(super) fn check(bytes: &[u8]) {
    let options = Options { source: Some(SourceKind::GitLog), ..any_file::options() };
    any_file::check(bytes, &options);
    // In a file of UTF-16, or one that begins with a mark, the bytes in the middle do not begin a file of their own.
    if !bytes.is_ascii() || bytes.contains(&0) {
        return;
    }
    let records = |log: &[u8]| {
        let read = any_file::import(&MemoryInput::new("commits.log", log), &options);
        read.ok().map(|(outcome, ..)| outcome.records().into_iter().cloned().collect::<Vec<_>>())
    };
    let marks = bytes.iter().enumerate().filter(|(_, byte)| **byte == 0x1E);
    for at in marks.map(|(at, _)| at).skip(1).take(3) {
        let (before, after) = bytes.split_at(at);
        let apart = [records(before).unwrap(), records(after).unwrap()].concat();
        assert_eq!(Some(apart), records(bytes), "cut at {at}");
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    fixtures::of(&[SourceKind::GitLog])
}
