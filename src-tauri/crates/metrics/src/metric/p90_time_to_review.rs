//! The 90th percentile of the time to a retroactive review.

use super::{Measure, MetricDefinition, Unit, none};
use crate::judged::{MILLIS, Line, is_done};
use crate::expression::lit;
use polars::prelude::{PolarsResult, QuantileMethod, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "retroactive_review.p90_hours",
        name: "90th percentile of the time to retroactive review",
        unit: Unit::Hours,
        definition: "Nine of ten retroactive reviews given took at most so long, counted from the implementation to the first qualifying approval after it. Open ones are not in it.",
        formula: "quantile 0.9 of the hours, interpolated linearly at rank (n - 1) * 0.9 (Hyndman and Fan, The American \
                  Statistician 50, 1996, definition 7)",
        null_when: "no retroactive review was given",
    },
    counts: none,
    durations: || vec![col(MILLIS).filter(is_done()).quantile(lit(0.9), QuantileMethod::Linear).alias("p90_hours")],
    behind: is_done,
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<Option<f64>> {
    line.hours("p90_hours")
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    #[test]
    fn ranks_are_interpolated() {
        let check = |hours: &[f64], expected: f64| {
            let sample = hours.iter().fold(Sample::new(), |sample, hours| sample.change(0.0).approved("bob", *hours));
            let found = sample.quarter().retroactive_review.p90_hours.unwrap();
            assert!((found - expected).abs() < 1e-9, "{hours:?}: {found}");
        };
        check(&[3.0], 3.0);
        check(&[0.5, 10.5], 9.5);
        check(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0], 10.0);
    }
}
