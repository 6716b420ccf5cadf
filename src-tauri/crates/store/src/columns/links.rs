//! Links as columns.

use super::{Positions, changes::LoadedChanges};
use crate::{
    StoreError,
    linking::{AllNames, Directory, Graph, IncidentLink, Links, Named, merge},
    part::{Part, Parts},
    table::{
        Kind, import_run, revision,
        text::{found_in_from, kind_from},
    },
};
use change_ledger_model::{
    columns::{IncidentLinkRow, IncidentRow, TicketLinkRow, TicketRow},
    record::{FoundIn, MentionKind, ended_in_words},
    source::Fact,
};
use foldhash::HashSet;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// What changes, tickets and incidents name, before it is known which changes count: a thread of its own can read it.
pub(super) struct Mentions {
    graph: Graph,
    /// What each change names, by key; only those that name something.
    named: Vec<(i64, Named)>,
    /// Changes that name a ticket which was not imported, by key and in order.
    not_imported: Vec<i64>,
}

/// What leads from changes to tickets and incidents.
pub(super) struct LoadedLinks {
    graph: Graph,
    /// What pull requests name, by position; only those that name something.
    named: BTreeMap<u32, Named>,
    /// Tickets that an implemented pull request names, or that name one. One that was given up or is still open takes no
    /// ticket out of the count: the ticket was implemented without it.
    pub(super) linked_tickets: HashSet<i64>,
    /// Implemented pull requests that name a ticket which was not imported, by position and in order.
    pub(super) not_imported: Vec<u32>,
}

impl Mentions {
    pub(super) fn load(connection: &Connection) -> Result<Self, StoreError> {
        let directory = Directory::of_all(connection, AllNames::load(connection)?);
        let mut graph = Graph::default();
        each_mention(connection, Kind::Ticket, |ticket, kind, name, found_in| {
            graph.add_ticket_mention(&directory, ticket, (kind, name, found_in))
        })?;
        each_mention(connection, Kind::Incident, |incident, kind, name, found_in| {
            graph.add_incident_mention(&directory, incident, (kind, name, found_in))
        })?;
        let mut named: Vec<(i64, Named)> = Vec::new();
        let mut not_imported = Vec::new();
        each_mention(connection, Kind::Change, |change, kind, name, found_in| {
            if not_imported.last() != Some(&change)
                && may_be_ticket(kind, found_in)
                && directory.leads_nowhere(kind, name)?
            {
                not_imported.push(change);
            }
            // What one change names stands together.
            if let Some((_, own)) = named.last_mut().filter(|(last, _)| *last == change) {
                return own.add(&directory, kind, name, found_in);
            }
            let mut own = Named::default();
            own.add(&directory, kind, name, found_in)?;
            if !own.is_empty() {
                named.push((change, own));
            }
            Ok(())
        })?;
        Ok(Self { graph, named, not_imported })
    }

    /// What is left of it for implemented pull requests, whose `positions` these are.
    pub(super) fn of_implemented(self, positions: &Positions) -> LoadedLinks {
        let Self { graph, named: of_changes, not_imported } = self;
        let naming = graph.tickets_that_name_changes().filter(|(change, _)| positions.get(*change).is_some());
        let mut linked_tickets: HashSet<i64> = naming.map(|(_, ticket)| ticket).collect();
        let not_imported = not_imported.into_iter().filter_map(|change| positions.get(change)).collect();
        let mut named: BTreeMap<u32, Named> = BTreeMap::new();
        for (change, own) in of_changes {
            if let Some(at) = positions.get(change) {
                linked_tickets.extend(own.tickets.keys());
                named.insert(at, own);
            }
        }
        for change in graph.changes_named_back() {
            if let Some(at) = positions.get(change) {
                named.entry(at).or_default();
            }
        }
        LoadedLinks { graph, named, linked_tickets, not_imported }
    }
}

/// Whether what leads to no imported record may be a ticket: it is written like one, or it is an issue that stands in a field
/// made for links.
fn may_be_ticket(kind: MentionKind, found_in: FoundIn) -> bool {
    match kind {
        MentionKind::TicketKey | MentionKind::ChangeRequest | MentionKind::Problem => true,
        MentionKind::Change => found_in == FoundIn::LinkField,
        MentionKind::Commit | MentionKind::Incident | MentionKind::Advisory => false,
    }
}

fn each_mention(
    connection: &Connection,
    owner: Kind,
    mut each: impl FnMut(i64, MentionKind, &str, FoundIn) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare("SELECT owner, kind, found_in, name FROM mention WHERE owner_kind = ?1 ORDER BY owner, n")?;
    let mut rows = statement.query([owner.code()])?;
    while let Some(row) = rows.next()? {
        let name = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
        each(row.get(0)?, kind_from(row.get(1)?)?, name, found_in_from(row.get(2)?)?)?;
    }
    Ok(())
}

/// Imported files whose rows could have something, though a single row may have none.
struct FilesWith(HashSet<i64>);

impl FilesWith {
    fn load(connection: &Connection, fact: Fact) -> Result<Self, StoreError> {
        let manifests = import_run::manifests(connection)?.into_iter();
        Ok(Self(manifests.filter(|manifest| manifest.carries.contains(&fact)).filter_map(|run| run.id).collect()))
    }

