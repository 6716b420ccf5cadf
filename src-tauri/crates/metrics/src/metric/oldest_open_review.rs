//! The age of the oldest retroactive review that is still open.

use super::{Measure, MetricDefinition, Unit, none};
use crate::judged::{Line, MILLIS, is_open};
use polars::prelude::{PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "retroactive_review.oldest_open_hours",
        name: "Oldest open review",
        unit: Unit::Hours,
        definition: "How long the oldest retroactive review that is still open, pending or overdue, has been open.",
        formula: "greatest of (now - implementation) over open reviews",
        null_when: "no retroactive review is open",
    },
    counts: none,
    durations: || vec![col(MILLIS).filter(is_open()).max().alias("oldest_open_hours")],
    behind: is_open,
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<Option<f64>> {
    line.hours("oldest_open_hours")
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    #[test]
    fn pending_and_overdue_ones_are_open() {
        let check = |tell: fn(Sample) -> Sample, expected: Option<f64>| {
            let sample = tell(Sample::new().seen_at(100.0).change(0.0));
            assert_eq!(sample.quarter().retroactive_review.oldest_open_hours, expected);
        };
        check(|s| s, Some(100.0));
        check(|s| s.change(99.0), Some(100.0));
        check(|s| s.approved("bob", 1.0).change(99.0), Some(1.0));
        check(|s| s.approved("bob", 1.0), None);
        // Later than the moment of judging: not there yet.
        check(|s| s.approved("bob", 1.0).change(101.0), None);
        // Reviewed only later than the moment of judging.
        check(|s| s.approved("bob", 101.0), Some(100.0));
    }
}
