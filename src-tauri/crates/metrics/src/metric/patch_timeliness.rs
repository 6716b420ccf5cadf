//! How many findings were fixed within the time that the policy gives for their severity.

use super::{Measure, MetricDefinition, Unit, none, share};
use crate::expression::lit;
use change_ledger_model::{
    columns::AlertRow,
    policy::Patch,
    quarterly::PatchTimeliness,
    record::{AlertSeverity, AlertState},
};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "patches",
        name: "Patch timeliness",
        unit: Unit::Share,
        definition: "Of the findings raised in the quarter that are fixed or whose time is up: the share fixed within the policy's \
                     time for their severity, counted from the moment they were raised. The severity is that of the CVSS score \
                     where there is one, else the tool's word. Findings set aside are counted beside; those without a severity, or \
                     fixed nobody knows when, are unknown.",
        formula: "on_time / (on_time + late + overdue)",
        null_when: "no finding was fixed or due",
    },
    counts: none,
    durations: none,
    behind: || lit(false),
};

const HOUR: i64 = 3_600_000;

/// How far the fix of a finding got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fix {
    OnTime,
    Late,
    Pending,
    Overdue,
    SetAside,
    Unknown,
}

/// How far it got at `as_of` (UTC milliseconds) by the deadlines of `policy`; `None` for a finding that is not dated, or raised
/// later.
pub(crate) fn state(alert: &AlertRow, policy: Patch, as_of: i64) -> Option<Fix> {
    let opened = alert.opened_at.filter(|at| *at <= as_of)?;
    let by_now = |at: Option<i64>| at.filter(|at| *at <= as_of);
    let Some(severity) = severity(alert) else { return Some(Fix::Unknown) };
    let due = opened.saturating_add(allowed(severity, policy));
    if let Some(fixed) = by_now(alert.fixed_at) {
        return Some(if fixed <= due { Fix::OnTime } else { Fix::Late });
    }
    if by_now(alert.dismissed_at).is_some() {
        return Some(Fix::SetAside);
    }
    Some(match alert.state {
        Some(AlertState::Fixed) if alert.fixed_at.is_none() => Fix::Unknown,
        Some(AlertState::Dismissed) if alert.dismissed_at.is_none() => Fix::SetAside,
        None => Fix::Unknown,
        _ if as_of <= due => Fix::Pending,
        _ => Fix::Overdue,
    })
}

/// By the bands of CVSS 3.1 (FIRST, specification, section 5), else by the tool's word.
fn severity(alert: &AlertRow) -> Option<AlertSeverity> {
    match alert.score_tenths {
        None | Some(0) => alert.severity,
        Some(90..) => Some(AlertSeverity::Critical),
        Some(70..) => Some(AlertSeverity::High),
        Some(40..) => Some(AlertSeverity::Medium),
        Some(_) => Some(AlertSeverity::Low),
    }
}

/// Milliseconds that the policy gives.
fn allowed(severity: AlertSeverity, policy: Patch) -> i64 {
    let days = |days: u32| i64::from(days) * 24 * HOUR;
    match severity {
        AlertSeverity::Critical => i64::from(policy.critical_hours) * HOUR,
        AlertSeverity::High => days(policy.high_days),
        AlertSeverity::Medium => days(policy.medium_days),
        AlertSeverity::Low => days(policy.low_days),
    }
}

/// Adds one finding.
pub(crate) fn add(to: &mut PatchTimeliness, fix: Fix) {
    let place = match fix {
        Fix::OnTime => &mut to.on_time,
        Fix::Late => &mut to.late,
        Fix::Pending => &mut to.pending,
        Fix::Overdue => &mut to.overdue,
        Fix::SetAside => &mut to.set_aside,
        Fix::Unknown => &mut to.unknown,
    };
    *place += 1;
    to.on_time_rate = share(to.on_time, to.on_time + to.late + to.overdue);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(score_tenths: Option<u16>, severity: Option<AlertSeverity>) -> AlertRow {
        AlertRow {
            repository: None,
            opened_at: Some(0),
            fixed_at: None,
            dismissed_at: None,
            state: Some(AlertState::Open),
            severity,
            score_tenths,
        }
    }

    #[test]
    fn the_time_follows_from_the_score_or_else_the_word() {
        use AlertSeverity::{Critical, High, Low, Medium};
        let check = |score, word, hours: i64| {
            let at = |as_of| state(&alert(score, word), Patch::default(), as_of);
            assert_eq!(at(hours * HOUR), Some(Fix::Pending), "{score:?} {word:?}");
            assert_eq!(at(hours * HOUR + 1), Some(Fix::Overdue), "{score:?} {word:?}");
        };
        check(Some(90), None, 72);
        check(Some(89), Some(Critical), 14 * 24);
        check(Some(70), None, 14 * 24);
        check(Some(40), None, 30 * 24);
        check(Some(1), None, 90 * 24);
        check(None, Some(Critical), 72);
        check(Some(0), Some(High), 14 * 24);
        check(None, Some(Medium), 30 * 24);
        check(None, Some(Low), 90 * 24);
        assert_eq!(state(&alert(None, None), Patch::default(), 1), Some(Fix::Unknown));
    }

    #[test]
    fn what_is_not_known_or_not_yet_is_no_fix() {
        let open = alert(Some(95), None);
        let check = |alert: AlertRow, as_of: i64, expected: Option<Fix>| {
            assert_eq!(state(&alert, Patch::default(), as_of * HOUR), expected, "{alert:?} {as_of}");
        };
        let fixed = |hours: i64| AlertRow { state: Some(AlertState::Fixed), fixed_at: Some(hours * HOUR), ..open };
        check(fixed(72), 100, Some(Fix::OnTime));
        check(fixed(73), 100, Some(Fix::Late));
        check(fixed(73), 72, Some(Fix::Pending));
        check(AlertRow { fixed_at: None, ..fixed(1) }, 100, Some(Fix::Unknown));
        let aside = AlertRow { state: Some(AlertState::Dismissed), dismissed_at: Some(HOUR), ..open };
        check(aside, 100, Some(Fix::SetAside));
        check(AlertRow { dismissed_at: None, ..aside }, 100, Some(Fix::SetAside));
        check(AlertRow { state: None, ..open }, 100, Some(Fix::Unknown));
        check(AlertRow { opened_at: None, ..open }, 100, None);
        check(AlertRow { opened_at: Some(101 * HOUR), ..open }, 100, None);
    }

    #[test]
    fn the_rate_leaves_out_what_is_not_due() {
        let mut found = PatchTimeliness::default();
        assert_eq!(found.on_time_rate, None);
        for fix in [Fix::OnTime, Fix::OnTime, Fix::Late, Fix::Overdue, Fix::Pending, Fix::SetAside, Fix::Unknown] {
            add(&mut found, fix);
        }
        assert_eq!((found.on_time, found.late, found.overdue, found.on_time_rate), (2, 1, 1, Some(0.5)));
        assert_eq!((found.pending, found.set_aside, found.unknown), (1, 1, 1));
    }
}
