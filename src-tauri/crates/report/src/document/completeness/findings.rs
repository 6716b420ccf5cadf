//! What is missing, in sentences that a board can read: the most severe first.

use super::super::{Badge, View, figures, imported};
use crate::{
    chart::Tone,
    content::{MarkedFile, NamedRecord, NumbersOfRepository},
};
use change_ledger_model::import::ImportStatus;

/// Names in one sentence; the table has more of them.
const NAMED: usize = 3;
/// Files that are named one by one.
const FILES: usize = 5;

/// One sentence for each thing that is missing or unknown. Bad is what makes numbers of the quarter too small or wrong, a
/// warning what leaves some of them open.
pub(super) fn findings(view: &View) -> Vec<Badge> {
    let mut findings = lost(view);
    findings.extend(open(view));
    let others = view.report.completeness.iter();
    findings.extend(others.map(|note| Badge::new(imported::line(note), Tone::Unknown)));
    findings
}

/// What is lost for the numbers.
fn lost(view: &View) -> Vec<Badge> {
    let report = view.report;
    let missing = &report.missing;
    let mut sentences = Vec::new();
    if report.imports.is_empty() {
        sentences.push("No file was imported: every number rests on nothing.".to_owned());
    }
    sentences.extend(marked(&missing.cut_off, "more file looks cut off.", "more files look cut off."));
    let whole = report.imports.iter().filter(|import| import.status == ImportStatus::Rejected).count() as u64;
    if whole > 0 {
        sentences.push(format!("{} without a single readable row.", figures::counted(whole, "file was", "files were")));
    }
    if !missing.months_without_changes.is_empty() {
        let months = figures::listed(&missing.months_without_changes);
        sentences.push(format!("No change was implemented in {months}, or the files of that time were not imported."));
    }
    let rejected: u64 = report.imports.iter().map(|import| import.rows.rejected).sum();
    if rejected > 0 {
        sentences.push(format!(
            "{} could not be read and {} in no number; the reasons are kept with the import.",
            figures::capitalised(&figures::counted(rejected, "row", "rows")),
            if rejected == 1 { "is" } else { "are" }
        ));
    }
    if report.undated > 0 {
        sentences.push(format!(
            "{} to no quarter, because no file says when they were merged.",
            figures::counted(report.undated, "change belongs", "changes belong")
        ));
    }
    sentences.into_iter().map(|sentence| Badge::new(sentence, Tone::Bad)).collect()
}

/// What stays open.
fn open(view: &View) -> Vec<Badge> {
    let missing = &view.report.missing;
    let mut sentences = Vec::new();
    let unknown = view.quarter.approval.unknown;
    if unknown > 0 {
        sentences.push(format!(
            "For {} changes the files do not tell whether they were approved before.",
            figures::of_total(unknown, view.quarter.changes)
        ));
    }
    let more = ("more file tells of a record twice.", "more files tell of a record twice.");
    sentences.extend(marked(&missing.repeated, more.0, more.1));
    sentences.extend(named(&missing.incidents, "incident", "incidents"));
    sentences.extend(named(&missing.tickets, "ticket", "tickets"));
    if let count @ 1.. = missing.changes.len() as u64 {
        let changes = figures::counted(count, "change was", "changes were");
        sentences
            .push(format!("Of {changes} only reviews imported, of whatever quarter: the pull requests are missing."));
    }
    if let count @ 1.. = missing.duplicates.len() as u64 {
        let merges = figures::counted(count, "merge stands", "merges stand");
        sentences.push(format!("{merges} in the ledger under several ids, and each id is counted."));
    }
    if let count @ 1.. = missing.review_bypasses.len() as u64 {
        let skipped = figures::counted(count, "review rule was", "review rules were");
        sentences.push(format!("{skipped} skipped for changes that were not imported, which are in no number."));
    }
    if let count @ 1.. = missing.unclear_bypasses.len() as u64 {
        let times = figures::counted(count, "skip", "skips");
        sentences.push(format!("Of {times} of branch rules no file says whether a review was skipped."));
    }
    if let count @ 1.. = missing.commits.len() as u64 {
        let commits = figures::counted(count, "commit leads", "commits lead");
        sentences.push(format!(
            "{commits} to no imported change: pushed without one, or its pull request was not imported."
        ));
    }
    if let count @ 1.. = missing.uncounted_tickets.len() as u64 {
        let tickets = figures::counted(count, "implemented change ticket is", "implemented change tickets are");
        sentences
            .push(format!("{tickets} in no number: what implements them was merged into branches that do not count."));
    }
    sentences.extend(numbers(&missing.numbers));
    for (records, months) in
        [("ticket was opened", &missing.months_without_tickets), ("incident began", &missing.months_without_incidents)]
    {
        if !months.is_empty() {
            sentences.push(format!("No {records} in {}, or it was not imported.", figures::listed(months)));
        }
    }
    sentences.into_iter().map(|sentence| Badge::new(sentence, Tone::Warn)).collect()
}

/// The first of `files` one by one, and how many there are besides.
fn marked(files: &[MarkedFile], one: &str, many: &str) -> Vec<String> {
    let sentence = |file: &MarkedFile| {
        format!("{}: {}", imported::name(super::file_name(&file.file)), imported::line(&file.reason))
    };
    let mut sentences: Vec<String> = files.iter().take(FILES).map(sentence).collect();
    if let more @ 1.. = files.len().saturating_sub(FILES) {
        sentences.push(figures::counted(more as u64, one, many));
    }
    sentences
}

fn numbers(repositories: &[NumbersOfRepository]) -> Option<String> {
    let with_gaps = repositories.iter().filter(|numbers| numbers.missing() > 0).count() as u64;
    let missing: u64 = repositories.iter().map(NumbersOfRepository::missing).sum();
    (missing > 0).then(|| {
        format!(
            "{} between the first and the last pull request of the quarter, in {}. They may be issues, which have \
             numbers of the same sequence, pull requests that were not merged, or merges that were not exported.",
            figures::counted(missing, "number is missing", "numbers are missing"),
            figures::counted(with_gaps, "repository", "repositories")
        )
    })
}

fn named(names: &[NamedRecord], one: &str, many: &str) -> Option<String> {
    let first: Vec<String> = names.iter().take(NAMED).map(|name| imported::name(&name.name)).collect();
    let beginning = figures::counted(names.len() as u64, one, many) + " that changes of the quarter name";
    let was = if names.len() == 1 { "was" } else { "were" };
    let which = if names.len() > NAMED { ", such as" } else { ":" };
    (!names.is_empty()).then(|| format!("{beginning} {was} not imported{which} {}.", first.join(", ")))
}
