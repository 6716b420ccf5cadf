//! What is in which repository, team, service, and whose it is.

use super::permitted::names_any;
use change_ledger_model::{
    Timestamp,
    columns::LedgerColumns,
    person::PersonKind,
    policy::{Policy, PolicyHistory},
    quarterly::Grouping,
};
use std::collections::BTreeSet;

/// One group, with what is in it by position.
pub struct Group {
    /// `None` for what is in no group.
    pub name: Option<String>,
    pub changes: Vec<bool>,
    pub deployments: Vec<bool>,
    pub alerts: Vec<bool>,
    pub incidents: Vec<bool>,
    /// In which repositories an incident of the group asks for changes.
    pub repositories: Vec<bool>,
}

/// The names, in lower case, of the groups that each thing is in.
struct Named {
    changes: Vec<BTreeSet<String>>,
    deployments: Vec<BTreeSet<String>>,
    alerts: Vec<BTreeSet<String>>,
    incidents: Vec<BTreeSet<String>>,
    repositories: Vec<BTreeSet<String>>,
}

/// Every group in which anything is, and the one of what is in none.
pub fn groups(ledger: &LedgerColumns, policies: &PolicyHistory, as_of: Timestamp, by: Grouping) -> Vec<Group> {
    let named = named(ledger, policies, as_of, by);
    let all = [&named.changes, &named.deployments, &named.alerts, &named.incidents, &named.repositories];
    let names: BTreeSet<String> = all.into_iter().flatten().flatten().cloned().collect();
    let names = names.into_iter().map(Some).chain([None]);
    names
        .map(|name| {
            let of = |things: &[BTreeSet<String>]| -> Vec<bool> {
                things.iter().map(|names| name.as_ref().map_or(names.is_empty(), |name| names.contains(name))).collect()
            };
            Group {
                changes: of(&named.changes),
                deployments: of(&named.deployments),
                alerts: of(&named.alerts),
                incidents: of(&named.incidents),
                repositories: if by == Grouping::Service {
                    vec![true; ledger.repositories.len()]
                } else {
                    of(&named.repositories)
                },
                name,
            }
        })
        .collect()
}

fn named(ledger: &LedgerColumns, policies: &PolicyHistory, as_of: Timestamp, by: Grouping) -> Named {
    let policy = &policies.at(as_of).policy;
    let of = |repository: Option<u32>, author: Option<u32>| match by {
        Grouping::Repository => {
            repository.map(|at| ledger.repositories[at as usize].to_lowercase()).into_iter().collect()
        }
        Grouping::Team => teams(ledger, policy, repository, author),
        Grouping::Service => services(ledger, policy, repository),
        Grouping::Person => {
            let author = author.map(|at| &ledger.people[at as usize]);
            author
                .filter(|(_, kind)| *kind != PersonKind::Deleted)
                .map(|(handle, _)| handle.clone())
                .into_iter()
                .collect()
        }
    };
    let changes: Vec<BTreeSet<String>> = (0..ledger.changes.len())
        .map(|change| of(Some(ledger.changes.repository[change]), ledger.changes.author[change]))
        .collect();
    Named {
        deployments: ledger
            .production_deployments
            .iter()
            .map(|deployment| match deployment.change {
                Some(change) => changes[change as usize].clone(),
                None => of(deployment.repository, None),
            })
            .collect(),
        alerts: ledger.alerts.iter().map(|alert| of(alert.repository, None)).collect(),
        incidents: (0..ledger.incidents.len())
            .map(|incident| of_incident(ledger, policies, by, incident, &of))
            .collect(),
        repositories: (0..ledger.repositories.len() as u32).map(|repository| of(Some(repository), None)).collect(),
        changes,
    }
}

/// The teams that are named for the repository or for the author.
fn teams(ledger: &LedgerColumns, policy: &Policy, repository: Option<u32>, author: Option<u32>) -> BTreeSet<String> {
    let repository = repository.map(|at| ledger.repositories[at as usize].to_lowercase());
    let author = author.map(|at| ledger.people[at as usize].0.to_lowercase());
    let mut found = BTreeSet::new();
    for (name, team) in &policy.groups.teams {
        let looks_after = team.repositories.iter().any(|pattern| {
            let pattern = pattern.to_lowercase();
            match (&repository, pattern.strip_suffix('*')) {
                (None, _) => false,
                (Some(repository), Some(begin)) => repository.starts_with(begin),
                (Some(repository), None) => *repository == pattern,
            }
        });
        let has = author.as_ref().is_some_and(|author| names_any(ledger, &team.people, author));
        if looks_after || has {
            found.insert(name.to_lowercase());
        }
    }
    found
}

/// The services that the policy names for the repository; else those of incidents, or named by the policy for another
/// repository, that are called like it.
fn services(ledger: &LedgerColumns, policy: &Policy, repository: Option<u32>) -> BTreeSet<String> {
    let Some(repository) = repository else { return BTreeSet::new() };
    let repository = ledger.repositories[repository as usize].to_lowercase();
    let mapped = &policy.signals.incident_window.services;
    if let Some((_, services)) = mapped.iter().find(|(name, _)| name.to_lowercase() == repository) {
        return services.iter().map(|service| service.to_lowercase()).collect();
    }
    let of_incidents = ledger.incidents.iter().filter_map(|incident| incident.service.as_ref());
    let known: BTreeSet<String> =
        of_incidents.chain(mapped.values().flatten()).map(|name| name.to_lowercase()).collect();
    let last = repository.split('/').next_back().unwrap().to_owned();
    [repository, last].into_iter().filter(|name| known.contains(name)).collect()
}

/// By service it is in its own; else it is where the repositories are that ran in its service when it began.
fn of_incident(
    ledger: &LedgerColumns,
    policies: &PolicyHistory,
    by: Grouping,
    incident: usize,
    of: &dyn Fn(Option<u32>, Option<u32>) -> BTreeSet<String>,
) -> BTreeSet<String> {
    let incident = &ledger.incidents[incident];
    let (Some(service), Some(opened)) = (&incident.service, incident.opened_at) else { return BTreeSet::new() };
    let service = service.trim().to_lowercase();
    if by == Grouping::Service {
        return BTreeSet::from([service]);
    }
    let rules = &policies.at(Timestamp::from_millis(opened).unwrap()).policy.signals.incident_window;
    let runs_in_it =
        |repository: &u32| rules.services_of(&ledger.repositories[*repository as usize]).contains(&service);
    (0..ledger.repositories.len() as u32).filter(runs_in_it).flat_map(|repository| of(Some(repository), None)).collect()
}
