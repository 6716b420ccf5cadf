//! Changes merged by their author.

use super::{Measure, MetricDefinition, Unit, count, in_n, none};
use crate::column::SELF_MERGED;
use crate::expression::lit;
use crate::judged::Line;
use polars::prelude::{Expr, PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "self_merged",
        name: "Merged by the author",
        unit: Unit::Changes,
        definition: "Changes that a person both opened and merged. Those of which author or merger is not known, and those that a \
                     bot merged for somebody, are counted apart.",
        formula: "number of changes whose author and merger are the same known person",
        null_when: "",
    },
    counts: || vec![count(merged_by_author(), "self_merged")],
    durations: none,
    behind: merged_by_author,
};

fn merged_by_author() -> Expr {
    in_n().and(col(SELF_MERGED).fill_null(lit(false)))
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<u64> {
    line.count("self_merged")
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    #[test]
    fn two_known_people_are_compared() {
        let check = |author: Option<&str>, merger: Option<&str>, verdict: Option<bool>| {
            let sample = || Sample::new().change(0.0).author(author).merged_by(merger);
            assert_eq!(sample().judged().verdicts().self_merged, [verdict], "{author:?} {merger:?}");
            assert_eq!(sample().quarter().self_merged, u64::from(verdict == Some(true)), "{author:?} {merger:?}");
        };
        check(Some("ann"), Some("ann"), Some(true));
        check(Some("ann"), Some("bob"), Some(false));
        check(Some("ann"), None, None);
        check(None, Some("ann"), None);
        // Two deleted accounts need not be one person.
        check(Some(""), Some(""), None);
        // A bot merges for somebody, perhaps for the author.
        check(Some("renovate[bot]"), Some("renovate[bot]"), None);
        check(Some("ann"), Some("merge-queue[bot]"), None);
        check(Some("renovate[bot]"), Some("ann"), Some(false));
    }
}
