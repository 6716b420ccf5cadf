//! Emergencies with a recorded authorisation.

use super::{Measure, MetricDefinition, Unit, count, emergencies, is_emergency, none, share};
use crate::column::AUTHORISED;
use crate::judged::Line;
use change_ledger_model::quarterly::RecordedShare;
use polars::prelude::{Expr, PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "authorisation",
        name: "Authorisation recorded",
        unit: Unit::Changes,
        definition: "Emergencies on whose change or linked ticket the words that the policy names record who authorised them.",
        formula: "number of emergencies with a recorded authorisation; share = that number / E",
        null_when: "the share, when the quarter has no emergencies",
    },
    counts: || vec![count(authorised(), "emergencies_authorised")],
    durations: none,
    behind: authorised,
};

fn authorised() -> Expr {
    is_emergency().and(col(AUTHORISED))
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<RecordedShare> {
    let recorded = line.count("emergencies_authorised")?;
    Ok(RecordedShare { recorded, share: share(recorded, emergencies::read(line)?) })
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use change_ledger_model::{
        columns::HitOwner,
        policy::patterns::TextSignal::{Authorisation, Justification},
    };

    #[test]
    fn it_is_written_on_the_change_or_its_ticket() {
        let check = |tell: fn(Sample) -> Sample, expected: u64| {
            let found = tell(Sample::new().change(0.0)).quarter().authorisation;
            assert_eq!((found.recorded, found.share), (expected, Some(expected as f64)));
        };
        check(|s| s, 0);
        check(|s| s.hit(Authorisation), 1);
        check(|s| s.hit(Justification), 0);
        check(|s| s.ticket(false).hit_on(HitOwner::Ticket(0), Authorisation, Some(-5.0)), 1);
        check(|s| s.incident(true).hit_on(HitOwner::Incident(0), Authorisation, None), 0);
    }

    #[test]
    fn words_of_another_policys_pattern_set_do_not_count() {
        let other = [("markers = [\"authorised by\"", "markers = [\"go given by\"")];
        let sample = Sample::new().policy_from(10.0, &other).change(0.0).hit(Authorisation).change(20.0).hit(Authorisation);
        assert_eq!(sample.judged().verdicts().authorised, [true, false]);
    }

    #[test]
    fn reviewed_changes_that_are_no_emergency_are_not_counted() {
        let found = Sample::new().change(0.0).hit(Authorisation).approved("bob", -1.0).quarter().authorisation;
        assert_eq!((found.recorded, found.share), (0, None));
    }
}
