//! Changes approved by their author.

use super::{Measure, MetricDefinition, Unit, count, in_n, none};
use crate::column::SELF_APPROVED;
use crate::judged::Line;
use polars::prelude::{Expr, PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "self_approved",
        name: "Approved by the author",
        unit: Unit::Changes,
        definition: "Changes with an approval by the account that opened them. Such an approval never qualifies.",
        formula: "number of changes with an approval by their author",
        null_when: "",
    },
    counts: || vec![count(approved_by_author(), "self_approved")],
    durations: none,
    behind: approved_by_author,
};

fn approved_by_author() -> Expr {
    in_n().and(col(SELF_APPROVED))
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<u64> {
    line.count("self_approved")
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use change_ledger_model::record::Verdict;

    #[test]
    fn what_the_author_approves_after_the_judgement_is_not_there_yet() {
        let count = |as_of: f64| Sample::new().seen_at(as_of).change(0.0).approved("ann", 5.0).quarter().self_approved;
        assert_eq!((count(4.9), count(5.0)), (0, 1));
    }

    #[test]
    fn only_an_approval_by_the_author_counts() {
        let check = |tell: fn(Sample) -> Sample, expected: u64| {
            assert_eq!(tell(Sample::new().change(0.0)).quarter().self_approved, expected);
        };
        check(|s| s.approved("ann", -1.0), 1);
        check(|s| s.approved("ann", -1.0).approved("ann", 1.0), 1);
        check(|s| s.says("ann", Verdict::Commented, -1.0), 0);
        check(|s| s.approved("bob", -1.0), 0);
        check(|s| s.author(Some("")).approved("", -1.0), 0);
        check(|s| s.author(None).approved("ann", -1.0), 0);
    }
}
