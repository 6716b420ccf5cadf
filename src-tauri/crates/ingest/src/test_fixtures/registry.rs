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
fn every_kind_has_a_fixture_a_held_trap_and_words_for_what_it_can_prove() {
    let fixtures: BTreeSet<SourceKind> = all().into_iter().map(|(kind, ..)| kind).collect();
    let held: BTreeSet<(SourceKind, &str)> = traps::all().map(|trap| (trap.kind, trap.name)).collect();
    for entry in catalogue() {
        let name = entry.kind.name();
        assert!(fixtures.contains(&entry.kind), "tests/fixtures/sources/{name} does not exist");
        let is_held = |trap: &&str| held.contains(&(entry.kind, *trap));
        assert!(entry.traps.iter().any(is_held), "no trap of {name} is held in test_fixtures/traps");
        let proves_nothing = entry.kind == SourceKind::SlackUsers;
        assert_eq!(entry.facts.is_empty(), proves_nothing, "{name} does not say what it proves");
        for words in [entry.title, entry.command, entry.cannot_tell] {
            assert!(!words.trim().is_empty() && !words.contains('\n'), "{name}: \"{words}\"");
        }
    }
    for (kind, trap) in held {
        let listed = catalogue().iter().any(|entry| entry.kind == kind && entry.traps.contains(&trap));
        assert!(listed, "the registry does not list the trap \"{trap}\" of {}", kind.name());
    }
}
