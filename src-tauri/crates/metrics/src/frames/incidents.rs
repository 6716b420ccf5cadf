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
    /// Changes that name a ticket which was not imported: whatever is missing may stand there.
    pub(super) tickets_not_imported: &'a [u32],
}

impl Links<'_> {
    /// Per change the strongest of its links: two-way, one-way, dangling, none ([`IncidentLinkState`] as a number). Where
    /// its description (`own`) or the texts of one of its tickets were not carried, none is unknown.
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
    /// was carried (`own`), and so were the texts of every ticket that it names. An incident that it names and that was
    /// not imported may be such a ticket.
    pub(super) fn texts_known(&self, own: &[bool]) -> Column {
        let mut known = self.texts_carried(own);
        untold(&mut known, self.incident_links.iter().filter(|link| link.incident.is_none()).map(|link| link.change));
        booleans(TEXTS_KNOWN, &known)
    }

    /// Of several tickets, one whose texts were carried is not enough: the other may say it.
    fn texts_carried(&self, own: &[bool]) -> Vec<bool> {
        let mut known = own.to_vec();
        untold(&mut known, self.of_tickets(|ticket| !ticket.texts_known));
        untold(&mut known, self.tickets_not_imported.iter().copied());
        known
    }

    /// Whether a documentation afterwards would be known: every ticket and every incident was imported with its dated notes.
    pub(super) fn notes_known(&self, height: usize) -> Column {
        let mut known = vec![true; height];
        untold(&mut known, self.of_tickets(|ticket| !ticket.notes_known));
        untold(&mut known, self.tickets_not_imported.iter().copied());
        let without_notes = |link: &&IncidentLinkRow| {
            let incident = link.incident.and_then(|incident| self.incidents.get(incident as usize));
            incident.is_none_or(|incident| !incident.notes_known)
        };
        untold(&mut known, self.incident_links.iter().filter(without_notes).map(|link| link.change));
        booleans(NOTES_KNOWN, &known)
    }

    /// The changes of which `holds` for one of their tickets.
    fn of_tickets(&self, holds: fn(&TicketRow) -> bool) -> impl Iterator<Item = u32> {
        let is_such = move |link: &&TicketLinkRow| self.tickets.get(link.ticket as usize).is_some_and(holds);
        self.ticket_links.iter().filter(is_such).map(|link| link.change)
    }
}

/// Of these changes it is not known.
fn untold(known: &mut [bool], changes: impl Iterator<Item = u32>) {
    for change in changes {
        if let Some(known) = known.get_mut(change as usize) {
            *known = false;
        }
    }
}
