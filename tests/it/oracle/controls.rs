//! The controls of each change, asked one by one.

use super::Judgement;
use change_ledger_model::{
    Timestamp,
    columns::LedgerColumns,
    control::{Attribute, ControlAnswer},
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState},
    person::PersonKind,
    policy::{LinkRequired, Policy, PolicyHistory, RollbackPlan},
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
        'C' => match approval {
            ApprovalTiming::Before | ApprovalTiming::After => Pass,
            ApprovalTiming::Never => Fail,
            ApprovalTiming::Unknown => Unknown,
        },
        'D' if is_request || approval == ApprovalTiming::Never => NotApplicable,
        'D' => v.approval_covers_head[change].map_or(Unknown, yes),
        'E' => match approval {
            ApprovalTiming::Before => Pass,
            ApprovalTiming::After | ApprovalTiming::Never => Fail,
            ApprovalTiming::Unknown => Unknown,
        },
        'F' => delivery.tests_passed.get(change).copied().flatten().map_or(Unknown, yes),
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
        'J' => genuine(ledger, policy, judgement, change),
        'K' => v.authorised_as_asked[change].map_or(Unknown, yes),
        'L' => match ReviewState::from_code(v.review_state[change]).unwrap() {
            ReviewState::OnTime => Pass,
            ReviewState::Late | ReviewState::Overdue => Fail,
            ReviewState::NotOwed | ReviewState::Pending => NotApplicable,
            ReviewState::Unknown => Unknown,
        },
        'M' => v.documented_on_time[change].map_or(Unknown, yes),
        'N' => delivery.scan_clean.get(change).copied().flatten().map_or(Unknown, yes),
        // Whether a description gives a reason, a person must read; no file tells of a plan.
        'B' | 'I' => Unknown,
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

/// Label (where the policy asks for it), incident and reason: one that is missing outweighs one that is unknown.
fn genuine(ledger: &LedgerColumns, policy: &Policy, judgement: &Judgement, change: usize) -> ControlAnswer {
    let v = &judgement.verdicts;
    let labelled = v.class[change] == Class::DeclaredEmergency as u8 || !policy.emergency.label_required;
    let label = if labelled || ledger.changes.labels_known[change] { yes(labelled) } else { Unknown };
    let incident = match IncidentLinkState::from_code(v.incident_link[change]).unwrap() {
        IncidentLinkState::TwoWay => Pass,
        IncidentLinkState::OneWay => yes(policy.emergency.incident_link != LinkRequired::TwoWay),
        IncidentLinkState::Missing => Fail,
        IncidentLinkState::Dangling | IncidentLinkState::Unknown => Unknown,
    };
    let all = [label, incident, v.justified[change].map_or(Unknown, yes)];
    if all.contains(&Fail) {
        Fail
    } else if all.contains(&Unknown) {
        Unknown
    } else {
        Pass
    }
}
