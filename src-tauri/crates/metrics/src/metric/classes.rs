//! N by class.

use super::{Measure, MetricDefinition, Unit, count, none};
use crate::column::CLASS;
use crate::judged::Line;
use change_ledger_model::{judgement::Class, quarterly::ClassCounts};
use crate::expression::lit;
use polars::prelude::{Expr, PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "classes",
        name: "Changes by class",
        unit: Unit::Changes,
        definition: "Each change has exactly one class, the first that holds: declared emergency (labelled itself or through \
                     its ticket), exempt by rule, unlabelled emergency (a detection rule of the policy matches), unreviewed \
                     (no qualifying approval at implementation), routine. Exempt ones are counted here also when the policy \
                     leaves them out of N.",
        formula: "number of changes of each class",
        null_when: "",
    },
    counts: || Class::ALL.map(|class| count(is(class), class.name())).to_vec(),
    durations: none,
    behind: || lit(true),
};

fn is(class: Class) -> Expr {
    col(CLASS).eq(lit(class as u8))
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<ClassCounts> {
    let of = |class: Class| line.count(class.name());
    Ok(ClassCounts {
        declared_emergency: of(Class::DeclaredEmergency)?,
        unlabelled_emergency: of(Class::UnlabelledEmergency)?,
        unreviewed: of(Class::Unreviewed)?,
        exempt: of(Class::Exempt)?,
        routine: of(Class::Routine)?,
    })
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use change_ledger_model::{columns::HitOwner, judgement::Class, policy::patterns::TextSignal};

    const EXEMPT_BOTS: (&str, &str) = ("bots = false", "bots = true");
    /// The last detection rule of the preset: nobody reviewed it.
    const UNREVIEWED_ALONE: (&str, &str) = ("all = [\"unreviewed\"]\n", "all = [\"bypass_recorded\"]\n");

    fn check(policy: &[(&str, &str)], tell: fn(Sample) -> Sample, expected: Class) {
        let judged = tell(Sample::new().policy(policy).change(0.0)).judged();
        assert_eq!(Class::from_code(judged.verdicts().class[0]), Some(expected));
    }

    #[test]
    fn the_first_class_that_holds_is_taken() {
        check(&[], |s| s.approved("bob", -1.0), Class::Routine);
        check(&[], |s| s.hit(TextSignal::EmergencyLabel).approved("bob", -1.0), Class::DeclaredEmergency);
        check(&[], |s| s.ticket(false).hit_on(HitOwner::Ticket(0), TextSignal::EmergencyLabel, None), Class::DeclaredEmergency);
        check(&[], |s| s, Class::UnlabelledEmergency);
        check(&[UNREVIEWED_ALONE], |s| s, Class::Unreviewed);
        check(&[UNREVIEWED_ALONE], Sample::dangling, Class::UnlabelledEmergency);
        check(&[UNREVIEWED_ALONE], |s| s.dangling().approved("bob", -1.0), Class::Routine);
        check(&[UNREVIEWED_ALONE], |s| s.hit(TextSignal::EmergencyWords), Class::UnlabelledEmergency);
        check(&[], |s| s.bypassed().approved("bob", -1.0), Class::UnlabelledEmergency);
        check(&[], |s| s.dangling().hit(TextSignal::HotfixBranch).approved("bob", -1.0), Class::UnlabelledEmergency);
    }

    #[test]
    fn bots_are_exempt_only_where_the_policy_says_so_and_never_when_they_declare_an_emergency() {
        let by_bot = |s: Sample| s.author(Some("renovate[bot]"));
        check(&[], by_bot, Class::UnlabelledEmergency);
        check(&[EXEMPT_BOTS], by_bot, Class::Exempt);
        check(&[EXEMPT_BOTS], |s| s.author(Some("renovate[bot]")).hit(TextSignal::EmergencyLabel), Class::DeclaredEmergency);
        check(&[EXEMPT_BOTS], |s| s.author(Some("")), Class::UnlabelledEmergency);
    }

    #[test]
    fn exempt_changes_stay_listed_when_they_are_left_out_of_n() {
        let left_out = [EXEMPT_BOTS, ("count_exempt = true", "count_exempt = false")];
        let quarter = Sample::new().policy(&left_out).change(0.0).change(1.0).author(Some("renovate[bot]")).quarter();
        assert_eq!((quarter.changes, quarter.classes.exempt), (1, 1));
        assert_eq!(quarter.approval.none, 1);
    }

    #[test]
    fn a_fast_merge_during_an_outage_is_an_emergency() {
        let tell = |opened: f64, from: f64, to: f64| {
            let sample = Sample::new().policy(&[UNREVIEWED_ALONE]).change(0.0).opened(opened).outage(from, to);
            Class::from_code(sample.judged().verdicts().class[0]).unwrap()
        };
        let check = |opened, from, to, expected| assert_eq!(tell(opened, from, to), expected, "{opened} {from} {to}");
        check(-0.2, -1.0, 1.0, Class::UnlabelledEmergency);
        check(-0.25, -1.0, 1.0, Class::Unreviewed);
        // An hour of grace after the end.
        check(-0.2, -3.0, -1.0, Class::UnlabelledEmergency);
        check(-0.2, -3.0, -1.01, Class::Unreviewed);
        // Backdated: merged before it was opened.
        check(0.1, -1.0, 1.0, Class::Unreviewed);
    }

    #[test]
    fn without_review_data_nothing_is_called_unreviewed() {
        use change_ledger_model::record::ReviewCoverage;
        check(&[], |s| s.coverage(ReviewCoverage::NotCarried), Class::Routine);
        check(&[], |s| s.coverage(ReviewCoverage::NotCarried).dangling().hit(TextSignal::HotfixBranch), Class::UnlabelledEmergency);
    }
}
