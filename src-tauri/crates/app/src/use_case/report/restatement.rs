//! What the ledger says now of a quarter that was reported on, against what the report said.
//!
//! Both are judged at the moment of the report, so that a review that came due since is no restatement: only later imports,
//! statements about people, attestations and policies are.

use super::stated::{Issued, Stated};
use crate::{
    app::{App, Computed},
    error::AppError,
    host::Host,
    outcomes::moved,
    wire::{IssuedReport, ListedReport, Nothing, ReportList, RestatedReport, RestatedReports, RestatedRequest},
};
use change_ledger_metrics::Judged;
use change_ledger_model::{
    Timestamp,
    quarter::Quarter,
    quarterly::RestatedQuarter,
    restatement::{Amount, MovedChange, MovedNumber, NumberUnit, TakenIn},
};
use change_ledger_report::content::Restatement;
use change_ledger_store::{Event, Ledger, Lookup, event_kind};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The reports that were issued, newest first, each with whether the ledger says something else by now.
///
/// # Errors
/// When the ledger cannot be read.
pub fn list(app: &App, host: &dyn Host, _: Nothing) -> Result<ReportList, AppError> {
    let computed = app.computed(host)?;
    let reports = app.read(|ledger| {
        let events = ledger.events(None)?;
        let mut present = Present::new(ledger, &computed, &events);
        let issued = Issued::all(&events)?.into_iter().rev();
        let listed = issued.map(|(seq, issued)| {
            let restated = match issued.stated {
                None => None,
                Some(_) => Some(present.restated(seq, &issued)?.is_some()),
            };
            Ok(ListedReport { report: issued.report, restated })
        });
        listed.collect::<Result<Vec<_>, AppError>>()
    })?;
    Ok(ReportList { reports })
}

/// The reports of which the ledger says something else by now, newest first; of one quarter or of all.
///
/// # Errors
/// When the quarter is misspelt or the ledger cannot be read.
pub fn restated(app: &App, host: &dyn Host, request: RestatedRequest) -> Result<RestatedReports, AppError> {
    let quarter = request.quarter.as_deref().map(Quarter::parse).transpose()?.map(|quarter| quarter.to_string());
    let computed = app.computed(host)?;
    let is_wanted = |issued: &Issued| quarter.as_ref().is_none_or(|quarter| issued.report.quarter == *quarter);
    let restated = app.read(|ledger| {
        let events = ledger.events(None)?;
        let mut present = Present::new(ledger, &computed, &events);
        let issued = Issued::all(&events)?.into_iter().rev().filter(|(_, issued)| is_wanted(issued));
        issued.map(|(seq, issued)| present.restated(seq, &issued)).filter_map(Result::transpose).collect()
    })?;
    Ok(RestatedReports { restated })
}

/// The quarters whose last report the ledger contradicts by now, newest report first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn restated_quarters(app: &App, host: &dyn Host) -> Result<Vec<RestatedReport>, AppError> {
    let computed = app.computed(host)?;
    app.read(|ledger| {
        let events = ledger.events(None)?;
        let mut present = Present::new(ledger, &computed, &events);
        let mut seen = BTreeSet::new();
        let newest =
            Issued::all(&events)?.into_iter().rev().filter(|(_, issued)| seen.insert(issued.report.quarter.clone()));
        newest.map(|(seq, issued)| present.restated(seq, &issued)).filter_map(Result::transpose).collect()
    })
}

/// The last report of `quarter` of which the ledger says something else by now. Reports that say the same as the ledger do
/// not count, so that a report that is issued once more has the same bytes.
pub(super) fn of_quarter(
    ledger: &Ledger,
    computed: &Computed,
    events: &[Event],
    quarter: Quarter,
) -> Result<Option<Restatement>, AppError> {
    let quarter = quarter.to_string();
    let mut present = Present::new(ledger, computed, events);
    for (seq, issued) in Issued::all(events)?.into_iter().rev().filter(|(_, issued)| issued.report.quarter == quarter) {
        if let Some(RestatedReport { report, since, numbers, moved, .. }) = present.restated(seq, &issued)? {
            let IssuedReport { issued_at, as_of, policy, sha256, .. } = report;
            return Ok(Some(Restatement { issued_at, as_of, policy, sha256, since, numbers, changes: moved }));
        }
    }
    Ok(None)
}

