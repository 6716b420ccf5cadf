//! PagerDuty: incidents from the REST interface, from its command line, and from analytics.

use super::{
    Context, Fault, SourceEntry, asked,
    incident_texts::{self, Texts},
    pagerduty_remarks::{RawLogEntry, RawNote},
    tally::Tally,
};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    value::json::{Listed, Text, present},
};
use change_ledger_model::{
    Timestamp,
    record::{Incident, Note, Record},
    source::{Fact, SourceKind},
};
use serde::Deserialize;
use serde_json::Value;

/// The REST interface, for people.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::PagerdutyJson,
    title: "PagerDuty incidents from the REST interface",
    command: "curl -H \"Authorization: Token token=KEY\" \"https://api.pagerduty.com/incidents?since=2026-07-01&until=2026-10-01&limit=100\" > incidents.json",
    facts: &[Fact::IncidentTimes, Fact::Severity, Fact::Text, Fact::Notes],
    cannot_tell: "changes, unless texts name them",
    traps: &[
        "incidents merged into another look like resolved ones",
        "resolved ones may have no time of resolution of their own",
        "one month unless since and until say otherwise, 100 incidents per page",
        "a priority that nobody set is null or not there at all",
    ],
};

/// Analytics, for people.
pub(crate) const ANALYTICS_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::PagerdutyAnalytics,
    title: "PagerDuty incidents from analytics",
    command: "curl -X POST -H \"Authorization: Token token=KEY\" -H \"Content-Type: application/json\" -d '{\"filters\":{\"created_at_start\":\"2026-07-01T00:00:00Z\",\"created_at_end\":\"2026-10-01T00:00:00Z\"},\"limit\":1000}' https://api.pagerduty.com/analytics/raw/incidents > analytics.json",
    facts: &[Fact::IncidentTimes, Fact::Severity, Fact::Text],
    cannot_tell: "longer texts, notes; the time zone, which is UTC unless asked for otherwise",
    traps: &[
        "times without a zone: UTC, unless time_zone was asked for",
        "the title is called a description",
        "no notes and no longer text: whether an incident names a change is only known from its title",
    ],
};

/// How both are framed.
pub(super) const RULES: Rules = Rules {
    lists: &["incidents", "data", "items", "values", "results", "records"],
    via: &["data", "incident", "event", "result"],
    marks: &["incident_number", "incident_key", "urgency", "last_status_change_at", "seconds_to_resolve"],
    context: &["more"],
};

/// Why records are incidents of PagerDuty, as a sentence.
pub(crate) fn recognise(glance: &Glance, kind: SourceKind) -> Option<&'static str> {
    if kind == SourceKind::PagerdutyAnalytics {
        let measured = glance.has_any(&["seconds_to_resolve", "seconds_to_first_ack", "seconds_to_engage"]);
        return (measured && glance.has("incident_number")).then_some(
            "Its records have the fields incident_number and seconds_to_resolve, as PagerDuty's analytics do.",
        );
    }
    if glance.has("incident_number") {
        return Some("Its records have the field incident_number, as PagerDuty's incidents do.");
    }
    (glance.is_empty_list("incidents") && !glance.has_context("page") && !glance.has_context("pagination_meta"))
        .then_some("It is a list named incidents, as PagerDuty answers, without any.")
}

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

/// Reads one incident.
pub(super) fn incident(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawIncident<'_> = super::parse(text)?;
    let Some(id) = raw.id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("id", "the incident has no id".to_owned()));
    };
    let opened_at = context.needed_time("created_at", raw.created_at.as_ref(), tally)?;
    let status = raw.status.as_ref().and_then(Text::non_empty);
    let resolved_at = resolved_at(&raw, status.as_deref(), context, tally)?;
    let ended = status.as_deref().and_then(has_ended);
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

    tally.ask(asked::INCIDENT);
    tally.carry_if(opened_at.is_some(), Fact::IncidentTimes);
    tally.carry_if(raw.priority.is_some() || raw.priority_name.is_some() || raw.urgency.is_some(), Fact::Severity);
    tally.carry_if(!title.is_empty(), Fact::Text);
    tally.carry_if(raw.notes.is_some() || raw.log_entries.is_some(), Fact::Notes);

    let mut names = vec![id.to_uppercase()];
    names.extend(number.iter().flat_map(|number| short_names(number)));
    let texts = Texts { title: &title, body: body.as_deref(), notes: &notes, ..Texts::default() };
    let mentions = texts.mentions(&names);

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
        ended,
        updated_at: context.time("updated_at", raw.updated_at.as_ref().or(raw.last_status_change_at.as_ref()), tally),
        merged_into: merged_into(&raw),
        notes,
        mentions,
    }))])
}

/// How people write the number of an incident.
pub(super) fn short_names(number: &str) -> [String; 2] {
    [format!("INC-{number}"), format!("PD-{number}")]
}

/// The incident that this one was merged into, by its ledger-wide name.
fn merged_into(raw: &RawIncident<'_>) -> Option<String> {
    let target = raw.resolve_reason.as_ref()?.incident.as_ref()?.id.as_ref()?.non_empty()?;
    Some(format!("pagerduty:{target}"))
}

/// Whether an incident of this status is over.
pub(super) fn has_ended(status: &str) -> Option<bool> {
    match status.to_ascii_lowercase().as_str() {
        "resolved" => Some(true),
        "triggered" | "acknowledged" => Some(false),
        _ => None,
    }
}

/// When it ended. Older answers have no `resolved_at`; the last change of status then is the resolution.
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
    context.needed_time("last_status_change_at", raw.last_status_change_at.as_ref(), tally)
}

/// Every longer text of the incident: its description, the details of its first alert, its custom fields.
fn body(raw: &RawIncident<'_>, description: Option<String>) -> Option<String> {
    let mut parts: Vec<String> = description.into_iter().collect();
    if let Some(body) = &raw.body {
        incident_texts::within(body.get("details").unwrap_or(body), &mut parts);
    }
    for field in raw.custom_fields.iter().filter_map(Value::as_array).flatten() {
        let mut said = Vec::new();
        incident_texts::within(field.get("value").unwrap_or(&Value::Null), &mut said);
        let name = field.get("display_name").or_else(|| field.get("name")).and_then(Value::as_str).unwrap_or_default();
        parts.extend(said.into_iter().map(|said| format!("{name}: {said}")));
    }
    incident_texts::joined(&parts)
}

/// Remarks, and what embedded log entries say.
fn notes(raw: &RawIncident<'_>, context: &Context<'_>, tally: &mut Tally) -> Vec<Note> {
    let notes = raw.notes.iter().flat_map(|listed| &listed.items);
    let entries = raw.log_entries.iter().flat_map(|listed| &listed.items);
    let mut found: Vec<Note> = notes.map(|note| note.read("notes.created_at", context, tally)).collect();
    found.extend(entries.map(|entry| entry.read("log_entries.created_at", context, tally)));
    found
}
