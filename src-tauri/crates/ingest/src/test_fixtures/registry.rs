//! What the registry says of each kind of export is what its exports show.

use super::{all, options, traps};
use crate::{catalogue, table::test_support::import_as};
use change_ledger_model::source::{Fact, SourceKind};
use std::collections::{BTreeMap, BTreeSet};

/// Kinds that carry whatever their rows or somebody's columns do.
const AS_ITS_ROWS: [SourceKind; 2] = [SourceKind::PipelineCsv, SourceKind::GenericCsv];

#[test]
fn a_kind_proves_what_its_fixtures_carry_and_nothing_else() {
    let mut carried: BTreeMap<SourceKind, BTreeSet<Fact>> = BTreeMap::new();
    for (kind, path, bytes) in all() {
        let held = import_as(&path, &bytes, &options(kind)).unwrap_or_else(|error| panic!("{path}: {error}"));
        carried.entry(kind).or_default().extend(held.summary.carries);
    }
    let mut wrong = Vec::new();
    for entry in catalogue().iter().filter(|entry| !AS_ITS_ROWS.contains(&entry.kind)) {
        let listed: BTreeSet<Fact> = entry.facts.iter().copied().collect();
        let carried = carried.remove(&entry.kind).unwrap_or_default();
        let unproven: Vec<_> = listed.difference(&carried).collect();
        let unlisted: Vec<_> = carried.difference(&listed).collect();
        if !unproven.is_empty() || !unlisted.is_empty() {
            wrong.push(format!("{}: no fixture carries {unproven:?}, unlisted {unlisted:?}", entry.kind.name()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_kind_has_a_fixture_and_words_for_what_it_can_prove() {
    let fixtures: BTreeSet<SourceKind> = all().into_iter().map(|(kind, ..)| kind).collect();
    for entry in catalogue() {
        let name = entry.kind.name();
        assert!(fixtures.contains(&entry.kind), "tests/fixtures/sources/{name} does not exist");
        let proves_nothing = entry.kind == SourceKind::SlackUsers;
        assert_eq!(entry.facts.is_empty(), proves_nothing, "{name} does not say what it proves");
        for words in [entry.title, entry.command, entry.cannot_tell] {
            assert!(!words.trim().is_empty() && !words.contains('\n'), "{name}: \"{words}\"");
        }
    }
}

/// Traps that no row holds. A new trap needs a row; what gets one leaves this list.
const WITHOUT_A_ROW: [(SourceKind, &str); 3] = [
    // No file shows what is not in it.
    (SourceKind::GitlabMergeRequestsCsv, "the export passes over some filters of the screen"),
    // No file shows that a text was another one before.
    (SourceKind::PagerdutyNotes, "a later edit of a note keeps its first time"),
    // Held where workbooks are unpacked, before there is a file of this kind.
    (
        SourceKind::GenericCsv,
        "sheets of a workbook: a title above the header, a total below, dates as numbers, merged cells, addresses behind cells",
    ),
];

#[test]
fn every_trap_of_the_registry_has_a_row_and_every_row_its_trap() {
    let held: BTreeSet<(SourceKind, &str)> = traps::all().map(|trap| (trap.kind, trap.name)).collect();
    let listed: BTreeSet<(SourceKind, &str)> =
        catalogue().iter().flat_map(|entry| entry.traps.iter().map(|trap| (entry.kind, *trap))).collect();
    let sentences = |traps: Vec<&(SourceKind, &str)>| {
        traps.iter().map(|(kind, trap)| format!("{}: {trap}", kind.name())).collect::<Vec<_>>()
    };
    let excused: BTreeSet<(SourceKind, &str)> = WITHOUT_A_ROW.into_iter().collect();
    let of_nobody = sentences(held.union(&excused).filter(|trap| !listed.contains(*trap)).collect());
    assert_eq!(of_nobody, Vec::<String>::new(), "the registry does not list these");
    let without = sentences(listed.difference(&held).filter(|trap| !excused.contains(*trap)).collect());
    assert_eq!(without, Vec::<String>::new(), "these need a row in test_fixtures/traps");
    let needless = sentences(excused.intersection(&held).collect());
    assert_eq!(needless, Vec::<String>::new(), "these have a row and can leave the list");
}
