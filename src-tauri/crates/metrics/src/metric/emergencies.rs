//! E: the emergencies of a quarter.

use super::{Measure, MetricDefinition, Unit, count, is_emergency, none};
use crate::judged::Line;
use polars::prelude::PolarsResult;

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "emergencies",
        name: "Emergency changes",
        unit: Unit::Changes,
        definition: "Changes labelled as an emergency, themselves or through their ticket, and changes that nobody labelled \
                     but that a detection rule of the policy finds.",
        formula: "E = declared + unlabelled emergencies",
        null_when: "",
    },
    counts: || vec![count(is_emergency(), "emergencies")],
    durations: none,
    behind: is_emergency,
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<u64> {
    line.count("emergencies")
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use change_ledger_model::policy::patterns::TextSignal;

    #[test]
    fn declared_and_unlabelled_ones_count() {
        let sample = Sample::new().change(0.0).hit(TextSignal::EmergencyLabel).approved("bob", -1.0);
        let sample = sample.change(1.0).change(2.0).approved("bob", -1.0);
        assert_eq!(sample.quarter().emergencies, 2);
    }
}
