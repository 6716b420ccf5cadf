//! What the texts that concern a change say.

use change_ledger_model::{
    Timestamp,
    columns::{HitOwner, LedgerColumns, TextHitRow},
    policy::{Policy, PolicyHistory, patterns::TextSignal},
};

/// The texts that concern one change, as one policy reads them.
pub struct Texts<'a> {
    pub tickets: Vec<u32>,
    pub incidents: Vec<u32>,
    change: u32,
    hits: Vec<&'a TextHitRow>,
    as_of: i64,
}

impl<'a> Texts<'a> {
    pub fn of(
        ledger: &'a LedgerColumns,
        policies: &PolicyHistory,
        policy: &Policy,
        change: usize,
        as_of: Timestamp,
    ) -> Self {
        let change = u32::try_from(change).unwrap();
        let set = policies.pattern_sets().iter().position(|set| *set == policy.patterns()).unwrap();
        let links = ledger.incident_links.iter().filter(|link| link.change == change);
        Self {
            tickets: ledger.ticket_links.iter().filter(|l| l.change == change).map(|l| l.ticket).collect(),
            incidents: links.filter_map(|link| link.incident).collect(),
            change,
            hits: ledger.hits.iter().filter(|hit| hit.pattern_set as usize == set).collect(),
            as_of: as_of.millis(),
        }
    }

    pub fn on_change(&self, signal: TextSignal) -> bool {
        self.hits.iter().any(|hit| hit.signal == signal && hit.owner == HitOwner::Change(self.change))
    }

    pub fn on_ticket(&self, signal: TextSignal) -> bool {
        let owners: Vec<HitOwner> = self.tickets.iter().map(|ticket| HitOwner::Ticket(*ticket)).collect();
        self.hits.iter().any(|hit| hit.signal == signal && owners.contains(&hit.owner))
    }

    pub fn on_change_or_ticket(&self, signal: TextSignal) -> bool {
        let tickets: Vec<HitOwner> = self.tickets.iter().map(|ticket| HitOwner::Ticket(*ticket)).collect();
        self.hits.iter().any(|hit| {
            let concerns = hit.owner == HitOwner::Change(self.change) || tickets.contains(&hit.owner);
            concerns && hit.signal == signal && hit.at.is_none_or(|at| at <= self.as_of)
        })
    }

    /// The first note on a ticket or incident, later than the implementation, that records the review.
    pub fn review_recorded(&self, implemented: Option<Timestamp>) -> Option<i64> {
        let implemented = implemented?.millis();
        let of_ticket_or_incident = |hit: &&&TextHitRow| match hit.owner {
            HitOwner::Change(_) => false,
            HitOwner::Ticket(ticket) => self.tickets.contains(&ticket),
            HitOwner::Incident(incident) => self.incidents.contains(&incident),
        };
        let records = self.hits.iter().filter(|hit| hit.signal == TextSignal::ReviewRecord);
        let times = records.filter(of_ticket_or_incident).filter_map(|hit| hit.at);
        times.filter(|at| *at > implemented && *at <= self.as_of).min()
    }

    /// A plan for a rollback in the description or on a ticket, from before the implementation as far as it is dated.
    pub fn rollback_planned(&self, implemented: Option<Timestamp>) -> bool {
        self.hits.iter().any(|hit| {
            let concerns = match hit.owner {
                HitOwner::Change(change) => change == self.change,
                HitOwner::Ticket(ticket) => self.tickets.contains(&ticket),
                HitOwner::Incident(_) => false,
            };
            let in_time = hit.at.is_none_or(|at| implemented.is_some_and(|implemented| at <= implemented.millis()));
            concerns && hit.signal == TextSignal::RollbackPlan && in_time
        })
    }

    pub fn documented(&self, implemented: Option<Timestamp>) -> Option<i64> {
        let implemented = implemented?.millis();
        let mut first: Option<i64> = None;
        for hit in &self.hits {
            let concerns = match hit.owner {
                HitOwner::Change(_) => false,
                HitOwner::Ticket(ticket) => self.tickets.contains(&ticket),
                HitOwner::Incident(incident) => self.incidents.contains(&incident),
            };
            if concerns
                && hit.signal == TextSignal::Documentation
                && hit.at.is_some_and(|at| (implemented..=self.as_of).contains(&at))
            {
                first = first.map_or(hit.at, |first| hit.at.map(|at| at.min(first)));
            }
        }
        first
    }
}