/// Every other quarter of which the ledger says something else by now than one of its reports, the last such report of each;
/// for the same reason, one that was issued anew stays.
pub(super) fn of_others(
    ledger: &Ledger,
    computed: &Computed,
    events: &[Event],
    quarter: Quarter,
) -> Result<Vec<RestatedQuarter>, AppError> {
    let quarter = quarter.to_string();
    let mut present = Present::new(ledger, computed, events);
    let mut found: BTreeMap<String, RestatedQuarter> = BTreeMap::new();
    for (seq, issued) in Issued::all(events)?.into_iter().rev().filter(|(_, issued)| issued.report.quarter != quarter) {
        if found.contains_key(&issued.report.quarter) {
            continue;
        }
        if let Some(restated) = present.restated(seq, &issued)? {
            found.insert(issued.report.quarter, in_short(restated));
        }
    }
    Ok(found.into_values().collect())
}

/// A restated report without the changes behind it.
pub(crate) fn in_short(restated: RestatedReport) -> RestatedQuarter {
    let RestatedReport { report, numbers, moved, .. } = restated;
    let IssuedReport { quarter, issued_at, as_of, sha256, .. } = report;
    RestatedQuarter { quarter, issued_at, as_of, sha256, numbers, changes: moved.len() as u64 }
}

/// What the ledger says now, at the moments of its reports.
struct Present<'a> {
    ledger: &'a Ledger,
    computed: &'a Computed,
    events: &'a [Event],
    /// The files of one report are compared one after the other.
    last: Option<(Timestamp, String, Arc<Stated>)>,
}

impl<'a> Present<'a> {
    const fn new(ledger: &'a Ledger, computed: &'a Computed, events: &'a [Event]) -> Self {
        Self { ledger, computed, events, last: None }
    }

    /// What is otherwise by now; `None` where nothing is, or where it was not kept what the report said.
    fn restated(&mut self, seq: i64, issued: &Issued) -> Result<Option<RestatedReport>, AppError> {
        let Some(then) = &issued.stated else { return Ok(None) };
        let since = self.taken_in(seq, &issued.report);
        if since == TakenIn::default() {
            return Ok(None);
        }
        let now = self.stated(&issued.report)?;
        let numbers = moved_numbers(&then.numbers, &now.numbers);
        let moved = self.moved_changes(then, &now)?;
        let is_restated = !numbers.is_empty() || !moved.is_empty();
        Ok(is_restated.then(|| RestatedReport { report: issued.report.clone(), event: seq, since, numbers, moved }))
    }

    /// What the ledger took in after the state that the report rests on. Others may have written while it was set.
    fn taken_in(&self, seq: i64, report: &IssuedReport) -> TakenIn {
        let rests_on = |event: &&Event| report.ledger_head.as_ref() == Some(&super::hex(event.sha256));
        let last = self.events.iter().find(rests_on).map_or(seq, |event| event.seq);
        let mut since = TakenIn::default();
        for event in self.events.iter().filter(|event| event.seq > last) {
            match event.kind.as_str() {
                event_kind::IMPORT => since.imports += 1,
                event_kind::POLICY => since.policies += 1,
                event_kind::PEOPLE => since.people += 1,
                event_kind::ATTESTATION => since.attestations += 1,
                _ => {}
            }
        }
        since
    }

    fn stated(&mut self, report: &IssuedReport) -> Result<Arc<Stated>, AppError> {
        if let Some((as_of, quarter, stated)) = &self.last
            && (*as_of, quarter) == (report.as_of, &report.quarter)
        {
            return Ok(Arc::clone(stated));
        }
        let judged: Judged = self.computed.loaded.frames.judge(&self.computed.history, report.as_of)?;
        let quarter = Quarter::parse(&report.quarter)?;
        let stated = Arc::new(Stated::of(self.ledger, self.computed, &judged, quarter)?);
        self.last = Some((report.as_of, report.quarter.clone(), Arc::clone(&stated)));
        Ok(stated)
    }

