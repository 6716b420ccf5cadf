//! Whether the population is complete, as far as the ledger can tell.

use crate::{
    app::App,
    error::AppError,
    host::Host,
    import_file::ROWS_LEFT_OUT,
    wire::{
        CompletenessAnswer, CutOff, Duplicate, EmptyMonths, Nothing, NumberGap, OutsideRecord, OutsideRecords,
        RepositoryNumbers, SourceCompleteness, Unresolved, UnresolvedName, WithoutChange,
    },
};
use change_ledger_model::{
    Timestamp,
    import::{ImportManifest, ImportStatus, ImportWarning},
    policy::PolicyHistory,
    source::SourceKind,
};
use change_ledger_store::{
    DatedRecords, ImplementedTicket, ImplementingChange, Ledger, NumberRange, RecordWithoutChange, UnresolvedKind,
};
use chrono::Datelike;
use chrono_tz::Tz;
use std::collections::{BTreeMap, BTreeSet};

/// The codes of warnings about files that hold only a part: cut at a limit of their tool, on the way here, or damaged.
pub(crate) const CUT_OFF: [&str; 4] = ["cut_off", "truncated", "damaged", "reviews_cut"];

/// The code of the warning about several rows of one record.
pub(crate) const REPEATED: &str = "repeated_rows";

/// Records that no change shows, listed one by one.
const OUTSIDE: usize = 500;

/// Gaps in numbers, months without records, files that look cut off, names that lead nowhere, doubles.
///
/// # Errors
/// When the ledger cannot be read.
pub fn completeness(app: &App, host: &dyn Host) -> Result<CompletenessAnswer, AppError> {
    let as_of = app.as_of(host);
    app.read(|ledger| of_ledger(ledger, as_of))
}

/// What is missing in a ledger; the report of a quarter is cut from the same answer.
pub(crate) fn of_ledger(ledger: &Ledger, as_of: Timestamp) -> Result<CompletenessAnswer, AppError> {
    let policies = ledger.policy_history()?;
    let zone = policies.at(as_of).policy.period.timezone;
    let months = |records| -> Result<Vec<String>, AppError> { Ok(empty_months(&ledger.times_with(records)?, zone)) };
    let (incidents, tickets): (Vec<_>, Vec<_>) =
        ledger.unresolved_names()?.into_iter().partition(|name| name.kind == UnresolvedKind::Incident);
    let named = |names: Vec<change_ledger_store::UnresolvedName>| {
        let name = |name: change_ledger_store::UnresolvedName| UnresolvedName {
            name: name.name,
            named_by: name.named_by,
            example: name.example,
        };
        names.into_iter().map(name).collect()
    };
    Ok(CompletenessAnswer {
        as_of,
        timezone: zone.name().to_owned(),
        sources: sources(&ledger.imports()?),
        repositories: ledger.number_ranges()?.into_iter().map(numbers).collect(),
        empty_months: EmptyMonths {
            changes: months(DatedRecords::Changes)?,
            tickets: months(DatedRecords::Tickets)?,
            incidents: months(DatedRecords::Incidents)?,
        },
        unresolved: Unresolved {
            incidents: named(incidents),
            tickets: named(tickets),
            changes: ledger.awaited_changes()?,
        },
        duplicates: ledger.shared_commits()?.into_iter().map(|shared| Duplicate { ids: shared.ids }).collect(),
        without_change: without_change(ledger.without_change()?, uncounted_tickets(ledger, &policies, as_of)?),
    })
}

/// As [`completeness`], for the list of commands.
///
/// # Errors
/// When the ledger cannot be read.
pub fn asked(app: &App, host: &dyn Host, _: Nothing) -> Result<CompletenessAnswer, AppError> {
    completeness(app, host)
}

/// Implemented change tickets whose every pull request was merged into a branch that the policy of that time does not count:
/// they are no changes of their own, and nothing stands for them in N.
pub(crate) fn uncounted_tickets(
    ledger: &Ledger,
    policies: &PolicyHistory,
    as_of: Timestamp,
) -> Result<Vec<RecordWithoutChange>, AppError> {
    let counts = |change: &ImplementingChange| {
        let population = &policies.at(change.implemented_at.unwrap_or(as_of)).policy.population;
        let branch = change.base_branch.as_deref().filter(|_| change.is_pull_request);
        branch.is_none_or(|branch| population.counts_branch(branch))
    };
    let record = |ticket: ImplementedTicket| {
        let branches: BTreeSet<String> = ticket.changes.into_iter().filter_map(|change| change.base_branch).collect();
        RecordWithoutChange {
            id: ticket.id,
            repository: Some(ticket.project),
            branch: Some(branches.into_iter().collect::<Vec<_>>().join(", ")),
            by: ticket.reporter,
            at: ticket.at,
        }
    };
    let tickets = ledger.implemented_tickets()?.into_iter();
    Ok(tickets.filter(|ticket| !ticket.changes.iter().any(counts)).map(record).collect())
}

fn without_change(
    found: change_ledger_store::WithoutChange,
    uncounted_tickets: Vec<RecordWithoutChange>,
) -> WithoutChange {
    WithoutChange {
        uncounted_tickets: newest(uncounted_tickets),
        review_bypasses: newest(found.review_bypasses),
        unclear_bypasses: newest(found.unclear_bypasses),
        commits: newest(found.commits),
    }
}

