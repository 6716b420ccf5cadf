//! Pull requests that were never merged: they are in the exports, and are no changes.

use rand::Rng;

use crate::calendar::{DAY, LAST_EXPORT};
use crate::chance::{Chance, Purpose};
use crate::company::people::Account;
use crate::company::repositories::repository;
use crate::story::layout::{Layout, Place};
use crate::story::seasons::LAST;

/// A pull request that is open or was closed without a merge.
#[derive(Debug, Clone)]
pub(crate) struct Unmerged {
    pub(crate) author: Account,
    /// Its number on GitHub.
    pub(crate) number: u64,
    /// Seconds since 1970 UTC.
    pub(crate) opened: i64,
    /// Seconds since 1970 UTC; later than every export for one that is still open.
    pub(crate) closed: i64,
}

impl Unmerged {
    /// The one that follows a place, where one does.
    pub(crate) fn after(chance: &Chance, layout: &Layout, place: &Place) -> Option<Self> {
        if !place.precedes_unmerged() {
            return None;
        }
        let mut draws = chance.of(Purpose::Unmerged, place.record());
        let team = repository(place.repository).team;
        let opened = (layout.opened(place) + draws.random_range(60..900)).min(LAST_EXPORT - DAY);
        Some(Self {
            author: Account::Person(team.member(draws.random_range(0..1_000))),
            number: place.number() + 1,
            opened,
            closed: if place.season == LAST && draws.random_bool(0.6) {
                LAST_EXPORT + DAY
            } else {
                opened + draws.random_range(DAY..30 * DAY)
            },
        })
    }
}