    /// Whether one of the versions that end at `last` stands in such a file.
    fn hold(&self, connection: &Connection, last: i64) -> Result<bool, StoreError> {
        if self.0.is_empty() {
            return Ok(false);
        }
        let versions = revision::history(connection, Some(last))?;
        Ok(versions.iter().any(|version| self.0.contains(&version.artifact)))
    }
}

/// Links, and the tickets and incidents that they lead to.
#[derive(Debug, Default)]
pub(super) struct Placed {
    pub(super) ticket_links: Vec<TicketLinkRow>,
    pub(super) incident_links: Vec<IncidentLinkRow>,
    pub(super) tickets: Vec<TicketRow>,
    /// What stands in the tickets' field for the reason of a change.
    pub(super) ticket_reasons: Vec<(u32, String)>,
    pub(super) incidents: Vec<IncidentRow>,
    pub(super) ticket_positions: Positions,
    pub(super) incident_positions: Positions,
}

pub(super) fn place(
    connection: &Connection,
    changes: &LoadedChanges,
    links: &LoadedLinks,
) -> Result<Placed, StoreError> {
    let mut of_changes: Vec<(u32, Links)> = Vec::with_capacity(links.named.len());
    for (&at, named) in &links.named {
        let key = changes.columns.key.get(at as usize).copied().unwrap_or_default();
        of_changes.push((at, links.graph.of_change(key, named)));
    }
    for (at, &key) in (0_u32..).zip(&changes.columns.key).skip(changes.first_ticket) {
        of_changes.push((at, links.graph.of_change_ticket(key)));
    }
    let mut placed = Placed::default();
    let wanted: BTreeSet<i64> =
        of_changes.iter().flat_map(|(_, links)| links.tickets.iter().map(|(ticket, _)| *ticket)).collect();
    placed.load_tickets(connection, &wanted)?;
    placed.load_incidents(connection)?;
    for (change, links) in of_changes {
        for (ticket, found_in) in links.tickets {
            if let Some(ticket) = placed.ticket_positions.get(ticket) {
                placed.ticket_links.push(TicketLinkRow { change, ticket, found_in });
            }
        }
        for link in links.incidents {
            let row = placed.incident_link(change, &link);
            placed.incident_links.push(row);
        }
    }
    Ok(placed)
}

impl Placed {
    fn incident_link(&self, change: u32, link: &IncidentLink) -> IncidentLinkRow {
        IncidentLinkRow {
            change,
            incident: link.incident.and_then(|incident| self.incident_positions.get(incident)),
            via_ticket: link.via_ticket.and_then(|ticket| self.ticket_positions.get(ticket)),
            found_in: link.found_in,
            two_way: link.two_way,
        }
    }

    fn load_tickets(&mut self, connection: &Connection, wanted: &BTreeSet<i64>) -> Result<(), StoreError> {
        let mut statement = connection
            .prepare_cached("SELECT trim(coalesce(reason, '')), carried, revision FROM ticket WHERE key = ?1")?;
        let (with_notes, with_texts) =
            (FilesWith::load(connection, Fact::Notes)?, FilesWith::load(connection, Fact::Text)?);
        for &key in wanted {
            self.ticket_positions.set(key, self.tickets.len())?;
            let (reason, carried, last): (String, _, _) =
                statement.query_row([key], |row| Ok((row.get(0)?, Parts::from_bits(row.get(1)?), row.get(2)?)))?;
            let has_reason = !reason.is_empty();
            self.ticket_reasons.extend(self.ticket_positions.get(key).filter(|_| has_reason).map(|at| (at, reason)));
            let notes_known = carried.has(Part::Notes) || with_notes.hold(connection, last)?;
            // What is not in the description may stand in a comment.
            let texts_known = notes_known && (carried.has(Part::Body) || with_texts.hold(connection, last)?);
            self.tickets.push(TicketRow { key, has_reason, texts_known, notes_known });
        }
        Ok(())
    }

    fn load_incidents(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(
            "SELECT key, opened_at, resolved_at, severity, urgency, service, carried, revision, status, ended FROM incident \
             ORDER BY key",
        )?;
        let files = FilesWith::load(connection, Fact::Notes)?;
        let merged = merge::targets(connection)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let key = row.get(0)?;
            if merged.contains_key(&key) {
                continue;
            }
            let carried = Parts::from_bits(row.get(6)?);
            let status = row.get_ref(8)?.as_str_or_null().map_err(rusqlite::Error::from)?;
            let ended = row.get::<_, Option<bool>>(9)?.or_else(|| status.and_then(ended_in_words));
            self.incident_positions.set(key, self.incidents.len())?;
            self.incidents.push(IncidentRow {
                key,
                opened_at: row.get(1)?,
                resolved_at: row.get(2)?,
                // One of which nobody knows goes on, or it would vanish from every window.
                has_ended: ended == Some(true),
                severity: row.get(3)?,
                urgency: row.get(4)?,
                service: row.get(5)?,
                notes_known: carried.has(Part::Notes) || files.hold(connection, row.get(7)?)?,
            });
        }
        // What was written about a merged incident was written about the one that it was merged into.
        for (incident, target) in merged {
            if let Some(position) = self.incident_positions.get(target) {
                self.incident_positions.set(incident, position as usize)?;
            }
        }
        Ok(())
    }
}
