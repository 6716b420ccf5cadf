//! Policies of any kind.

use super::{BEGIN, DAY};
use change_ledger_model::{
    Timestamp,
    calendar::{Deadline, HolidaySet},
    judgement::Signal,
    policy::{
        Approval, BatchStamp, Category, ClockKind, Detection, LinkRequired, Policy, PolicyHistory, PolicyVersion,
        Review, ReviewEvidence, ReviewOwed, Roles, RollbackPlan, Team,
    },
};
use chrono::NaiveTime;
use chrono_tz::Tz;
use proptest::{
    collection::vec,
    prelude::*,
    sample::{select, subsequence},
};
use std::collections::BTreeMap;

pub(super) fn version(policy: Policy, effective_from: Option<Timestamp>) -> PolicyVersion {
    PolicyVersion { effective_from, document: String::new(), policy, sha256: String::new() }
}

pub(super) fn policy() -> impl Strategy<Value = Policy> {
    let zone = select(vec![
        Tz::UTC,
        Tz::Europe__Berlin,
        Tz::America__New_York,
        Tz::Asia__Kolkata,
        Tz::Pacific__Apia,
        Tz::Africa__Cairo,
    ]);
    let deadline = || {
        select(vec![
            Deadline::Hours(24),
            Deadline::Hours(48),
            Deadline::BusinessDays(1),
            Deadline::BusinessDays(3),
            Deadline::BusinessDays(5),
        ])
    };
    let approval = (prop_oneof![3 => Just(1_u32), 1 => Just(2_u32), 1 => Just(3_u32)], any::<[bool; 3]>()).prop_map(
        |(required, [comment_counts, merge_counts, must_cover_head])| Approval {
            required,
            comment_counts,
            merge_counts: merge_counts && comment_counts,
            must_cover_head: must_cover_head && !comment_counts,
        },
    );
    let rule = vec(select(Signal::ALL.to_vec()), 1..3).prop_map(|all| Detection { all });
    let detection = prop_oneof![2 => Just(None), 1 => vec(rule, 0..4).prop_map(Some)];
    let batch = (2..4_u32, select(vec![0_u32, 5, 10])).prop_map(|(count, minutes)| BatchStamp { count, minutes });
    let branches = select(vec![vec!["main"], vec!["main", "release/*"], vec!["*"]]);
    let sets = vec(select(HolidaySet::ALL.to_vec()), 0..2);
    let services = select(vec![None, Some("web"), Some("Billing")]).prop_map(|service| {
        service.map(|service| ("acme/pay".to_owned(), vec![service.to_owned()])).into_iter().collect()
    });
    let grounds = select(vec![Vec::new(), vec!["outage".to_owned(), "p1".to_owned()]]);
    let hours = select(vec![(8, 18), (0, 12), (2, 3)]);
    let clock = select(vec![ClockKind::Merged, ClockKind::Merged, ClockKind::Deployed]);
    (
        (zone, select(vec![1_u32, 2, 4, 10]), approval, detection),
        (deadline(), deadline(), batch, branches, (hours, clock)),
        (any::<[bool; 3]>(), select(vec![(0.1, 0.05), (0.5, 0.3)]), vec(0..500_i64, 0..30), 0..3_u8),
        (review(), sets, (services, teams()), any::<[bool; 4]>(), (authorisation(), categories(), grounds)),
    )
        .prop_map(
            |(
                (zone, start, approval, detection),
                (due, documentation, batch, branches, (hours, clock)),
                rest,
                more,
            )| {
                let (review, sets, (services, teams), flags, (authorisation, categories, grounds)) = more;
                let [by_other, staging_first, label_required, two_way] = flags;
                let ([bots, count_exempt, reason_counts], (limit, warning), holidays, words) = rest;
                let mut policy = PolicyHistory::initial().unwrap().at(Timestamp::EPOCH).policy.clone();
                policy.period.timezone = zone;
                policy.period.fiscal_year_start = start;
                policy.clock.implemented = clock;
                policy.population.branches = branches.into_iter().map(str::to_owned).collect();
                policy.population.count_exempt = count_exempt;
                policy.approval = approval;
                policy.detection = detection.unwrap_or(policy.detection);
                policy.exemption.bots = bots;
                policy.review = review;
                (
                    policy.authorisation.roles,
                    policy.authorisation.every_role,
                    policy.authorisation.within,
                    policy.people,
                ) = authorisation;
                policy.review.deadline = due;
                policy.calendar.holiday_sets = sets;
                policy.signals.incident_window.services = services;
                policy.groups.teams = teams;
                policy.category = categories;
                policy.emergency.grounds = grounds;
                policy.documentation.deadline = documentation;
                policy.justification.ticket_reason_counts = reason_counts;
                policy.ratio.limit = limit;
                policy.ratio.warning = warning;
                policy.batch = batch;
                policy.controls.deployed_by_other = by_other;
                policy.controls.staging_first = staging_first;
                policy.controls.rollback_plan = if by_other { RollbackPlan::Never } else { RollbackPlan::HighRisk };
                policy.emergency.label_required = label_required;
                policy.emergency.incident_link = if two_way { LinkRequired::TwoWay } else { LinkRequired::Resolved };
                policy.signals.business_hours.from = NaiveTime::from_hms_opt(hours.0, 0, 0).unwrap();
                policy.signals.business_hours.to = NaiveTime::from_hms_opt(hours.1, 30, 0).unwrap();
                policy.signals.emergency_words = vec![format!("word{words}")];
                let day = |day| Timestamp::from_millis(BEGIN + day * DAY).unwrap().to_utc().date_naive();
                policy.calendar.holidays = holidays.into_iter().map(day).collect();
                policy
            },
        )
}

