//! Emergencies with a recorded justification.

use super::{Measure, MetricDefinition, Unit, count, emergencies, is_emergency, none, share};
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
                     possible; also, where the policy says so, those whose ticket has its field for the reason filled in.",
        formula: "number of emergencies with a recorded justification; share = that number / E",
        null_when: "the share, when the quarter has no emergencies",
    },
    counts: || vec![count(justified(), "emergencies_justified")],
    durations: none,
    behind: justified,
};

fn justified() -> Expr {
    is_emergency().and(col(JUSTIFIED))
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<RecordedShare> {
    let recorded = line.count("emergencies_justified")?;
    Ok(RecordedShare { recorded, share: share(recorded, emergencies::read(line)?) })
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
}
