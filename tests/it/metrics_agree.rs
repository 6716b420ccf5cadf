//! The metrics package and the plain loops of the oracle must find the same in any ledger.

#![allow(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "test code over small ledgers: a panic is a failed test"
)]

use crate::oracle::{self, Judgement, generate::Case};
use change_ledger_metrics::{Frames, Judged, Metric, Selection};
use change_ledger_model::{
    judgement::ReviewState,
    quarter::Quarter,
    quarterly::{CurveStep, GroupMetrics, Grouping, QuarterMetrics, RetroactiveReview, ReviewCurve},
};
use proptest::prelude::*;

const TOLERANCE: f64 = 1e-9;

proptest! {
    #![proptest_config(ProptestConfig { cases: oracle::cases(96), ..ProptestConfig::default() })]

    #[test]
    fn the_metrics_agree_with_the_oracle(case in oracle::generate::case()) {
        let Case { ledger, policies, as_of } = case.clone();
        let expected = oracle::judge(&ledger, &policies, as_of);
        let judged = Frames::load(ledger.clone()).unwrap().judge(&policies, as_of).unwrap();
        prop_assert_eq!(judged.verdicts(), &expected.verdicts);
        let to_come = ledger.changes.implemented_at.iter().flatten().filter(|at| **at > as_of.millis()).count();
        prop_assert_eq!(judged.not_yet_implemented(), Ok(to_come as u64));
        prop_assert_eq!(judged.outlying_changes(), Ok(None));

        let quarters = oracle::quarters(&ledger, &policies, as_of, &expected);
        agree(&judged.quarters(None).unwrap(), &quarters)?;
        groups_agree(&case, &judged, &expected, &quarters)?;
        curves_agree(&case, &judged, &expected, &quarters)?;
        numbers_have_their_lists(&judged, &quarters)?;
        lists_are_in_order(&judged, &ledger.changes.implemented_at, as_of.millis())?;
    }
}

/// Each group has the numbers of what is in it, and no change is lost between groups. A ledger is told apart in one way, another
/// ledger in another: all four would take four times as long.
fn groups_agree(
    case: &Case,
    judged: &Judged,
    expected: &Judgement,
    quarters: &[QuarterMetrics],
) -> Result<(), TestCaseError> {
    let Case { ledger, policies, as_of } = case;
    let as_of = *as_of;
    let groupings = [Grouping::Repository, Grouping::Team, Grouping::Service, Grouping::Person];
    let by = groupings[ledger.changes.len() % groupings.len()];
    let found = judged.quarters_by(by, None).unwrap();
    let ordinals: Vec<i32> =
        quarters.iter().map(|quarter| Quarter::parse(&quarter.quarter).unwrap().ordinal()).collect();
    let groups = oracle::groups(ledger, policies, as_of, by);
    let counts = |change: usize| {
        expected.verdicts.in_population[change]
            && expected.verdicts.quarter[change].is_some_and(|quarter| ordinals.contains(&quarter))
    };
    for group in &groups {
        let of_group: Vec<QuarterMetrics> = ordinals
            .iter()
            .map(|quarter| Quarter::from_ordinal(*quarter))
            .map(|quarter| oracle::metrics(ledger, policies, as_of, expected, quarter, Some(group)))
            .collect();
        let is_it = |found: &&GroupMetrics| match &group.name {
            Some(name) => !found.is_unknown && found.name.to_lowercase() == *name,
            None => found.is_unknown,
        };
        if let Some(found) = found.groups.iter().find(is_it) {
            agree(&found.quarters, &of_group)?;
        } else {
            let is_empty = (0..ledger.changes.len()).all(|change| !group.changes[change] || !counts(change));
            prop_assert!(is_empty, "{:?} {:?} is missing", by, group.name);
        }
    }
    let known = |found: &GroupMetrics| {
        found.is_unknown || groups.iter().any(|group| group.name.as_ref() == Some(&found.name.to_lowercase()))
    };
    prop_assert!(found.groups.iter().all(known), "{:?}", by);
    let in_how_many =
        |change: usize| groups.iter().filter(|group| group.name.is_some() && group.changes[change]).count();
    let having = |wanted: &dyn Fn(usize) -> bool| {
        (0..ledger.changes.len()).filter(|change| counts(*change) && wanted(in_how_many(*change))).count() as u64
    };
    prop_assert_eq!((found.in_several, found.in_none), (having(&|n| n > 1), having(&|n| n == 0)), "{:?}", by);
    Ok(())
}

/// The curve of each quarter, step by step.
fn curves_agree(
    case: &Case,
    judged: &Judged,
    expected: &Judgement,
    quarters: &[QuarterMetrics],
) -> Result<(), TestCaseError> {
    let found = judged.review_curves(None).unwrap();
    prop_assert_eq!(found.len(), quarters.len());
    for (found, quarter) in found.iter().zip(quarters) {
        let ordinal = Quarter::parse(&quarter.quarter).unwrap().ordinal();
        let curve = oracle::curve(&case.ledger, case.as_of, expected, (&quarter.quarter, ordinal));
        prop_assert_eq!(
            ReviewCurve { steps: Vec::new(), ..found.clone() },
            ReviewCurve { steps: Vec::new(), ..curve.clone() }
        );
        prop_assert_eq!(found.median_hours, quarter.retroactive_review.kaplan_meier_median_hours);
        prop_assert_eq!(found.steps.len(), curve.steps.len());
        for (one, other) in found.steps.iter().zip(&curve.steps) {
            prop_assert_eq!((one.hours, one.at_risk, one.given), (other.hours, other.at_risk, other.given));
            let numbers = |step: &CurveStep| [Some(step.open_share), step.standard_error, step.low, step.high];
            for (one, other) in numbers(one).into_iter().zip(numbers(other)) {
                let is_near = one.zip(other).map_or(one == other, |(one, other)| (one - other).abs() <= TOLERANCE);
                prop_assert!(is_near, "{:?} {:?}", one, other);
            }
        }
    }
    Ok(())
}

