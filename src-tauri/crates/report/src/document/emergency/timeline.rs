use super::{EmergencyEntry, View, figures, imported};
use crate::content::{Record, Statement};
use change_ledger_model::Timestamp;
use serde::Serialize;

/// Something that happened, seen from the implementation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Event {
    pub at: String,
    /// Distance from the implementation: `+3.2 h`.
    pub offset: String,
    pub what: String,
    /// Whether this is the implementation itself.
    pub anchor: bool,
}

/// Every dated fact about the change in the order of time; at the same moment, in the order of the process.
pub(super) fn timeline(view: &View, entry: &EmergencyEntry) -> Vec<Event> {
    let mut facts = dated(entry);
    facts.sort_by_key(|(at, _)| *at);
    let mut events: Vec<Event> = facts
        .into_iter()
        .map(|(at, what)| Event {
            at: view.clock.at(at),
            offset: figures::offset(at.hours_since(entry.implemented_at)),
            anchor: what == IMPLEMENTED || what.starts_with(IMPLEMENTED_BY),
            what,
        })
        .collect();
    events.dedup();
    events
}

const IMPLEMENTED: &str = "Implemented";
const IMPLEMENTED_BY: &str = "Implemented by ";

fn dated(entry: &EmergencyEntry) -> Vec<(Timestamp, String)> {
    let by = |text: &str, who: Option<&str>| {
        imported::optional_name(who).map_or_else(|| text.to_owned(), |who| format!("{text} by {who}"))
    };
    let incidents = entry.incidents.iter().flat_map(|incident| {
        let name = imported::name(&incident.name);
        let began = incident.opened_at.map(|at| (at, format!("Incident {name} began")));
        let ended = incident.resolved_at.map(|at| (at, format!("Incident {name} resolved")));
        [began, ended].into_iter().flatten()
    });
    let statement = |what: &str, record: &Record| match record {
        Record::Recorded(Statement { at: Some(at), by: who, .. }) => Some((*at, by(what, who.as_deref()))),
        Record::Recorded(_) | Record::Missing | Record::NotYetDue | Record::Unknown => None,
    };
    let approved = |what: &str, approval: &Option<crate::content::Approval>| {
        approval.as_ref().map(|approval| (approval.at, by(what, Some(&approval.by))))
    };
    incidents
        .chain(entry.opened_at.map(|at| (at, by("Opened", entry.author.as_deref()))))
        .chain(statement("Authorised", &entry.authorisation))
        .chain(approved("Approved", &entry.approved_before))
        .chain([(entry.implemented_at, by(IMPLEMENTED, entry.merged_by.as_deref()))])
        .chain(statement("Documented", &entry.documentation))
        .chain(approved("Reviewed afterwards", &entry.approved_after))
        .chain(entry.review_due_at.map(|at| (at, "Review due".to_owned())))
        .collect()
}
