//! What a quarter counts besides changes: deployments, findings, incidents.

use super::{Judgement, calendar::quarter_of, groups::Group};
use change_ledger_model::{
    Timestamp,
    columns::{IncidentRow, LedgerColumns},
    judgement::{Class, IncidentLinkState},
    policy::{Policy, PolicyHistory},
    quarter::Quarter,
    quarterly::{DeploymentRework, PatchTimeliness, SevereIncidents},
    record::{AlertSeverity, AlertState},
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Whether something happened by now and in the quarter.
fn falls_in(at: i64, quarter: Quarter, policies: &PolicyHistory, as_of: Timestamp) -> bool {
    let period = &policies.at(as_of).policy.period;
    at <= as_of.millis() && quarter_of(at, period) == quarter.ordinal()
}

fn policy_at(policies: &PolicyHistory, at: i64) -> &Policy {
    &policies.at(Timestamp::from_millis(at).unwrap()).policy
}

fn share(count: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

/// The quarters in which a deployment, a finding or an incident that may be severe falls.
pub fn quarters(ledger: &LedgerColumns, policies: &PolicyHistory, as_of: Timestamp) -> Vec<i32> {
    let mut moments: Vec<i64> = ledger.production_deployments.iter().map(|deployment| deployment.at).collect();
    moments.extend(ledger.alerts.iter().filter_map(|alert| alert.opened_at));
    for incident in &ledger.incidents {
        let Some(opened) = incident.opened_at else { continue };
        if severity(incident).is_none_or(|severity| is_severe(&severity, policy_at(policies, opened))) {
            moments.push(opened);
        }
    }
    let period = &policies.at(as_of).policy.period;
    let by_now = moments.into_iter().map(|at| Timestamp::from_millis(at).unwrap()).filter(|at| *at <= as_of);
    by_now.map(|at| Quarter::of(at, period.fiscal_year_start, period.timezone).ordinal()).collect()
}

fn severity(incident: &IncidentRow) -> Option<String> {
    let severity = incident.severity.as_deref()?.trim().to_lowercase();
    if severity.is_empty() { None } else { Some(severity) }
}

fn is_severe(severity: &str, policy: &Policy) -> bool {
    policy.signals.incident_window.severities.iter().any(|severe| severe.trim().to_lowercase() == severity)
}

/// Unplanned deployments to production caused by an incident, of all deployments to production.
pub fn deployments(
    ledger: &LedgerColumns,
    policies: &PolicyHistory,
    as_of: Timestamp,
    judgement: &Judgement,
    quarter: Quarter,
    group: Option<&Group>,
) -> DeploymentRework {
    let mut found = DeploymentRework::default();
    for (at, deployment) in ledger.production_deployments.iter().enumerate() {
        let is_of_group = group.is_none_or(|group| group.deployments[at]);
        if !is_of_group || !falls_in(deployment.at, quarter, policies, as_of) {
            continue;
        }
        found.deployments += 1;
        let Some(change) = deployment.change else {
            found.unknown += 1;
            continue;
        };
        let v = &judgement.verdicts;
        let class = Class::from_code(v.class[change as usize]).unwrap();
        if class != Class::DeclaredEmergency && class != Class::UnlabelledEmergency {
            continue;
        }
        match IncidentLinkState::from_code(v.incident_link[change as usize]).unwrap() {
            IncidentLinkState::OneWay | IncidentLinkState::TwoWay => found.unplanned += 1,
            IncidentLinkState::Dangling | IncidentLinkState::Unknown => found.unknown += 1,
            IncidentLinkState::Missing => {}
        }
    }
    if found.unknown < found.deployments {
        found.rework_rate = share(found.unplanned, found.deployments);
    }
    found
}

/// Findings fixed within the policy's time for their severity.
pub fn patches(
    ledger: &LedgerColumns,
    policies: &PolicyHistory,
    as_of: Timestamp,
    quarter: Quarter,
    group: Option<&Group>,
) -> PatchTimeliness {
    let mut found = PatchTimeliness::default();
    let now = as_of.millis();
    for (at, alert) in ledger.alerts.iter().enumerate() {
        let Some(opened) = alert.opened_at else { continue };
        let is_of_group = group.is_none_or(|group| group.alerts[at]);
        if !is_of_group || !falls_in(opened, quarter, policies, as_of) {
            continue;
        }
        let limits = policy_at(policies, opened).patch;
        let score = alert.score_tenths.filter(|score| *score > 0).map(|score| f64::from(score) / 10.0);
        let hours = match (score, alert.severity) {
            (Some(score), _) if score >= 9.0 => Some(limits.critical_hours),
            (Some(score), _) if score >= 7.0 => Some(limits.high_days * 24),
            (Some(score), _) if score >= 4.0 => Some(limits.medium_days * 24),
            (Some(_), _) | (None, Some(AlertSeverity::Low)) => Some(limits.low_days * 24),
            (None, Some(AlertSeverity::Critical)) => Some(limits.critical_hours),
            (None, Some(AlertSeverity::High)) => Some(limits.high_days * 24),
            (None, Some(AlertSeverity::Medium)) => Some(limits.medium_days * 24),
            (None, None) => None,
        };
        let Some(hours) = hours else {
            found.unknown += 1;
            continue;
        };
        let due = opened + i64::from(hours) * HOUR;
        let fixed = alert.fixed_at.filter(|at| *at <= now);
        let dismissed = alert.dismissed_at.filter(|at| *at <= now);
        if fixed.is_some_and(|at| at <= due) {
            found.on_time += 1;
        } else if fixed.is_some() {
            found.late += 1;
        } else if dismissed.is_some() || alert.state == Some(AlertState::Dismissed) && alert.dismissed_at.is_none() {
            found.set_aside += 1;
        } else if alert.state.is_none() || alert.state == Some(AlertState::Fixed) && alert.fixed_at.is_none() {
            found.unknown += 1;
        } else if now > due {
            found.overdue += 1;
        } else {
            found.pending += 1;
        }
    }
    found.on_time_rate = share(found.on_time, found.on_time + found.late + found.overdue);
    found
}

/// Severe incidents in whose window something was implemented while nothing was declared.
pub fn incidents(
    ledger: &LedgerColumns,
    policies: &PolicyHistory,
    as_of: Timestamp,
    judgement: &Judgement,
    quarter: Quarter,
    group: Option<&Group>,
) -> SevereIncidents {
    let mut found = SevereIncidents::default();
    for (at, incident) in ledger.incidents.iter().enumerate() {
        let Some(opened) = incident.opened_at.filter(|at| falls_in(*at, quarter, policies, as_of)) else { continue };
        let severity = severity(incident);
        if severity.as_deref().is_some_and(|severity| !is_severe(severity, policy_at(policies, opened))) {
            continue;
        }
        let rules = &policy_at(policies, opened).signals.incident_window;
        let service = incident.service.as_deref().map(|service| service.trim().to_lowercase()).unwrap_or_default();
        let serves = |repository: u32| {
            !service.is_empty() && rules.services_of(&ledger.repositories[repository as usize]).contains(&service)
        };
        if group.is_some_and(|group| !group.incidents[at]) {
            continue;
        }
        if severity.is_none() {
            found.severity_unknown += 1;
            continue;
        }
        found.incidents += 1;
        let end = match incident.resolved_at {
            Some(end) => Some(end + i64::from(rules.grace_minutes) * MINUTE),
            None if incident.has_ended => None,
            None => Some(i64::MAX),
        };
        // Whose service is that of no repository may be any of them.
        let is_mapped = (0..ledger.repositories.len()).any(|repository| serves(repository as u32));
        let Some(end) = end.filter(|_| is_mapped) else {
            found.unknown += 1;
            continue;
        };
        let v = &judgement.verdicts;
        let during: Vec<usize> = (0..v.class.len())
            .filter(|change| v.in_population[*change] && serves(ledger.changes.repository[*change]))
            .filter(|change| group.is_none_or(|group| group.repositories[ledger.changes.repository[*change] as usize]))
            .filter(|change| ledger.changes.implemented_at[*change].is_some_and(|at| opened <= at && at <= end))
            .collect();
        if !during.is_empty() {
            found.with_changes += 1;
            if !during.iter().any(|change| v.class[*change] == Class::DeclaredEmergency as u8) {
                found.undeclared += 1;
            }
        }
    }
    found
}
