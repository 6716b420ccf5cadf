//! 90th percentile of the business days to retroactive review.

use super::{Measure, MetricDefinition, Unit, none};
use crate::column::BUSINESS_DAYS;
use crate::expression::lit;
use crate::judged::{Line, is_done};
use polars::prelude::{PolarsResult, QuantileMethod, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "retroactive_review.p90_business_days",
        name: "90th percentile of the business days to retroactive review",
        unit: Unit::BusinessDays,
        definition: "Nine of ten retroactive reviews given took at most so many business days. Business days are counted as deadlines count them: \
                     from the day after the implementation to the day of the review, in the zone and with the weekend and \
                     holidays of the policy; on the same day is 0. Open ones are not in it.",
        formula: "quantile 0.9 of the business days, interpolated linearly at rank (n - 1) * 0.9 (Hyndman and Fan, The \
                  American Statistician 50, 1996, definition 7)",
        null_when: "no retroactive review was given",
    },
    counts: none,
    durations: || {
        vec![col(BUSINESS_DAYS).filter(is_done()).quantile(lit(0.9), QuantileMethod::Linear).alias("p90_business_days")]
    },
    behind: is_done,
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<Option<f64>> {
    line.duration("p90_business_days")
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    #[test]
    fn ranks_are_interpolated() {
        let check = |hours: &[f64], expected: f64| {
            let sample = hours.iter().fold(Sample::new(), |sample, hours| sample.change(0.0).approved("bob", *hours));
            let found = sample.quarter().retroactive_review.p90_business_days.unwrap();
            assert!((found - expected).abs() < 1e-9, "{hours:?}: {found}");
        };
        check(&[24.0], 1.0);
        // 0 and 5 business days: a week later is five of them.
        check(&[1.0, 168.0], 4.5);
        check(&[1.0, 24.0, 48.0], 1.8);
    }
}
