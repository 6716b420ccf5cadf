use super::{
    super::{subject::Subject, table::Table},
    of, word,
};
use change_ledger_model::{
    attestation::{AttestationKind, in_force},
    columns::{AttestationRow, IncidentLinkRow, TicketLinkRow},
    record::FoundIn,
};
use std::collections::BTreeMap;

/// A link from a change to a ticket or an incident.
#[derive(Clone, Copy)]
enum Link<'a> {
    Ticket(&'a TicketLinkRow),
    Incident(&'a IncidentLinkRow),
    /// A person attests that the change belongs to an incident, which may not have been imported.
    Attested(u32, Option<u32>),
}

impl Link<'_> {
    const fn change(self) -> u32 {
        match self {
            Self::Ticket(link) => link.change,
            Self::Incident(link) => link.change,
            Self::Attested(change, _) => change,
        }
    }

    const fn found_in(self) -> FoundIn {
        match self {
            Self::Ticket(link) => link.found_in,
            Self::Incident(link) => link.found_in,
            Self::Attested(..) => FoundIn::Person,
        }
    }

    /// Of a link to an incident: its position if it was imported.
    const fn incident(self) -> Option<Option<u32>> {
        match self {
            Self::Ticket(_) => None,
            Self::Incident(link) => Some(link.incident),
            Self::Attested(_, incident) => Some(incident),
        }
    }

    const fn two_way(self) -> Option<bool> {
        match self {
            Self::Ticket(_) => None,
            Self::Incident(link) => Some(link.two_way),
            // An incident that names the change would have shown the link.
            Self::Attested(..) => Some(false),
        }
    }
}

/// One row per link of a change to a ticket or an incident.
pub(super) fn table<'a>(subject: &Subject<'a>) -> Table<'a> {
    let columns = subject.columns;
    let tickets = columns.ticket_links.iter().map(Link::Ticket);
    let links: Vec<Link<'_>> =
        tickets.chain(columns.incident_links.iter().map(Link::Incident)).chain(attested(subject)).collect();
    let change = |link: &Link<'_>| link.change() as usize;
    let place = |position: u32| Some(i64::from(position));
    let ticket = |link: &Link<'_>| match link {
        Link::Ticket(link) => place(link.ticket),
        Link::Incident(link) => place(link.via_ticket?),
        Link::Attested(..) => None,
    };
    let texts_known = |link: &Link<'_>| match link {
        Link::Ticket(link) => columns.tickets.get(link.ticket as usize).map(|ticket| ticket.texts_known),
        Link::Incident(_) | Link::Attested(..) => None,
    };
    Table::new("links", "One row per link of a change to a ticket or an incident")
        .of_changes(links.iter().map(|link| link.change()).collect())
        .text("change_id", "The change", links.iter().map(|link| subject.id(change(link))))
        .text(
            "quarter",
            "Quarter of the change's implementation",
            links.iter().map(|link| subject.quarter(change(link)).map(|quarter| quarter.to_string())),
        )
        .text("repository", "Repository of the change", links.iter().map(|link| subject.repository(change(link))))
        .text(
            "kind",
            "ticket or incident",
            links.iter().map(|link| Some(if link.incident().is_some() { "incident" } else { "ticket" })),
        )
        .integer(
            "ticket_number",
            "Stands for the ticket, of a link to an incident for the ticket on the way; null where there is none",
            links.iter().map(ticket),
        )
        .integer(
            "incident_number",
            "Stands for the incident; null for a ticket, and for an incident that is only named",
            links.iter().map(|link| link.incident()?.and_then(place)),
        )
        .boolean(
            "imported",
            "Whether the ticket or incident was imported",
            links.iter().map(|link| Some(link.incident().is_none_or(|incident| incident.is_some()))),
        )
        .boolean(
            "two_way",
            "Whether the incident names the change or the ticket on the way back; null for a ticket",
            links.iter().map(|link| link.two_way()),
        )
        .boolean(
            "texts_known",
            "Whether the files carried the ticket's description and dated notes; null for an incident",
            links.iter().map(texts_known),
        )
        .text(
            "found_in",
            "Where the link was found: link_field, address, title, body, branch, label, note or person",
            links.iter().map(|link| word(of(&[link.found_in()], 0))),
        )
}

/// Incidents that people attest, as known at the moment of the judgement.
fn attested<'a>(subject: &Subject<'a>) -> Vec<Link<'a>> {
    let mut by_change: BTreeMap<u32, Vec<&AttestationRow>> = BTreeMap::new();
    for row in &subject.columns.attestations {
        by_change.entry(row.change).or_default().push(row);
    }
    let in_force = by_change.into_values().flat_map(|rows| in_force(rows, |row| row.what, subject.as_of));
    let incidents = in_force.filter(|row| row.what.kind == AttestationKind::Incident);
    incidents.flat_map(|row| row.incidents.iter().map(|incident| Link::Attested(row.change, *incident))).collect()
}
