//! How long retroactive reviews stayed open, time by time.

use super::Judgement;
use change_ledger_model::{
    Timestamp,
    columns::LedgerColumns,
    judgement::ReviewState,
    quarterly::{CurveStep, ReviewCurve},
};

/// The curve of one quarter.
pub fn curve(
    ledger: &LedgerColumns,
    as_of: Timestamp,
    judgement: &Judgement,
    (name, quarter): (&str, i32),
) -> ReviewCurve {
    let v = &judgement.verdicts;
    let (mut given, mut open) = (Vec::new(), Vec::new());
    for change in (0..v.class.len()).filter(|change| v.in_population[*change] && v.quarter[*change] == Some(quarter)) {
        let implemented = ledger.changes.implemented_at[change].unwrap();
        match ReviewState::from_code(v.review_state[change]).unwrap() {
            ReviewState::OnTime | ReviewState::Late => given.push(v.reviewed_at[change].unwrap() - implemented),
            ReviewState::Pending | ReviewState::Overdue => open.push(as_of.millis() - implemented),
            ReviewState::NotOwed | ReviewState::Unknown => {}
        }
    }
    let all: Vec<i64> = given.iter().chain(&open).copied().collect();
    let mut times = given.clone();
    times.sort_unstable();
    times.dedup();
    let steps: Vec<CurveStep> = (1..=times.len()).map(|upto| step(&times[..upto], &given, &all)).collect();
    let first = |passed: &dyn Fn(&CurveStep) -> bool| steps.iter().find(|step| passed(step)).map(|step| step.hours);
    ReviewCurve {
        quarter: name.to_owned(),
        reviews: all.len() as u64,
        given: given.len() as u64,
        followed_hours: all.iter().max().map(|millis| *millis as f64 / 3_600_000.0),
        median_hours: first(&|step| step.open_share <= 0.5 + 1e-12),
        median_low_hours: first(&|step| step.low.is_none_or(|low| low <= 0.5)),
        median_high_hours: first(&|step| step.high.is_none_or(|high| high <= 0.5)),
        steps,
    }
}

/// The curve at the last of `times`, from all of them.
fn step(times: &[i64], given: &[i64], all: &[i64]) -> CurveStep {
    let at_risk = |time: i64| all.iter().filter(|other| **other >= time).count() as f64;
    let given_at = |time: i64| given.iter().filter(|other| **other == time).count() as f64;
    let last = *times.last().unwrap();
    let share: f64 = times.iter().map(|time| (at_risk(*time) - given_at(*time)) / at_risk(*time)).product();
    let is_over = at_risk(last) == given_at(last);
    let sum: f64 = times.iter().map(|time| given_at(*time) / at_risk(*time) / (at_risk(*time) - given_at(*time))).sum();
    // On the scale of log(-log S) the error is root(sum) / |log S|.
    let limit = |side: f64| {
        let place = (-share.ln()).ln() + side * 1.959_963_984_540_054 * sum.sqrt() / -share.ln();
        (-place.exp()).exp()
    };
    CurveStep {
        hours: last as f64 / 3_600_000.0,
        at_risk: at_risk(last) as u64,
        given: given_at(last) as u64,
        open_share: share,
        standard_error: (!is_over).then(|| share * sum.sqrt()),
        low: (!is_over).then(|| limit(1.0)),
        high: (!is_over).then(|| limit(-1.0)),
    }
}
