//! Words of texts that policies weigh, seen from the changes that they concern.

use super::incidents::Links;
use change_ledger_model::{
    columns::{HitOwner, QuoteRow},
    policy::patterns::{TextHit, TextSignal},
};
use foldhash::{HashMap, HashMapExt};

/// Whose text it is, seen from a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Its own.
    Change,
    /// Of a ticket that it names.
    Ticket,
    /// Of an incident that it names.
    Incident,
}

/// Words of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quote<'a> {
    pub(crate) place: Place,
    /// When it was written, where it is dated.
    pub(crate) at: Option<i64>,
    pub(crate) text: &'a str,
}

impl Quote<'_> {
    /// Whether the text may go on after these words.
    pub(crate) fn may_be_cut(&self) -> bool {
        self.text.chars().count() >= TextHit::LONGEST
    }
}

/// What is quoted, and whom it concerns.
#[derive(Debug, Default)]
pub(crate) struct Quotes {
    rows: Vec<QuoteRow>,
    /// Rows, by the position of the change that they concern.
    of_changes: HashMap<u32, Vec<(Place, usize)>>,
    /// What stands in the reason field of the tickets that a change names.
    ticket_reasons: HashMap<u32, Vec<String>>,
}

impl Quotes {
    pub(super) fn of(rows: Vec<QuoteRow>, ticket_reasons: Vec<(u32, String)>, links: &Links<'_>) -> Self {
        let mut found = Self { rows, ..Self::default() };
        if found.rows.is_empty() && ticket_reasons.is_empty() {
            return found;
        }
        let by_ticket = by_owner(links.ticket_links.iter().map(|link| (link.ticket, link.change)));
        let incident_links = links.incident_links.iter();
        let by_incident =
            by_owner(incident_links.filter_map(|link| link.incident.map(|incident| (incident, link.change))));
        let concerned =
            |by_owner: &HashMap<u32, Vec<u32>>, owner: u32| by_owner.get(&owner).cloned().unwrap_or_default();
        for (at, row) in found.rows.iter().enumerate() {
            let (place, changes) = match row.owner {
                HitOwner::Change(change) => (Place::Change, vec![change]),
                HitOwner::Ticket(ticket) => (Place::Ticket, concerned(&by_ticket, ticket)),
                HitOwner::Incident(incident) => (Place::Incident, concerned(&by_incident, incident)),
            };
            for change in changes {
                found.of_changes.entry(change).or_default().push((place, at));
            }
        }
        for (ticket, reason) in ticket_reasons {
            for change in concerned(&by_ticket, ticket) {
                found.ticket_reasons.entry(change).or_default().push(reason.clone());
            }
        }
        found
    }

    /// What the pattern set at this position found for a change.
    pub(crate) fn of_change(
        &self,
        change: u32,
        pattern_set: u32,
        signal: TextSignal,
    ) -> impl Iterator<Item = Quote<'_>> {
        let rows = self.of_changes.get(&change).into_iter().flatten();
        let rows = rows.filter_map(|(place, at)| self.rows.get(*at).map(|row| (*place, row)));
        rows.filter(move |(_, row)| row.pattern_set == pattern_set && row.signal == signal).map(|(place, row)| Quote {
            place,
            at: row.at,
            text: &row.text,
        })
    }

    /// What stands in the reason field of the tickets that a change names.
    pub(crate) fn ticket_reasons(&self, change: u32) -> impl Iterator<Item = &str> {
        self.ticket_reasons.get(&change).into_iter().flatten().map(String::as_str)
    }
}

fn by_owner(links: impl Iterator<Item = (u32, u32)>) -> HashMap<u32, Vec<u32>> {
    let mut found: HashMap<u32, Vec<u32>> = HashMap::new();
    for (owner, change) in links {
        let changes = found.entry(owner).or_default();
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    found
}
