//! The share of changes that were declared emergencies.

use super::{Measure, MetricDefinition, Unit, changes, classes, none, share};
use crate::column::CLASS;
use crate::judged::Line;
use change_ledger_model::judgement::Class;
use crate::expression::lit;
use polars::prelude::{PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "declared_ratio",
        name: "Declared emergency ratio",
        unit: Unit::Share,
        definition: "Share of the quarter's changes that bear the emergency label, themselves or through their ticket.",
        formula: "declared emergencies / N",
        null_when: "the quarter has no changes",
    },
    counts: none,
    durations: none,
    behind: || col(CLASS).eq(lit(Class::DeclaredEmergency as u8)),
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<Option<f64>> {
    Ok(share(classes::read(line)?.declared_emergency, changes::read(line)?))
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use change_ledger_model::policy::patterns::TextSignal;

    #[test]
    fn unlabelled_ones_are_not_declared() {
        let sample = Sample::new().change(0.0).hit(TextSignal::EmergencyLabel).change(1.0);
        let sample = sample.change(2.0).approved("bob", -1.0).change(3.0).approved("bob", -1.0);
        let quarter = sample.quarter();
        assert_eq!((quarter.declared_ratio, quarter.emergency_ratio), (Some(0.25), Some(0.5)));
    }
}
