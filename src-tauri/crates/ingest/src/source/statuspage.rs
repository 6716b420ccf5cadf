//! Statuspage: incidents as customers were told of them, from the public page or its management interface.

use super::{Context, Fault, SourceEntry, asked, incident_texts::Texts, tally::Tally};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    value::json::{Listed, Named, Text},
};
use change_ledger_model::{
    Timestamp,
    record::{Incident, Note, Record},
    source::{Fact, SourceKind},
};
use serde::Deserialize;

/// Both, for people.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::Statuspage,
    title: "Statuspage incidents",
    command: "curl https://status.example.com/api/v2/incidents.json > incidents.json",
    facts: &[Fact::IncidentTimes, Fact::Severity, Fact::Text, Fact::Notes],
    cannot_tell: "when it was noticed; more than the latest 50, from the public page",
    traps: &[
        "planned maintenance is in the same list; it is left out and counted",
        "an incident that is resolved may have no time of resolution: the update that says so has one",
        "an incident that was entered later was created after it started",
        "the public page lists its latest 50 incidents only",
        "it is what customers were told, not when the outage was noticed",
    ],
};

/// How both are framed.
pub(super) const RULES: Rules = Rules {
    lists: &["incidents"],
    via: &["incident"],
    marks: &["shortlink", "incident_updates", "impact"],
    context: &["page"],
};

/// Why records are Statuspage's, as a sentence.
pub(crate) fn recognise(glance: &Glance) -> Option<&'static str> {
    if glance.has_all(&["impact", "incident_updates"]) {
        return Some("Its records have the fields impact and incident_updates, as Statuspage's incidents do.");
    }
    (glance.is_empty_list("incidents") && glance.has_context("page"))
        .then_some("It is a list named incidents beside a page, as Statuspage answers, without any.")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawIncident<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow)]
    impact: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    started_at: Option<Text<'a>>,
    #[serde(borrow)]
    updated_at: Option<Text<'a>>,
    #[serde(borrow)]
    resolved_at: Option<Text<'a>>,
    #[serde(borrow)]
    scheduled_for: Option<Text<'a>>,
    #[serde(borrow)]
    shortlink: Option<Text<'a>>,
    #[serde(borrow)]
    incident_updates: Option<Listed<RawUpdate<'a>>>,
    #[serde(borrow)]
    components: Option<Listed<Named<'a>>>,
    #[serde(borrow)]
    postmortem_body: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawUpdate<'a> {
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow)]
    body: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    display_at: Option<Text<'a>>,
    #[serde(borrow)]
    affected_components: Option<Listed<Named<'a>>>,
}

/// Reads one incident.
pub(super) fn incident(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawIncident<'_> = super::parse(text)?;
    let Some(id) = raw.id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("id", "the incident has no id".to_owned()));
    };
    if is_maintenance(&raw) {
        tally.leave_out("planned maintenance");
        return Ok(Vec::new());
    }
    let created = context.needed_time("created_at", raw.created_at.as_ref(), tally)?;
    let started = context.needed_time("started_at", raw.started_at.as_ref(), tally)?;
    let status = raw.status.as_ref().and_then(Text::non_empty);
    let resolved_at = resolved_at(&raw, status.as_deref(), context, tally)?;
    let ended = status.as_deref().and_then(has_ended);
    let title = raw.name.as_ref().and_then(Text::non_empty).unwrap_or_default();
    let body = raw.postmortem_body.as_ref().and_then(Text::non_empty);
    let notes = notes(&raw, context, tally);

    tally.ask(asked::INCIDENT);
    tally.carry_if(started.or(created).is_some(), Fact::IncidentTimes);
    tally.carry_if(raw.impact.is_some(), Fact::Severity);
    tally.carry_if(!title.is_empty(), Fact::Text);
    tally.carry_if(raw.incident_updates.is_some(), Fact::Notes);

    let url = raw.shortlink.as_ref().and_then(Text::non_empty);
    let short = url.as_deref().and_then(|url| url.rsplit('/').next()).filter(|code| !code.is_empty());
    let names: Vec<String> = [Some(id.as_str()), short].into_iter().flatten().map(str::to_uppercase).collect();
    let mentions = Texts { title: &title, body: body.as_deref(), notes: &notes, ..Texts::default() }.mentions(&names);
    Ok(vec![Record::Incident(Box::new(Incident {
        id: format!("statuspage:{id}"),
        source: "statuspage".to_owned(),
        number: None,
        names,
        title,
        body,
        url,
        service: components(&raw),
        status,
        severity: raw.impact.as_ref().and_then(Text::non_empty),
        urgency: None,
        opened_at: started.or(created),
        resolved_at,
        ended,
        updated_at: context.time("updated_at", raw.updated_at.as_ref(), tally),
        merged_into: None,
        notes,
        mentions,
    }))])
}

fn is_maintenance(raw: &RawIncident<'_>) -> bool {
    let says =
        |said: &Option<Text<'_>>, words: &[&str]| said.as_ref().is_some_and(|said| words.contains(&said.as_str()));
    raw.scheduled_for.as_ref().is_some_and(|at| !at.as_str().trim().is_empty())
        || says(&raw.impact, &["maintenance"])
        || says(&raw.status, &["scheduled", "in_progress", "verifying", "completed"])
}

/// Whether an incident of this status is over. One that is watched may come back.
fn has_ended(status: &str) -> Option<bool> {
    match status {
        "resolved" | "postmortem" => Some(true),
        "investigating" | "identified" | "monitoring" => Some(false),
        _ => None,
    }
}

/// When it ended: its own time, else that of the first update that says so.
fn resolved_at(
    raw: &RawIncident<'_>,
    status: Option<&str>,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<Option<Timestamp>, Fault> {
    let own = context.needed_time("resolved_at", raw.resolved_at.as_ref(), tally)?;
    if own.is_some() || status.and_then(has_ended) != Some(true) {
        return Ok(own);
    }
    let updates = raw.incident_updates.iter().flat_map(|listed| &listed.items);
    let mut told = None;
    for update in updates.filter(|update| update.status.as_ref().is_some_and(|status| status.as_str() == "resolved")) {
        let at = context.needed_time(
            "incident_updates",
            update.display_at.as_ref().or(update.created_at.as_ref()),
            tally,
        )?;
        told = [told, at].into_iter().flatten().min();
    }
    tally.ended_unknown += u64::from(told.is_none());
    Ok(told)
}

/// What customers were told.
fn notes(raw: &RawIncident<'_>, context: &Context<'_>, tally: &mut Tally) -> Vec<Note> {
    let updates = raw.incident_updates.iter().flat_map(|listed| &listed.items);
    let note = |update: &RawUpdate<'_>| Note {
        at: context.time(
            "incident_updates.display_at",
            update.display_at.as_ref().or(update.created_at.as_ref()),
            tally,
        ),
        author: None,
        text: update.body.as_ref().and_then(Text::non_empty).unwrap_or_default(),
    };
    updates.map(note).collect()
}

/// The components that were hit, each once.
fn components(raw: &RawIncident<'_>) -> Option<String> {
    let updates = raw.incident_updates.iter().flat_map(|listed| &listed.items);
    let affected = updates.flat_map(|update| &update.affected_components);
    let mut names: Vec<String> = Vec::new();
    for component in raw.components.iter().chain(affected).flat_map(|listed| &listed.items) {
        let name = component.0.as_ref().and_then(Text::non_empty);
        names.extend(name.filter(|name| !names.contains(name)));
    }
    (!names.is_empty()).then(|| names.join(", "))
}
