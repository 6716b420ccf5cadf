//! The groups by which numbers are told apart, and what is in which of them.

use super::Judged;
use crate::column::{GROUP, REPOSITORY};
use crate::frames::positions;
use crate::{MetricsError, guard::guarded};
use change_ledger_model::{person::PersonKind, policy::Policy, quarterly::Grouping};
use foldhash::{HashMap, HashMapExt};
use polars::prelude::{DataFrame, IdxCa, NewChunkedArray, PolarsResult};
use std::collections::{BTreeMap, BTreeSet};

/// The groups, by position, and what is in them. What is in none is in one more, the last.
///
/// A change is in the groups of its repository and in those of its author. Without any group everything is in the one that
/// stands for none: all changes together.
pub(super) struct Groups {
    names: Vec<String>,
    /// Groups of each repository.
    of_repositories: Vec<Vec<u32>>,
    /// Groups of each person.
    of_people: Vec<Vec<u32>>,
    /// Groups of services by name in lower case, where services are the groups.
    of_services: Option<HashMap<String, u32>>,
    /// Changes by position, ascending; one in several groups is there for each, …
    rows: Vec<u32>,
    /// … with its group beside it.
    groups: Vec<u32>,
}

impl Groups {
    /// All changes together.
    pub(super) fn all_together(judged: &Judged) -> Self {
        let height = judged.changes.height();
        Self {
            names: Vec::new(),
            of_repositories: Vec::new(),
            of_people: Vec::new(),
            of_services: None,
            rows: (0..).take(height).collect(),
            groups: vec![0; height],
        }
    }

    /// The groups of a ledger under the policy that is in force at the moment of the judgement: who works together is no
    /// fact of the day on which a change was made.
    pub(super) fn of(judged: &Judged, by: Grouping) -> PolarsResult<Self> {
        let policy = &judged.policies.at(judged.as_of).policy.naming_in_full(&judged.authors.names);
        let repositories = judged.repositories.as_slice();
        let people = judged.authors.people.as_slice();
        let mut groups = Self {
            names: Vec::new(),
            of_repositories: vec![Vec::new(); repositories.len()],
            of_people: vec![Vec::new(); people.len()],
            of_services: None,
            rows: Vec::new(),
            groups: Vec::new(),
        };
        match by {
            Grouping::Repository => {
                groups.names = repositories.to_vec();
                groups.of_repositories = (0..).take(repositories.len()).map(|repository| vec![repository]).collect();
            }
            Grouping::Team => groups.name_teams(policy, repositories, people),
            Grouping::Service => groups.name_services(judged, policy),
            Grouping::Person => {
                groups.names = people.iter().map(|(handle, _)| handle.clone()).collect();
                // A deleted account stands for anybody.
                let is_somebody = people.iter().map(|(_, kind)| *kind != PersonKind::Deleted);
                groups.of_people =
                    (0..).zip(is_somebody).map(|(at, somebody)| somebody.then_some(at).into_iter().collect()).collect();
            }
        }
        groups.place_changes(judged)?;
        Ok(groups)
    }

    fn name_teams(&mut self, policy: &Policy, repositories: &[String], people: &[(String, PersonKind)]) {
        for (group, (name, team)) in (0..).zip(&policy.groups.teams) {
            self.names.push(name.trim().to_owned());
            let looked_after = self.of_repositories.iter_mut().zip(repositories);
            looked_after.filter(|(_, name)| team.has_repository(name)).for_each(|(groups, _)| groups.push(group));
            let members = self.of_people.iter_mut().zip(people);
            members.filter(|(_, (handle, _))| team.has_person(handle)).for_each(|(groups, _)| groups.push(group));
        }
    }

