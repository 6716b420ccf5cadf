use super::{AS_OF, at};
use crate::content::{ChangeEntry, EmergencyEntry, Record};
use change_ledger_model::{
    Timestamp,
    judgement::{Class, IncidentLinkState, RatioState, ReviewState},
    quarter::Quarter,
    quarterly::{
        ApprovalCounts, ClassCounts, ControlTable, DeploymentRework, MissingIncidentLinks, OnTimeShare,
        PatchTimeliness, QuarterMetrics, RecordedShare, RetroactiveReview, SevereIncidents, UnlabelledEmergencies,
    },
};

fn share(part: u64, total: u64) -> Option<f64> {
    (total > 0).then(|| part as f64 / total as f64)
}

/// Believable numbers of a quarter whose changes nobody lists.
pub(super) fn past_quarter(ordinal: i32, changes: u64, emergencies: u64) -> QuarterMetrics {
    let quarter = Quarter::from_ordinal(ordinal);
    let mut metrics = metrics_of(quarter, changes, &[], &[], at(AS_OF));
    let unlabelled = emergencies / 3;
    let owed = emergencies - emergencies / 4;
    let late = owed / 5;
    let overdue = owed / 9;
    metrics.classes = ClassCounts {
        declared_emergency: emergencies - unlabelled,
        unlabelled_emergency: unlabelled,
        unreviewed: changes / 80,
        exempt: 0,
        routine: changes - emergencies - changes / 80,
    };
    metrics.emergencies = emergencies;
    metrics.emergency_ratio = share(emergencies, changes);
    metrics.ratio_state = state(metrics.emergency_ratio);
    metrics.unlabelled_emergencies = UnlabelledEmergencies {
        count: unlabelled,
        share: share(unlabelled, emergencies),
        labels_unknown: 0,
        confirmed: 0,
        dismissed: 0,
    };
    metrics.missing_incident_links = MissingIncidentLinks {
        count: unlabelled,
        share: share(unlabelled, emergencies),
        none: unlabelled,
        dangling: 0,
        one_way: 1,
        unknown: 0,
    };
    metrics.retroactive_review = RetroactiveReview {
        owed,
        on_time: owed - late - overdue,
        late,
        overdue,
        median_hours: (owed > 0).then_some(9.5),
        p90_hours: (owed > 0).then_some(31.0),
        median_business_days: (owed > 0).then_some(1.0),
        p90_business_days: (owed > 0).then_some(2.0),
        on_time_rate: share(owed - late - overdue, owed),
        ..metrics.retroactive_review
    };
    let half = emergencies / 2;
    metrics.authorisation = RecordedShare { recorded: half, share: share(half, emergencies), unknown: 0 };
    metrics.justification = metrics.authorisation;
    metrics.documentation = OnTimeShare { on_time: half, share: share(half, emergencies), pending: 0, unknown: 0 };
    metrics
}

fn state(ratio: Option<f64>) -> RatioState {
    match ratio {
        None => RatioState::NotApplicable,
        Some(ratio) if ratio > 0.10 => RatioState::Breach,
        Some(ratio) if ratio > 0.05 => RatioState::Warning,
        Some(_) => RatioState::Within,
    }
}

