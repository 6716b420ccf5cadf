//! The links of one change, worked out from the records around it only.

use super::{IncidentDetail, TicketDetail, incident, ticket};
use crate::{
    StoreError,
    linking::{Directory, Graph, Links, Named, change_names, merge},
    table::{Kind, change::StoredChange, commit::Commit, text},
};
use change_ledger_model::record::{FoundIn, Mention};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// A ticket that a change names, or that names the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedTicket {
    /// The ticket.
    pub ticket: TicketDetail,
    /// How it was found.
    pub found_in: FoundIn,
}

/// An incident that a change is linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedIncident {
    /// The incident; `None` when it was named but not imported.
    pub incident: Option<IncidentDetail>,
    /// The name by which it is known: its id, or what was written where it was not imported.
    pub name: String,
    /// Key of the ticket on the way, `PLAT-1190`.
    pub via_ticket: Option<String>,
    /// How it was found.
    pub found_in: FoundIn,
    /// Whether the incident names the change (or the ticket on the way) back.
    pub two_way: bool,
}

/// Something that a change names, with what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedThing {
    /// The name, and where it stands.
    pub mention: Mention,
    /// Whether the name leads to an imported ticket, incident or change.
    pub is_known: bool,
    /// Whether it is the name of a ticket or incident that was not imported. Neither this nor `is_known`:
    /// nothing tells what the name means.
    pub is_missing: bool,
}

/// The links of one change, spelled out.
#[derive(Debug, Default)]
pub(super) struct LinkDetails {
    pub(super) tickets: Vec<LinkedTicket>,
    pub(super) incidents: Vec<LinkedIncident>,
    pub(super) named: Vec<NamedThing>,
}

/// The links of a pull request.
pub(super) fn of_change(
    connection: &Connection,
    key: i64,
    change: &StoredChange<'_>,
    repository: &str,
) -> Result<LinkDetails, StoreError> {
    let commits = [&change.merge_commit, &change.head_commit].map(|commit| commit.as_ref().map(Commit::to_text));
    let own_names = change_names(repository, &change.number, &commits);
    let directory = Directory::around_change(connection, key, &own_names);
    let mentions = text::mentions(connection, (Kind::Change, key))?;
    let mut named = Named::default();
    for mention in &mentions {
        named.add(&directory, mention.kind, &mention.name, mention.found_in)?;
    }
    let mut tickets: BTreeSet<i64> = named.tickets.keys().copied().collect();
    tickets.extend(named_back(connection, Kind::Ticket, &own_names)?);
    let mut incidents: BTreeSet<i64> = named.incidents.keys().copied().collect();
    incidents.extend(named_back(connection, Kind::Incident, &own_names)?);
    let graph = around(connection, &directory, &tickets, incidents)?;
    details(connection, &directory, &graph.of_change(key, &named), mentions)
}

/// The links of a change ticket.
pub(super) fn of_change_ticket(connection: &Connection, key: i64) -> Result<LinkDetails, StoreError> {
    let directory = Directory::around_change(connection, key, &[]);
    let mentions = text::mentions(connection, (Kind::Ticket, key))?;
    let graph = around(connection, &directory, &BTreeSet::from([key]), BTreeSet::new())?;
    details(connection, &directory, &graph.of_change_ticket(key), mentions)
}

/// What the given tickets and incidents name, and the incidents that lie between them.
fn around(
    connection: &Connection,
    directory: &Directory<'_>,
    tickets: &BTreeSet<i64>,
    mut incidents: BTreeSet<i64>,
) -> Result<Graph, StoreError> {
    let mut graph = Graph::default();
    for &ticket in tickets {
        let mut named = Named::default();
        for mention in text::mentions(connection, (Kind::Ticket, ticket))? {
            named.add(directory, mention.kind, &mention.name, mention.found_in)?;
            graph.add_ticket_mention(directory, ticket, (mention.kind, &mention.name, mention.found_in))?;
        }
        incidents.extend(named.incidents.keys());
        let name: String = connection
            .prepare_cached("SELECT name FROM ticket WHERE key = ?1")?
            .query_row([ticket], |row| row.get(0))?;
        incidents.extend(named_back(connection, Kind::Incident, &[name])?);
    }
    let mut all_of_them = BTreeSet::new();
    for incident in incidents {
        all_of_them.extend(merge::united(connection, directory.standing_for(incident)?)?);
    }
    for incident in all_of_them {
        for mention in text::mentions(connection, (Kind::Incident, incident))? {
            graph.add_incident_mention(directory, incident, (mention.kind, &mention.name, mention.found_in))?;
        }
    }
    Ok(graph)
}

/// Tickets or incidents that use one of these names.
fn named_back(connection: &Connection, kind: Kind, names: &[String]) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT DISTINCT owner FROM mention WHERE name = ?1 AND owner_kind = ?2 AND owner_kind > 0")?;
    let mut owners = Vec::new();
    for name in names {
        for owner in statement.query_map(params![name, kind.code()], |row| row.get(0))? {
            owners.push(owner?);
        }
    }
    Ok(owners)
}

fn details(
    connection: &Connection,
    directory: &Directory<'_>,
    links: &Links,
    mentions: Vec<Mention>,
) -> Result<LinkDetails, StoreError> {
    let mut details = LinkDetails::default();
    for &(key, found_in) in &links.tickets {
        if let Some(ticket) = ticket::maybe_load(connection, key)? {
            details.tickets.push(LinkedTicket { ticket, found_in });
        }
    }
    for link in &links.incidents {
        let incident = link.incident.map(|key| incident::load(connection, key)).transpose()?;
        let via_ticket = match link.via_ticket {
            Some(key) => ticket::maybe_load(connection, key)?.map(|ticket| ticket.ticket_key),
            None => None,
        };
        let own_name = incident.as_ref().map(|incident| incident.id.clone());
        details.incidents.push(LinkedIncident {
            incident,
            name: own_name.or_else(|| link.missing.clone()).unwrap_or_default(),
            via_ticket,
            found_in: link.found_in,
            two_way: link.two_way,
        });
    }
    for mention in mentions {
        let (kind, name) = (mention.kind, mention.name.as_str());
        let is_known = !directory.tickets(kind, name)?.is_empty()
            || !directory.incidents(kind, name)?.is_empty()
            || !directory.changes(kind, name)?.is_empty();
        let is_missing = directory.is_missing_incident(kind, name)? || directory.is_missing_ticket(kind, name)?;
        details.named.push(NamedThing { mention, is_known, is_missing });
    }
    Ok(details)
}