/// Everything about the retroactive review but its deadline.
fn review() -> impl Strategy<Value = Review> {
    let owed = select(vec![ReviewOwed::Unreviewed, ReviewOwed::EveryEmergency]);
    let warn = select(vec![None, Some(Deadline::Hours(24)), Some(Deadline::BusinessDays(1))]);
    let evidence = [
        ReviewEvidence::Approval,
        ReviewEvidence::TicketRecord,
        ReviewEvidence::ChangeTask,
        ReviewEvidence::Attestation,
    ];
    let evidence = prop_oneof![Just(vec![ReviewEvidence::Approval]), subsequence(evidence.to_vec(), 1..=4)];
    let required = select(vec![None, None, Some(1), Some(2)]);
    let by = select(vec![Vec::new(), Vec::new(), vec!["CTO".to_owned(), "engineering lead".to_owned()]]);
    (owed, warn, evidence, required, by).prop_map(|(owed, warn_after, evidence, required, by)| Review {
        owed,
        deadline: Deadline::Hours(24),
        warn_after,
        required,
        evidence,
        markers: Vec::new(),
        by,
    })
}

/// Roles, whether each of them must authorise, by when, and who holds them.
fn authorisation() -> impl Strategy<Value = (Vec<String>, bool, Option<Deadline>, Roles)> {
    let roles = subsequence(vec!["CTO".to_owned(), "engineering lead".to_owned()], 0..=2);
    let within = prop_oneof![2 => Just(None), 1 => Just(Some(Deadline::Hours(24)))];
    let known: Vec<(&str, [&str; 2])> =
        vec![("cto", ["dana", "cat"]), ("Engineering Lead", ["leo", "bob"]), ("senior", ["bob", "dan"])];
    let people = subsequence(known, 0..=3).prop_map(|named| {
        Roles(named.into_iter().map(|(role, who)| (role.to_owned(), who.map(str::to_owned).to_vec())).collect())
    });
    (roles, any::<bool>(), within, people).prop_map(|(roles, every, within, people)| {
        let every = every && !roles.is_empty();
        (roles, every, within, people)
    })
}

/// No categories, some that only count people, or some that ask for roles too.
fn categories() -> impl Strategy<Value = Vec<Category>> {
    let category = |name: &str, labels: &[&str], approvers: &[&str], (required, senior): (u32, u32)| {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        Category { name: name.to_owned(), labels: owned(labels), approvers: owned(approvers), required, senior }
    };
    let standard = category("standard", &["standard", "dependencies"], &[], (0, 0));
    let counted = vec![standard.clone(), category("major", &["major"], &[], (3, 0))];
    let by_roles = vec![
        standard,
        category("normal", &["normal"], &["engineering lead"], (2, 1)),
        category("major", &["major"], &["engineering lead", "CTO"], (0, 0)),
        category("emergency", &["emergency"], &["CTO"], (0, 0)),
    ];
    select(vec![Vec::new(), Vec::new(), counted, by_roles])
}

/// Teams that share repositories and people, and leave some out.
fn teams() -> impl Strategy<Value = BTreeMap<String, Team>> {
    let team = |repositories: &[&str], people: &[&str]| {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Team { repositories: owned(repositories), people: owned(people) }
    };
    let known = vec![
        ("Crew".to_owned(), team(&[], &["@Ann", "evelyn"])),
        ("Everyone at acme".to_owned(), team(&["ACME/*"], &[])),
        ("pay".to_owned(), team(&["acme/pay"], &["bob", "ann"])),
    ];
    subsequence(known, 0..=3).prop_map(|teams| teams.into_iter().collect())
}
