//! The numbers of a quarter that count other records than changes: deployments, findings, incidents.

use super::Judged;
use crate::column::{IMPLEMENTED_AT, REPOSITORY};
use crate::frames::RecordsBeside;
use crate::metric::{
    deployment_rework, patch_timeliness,
    severe_incidents::{self, Implemented},
};
use change_ledger_model::{
    Timestamp,
    columns::IncidentRow,
    judgement::{Class, IncidentLinkState},
    quarter::Quarter,
    quarterly::{DeploymentRework, PatchTimeliness, SevereIncidents},
};
use foldhash::HashMap;
use polars::prelude::PolarsResult;

/// A group (a repository, or 0 for all of them together) and a quarter.
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

/// An implemented change that a window may hold: when, of which repository, whether declared.
type ImplementedChange = (i64, u32, bool);

impl Judged {
    /// Counts deployments by their success, findings by when they were raised, incidents by when they began;
    /// `by_repository` makes each repository a group.
    pub(super) fn beside(&self, by_repository: bool) -> PolarsResult<BesideTables> {
        let mut tables = BesideTables::default();
        let RecordsBeside { deployments, alerts, incidents } = &*self.beside;
        let group = |repository: Option<u32>| if by_repository { repository } else { Some(0) };
        for deployment in deployments.iter().filter(|deployment| deployment.at <= self.as_of.millis()) {
            if let Some(table) = self.at(&mut tables, group(deployment.repository), deployment.at) {
                deployment_rework::add(&mut table.deployment_rework, self.is_unplanned(deployment.change));
            }
        }
        for alert in alerts {
            let opened = alert.opened_at.and_then(Timestamp::from_millis);
            let Some(opened) = opened else { continue };
            let policy = self.policies.at(opened).policy.patch;
            let fix = patch_timeliness::state(alert, policy, self.as_of.millis());
            if let (Some(fix), Some(table)) = (fix, self.at(&mut tables, group(alert.repository), opened.millis())) {
                patch_timeliness::add(&mut table.patches, fix);
            }
        }
        if incidents.iter().any(|incident| self.is_severe(incident)) {
            self.count_incidents(&mut tables, incidents, by_repository)?;
        }
        Ok(tables)
    }

    /// The numbers of a group in the quarter of a moment.
    fn at<'t>(&self, tables: &'t mut BesideTables, group: Option<u32>, at: i64) -> Option<&'t mut Beside> {
        let period = &self.policies.at(self.as_of).policy.period;
        let quarter = Quarter::of(Timestamp::from_millis(at)?, period.fiscal_year_start, period.timezone);
        Some(tables.entry((group?, quarter.ordinal())).or_default())
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

    /// Whether an incident that had begun is severe under the policy then in force.
    fn is_severe(&self, incident: &IncidentRow) -> bool {
        let opened = incident.opened_at.and_then(Timestamp::from_millis).filter(|at| *at <= self.as_of);
        let severity = incident.severity.as_ref().map(|severity| severity.trim().to_lowercase());
        opened.zip(severity).is_some_and(|(at, severity)| {
            let severe = &self.policies.at(at).policy.signals.incident_window.severities;
            severe.iter().any(|known| known.trim().to_lowercase() == severity)
        })
    }

    /// For a repository, an incident counts where its service is one of the repository.
    fn count_incidents(
        &self,
        tables: &mut BesideTables,
        incidents: &[IncidentRow],
        by_repository: bool,
    ) -> PolarsResult<()> {
        let implemented = self.implemented_in_order()?;
        for incident in incidents.iter().filter(|incident| self.is_severe(incident)) {
            let Some(opened) = incident.opened_at.and_then(Timestamp::from_millis) else { continue };
            let rules = &self.policies.at(opened).policy.signals.incident_window;
            let service = incident.service.as_ref().map(|service| service.trim().to_lowercase());
            let service = service.filter(|service| !service.is_empty());
            let is_of = |repository: &String| {
                service.as_ref().is_some_and(|service| rules.services_of(repository).contains(service))
            };
            let of_service: Vec<bool> = self.repositories.iter().map(is_of).collect();
            let window = incident_end(incident, rules.grace_minutes, self.as_of).filter(|_| service.is_some());
            let in_window = |repositories: &dyn Fn(u32) -> bool| {
                window.map(|end| within(&implemented, (opened.millis(), end), repositories))
            };
            let belongs = |repository: u32| of_service.get(repository as usize).copied().unwrap_or_default();
            if by_repository {
                for group in (0..).take(self.repositories.len()).filter(|group| belongs(*group)) {
                    let found = in_window(&|repository| repository == group);
                    if let Some(table) = self.at(tables, Some(group), opened.millis()) {
                        severe_incidents::add(&mut table.severe_incidents, found);
                    }
                }
            } else if let Some(table) = self.at(tables, Some(0), opened.millis()) {
                severe_incidents::add(&mut table.severe_incidents, in_window(&belongs));
            }
        }
        Ok(())
    }

    /// The changes of the population by the moment of their implementation.
    fn implemented_in_order(&self) -> PolarsResult<Vec<ImplementedChange>> {
        let at = self.changes.column(IMPLEMENTED_AT)?.i64()?;
        let repositories = self.changes.column(REPOSITORY)?.u32()?;
        let verdicts = &self.verdicts;
        let mut implemented: Vec<ImplementedChange> = at
            .iter()
            .zip(repositories.iter())
            .zip(&verdicts.in_population)
            .zip(&verdicts.class)
            .filter(|((_, counted), _)| **counted)
            .filter_map(|(((at, repository), _), class)| {
                Some((at?, repository?, *class == Class::DeclaredEmergency as u8))
            })
            .collect();
        implemented.sort_unstable();
        Ok(implemented)
    }
}

