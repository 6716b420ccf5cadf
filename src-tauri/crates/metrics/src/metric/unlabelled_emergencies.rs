//! Emergencies that nobody labelled.

use super::{Measure, MetricDefinition, Unit, classes, emergencies, none, share};
use crate::column::CLASS;
use crate::judged::Line;
use change_ledger_model::{judgement::Class, quarterly::CountAndShare};
use crate::expression::lit;
use polars::prelude::{PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "unlabelled_emergencies",
        name: "Unlabelled emergencies",
        unit: Unit::Changes,
        definition: "Emergencies that bear no label, but that a detection rule of the policy finds: all signals of one rule hold.",
        formula: "number of unlabelled emergencies; share = that number / E",
        null_when: "the share, when the quarter has no emergencies",
    },
    counts: none,
    durations: none,
    behind: || col(CLASS).eq(lit(Class::UnlabelledEmergency as u8)),
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<CountAndShare> {
    let count = classes::read(line)?.unlabelled_emergency;
    Ok(CountAndShare { count, share: share(count, emergencies::read(line)?) })
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use change_ledger_model::policy::patterns::TextSignal;

    #[test]
    fn the_share_is_of_emergencies() {
        let quarter = Sample::new().change(0.0).hit(TextSignal::EmergencyLabel).change(1.0).quarter();
        assert_eq!((quarter.unlabelled_emergencies.count, quarter.unlabelled_emergencies.share), (1, Some(0.5)));
        let quarter = Sample::new().change(0.0).approved("bob", -1.0).quarter();
        assert_eq!((quarter.unlabelled_emergencies.count, quarter.unlabelled_emergencies.share), (0, None));
    }
}
