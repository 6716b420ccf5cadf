//! What is easily got wrong about each kind of export, held by a file and by what it must and must not say.
//!
//! Each row names its trap in the words of the registry, so that neither can be without the other.

mod code_hosts;
mod deployments;
mod github;
mod gitlab;
mod incident_tools;
mod lengths;
mod supporting;
mod tables;
mod told;
mod trackers;

use super::{fixture, options};
use crate::{
    IngestError,
    table::test_support::{Held, import_as},
};
use change_ledger_model::source::SourceKind;
use told::told;

/// A trap of one kind of export.
pub(super) struct Trap {
    pub(super) kind: SourceKind,
    /// As the registry names it.
    pub(super) name: &'static str,
    file: File,
    /// Parts of lines that must be told; parts of one line stand in one text, with ` … ` between.
    says: &'static [&'static str],
    /// Parts that no line may hold.
    never: &'static [&'static str],
}

enum File {
    /// A fixture of this name.
    Fixture(&'static str),
    /// A small file that is written here.
    Text(String),
    /// A fixture of this name, written anew as Windows writes UTF-16.
    Utf16(&'static str),
}

/// A trap that a fixture holds.
fn file(
    kind: SourceKind,
    name: &'static str,
    fixture: &'static str,
    says: &'static [&'static str],
    never: &'static [&'static str],
) -> Trap {
    Trap { kind, name, file: File::Fixture(fixture), says, never }
}

/// A trap that a small file holds.
fn text(
    kind: SourceKind,
    name: &'static str,
    text: impl Into<String>,
    says: &'static [&'static str],
    never: &'static [&'static str],
) -> Trap {
    Trap { kind, name, file: File::Text(text.into()), says, never }
}

/// A trap that a fixture holds when it is in UTF-16.
fn utf16(
    kind: SourceKind,
    name: &'static str,
    fixture: &'static str,
    says: &'static [&'static str],
    never: &'static [&'static str],
) -> Trap {
    Trap { kind, name, file: File::Utf16(fixture), says, never }
}

/// Every trap that is held.
pub(super) fn all() -> impl Iterator<Item = Trap> {
    let groups = [
        github::traps(),
        gitlab::traps(),
        code_hosts::traps(),
        trackers::traps(),
        tables::traps(),
        incident_tools::traps(),
        deployments::traps(),
        supporting::traps(),
        lengths::traps(),
    ];
    groups.into_iter().flatten()
}

impl Trap {
    fn read(&self) -> Result<Held, IngestError> {
        let of_kind = |name: &str| fixture(&format!("{}/{name}", self.kind.name()));
        let (path, bytes) = match &self.file {
            File::Fixture(name) => of_kind(name),
            File::Utf16(name) => {
                let (path, bytes) = of_kind(name);
                let text = String::from_utf8(bytes).unwrap();
                (path, std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect())
            }
            File::Text(text) => ("export".to_owned(), text.clone().into_bytes()),
        };
        import_as(&path, &bytes, &options(self.kind))
    }

    /// What is wrong, as sentences.
    fn faults(&self) -> Vec<String> {
        let held = match self.read() {
            Ok(held) => held,
            Err(error) => return vec![format!("{}, {}\n  {error}", self.kind.name(), self.name)],
        };
        let lines = told(&held);
        let says = |parts: &str| {
            let holds = |line: &&String| parts.split(" … ").all(|part| line.contains(part));
            lines.iter().any(|line| holds(&line))
        };
        let mut faults = Vec::new();
        if held.reading.kind != self.kind {
            faults.push(format!("it is taken for {}", held.reading.kind.name()));
        }
        faults.extend(self.says.iter().filter(|parts| !says(parts)).map(|parts| format!("not told: {parts}")));
        faults.extend(self.never.iter().filter(|parts| says(parts)).map(|parts| format!("told: {parts}")));
        if faults.is_empty() {
            return faults;
        }
        let context = format!("{}, {}\n  {}", self.kind.name(), self.name, lines.join("\n  "));
        std::iter::once(context).chain(faults).collect()
    }
}

#[test]
fn nobody_falls_into_a_known_trap() {
    let faults: Vec<String> = all().flat_map(|trap| trap.faults()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