    /// Services are those that the policy names and those of imported incidents. A repository that the policy does not name
    /// runs in the service called like it, where there is one.
    fn name_services(&mut self, judged: &Judged, policy: &Policy) {
        let window = &policy.signals.incident_window;
        let named = window.services.values().flatten().map(String::as_str);
        let known = judged.beside.incidents.iter().filter_map(|incident| incident.service.as_deref());
        let mut spelled: BTreeMap<String, &str> = BTreeMap::new();
        // The policy's spelling goes before that of an incident, and of those the first in order.
        let in_order: BTreeSet<&str> = known.collect();
        for service in named.chain(in_order).map(str::trim).filter(|service| !service.is_empty()) {
            spelled.entry(service.to_lowercase()).or_insert(service);
        }
        let mut of_services = HashMap::new();
        for (group, (service, spelling)) in (0..).zip(spelled) {
            self.names.push(spelling.to_owned());
            of_services.insert(service, group);
        }
        for (groups, repository) in self.of_repositories.iter_mut().zip(&judged.repositories) {
            let runs_in = window.services_of(repository).into_iter();
            *groups = runs_in.filter_map(|service| of_services.get(&service).copied()).collect();
            groups.sort_unstable();
            groups.dedup();
        }
        self.of_services = Some(of_services);
    }

    fn place_changes(&mut self, judged: &Judged) -> PolarsResult<()> {
        let repositories = judged.changes.column(REPOSITORY)?.u32()?;
        let (mut rows, mut groups) = (Vec::new(), Vec::new());
        for ((row, repository), author) in (0..).zip(repositories.iter()).zip(&judged.authors.of_changes) {
            let own = of(&self.of_repositories, repository);
            groups.extend(own);
            groups.extend(of(&self.of_people, *author).iter().filter(|group| !own.contains(group)));
            if rows.len() == groups.len() {
                groups.push(self.none());
            }
            rows.resize(groups.len(), row);
        }
        (self.rows, self.groups) = (rows, groups);
        Ok(())
    }

    /// The group of what is in none.
    pub(super) fn none(&self) -> u32 {
        u32::try_from(self.names.len()).unwrap_or(u32::MAX)
    }

    /// How a group is called; `None` for what is in none.
    pub(super) fn name(&self, group: u32) -> Option<&str> {
        self.names.get(group as usize).map(String::as_str)
    }

    /// Each change by position with each of its groups.
    pub(super) fn members(&self) -> impl Iterator<Item = (u32, u32)> {
        self.rows.iter().copied().zip(self.groups.iter().copied())
    }

    /// `changes`, the judged frame, with a row for each group of each change.
    pub(super) fn frame(&self, changes: &DataFrame) -> PolarsResult<DataFrame> {
        // Rows without a repetition are the changes as they are.
        let mut frame = if self.rows.len() == changes.height() {
            changes.clone()
        } else {
            changes.take(&IdxCa::from_slice("row".into(), &self.rows))?
        };
        frame.with_column(positions(GROUP, self.groups.clone()))?;
        Ok(frame)
    }

    /// The groups of a deployment: those of the change that it deployed; where no imported one was, those of its repository.
    pub(super) fn of_deployment(&self, repository: Option<u32>, change: Option<u32>) -> Vec<u32> {
        let Some(change) = change else { return self.of_repository(repository) };
        let begin = self.rows.partition_point(|row| *row < change);
        let found = self.rows.iter().zip(&self.groups).skip(begin).take_while(|(row, _)| **row == change);
        let found: Vec<u32> = found.map(|(_, group)| *group).collect();
        if found.is_empty() { self.of_repository(repository) } else { found }
    }

    /// The groups of what belongs to a repository.
    pub(super) fn of_repository(&self, repository: Option<u32>) -> Vec<u32> {
        let found = of(&self.of_repositories, repository);
        if found.is_empty() { vec![self.none()] } else { found.to_vec() }
    }

    /// The groups of an incident of a service (in lower case): that service itself where services are the groups, else those
    /// of the repositories that run in it, for which `runs_in_it` is set.
    pub(super) fn of_incident(&self, service: Option<&str>, runs_in_it: &[bool]) -> Vec<u32> {
        let found: BTreeSet<u32> = if let Some(services) = &self.of_services {
            service.and_then(|service| services.get(service).copied()).into_iter().collect()
        } else {
            let concerned = self.of_repositories.iter().zip(runs_in_it).filter(|(_, runs_in_it)| **runs_in_it);
            concerned.flat_map(|(groups, _)| groups.iter().copied()).collect()
        };
        if found.is_empty() { vec![self.none()] } else { found.into_iter().collect() }
    }

