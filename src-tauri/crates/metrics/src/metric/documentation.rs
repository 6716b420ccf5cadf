//! Emergencies documented within the policy's time.

use super::{Measure, MetricDefinition, Unit, count, is_emergency, none, share_of_emergencies};
use crate::column::{DOCUMENTATION_PENDING, DOCUMENTED_ON_TIME};
use crate::judged::Line;
use change_ledger_model::quarterly::OnTimeShare;
use polars::prelude::{Expr, PolarsResult, col, lit};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "documentation",
        name: "Documented in time",
        unit: Unit::Changes,
        definition: "Emergencies that were documented after the implementation within the policy's time: the first dated remark \
                     with the words that the policy names, on a linked ticket or a linked incident, not earlier than the \
                     implementation. Where none is found, those that name a ticket or an incident which was not imported, or came without \
                     dated remarks, are unknown: they are in E, and counted beside, so that the share is at least what it says. Those that are not documented and may still be in \
                     time are pending: in E, and counted beside as well.",
        formula: "number of emergencies documented at or before the deadline; share = that number / E",
        null_when: "the share, when all of the quarter's emergencies are unknown or pending",
    },
    counts: || {
        vec![
            count(in_time(), "emergencies_documented"),
            count(is_pending(), "documentation_pending"),
            count(
                is_emergency().and(col(DOCUMENTED_ON_TIME).is_null()).and(is_pending().not()),
                "documentation_unknown",
            ),
        ]
    },
    durations: none,
    behind: in_time,
};

fn in_time() -> Expr {
    is_emergency().and(col(DOCUMENTED_ON_TIME))
}

/// Only emergencies are ever awaited.
fn is_pending() -> Expr {
    col(DOCUMENTATION_PENDING).fill_null(lit(false))
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<OnTimeShare> {
    let on_time = line.count("emergencies_documented")?;
    let (pending, unknown) = (line.count("documentation_pending")?, line.count("documentation_unknown")?);
    Ok(OnTimeShare { on_time, share: share_of_emergencies(on_time, pending + unknown, line)?, pending, unknown })
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, at};
    use change_ledger_model::{columns::HitOwner, policy::patterns::TextSignal::Documentation};

    fn check(tell: fn(Sample) -> Sample, (documented_at, on_time): (Option<f64>, bool)) {
        let judged = tell(Sample::new().change(0.0)).judged();
        let verdicts = judged.verdicts();
        assert_eq!((verdicts.documented_at[0], verdicts.documented_on_time[0]), (documented_at.map(at), Some(on_time)));
    }

    #[test]
    fn the_first_remark_after_the_implementation_counts() {
        check(|s| s, (None, false));
        check(|s| s.ticket(false).hit_on(HitOwner::Ticket(0), Documentation, Some(24.0)), (Some(24.0), true));
        check(|s| s.ticket(false).hit_on(HitOwner::Ticket(0), Documentation, Some(24.1)), (Some(24.1), false));
        check(|s| s.ticket(false).hit_on(HitOwner::Ticket(0), Documentation, Some(0.0)), (Some(0.0), true));
        check(|s| s.ticket(false).hit_on(HitOwner::Ticket(0), Documentation, Some(-1.0)), (None, false));
        check(|s| s.ticket(false).hit_on(HitOwner::Ticket(0), Documentation, None), (None, false));
        check(|s| s.incident(false).hit_on(HitOwner::Incident(0), Documentation, Some(2.0)), (Some(2.0), true));
        check(|s| s.hit_on(HitOwner::Change(0), Documentation, Some(2.0)), (None, false));
        check(
            |s| {
                let s = s.ticket(false).incident(true).hit_on(HitOwner::Ticket(0), Documentation, Some(30.0));
                s.hit_on(HitOwner::Incident(0), Documentation, Some(3.0))
            },
            (Some(3.0), true),
        );
    }

    #[test]
    fn what_came_without_dated_remarks_is_unknown_and_not_missing() {
        let check = |tell: fn(Sample) -> Sample, expected: (u64, Option<f64>, u64)| {
            let found = tell(Sample::new().change(0.0)).quarter().documentation;
            assert_eq!((found.on_time, found.share, found.unknown), expected);
        };
        // Nothing is linked on which it could stand.
        check(|s| s, (0, Some(0.0), 0));
        // It may stand on what was not imported.
        check(Sample::dangling, (0, None, 1));
        check(|s| s.ticket(false), (0, Some(0.0), 0));
        check(Sample::bare_ticket, (0, None, 1));
        check(|s| s.incident(true).without_notes(), (0, None, 1));
        // It may stand on either.
        check(|s| s.ticket(false).incident(true).without_notes(), (0, None, 1));
        check(|s| s.ticket(false).dangling(), (0, None, 1));
        check(
            |s| {
                let s = s.ticket(false).incident(true).without_notes();
                s.hit_on(HitOwner::Ticket(0), Documentation, Some(1.0))
            },
            (1, Some(1.0), 0),
        );
        check(|s| s.bare_ticket().incident(true), (0, None, 1));
        check(|s| s.incident(true).incident(true).without_notes(), (0, None, 1));
        check(|s| s.ticket(false).bare_ticket(), (0, None, 1));
        check(|s| s.ticket(false).foreign_ticket(), (0, None, 1));
        check(|s| s.ticket(false).incident(true), (0, Some(0.0), 0));
        check(|s| s.bare_ticket().change(1.0), (0, Some(0.0), 1));
    }

    #[test]
    fn what_is_written_later_than_the_judgement_is_not_there_yet() {
        let remark = |s: Sample| s.change(0.0).ticket(false).hit_on(HitOwner::Ticket(0), Documentation, Some(5.0));
        let check = |as_of: f64, expected: Option<f64>| {
            let judged = remark(Sample::new().seen_at(as_of)).judged();
            assert_eq!(judged.verdicts().documented_at, [expected.map(at)], "{as_of}");
        };
        check(4.9, None);
        check(5.0, Some(5.0));
    }

    #[test]
    fn what_may_still_be_in_time_is_pending_and_neither_missing_nor_unknown() {
        let check = |as_of: f64, expected: (u64, u64, Option<f64>)| {
            let found = Sample::new().seen_at(as_of).change(0.0).ticket(false).quarter().documentation;
            assert_eq!((found.pending, found.unknown, found.share), expected, "{as_of}");
        };
        check(24.0, (1, 0, None));
        check(24.1, (0, 0, Some(0.0)));
    }

    #[test]
    fn the_share_is_of_emergencies() {
        let sample = Sample::new().change(0.0).ticket(false).hit_on(HitOwner::Ticket(0), Documentation, Some(1.0));
        let found = sample.change(1.0).quarter().documentation;
        assert_eq!((found.on_time, found.share), (1, Some(0.5)));
    }
}
