//! The controls of each change, asked one by one.

use super::{Judgement, categories::people};
use change_ledger_model::{
    Timestamp,
    attestation::Detection,
    columns::LedgerColumns,
    control::{Attribute, ControlAnswer},
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState},
    person::PersonKind,
    policy::{Category, LinkRequired, Policy, PolicyHistory, ReviewOwed, RollbackPlan},
    quarterly::ControlTable,
    record::ChangeKind,
};

use ControlAnswer::{Fail, NotApplicable, Pass, Unknown};

/// How `changes` answer every control.
pub fn count(
    ledger: &LedgerColumns,
    policies: &PolicyHistory,
    as_of: Timestamp,
    judgement: &Judgement,
    changes: &[usize],
) -> ControlTable {
    let mut table = ControlTable::without_changes();
    for &change in changes {
        let version = usize::from(judgement.verdicts.policy_version[change]);
        let policy = &policies.versions().nth(version).unwrap().policy;
        for control in Attribute::ALL {
            let counts = table.0.get_mut(&control).unwrap();
            match answer(control.letter(), ledger, policy, as_of, judgement, change) {
                Pass => counts.pass += 1,
                Fail => counts.fail += 1,
                NotApplicable => counts.not_applicable += 1,
                Unknown => counts.unknown += 1,
            }
        }
    }
    table
}

fn answer(
    letter: char,
    ledger: &LedgerColumns,
    policy: &Policy,
    as_of: Timestamp,
    judgement: &Judgement,
    change: usize,
) -> ControlAnswer {
    let v = &judgement.verdicts;
    let class = Class::from_code(v.class[change]).unwrap();
    let emergency = class == Class::DeclaredEmergency || class == Class::UnlabelledEmergency;
    if !emergency && "JKLM".contains(letter) || emergency && letter == 'E' {
        return NotApplicable;
    }
    if class == Class::Exempt && "CDE".contains(letter) {
        return NotApplicable;
    }
    let delivery = &ledger.delivery;
    let is_request = ledger.changes.kind[change] == ChangeKind::ChangeTicket as u8;
    let approval = ApprovalTiming::from_code(v.approval[change]).unwrap();
    let deployed = delivery.deployed_at.get(change).copied().flatten().filter(|at| *at <= as_of.millis());
    match letter {
        'A' if is_request => Pass,
        'A' => linked_ticket(ledger, change).map_or(Unknown, yes),
        'B' if emergency => v.justified[change].map_or(Unknown, yes),
        // Of a routine change a reason can be proven, but never that there is none.
        'B' if v.justified[change] == Some(true) || linked_ticket(ledger, change) == Some(true) => Pass,
        // Only its author's approval is needed.
        'C' | 'E' if asks(policy, judgement, change) == Asks::Nobody => NotApplicable,
        'C' | 'E'
            if approval == ApprovalTiming::Never
                && asks(policy, judgement, change) == Asks::Unknown
                && fewer(policy) =>
        {
            Unknown
        }
        'E' if approval == ApprovalTiming::After
            && asks(policy, judgement, change) == Asks::Unknown
            && fewer(policy) =>
        {
            Unknown
        }
        'C' => match approval {
            ApprovalTiming::Before | ApprovalTiming::After => Pass,
            ApprovalTiming::Never => Fail,
            ApprovalTiming::Unknown => Unknown,
        },
        'D' if is_request => NotApplicable,
        'D' => match judgement.asked[change].best_cover {
            None if approval == ApprovalTiming::Never => NotApplicable,
            None | Some(None) => Unknown,
            Some(Some(covers)) => yes(covers),
        },
        'E' => match approval {
            ApprovalTiming::Before => match asks(policy, judgement, change) {
                Asks::Unknown if more(policy) => Unknown,
                Asks::Category => [Fail, Unknown, Pass][judgement.asked[change].by_roles as usize],
                _ => Pass,
            },
            ApprovalTiming::After | ApprovalTiming::Never => Fail,
            ApprovalTiming::Unknown => Unknown,
        },
        'F' => checks(ledger, as_of, change).0.map_or(Unknown, yes),
        'G' if !policy.controls.deployed_by_other => NotApplicable,
        'G' => {
            let merged = is_author(ledger, change, ledger.changes.merged_by[change]);
            let deployer = deployed.and_then(|_| delivery.deployed_by[change]);
            let deployed = is_author(ledger, change, deployer);
            match (merged, deployed) {
                (Some(false), _) | (_, Some(false)) => Pass,
                (Some(true), Some(true)) => Fail,
                _ => Unknown,
            }
        }
        'H' if deployed.is_none() => Unknown,
        'H' if !policy.controls.staging_first => Pass,
        'H' => delivery.staging_first[change].map_or(Unknown, yes),
        'I' if policy.controls.rollback_plan == RollbackPlan::Never => NotApplicable,
        'I' if policy.controls.rollback_plan == RollbackPlan::HighRisk
            && ledger.high_risk.get(change) == Some(&Some(false)) =>
        {
            NotApplicable
        }
        // A plan that is there is enough, whatever the risk.
        'I' if judgement.asked[change].rollback_planned == Some(true) => Pass,
        'I' if policy.controls.rollback_plan == RollbackPlan::HighRisk
            && ledger.high_risk.get(change).copied().flatten().is_none() =>
        {
            Unknown
        }
        'I' => judgement.asked[change].rollback_planned.map_or(Unknown, yes),
        'J' => genuine(ledger, policy, judgement, change),
        'K' => v.authorised_as_asked[change].map_or(Unknown, yes),
        'L' => match ReviewState::from_code(v.review_state[change]).unwrap() {
            ReviewState::OnTime => judgement.asked[change].reviewed_by_role.map_or(Unknown, yes),
            ReviewState::Late | ReviewState::Overdue => Fail,
            ReviewState::NotOwed | ReviewState::Pending => NotApplicable,
            ReviewState::Unknown => Unknown,
        },
        'M' => documented(policy, judgement, change),
        'N' => checks(ledger, as_of, change).1.map_or(Unknown, yes),
        // Whether a description gives a reason, a person must read.
        'B' => Unknown,
        _ => unreachable!("there is no control {letter}"),
    }
}

