//! The numbers of a quarter that count other records than changes: deployments, findings, incidents.

use super::{Judged, groups::Groups};
use crate::frames::{ImplementedChange, RecordsBeside};
use crate::metric::{
    deployment_rework, patch_timeliness,
    severe_incidents::{self, Implemented},
};
use change_ledger_model::{
    Timestamp,
    columns::IncidentRow,
    judgement::{Class, IncidentLinkState},
    policy::IncidentWindow,
    quarter::Quarter,
    quarterly::{DeploymentRework, PatchTimeliness, SevereIncidents},
};
use foldhash::HashMap;
use std::collections::BTreeSet;

/// A group and a quarter.
type Key = (u32, i32);

/// These numbers, for one group in one quarter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beside {
    pub(super) deployment_rework: DeploymentRework,
    pub(super) patches: PatchTimeliness,
    pub(super) severe_incidents: SevereIncidents,
}

/// These numbers, for every group and quarter in which such a record falls.
pub(super) type BesideTables = HashMap<Key, Beside>;

/// The services of each repository, under one policy's rules.
type Services<'a> = (&'a IncidentWindow, Vec<Vec<String>>);

impl Judged {
    /// Counts deployments by their success, findings by when they were raised, incidents by when they began.
    pub(super) fn beside(&self, groups: &Groups) -> BesideTables {
        let mut tables = BesideTables::default();
        let RecordsBeside { deployments, alerts, incidents, .. } = &*self.beside;
        for deployment in deployments.iter().filter(|deployment| deployment.at <= self.as_of.millis()) {
            for group in groups.of_deployment(deployment.repository, deployment.change) {
                if let Some(table) = self.at(&mut tables, group, deployment.at) {
                    deployment_rework::add(&mut table.deployment_rework, self.is_unplanned(deployment.change));
                }
            }
        }
        for alert in alerts {
            let opened = alert.opened_at.and_then(Timestamp::from_millis);
            let Some(opened) = opened else { continue };
            let policy = self.policies.at(opened).policy.patch;
            let fix = patch_timeliness::state(alert, policy, self.as_of.millis());
            let Some(fix) = fix else { continue };
            for group in groups.of_repository(alert.repository) {
                if let Some(table) = self.at(&mut tables, group, opened.millis()) {
                    patch_timeliness::add(&mut table.patches, fix);
                }
            }
        }
        self.count_incidents(&mut tables, incidents, groups);
        tables
    }

    /// The quarters in which any of these records is counted.
    pub(super) fn quarters_beside(&self) -> BTreeSet<i32> {
        let RecordsBeside { deployments, alerts, incidents, .. } = &*self.beside;
        let deployed = deployments.iter().map(|deployment| deployment.at);
        let raised = alerts.iter().filter_map(|alert| alert.opened_at);
        let begun = incidents.iter().filter(|incident| self.is_severe(incident) != Some(false));
        let begun = begun.filter_map(|incident| incident.opened_at);
        let by_now = |at: &i64| *at <= self.as_of.millis();
        deployed.chain(raised).chain(begun).filter(by_now).filter_map(|at| self.quarter_of(at)).collect()
    }

