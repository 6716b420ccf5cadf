//! Emergencies with a recorded justification.

use super::{Measure, MetricDefinition, Unit, count, is_emergency, none, share_of_emergencies};
use crate::column::JUSTIFIED;
use crate::judged::Line;
use change_ledger_model::quarterly::RecordedShare;
use polars::prelude::{Expr, PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "justification",
        name: "Justification recorded",
        unit: Unit::Changes,
        definition: "Emergencies on whose change or linked ticket the words that the policy names record why normal review was not \
                     possible; also, where the policy says so, those whose ticket has its field for the reason filled in. Those whose files \
                     carried no text, or not that of every ticket that they name, are unknown: they are in E, and counted beside, so \
                     that the share is at least what it says.",
        formula: "number of emergencies with a recorded justification; share = that number / E",
        null_when: "the share, when the files can tell of none of the quarter's emergencies",
    },
    counts: || {
        vec![
            count(justified(), "emergencies_justified"),
            count(is_emergency().and(col(JUSTIFIED).is_null()), "justification_unknown"),
        ]
    },
    durations: none,
    behind: justified,
};

fn justified() -> Expr {
    is_emergency().and(col(JUSTIFIED))
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<RecordedShare> {
    let recorded = line.count("emergencies_justified")?;
    let unknown = line.count("justification_unknown")?;
    Ok(RecordedShare { recorded, share: share_of_emergencies(recorded, unknown, line)?, unknown })
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use change_ledger_model::{columns::HitOwner, policy::patterns::TextSignal::Justification};

    #[test]
    fn it_is_written_on_the_change_its_ticket_or_in_the_tickets_field() {
        let check = |policy: &[(&str, &str)], tell: fn(Sample) -> Sample, expected: u64| {
            assert_eq!(tell(Sample::new().policy(policy).change(0.0)).quarter().justification.recorded, expected);
        };
        check(&[], |s| s, 0);
        check(&[], |s| s.hit(Justification), 1);
        check(&[], |s| s.ticket(false), 0);
        check(&[], |s| s.ticket(false).hit_on(HitOwner::Ticket(0), Justification, None), 1);
        check(&[], |s| s.ticket(false).ticket(true), 1);
        check(&[("ticket_reason_counts = true", "ticket_reason_counts = false")], |s| s.ticket(true), 0);
    }

    #[test]
    fn what_no_file_could_carry_is_unknown_and_not_missing() {
        let check = |tell: fn(Sample) -> Sample, expected: (u64, Option<f64>, u64)| {
            let found = tell(Sample::new().change(0.0)).quarter().justification;
            assert_eq!((found.recorded, found.share, found.unknown), expected);
        };
        check(Sample::text_unknown, (0, None, 1));
        check(|s| s.text_unknown().ticket(true), (1, Some(1.0), 0));
        check(Sample::foreign_ticket, (0, None, 1));
        check(|s| s.foreign_ticket().ticket(true), (1, Some(1.0), 0));
        check(|s| s.change(1.0).text_unknown(), (0, Some(0.0), 1));
    }
}