/// The last moment (UTC milliseconds) that counts as during an incident; `None` where it ended nobody knows when.
fn incident_end(incident: &IncidentRow, grace_minutes: u32, as_of: Timestamp) -> Option<i64> {
    match incident.resolved_at {
        Some(end) => Some(end.saturating_add(i64::from(grace_minutes) * 60_000)),
        None => (!incident.has_ended).then_some(as_of.millis()),
    }
}

/// What was implemented from `first` to `last`, both included, in the repositories that are asked for.
fn within(implemented: &[ImplementedChange], (first, last): (i64, i64), is_asked: &dyn Fn(u32) -> bool) -> Implemented {
    let begin = implemented.partition_point(|(at, ..)| *at < first);
    let mut found = Implemented::default();
    let in_window = implemented.iter().skip(begin).take_while(|(at, ..)| *at <= last);
    for (_, _, declared) in in_window.filter(|(_, repository, _)| is_asked(*repository)) {
        found.any = true;
        found.declared |= declared;
        if found.declared {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {

    use crate::sample::{Sample, at};
    use change_ledger_model::{
        columns::{AlertRow, ProductionDeploymentRow},
        policy::patterns::TextSignal,
        quarterly::QuarterMetrics,
        record::{AlertSeverity, AlertState},
    };

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
        let alert = |hours, repository| AlertRow {
            repository,
            opened_at: Some(at(hours)),
            fixed_at: Some(at(hours + 10.0)),
            dismissed_at: None,
            state: Some(AlertState::Fixed),
            severity: Some(AlertSeverity::Critical),
            score_tenths: None,
        };
        let mut sample = Sample::new().change(0.0);
        sample.columns.alerts = vec![alert(0.0, Some(0)), alert(1.0, None), alert(5000.0, Some(0))];
        let judged = sample.judged();
        let on_time = |quarters: &[QuarterMetrics]| quarters.iter().map(|found| found.patches.on_time).sum::<u64>();
        assert_eq!(on_time(&judged.quarters(None).unwrap()), 2);
        assert_eq!(on_time(&judged.quarters_by_repository(None).unwrap()[0].quarters), 1);
    }

    #[test]
    fn a_severe_incident_asks_what_was_implemented_in_its_window() {
        let check = |sample: Sample, expected: [u64; 4]| {
            let found = sample.change(500.0).quarter().severe_incidents;
            assert_eq!([found.incidents, found.with_changes, found.undeclared, found.unknown], expected);
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
        let mut ended = outage().change(1.0);
        ended.columns.incidents[0].resolved_at = None;
        check(ended, [1, 0, 0, 1]);
    }
}
