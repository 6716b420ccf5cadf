//! The charts of sample quarters: what they say, and the drawings kept under `tests/golden/charts`.

use super::{
    ChartSpec, Medium, ReviewTime, Size, Svg, Unit, classes_per_quarter, draw, emergency_ratio, retroactive_reviews,
    review_curve, review_curve::tests::remission, sparkline, time_to_review,
};
use change_ledger_model::{
    calendar::Deadline,
    judgement::{RatioState, ReviewState},
    quarter::Quarter,
    quarterly::{
        ApprovalCounts, ClassCounts, ControlTable, DeploymentRework, MissingIncidentLinks, OnTimeShare,
        PatchTimeliness, QuarterMetrics, RecordedShare, RetroactiveReview, SevereIncidents, UnlabelledEmergencies,
    },
};

mod drawing;
mod golden;
mod saying;

const PRINT: Size = Size { width: 620, height: 280 };

/// A quarter with these classes (declared, unlabelled, unreviewed, exempt, routine) and review states (on time, late,
/// overdue, pending, unknown), under a warning level of 5% and a limit of 10%.
fn quarter(name: &str, classes: [u64; 5], reviews: [u64; 5]) -> QuarterMetrics {
    let [declared_emergency, unlabelled_emergency, unreviewed, exempt, routine] = classes;
    let [on_time, late, overdue, pending, unknown] = reviews;
    let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
    let changes = classes.iter().sum();
    let emergencies = declared_emergency + unlabelled_emergency;
    let emergency_ratio = share(emergencies, changes);
    let ratio_state = match emergency_ratio {
        None => RatioState::NotApplicable,
        Some(ratio) if ratio > 0.10 => RatioState::Breach,
        Some(ratio) if ratio > 0.05 => RatioState::Warning,
        Some(_) => RatioState::Within,
    };
    let parsed = Quarter::parse(name).unwrap();
    let recorded = |recorded| RecordedShare { recorded, share: share(recorded, emergencies), unknown: 0 };
    QuarterMetrics {
        quarter: name.to_owned(),
        from: parsed.first_day(1),
        to: parsed.last_day(1),
        changes,
        classes: ClassCounts { declared_emergency, unlabelled_emergency, unreviewed, exempt, routine },
        emergencies,
        emergency_ratio,
        declared_ratio: share(declared_emergency, changes),
        ratio_limit: 0.10,
        ratio_state,
        approval: ApprovalCounts { before: routine, after: on_time + late, none: unreviewed, unknown },
        retroactive_review: RetroactiveReview {
            owed: reviews.iter().sum(),
            on_time,
            late,
            pending,
            overdue,
            unknown,
            median_hours: None,
            p90_hours: None,
            median_business_days: None,
            p90_business_days: None,
            kaplan_meier_median_hours: None,
            on_time_rate: share(on_time, on_time + late + overdue),
            oldest_open_hours: None,
        },
        unlabelled_emergencies: UnlabelledEmergencies {
            count: unlabelled_emergency,
            share: share(unlabelled_emergency, emergencies),
            labels_unknown: 0,
            confirmed: 0,
            dismissed: 0,
        },
        missing_incident_links: MissingIncidentLinks {
            count: 0,
            share: None,
            none: 0,
            dangling: 0,
            one_way: 0,
            unknown: 0,
        },
        authorisation: recorded(0),
        justification: recorded(0),
        documentation: OnTimeShare { on_time: 0, share: share(0, emergencies), pending: 0, unknown: 0 },
        deployment_rework: DeploymentRework::default(),
        patches: PatchTimeliness::default(),
        severe_incidents: SevereIncidents::default(),
        controls: ControlTable::default(),
        self_merged: 0,
        merger_unknown: 0,
        self_approved: 0,
        batch_stamped: 0,
        attested: 0,
        detection: Vec::new(),
    }
}

/// Nine quarters: calm, an incident-heavy one above the limit, an empty one, improvement.
fn story() -> Vec<QuarterMetrics> {
    vec![
        quarter("2024-Q3", [9, 3, 4, 0, 212], [6, 3, 2, 0, 0]),
        quarter("2024-Q4", [14, 5, 6, 0, 231], [9, 5, 3, 0, 0]),
        quarter("2025-Q1", [24, 11, 9, 0, 248], [15, 11, 7, 0, 2]),
        quarter("2025-Q2", [17, 6, 5, 2, 263], [13, 6, 2, 0, 0]),
        quarter("2025-Q3", [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]),
        quarter("2025-Q4", [12, 3, 2, 5, 287], [11, 2, 1, 0, 0]),
        quarter("2026-Q1", [11, 1, 1, 6, 301], [10, 1, 0, 0, 0]),
        quarter("2026-Q2", [9, 1, 0, 4, 296], [8, 1, 0, 0, 1]),
        quarter("2026-Q3", [13, 2, 1, 7, 318], [10, 2, 1, 1, 0]),
    ]
}

fn reviews() -> Vec<ReviewTime> {
    let timed = |state, hours: &[f64]| -> Vec<ReviewTime> {
        hours.iter().map(|hours| ReviewTime { hours: Some(*hours), state }).collect()
    };
    let mut all = timed(ReviewState::OnTime, &[0.4, 2.0, 2.5, 5.0, 6.0, 7.5, 11.0, 13.0, 20.0, 24.0]);
    all.extend(timed(ReviewState::Late, &[24.01, 90.0]));
    all.extend(timed(ReviewState::Overdue, &[700.0]));
    all.extend(timed(ReviewState::Pending, &[3.0]));
    all
}

/// Every chart of the story.
fn gallery() -> Vec<(ChartSpec, Size)> {
    let quarters = story();
    let focus = |chart: ChartSpec| (chart.with_focus("2026-Q3"), PRINT);
    let trend: Vec<(String, Option<f64>)> =
        quarters.iter().map(|metrics| (metrics.quarter.clone(), metrics.emergency_ratio)).collect();
    vec![
        focus(emergency_ratio(&quarters, Some(0.05))),
        focus(classes_per_quarter(&quarters)),
        focus(retroactive_reviews(&quarters)),
        (time_to_review("2026-Q3", &reviews(), Deadline::Hours(24)), PRINT),
        (review_curve(&remission(), Deadline::Hours(24)), PRINT),
        (sparkline("ratio-trend", "Emergency ratio", Unit::Share, &trend), Size { width: 120, height: 32 }),
    ]
}

fn drawn(chart: &ChartSpec, size: Size, medium: Medium) -> Svg {
    draw(chart, size, medium).unwrap()
}
