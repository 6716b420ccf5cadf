//! Changes of which nobody can tell whether their author merged them.

use super::{Measure, MetricDefinition, Unit, count, in_n, none};
use crate::column::SELF_MERGED;
use crate::judged::Line;
use polars::prelude::{Expr, PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "merger_unknown",
        name: "Merger unknown",
        unit: Unit::Changes,
        definition: "Changes of which the imported files do not tell whether their author merged them: author or merger is not \
                     named, the account was deleted, or a bot merged it for somebody. They are not among those merged by the author, and may belong there.",
        formula: "number of changes whose author is unknown, or whose merger is unknown or a bot",
        null_when: "",
    },
    counts: || vec![count(cannot_tell(), "merger_unknown")],
    durations: none,
    behind: cannot_tell,
};

fn cannot_tell() -> Expr {
    in_n().and(col(SELF_MERGED).is_null())
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<u64> {
    line.count("merger_unknown")
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    #[test]
    fn an_unknown_merger_is_not_somebody_else() {
        let sample = Sample::new().change(0.0).merged_by(None).change(1.0).merged_by(Some("ann")).change(2.0);
        let quarter = sample.change(3.0).author(Some("")).quarter();
        assert_eq!((quarter.changes, quarter.self_merged, quarter.merger_unknown), (4, 1, 2));
    }
}
