//! The share of retroactive reviews that were given in time.

use super::{Measure, MetricDefinition, Unit, none, share};
use crate::judged::{in_state, is_done};
use change_ledger_model::judgement::ReviewState;

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "retroactive_review.on_time_rate",
        name: "On-time rate",
        unit: Unit::Share,
        definition: "Share of the retroactive reviews due that were given at or before the deadline. Open ones that are not due \
                     yet, and those of which the files do not tell, are outside.",
        formula: "on time / (on time + late + overdue)",
        null_when: "no review was due yet",
    },
    counts: none,
    durations: none,
    behind: || is_done().or(in_state(ReviewState::Overdue)),
};

pub(crate) fn rate(on_time: u64, late: u64, overdue: u64) -> Option<f64> {
    share(on_time, on_time + late + overdue)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use change_ledger_model::{policy::patterns::TextSignal::EmergencyLabel, record::ReviewCoverage};

    #[test]
    fn open_ones_count_once_they_are_overdue() {
        let check = |on_time, late, overdue, expected| assert_eq!(rate(on_time, late, overdue), expected);
        check(0, 0, 0, None);
        check(1, 0, 0, Some(1.0));
        check(1, 1, 2, Some(0.25));
        check(0, 0, 2, Some(0.0));
        check(0, 1, 0, Some(0.0));
        check(15, 4, 3, Some(15.0 / 22.0));
        check(1, 2, 0, Some(1.0 / 3.0));
        check(3, 0, 1, Some(0.75));
    }

    #[test]
    fn what_is_not_due_and_what_nobody_knows_is_outside() {
        let check = |sample: Sample, expected: Option<f64>| {
            assert_eq!(sample.quarter().retroactive_review.on_time_rate, expected);
        };
        let start = || Sample::new().seen_at(110.0);
        // Pending and unknown ones alone are no basis.
        check(start().change(100.0), None);
        check(start().change(0.0).hit(EmergencyLabel).coverage(ReviewCoverage::NotCarried), None);
        check(start().change(0.0).approved("bob", 1.0).change(100.0), Some(1.0));
        check(start().change(0.0).approved("bob", 1.0).change(0.0), Some(0.5));
        check(start().change(0.0).approved("bob", 24.0).change(0.0).approved("bob", 24.1), Some(0.5));
        // Reviewed within the deadline although that has not passed.
        check(start().change(100.0).approved("bob", 1.0), Some(1.0));
    }
}
