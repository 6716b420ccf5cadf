//! What the links of a change to tickets and incidents say.

use super::build::{booleans, bytes};
use crate::column::{INCIDENT_LINK, NOTES_KNOWN, TEXTS_KNOWN, TICKET_HAS_REASON};
use change_ledger_model::{
    columns::{IncidentLinkRow, IncidentRow, TicketLinkRow, TicketRow},
    judgement::IncidentLinkState,
};
use polars::prelude::Column;

/// The links of all changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Links<'a> {
    pub(super) tickets: &'a [TicketRow],
    pub(super) ticket_links: &'a [TicketLinkRow],
    pub(super) incident_links: &'a [IncidentLinkRow],
    pub(super) incidents: &'a [IncidentRow],
}

impl Links<'_> {
    /// Per change the strongest of its links: two-way, one-way, dangling, none ([`IncidentLinkState`] as a number). Where
    /// its description (`own`) or the texts of its tickets were not carried, none is unknown.
    pub(super) fn incident_states(&self, own: &[bool]) -> Column {
        let mut states = vec![IncidentLinkState::Missing as u8; own.len()];
        for link in self.incident_links {
            let state = match (link.incident, link.two_way) {
                (None, _) => IncidentLinkState::Dangling,
                (Some(_), false) => IncidentLinkState::OneWay,
                (Some(_), true) => IncidentLinkState::TwoWay,
            };
            if let Some(strongest) = states.get_mut(link.change as usize) {
                *strongest = (*strongest).max(state as u8);
            }
        }
        for (state, carried) in states.iter_mut().zip(self.texts_carried(own)) {
            if *state == IncidentLinkState::Missing as u8 && !carried {
                *state = IncidentLinkState::Unknown as u8;
            }
        }
        bytes(INCIDENT_LINK, states)
    }

    /// Whether the field for the reason is filled in on a linked ticket.
    pub(super) fn ticket_reasons(&self, height: usize) -> Column {
        let mut reasons = vec![false; height];
        for link in self.ticket_links {
            let given = self.tickets.get(link.ticket as usize).is_some_and(|ticket| ticket.has_reason);
            if let Some(reason) = reasons.get_mut(link.change as usize) {
                *reason |= given;
            }
        }
        booleans(TICKET_HAS_REASON, &reasons)
    }

    /// Whether an authorisation or justification would be known if it were written down: the change's own description
    /// was carried (`own`), and so were the texts of a linked ticket, if there is one. A record that it names and that was
    /// not imported may be such a ticket.
    pub(super) fn texts_known(&self, own: &[bool]) -> Column {
        let mut known = self.texts_carried(own);
        for link in self.incident_links.iter().filter(|link| link.incident.is_none()) {
            if let Some(known) = known.get_mut(link.change as usize) {
                *known = false;
            }
        }
        booleans(TEXTS_KNOWN, &known)
    }

    fn texts_carried(&self, own: &[bool]) -> Vec<bool> {
        let of_tickets = self.of_tickets(own.len(), |ticket| ticket.texts_known);
        own.iter().zip(of_tickets).map(|(own, of)| *own && of.unwrap_or(true)).collect()
    }

    /// Whether a documentation afterwards would be known: a linked ticket or incident came with its dated notes, or
    /// nothing is linked on which it could stand. One that was not imported came without.
    pub(super) fn notes_known(&self, height: usize) -> Column {
        let mut known = self.of_tickets(height, |ticket| ticket.notes_known);
        for link in self.incident_links {
            let incident = link.incident.and_then(|incident| self.incidents.get(incident as usize));
            if let Some(known) = known.get_mut(link.change as usize) {
                *known = Some(known.unwrap_or(false) || incident.is_some_and(|incident| incident.notes_known));
            }
        }
        let known: Vec<bool> = known.into_iter().map(|known| known.unwrap_or(true)).collect();
        booleans(NOTES_KNOWN, &known)
    }

    /// Per change whether `holds` for one of its tickets; `None` where it has none.
    fn of_tickets(&self, height: usize, holds: fn(&TicketRow) -> bool) -> Vec<Option<bool>> {
        let mut found = vec![None; height];
        for link in self.ticket_links {
            let ticket = self.tickets.get(link.ticket as usize);
            if let (Some(found), Some(ticket)) = (found.get_mut(link.change as usize), ticket) {
                *found = Some(found.unwrap_or(false) || holds(ticket));
            }
        }
        found
    }
}
