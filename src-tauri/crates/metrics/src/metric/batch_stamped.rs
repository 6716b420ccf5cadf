//! Retroactive approvals given in a batch.

use super::{Measure, MetricDefinition, Unit, count, in_n, none};
use crate::column::BATCH_STAMPED;
use crate::judged::Line;
use polars::prelude::{Expr, PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "batch_stamped",
        name: "Stamped in a batch",
        unit: Unit::Changes,
        definition: "Changes whose retroactive review is one of several that the same person gave within minutes; the policy \
                     says how many and how fast. It says nothing about a single review, but a lot about a habit.",
        formula: "number of changes whose settling approval lies in a window of the policy's minutes with at least the policy's \
                  count of settling approvals by the same person",
        null_when: "",
    },
    counts: || vec![count(stamped(), "batch_stamped")],
    durations: none,
    behind: stamped,
};

fn stamped() -> Expr {
    in_n().and(col(BATCH_STAMPED))
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<u64> {
    line.count("batch_stamped")
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    fn stamped(policy: &[(&str, &str)], approvals: &[(&str, f64)]) -> u64 {
        let sample = Sample::new().policy(policy);
        let all = approvals.iter().fold(sample, |sample, (who, minutes)| {
            sample.change(0.0).approved(who, 1.0 + minutes / 60.0)
        });
        all.quarter().batch_stamped
    }

    #[test]
    fn five_within_ten_minutes_by_one_person() {
        let check = |approvals: &[(&str, f64)], expected| assert_eq!(stamped(&[], approvals), expected, "{approvals:?}");
        check(&[("bob", 0.0), ("bob", 2.0), ("bob", 4.0), ("bob", 6.0), ("bob", 10.0)], 5);
        check(&[("bob", 0.0), ("bob", 2.0), ("bob", 4.0), ("bob", 6.0), ("bob", 11.0)], 0);
        check(&[("bob", 0.0), ("bob", 2.0), ("cat", 4.0), ("bob", 6.0), ("bob", 8.0)], 0);
        check(&[("bob", 0.0), ("bob", 2.0), ("bob", 4.0), ("bob", 6.0), ("bob", 10.0), ("bob", 30.0)], 5);
    }

    #[test]
    fn the_policy_says_how_many() {
        assert_eq!(stamped(&[("count = 5", "count = 2")], &[("bob", 0.0), ("bob", 9.0), ("cat", 9.0)]), 2);
    }

    #[test]
    fn approvals_before_the_implementation_are_no_stamping() {
        let sample = (0..5).fold(Sample::new(), |sample, _| sample.change(0.0).approved("bob", -1.0));
        assert_eq!(sample.quarter().batch_stamped, 0);
    }
}