    fn moved_changes(&self, then: &Stated, now: &Stated) -> Result<Vec<MovedChange>, AppError> {
        let moved = moved(&then.outcomes(), &now.outcomes()).into_iter().map(|(id, before, after)| {
            let title = match self.ledger.lookup(id)? {
                Lookup::Found(key) => self.ledger.change_rows(&[key])?.pop().map(|row| row.title),
                Lookup::Ambiguous(_) | Lookup::Missing => None,
            };
            Ok(MovedChange { id: id.to_owned(), title, before, after })
        });
        moved.collect()
    }
}

/// The numbers that both have and that differ, in the order of their names.
pub(crate) fn moved_numbers(then: &Value, now: &Value) -> Vec<MovedNumber> {
    let mut moved = Vec::new();
    compare(String::new(), then, now, &mut moved);
    moved
}

fn compare(metric: String, then: &Value, now: &Value, moved: &mut Vec<MovedNumber>) {
    if let (Some(then), Some(now)) = (then.as_object(), now.as_object()) {
        for (name, then) in then {
            if let Some(now) = now.get(name) {
                let metric = if metric.is_empty() { name.clone() } else { format!("{metric}.{name}") };
                compare(metric, then, now, moved);
            }
        }
    } else if let (Some(before), Some(after)) = (amount(then), amount(now))
        && before != after
    {
        moved.push(MovedNumber { unit: unit(&metric), metric, before, after });
    }
}

/// The number that stands there, or that there is none; `None` for what is no number.
fn amount(value: &Value) -> Option<Option<Amount>> {
    match value {
        Value::Null => Some(None),
        Value::Number(number) => {
            Some(number.as_u64().map(Amount::Count).or_else(|| number.as_f64().map(Amount::Measure)))
        }
        _ => None,
    }
}

/// What the metrics count in is part of their names.
fn unit(metric: &str) -> NumberUnit {
    let is = |endings: &[&str]| endings.iter().any(|ending| metric.ends_with(ending));
    if is(&["share", "ratio", "_rate", "_limit"]) {
        NumberUnit::Share
    } else if is(&["_hours"]) {
        NumberUnit::Hours
    } else if is(&["_business_days"]) {
        NumberUnit::BusinessDays
    } else {
        NumberUnit::Count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_that_differ_are_named_with_their_unit() {
        let check = |then: Value, now: Value, expected: Value| {
            let moved = serde_json::to_value(moved_numbers(&then, &now)).unwrap();
            assert_eq!(moved, expected, "{then} and {now}");
        };
        check(json!({"changes": 3}), json!({"changes": 3}), json!([]));
        check(
            json!({"classes": {"routine": 3, "exempt": 0}}),
            json!({"classes": {"routine": 4, "exempt": 0}}),
            json!([{"metric": "classes.routine", "unit": "count", "before": 3, "after": 4}]),
        );
        check(
            json!({"emergency_ratio": null}),
            json!({"emergency_ratio": 0.5}),
            json!([{"metric": "emergency_ratio", "unit": "share", "before": null, "after": 0.5}]),
        );
        check(
            json!({"review": {"median_hours": 1.5, "p90_business_days": 1.0}}),
            json!({"review": {"median_hours": 2.0, "p90_business_days": null}}),
            json!([
                {"metric": "review.median_hours", "unit": "hours", "before": 1.5, "after": 2.0},
                {"metric": "review.p90_business_days", "unit": "business_days", "before": 1.0, "after": null},
            ]),
        );
        // What only one version of the program counts, and what is no number.
        check(json!({"gone": 1, "quarter": "2026-Q3"}), json!({"new": 1, "quarter": "2026-Q4"}), json!([]));
    }
}
