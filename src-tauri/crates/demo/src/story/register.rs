//! The numbers that need an overview: incidents in the order of their opening, change tickets likewise.
//!
//! This is the one part of the story that is kept in memory: some dozens of bytes for each emergency.

use crate::calendar::{DAY, HOUR, Quarter};
use crate::chance::{Chance, mixed};
use crate::company::repositories::{CHANGE_PROJECT, STATUS_PAGE};
use crate::numbers::{place, signed};
use crate::story::change::{Change, Class, Incident};
use crate::story::exports::Exports;
use crate::story::layout::Layout;
use crate::story::seasons::CRISIS;

/// Number of the first incident of the story.
const FIRST_INCIDENT: u64 = 2_104;
/// Number of the first change ticket of the story.
const FIRST_CHANGE_TICKET: u64 = 61;

/// Why an incident is in the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// An emergency names it.
    Emergency { ordinal: u64 },
    /// The one that an emergency names was merged into it.
    MainOf { ordinal: u64 },
    /// No change names it.
    Standalone { n: u64 },
}

/// An incident of the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// Seconds since 1970 UTC.
    pub(crate) opened: i64,
    pub(crate) source: Source,
    /// Where the emergency sits; repository and slot. Nothing for a standalone one.
    pub(crate) place: Option<(usize, u64)>,
}

/// All incidents and the change tickets of all emergencies.
#[derive(Debug)]
pub(crate) struct Register {
    seed: u64,
    /// In the order of opening; the first has the number [`FIRST_INCIDENT`].
    pub(crate) incidents: Vec<Entry>,
    /// By the ordinal of an emergency: place in `incidents` of the one it names.
    named: Vec<Option<u64>>,
    /// By ordinal: place in `incidents` of the one that the named one was merged into.
    main: Vec<Option<u64>>,
    /// By ordinal: change tickets before it.
    change_tickets: Vec<u64>,
}

impl Register {
    /// Walks the emergencies once.
    pub(crate) fn of(chance: &Chance, layout: &Layout, exports: &Exports) -> Self {
        let seed = mixed(chance.seed(), 0x0069_6e63_6964_656e);
        let mut incidents = Vec::new();
        let mut tickets: Vec<(i64, u64)> = Vec::new();
        let mut emergencies = 0;
        for (ordinal, place) in (0..).zip(layout.emergencies()) {
            let change = Change::at(chance, layout, exports, place);
            emergencies += 1;
            if change.ticket.is_some() && change.verdicts.class == Class::Declared {
                tickets.push((change.opened, ordinal));
            }
            if let Incident::Linked { duplicate, .. } = change.incident {
                let opened = change.opened - 300 - signed(mixed(seed, ordinal) % 2_400);
                let at = Some((place.repository, place.slot));
                incidents.push(Entry { opened, source: Source::Emergency { ordinal }, place: at });
                if duplicate {
                    incidents.push(Entry { opened: opened - 140, source: Source::MainOf { ordinal }, place: at });
                }
            }
        }
        let linked = incidents.len() as u64;
        incidents.extend((0..linked / 2 + 15).map(|n| standalone(seed, n, layout)));
        incidents.sort_unstable();
        tickets.sort_unstable();
        let mut register = Self {
            seed,
            named: vec![None; emergencies],
            main: vec![None; emergencies],
            change_tickets: vec![0; emergencies],
            incidents,
        };
        for (at, entry) in (0..).zip(&register.incidents) {
            let (list, ordinal) = match entry.source {
                Source::Emergency { ordinal } => (&mut register.named, ordinal),
                Source::MainOf { ordinal } => (&mut register.main, ordinal),
                Source::Standalone { .. } => continue,
            };
            if let Some(slot) = list.get_mut(place(ordinal)) {
                *slot = Some(at);
            }
        }
        for (before, (_, ordinal)) in (0..).zip(tickets) {
            if let Some(slot) = register.change_tickets.get_mut(place(ordinal)) {
                *slot = before;
            }
        }
        register
    }

    /// The incident that an emergency names, by its place in the list.
    pub(crate) fn named(&self, ordinal: u64) -> Option<u64> {
        self.named.get(place(ordinal)).copied().flatten()
    }

    /// Repository and slot of the emergency that an incident goes back to.
    pub(crate) fn origin(&self, ordinal: u64) -> Option<(usize, u64)> {
        self.incidents.get(place(self.named(ordinal)?))?.place
    }

    /// The incident that the named one was merged into, by its place in the list.
    pub(crate) fn main_of(&self, ordinal: u64) -> Option<u64> {
        self.main.get(place(ordinal)).copied().flatten()
    }

    /// The number people write for an incident: `2104`.
    pub(crate) fn number(place: u64) -> u64 {
        FIRST_INCIDENT + place
    }

    /// PagerDuty's id of an incident: `Q` and thirteen letters or digits.
    pub(crate) fn id(&self, place: u64) -> String {
        identifier(mixed(self.seed, place ^ 0x1d))
    }

    /// A number and an id that no incident of the export has.
    pub(crate) fn dangling(&self, ordinal: u64) -> (u64, String) {
        let number = FIRST_INCIDENT + self.incidents.len() as u64 + 1_000 + ordinal * 3;
        (number, identifier(mixed(self.seed, ordinal ^ (1 << 40))))
    }

    /// The key of the ticket of a change: of the change management project for a declared emergency, else of its team.
    pub(crate) fn ticket_key(&self, change: &Change) -> String {
        match change.ordinal() {
            Some(ordinal) if change.verdicts.class == Class::Declared => {
                let before = self.change_tickets.get(place(ordinal)).copied().unwrap_or(0);
                format!("{}-{}", CHANGE_PROJECT.0, FIRST_CHANGE_TICKET + before)
            }
            _ => {
                let slot = change.place.slot;
                // The status page shares its project with the platform: its numbers fall between.
                let number = if change.place.repository == STATUS_PAGE { 401 + slot * 30 } else { 400 + slot * 3 };
                format!("{}-{number}", change.repository().project)
            }
        }
    }
}

fn identifier(number: u64) -> String {
    const SIGNS: [char; 36] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L',
        'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
    ];
    let signs = std::iter::successors(Some(number), |rest| Some(rest / 36))
        .take(13)
        .map(|rest| crate::chance::entry(&SIGNS, rest));
    std::iter::once('Q').chain(signs).collect()
}

/// An incident that no change names; every third falls into the incident-heavy quarter.
fn standalone(seed: u64, n: u64, layout: &Layout) -> Entry {
    let start = Quarter::FIRST.working_days().last().copied().unwrap_or(0);
    let (from, to) = match n % 3 {
        0 => layout.span(CRISIS),
        _ => (start, layout.last_day()),
    };
    let days = (to - from).div_euclid(DAY).max(1).unsigned_abs();
    let chance = mixed(seed, n ^ (1 << 50));
    Entry {
        opened: from + signed(chance % days) * DAY + signed(chance >> 40) % (24 * HOUR),
        source: Source::Standalone { n },
        place: None,
    }
}
