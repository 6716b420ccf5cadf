//! The README's table of sources is what the registry and the recognition say.

use super::{fixtures, options};
use change_ledger_ingest::{MemoryInput, SourceEntry, catalogue, recognise};
use change_ledger_model::source::Fact;
use std::{fs, path::Path};

const HEAD: &str = "| kind | what it is | how to make it | recognised, for instance | proves | cannot tell |\n|---|---|---|---|---|---|\n";

#[test]
fn the_readmes_table_of_sources_is_what_the_registry_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("README.md"));
    let path = path.into_iter().find(|readme| readme.with_file_name("ARCHITECTURE.md").exists()).unwrap();
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once("\n| kind |").expect("the README has a table of sources");
    let (found, after) = rest.split_once("\n\n").expect("something follows the table");
    let found = format!("| kind |{found}\n");
    let wanted = table();
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, format!("{before}\n{wanted}\n{after}")).unwrap();
        return;
    }
    for (found, wanted) in found.lines().zip(wanted.lines()) {
        assert_eq!(found, wanted, "the README has drifted; run this test with UPDATE_README=1");
    }
    assert_eq!(found.lines().count(), wanted.lines().count(), "run this test with UPDATE_README=1");
}

fn table() -> String {
    let rows: String = catalogue().iter().map(row).collect();
    format!("{HEAD}{rows}")
}

fn row(entry: &SourceEntry) -> String {
    let cells = [
        format!("`{}`", entry.kind.name()),
        entry.title.to_owned(),
        format!("`{}`", entry.command),
        recognised_by(entry),
        proves(entry.facts),
        entry.cannot_tell.to_owned(),
    ];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

/// Why the first fixture of the kind that holds a record is taken for what it is.
fn recognised_by(entry: &SourceEntry) -> String {
    let all = fixtures();
    let of_kind = || all.iter().filter(|fixture| fixture.kind == entry.kind);
    let fixture = of_kind().find(|fixture| !fixture.is_empty()).or_else(|| of_kind().next()).unwrap();
    let input = MemoryInput::new(&fixture.path, fixture.bytes.clone());
    recognise(&input, &options(entry.kind)).unwrap().reason
}

fn proves(facts: &[Fact]) -> String {
    if facts.is_empty() {
        return "nothing".to_owned();
    }
    if facts.len() == Fact::ALL.len() {
        return "what its columns or records say".to_owned();
    }
    let word = |fact: &Fact| serde_json::to_value(fact).unwrap().as_str().unwrap().replace('_', " ");
    Fact::ALL.iter().filter(|fact| facts.contains(fact)).map(word).collect::<Vec<_>>().join(", ")
}
