//! The metrics of quarters, counted change by change.

use super::{Judgement, beside, calendar::end_of_quarter, controls, groups::Group};
use change_ledger_model::{
    Timestamp,
    attestation::Detection,
    columns::LedgerColumns,
    judgement::{ApprovalTiming, Class, IncidentLinkState, RatioState, ReviewState, Signals},
    policy::{Detection as Detecting, Policy, PolicyHistory},
    quarter::Quarter,
    quarterly::{
        ApprovalCounts, ClassCounts, MissingIncidentLinks, OnTimeShare, QuarterMetrics, RecordedShare,
        RetroactiveReview, RuleDetection, UnlabelledEmergencies,
    },
    verdicts::Verdicts,
};

/// Every quarter from the first to the last with a change of the population, or with another record that is counted.
pub fn quarters(
    ledger: &LedgerColumns,
    policies: &PolicyHistory,
    as_of: Timestamp,
    judgement: &Judgement,
) -> Vec<QuarterMetrics> {
    let verdicts = &judgement.verdicts;
    let mut counted: Vec<i32> = (0..verdicts.class.len())
        .filter(|change| verdicts.in_population[*change])
        .filter_map(|change| verdicts.quarter[change])
        .collect();
    counted.extend(beside::quarters(ledger, policies, as_of));
    let (Some(first), Some(last)) = (counted.iter().min(), counted.iter().max()) else { return Vec::new() };
    (*first..=*last)
        .map(|ordinal| metrics(ledger, policies, as_of, judgement, Quarter::from_ordinal(ordinal), None))
        .collect()
}

