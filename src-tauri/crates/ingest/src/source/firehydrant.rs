//! FireHydrant: incidents with their milestones.

use super::{
    Context, Fault, SourceEntry, asked,
    incident_texts::{self, Texts},
    tally::Tally,
};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    value::json::{Listed, Named, Text},
};
use change_ledger_model::{
    Timestamp,
    record::{Incident, Record},
    source::{Fact, SourceKind},
};
use serde::Deserialize;
use serde_json::Value;

/// The interface, for people.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::Firehydrant,
    title: "FireHydrant incidents",
    command: "curl -H \"Authorization: Bearer KEY\" \"https://api.firehydrant.io/v1/incidents?per_page=200&start_date=2026-07-01\" > incidents.json",
    facts: &[Fact::IncidentTimes, Fact::Severity, Fact::Text, Fact::Labels],
    cannot_tell: "notes",
    traps: &[
        "the end is a milestone, not a field",
        "an incident that was discarded is still listed; it is left out and counted",
        "a list of pages says how many there are, not whether this is the last",
    ],
};

/// How they are framed.
pub(super) const RULES: Rules = Rules {
    lists: &["data"],
    via: &["data"],
    marks: &["current_milestone", "milestones", "lifecycle_phases"],
    context: &["pagination"],
};

/// Why records are FireHydrant's, as a sentence.
pub(crate) fn recognise(glance: &Glance) -> Option<&'static str> {
    (glance.has_all(&["id", "name", "started_at"]) && glance.has_any(&["current_milestone", "lifecycle_phases"]))
        .then_some("Its records have the fields started_at and current_milestone, as FireHydrant's incidents do.")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawIncident<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    number: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    summary: Option<Text<'a>>,
    #[serde(borrow)]
    description: Option<Text<'a>>,
    #[serde(borrow)]
    customer_impact_summary: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    started_at: Option<Text<'a>>,
    #[serde(borrow)]
    discarded_at: Option<Text<'a>>,
    #[serde(borrow)]
    current_milestone: Option<Text<'a>>,
    #[serde(borrow)]
    severity: Option<Named<'a>>,
    #[serde(borrow)]
    priority: Option<Named<'a>>,
    #[serde(borrow)]
    incident_url: Option<Text<'a>>,
    labels: Option<Value>,
    #[serde(borrow)]
    services: Option<Listed<Named<'a>>>,
    #[serde(borrow)]
    milestones: Option<Listed<RawMilestone<'a>>>,
    #[serde(borrow)]
    lifecycle_phases: Option<Listed<RawPhase<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawPhase<'a> {
    #[serde(borrow)]
    milestones: Option<Listed<RawMilestone<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawMilestone<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    slug: Option<Text<'a>>,
    #[serde(borrow)]
    occurred_at: Option<Text<'a>>,
}

/// Reads one incident.
pub(super) fn incident(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawIncident<'_> = super::parse(text)?;
    let Some(id) = raw.id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("id", "the incident has no id".to_owned()));
    };
    if raw.discarded_at.as_ref().is_some_and(|at| !at.as_str().trim().is_empty()) {
        tally.leave_out("incidents that were discarded in FireHydrant");
        return Ok(Vec::new());
    }
    let created = context.needed_time("created_at", raw.created_at.as_ref(), tally)?;
    let started = context.needed_time("started_at", raw.started_at.as_ref(), tally)?;
    let resolved_at = milestone(&raw, "resolved", context, tally)?;
    let status = raw.current_milestone.as_ref().and_then(Text::non_empty);
    let ended = status.as_deref().and_then(has_ended);
    tally.ended_unknown += u64::from(ended == Some(true) && resolved_at.is_none());
    let title = raw.name.as_ref().and_then(Text::non_empty).unwrap_or_default();
    let texts = [&raw.summary, &raw.description, &raw.customer_impact_summary];
    let mut parts: Vec<String> = texts.into_iter().flatten().filter_map(Text::non_empty).collect();
    incident_texts::with_keys(raw.labels.as_ref().unwrap_or(&Value::Null), &mut parts);
    let body = incident_texts::joined(&parts);
    let word = |named: &Option<Named<'_>>| named.as_ref().and_then(|named| named.0.as_ref()?.non_empty());

    tally.ask(asked::INCIDENT);
    tally.carry_if(started.or(created).is_some(), Fact::IncidentTimes);
    tally.carry_if(raw.severity.is_some() || raw.priority.is_some(), Fact::Severity);
    tally.carry_if(!title.is_empty(), Fact::Text);
    tally.carry_if(raw.labels.is_some(), Fact::Labels);

    let number = raw.number.as_ref().and_then(Text::non_empty);
    let mut names = vec![id.to_uppercase()];
    // Its channels are called incident-482.
    names.extend(number.iter().flat_map(|number| [format!("INC-{number}"), format!("INCIDENT-{number}")]));
    let mentions = Texts { title: &title, body: body.as_deref(), ..Texts::default() }.mentions(&names);
    Ok(vec![Record::Incident(Box::new(Incident {
        id: format!("firehydrant:{id}"),
        source: "firehydrant".to_owned(),
        number,
        names,
        title,
        body,
        url: raw.incident_url.as_ref().and_then(Text::non_empty),
        service: services(raw.services.as_ref()),
        status,
        severity: word(&raw.severity).or_else(|| word(&raw.priority)),
        urgency: None,
        opened_at: started.or(created),
        resolved_at,
        ended,
        updated_at: None,
        merged_into: None,
        notes: Vec::new(),
        mentions,
    }))])
}

/// Whether an incident that has reached this milestone, and none after it, is over.
fn has_ended(milestone: &str) -> Option<bool> {
    match milestone {
        "resolved"
        | "closed"
        | "retrospective_started"
        | "retrospective_completed"
        | "postmortem_started"
        | "postmortem_completed" => Some(true),
        "started" | "detected" | "acknowledged" | "investigating" | "identified" | "mitigated" => Some(false),
        _ => None,
    }
}

/// When a milestone was reached, the last time where it was reached again.
fn milestone(
    raw: &RawIncident<'_>,
    name: &str,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<Option<Timestamp>, Fault> {
    let phases = raw.lifecycle_phases.iter().flat_map(|listed| &listed.items).flat_map(|phase| &phase.milestones);
    let all = raw.milestones.iter().chain(phases).flat_map(|listed| &listed.items);
    let mut reached = None;
    for milestone in all {
        let called = [&milestone.kind, &milestone.slug].into_iter().flatten().any(|called| called.as_str() == name);
        if called {
            reached = reached.max(context.needed_time("milestones", milestone.occurred_at.as_ref(), tally)?);
        }
    }
    Ok(reached)
}

fn services(said: Option<&Listed<Named<'_>>>) -> Option<String> {
    let names: Vec<String> = said?.items.iter().filter_map(|service| service.0.as_ref()?.non_empty()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
