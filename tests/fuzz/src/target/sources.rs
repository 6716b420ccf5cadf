//! Every registered source: whose file it is, and what its rows say.

use crate::{any_file, fixtures};
use change_ledger_ingest::{Options, catalogue};
use change_ledger_model::source::SourceKind;

/// The first byte says as what the rest is read: as the kind of that number, or as what it is recognised as.
pub(super) fn check(bytes: &[u8]) {
    let Some((first, file)) = bytes.split_first() else { return };
    let source = catalogue().get(usize::from(*first)).map(|entry| entry.kind);
    any_file::check(file, &Options { source, ..any_file::options() });
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let as_kind = |kind: SourceKind| catalogue().iter().position(|entry| entry.kind == kind);
    let numbered = |kind| as_kind(kind).and_then(|at| u8::try_from(at).ok());
    fixtures::all()
        .into_iter()
        .flat_map(|(kind, bytes)| [numbered(kind), Some(u8::MAX)].map(|first| (first, bytes.clone())))
        .filter_map(|(first, bytes)| Some([vec![first?], bytes].concat()))
        .collect()
}
