//! Whether a change was implemented while a severe incident of its service was going on.

use crate::Frames;
use crate::column::{IMPLEMENTED_AT, INCIDENT_WINDOW, REPOSITORY};
use crate::frames::booleans;
use change_ledger_model::{columns::IncidentRow, policy::IncidentWindow};
use polars::prelude::{Column, DataFrame, PolarsResult};

/// Spans of time, first and last millisecond included, ascending, none touching another.
type Spans = Vec<(i64, i64)>;

pub(super) fn in_incident_window(facts: &DataFrame, frames: &Frames, rules: &IncidentWindow) -> PolarsResult<Column> {
    let spans = severe_spans(&frames.repositories, &frames.incidents, rules);
    if spans.iter().all(Vec::is_empty) {
        return Ok(booleans(INCIDENT_WINDOW, &vec![false; facts.height()]));
    }
    let repositories = facts.column(REPOSITORY)?.u32()?;
    let implemented = facts.column(IMPLEMENTED_AT)?.i64()?;
    let values: Vec<bool> = repositories
        .iter()
        .zip(implemented.iter())
        .map(|(repository, at)| {
            let spans = repository.and_then(|repository| spans.get(repository as usize));
            spans.zip(at).is_some_and(|(spans, at)| is_within(spans, at))
        })
        .collect();
    Ok(booleans(INCIDENT_WINDOW, &values))
}

/// Per repository, when severe incidents of its [services](IncidentWindow::services_of) were open; case does not matter.
fn severe_spans(repositories: &[String], incidents: &[IncidentRow], rules: &IncidentWindow) -> Vec<Spans> {
    let severities: Vec<String> = rules.severities.iter().map(|severity| severity.trim().to_lowercase()).collect();
    let grace = i64::from(rules.grace_minutes) * 60_000;
    let severe: Vec<(String, (i64, i64))> = incidents
        .iter()
        .filter_map(|incident| {
            let severity = incident.severity.as_ref()?.trim().to_lowercase();
            let service = incident.service.as_ref()?.trim().to_lowercase();
            // One that has ended nobody knows when proves nothing about any later moment.
            let end = match incident.resolved_at {
                Some(end) => end.saturating_add(grace),
                None if incident.has_ended => return None,
                None => i64::MAX,
            };
            let span = (incident.opened_at?, end);
            (severities.contains(&severity) && !service.is_empty()).then_some((service, span))
        })
        .collect();
    repositories
        .iter()
        .map(|repository| {
            let services = rules.services_of(repository);
            let of_service = severe.iter().filter(|(service, _)| services.contains(service));
            merged(of_service.map(|(_, span)| *span).collect())
        })
        .collect()
}

fn merged(mut spans: Spans) -> Spans {
    spans.retain(|(begin, end)| begin <= end);
    spans.sort_unstable();
    let mut merged = Spans::new();
    for (begin, end) in spans {
        match merged.last_mut() {
            Some((_, last)) if begin <= *last => *last = (*last).max(end),
            _ => merged.push((begin, end)),
        }
    }
    merged
}

fn is_within(spans: &Spans, at: i64) -> bool {
    let begun = spans.partition_point(|(begin, _)| *begin <= at);
    begun.checked_sub(1).and_then(|last| spans.get(last)).is_some_and(|(_, end)| at <= *end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const MINUTE: i64 = 60_000;

    #[test]
    fn an_incident_is_severe_by_severity_and_service() {
        let rules = IncidentWindow {
            severities: vec!["P1".to_owned(), "sev1".to_owned()],
            grace_minutes: 5,
            services: BTreeMap::new(),
        };
        let check =
            |service: &str, severity: &str, opened: Option<i64>, resolved: Option<i64>, expected: &[(i64, i64)]| {
                let incident = IncidentRow {
                    key: 1,
                    opened_at: opened,
                    resolved_at: resolved,
                    has_ended: service == "PAY",
                    severity: Some(severity.to_owned()),
                    urgency: None,
                    service: Some(service.to_owned()),
                    notes_known: true,
                };
                let found = severe_spans(&["acme/Pay".to_owned()], &[incident], &rules);
                assert_eq!(found, [expected.to_vec()], "{service} {severity}");
            };
        check("pay", "p1", Some(0), Some(10), &[(0, 10 + 5 * MINUTE)]);
        check("ACME/pay", "SEV1", Some(0), Some(10), &[(0, 10 + 5 * MINUTE)]);
        // Still going on.
        check("Pay", "P1", Some(7), None, &[(7, i64::MAX)]);
        // Ended, and nobody knows when.
        check("PAY", "P1", Some(7), None, &[]);
        check("PAY", "P1", Some(0), Some(10), &[(0, 10 + 5 * MINUTE)]);
        check("payments", "P1", Some(0), Some(10), &[]);
        check("pay", "P3", Some(0), Some(10), &[]);
        check("pay", "P1", None, Some(10), &[]);
    }

    #[test]
    fn overlapping_spans_are_one() {
        let check = |spans: &[(i64, i64)], expected: &[(i64, i64)]| assert_eq!(merged(spans.to_vec()), expected);
        check(&[(5, 9), (0, 6)], &[(0, 9)]);
        check(&[(0, 9), (2, 3), (11, 12)], &[(0, 9), (11, 12)]);
        check(&[(9, 5)], &[]);
    }

    #[test]
    fn both_ends_of_a_span_belong_to_it() {
        let spans = vec![(10, 20), (30, 40)];
        let check = |at, expected| assert_eq!(is_within(&spans, at), expected, "{at}");
        check(9, false);
        check(10, true);
        check(20, true);
        check(21, false);
        check(40, true);
        check(41, false);
    }
}
