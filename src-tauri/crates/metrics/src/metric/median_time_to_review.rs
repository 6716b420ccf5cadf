//! The median time to a retroactive review.

use super::{Measure, MetricDefinition, Unit, none};
use crate::judged::{MILLIS, Line, is_done};
use crate::expression::lit;
use polars::prelude::{PolarsResult, QuantileMethod, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "retroactive_review.median_hours",
        name: "Median time to retroactive review",
        unit: Unit::Hours,
        definition: "Half of the retroactive reviews given took at most so long, counted from the implementation to the first qualifying approval after it. Open ones are not in it.",
        formula: "quantile 0.5 of the hours, interpolated linearly at rank (n - 1) * 0.5 (Hyndman and Fan, The American \
                  Statistician 50, 1996, definition 7)",
        null_when: "no retroactive review was given",
    },
    counts: none,
    durations: || vec![col(MILLIS).filter(is_done()).quantile(lit(0.5), QuantileMethod::Linear).alias("median_hours")],
    behind: is_done,
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<Option<f64>> {
    line.hours("median_hours")
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    #[test]
    fn only_reviews_that_were_given_are_measured() {
        let check = |hours: &[Option<f64>], expected: Option<f64>| {
            let reviewed = |sample: Sample, hours: Option<f64>| match hours {
                Some(hours) => sample.change(0.0).approved("bob", hours),
                None => sample.change(0.0),
            };
            let sample = hours.iter().copied().fold(Sample::new(), reviewed);
            assert_eq!(sample.quarter().retroactive_review.median_hours, expected, "{hours:?}");
        };
        check(&[None], None);
        check(&[Some(4.0)], Some(4.0));
        check(&[Some(4.0), None], Some(4.0));
        check(&[Some(10.0), Some(4.0)], Some(7.0));
        check(&[Some(10.0), Some(4.0), Some(5.0)], Some(5.0));
    }

    #[test]
    fn a_review_before_the_implementation_is_no_negative_time() {
        let review = Sample::new().change(0.0).approved("bob", -5.0).quarter().retroactive_review;
        assert_eq!((review.owed, review.median_hours), (0, None));
    }
}
