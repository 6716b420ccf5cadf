//! Every kind of export is recognised by what is in it, whatever it is called and however it is packed.

use super::{
    Fixture, fixtures,
    packed::{gzip, ods, tar, xlsx, zip, zstandard},
    profile,
};
use crate::support::Sandbox;
use change_ledger_model::source::SourceKind;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// What a dry run says of everything below `path`: by file, the tool, the kind and the status.
fn said(sandbox: &Sandbox, path: &Path) -> BTreeMap<String, (String, String, String)> {
    let profile = profile();
    let arguments = ["import", "--dry-run", "--repository", "acme/pay", "--profile", profile.to_str().unwrap()];
    let outcome = sandbox.command(["--format", "json"]).args(arguments).arg(path).output().unwrap();
    let answer: Value = serde_json::from_slice(&outcome.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&outcome.stderr)));
    assert!(!sandbox.ledger().exists(), "a dry run writes nothing");
    let text = |run: &Value, key: &str| run[key].as_str().unwrap_or_default().to_owned();
    let runs = answer["runs"].as_array().unwrap().iter();
    runs.map(|run| (text(run, "file"), (text(run, "source"), text(run, "kind"), text(run, "status")))).collect()
}

/// Checks that each file is named as what it is.
fn check(found: &BTreeMap<String, (String, String, String)>, expected: &[(PathBuf, &Fixture)]) {
    let mut wrong = Vec::new();
    for (path, fixture) in expected {
        // A list whose only row is a reject is refused, and still named.
        let status = if fixture.path.ends_with("empty-ids-only.json") { "rejected" } else { "imported" };
        let kind = (fixture.kind.tool(), fixture.kind.name(), status);
        match found.get(path.to_str().unwrap()) {
            Some((tool, name, status)) if (tool.as_str(), name.as_str(), status.as_str()) == kind => {}
            other => wrong.push(format!("{} ({}): {other:?}", path.display(), fixture.path)),
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(found.len(), expected.len(), "nothing else was found");
}

#[test]
fn a_dry_run_names_tool_and_kind_of_every_fixture() {
    let sandbox = Sandbox::new();
    let all = fixtures();
    let written = |fixture: &Fixture| sandbox.file(&format!("exports/{}", fixture.path), &fixture.bytes);
    let expected: Vec<_> = all.iter().map(|fixture| (written(fixture), fixture)).collect();
    check(&said(&sandbox, &sandbox.path("exports")), &expected);
}

#[test]
fn names_of_files_say_nothing() {
    let sandbox = Sandbox::new();
    // These alone need their file's name, and not for their kind: it holds the id of their incident.
    let all: Vec<_> = fixtures().into_iter().filter(|fixture| fixture.kind != SourceKind::PagerdutyNotes).collect();
    let written =
        |(number, fixture): (usize, &Fixture)| sandbox.file(&format!("exports/{number:03}/x.dat"), &fixture.bytes);
    let expected: Vec<_> = all.iter().enumerate().map(|numbered| (written(numbered), numbered.1)).collect();
    check(&said(&sandbox, &sandbox.path("exports")), &expected);
}

#[test]
fn archives_of_every_form_hide_nothing() {
    let all = fixtures();
    let parts: Vec<(&str, &[u8])> =
        all.iter().map(|fixture| (fixture.path.as_str(), fixture.bytes.as_slice())).collect();
    for (name, bytes) in [
        ("all.zip", zip(&parts)),
        ("all.tar.gz", gzip(&tar(&parts))),
        ("all.tar.zst", zstandard(&tar(&parts))),
        ("x.dat", zip(&[("inner.tar", &tar(&parts))])),
    ] {
        let sandbox = Sandbox::new();
        let archive = sandbox.file(name, bytes);
        let archive = if name == "x.dat" { archive.join("inner.tar") } else { archive };
        let expected: Vec<_> = all.iter().map(|fixture| (archive.join(&fixture.path), fixture)).collect();
        check(&said(&sandbox, &sandbox.path(name)), &expected);
    }
}

/// The rows of a table, without the line in which Excel names the separator.
fn rows(fixture: &Fixture) -> Vec<Vec<String>> {
    let text = String::from_utf8_lossy(&fixture.bytes).into_owned();
    let text = text.trim_start_matches('\u{FEFF}');
    let (delimiter, text) = text.strip_prefix("sep=;\n").map_or((b',', text), |rest| (b';', rest));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn tables_are_the_same_in_workbooks() {
    let sandbox = Sandbox::new();
    let all: Vec<_> = fixtures().into_iter().filter(|fixture| fixture.path.ends_with(".csv")).collect();
    let mut expected = Vec::new();
    for (number, fixture) in all.iter().enumerate() {
        let rows = rows(fixture);
        for (form, book) in [("xlsx", xlsx(&rows)), ("ods", ods(&rows))] {
            let path = sandbox.file(&format!("books/{form}/{number:03}/x.dat"), book);
            expected.push((path.join("Page 1"), fixture));
        }
    }
    check(&said(&sandbox, &sandbox.path("books")), &expected);
}
