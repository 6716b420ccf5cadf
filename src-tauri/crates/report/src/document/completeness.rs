//! What the numbers rest on: what is missing, the imported files, and what they cannot tell.

mod checks;
mod findings;

use super::{Badge, Labelled, View, figures, imported};
use crate::{chart::Tone, vocabulary};
use change_ledger_model::{import::ImportManifest, source::Fact};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fmt::Write as _};

/// The data behind the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Completeness {
    /// How far the numbers can be relied on, in one sentence.
    pub verdict: Badge,
    /// What is missing or not known, one sentence each, the most severe first.
    pub findings: Vec<Badge>,
    /// Everything that was looked for, found or not.
    pub checks: Vec<checks::Check>,
    /// What each kind of export reaches.
    pub reaches: Vec<checks::Reach>,
    pub files: Vec<File>,
    /// Rows of all files together.
    pub total_rows: String,
    pub fingerprints: Vec<Labelled>,
    /// How to repeat the data fingerprint.
    pub recipe: &'static str,
}

/// One imported file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct File {
    pub name: String,
    pub kind: &'static str,
    pub sha256: String,
    pub read: String,
    pub rejected: String,
    /// First and last day of its records.
    pub covers: String,
    /// What it proves and what it cannot tell, a sentence each.
    pub facts: Vec<String>,
}

impl Completeness {
    pub(super) fn of(view: &View) -> Self {
        let report = view.report;
        let imports = &report.imports;
        let rows: u64 = imports.iter().map(|import| import.rows.read).sum();
        let policy = &view.policy.reference;
        let mut fingerprints = vec![
            Labelled::new("Policy, SHA-256", imported::line(&policy.sha256)),
            Labelled::new("Data, SHA-256", data_fingerprint(imports)),
        ];
        if let Some(head) = &report.ledger_head {
            fingerprints.push(Labelled::new("Ledger's event chain, SHA-256", imported::line(head)));
        }
        let findings = findings::findings(view);
        let before = |at: usize| at.checked_sub(1).and_then(|at| imports.get(at));
        Self {
            verdict: verdict(&findings),
            findings,
            checks: checks::checks(view),
            reaches: checks::reaches(view),
            files: imports.iter().enumerate().map(|(at, import)| file(view, import, before(at))).collect(),
            total_rows: figures::counted(rows, "row", "rows"),
            fingerprints,
            recipe: "The data fingerprint is the SHA-256 of the files' own SHA-256 values in hexadecimal, each once, sorted, one per line.",
        }
    }
}

/// The worst of what was found. Nobody can see what was never exported, and the sentence says so.
fn verdict(findings: &[Badge]) -> Badge {
    let count = |tone: Tone| findings.iter().filter(|finding| finding.tone == tone).count() as u64;
    let (lost, open) = (count(Tone::Bad), count(Tone::Warn) + count(Tone::Unknown));
    match (lost, open) {
        (1.., _) => Badge::new(
            format!(
                "Data are missing: {} numbers too small.",
                figures::counted(lost, "finding makes", "findings make")
            ),
            Tone::Bad,
        ),
        (0, 1..) => Badge::new(
            format!("No data are known to be lost; {} open.", figures::counted(open, "point is", "points are")),
            Tone::Warn,
        ),
        (0, 0) => Badge::new("Nothing is known to be missing.", Tone::Good),
    }
}

/// SHA-256 over the fingerprints of the imported files: each once, in hexadecimal, sorted, each followed by a line feed.
/// Anyone can repeat it from the list in the report with `sort -u | sha256sum`.
pub(super) fn data_fingerprint(imports: &[ImportManifest]) -> String {
    let files: BTreeSet<&str> = imports.iter().map(|import| import.sha256.as_str()).collect();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file);
        hash.update(b"\n");
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn file(view: &View, import: &ImportManifest, before: Option<&ImportManifest>) -> File {
    let covers = match (import.first, import.last) {
        (Some(first), Some(last)) => format!("{} to {}", view.clock.day(first), view.clock.day(last)),
        _ => figures::NOT_APPLICABLE.to_owned(),
    };
    File {
        name: imported::name(file_name(&import.file)),
        kind: vocabulary::source(import.kind),
        sha256: imported::line(&import.sha256),
        read: figures::count(import.rows.read),
        rejected: figures::count(import.rows.rejected),
        covers,
        facts: facts(import, before),
    }
}

/// What a file proves and cannot tell; once for files of one kind that stand below each other and do not differ in it.
fn facts(import: &ImportManifest, before: Option<&ImportManifest>) -> Vec<String> {
    let of = |import: &ImportManifest| (import.kind, import.carries.clone(), import.cannot_tell.clone());
    if before.is_some_and(|before| of(before) == of(import)) {
        return vec!["Proves and cannot tell the same as the file before.".to_owned()];
    }
    let sentence = |beginning: &str, facts: &[Fact]| {
        let words: Vec<String> = facts.iter().map(|fact| vocabulary::fact(*fact).to_owned()).collect();
        (!words.is_empty()).then(|| format!("{beginning}: {}.", figures::listed(&words)))
    };
    let told = [sentence("Proves", &import.carries), sentence("Cannot tell", &import.cannot_tell)];
    told.into_iter().flatten().collect()
}

/// The last part of a path: the folders of somebody's machine are nobody's business.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path)
}