/// One quarter, of one group or of all.
pub fn metrics(
    ledger: &LedgerColumns,
    policies: &PolicyHistory,
    as_of: Timestamp,
    judgement: &Judgement,
    quarter: Quarter,
    group: Option<&Group>,
) -> QuarterMetrics {
    let v = &judgement.verdicts;
    let population: Vec<usize> = (0..v.class.len())
        .filter(|c| v.in_population[*c] && v.quarter[*c] == Some(quarter.ordinal()))
        .filter(|c| group.is_none_or(|group| group.changes[*c]))
        .collect();
    let n: Vec<usize> = population.iter().copied().filter(|c| judgement.in_n[*c]).collect();
    let of_class = |class: Class| count(&population, |c| v.class[c] == class as u8);
    let emergencies: Vec<usize> =
        n.iter().copied().filter(|c| Class::from_code(v.class[*c]).unwrap().is_emergency()).collect();
    let e = emergencies.len() as u64;
    let approved = |timing: ApprovalTiming| count(&n, |c| v.approval[c] == timing as u8);
    let linked = |state: IncidentLinkState| count(&emergencies, |c| v.incident_link[c] == state as u8);

    let period = &policies.at(as_of).policy.period;
    let start = period.fiscal_year_start;
    let last_moment = end_of_quarter(quarter.ordinal(), period);
    let last_policy = &policies.at(Timestamp::from_millis(last_moment).unwrap().min(as_of)).policy;
    let ratio = last_policy.ratio;
    let emergency_ratio = share(e, n.len() as u64);
    let unlabelled = of_class(Class::UnlabelledEmergency);
    let (none, dangling) = (linked(IncidentLinkState::Missing), linked(IncidentLinkState::Dangling));
    let links_unknown = linked(IncidentLinkState::Unknown);
    let are = |answers: &[Option<bool>], wanted: Option<bool>| count(&emergencies, |c| answers[c] == wanted);
    let recorded = |answers: &[Option<bool>]| {
        let (recorded, unknown) = (are(answers, Some(true)), are(answers, None));
        let share = if unknown == e { None } else { share(recorded, e) };
        RecordedShare { recorded, share, unknown }
    };
    let documented = recorded(&v.documented_on_time);
    let undocumented_yet = count(&emergencies, |c| judgement.asked[c].documentation_pending);
    QuarterMetrics {
        quarter: quarter.to_string(),
        from: quarter.first_day(start),
        to: quarter.last_day(start),
        changes: n.len() as u64,
        classes: ClassCounts {
            declared_emergency: of_class(Class::DeclaredEmergency),
            unlabelled_emergency: unlabelled,
            unreviewed: of_class(Class::Unreviewed),
            exempt: of_class(Class::Exempt),
            routine: of_class(Class::Routine),
        },
        emergencies: e,
        emergency_ratio,
        declared_ratio: share(of_class(Class::DeclaredEmergency), n.len() as u64),
        ratio_limit: ratio.limit,
        ratio_state: match emergency_ratio {
            None => RatioState::NotApplicable,
            Some(share) if share > ratio.limit => RatioState::Breach,
            Some(share) if share > ratio.warning => RatioState::Warning,
            Some(_) => RatioState::Within,
        },
        approval: ApprovalCounts {
            before: approved(ApprovalTiming::Before),
            after: approved(ApprovalTiming::After),
            none: approved(ApprovalTiming::Never),
            unknown: approved(ApprovalTiming::Unknown),
        },
        retroactive_review: retroactive_review(ledger, judgement, as_of, &population),
        unlabelled_emergencies: UnlabelledEmergencies {
            count: unlabelled,
            share: share(unlabelled, e),
            labels_unknown: count(&population, |c| {
                v.class[c] == Class::UnlabelledEmergency as u8 && !ledger.changes.labels_known[c]
            }),
            confirmed: count(&population, |c| {
                v.class[c] == Class::UnlabelledEmergency as u8 && v.detection[c] == Detection::Confirmed as u8
            }),
            dismissed: count(&population, |c| v.detection[c] == Detection::Dismissed as u8),
        },
        missing_incident_links: MissingIncidentLinks {
            count: none + dangling,
            share: if links_unknown == e { None } else { share(none + dangling, e) },
            none,
            dangling,
            one_way: linked(IncidentLinkState::OneWay),
            unknown: links_unknown,
        },
        authorisation: recorded(&v.authorised),
        justification: recorded(&v.justified),
        documentation: OnTimeShare {
            on_time: documented.recorded,
            share: if documented.unknown == e { None } else { documented.share },
            pending: undocumented_yet,
            unknown: documented.unknown - undocumented_yet,
        },
        deployment_rework: beside::deployments(ledger, policies, as_of, judgement, quarter, group),
        patches: beside::patches(ledger, policies, as_of, quarter, group),
        severe_incidents: beside::incidents(ledger, policies, as_of, judgement, quarter, group),
        controls: controls::count(ledger, policies, as_of, judgement, &n),
        self_merged: count(&n, |c| v.self_merged[c] == Some(true)),
        merger_unknown: count(&n, |c| v.self_merged[c].is_none()),
        self_approved: count(&n, |c| v.self_approved[c]),
        batch_stamped: count(&n, |c| v.batch_stamped[c]),
        attested: count(&population, |c| v.attested[c]),
        detection: detection(policies, last_policy, v, &population),
    }
}