const fn yes(holds: bool) -> ControlAnswer {
    if holds { Pass } else { Fail }
}

/// Whether a ticket is linked; unknown where the one it names, all tickets, or its description are missing.
fn linked_ticket(ledger: &LedgerColumns, change: usize) -> Option<bool> {
    if ledger.ticket_links.iter().any(|link| link.change as usize == change) {
        return Some(true);
    }
    let names_another = ledger.tickets_not_imported.iter().any(|other| *other as usize == change);
    (!names_another && ledger.has_tickets && ledger.changes.texts_known[change]).then_some(false)
}

/// Whether somebody is the author; unknown unless that is a person, and the author is known.
fn is_author(ledger: &LedgerColumns, change: usize, somebody: Option<u32>) -> Option<bool> {
    let kind = |person: u32| ledger.people[person as usize].1;
    let author = ledger.changes.author[change]?;
    let somebody = somebody?;
    (kind(author) != PersonKind::Deleted && kind(somebody) == PersonKind::Human).then_some(author == somebody)
}

/// What a change's category asks for.
#[derive(PartialEq)]
enum Asks {
    /// The policy has no categories, or it is an emergency.
    AsAny,
    Nobody,
    Category,
    Unknown,
}

fn asks(policy: &Policy, judgement: &Judgement, change: usize) -> Asks {
    let class = Class::from_code(judgement.verdicts.class[change]).unwrap();
    if policy.category.is_empty() || matches!(class, Class::DeclaredEmergency | Class::UnlabelledEmergency) {
        return Asks::AsAny;
    }
    match judgement.asked[change].people {
        None => Asks::Unknown,
        Some(0) => Asks::Nobody,
        Some(_) => Asks::Category,
    }
}

/// The categories without the one of emergencies.
fn ordinary(policy: &Policy) -> impl Iterator<Item = &Category> {
    policy.category.iter().filter(|category| category.name != "emergency")
}

fn fewer(policy: &Policy) -> bool {
    ordinary(policy).any(|category| people(category) < policy.approval.required)
}

fn more(policy: &Policy) -> bool {
    let certain_ones = |category: &Category| !category.approvers.is_empty() || category.senior > 0;
    ordinary(policy).any(|category| people(category) > policy.approval.required || certain_ones(category))
}

/// Tests and scans, by what had ended at the moment of judging.
fn checks(ledger: &LedgerColumns, as_of: Timestamp, change: usize) -> (Option<bool>, Option<bool>) {
    let delivery = &ledger.delivery;
    let mut answer =
        (delivery.tests_passed.get(change).copied().flatten(), delivery.scan_clean.get(change).copied().flatten());
    let mut first_end = i64::MAX;
    for earlier in &delivery.earlier_checks {
        let is_later = earlier.change as usize == change && earlier.until > as_of.millis();
        if is_later && earlier.until < first_end {
            first_end = earlier.until;
            answer = (earlier.tests_passed, earlier.scan_clean);
        }
    }
    answer
}

/// Documented in time and, where every emergency owes a review, reviewed: what fails comes first, then what is unknown, then what
/// is not yet due.
fn documented(policy: &Policy, judgement: &Judgement, change: usize) -> ControlAnswer {
    let v = &judgement.verdicts;
    let mut both = vec![match v.documented_on_time[change] {
        _ if judgement.asked[change].documentation_pending => NotApplicable,
        told => told.map_or(Unknown, yes),
    }];
    if policy.review.owed == ReviewOwed::EveryEmergency {
        both.push(match ReviewState::from_code(v.review_state[change]).unwrap() {
            ReviewState::OnTime | ReviewState::Late => Pass,
            ReviewState::Overdue => Fail,
            ReviewState::Pending => NotApplicable,
            ReviewState::NotOwed | ReviewState::Unknown => Unknown,
        });
    }
    [Fail, Unknown, NotApplicable].into_iter().find(|answer| both.contains(answer)).unwrap_or(Pass)
}

/// Label, or somebody's word where the policy asks for no label, incident and reason: one that is missing outweighs one that is unknown.
fn genuine(ledger: &LedgerColumns, policy: &Policy, judgement: &Judgement, change: usize) -> ControlAnswer {
    let v = &judgement.verdicts;
    let confirmed = v.detection[change] == Detection::Confirmed as u8 && !policy.emergency.label_required;
    let labelled = v.class[change] == Class::DeclaredEmergency as u8 || confirmed;
    let label = if labelled || ledger.changes.labels_known[change] { yes(labelled) } else { Unknown };
    let incident = match IncidentLinkState::from_code(v.incident_link[change]).unwrap() {
        IncidentLinkState::TwoWay => Pass,
        IncidentLinkState::OneWay => yes(policy.emergency.incident_link != LinkRequired::TwoWay),
        IncidentLinkState::Missing => Fail,
        IncidentLinkState::Dangling | IncidentLinkState::Unknown => Unknown,
    };
    let reason = match v.justified[change] {
        Some(true) => judgement.asked[change].reason_accepted.map_or(Unknown, yes),
        other => other.map_or(Unknown, yes),
    };
    let all = [label, incident, reason];
    if all.contains(&Fail) {
        Fail
    } else if all.contains(&Unknown) {
        Unknown
    } else {
        Pass
    }
}
