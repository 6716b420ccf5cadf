//! Emergencies with a recorded authorisation.

use super::{Measure, MetricDefinition, Unit, count, is_emergency, none, share_of_emergencies};
use crate::column::AUTHORISED;
use crate::judged::Line;
use change_ledger_model::quarterly::RecordedShare;
use polars::prelude::{Expr, PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "authorisation",
        name: "Authorisation recorded",
        unit: Unit::Changes,
        definition: "Emergencies on whose change or linked ticket the words that the policy names record who authorised them. Those whose files \
                     carried no text, or not that of every ticket that they name, are unknown: they are in E, and counted beside, so \
                     that the share is at least what it says.",
        formula: "number of emergencies with a recorded authorisation; share = that number / E",
        null_when: "the share, when the files can tell of none of the quarter's emergencies",
    },
    counts: || {
        vec![
            count(authorised(), "emergencies_authorised"),
            count(is_emergency().and(col(AUTHORISED).is_null()), "authorisation_unknown"),
        ]
    },
    durations: none,
    behind: authorised,
};

fn authorised() -> Expr {
    is_emergency().and(col(AUTHORISED))
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<RecordedShare> {
    let recorded = line.count("emergencies_authorised")?;
    let unknown = line.count("authorisation_unknown")?;
    Ok(RecordedShare { recorded, share: share_of_emergencies(recorded, unknown, line)?, unknown })
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
        let sample =
            Sample::new().policy_from(10.0, &other).change(0.0).hit(Authorisation).change(20.0).hit(Authorisation);
        assert_eq!(sample.judged().verdicts().authorised, [Some(true), Some(false)]);
    }

    #[test]
    fn what_no_file_could_carry_is_unknown_and_not_missing() {
        let check = |tell: fn(Sample) -> Sample, verdict: Option<bool>, counted: (u64, Option<f64>, u64)| {
            let sample = || tell(Sample::new().change(0.0));
            assert_eq!(sample().judged().verdicts().authorised, [verdict]);
            let found = sample().quarter().authorisation;
            assert_eq!((found.recorded, found.share, found.unknown), counted);
        };
        check(|s| s, Some(false), (0, Some(0.0), 0));
        check(Sample::text_unknown, None, (0, None, 1));
        check(Sample::dangling, None, (0, None, 1));
        // Found in the title of a ticket, say: what is there is there.
        check(|s| s.text_unknown().hit(Authorisation), Some(true), (1, Some(1.0), 0));
        check(Sample::bare_ticket, None, (0, None, 1));
        // Of several tickets, one that was carried is not enough.
        check(|s| s.bare_ticket().ticket(false), None, (0, None, 1));
        check(Sample::foreign_ticket, None, (0, None, 1));
        check(|s| s.ticket(false).foreign_ticket(), None, (0, None, 1));
        check(|s| s.foreign_ticket().hit(Authorisation), Some(true), (1, Some(1.0), 0));
        check(|s| s.ticket(false).ticket(false), Some(false), (0, Some(0.0), 0));
        let mixed = Sample::new().change(0.0).hit(Authorisation).change(1.0).change(2.0).text_unknown();
        let found = mixed.quarter().authorisation;
        assert_eq!((found.recorded, found.share, found.unknown), (1, Some(1.0 / 3.0), 1));
    }

    #[test]
    fn what_is_written_later_than_the_judgement_is_not_there_yet() {
        let check = |as_of: f64, expected: Option<bool>| {
            let sample = Sample::new().seen_at(as_of).change(0.0).ticket(false);
            let judged = sample.hit_on(HitOwner::Ticket(0), Authorisation, Some(5.0)).judged();
            assert_eq!(judged.verdicts().authorised, [expected], "{as_of}");
        };
        check(4.9, Some(false));
        check(5.0, Some(true));
    }

    #[test]
    fn reviewed_changes_that_are_no_emergency_are_not_counted() {
        let found = Sample::new().change(0.0).hit(Authorisation).approved("bob", -1.0).quarter().authorisation;
        assert_eq!((found.recorded, found.share), (0, None));
    }
}
