//! From mentions to links.

use super::Directory;
use crate::StoreError;
use change_ledger_model::record::{FoundIn, MentionKind};
use foldhash::{HashMap, HashSet};
use std::collections::BTreeMap;

/// What one record names, as far as it leads to tickets and incidents.
#[derive(Debug, Default, Clone)]
pub(crate) struct Named {
    /// Tickets, with the strongest way in which each was found.
    pub(crate) tickets: BTreeMap<i64, FoundIn>,
    /// Imported incidents.
    pub(crate) incidents: BTreeMap<i64, FoundIn>,
    /// Names of incidents that were not imported.
    pub(crate) missing: BTreeMap<String, FoundIn>,
}

impl Named {
    pub(crate) fn add(
        &mut self,
        directory: &Directory<'_>,
        kind: MentionKind,
        name: &str,
        found_in: FoundIn,
    ) -> Result<(), StoreError> {
        for &ticket in directory.tickets(kind, name)?.iter() {
            note(&mut self.tickets, ticket, found_in);
        }
        for &incident in directory.incidents(kind, name)?.iter() {
            note(&mut self.incidents, incident, found_in);
        }
        if directory.is_missing_incident(kind, name)? {
            note(&mut self.missing, name.to_owned(), found_in);
        }
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tickets.is_empty() && self.incidents.is_empty() && self.missing.is_empty()
    }
}

/// Keeps the stronger of two ways.
fn note<K: Ord>(ways: &mut BTreeMap<K, FoundIn>, what: K, found_in: FoundIn) {
    ways.entry(what).and_modify(|known| *known = found_in.min(*known)).or_insert(found_in);
}

/// What tickets and incidents name.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    by_ticket: HashMap<i64, Named>,
    /// Incidents that name a ticket, by ticket.
    tickets_back: HashMap<i64, Vec<i64>>,
    incident_names_ticket: HashSet<(i64, i64)>,
    /// Tickets that name a change, by change.
    changes_by_ticket: HashMap<i64, Vec<(i64, FoundIn)>>,
    /// Incidents that name a change, by change.
    changes_by_incident: HashMap<i64, Vec<(i64, FoundIn)>>,
}

/// A link from a change to an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IncidentLink {
    /// `None` when it was not imported.
    pub(crate) incident: Option<i64>,
    /// The name, when it was not imported.
    pub(crate) missing: Option<String>,
    /// The ticket on the way.
    pub(crate) via_ticket: Option<i64>,
    pub(crate) found_in: FoundIn,
    /// Both sides name each other, directly or through the ticket.
    pub(crate) two_way: bool,
}

/// The links of one change.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Links {
    pub(crate) tickets: Vec<(i64, FoundIn)>,
    pub(crate) incidents: Vec<IncidentLink>,
}

impl Graph {
    pub(crate) fn add_ticket_mention(
        &mut self,
        directory: &Directory<'_>,
        ticket: i64,
        (kind, name, found_in): (MentionKind, &str, FoundIn),
    ) -> Result<(), StoreError> {
        self.by_ticket.entry(ticket).or_default().add(directory, kind, name, found_in)?;
        for change in directory.changes(kind, name)? {
            self.changes_by_ticket.entry(change).or_default().push((ticket, found_in));
        }
        Ok(())
    }

    pub(crate) fn add_incident_mention(
        &mut self,
        directory: &Directory<'_>,
        incident: i64,
        (kind, name, found_in): (MentionKind, &str, FoundIn),
    ) -> Result<(), StoreError> {
        let incident = directory.standing_for(incident)?;
        for &ticket in directory.tickets(kind, name)?.iter() {
            if self.incident_names_ticket.insert((incident, ticket)) {
                self.tickets_back.entry(ticket).or_default().push(incident);
            }
        }
        for change in directory.changes(kind, name)? {
            self.changes_by_incident.entry(change).or_default().push((incident, found_in));
        }
        Ok(())
    }

    /// Changes with the tickets that name them.
    pub(crate) fn tickets_that_name_changes(&self) -> impl Iterator<Item = (i64, i64)> {
        self.changes_by_ticket.iter().flat_map(|(change, by)| by.iter().map(|(ticket, _)| (*change, *ticket)))
    }

