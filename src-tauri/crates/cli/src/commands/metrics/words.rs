//! The metrics of quarters as text.

use super::{attested, curves};
use crate::output;
use change_ledger_app::{MetricsAnswer, QuarterMetrics};

/// The numbers as tables for people, and what changed in sentences.
pub(super) fn words(answer: &MetricsAnswer) -> String {
    let mut text = format!(
        "Policy {} {} · as of {} · quarters in {}\n\n",
        answer.policy.name, answer.policy.version, answer.as_of, answer.timezone
    );
    text.push_str(&by_quarter(answer, &answer.quarters));
    text.push_str(&trends(answer));
    text.push_str(&attested::words(answer));
    for curve in answer.review_curves.iter().flatten() {
        text.push_str(&curves::words(curve));
    }
    text.push_str(&groups(answer));
    text.push_str(&grouping(answer));
    if answer.undated > 0 {
        text.push_str(&format!(
            "\n{} in no quarter: the export does not say when they were merged.\n",
            output::counted(answer.undated, "change is", "changes are")
        ));
    }
    text
}

/// What changed up to the last of the quarters.
fn trends(answer: &MetricsAnswer) -> String {
    let last = answer.quarters.last().map(|quarter| quarter.quarter.as_str());
    let told = answer.trends.iter().filter(|trend| Some(trend.quarter.as_str()) == last);
    let sentences: String = told.map(|trend| format!("- {}\n", trend.sentence)).collect();
    if sentences.is_empty() { sentences } else { format!("\nWhat changed\n{sentences}") }
}

/// What the groups are, and how many changes are in several and in none.
fn grouping(answer: &MetricsAnswer) -> String {
    let Some(note) = &answer.grouping else { return String::new() };
    let of =
        |n: u64, what: &str| (n > 0).then(|| format!(" {} {what}.", output::counted(n, "change is", "changes are")));
    let several = of(note.in_several, "in several groups").unwrap_or_default();
    let none = of(note.in_none, "in no group").unwrap_or_default();
    format!("\n{}{several}{none}\n", note.definition)
}

/// The groups side by side where one quarter is asked for; else the quarters of each.
fn groups(answer: &MetricsAnswer) -> String {
    let groups = answer.groups.iter().flatten();
    if answer.quarters.len() == 1 {
        let rows: Vec<Row> = groups
            .flat_map(|group| group.quarters.iter().map(|quarter| (output::printable(&group.name), quarter)))
            .collect();
        return if rows.is_empty() {
            String::new()
        } else {
            format!("\n{}", tables("group", &rows, answer.small_number))
        };
    }
    groups
        .map(|group| format!("\n{}\n{}", output::printable(&group.name), by_quarter(answer, &group.quarters)))
        .collect()
}

fn by_quarter(answer: &MetricsAnswer, quarters: &[QuarterMetrics]) -> String {
    let rows: Vec<Row> = quarters.iter().map(|quarter| (quarter.quarter.clone(), quarter)).collect();
    tables("quarter", &rows, answer.small_number)
}

/// What the numbers are of, and the numbers.
type Row<'a> = (String, &'a QuarterMetrics);

/// Two tables below each other, because one with every number would be wider than most terminals.
fn tables(of: &'static str, rows: &[Row<'_>], minimum: u64) -> String {
    format!("{}\n{}", changes(of, rows, minimum), reviews(of, rows, minimum))
}

fn changes(of: &'static str, rows: &[Row<'_>], minimum: u64) -> String {
    let header = [
        of,
        "changes",
        "emergencies",
        "ratio",
        "declared",
        "unlabelled",
        "no incident",
        "approved before",
        "after",
        "never",
        "unknown",
    ];
    let rows = rows.iter().map(|(name, q)| {
        vec![
            name.clone(),
            q.changes.to_string(),
            q.emergencies.to_string(),
            on_few(output::percent(q.emergency_ratio), q.changes, minimum),
            q.classes.declared_emergency.to_string(),
            unlabelled(q),
            q.missing_incident_links.count.to_string(),
            q.approval.before.to_string(),
            q.approval.after.to_string(),
            q.approval.none.to_string(),
            q.approval.unknown.to_string(),
        ]
    });
    output::table(&header, &(1..header.len()).collect::<Vec<_>>(), rows.collect())
}

/// `6`, or `6 (2 may be labelled)` where the files of some carry no labels.
fn unlabelled(quarter: &QuarterMetrics) -> String {
    let count = quarter.classes.unlabelled_emergency;
    match quarter.unlabelled_emergencies.labels_unknown {
        0 => count.to_string(),
        unknown => format!("{count} ({unknown} may be labelled)"),
    }
}

fn reviews(of: &'static str, rows: &[Row<'_>], minimum: u64) -> String {
    let header =
        [of, "reviews owed", "on time", "late", "pending", "overdue", "unknown", "on-time rate", "median", "p90"];
    let rows = rows.iter().map(|(name, q)| {
        let review = q.retroactive_review;
        let (due, given) = (review.on_time + review.late + review.overdue, review.on_time + review.late);
        vec![
            name.clone(),
            review.owed.to_string(),
            review.on_time.to_string(),
            review.late.to_string(),
            review.pending.to_string(),
            review.overdue.to_string(),
            review.unknown.to_string(),
            on_few(output::percent(review.on_time_rate), due, minimum),
            on_few(output::hours(review.median_hours), given, minimum),
            on_few(output::hours(review.p90_hours), given, minimum),
        ]
    });
    output::table(&header, &(1..header.len()).collect::<Vec<_>>(), rows.collect())
}

/// A number that rests on few names how many: `50.0% (n=4)`.
fn on_few(number: String, n: u64, minimum: u64) -> String {
    if (1..minimum).contains(&n) { format!("{number} (n={n})") } else { number }
}
