//! Retroactive reviews that the quarter's emergencies owe, by state.

use super::{Measure, MetricDefinition, Unit, count, kaplan_meier, none};
use super::{
    median_business_days, median_time_to_review, oldest_open_review, on_time_rate, p90_business_days,
    p90_time_to_review,
};
use crate::column::REVIEW_STATE;
use crate::expression::lit;
use crate::judged::{Line, in_state};
use change_ledger_model::{judgement::ReviewState, quarterly::RetroactiveReview};
use polars::prelude::{Expr, PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "retroactive_review",
        name: "Retroactive reviews",
        unit: Unit::Changes,
        definition: "Every emergency without a qualifying approval at or before its implementation owes a review afterwards. On \
                     time: given at or before the deadline. Late: given after it. Pending: open, the deadline has not passed. \
                     Overdue: open, it has. Unknown: the imported files do not say whether or when it was approved.",
        formula: "number of emergencies in each state; owed = on time + late + pending + overdue + unknown",
        null_when: "",
    },
    counts: || {
        vec![
            count(in_state(ReviewState::OnTime), "reviewed_on_time"),
            count(in_state(ReviewState::Late), "reviewed_late"),
            count(in_state(ReviewState::Pending), "review_pending"),
            count(in_state(ReviewState::Overdue), "review_overdue"),
            count(in_state(ReviewState::Unknown), "review_unknown"),
        ]
    },
    durations: none,
    behind: owed,
};

