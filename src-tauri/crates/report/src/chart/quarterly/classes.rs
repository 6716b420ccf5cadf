//! Changes that are not routine, by class.

use super::{categories, period, stacked};
use crate::chart::{CategoryAxis, ChartSpec, FootRow, Form, Pattern, Series, Tone, Unit, number};
use change_ledger_model::quarterly::{ClassCounts, QuarterMetrics};

/// Emergencies and exceptions of each quarter, stacked by class. Routine changes, usually hundreds, stand as figures below
/// the axis: drawn to scale they would flatten everything that a reader looks for.
#[must_use]
pub fn classes_per_quarter(quarters: &[QuarterMetrics]) -> ChartSpec {
    let series = series();
    let row = |label: &str, value: fn(&QuarterMetrics) -> u64| FootRow {
        label: label.to_owned(),
        values: quarters.iter().map(|metrics| number::count(value(metrics))).collect(),
    };
    ChartSpec {
        id: "classes-per-quarter".to_owned(),
        title: "Emergencies and exceptions by class".to_owned(),
        description: description(quarters),
        form: Form::Stacked,
        unit: Unit::Count("changes other than routine"),
        categories: categories(quarters),
        axis: CategoryAxis::Quarters,
        marks: stacked(&series, quarters.iter().map(|metrics| Some(counts(&metrics.classes)))),
        series,
        rules: Vec::new(),
        foot_rows: vec![
            row("routine", |metrics| metrics.classes.routine),
            row("all changes", |metrics| metrics.changes),
        ],
        focus: None,
        steps: Vec::new(),
    }
}

fn series() -> Vec<Series> {
    let series =
        |key: &str, label: &str, tone, pattern| Series { key: key.to_owned(), label: label.to_owned(), tone, pattern };
    vec![
        series("declared_emergency", "declared emergencies", Tone::Accent, Pattern::Solid),
        series("unlabelled_emergency", "unlabelled emergencies", Tone::Bad, Pattern::Rising),
        series("unreviewed", "unreviewed changes", Tone::Warn, Pattern::Crossed),
        series("exempt", "exempt changes", Tone::Neutral, Pattern::Hollow),
    ]
}

fn counts(classes: &ClassCounts) -> Vec<u64> {
    vec![classes.declared_emergency, classes.unlabelled_emergency, classes.unreviewed, classes.exempt]
}

/// `3 declared emergencies`, `1 unreviewed change`: the classes that occur.
fn parts(classes: &ClassCounts) -> Vec<String> {
    let names = [
        ("declared emergency", "declared emergencies"),
        ("unlabelled emergency", "unlabelled emergencies"),
        ("unreviewed change", "unreviewed changes"),
        ("exempt change", "exempt changes"),
    ];
    let named = counts(classes).into_iter().zip(names).filter(|(count, _)| *count > 0);
    named.map(|(count, (one, many))| number::counted(count, one, many)).collect()
}

fn description(quarters: &[QuarterMetrics]) -> String {
    let mut sentences = vec![format!("Stacked bars: changes other than routine, by class, {}.", period(quarters))];
    if let Some(last) = quarters.last() {
        let parts = parts(&last.classes);
        sentences.push(if last.changes == 0 {
            format!("{}: no changes.", last.quarter)
        } else if parts.is_empty() {
            format!("{}: all {} were routine.", last.quarter, number::counted(last.changes, "change", "changes"))
        } else {
            let all = number::counted(last.changes, "change", "changes");
            format!("{}: {} among {all}.", last.quarter, number::listed(&parts))
        });
    }
    sentences.join(" ")
}
