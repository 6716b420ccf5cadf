//! What incident reports say, and whether they name the change back.

use rand::Rng;

use crate::calendar::HOUR;
use crate::chance::{Purpose, drawn};
use crate::company::repositories::repository;
use crate::story::Story;
use crate::story::change::{Change, Incident, IncidentName};
use crate::story::register::{Entry, Source};
use crate::text::gist::outage;
use crate::text::phrases::repairs::OUTAGES;

/// An incident report.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) title: String,
    pub(crate) details: String,
    /// What was disturbed.
    pub(crate) service: &'static str,
    /// `P1` to `P4`.
    pub(crate) priority: &'static str,
    /// Seconds since 1970 UTC.
    pub(crate) resolved: i64,
}

impl Report {
    /// The report of an entry of the register.
    pub(crate) fn of(story: &Story, entry: &Entry) -> Self {
        let change = entry.place.and_then(|(repository, slot)| story.change(repository, slot));
        let record = match entry.source {
            Source::Emergency { ordinal } => ordinal << 2,
            Source::MainOf { ordinal } => ordinal << 2 | 1,
            Source::Standalone { n } => n << 2 | 2,
        };
        let mut draws = story.chance.of(Purpose::Incident, record);
        let service = match &change {
            Some(change) => change.repository().service,
            None => repository(draws.random_range(0..4)).service,
        };
        let any_outage = drawn(&OUTAGES, &mut draws);
        let (broken, symptom) = change.as_ref().map_or(any_outage, |change| outage(story, change));
        let mut title = match draws.random_range(0..4) {
            0 => format!("High error rate on {broken}"),
            1 => format!("{service}: latency above 4 s at the 95th percentile"),
            2 => format!("No heartbeat from {broken} for 5 minutes"),
            _ => format!("{service}: {broken} is failing health checks"),
        };
        let mut details = symptom.to_owned();
        if let (Some(change), Source::Emergency { .. }) = (&change, entry.source) {
            match named_back(story, change, draws.random_range(0..6)) {
                Some(InReport::Title(text)) => title.push_str(&text),
                Some(InReport::Details(text)) => details = format!("{details}\n{text}"),
                None => {}
            }
        }
        let after = change.as_ref().map_or(entry.opened, |change| change.merged);
        Self {
            title,
            details,
            service,
            priority: match &change {
                Some(_) => drawn(&["P1", "P1", "P2"], &mut draws),
                None => drawn(&["P2", "P3", "P3", "P4"], &mut draws),
            },
            resolved: after + draws.random_range(5 * 60..2 * HOUR),
        }
    }
}

enum InReport {
    Title(String),
    Details(String),
}

/// How a two-way link names the change or, when only its ticket names the incident, the ticket.
fn named_back(story: &Story, change: &Change, n: u64) -> Option<InReport> {
    let Incident::Linked { named, two_way: true, .. } = change.incident else {
        return None;
    };
    Some(match n {
        0 | 1 if named == IncidentName::ViaTicket => {
            let key = story.ticket_key(change);
            InReport::Details(format!("Change ticket {key} was opened during the call."))
        }
        0 | 2 => InReport::Title(format!(" (see {})", story.reference(change))),
        3 => InReport::Details(format!("Mitigated by {}", story.reference(change))),
        _ => InReport::Details(format!("Mitigated by {}", story.address(change))),
    })
}