    /// Whether an incident of `group` asks what was implemented in a repository of its service.
    pub(super) fn asks_of(&self, group: u32, repository: u32) -> bool {
        let groups = of(&self.of_repositories, Some(repository));
        self.of_services.is_some() || groups.contains(&group) || groups.is_empty() && group == self.none()
    }
}

fn of(groups: &[Vec<u32>], position: Option<u32>) -> &[u32] {
    position.and_then(|position| groups.get(position as usize)).map_or(&[], Vec::as_slice)
}

impl Judged {
    /// The teams that the policy now in force names.
    #[must_use]
    pub fn teams(&self) -> Vec<String> {
        self.policies.at(self.as_of).policy.groups.teams.keys().cloned().collect()
    }

    /// Those of `changes`, positions in the ledger's columns, that a team is named for; its name in any case. `None` where the
    /// policy now in force names no such team.
    ///
    /// # Errors
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn of_team(&self, team: &str, changes: &[u32]) -> Result<Option<Vec<u32>>, MetricsError> {
        guarded("looking for the changes of a team", || {
            let groups = Groups::of(self, Grouping::Team)?;
            let wanted = team.trim().to_lowercase();
            let found = (0..).zip(&groups.names).find(|(_, name)| name.to_lowercase() == wanted);
            let Some((team, _)) = found else { return Ok(None) };
            let members: BTreeSet<u32> =
                groups.members().filter(|(_, group)| *group == team).map(|(change, _)| change).collect();
            Ok(Some(changes.iter().copied().filter(|change| members.contains(change)).collect()))
        })
    }
}

