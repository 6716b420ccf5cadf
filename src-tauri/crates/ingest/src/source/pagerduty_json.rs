//! PagerDuty: incidents from the REST interface, from its command line, and from analytics.

use super::{Context, Fault, tally::Tally};
use crate::{
    mention,
    value::json::{Actor, Listed, Text, present},
};
use change_ledger_model::{
    Timestamp,
    record::{FoundIn, Incident, Note, Record},
    source::Fact,
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawIncident<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    incident_number: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    summary: Option<Text<'a>>,
    #[serde(borrow)]
    description: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow)]
    urgency: Option<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    priority: Option<Option<RawReference<'a>>>,
    #[serde(borrow, deserialize_with = "present")]
    priority_name: Option<Option<Text<'a>>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    updated_at: Option<Text<'a>>,
    #[serde(borrow)]
    last_status_change_at: Option<Text<'a>>,
    #[serde(borrow)]
    resolved_at: Option<Text<'a>>,
    #[serde(borrow)]
    service: Option<RawReference<'a>>,
    #[serde(borrow)]
    service_name: Option<Text<'a>>,
    #[serde(borrow)]
    resolve_reason: Option<RawResolveReason<'a>>,
    #[serde(borrow)]
    html_url: Option<Text<'a>>,
    body: Option<Value>,
    #[serde(borrow)]
    notes: Option<Listed<RawNote<'a>>>,
    #[serde(borrow)]
    log_entries: Option<Listed<RawLogEntry<'a>>>,
    custom_fields: Option<Value>,
}

/// A reference to another object: its id and one line about it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawReference<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    summary: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
}

impl RawReference<'_> {
    fn label(&self) -> Option<String> {
        self.summary.as_ref().or(self.name.as_ref()).and_then(Text::non_empty)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawResolveReason<'a> {
    #[serde(borrow)]
    incident: Option<RawReference<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawNote<'a> {
    #[serde(borrow)]
    user: Option<Actor<'a>>,
    #[serde(borrow)]
    content: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawLogEntry<'a> {
    #[serde(borrow)]
    agent: Option<Actor<'a>>,
    #[serde(borrow)]
    summary: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    channel: Option<Value>,
}

/// Reads one incident.
pub(super) fn incident(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawIncident<'_> = super::parse(text)?;
    let Some(id) = raw.id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("id", "the incident has no id".to_owned()));
    };
    let opened_at = context.needed_time("created_at", raw.created_at.as_ref(), tally)?;
    let status = raw.status.as_ref().and_then(Text::non_empty);
    let resolved_at = resolved_at(&raw, status.as_deref(), context, tally)?;
    let number = raw.incident_number.as_ref().and_then(Text::non_empty);
    let severity = raw.priority.as_ref().and_then(|priority| priority.as_ref()?.label());
    let severity = severity.or_else(|| raw.priority_name.as_ref()?.as_ref()?.non_empty());
    // Analytics calls the title a description; then there is no other text.
    let description = raw.description.as_ref().and_then(Text::non_empty);
    let title = raw
        .title
        .as_ref()
        .and_then(Text::non_empty)
        .or_else(|| description.clone())
        .or_else(|| raw.summary.as_ref()?.non_empty());
    let title = title.unwrap_or_default();
    let body = body(&raw, description.filter(|description| *description != title));
    let notes = notes(&raw, context, tally);

    tally.ask(&[Fact::IncidentTimes, Fact::Severity, Fact::Text, Fact::Notes]);
    tally.carry_if(opened_at.is_some(), Fact::IncidentTimes);
    tally.carry_if(raw.priority.is_some() || raw.priority_name.is_some() || raw.urgency.is_some(), Fact::Severity);
    tally.carry_if(!title.is_empty(), Fact::Text);
    tally.carry_if(raw.notes.is_some() || raw.log_entries.is_some(), Fact::Notes);

    let mut mentions = Vec::new();
    mention::in_text(&title, FoundIn::Title, None, &mut mentions);
    mention::in_text(body.as_deref().unwrap_or_default(), FoundIn::Body, None, &mut mentions);
    for note in &notes {
        mention::in_text(&note.text, FoundIn::Note, None, &mut mentions);
    }
    let mut names = vec![id.to_uppercase()];
    if let Some(number) = &number {
        names.extend([format!("INC-{number}"), format!("PD-{number}")]);
    }
    // An incident that names itself links to nothing.
    mentions.retain(|mention| !names.contains(&mention.name));
    mention::settle(&mut mentions, None);

    Ok(vec![Record::Incident(Box::new(Incident {
        id: format!("pagerduty:{id}"),
        source: "pagerduty".to_owned(),
        number,
        names,
        title,
        body,
        url: raw.html_url.as_ref().and_then(Text::non_empty),
        service: raw.service.as_ref().and_then(RawReference::label).or_else(|| raw.service_name.as_ref()?.non_empty()),
        status,
        severity,
        urgency: raw.urgency.as_ref().and_then(Text::non_empty),
        opened_at,
        resolved_at,
        updated_at: context.time("updated_at", raw.updated_at.as_ref().or(raw.last_status_change_at.as_ref()), tally),
        merged_into: merged_into(&raw),
        notes,
        mentions,
    }))])
}

