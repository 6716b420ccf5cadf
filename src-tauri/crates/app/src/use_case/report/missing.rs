//! What is missing, as the ledger as a whole shows it, cut down to the quarter of a report.

use crate::{
    app::Computed,
    error::AppError,
    use_case::completeness,
    wire::{CompletenessAnswer, CutOff, RepositoryNumbers, SourceCompleteness, UnresolvedName},
};
use change_ledger_metrics::Selection;
use change_ledger_model::{Timestamp, policy::Period, quarter::Quarter, quarter::start_of_day};
use change_ledger_report::content::{
    MarkedFile, MissingRecords, NamedRecord, NumbersOfRepository, OutsideRecord, SourceReach,
};
use change_ledger_store::{ChangeRow, DatedRecords, Ledger, RecordWithoutChange};
use chrono::{Datelike, Months, NaiveDate};
use chrono_tz::Tz;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

/// What is missing as far as it concerns `quarter`.
pub(super) fn of_quarter(
    ledger: &Ledger,
    computed: &Computed,
    quarter: Quarter,
    period: &Period,
) -> Result<MissingRecords, AppError> {
    let answer = completeness::of_ledger(ledger, computed.as_of)?;
    let changes = Changes::of(ledger, computed, quarter)?;
    let months = passed_months(quarter, period, computed.as_of);
    let without = |records| -> Result<Vec<String>, AppError> {
        Ok(without_records(&months, &ledger.times_with(records)?, period.timezone))
    };
    let outside = ledger.without_change()?;
    let begin = quarter.begins(period.fiscal_year_start, period.timezone);
    let end = quarter.next().begins(period.fiscal_year_start, period.timezone);
    let within = |found| outside_records(found, begin..end);
    Ok(MissingRecords {
        months_without_changes: without(DatedRecords::Changes)?,
        months_without_tickets: without(DatedRecords::Tickets)?,
        months_without_incidents: without(DatedRecords::Incidents)?,
        months,
        numbers: answer.repositories.iter().filter_map(|numbers| changes.numbers(numbers)).collect(),
        incidents: changes.naming(ledger, &answer.unresolved.incidents)?,
        tickets: changes.naming(ledger, &answer.unresolved.tickets)?,
        duplicates: changes.duplicates(&answer),
        cut_off: answer.sources.iter().flat_map(|source| &source.cut_off).map(marked).collect(),
        repeated: answer.sources.iter().flat_map(|source| &source.repeated).map(marked).collect(),
        sources: answer.sources.into_iter().map(reach).collect(),
        changes: answer.unresolved.changes,
        review_bypasses: within(outside.review_bypasses),
        unclear_bypasses: within(outside.unclear_bypasses),
        commits: within(outside.commits),
        uncounted_tickets: within(completeness::uncounted_tickets(ledger, &ledger.policy_history()?, computed.as_of)?),
    })
}

/// What lies in the quarter; what has no time may.
fn outside_records(found: Vec<RecordWithoutChange>, quarter: Range<Timestamp>) -> Vec<OutsideRecord> {
    let of_quarter = found.into_iter().filter(|record| record.at.is_none_or(|at| quarter.contains(&at)));
    of_quarter.map(|record| OutsideRecord { id: record.id, by: record.by }).collect()
}

fn marked(file: &CutOff) -> MarkedFile {
    MarkedFile { file: file.file.clone(), reason: file.message.clone() }
}

fn reach(source: SourceCompleteness) -> SourceReach {
    SourceReach {
        kind: source.kind,
        files: source.files,
        last: source.last,
        could_hold_failures: source.could_hold_failures,
        cannot_tell: source.cannot_tell,
    }
}

/// The months of a quarter that were over at `as_of`, `2026-08`, with the day on which each begins.
fn passed_months(quarter: Quarter, period: &Period, as_of: Timestamp) -> Vec<String> {
    let first = quarter.first_day(period.fiscal_year_start);
    let last = quarter.last_day(period.fiscal_year_start);
    let begins = (0..).map_while(|months| first.checked_add_months(Months::new(months)));
    let passed = |begin: &NaiveDate| {
        let next = begin.checked_add_months(Months::new(1));
        next.is_some_and(|next| start_of_day(next, period.timezone) <= as_of)
    };
    begins.take_while(|begin| *begin <= last).filter(passed).map(|begin| begin.format("%Y-%m").to_string()).collect()
}