/// What the groups of each grouping are, for the person who reads their numbers.
#[must_use]
pub const fn grouping_definition(by: Grouping) -> &'static str {
    match by {
        Grouping::Repository => {
            "A change is in the group of its repository, and in no other. A deployment is where the change is that it deployed, else \
             where its own repository is; a finding is where its repository is; an incident is in every repository that runs in its \
             service."
        }
        Grouping::Team => {
            "A change is in every team that the policy now in force names for its repository or for its author ([groups.teams]); one \
             that is in several counts in each, so the numbers of teams may add up to more than the whole. Deployments are where their \
             change is; findings and incidents where their repositories are. What no team is named for is unknown."
        }
        Grouping::Service => {
            "A change is in every service that its repository runs in: those that the policy now in force names for it \
             ([signals.incident_window.services]), else the service of an imported incident that is called like it. One that is in \
             several counts in each, so the numbers of services may add up to more than the whole. An incident is in its own service. \
             What runs in no known service is unknown."
        }
        Grouping::Person => {
            "A change is its author's; accounts that were stated to be one person's are one person. Changes of deleted or unnamed \
             accounts, findings and incidents are unknown. These numbers help to find work that is waiting. They do not rate people: \
             who takes on emergencies has more of them, and few changes say little."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judged::GroupedQuarters;
    use crate::sample::Sample;
    use change_ledger_model::policy::patterns::TextSignal;

    /// Each group with its changes of all quarters, and how many changes are in several and in none.
    fn told_apart(sample: Sample, by: Grouping) -> (Vec<(String, u64)>, u64, u64) {
        let GroupedQuarters { groups, in_several, in_none } = sample.judged().quarters_by(by, None).unwrap();
        let sizes = groups.into_iter().map(|group| {
            let changes = group.quarters.iter().map(|quarter| quarter.changes).sum();
            (if group.is_unknown { "?".to_owned() } else { group.name }, changes)
        });
        (sizes.collect(), in_several, in_none)
    }

    fn check(sample: Sample, by: Grouping, expected: &[(&str, u64)], in_several: u64, in_none: u64) {
        let expected: Vec<(String, u64)> = expected.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
        assert_eq!(told_apart(sample, by), (expected, in_several, in_none));
    }

    /// Three changes of two authors in two repositories, and one of nobody.
    fn changes() -> Sample {
        let sample = Sample::new().change(0.0).change(1.0).repository(1).change(2.0).author(Some("bob"));
        sample.change(3.0).repository(1).author(None)
    }

    #[test]
    fn a_change_is_in_every_team_that_is_named_for_its_repository_or_its_author() {
        let teams = |named: &str| changes().policy(&[("teams = {}", &format!("teams = {{ {named} }}"))]);
        check(changes(), Grouping::Team, &[("?", 4)], 0, 4);
        check(teams("Pay = { repositories = [\"acme/p*\"] }"), Grouping::Team, &[("Pay", 2), ("?", 2)], 0, 2);
        let both = "Pay = { repositories = [\"acme/pay\"] }, Crew = { people = [\"@Ann\"] }";
        check(teams(both), Grouping::Team, &[("Crew", 2), ("Pay", 2), ("?", 1)], 1, 1);
        let other_account = teams("Crew = { people = [\"ann.k\"] }").known_as(&["ann", "ann.k"]);
        check(other_account, Grouping::Team, &[("Crew", 2), ("?", 2)], 0, 2);
        // Named twice for one change, a team has it once.
        let twice = "Pay = { repositories = [\"acme/pay\"], people = [\"ann\", \"bob\"] }";
        check(teams(twice), Grouping::Team, &[("Pay", 3), ("?", 1)], 0, 1);
    }

    #[test]
    fn a_repository_runs_in_the_services_that_are_named_for_it_or_in_one_called_like_it() {
        let services = |named: &str| changes().policy(&[("services = {}", &format!("services = {{ {named} }}"))]);
        check(changes(), Grouping::Service, &[("?", 4)], 0, 4);
        check(changes().outage(0.0, 1.0), Grouping::Service, &[("Pay", 2), ("?", 2)], 0, 2);
        let named = "\"acme/pay\" = [\"Billing\", \"Ledger\"], \"acme/web\" = [\"ledger\"]";
        check(services(named), Grouping::Service, &[("Billing", 2), ("Ledger", 4)], 2, 0);
    }

    #[test]
    fn a_change_is_its_authors_and_deleted_accounts_are_nobodys() {
        check(changes(), Grouping::Person, &[("ann", 2), ("bob", 1), ("?", 1)], 0, 1);
        check(changes().author(Some("ghost")), Grouping::Person, &[("ann", 2), ("bob", 1), ("?", 1)], 0, 1);
        check(changes(), Grouping::Repository, &[("acme/pay", 2), ("acme/web", 2)], 0, 0);
    }

    #[test]
    fn an_incident_is_in_its_service_and_where_its_repositories_are() {
        let check = |sample: Sample, by: Grouping, expected: &[(&str, [u64; 3])]| {
            let groups = sample.judged().quarters_by(by, None).unwrap().groups;
            let found: Vec<(&str, [u64; 3])> = groups
                .iter()
                .map(|group| {
                    let found = group.quarters[0].severe_incidents;
                    (group.name.as_str(), [found.incidents, found.with_changes, found.undeclared])
                })
                .collect();
            assert_eq!(found, expected);
        };
        let outage =
            || Sample::new().outage(0.0, 2.0).change(1.0).change(1.0).repository(1).hit(TextSignal::EmergencyLabel);
        check(outage(), Grouping::Repository, &[("acme/pay", [1, 1, 1]), ("acme/web", [0, 0, 0])]);
        check(outage(), Grouping::Service, &[("Pay", [1, 1, 1]), ("unknown", [0, 0, 0])]);
        check(outage(), Grouping::Person, &[("ann", [0, 0, 0]), ("unknown", [1, 1, 1])]);
        check(outage(), Grouping::Team, &[("unknown", [1, 1, 1])]);
        let shared = ("services = {}", "services = { \"acme/pay\" = [\"pay\"], \"acme/web\" = [\"pay\"] }");
        check(outage().policy(&[shared]), Grouping::Service, &[("pay", [1, 1, 0])]);
        let mut nameless = outage();
        nameless.columns.incidents[0].service = None;
        check(nameless, Grouping::Service, &[("unknown", [1, 0, 0])]);
    }
}
