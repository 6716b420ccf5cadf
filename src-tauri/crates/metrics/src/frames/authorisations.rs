//! Who authorised which change, as its own texts and those of its tickets say.

use super::incidents::Links;
use change_ledger_model::{
    Timestamp,
    columns::{AuthorisationRow, HitOwner},
    policy::Given,
};
use foldhash::{HashMap, HashMapExt};

/// The authorisations of each change, by position.
#[derive(Debug, Default)]
pub(crate) struct Authorisations(HashMap<u32, Vec<AuthorisationRow>>);

impl Authorisations {
    /// Those of the change itself and of every ticket that it names; what stands on an incident authorises no change.
    pub(super) fn of(rows: Vec<AuthorisationRow>, links: &Links<'_>) -> Self {
        let mut changes_of: HashMap<u32, Vec<u32>> = HashMap::new();
        if !rows.is_empty() {
            for link in links.ticket_links {
                changes_of.entry(link.ticket).or_default().push(link.change);
            }
        }
        let mut by_change: HashMap<u32, Vec<AuthorisationRow>> = HashMap::new();
        for row in rows {
            match row.owner {
                HitOwner::Change(change) => by_change.entry(change).or_default().push(row),
                HitOwner::Ticket(ticket) => {
                    for change in changes_of.get(&ticket).into_iter().flatten() {
                        by_change.entry(*change).or_default().push(row.clone());
                    }
                }
                HitOwner::Incident(_) => {}
            }
        }
        Self(by_change)
    }

    /// Those of a change that the pattern set at this position found, known at `as_of`; what bears no date may be as old as
    /// any.
    pub(crate) fn given(&self, change: u32, pattern_set: u32, as_of: Timestamp) -> impl Iterator<Item = Given<'_>> {
        let rows = self.0.get(&change).into_iter().flatten();
        rows.filter(move |row| row.pattern_set == pattern_set && row.at.is_none_or(|at| at <= as_of.millis()))
            .map(|row| Given { by: Some(&row.by), at: row.at.and_then(Timestamp::from_millis) })
    }
}
