//! What the charts say in words and tables.

use super::super::deadline_words;
use super::*;

#[test]
fn descriptions_tell_what_the_eye_would_see() {
    let check = |chart: ChartSpec, expected: &str| assert_eq!(chart.description, expected, "{}", chart.id);
    let quarters = story();
    check(
        emergency_ratio(&quarters, Some(0.05)),
        "Line chart: share of emergencies in all changes in 9 quarters from 2024-Q3 to 2026-Q3. 2026-Q3: 4.4% (15 of 341 \
         changes), within the limit of 10%. Highest: 12.0% in 2025-Q1. Above the limit in 2025-Q1. No changes, so no \
         ratio, in 2025-Q3.",
    );
    check(
        classes_per_quarter(&quarters),
        "Stacked bars: changes other than routine, by class, in 9 quarters from 2024-Q3 to 2026-Q3. 2026-Q3: 13 declared \
         emergencies, 2 unlabelled emergencies, 1 unreviewed change and 7 exempt changes among 341 changes.",
    );
    check(
        retroactive_reviews(&quarters),
        "Stacked bars: retroactive reviews owed, by state, in 9 quarters from 2024-Q3 to 2026-Q3. 2026-Q3: of 14 reviews \
         owed, 10 on time, 2 late, 1 overdue and 1 pending; on-time rate 76.9%.",
    );
    check(
        time_to_review("2026-Q3", &reviews(), Deadline::Hours(24)),
        "Bars: retroactive reviews owed in 2026-Q3 by the time that they took. Deadline: 24 hours. Of 14 owed, 10 on time, \
         2 late and 2 still open.",
    );
}

#[test]
fn empty_quarters_are_said_to_be_empty() {
    let empty = [quarter("2026-Q3", [0; 5], [0; 5])];
    let check = |chart: ChartSpec, end: &str| assert!(chart.description.ends_with(end), "{}", chart.description);
    check(emergency_ratio(&empty, None), "2026-Q3: n/a, no changes. No changes, so no ratio, in 2026-Q3.");
    check(classes_per_quarter(&empty), "2026-Q3: no changes.");
    check(retroactive_reviews(&empty), "2026-Q3: no review was owed.");
    check(time_to_review("2026-Q3", &[], Deadline::BusinessDays(1)), "No review was owed.");
    check(emergency_ratio(&[], None), "in no quarter.");
    let routine = [quarter("2026-Q3", [0, 0, 0, 0, 7], [0; 5])];
    check(classes_per_quarter(&routine), "2026-Q3: all 7 changes were routine.");
}

#[test]
fn tables_hold_every_number_of_the_chart() {
    let quarters = story();
    let table = emergency_ratio(&quarters, Some(0.05)).table();
    assert_eq!(
        table.columns,
        ["Quarter", "Emergency ratio", "Declared only", "Limit", "Warning level", "Emergencies", "All changes"]
    );
    let row = |quarter: &str| table.rows.iter().find(|row| row.first().is_some_and(|name| name == quarter)).unwrap();
    assert_eq!(*row("2025-Q1"), ["2025-Q1", "12.0%", "8.2%", "10.0%", "5.0%", "35", "292"]);
    assert_eq!(*row("2025-Q3"), ["2025-Q3", "n/a", "n/a", "10.0%", "5.0%", "0", "0"]);
    for (chart, _) in gallery() {
        let table = chart.table();
        assert_eq!(table.rows.len(), chart.categories.len(), "{}", chart.id);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", chart.id);
    }
}

#[test]
fn review_times_fall_into_spans_that_include_their_upper_end() {
    let check = |hours: Option<f64>, state: ReviewState, key: &str| {
        let chart = time_to_review("2026-Q3", &[ReviewTime { hours, state }], Deadline::Hours(24));
        let mark = chart.marks.iter().find(|mark| mark.value == Some(1.0)).unwrap();
        assert_eq!(chart.categories[mark.category].key, key, "{hours:?} {state:?}");
        assert_eq!(chart.marks.iter().filter_map(|mark| mark.value).sum::<f64>(), 1.0);
    };
    check(Some(0.0), ReviewState::OnTime, "0-1h");
    check(Some(24.0), ReviewState::OnTime, "12-24h");
    check(Some(24.001), ReviewState::Late, "24-48h");
    check(Some(168.0), ReviewState::Late, "2-7d");
    check(Some(5000.0), ReviewState::Late, "7d+");
    check(Some(3.0), ReviewState::Pending, "open");
    check(Some(300.0), ReviewState::Overdue, "open");
    check(None, ReviewState::Unknown, "unknown");
    check(None, ReviewState::OnTime, "unknown");
    check(Some(-2.0), ReviewState::OnTime, "unknown");
    check(Some(f64::NAN), ReviewState::Late, "unknown");
}

#[test]
fn reviews_add_up_from_span_to_span() {
    let chart = time_to_review("2026-Q3", &reviews(), Deadline::Hours(24));
    let [row] = &chart.foot_rows[..] else { panic!("{:?}", chart.foot_rows) };
    assert_eq!(row.values, ["1", "3", "7", "10", "11", "12", "12", "–"]);
}

#[test]
fn a_deadline_in_hours_has_its_place_among_the_spans() {
    let check = |deadline: Deadline, expected: Option<f64>| {
        let chart = time_to_review("2026-Q3", &[], deadline);
        let place = chart.rules.first().and_then(|rule| rule.values.first()).copied();
        assert_eq!(place, expected, "{deadline}");
    };
    check(Deadline::Hours(1), Some(1.0));
    check(Deadline::Hours(24), Some(4.0));
    check(Deadline::Hours(36), Some(4.5));
    check(Deadline::Hours(48), Some(5.0));
    check(Deadline::Hours(500), None);
    check(Deadline::BusinessDays(3), None);
}

#[test]
fn deadlines_read_as_words() {
    let check = |deadline, expected: &str| assert_eq!(deadline_words(deadline), expected);
    check(Deadline::Hours(24), "24 hours");
    check(Deadline::Hours(1), "1 hour");
    check(Deadline::BusinessDays(1), "the end of the next business day");
    check(Deadline::BusinessDays(3), "the end of business day 3 after the implementation");
}

#[test]
fn reviews_that_nobody_owes_are_not_counted() {
    let not_owed = [ReviewTime { hours: Some(2.0), state: ReviewState::NotOwed }];
    let chart = time_to_review("2026-Q3", &not_owed, Deadline::Hours(24));
    assert!(chart.marks.iter().all(|mark| mark.value == Some(0.0)));
}

#[test]
fn a_limit_that_changed_is_kept_per_quarter() {
    let mut quarters = story();
    quarters[8].ratio_limit = 0.08;
    let chart = emergency_ratio(&quarters, None);
    let [limit] = &chart.rules[..] else { panic!("{:?}", chart.rules) };
    assert_eq!(limit.label, "limit 8%");
    assert_eq!(limit.values[..2], [0.10, 0.10]);
    assert_eq!(limit.values[8], 0.08);
}