/// Those of `months` in which none of `times` falls; none where nothing of the kind was ever imported.
fn without_records(months: &[String], times: &[Timestamp], zone: Tz) -> Vec<String> {
    if times.is_empty() {
        return Vec::new();
    }
    let month = |at: &Timestamp| {
        let local = at.to_utc().with_timezone(&zone);
        format!("{:04}-{:02}", local.year(), local.month())
    };
    let with: BTreeSet<String> = times.iter().map(month).collect();
    months.iter().filter(|month| !with.contains(*month)).cloned().collect()
}

/// Every change of the quarter, in its population or not.
struct Changes {
    ids: BTreeMap<i64, String>,
    /// Lowest and highest number per repository.
    numbers: HashMap<String, (u64, u64)>,
}

impl Changes {
    fn of(ledger: &Ledger, computed: &Computed, quarter: Quarter) -> Result<Self, AppError> {
        let selection = Selection { quarters: Some((quarter, quarter)), ..Selection::default() };
        let rows = computed.judged.select(&selection)?;
        let keys: Vec<i64> = rows.iter().filter_map(|row| computed.loaded.keys.get(*row as usize).copied()).collect();
        let mut changes = Self { ids: BTreeMap::new(), numbers: HashMap::new() };
        for row in ledger.change_rows(&keys)? {
            changes.add(row);
        }
        Ok(changes)
    }

    fn add(&mut self, row: ChangeRow) {
        if let Ok(number) = row.number.parse::<u64>() {
            let range = self.numbers.entry(row.repository).or_insert((number, number));
            *range = (range.0.min(number), range.1.max(number));
        }
        self.ids.insert(row.key, row.id);
    }

    /// The part of a repository's gaps that lies between the lowest and the highest number of the quarter.
    fn numbers(&self, all: &RepositoryNumbers) -> Option<NumbersOfRepository> {
        let &(first, last) = self.numbers.get(&all.repository)?;
        let within = |gap: &crate::wire::NumberGap| (gap.from.max(first), gap.to.min(last));
        let gaps = all.gaps.iter().map(within).filter(|(from, to)| from <= to).collect();
        Some(NumbersOfRepository { repository: all.repository.clone(), first, last, gaps })
    }

    /// The names that a change of the quarter bears.
    fn naming(&self, ledger: &Ledger, names: &[UnresolvedName]) -> Result<Vec<NamedRecord>, AppError> {
        let mut found = Vec::new();
        for name in names {
            let keys = ledger.changes_naming(&name.name)?;
            if let Some(id) = keys.iter().find_map(|key| self.ids.get(key)) {
                found.push(NamedRecord { name: name.name.clone(), named_by: id.clone() });
            }
        }
        Ok(found)
    }

    fn duplicates(&self, answer: &CompletenessAnswer) -> Vec<Vec<String>> {
        let ids: BTreeSet<&str> = self.ids.values().map(String::as_str).collect();
        let of_quarter = |group: &&crate::wire::Duplicate| group.ids.iter().any(|id| ids.contains(id.as_str()));
        answer.duplicates.iter().filter(of_quarter).map(|group| group.ids.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use change_ledger_model::policy::PolicyHistory;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn only_months_that_are_over_can_lack_records() {
        let policy = PolicyHistory::initial().unwrap().at(at("2026-01-01T00:00:00Z")).policy.clone();
        let quarter = Quarter::parse("2026-Q3").unwrap();
        let check = |as_of: &str, zone: Tz, expected: &[&str]| {
            let period = Period { timezone: zone, ..policy.period.clone() };
            assert_eq!(passed_months(quarter, &period, at(as_of)), expected, "{as_of}");
        };
        check("2026-06-30T00:00:00Z", Tz::UTC, &[]);
        check("2026-08-31T23:00:00Z", Tz::UTC, &["2026-07"]);
        check("2026-08-31T23:00:00Z", Tz::Europe__Berlin, &["2026-07", "2026-08"]);
        check("2027-01-01T00:00:00Z", Tz::UTC, &["2026-07", "2026-08", "2026-09"]);
    }

    #[test]
    fn a_month_lacks_records_only_of_a_kind_that_was_ever_imported() {
        let months = ["2026-07".to_owned(), "2026-08".to_owned(), "2026-09".to_owned()];
        let check = |times: &[&str], expected: &[&str]| {
            let times: Vec<_> = times.iter().map(|time| at(time)).collect();
            assert_eq!(without_records(&months, &times, Tz::UTC), expected, "{times:?}");
        };
        check(&[], &[]);
        check(&["2025-01-01T00:00:00Z"], &["2026-07", "2026-08", "2026-09"]);
        check(&["2026-07-31T23:59:00Z", "2026-09-01T00:00:00Z"], &["2026-08"]);
    }
}
