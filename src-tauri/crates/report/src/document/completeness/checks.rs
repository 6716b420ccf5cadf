//! What was looked for, found or not: the table behind the sentences.

use super::super::{View, figures, imported};
use crate::{
    chart::Tone,
    content::{MarkedFile, NamedRecord, NumbersOfRepository, OutsideRecord},
    vocabulary,
};
use serde::Serialize;

/// Examples in one cell.
const EXAMPLES: usize = 12;

/// One thing that was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Check {
    /// What would be missing.
    pub looked_for: String,
    /// How often it was found, and out of how many.
    pub found: String,
    /// Which ones; empty when there is nothing to name.
    pub which: String,
    pub tone: Tone,
}

/// What the files of one kind of export reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Reach {
    pub kind: &'static str,
    pub files: String,
    /// Day of the latest record.
    pub last: String,
    /// Whether changes that failed or were abandoned are among the records.
    pub failures: &'static str,
    pub cannot_tell: String,
}

pub(super) fn checks(view: &View) -> Vec<Check> {
    let missing = &view.report.missing;
    let files = view.report.imports.len() as u64;
    let months = missing.months.len() as u64;
    let of = |count: usize, total: u64, what: &str| {
        format!("{} of {} {what}", figures::count(count as u64), figures::count(total))
    };
    let rejected: u64 = view.report.imports.iter().map(|import| import.rows.rejected).sum();
    let rows: u64 = view.report.imports.iter().map(|import| import.rows.read).sum();
    let marked = |files: &[MarkedFile]| -> Vec<String> {
        files.iter().map(|file| imported::name(super::file_name(&file.file))).collect()
    };
    let (cut_off, repeated) = (marked(&missing.cut_off), marked(&missing.repeated));
    let with_rejects = view.report.imports.iter().filter(|import| import.rows.rejected > 0);
    let with_rejects: Vec<String> = with_rejects.map(|import| imported::name(super::file_name(&import.file))).collect();
    let mut checks = vec![
        check("Files that look cut off", of(cut_off.len(), files, "files"), &cut_off, Tone::Bad),
        check(
            "Rows that could not be read",
            format!("{} of {} rows", figures::count(rejected), figures::count(rows)),
            &with_rejects,
            Tone::Bad,
        ),
        check("Files that tell of a record twice", of(repeated.len(), files, "files"), &repeated, Tone::Warn),
        month_check("Months without an implemented change", &missing.months_without_changes, months, Tone::Bad),
        month_check("Months without a ticket", &missing.months_without_tickets, months, Tone::Warn),
        month_check("Months without an incident", &missing.months_without_incidents, months, Tone::Warn),
        name_check("Incidents named, not imported", &missing.incidents),
        name_check("Tickets named, not imported", &missing.tickets),
        check(
            "Reviews without their change",
            figures::counted(missing.changes.len() as u64, "change", "changes"),
            &missing.changes.iter().map(|id| imported::name(id)).collect::<Vec<_>>(),
            Tone::Warn,
        ),
        check(
            "One merge under several ids",
            figures::counted(missing.duplicates.len() as u64, "merge", "merges"),
            &missing.duplicates.iter().map(|ids| imported::line(&ids.join(" = "))).collect::<Vec<_>>(),
            Tone::Warn,
        ),
    ];
    let outside = [
        outside_check("Skipped review rules without their change", &missing.review_bypasses, "skip", "skips"),
        outside_check("Skipped rules, which ones unknown", &missing.unclear_bypasses, "skip", "skips"),
        outside_check("Commits without a change", &missing.commits, "commit", "commits"),
        outside_check("Change tickets merged where nothing counts", &missing.uncounted_tickets, "ticket", "tickets"),
    ];
    // Where none is found, often nothing was imported that could hold any.
    checks.extend(outside.into_iter().filter(|check| !check.which.is_empty()));
    checks.extend(missing.numbers.iter().map(number_check));
    checks
}

fn check(looked_for: &str, found: String, which: &[String], bad: Tone) -> Check {
    let tone = if which.is_empty() { Tone::Good } else { bad };
    Check { looked_for: looked_for.to_owned(), found, which: examples(which), tone }
}

fn month_check(looked_for: &str, without: &[String], months: u64, bad: Tone) -> Check {
    let found = format!("{} of {}", figures::count(without.len() as u64), figures::counted(months, "month", "months"));
    check(looked_for, found, without, bad)
}

fn name_check(looked_for: &str, names: &[NamedRecord]) -> Check {
    let which: Vec<String> = names
        .iter()
        .map(|name| format!("{} (in {})", imported::name(&name.name), imported::name(&name.named_by)))
        .collect();
    check(looked_for, figures::counted(names.len() as u64, "name", "names"), &which, Tone::Warn)
}

fn outside_check(looked_for: &str, records: &[OutsideRecord], one: &str, many: &str) -> Check {
    let name = |record: &OutsideRecord| {
        let by = record.by.as_ref().map_or_else(String::new, |by| format!(" by {}", imported::name(by)));
        format!("{}{by}", imported::name(&record.id))
    };
    let which: Vec<String> = records.iter().map(name).collect();
    check(looked_for, figures::counted(records.len() as u64, one, many), &which, Tone::Warn)
}

fn number_check(numbers: &NumbersOfRepository) -> Check {
    let run = |(from, to): &(u64, u64)| if from == to { from.to_string() } else { format!("{from}\u{2013}{to}") };
    let which: Vec<String> = numbers.gaps.iter().map(run).collect();
    Check {
        looked_for: format!("Numbers of {}", imported::name(&numbers.repository)),
        found: format!(
            "{} of {} between {} and {}",
            figures::count(numbers.missing()),
            figures::count(numbers.last - numbers.first + 1),
            numbers.first,
            numbers.last
        ),
        which: examples(&which),
        tone: if which.is_empty() { Tone::Good } else { Tone::Warn },
    }
}

fn examples(which: &[String]) -> String {
    let mut words = which.iter().take(EXAMPLES).cloned().collect::<Vec<_>>().join(", ");
    if let more @ 1.. = which.len().saturating_sub(EXAMPLES) {
        words.push_str(&format!(" and {} more", figures::count(more as u64)));
    }
    words
}

pub(super) fn reaches(view: &View) -> Vec<Reach> {
    let sources = view.report.missing.sources.iter();
    sources
        .map(|source| {
            let facts: Vec<String> = source.cannot_tell.iter().map(|fact| vocabulary::fact(*fact).to_owned()).collect();
            Reach {
                kind: vocabulary::source(source.kind),
                files: figures::count(source.files),
                last: source.last.map_or_else(|| "not known".to_owned(), |last| view.clock.day(last)),
                failures: match source.could_hold_failures {
                    Some(true) => "yes",
                    Some(false) => "no",
                    None => "not known",
                },
                cannot_tell: figures::listed(&facts),
            }
        })
        .collect()
}
