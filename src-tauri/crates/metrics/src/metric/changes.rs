//! N: how many changes a quarter had.

use super::{Measure, MetricDefinition, Unit, count, in_n, none};
use crate::judged::Line;
use polars::prelude::PolarsResult;

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "changes",
        name: "Changes",
        unit: Unit::Changes,
        definition: "The population: changes implemented in the quarter on a branch that the policy counts. Change tickets \
                     and pull requests whose branch is not known are counted; exempt changes are, unless the policy says \
                     otherwise. A change without a known time belongs to no quarter and is reported apart.",
        formula: "N = number of changes",
        null_when: "",
    },
    counts: || vec![count(in_n(), "changes")],
    durations: none,
    behind: in_n,
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<u64> {
    line.count("changes")
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    #[test]
    fn a_merge_into_a_branch_that_is_not_released_is_not_counted() {
        let check = |branch: Option<u32>, expected: u64| {
            let sample = Sample::new().change(0.0).change(1.0).branch(branch);
            assert_eq!(sample.quarter().changes, expected, "{branch:?}");
        };
        check(Some(0), 2);
        check(Some(1), 1);
        check(None, 2);
    }

    #[test]
    fn every_branch_counts_when_the_policy_says_so() {
        let every = [("branches = [\"main\", \"master\", \"trunk\", \"release/*\"]", "branches = [\"*\"]")];
        assert_eq!(Sample::new().policy(&every).change(0.0).branch(Some(1)).quarter().changes, 1);
    }

    #[test]
    fn an_undated_change_belongs_to_no_quarter_but_is_reported() {
        let judged = Sample::new().change(0.0).change(1.0).undated().judged();
        assert_eq!(judged.quarters(None).unwrap()[0].changes, 1);
        assert_eq!(judged.undated(), 1);
    }
}