    /// The numbers of a group in the quarter of a moment.
    fn at<'t>(&self, tables: &'t mut BesideTables, group: u32, at: i64) -> Option<&'t mut Beside> {
        Some(tables.entry((group, self.quarter_of(at)?)).or_default())
    }

    fn quarter_of(&self, at: i64) -> Option<i32> {
        let period = &self.policies.at(self.as_of).policy.period;
        Some(Quarter::of(Timestamp::from_millis(at)?, period.fiscal_year_start, period.timezone).ordinal())
    }

    fn is_unplanned(&self, change: Option<u32>) -> Option<bool> {
        let at = change? as usize;
        let class = self.verdicts.class.get(at).copied().and_then(Class::from_code);
        let link = self.verdicts.incident_link.get(at).copied().and_then(IncidentLinkState::from_code)?;
        let has_incident = match link {
            IncidentLinkState::OneWay | IncidentLinkState::TwoWay => Some(true),
            IncidentLinkState::Missing => Some(false),
            IncidentLinkState::Dangling | IncidentLinkState::Unknown => None,
        };
        deployment_rework::is_unplanned(class.map(Class::is_emergency), has_incident)
    }

    /// Whether an incident that had begun is severe under the policy then in force; `None` where no file tells how severe it
    /// is. One that nobody knows to have begun is not.
    fn is_severe(&self, incident: &IncidentRow) -> Option<bool> {
        let opened = incident.opened_at.and_then(Timestamp::from_millis).filter(|at| *at <= self.as_of);
        let Some(opened) = opened else { return Some(false) };
        let severity = incident.severity.as_ref().map(|severity| severity.trim().to_lowercase());
        let severity = severity.filter(|severity| !severity.is_empty())?;
        let severe = &self.policies.at(opened).policy.signals.incident_window.severities;
        Some(severe.iter().any(|known| known.trim().to_lowercase() == severity))
    }

    /// For a repository, an incident counts where its service is one of the repository.
    fn count_incidents(&self, tables: &mut BesideTables, incidents: &[IncidentRow], groups: &Groups) {
        let mut services: Vec<Services<'_>> = Vec::new();
        for incident in incidents {
            let is_severe = self.is_severe(incident);
            let opened = incident.opened_at.filter(|_| is_severe != Some(false)).and_then(Timestamp::from_millis);
            let Some(opened) = opened else { continue };
            let rules = &self.policies.at(opened).policy.signals.incident_window;
            let service = incident.service.as_ref().map(|service| service.trim().to_lowercase());
            let service = service.filter(|service| !service.is_empty());
            let is_of = |services: &Vec<String>| service.as_ref().is_some_and(|service| services.contains(service));
            let of_service: Vec<bool> = self.services(&mut services, rules).iter().map(is_of).collect();
            // Of a service that is none of a repository, nobody knows what was implemented.
            let is_mapped = of_service.contains(&true);
            let window = incident_end(incident, rules.grace_minutes, self.as_of).filter(|_| is_mapped);
            let in_window = |repositories: &dyn Fn(u32) -> bool| {
                window.map(|end| self.implemented_within((opened.millis(), end), repositories))
            };
            let belongs = |repository: u32| of_service.get(repository as usize).copied().unwrap_or_default();
            for group in groups.of_incident(service.as_deref(), &of_service) {
                let Some(table) = self.at(tables, group, opened.millis()) else { continue };
                if is_severe.is_none() {
                    table.severe_incidents.severity_unknown += 1;
                    continue;
                }
                let found = in_window(&|repository| belongs(repository) && groups.asks_of(group, repository));
                severe_incidents::add(&mut table.severe_incidents, found);
            }
        }
    }

    /// The services of each repository under `rules`, worked out once for all incidents.
    fn services<'s, 'a>(&self, known: &'s mut Vec<Services<'a>>, rules: &'a IncidentWindow) -> &'s [Vec<String>] {
        let at = known.iter().position(|(known, _)| std::ptr::eq(*known, rules)).unwrap_or_else(|| {
            known.push((rules, self.repositories.iter().map(|repository| rules.services_of(repository)).collect()));
            known.len() - 1
        });
        known.get(at).map_or(&[], |(_, services)| services)
    }

    /// What of the population was implemented from `first` to `last`, both included, in the repositories that are asked for.
    fn implemented_within(&self, (first, last): (i64, i64), is_asked: &dyn Fn(u32) -> bool) -> Implemented {
        let implemented = &self.beside.implemented;
        let begin = implemented.partition_point(|change| change.at < first);
        let in_window = implemented.iter().skip(begin).take_while(|change| change.at <= last);
        let is_counted = |change: &&ImplementedChange| {
            self.verdicts.in_population.get(change.change as usize) == Some(&true) && is_asked(change.repository)
        };
        let mut found = Implemented::default();
        for change in in_window.filter(is_counted) {
            found.any = true;
            let class = self.verdicts.class.get(change.change as usize);
            found.declared |= class == Some(&(Class::DeclaredEmergency as u8));
            if found.declared {
                break;
            }
        }
        found
    }
}

/// The last moment (UTC milliseconds) that counts as during an incident; `None` where it ended nobody knows when.
fn incident_end(incident: &IncidentRow, grace_minutes: u32, as_of: Timestamp) -> Option<i64> {
    match incident.resolved_at {
        Some(end) => Some(end.saturating_add(i64::from(grace_minutes) * 60_000)),
        None => (!incident.has_ended).then_some(as_of.millis()),
    }
}

#[cfg(test)]
mod tests {

    use crate::sample::{Sample, at};
    use change_ledger_model::{
        columns::{AlertRow, IncidentRow, LedgerColumns, ProductionDeploymentRow},
        policy::patterns::TextSignal,
        quarterly::{Grouping, QuarterMetrics},
        record::{AlertSeverity, AlertState},
    };

    fn deployment(hours: f64) -> ProductionDeploymentRow {
        ProductionDeploymentRow { at: at(hours), repository: Some(0), change: None }
    }

    fn incident(hours: f64, severity: Option<&str>) -> IncidentRow {
        let mut incident = Sample::new().outage(hours, hours + 1.0).columns.incidents.remove(0);
        incident.severity = severity.map(str::to_owned);
        incident
    }

    fn alert(hours: f64, repository: Option<u32>) -> AlertRow {
        AlertRow {
            repository,
            opened_at: Some(at(hours)),
            fixed_at: Some(at(hours + 10.0)),
            dismissed_at: None,
            state: Some(AlertState::Fixed),
            severity: Some(AlertSeverity::Critical),
            score_tenths: None,
        }
    }

