//! Emergencies that nobody labelled.

use super::{Measure, MetricDefinition, Unit, classes, count, detection_precision::is, emergencies, none, share};
use crate::column::{CLASS, LABELS_KNOWN};
use crate::expression::lit;
use crate::judged::Line;
use change_ledger_model::{attestation::Detection, judgement::Class, quarterly::UnlabelledEmergencies};
use polars::prelude::{Expr, PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "unlabelled_emergencies",
        name: "Unlabelled emergencies",
        unit: Unit::Changes,
        definition: "Emergencies that bear no label, but that a detection rule of the policy finds: all signals of one rule hold. \
                     Those whose files carry no labels are among them, and counted apart too: they may bear one. Those that a person dismissed \
                     are not among them, and counted apart.",
        formula: "number of unlabelled emergencies; share = that number / E",
        null_when: "the share, when the quarter has no emergencies",
    },
    counts: || {
        vec![
            count(unlabelled().and(col(LABELS_KNOWN).not()), "labels_unknown"),
            count(unlabelled().and(is(Detection::Confirmed)), "confirmed"),
            count(is(Detection::Dismissed), "dismissed"),
        ]
    },
    durations: none,
    behind: unlabelled,
};

fn unlabelled() -> Expr {
    col(CLASS).eq(lit(Class::UnlabelledEmergency as u8))
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<UnlabelledEmergencies> {
    let count = classes::read(line)?.unlabelled_emergency;
    Ok(UnlabelledEmergencies {
        count,
        share: share(count, emergencies::read(line)?),
        labels_unknown: line.count("labels_unknown")?,
        confirmed: line.count("confirmed")?,
        dismissed: line.count("dismissed")?,
    })
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use change_ledger_model::{
        attestation::AttestationKind::{Confirm, Dismiss},
        policy::patterns::TextSignal,
    };

    #[test]
    fn the_share_is_of_emergencies() {
        let quarter = Sample::new().change(0.0).hit(TextSignal::EmergencyLabel).change(1.0).quarter();
        assert_eq!((quarter.unlabelled_emergencies.count, quarter.unlabelled_emergencies.share), (1, Some(0.5)));
        let quarter = Sample::new().change(0.0).approved("bob", -1.0).quarter();
        assert_eq!((quarter.unlabelled_emergencies.count, quarter.unlabelled_emergencies.share), (0, None));
    }

    #[test]
    fn what_a_person_dismissed_is_counted_apart() {
        let sample = Sample::new().change(0.0).attested(Confirm, 1.0).change(1.0).attested(Dismiss, 1.0).change(2.0);
        let found = sample.quarter().unlabelled_emergencies;
        assert_eq!((found.count, found.share, found.confirmed, found.dismissed), (2, Some(1.0), 1, 1));
    }

    #[test]
    fn what_came_without_labels_may_bear_one() {
        let found = Sample::new().change(0.0).change(1.0).labels_unknown().quarter().unlabelled_emergencies;
        assert_eq!((found.count, found.labels_unknown), (2, 1));
        // Declared by its title, so that no label is missing.
        let sample = Sample::new().change(0.0).labels_unknown().hit(TextSignal::EmergencyLabel);
        let found = sample.quarter().unlabelled_emergencies;
        assert_eq!((found.count, found.labels_unknown), (0, 0));
    }
}
