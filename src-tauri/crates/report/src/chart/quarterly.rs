//! Charts with one place per quarter.

mod classes;
mod ratio;
mod reviews;

pub use classes::classes_per_quarter;
pub use ratio::emergency_ratio;
pub use reviews::retroactive_reviews;
pub(super) use reviews::series as review_states;

use super::{Category, Mark, MarkKind, Series, number};
use change_ledger_model::quarterly::QuarterMetrics;

/// `2026-Q3` becomes `Q3` of group `2026`.
pub(super) fn category(quarter: &str) -> Category {
    let (label, group) = match quarter.rsplit_once('-') {
        Some((year, label)) => (label.to_owned(), Some(year.to_owned())),
        None => (quarter.to_owned(), None),
    };
    Category { key: quarter.to_owned(), label, group, apart: false }
}

fn categories(quarters: &[QuarterMetrics]) -> Vec<Category> {
    quarters.iter().map(|metrics| category(&metrics.quarter)).collect()
}

/// `in 8 quarters from 2024-Q4 to 2026-Q3`.
fn period(quarters: &[QuarterMetrics]) -> String {
    match quarters {
        [] => "in no quarter".to_owned(),
        [only] => format!("in {}", only.quarter),
        [first, .., last] => format!("in {} quarters from {} to {}", quarters.len(), first.quarter, last.quarter),
    }
}

/// Stacked counts: `rows` has one entry per quarter, `None` for a quarter of which nothing can be said.
fn stacked(series: &[Series], rows: impl Iterator<Item = Option<Vec<u64>>>) -> Vec<Mark> {
    rows.enumerate()
        .flat_map(|(category, counts)| {
            (0..series.len()).map(move |series| {
                let value = counts.as_ref().and_then(|counts| counts.get(series)).copied();
                mark_of_count(category, series, value)
            })
        })
        .collect()
}

/// A mark that shows a count.
pub(super) fn mark_of_count(category: usize, series: usize, value: Option<u64>) -> Mark {
    Mark {
        category,
        series,
        value: value.map(number::exact),
        label: value.map_or_else(|| number::NOT_APPLICABLE.to_owned(), number::count),
        kind: if value.is_some() { MarkKind::Plain } else { MarkKind::Gap },
    }
}