/// The metrics that belong to a list of emergencies.
pub(crate) fn metrics_of(
    quarter: Quarter,
    changes: u64,
    emergencies: &[EmergencyEntry],
    unreviewed: &[ChangeEntry],
    as_of: Timestamp,
) -> QuarterMetrics {
    let count =
        |holds: &dyn Fn(&EmergencyEntry) -> bool| emergencies.iter().filter(|entry| holds(entry)).count() as u64;
    let total = emergencies.len() as u64;
    let in_state = |state| count(&|entry| entry.review == state);
    let unlabelled = count(&|entry| entry.class == Class::UnlabelledEmergency);
    let none = count(&|entry| entry.incident_link == IncidentLinkState::Missing);
    let dangling = count(&|entry| entry.incident_link == IncidentLinkState::Dangling);
    let recorded = |record: fn(&EmergencyEntry) -> &Record| {
        let recorded = count(&|entry| matches!(record(entry), Record::Recorded(_)));
        let unknown = count(&|entry| *record(entry) == Record::Unknown);
        RecordedShare { recorded, share: share(recorded, total).filter(|_| total > unknown), unknown }
    };
    let documented = count(&|entry| entry.documented_on_time == Some(true));
    let undocumentable = count(&|entry| entry.documentation == Record::Unknown);
    let mut hours: Vec<f64> = emergencies
        .iter()
        .filter(|entry| entry.review != ReviewState::NotOwed)
        .filter_map(|entry| Some(entry.approved_after.as_ref()?.at.hours_since(entry.implemented_at)))
        .collect();
    hours.sort_by(f64::total_cmp);
    let open = |entry: &&EmergencyEntry| matches!(entry.review, ReviewState::Pending | ReviewState::Overdue);
    let oldest = emergencies.iter().filter(open).map(|entry| as_of.hours_since(entry.implemented_at)).reduce(f64::max);
    let (on_time, late, overdue) =
        (in_state(ReviewState::OnTime), in_state(ReviewState::Late), in_state(ReviewState::Overdue));
    QuarterMetrics {
        quarter: quarter.to_string(),
        from: quarter.first_day(1),
        to: quarter.last_day(1),
        changes,
        classes: ClassCounts {
            declared_emergency: total - unlabelled,
            unlabelled_emergency: unlabelled,
            unreviewed: unreviewed.len() as u64,
            exempt: 0,
            routine: changes - total - unreviewed.len() as u64,
        },
        emergencies: total,
        emergency_ratio: share(total, changes),
        declared_ratio: share(total - unlabelled, changes),
        ratio_limit: 0.10,
        ratio_state: state(share(total, changes)),
        approval: ApprovalCounts {
            before: changes.saturating_sub(total + 1),
            after: 3.min(changes),
            none: 2.min(changes),
            unknown: 1.min(changes),
        },
        retroactive_review: RetroactiveReview {
            owed: total - in_state(ReviewState::NotOwed),
            on_time,
            late,
            pending: in_state(ReviewState::Pending),
            overdue,
            unknown: in_state(ReviewState::Unknown),
            median_hours: hours.get(hours.len() / 2).copied(),
            p90_hours: hours.last().copied(),
            median_business_days: hours.get(hours.len() / 2).map(|hours| (hours / 24.0).ceil()),
            p90_business_days: hours.last().map(|hours| (hours / 24.0).ceil()),
            kaplan_meier_median_hours: hours.get(hours.len() / 2).copied(),
            on_time_rate: share(on_time, on_time + late + overdue),
            oldest_open_hours: oldest,
        },
        unlabelled_emergencies: UnlabelledEmergencies {
            count: unlabelled,
            share: share(unlabelled, total),
            labels_unknown: unlabelled.min(1),
            confirmed: 0,
            dismissed: 0,
        },
        missing_incident_links: MissingIncidentLinks {
            count: none + dangling,
            share: share(none + dangling, total),
            none,
            dangling,
            one_way: count(&|entry| entry.incident_link == IncidentLinkState::OneWay),
            unknown: count(&|entry| entry.incident_link == IncidentLinkState::Unknown),
        },
        authorisation: recorded(|entry| &entry.authorisation),
        justification: recorded(|entry| &entry.justification),
        documentation: OnTimeShare {
            on_time: documented,
            share: share(documented, total).filter(|_| total > undocumentable),
            pending: 0,
            unknown: undocumentable,
        },
        deployment_rework: DeploymentRework::default(),
        patches: PatchTimeliness::default(),
        severe_incidents: SevereIncidents::default(),
        controls: ControlTable::default(),
        self_merged: count(&|entry| entry.self_merged == Some(true)),
        merger_unknown: count(&|entry| entry.self_merged.is_none()),
        self_approved: count(&|entry| entry.self_approved),
        batch_stamped: count(&|entry| entry.batch_stamped),
        attested: 0,
        detection: Vec::new(),
    }
}
