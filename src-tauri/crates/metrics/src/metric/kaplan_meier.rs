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
        formula: "first hour t at which the product, over every hour h up to t at which reviews were given, of \
                  (1 - given at h / still open just before h) is 0.5 or less (Kaplan and Meier, JASA 53, 1958)",
        null_when: "more than half are estimated to be still open at the latest review, or none was owed",
    },
    counts: none,
    durations: none,
    behind: || is_done().or(is_open()),
};

pub(crate) fn read(line: Line<'_>) -> Option<f64> {
    line.survival_median()
}

/// How long a review was open, and whether it was given then or is open still.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Span {
    pub(crate) millis: i64,
    pub(crate) ended: bool,
}

/// A share this close above one half is one half: the product of exact fractions may miss it by rounding.
const ROUNDING: f64 = 1e-12;

/// The first time at which the estimated share of spans still going on is one half or less.
pub(crate) fn median(mut spans: Vec<Span>) -> Option<i64> {
    spans.sort_unstable_by_key(|span| span.millis);
    let mut going_on = spans.len();
    let mut share = 1.0;
    for together in spans.chunk_by(|a, b| a.millis == b.millis) {
        let ended = together.iter().filter(|span| span.ended).count();
        #[expect(clippy::cast_precision_loss, reason = "numbers of changes fit in 53 bits")]
        let ended_share = ended as f64 / going_on as f64;
        share *= 1.0 - ended_share;
        if ended > 0 && share <= 0.5 + ROUNDING {
            return together.first().map(|span| span.millis);
        }
        going_on -= together.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    #[test]
    fn open_ones_stay_at_risk_until_they_are_last_seen() {
        let check = |ended: &[i64], open: &[i64], expected: Option<i64>| {
            let spans = ended.iter().map(|millis| Span { millis: *millis, ended: true });
            let spans = spans.chain(open.iter().map(|millis| Span { millis: *millis, ended: false })).collect();
            assert_eq!(median(spans), expected, "{ended:?} {open:?}");
        };
        check(&[], &[], None);
        check(&[], &[5], None);
        check(&[3], &[], Some(3));
        check(&[2, 4], &[], Some(2));
        check(&[6, 2, 4], &[], Some(4));
        check(&[2], &[9, 9], None);
        // Gone before anything ended: of the two left, the one at 4 is half.
        check(&[4, 8], &[1, 1], Some(4));
        // At the same time, what ended was still at risk with what was last seen then.
        check(&[4, 8], &[4], Some(8));
        check(&[1, 2, 3, 4, 5], &[9; 5], Some(5));
        // By hand: 4/5 * 3/4 * 2/3 = 2/5 at 3.
        check(&[1, 2, 3], &[8, 9], Some(3));
        // 5/6 * 4/5 = 2/3 at 2; one is last seen at 3; 2/3 * 2/3 = 4/9 at 4.
        check(&[1, 2, 4], &[3, 9, 9], Some(4));
        // 3/4 * 2/3 = 1/2 exactly at 2.
        check(&[1, 2], &[9, 9], Some(2));
        // 2/3 at 1, then nobody who is left is given a review.
        check(&[1], &[2, 3], None);
        // Three at once: 4/7 at 5, then 4/7 * 3/4 = 3/7 at 6.
        check(&[5, 5, 5, 6], &[7, 7, 7], Some(6));
        check(&[0, 0], &[0, 0], Some(0));
        // Open ones that are last seen later than every review change no rank but the share: 1/3 at 7.
        check(&[7, 7], &[8], Some(7));
    }

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