fn newest(mut found: Vec<RecordWithoutChange>) -> OutsideRecords {
    found.sort_by_key(|record| std::cmp::Reverse(record.at));
    let total = found.len() as u64;
    let record = |found: RecordWithoutChange| OutsideRecord {
        id: found.id,
        repository: found.repository,
        branch: found.branch,
        by: found.by,
        at: found.at,
    };
    OutsideRecords { total, records: found.into_iter().take(OUTSIDE).map(record).collect() }
}

fn numbers(range: NumberRange) -> RepositoryNumbers {
    RepositoryNumbers {
        missing: range.last - range.first + 1 - range.present,
        repository: range.repository,
        first: range.first,
        last: range.last,
        present: range.present,
        gaps: range.gaps.into_iter().map(|(from, to)| NumberGap { from, to }).collect(),
    }
}

fn sources(imports: &[ImportManifest]) -> Vec<SourceCompleteness> {
    let mut by_kind: BTreeMap<&str, (SourceKind, Vec<&ImportManifest>)> = BTreeMap::new();
    let counts = |import: &&ImportManifest| import.status != ImportStatus::Unchanged && import.superseded_by.is_none();
    for import in imports.iter().filter(counts) {
        by_kind.entry(import.kind.name()).or_insert((import.kind, Vec::new())).1.push(import);
    }
    by_kind.into_values().map(|(kind, imports)| source(kind, &imports)).collect()
}

fn source(kind: SourceKind, imports: &[&ImportManifest]) -> SourceCompleteness {
    let mut answer = SourceCompleteness {
        source: kind.tool().to_owned(),
        kind,
        files: imports.len() as u64,
        rows: change_ledger_model::import::RowCounts::default(),
        first: imports.iter().filter_map(|import| import.first).min(),
        last: imports.iter().filter_map(|import| import.last).max(),
        could_hold_failures: imports.iter().any(|import| import.records.not_implemented > 0).then_some(true),
        cannot_tell: Vec::new(),
        cut_off: Vec::new(),
        repeated: Vec::new(),
        warnings: Vec::new(),
    };
    let carried: BTreeSet<_> = imports.iter().flat_map(|import| import.carries.iter().copied()).collect();
    let lacked: BTreeSet<_> = imports.iter().flat_map(|import| import.cannot_tell.iter().copied()).collect();
    answer.cannot_tell = lacked.difference(&carried).copied().collect();
    for import in imports {
        answer.rows.read += import.rows.read;
        answer.rows.accepted += import.rows.accepted;
        answer.rows.updated += import.rows.updated;
        answer.rows.unchanged += import.rows.unchanged;
        answer.rows.rejected += import.rows.rejected;
        let warned = |is_of: &dyn Fn(&str) -> bool| -> Vec<CutOff> {
            let warnings = import.warnings.iter().filter(|warning| is_of(&warning.code));
            let (file, message) = (|| import.file.clone(), |warning: &ImportWarning| warning.message.clone());
            warnings.map(|warning| CutOff { import: import.id, file: file(), message: message(warning) }).collect()
        };
        answer.cut_off.extend(warned(&|code| CUT_OFF.contains(&code)));
        answer.repeated.extend(warned(&|code| code == REPEATED));
        answer.warnings.extend(warned(&is_other));
    }
    answer
}

/// Whether a warning is told apart nowhere else. Rows without a record leave nothing open.
fn is_other(code: &str) -> bool {
    code != REPEATED && code != ROWS_LEFT_OUT && !CUT_OFF.contains(&code)
}

/// The months in `zone` between the first and the last of `times` (ascending) in which none of them falls.
fn empty_months(times: &[Timestamp], zone: Tz) -> Vec<String> {
    let month = |at: &Timestamp| {
        let local = at.to_utc().with_timezone(&zone);
        local.year() * 12 + local.month0().cast_signed()
    };
    let mut empty = Vec::new();
    let mut last: Option<i32> = None;
    for month in times.iter().map(month) {
        let missing = last.map_or(month, |last| last + 1)..month;
        empty.extend(missing.map(|month| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)));
        last = Some(month);
    }
    empty
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_without_anything_are_counted_in_the_policys_zone() {
        let check = |times: &[&str], zone: Tz, expected: &[&str]| {
            let times: Vec<_> = times.iter().map(|text| Timestamp::parse_rfc3339(text).unwrap()).collect();
            assert_eq!(empty_months(&times, zone), expected, "{times:?}");
        };
        check(&[], Tz::UTC, &[]);
        check(&["2026-01-10T00:00:00Z"], Tz::UTC, &[]);
        check(&["2025-11-10T00:00:00Z", "2026-02-10T00:00:00Z"], Tz::UTC, &["2025-12", "2026-01"]);
        // In Berlin the evening of 31 January is 1 February.
        check(&["2025-12-10T00:00:00Z", "2026-01-31T23:30:00Z"], Tz::UTC, &[]);
        check(&["2025-12-10T00:00:00Z", "2026-01-31T23:30:00Z"], Tz::Europe__Berlin, &["2026-01"]);
    }
}
