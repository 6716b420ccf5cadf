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

    #[test]
    fn open_ones_count_once_they_are_overdue() {
        let check = |on_time, late, overdue, expected| assert_eq!(rate(on_time, late, overdue), expected);
        check(0, 0, 0, None);
        check(1, 0, 0, Some(1.0));
        check(1, 1, 2, Some(0.25));
        check(0, 0, 2, Some(0.0));
    }
}