/// The incident that this one was merged into, by its ledger-wide name.
fn merged_into(raw: &RawIncident<'_>) -> Option<String> {
    let target = raw.resolve_reason.as_ref()?.incident.as_ref()?.id.as_ref()?.non_empty()?;
    Some(format!("pagerduty:{target}"))
}

/// When it ended. Older answers have no `resolved_at`; the last change of status then is the resolution.
fn resolved_at(
    raw: &RawIncident<'_>,
    status: Option<&str>,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<Option<Timestamp>, Fault> {
    let own = context.needed_time("resolved_at", raw.resolved_at.as_ref(), tally)?;
    if own.is_some() || !status.is_some_and(|status| status.eq_ignore_ascii_case("resolved")) {
        return Ok(own);
    }
    context.needed_time("last_status_change_at", raw.last_status_change_at.as_ref(), tally)
}

/// Every longer text of the incident: its description, the details of its first alert, its custom fields.
fn body(raw: &RawIncident<'_>, description: Option<String>) -> Option<String> {
    let mut parts: Vec<String> = description.into_iter().collect();
    if let Some(body) = &raw.body {
        texts(body.get("details").unwrap_or(body), &mut parts);
    }
    for field in raw.custom_fields.iter().filter_map(Value::as_array).flatten() {
        let mut said = Vec::new();
        texts(field.get("value").unwrap_or(&Value::Null), &mut said);
        let name = field.get("display_name").or_else(|| field.get("name")).and_then(Value::as_str).unwrap_or_default();
        parts.extend(said.into_iter().map(|said| format!("{name}: {said}")));
    }
    (!parts.is_empty()).then(|| parts.join("\n"))
}

/// Remarks, and what embedded log entries say that is more than their one line.
fn notes(raw: &RawIncident<'_>, context: &Context<'_>, tally: &mut Tally) -> Vec<Note> {
    let mut notes = Vec::new();
    for note in raw.notes.iter().flat_map(|listed| &listed.items) {
        notes.push(Note {
            at: context.time("notes.created_at", note.created_at.as_ref(), tally),
            author: note.user.as_ref().map(Actor::person),
            text: note.content.as_ref().map_or("", Text::as_str).to_owned(),
        });
    }
    for entry in raw.log_entries.iter().flat_map(|listed| &listed.items) {
        let mut parts: Vec<String> = entry.summary.as_ref().and_then(Text::non_empty).into_iter().collect();
        if let Some(channel) = &entry.channel {
            for key in ["summary", "details", "notes", "content"] {
                texts(channel.get(key).unwrap_or(&Value::Null), &mut parts);
            }
        }
        notes.push(Note {
            at: context.time("log_entries.created_at", entry.created_at.as_ref(), tally),
            author: entry.agent.as_ref().map(Actor::person),
            text: parts.join("\n"),
        });
    }
    notes
}

/// Every text in a value of any shape.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if !text.trim().is_empty() => found.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|value| texts(value, found)),
        Value::Object(object) => object.values().for_each(|value| texts(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
