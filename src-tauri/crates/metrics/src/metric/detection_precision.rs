//! How often each detection rule is right, as far as people said.

use super::{Measure, MetricDefinition, Unit, none, share};
use crate::column::DETECTION;
use crate::expression::lit;
use change_ledger_model::{attestation::Detection, judgement::Signals, quarterly::RuleDetection};
use polars::prelude::{Expr, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "detection",
        name: "Detection precision",
        unit: Unit::Share,
        definition: "For each detection rule of the policy: how many undeclared changes it found, and of those that a person judged, \
                     the share confirmed as emergencies. What nobody judged says nothing either way. A change that several rules \
                     found counts for each of them.",
        formula: "per rule: confirmed / (confirmed + dismissed)",
        null_when: "for a rule of which no finding was confirmed or dismissed",
    },
    counts: none,
    durations: none,
    behind: || is(Detection::Confirmed).or(is(Detection::Dismissed)),
};

pub(super) fn is(detection: Detection) -> Expr {
    col(DETECTION).eq(lit(detection as u8))
}

/// What people said of the findings of one rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    matched: u64,
    confirmed: u64,
    dismissed: u64,
}

impl Tally {
    /// Counts one change that the rule found.
    pub(crate) fn add(&mut self, detection: Detection) {
        self.matched += 1;
        match detection {
            Detection::Confirmed => self.confirmed += 1,
            Detection::Dismissed => self.dismissed += 1,
            Detection::NotFound | Detection::Unjudged => {}
        }
    }

    /// The answer for the rule of these signals.
    pub(crate) fn of_rule(self, rule: Signals) -> RuleDetection {
        let Self { matched, confirmed, dismissed } = self;
        let precision = share(confirmed, confirmed + dismissed);
        RuleDetection { rule: rule.iter().collect(), matched, confirmed, dismissed, precision }
    }
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use change_ledger_model::{
        attestation::AttestationKind::{Confirm, Dismiss, Exempt},
        judgement::Signal,
        policy::patterns::TextSignal,
    };

    /// Matched, confirmed, dismissed, precision.
    type Found = (u64, u64, u64, Option<f64>);

    fn of_rule(sample: Sample, rule: &[Signal]) -> Found {
        let found = sample.quarter().detection.into_iter().find(|found| found.rule == rule).unwrap();
        (found.matched, found.confirmed, found.dismissed, found.precision)
    }

    const WORDS: [Signal; 2] = [Signal::Unreviewed, Signal::EmergencyWords];

    fn found(sample: Sample) -> Sample {
        sample.change(0.0).hit(TextSignal::EmergencyWords)
    }

    #[test]
    fn precision_is_over_what_people_judged() {
        let check = |sample: Sample, expected: Found| assert_eq!(of_rule(sample, &WORDS), expected);
        check(Sample::new().change(0.0), (0, 0, 0, None));
        check(found(Sample::new()), (1, 0, 0, None));
        check(found(Sample::new()).attested(Confirm, 1.0), (1, 1, 0, Some(1.0)));
        let both = || found(found(Sample::new()).attested(Confirm, 1.0)).attested(Dismiss, 1.0);
        check(both(), (2, 1, 1, Some(0.5)));
        check(found(both()), (3, 1, 1, Some(0.5)));
        check(found(Sample::new()).attested(Dismiss, 1.0).attested(Exempt, 2.0), (1, 0, 1, Some(0.0)));
        // Declared, so that no rule is asked.
        check(found(Sample::new()).hit(TextSignal::EmergencyLabel).attested(Confirm, 1.0), (0, 0, 0, None));
    }

    #[test]
    fn a_change_counts_for_every_rule_that_found_it() {
        let sample = || found(Sample::new()).bypassed().attested(Confirm, 1.0);
        for rule in [&WORDS[..], &[Signal::BypassRecorded], &[Signal::Unreviewed]] {
            assert_eq!(of_rule(sample(), rule), (1, 1, 0, Some(1.0)), "{rule:?}");
        }
        assert_eq!(of_rule(sample(), &[Signal::HotfixBranch, Signal::IncidentLink]), (0, 0, 0, None));
    }

    #[test]
    fn rules_of_every_policy_that_judged_are_listed_once() {
        let without_words = [("all = [\"unreviewed\", \"emergency_words\"]", "all = [\"out_of_hours\"]")];
        let sample = found(Sample::new()).policy_from(100.0, &without_words).change(200.0);
        let rules: Vec<_> = sample.quarter().detection.into_iter().map(|found| found.rule).collect();
        assert_eq!(rules.iter().filter(|rule| **rule == WORDS).count(), 1);
        assert!(rules.contains(&vec![Signal::OutOfHours]), "{rules:?}");
    }
}
