//! Median business days to retroactive review.

use super::{Measure, MetricDefinition, Unit, none};
use crate::column::BUSINESS_DAYS;
use crate::expression::lit;
use crate::judged::{Line, is_done};
use polars::prelude::{PolarsResult, QuantileMethod, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "retroactive_review.median_business_days",
        name: "Median business days to retroactive review",
        unit: Unit::BusinessDays,
        definition: "Half of the retroactive reviews given took at most so many business days. Business days are counted as deadlines count them: \
                     from the day after the implementation to the day of the review, in the zone and with the weekend and \
                     holidays of the policy; on the same day is 0. Open ones are not in it.",
        formula: "quantile 0.5 of the business days, interpolated linearly at rank (n - 1) * 0.5 (Hyndman and Fan, The \
                  American Statistician 50, 1996, definition 7)",
        null_when: "no retroactive review was given",
    },
    counts: none,
    durations: || {
        vec![
            col(BUSINESS_DAYS)
                .filter(is_done())
                .quantile(lit(0.5), QuantileMethod::Linear)
                .alias("median_business_days"),
        ]
    },
    behind: is_done,
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<Option<f64>> {
    line.duration("median_business_days")
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    #[test]
    fn weekends_and_nights_do_not_count() {
        // The first change is on a Tuesday, 10:00 in UTC; 80 hours later it is Friday, 18:00.
        let check = |from: f64, hours: &[Option<f64>], expected: Option<f64>| {
            let reviewed = |sample: Sample, hours: Option<f64>| match hours {
                Some(hours) => sample.change(from).approved("bob", hours),
                None => sample.change(from),
            };
            let sample = hours.iter().copied().fold(Sample::new(), reviewed);
            assert_eq!(sample.quarter().retroactive_review.median_business_days, expected, "{from} {hours:?}");
        };
        check(0.0, &[None], None);
        check(0.0, &[Some(13.9)], Some(0.0));
        check(0.0, &[Some(14.0)], Some(1.0));
        check(0.0, &[Some(24.0)], Some(1.0));
        check(80.0, &[Some(24.0)], Some(0.0));
        check(80.0, &[Some(53.9)], Some(0.0));
        check(80.0, &[Some(54.0)], Some(1.0));
        check(80.0, &[Some(60.0), None], Some(1.0));
        check(0.0, &[Some(1.0), Some(24.0)], Some(0.5));
        check(0.0, &[Some(1.0), Some(24.0), Some(168.0)], Some(1.0));
    }

    #[test]
    fn days_are_those_of_the_policys_zone() {
        let policy = [("timezone = \"UTC\"", "timezone = \"Europe/Berlin\"")];
        let days = |hours| {
            let sample = Sample::new().policy(&policy).change(0.0).approved("bob", hours);
            sample.judged().verdicts().review_business_days.clone()
        };
        // Midnight in Berlin is at 22:00 in UTC.
        assert_eq!((days(11.9), days(12.0)), (vec![Some(0)], vec![Some(1)]));
    }
}