fn owed() -> Expr {
    col(REVIEW_STATE).neq(lit(ReviewState::NotOwed as u8))
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<RetroactiveReview> {
    let on_time = line.count("reviewed_on_time")?;
    let late = line.count("reviewed_late")?;
    let pending = line.count("review_pending")?;
    let overdue = line.count("review_overdue")?;
    let unknown = line.count("review_unknown")?;
    Ok(RetroactiveReview {
        owed: on_time + late + pending + overdue + unknown,
        on_time,
        late,
        pending,
        overdue,
        unknown,
        median_hours: median_time_to_review::read(line)?,
        p90_hours: p90_time_to_review::read(line)?,
        median_business_days: median_business_days::read(line)?,
        p90_business_days: p90_business_days::read(line)?,
        kaplan_meier_median_hours: kaplan_meier::read(line),
        on_time_rate: on_time_rate::rate(on_time, late, overdue),
        oldest_open_hours: oldest_open_review::read(line)?,
    })
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, at};
    use ReviewState::{Late, NotOwed, OnTime, Overdue, Pending, Unknown};
    use change_ledger_model::{
        judgement::ReviewState,
        policy::patterns::TextSignal::EmergencyLabel,
        record::{ReviewCoverage, Verdict},
    };

    fn state(sample: Sample) -> ReviewState {
        ReviewState::from_code(sample.judged().verdicts().review_state[0]).unwrap()
    }

    #[test]
    fn the_deadline_itself_is_on_time() {
        let check = |tell: fn(Sample) -> Sample, expected| assert_eq!(state(tell(Sample::new().change(0.0))), expected);
        check(|s| s.approved("bob", -1.0), NotOwed);
        check(|s| s.hit(EmergencyLabel).approved("bob", -1.0), NotOwed);
        check(|s| s.approved("bob", 24.0), OnTime);
        check(|s| s.approved("bob", 24.001), Late);
        check(|s| s.seen_at(24.0), Pending);
        check(|s| s.seen_at(24.001), Overdue);
        check(|s| s.seen_at(24.001).says("bob", Verdict::Commented, 1.0), Overdue);
        check(|s| s.hit(EmergencyLabel).coverage(ReviewCoverage::NotCarried), Unknown);
        check(|s| s.hit(EmergencyLabel).review("bob", Verdict::Approved, None, None), Unknown);
        check(|s| s.hit(EmergencyLabel).undated(), Unknown);
        // Not counted, so nothing is owed.
        check(|s| s.branch(Some(1)), NotOwed);
    }

    #[test]
    fn an_approval_that_may_qualify_in_time_leaves_open_whether_a_later_one_is_late() {
        let head = [("must_cover_head = false", "must_cover_head = true")];
        let check = |unknown: f64, certain: f64, expected| {
            let sample = Sample::new().policy(&head).change(0.0);
            let sample = sample.review("bob", Verdict::Approved, Some(at(unknown)), None).approved("cat", certain);
            assert_eq!(state(sample), expected, "{unknown} {certain}");
        };
        check(1.0, 30.0, Unknown);
        check(1.0, 20.0, OnTime);
        check(25.0, 30.0, Late);
        // Two are needed, and the time of one is not known.
        let two = [("required = 1", "required = 2")];
        let sample =
            Sample::new().policy(&two).change(0.0).approved("bob", 1.0).review("cat", Verdict::Approved, None, None);
        assert_eq!(state(sample.approved("dan", 30.0)), Unknown);
    }

    #[test]
    fn business_days_end_at_local_midnight() {
        // The first change is on a Tuesday; 80 hours later it is Friday, 18:00 in UTC and 20:00 in Berlin.
        let policy = [
            ("owed = \"unreviewed\"\ndeadline = \"24h\"", "owed = \"unreviewed\"\ndeadline = \"1bd\""),
            ("timezone = \"UTC\"", "timezone = \"Europe/Berlin\""),
        ];
        let check = |hours: f64, expected| {
            assert_eq!(state(Sample::new().policy(&policy).change(80.0).approved("bob", hours)), expected, "{hours}");
        };
        // Monday, 23:59 in Berlin.
        check(75.9, OnTime);
        check(76.0, Late);
    }

    #[test]
    fn each_change_is_judged_by_the_policy_of_its_day() {
        let stricter = [("owed = \"unreviewed\"\ndeadline = \"24h\"", "owed = \"unreviewed\"\ndeadline = \"4h\"")];
        let sample = Sample::new().policy_from(10.0, &stricter);
        let judged = sample.change(0.0).approved("bob", 5.0).change(10.0).approved("bob", 5.0).judged();
        assert_eq!(judged.verdicts().policy_version, [0, 1]);
        assert_eq!(judged.verdicts().review_state, [OnTime as u8, Late as u8]);
    }

    #[test]
    fn what_is_later_than_the_judgement_has_not_happened() {
        let check = |as_of: f64, hours: f64, expected| {
            assert_eq!(state(Sample::new().seen_at(as_of).change(0.0).approved("bob", hours)), expected, "{as_of}");
        };
        check(5.0, 5.0, OnTime);
        check(4.9, 5.0, Pending);
        check(24.0, 30.0, Pending);
        check(24.1, 30.0, Overdue);
        check(29.9, 30.0, Overdue);
        check(30.0, 30.0, Late);
        let quarter = Sample::new().seen_at(5.0).change(0.0).approved("bob", 6.0).change(6.0).approved("bob", 7.0);
        let quarter = quarter.quarter();
        assert_eq!((quarter.changes, quarter.emergencies, quarter.retroactive_review.pending), (1, 1, 1));
        assert_eq!((quarter.approval.none, quarter.approval.after), (1, 0));
        assert_eq!(quarter.retroactive_review.median_hours, None);
    }

    #[test]
    fn the_states_partition_what_is_owed() {
        let sample = Sample::new().seen_at(110.0).change(0.0).approved("bob", 1.0).change(1.0).approved("bob", 30.0);
        let sample = sample.change(2.0).change(100.0).change(101.0).hit(EmergencyLabel);
        let found = sample.coverage(ReviewCoverage::NotCarried).quarter().retroactive_review;
        assert_eq!((found.on_time, found.late, found.overdue, found.pending, found.unknown), (1, 1, 1, 1, 1));
        assert_eq!(found.owed, 5);
    }
}
