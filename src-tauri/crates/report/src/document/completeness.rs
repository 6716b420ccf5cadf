//! What the numbers rest on: the imported files, and what they cannot tell.

use super::{Labelled, View, figures, imported};
use crate::vocabulary;
use change_ledger_model::import::{ImportManifest, ImportStatus};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fmt::Write as _};

/// The data behind the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Completeness {
    pub files: Vec<File>,
    /// Rows of all files together.
    pub total_rows: String,
    /// What a reader must know, one sentence each.
    pub notes: Vec<String>,
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
    pub cannot_tell: String,
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
        Self {
            files: imports.iter().map(|import| file(view, import)).collect(),
            total_rows: figures::counted(rows, "row", "rows"),
            notes: notes(view),
            fingerprints,
            recipe: "The data fingerprint is the SHA-256 of the files' own SHA-256 values in hexadecimal, each once, sorted, one per line.",
        }
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

fn file(view: &View, import: &ImportManifest) -> File {
    let covers = match (import.first, import.last) {
        (Some(first), Some(last)) => format!("{} to {}", view.clock.day(first), view.clock.day(last)),
        _ => figures::NOT_APPLICABLE.to_owned(),
    };
    let cannot_tell: Vec<String> = import.cannot_tell.iter().map(|fact| vocabulary::fact(*fact).to_owned()).collect();
    File {
        name: imported::name(file_name(&import.file)),
        kind: vocabulary::source(import.kind),
        sha256: imported::line(&import.sha256),
        read: figures::count(import.rows.read),
        rejected: figures::count(import.rows.rejected),
        covers,
        cannot_tell: figures::listed(&cannot_tell),
    }
}

/// The last part of a path: the folders of somebody's machine are nobody's business.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path)
}

fn notes(view: &View) -> Vec<String> {
    let report = view.report;
    let mut notes = Vec::new();
    if report.imports.is_empty() {
        notes.push("No file was imported: every number rests on nothing.".to_owned());
    }
    let rejected: u64 = report.imports.iter().map(|import| import.rows.rejected).sum();
    if rejected > 0 {
        notes.push(format!(
            "{} could not be read and {} in no number; the reasons are kept with the import.",
            figures::capitalised(&figures::counted(rejected, "row", "rows")),
            if rejected == 1 { "is" } else { "are" }
        ));
    }
    let whole = report.imports.iter().filter(|import| import.status == ImportStatus::Rejected).count() as u64;
    if whole > 0 {
        notes.push(format!("{} without a single readable row.", figures::counted(whole, "file was", "files were")));
    }
    if report.undated > 0 {
        notes.push(format!(
            "{} to no quarter, because no file says when they were merged.",
            figures::counted(report.undated, "change belongs", "changes belong")
        ));
    }
    let unknown = view.quarter.approval.unknown;
    if unknown > 0 {
        notes.push(format!(
            "For {} the files carry no review data: whether they were reviewed is not known.",
            figures::of_total(unknown, view.quarter.changes) + " changes"
        ));
    }
    notes.extend(report.completeness.iter().map(|note| imported::line(note)));
    if notes.is_empty() {
        notes.push("Nothing is known to be missing. Files that were never exported cannot be noticed here.".to_owned());
    }
    notes
}