    #[test]
    fn deployments_count_in_the_quarter_of_their_success() {
        let deployed = |hours, change| ProductionDeploymentRow { at: at(hours), repository: Some(0), change };
        let mut sample =
            Sample::new().change(0.0).hit(TextSignal::EmergencyLabel).incident(true).change(1.0).seen_at(3000.0);
        sample.columns.production_deployments =
            vec![deployed(1.0, Some(0)), deployed(2.0, Some(1)), deployed(3.0, None), deployed(4000.0, Some(0))];
        let found = sample.quarter().deployment_rework;
        assert_eq!((found.deployments, found.unplanned, found.unknown), (3, 1, 1));
    }

    #[test]
    fn findings_count_in_the_quarter_in_which_they_were_raised() {
        let mut sample = Sample::new().change(0.0);
        sample.columns.alerts = vec![alert(0.0, Some(0)), alert(1.0, None), alert(5000.0, Some(0))];
        let judged = sample.judged();
        let on_time = |quarters: &[QuarterMetrics]| quarters.iter().map(|found| found.patches.on_time).sum::<u64>();
        assert_eq!(on_time(&judged.quarters(None).unwrap()), 3);
        assert_eq!(on_time(&judged.quarters_by(Grouping::Repository, None).unwrap().groups[0].quarters), 2);
    }

    #[test]
    fn a_severe_incident_asks_what_was_implemented_in_its_window() {
        let check = |sample: Sample, expected: [u64; 4]| {
            let found = sample.change(500.0).quarter().severe_incidents;
            assert_eq!([found.incidents, found.with_changes, found.undeclared, found.unknown], expected);
            assert_eq!(found.severity_unknown, 0);
        };
        let outage = || Sample::new().outage(0.0, 2.0);
        check(Sample::new(), [0, 0, 0, 0]);
        check(outage(), [1, 0, 0, 0]);
        check(outage().change(1.0), [1, 1, 1, 0]);
        check(outage().change(3.0), [1, 1, 1, 0]);
        check(outage().change(3.1), [1, 0, 0, 0]);
        check(outage().change(1.0).hit(TextSignal::EmergencyLabel).change(2.0), [1, 1, 0, 0]);
        check(outage().change(1.0).repository(1), [1, 0, 0, 0]);
        check(outage().change(1.0).branch(Some(1)), [1, 0, 0, 0]);
        let mut nameless = outage().change(1.0);
        nameless.columns.incidents[0].service = None;
        check(nameless, [1, 0, 0, 1]);
        let mut unmapped = outage().change(1.0);
        unmapped.columns.incidents[0].service = Some("billing".to_owned());
        check(unmapped, [1, 0, 0, 1]);
        let mut ended = outage().change(1.0);
        ended.columns.incidents[0].resolved_at = None;
        check(ended, [1, 0, 0, 1]);
    }

    #[test]
    fn an_incident_without_a_severity_is_counted_apart() {
        let check = |severity: Option<&str>, expected: [u64; 2]| {
            let mut sample = Sample::new().outage(0.0, 2.0).change(1.0);
            sample.columns.incidents[0].severity = severity.map(str::to_owned);
            let found = sample.quarter().severe_incidents;
            assert_eq!([found.incidents, found.severity_unknown], expected, "{severity:?}");
        };
        check(Some("P1"), [1, 0]);
        check(Some("P5"), [0, 0]);
        check(Some(" "), [0, 1]);
        check(None, [0, 1]);
    }

    #[test]
    fn a_quarter_with_such_records_alone_is_there() {
        let check = |add: fn(&mut LedgerColumns), expected: &[&str]| {
            let mut sample = Sample::new().change(0.0);
            add(&mut sample.columns);
            let quarters = sample.judged().quarters(None).unwrap();
            assert_eq!(quarters.iter().map(|found| found.quarter.as_str()).collect::<Vec<_>>(), expected);
        };
        let alone = ["2026-Q3"];
        check(|_| {}, &alone);
        // 2,500 hours after the beginning of August it is November; the judgement is at 10,000.
        check(|columns| columns.production_deployments.push(deployment(2500.0)), &["2026-Q3", "2026-Q4"]);
        check(|columns| columns.production_deployments.push(deployment(-3000.0)), &["2026-Q2", "2026-Q3"]);
        check(|columns| columns.production_deployments.push(deployment(10_001.0)), &alone);
        check(|columns| columns.alerts.push(alert(2500.0, None)), &["2026-Q3", "2026-Q4"]);
        check(|columns| columns.incidents.push(incident(2500.0, Some("P1"))), &["2026-Q3", "2026-Q4"]);
        check(|columns| columns.incidents.push(incident(2500.0, None)), &["2026-Q3", "2026-Q4"]);
        check(|columns| columns.incidents.push(incident(2500.0, Some("P5"))), &alone);
    }

    #[test]
    fn without_any_change_such_records_have_their_quarters() {
        let mut sample = Sample::new();
        sample.columns.production_deployments.push(deployment(0.0));
        let found = sample.quarter();
        assert_eq!((found.changes, found.emergency_ratio, found.deployment_rework.deployments), (0, None, 1));
    }
}