fn agree(found: &[QuarterMetrics], expected: &[QuarterMetrics]) -> Result<(), TestCaseError> {
    prop_assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        prop_assert_eq!(&rounded_like(found, expected), expected);
    }
    Ok(())
}

/// `found`, with every fraction that differs from the expected one by no more than rounding replaced by it.
fn rounded_like(found: &QuarterMetrics, expected: &QuarterMetrics) -> QuarterMetrics {
    let near = |found: Option<f64>, expected: Option<f64>| match (found, expected) {
        (Some(a), Some(b)) if (a - b).abs() <= TOLERANCE => expected,
        _ => found,
    };
    let (mut all, mut review) = (found.clone(), found.retroactive_review);
    review = RetroactiveReview {
        median_hours: near(review.median_hours, expected.retroactive_review.median_hours),
        p90_hours: near(review.p90_hours, expected.retroactive_review.p90_hours),
        median_business_days: near(review.median_business_days, expected.retroactive_review.median_business_days),
        p90_business_days: near(review.p90_business_days, expected.retroactive_review.p90_business_days),
        ..review
    };
    all.retroactive_review = review;
    all.deployment_rework.rework_rate =
        near(found.deployment_rework.rework_rate, expected.deployment_rework.rework_rate);
    all.patches.on_time_rate = near(found.patches.on_time_rate, expected.patches.on_time_rate);
    all
}

/// The changes behind a number are as many as it says.
fn numbers_have_their_lists(judged: &Judged, quarters: &[QuarterMetrics]) -> Result<(), TestCaseError> {
    for quarter in quarters {
        let at = Quarter::parse(&quarter.quarter).unwrap();
        let review = quarter.retroactive_review;
        let numbers = [
            (Metric::Changes, quarter.changes),
            (Metric::Emergencies, quarter.emergencies),
            (Metric::EmergencyRatio, quarter.emergencies),
            (Metric::DeclaredRatio, quarter.classes.declared_emergency),
            (Metric::Approval, quarter.changes),
            (Metric::UnlabelledEmergencies, quarter.unlabelled_emergencies.count),
            (Metric::MissingIncidentLinks, quarter.missing_incident_links.count),
            (Metric::Authorisation, quarter.authorisation.recorded),
            (Metric::Justification, quarter.justification.recorded),
            (Metric::Documentation, quarter.documentation.on_time),
            (Metric::RetroactiveReview, review.owed),
            (Metric::OnTimeRate, review.on_time + review.late + review.overdue),
            (Metric::MedianTimeToReview, review.on_time + review.late),
            (Metric::MedianBusinessDays, review.on_time + review.late),
            (Metric::P90BusinessDays, review.on_time + review.late),
            (Metric::OldestOpenReview, review.pending + review.overdue),
            (Metric::MergerUnknown, quarter.merger_unknown),
            (Metric::SelfMerged, quarter.self_merged),
            (Metric::SelfApproved, quarter.self_approved),
            (Metric::BatchStamped, quarter.batch_stamped),
            (Metric::Attested, quarter.attested),
        ];
        for (metric, number) in numbers {
            let selection = Selection { quarters: Some((at, at)), behind: Some(metric), ..Selection::default() };
            prop_assert_eq!(judged.select(&selection).unwrap().len() as u64, number, "{:?}", metric);
        }
    }
    Ok(())
}

fn lists_are_in_order(judged: &Judged, implemented_at: &[Option<i64>], as_of: i64) -> Result<(), TestCaseError> {
    let all = judged.select(&Selection::default()).unwrap();
    let times: Vec<Option<i64>> = all.iter().map(|change| implemented_at[*change as usize]).collect();
    let by_now = implemented_at.iter().filter(|at| at.is_none_or(|at| at <= as_of)).count();
    prop_assert_eq!(all.len(), by_now);
    prop_assert!(times.is_sorted_by(|a, b| a >= b), "latest first, undated last: {:?}", times);

    let verdicts = judged.verdicts();
    let open = |change: usize| {
        let state = ReviewState::from_code(verdicts.review_state[change]);
        verdicts.in_population[change] && matches!(state, Some(ReviewState::Pending | ReviewState::Overdue))
    };
    let due = judged.due().unwrap();
    let dates: Vec<Option<i64>> = due.iter().map(|change| verdicts.due_at[*change as usize]).collect();
    prop_assert!(dates.is_sorted(), "soonest due first: {:?}", dates);
    prop_assert!(due.iter().all(|change| open(*change as usize)));
    prop_assert_eq!(due.len(), (0..implemented_at.len()).filter(|change| open(*change)).count());
    Ok(())
}
