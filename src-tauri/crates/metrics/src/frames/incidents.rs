//! What the links of a change to tickets and incidents say.

use super::build::{booleans, bytes};
use crate::column::{INCIDENT_LINK, TICKET_HAS_REASON};
use change_ledger_model::{
    columns::{IncidentLinkRow, TicketLinkRow, TicketRow},
    judgement::IncidentLinkState,
};
use polars::prelude::Column;

/// The links of all changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Links<'a> {
    pub(super) tickets: &'a [TicketRow],
    pub(super) ticket_links: &'a [TicketLinkRow],
    pub(super) incident_links: &'a [IncidentLinkRow],
}

impl Links<'_> {
    /// Per change the strongest of its links: two-way, one-way, dangling, none ([`IncidentLinkState`] as a number).
    pub(super) fn incident_states(&self, height: usize) -> Column {
        let mut states = vec![IncidentLinkState::Missing as u8; height];
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
}