/// Each rule with what it found, those of the last policy first, then those of earlier ones that found something.
fn detection(policies: &PolicyHistory, last_policy: &Policy, v: &Verdicts, population: &[usize]) -> Vec<RuleDetection> {
    let found_by = |rule: Signals| -> Vec<usize> {
        let has_rule = |policy: &Policy| policy.detection.iter().any(|known| known.signals() == rule);
        let matches = |c: &usize| {
            let policy = &policies.versions().nth(usize::from(v.policy_version[*c])).unwrap().policy;
            v.detection[*c] != Detection::NotFound as u8 && has_rule(policy) && Signals(v.signals[*c]).has_all(rule)
        };
        population.iter().copied().filter(matches).collect()
    };
    let mut rules: Vec<Signals> = Vec::new();
    for rule in last_policy.detection.iter().map(Detecting::signals) {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let all = policies.versions().flat_map(|version| version.policy.detection.iter().map(Detecting::signals));
    let mut others: Vec<Signals> = all.filter(|rule| !rules.contains(rule) && !found_by(*rule).is_empty()).collect();
    others.sort_by_key(|rule| rule.0);
    others.dedup();
    rules.extend(others);
    rules
        .into_iter()
        .map(|rule| {
            let found = found_by(rule);
            let judged = |as_what: Detection| count(&found, |c| v.detection[c] == as_what as u8);
            let (confirmed, dismissed) = (judged(Detection::Confirmed), judged(Detection::Dismissed));
            let precision = share(confirmed, confirmed + dismissed);
            RuleDetection { rule: rule.iter().collect(), matched: found.len() as u64, confirmed, dismissed, precision }
        })
        .collect()
}

fn retroactive_review(
    ledger: &LedgerColumns,
    judgement: &Judgement,
    as_of: Timestamp,
    changes: &[usize],
) -> RetroactiveReview {
    let v = &judgement.verdicts;
    let (mut given, mut open, mut days) = (Vec::new(), Vec::new(), Vec::new());
    for &change in changes {
        let implemented = ledger.changes.implemented_at[change].unwrap();
        match ReviewState::from_code(v.review_state[change]).unwrap() {
            ReviewState::OnTime | ReviewState::Late => {
                given.push(v.reviewed_at[change].unwrap() - implemented);
                days.push(i64::from(v.review_business_days[change].unwrap()));
            }
            ReviewState::Pending | ReviewState::Overdue => open.push(as_of.millis() - implemented),
            ReviewState::NotOwed | ReviewState::Unknown => {}
        }
    }
    let in_state = |state: ReviewState| count(changes, |c| v.review_state[c] == state as u8);
    let (on_time, late, overdue) =
        (in_state(ReviewState::OnTime), in_state(ReviewState::Late), in_state(ReviewState::Overdue));
    RetroactiveReview {
        owed: count(changes, |c| v.review_state[c] != ReviewState::NotOwed as u8),
        on_time,
        late,
        pending: in_state(ReviewState::Pending),
        overdue,
        unknown: in_state(ReviewState::Unknown),
        median_hours: quantile(&given, 0.5).map(hours),
        p90_hours: quantile(&given, 0.9).map(hours),
        median_business_days: quantile(&days, 0.5),
        p90_business_days: quantile(&days, 0.9),
        kaplan_meier_median_hours: survival_median(&given, &open),
        on_time_rate: share(on_time, on_time + late + overdue),
        oldest_open_hours: open.iter().max().map(|millis| hours(*millis as f64)),
    }
}

fn count(changes: &[usize], wanted: impl Fn(usize) -> bool) -> u64 {
    changes.iter().filter(|change| wanted(**change)).count() as u64
}

fn share(count: u64, of: u64) -> Option<f64> {
    if of == 0 { None } else { Some(count as f64 / of as f64) }
}

fn hours(millis: f64) -> f64 {
    millis / 3_600_000.0
}

/// Between the neighbours of rank (n - 1) * q, in proportion.
fn quantile(values: &[i64], q: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len().checked_sub(1)?) as f64 * q;
    let (below, above) = (sorted[rank.floor() as usize] as f64, sorted[rank.ceil() as usize] as f64);
    Some(below * (1.0 - rank.fract()) + above * rank.fract())
}

/// The first time by which the product of (1 - given / at risk) falls to one half, in exact fractions.
fn survival_median(given: &[i64], open: &[i64]) -> Option<f64> {
    let mut times = given.to_vec();
    times.sort_unstable();
    times.dedup();
    let (mut numerator, mut denominator) = (1_u128, 1_u128);
    for time in times {
        let at_risk = given.iter().chain(open).filter(|other| **other >= time).count() as u128;
        let ended = given.iter().filter(|other| **other == time).count() as u128;
        numerator *= at_risk - ended;
        denominator *= at_risk;
        let common = greatest_common_divisor(numerator, denominator);
        numerator /= common;
        denominator /= common;
        if 2 * numerator <= denominator {
            return Some(hours(time as f64));
        }
    }
    None
}

fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