    /// Changes that a ticket or an incident names.
    pub(crate) fn changes_named_back(&self) -> impl Iterator<Item = i64> {
        self.changes_by_ticket.keys().chain(self.changes_by_incident.keys()).copied()
    }

    /// The links of a pull request that names `named` itself.
    pub(crate) fn of_change(&self, change: i64, named: &Named) -> Links {
        let mut tickets = named.tickets.clone();
        for &(ticket, found_in) in self.changes_by_ticket.get(&change).into_iter().flatten() {
            note(&mut tickets, ticket, found_in);
        }
        let back = self.changes_by_incident.get(&change).map_or(&[][..], Vec::as_slice);
        let names_change = |incident| back.iter().any(|(by, _)| *by == incident);
        let names_any_ticket =
            |incident| tickets.keys().any(|ticket| self.incident_names_ticket.contains(&(incident, *ticket)));
        let mut links: BTreeMap<i64, IncidentLink> = BTreeMap::new();
        for (&incident, &found_in) in &named.incidents {
            let two_way = names_change(incident) || names_any_ticket(incident);
            links.insert(incident, resolved(incident, None, found_in, two_way));
        }
        for &ticket in tickets.keys() {
            let found_in = tickets.get(&ticket).copied().unwrap_or(FoundIn::Person);
            for &incident in self.by_ticket.get(&ticket).into_iter().flat_map(|named| named.incidents.keys()) {
                let two_way = names_change(incident) || self.incident_names_ticket.contains(&(incident, ticket));
                let link = links.entry(incident).or_insert_with(|| resolved(incident, Some(ticket), found_in, two_way));
                link.two_way |= two_way;
            }
            for &incident in self.tickets_back.get(&ticket).into_iter().flatten() {
                links.entry(incident).or_insert_with(|| resolved(incident, Some(ticket), found_in, false));
            }
        }
        for &(incident, found_in) in back {
            let link = links.entry(incident).or_insert_with(|| resolved(incident, None, found_in, false));
            // What the incident says itself is stronger than a way through a ticket that does not name it.
            if !link.two_way && link.via_ticket.is_some() {
                *link = resolved(incident, None, found_in, false);
            }
        }
        let mut incidents: Vec<_> = links.into_values().collect();
        incidents.extend(self.missing(named, tickets.keys()));
        Links { tickets: tickets.into_iter().collect(), incidents }
    }

    /// The links of a change ticket: the ticket itself stands for the change.
    pub(crate) fn of_change_ticket(&self, ticket: i64) -> Links {
        let nothing = Named::default();
        let named = self.by_ticket.get(&ticket).unwrap_or(&nothing);
        let mut links: BTreeMap<i64, IncidentLink> = BTreeMap::new();
        for (&incident, &found_in) in &named.incidents {
            let two_way = self.incident_names_ticket.contains(&(incident, ticket));
            links.insert(incident, resolved(incident, None, found_in, two_way));
        }
        for &incident in self.tickets_back.get(&ticket).into_iter().flatten() {
            links.entry(incident).or_insert_with(|| resolved(incident, None, FoundIn::Note, false));
        }
        let mut incidents: Vec<_> = links.into_values().collect();
        incidents.extend(self.missing(named, std::iter::empty()));
        Links { tickets: vec![(ticket, FoundIn::LinkField)], incidents }
    }

    /// Incidents that were named and not imported, by the change or by one of its tickets.
    fn missing<'a>(&self, named: &Named, tickets: impl Iterator<Item = &'a i64>) -> Vec<IncidentLink> {
        let dangling = |name: &String, via_ticket, found_in| IncidentLink {
            incident: None,
            missing: Some(name.clone()),
            via_ticket,
            found_in,
            two_way: false,
        };
        let mut links: BTreeMap<String, IncidentLink> =
            named.missing.iter().map(|(name, found_in)| (name.clone(), dangling(name, None, *found_in))).collect();
        for &ticket in tickets {
            for (name, &found_in) in self.by_ticket.get(&ticket).into_iter().flat_map(|named| &named.missing) {
                links.entry(name.clone()).or_insert_with(|| dangling(name, Some(ticket), found_in));
            }
        }
        links.into_values().collect()
    }
}

const fn resolved(incident: i64, via_ticket: Option<i64>, found_in: FoundIn, two_way: bool) -> IncidentLink {
    IncidentLink { incident: Some(incident), missing: None, via_ticket, found_in, two_way }
}
