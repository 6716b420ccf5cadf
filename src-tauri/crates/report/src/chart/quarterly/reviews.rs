//! Retroactive reviews by state.

use super::{categories, period, stacked};
use crate::chart::{CategoryAxis, ChartSpec, FootRow, Form, Pattern, Series, Tone, Unit, number};
use change_ledger_model::quarterly::{QuarterMetrics, RetroactiveReview};

/// The retroactive reviews that each quarter's emergencies owe, stacked by state.
#[must_use]
pub fn retroactive_reviews(quarters: &[QuarterMetrics]) -> ChartSpec {
    let series = series();
    ChartSpec {
        id: "retroactive-reviews".to_owned(),
        title: "Retroactive reviews by state".to_owned(),
        description: description(quarters, &series),
        form: Form::Stacked,
        unit: Unit::Count("reviews owed"),
        categories: categories(quarters),
        axis: CategoryAxis::Quarters,
        marks: stacked(&series, quarters.iter().map(|metrics| Some(counts(&metrics.retroactive_review)))),
        series,
        rules: Vec::new(),
        foot_rows: vec![
            FootRow {
                label: "owed".to_owned(),
                values: quarters.iter().map(|metrics| number::count(metrics.retroactive_review.owed)).collect(),
            },
            FootRow {
                label: "on-time rate".to_owned(),
                values: quarters.iter().map(|metrics| rate(&metrics.retroactive_review)).collect(),
            },
        ],
        focus: None,
        steps: Vec::new(),
    }
}

fn rate(review: &RetroactiveReview) -> String {
    review.on_time_rate.map_or_else(|| number::NOT_APPLICABLE.to_owned(), number::percent)
}

/// The states in stacking order; [`super::super::time_to_review`] uses the same.
pub(in crate::chart) fn series() -> Vec<Series> {
    let series =
        |key: &str, label: &str, tone, pattern| Series { key: key.to_owned(), label: label.to_owned(), tone, pattern };
    vec![
        series("on_time", "on time", Tone::Good, Pattern::Solid),
        series("late", "late", Tone::Warn, Pattern::Rising),
        series("overdue", "overdue", Tone::Bad, Pattern::Crossed),
        series("pending", "pending", Tone::Accent, Pattern::Hollow),
        series("unknown", "unknown", Tone::Unknown, Pattern::Dotted),
    ]
}

fn counts(review: &RetroactiveReview) -> Vec<u64> {
    vec![review.on_time, review.late, review.overdue, review.pending, review.unknown]
}

fn description(quarters: &[QuarterMetrics], series: &[Series]) -> String {
    let mut sentences = vec![format!("Stacked bars: retroactive reviews owed, by state, {}.", period(quarters))];
    if let Some(last) = quarters.last() {
        let review = &last.retroactive_review;
        sentences.push(if review.owed == 0 {
            format!("{}: no review was owed.", last.quarter)
        } else {
            let owed = number::counted(review.owed, "review", "reviews");
            let parts = number::listed(&parts(series, &counts(review)));
            format!("{}: of {owed} owed, {parts}; on-time rate {}.", last.quarter, rate(review))
        });
    }
    sentences.join(" ")
}

/// `10 on time`, `2 late`: the states that occur.
fn parts(series: &[Series], counts: &[u64]) -> Vec<String> {
    series
        .iter()
        .zip(counts)
        .filter(|(_, count)| **count > 0)
        .map(|(series, count)| format!("{} {}", number::count(*count), series.label))
        .collect()
}
