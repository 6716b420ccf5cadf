//! The median time to a retroactive review with the open ones counted in, so that forgetting a review never looks fast.

use super::{Measure, MetricDefinition, Unit, none};
use crate::judged::{Line, is_done, is_open};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "retroactive_review.kaplan_meier_median_hours",
        name: "Median time to retroactive review, open ones included",
        unit: Unit::Hours,
        definition: "The first time after which at most half of the reviews owed are estimated to be still open. Reviews that \
                     are open count as not given up to now.",
        formula: "first hour t at which S(t), the product over every hour h up to t at which reviews were given of \
                  (1 - given at h / still open just before h), is 0.5 or less (Kaplan and Meier, JASA 53, 1958). Its pointwise \
                  95 % confidence band, shown with the curve, is S(t) to the power of exp(±1.96 root(G(t)) / |log S(t)|), where G(t) \
                  is the sum of given / (open (open - given)) (Greenwood, 1926; Kalbfleisch and Prentice, 2002); the median's \
                  interval is where the band crosses 0.5 (Brookmeyer and Crowley, 1982)",
        null_when: "more than half are estimated to be still open at the latest review, or none was owed",
    },
    counts: none,
    durations: none,
    behind: || is_done().or(is_open()),
};

pub(crate) fn read(line: Line<'_>) -> Option<f64> {
    line.survival_median()
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    #[test]
    fn a_quarters_open_reviews_are_aged_at_the_moment_of_judging() {
        let tell = |as_of: f64| {
            let sample = Sample::new().seen_at(as_of).change(0.0).approved("bob", 10.0).change(0.0).change(0.0);
            sample.quarter().retroactive_review.kaplan_meier_median_hours
        };
        // Given only later than the moment of judging: open still.
        assert_eq!(tell(5.0), None);
        assert_eq!(tell(10.0), None);
        assert_eq!(tell(500.0), None);
    }
}
