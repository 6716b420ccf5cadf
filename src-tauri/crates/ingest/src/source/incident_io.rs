//! incident.io: incidents from its interface, version 2.

use super::{
    Context, Fault, SourceEntry, asked,
    incident_texts::{self, Texts},
    tally::Tally,
};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    value::json::{Listed, Text},
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
    kind: SourceKind::IncidentIo,
    title: "incident.io incidents",
    command: "curl -H \"Authorization: Bearer KEY\" \"https://api.incident.io/v2/incidents?page_size=250&created_at[gte]=2026-07-01\" > incidents.json",
    facts: &[Fact::IncidentTimes, Fact::Severity, Fact::Text, Fact::LinkFields],
    cannot_tell: "begin and end under names of your own",
    traps: &[
        "tests and tutorials look like incidents; they are left out and counted",
        "times are a list by name, and every company names them as it likes: begin and end are known by the usual names only",
        "an incident that was declined, cancelled or merged keeps that as its status",
        "25 incidents per page unless page_size says otherwise",
    ],
};

/// How they are framed.
pub(super) const RULES: Rules = Rules {
    lists: &["incidents"],
    via: &["incident"],
    marks: &["incident_status", "incident_timestamp_values", "reference"],
    context: &["pagination_meta"],
};

/// Why records are incident.io's, as a sentence.
pub(crate) fn recognise(glance: &Glance) -> Option<&'static str> {
    if glance.has("reference") && glance.has_any(&["incident_status", "incident_timestamp_values"]) {
        return Some("Its records have the fields reference and incident_status, as incident.io's incidents do.");
    }
    (glance.is_empty_list("incidents") && glance.has_context("pagination_meta"))
        .then_some("It is a list named incidents with pagination_meta, as incident.io answers, without any.")
}

/// What people call the beginning of an incident, surest first.
const BEGINNINGS: [&str; 6] =
    ["impact started", "impact started at", "started", "started at", "reported at", "reported"];
/// What people call its end, surest first.
const ENDS: [&str; 8] =
    ["impact ended", "impact ended at", "resolved at", "resolved", "fixed at", "fixed", "closed at", "closed"];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawIncident<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    reference: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    summary: Option<Text<'a>>,
    #[serde(borrow)]
    permalink: Option<Text<'a>>,
    #[serde(borrow)]
    mode: Option<Text<'a>>,
    #[serde(borrow)]
    incident_status: Option<RawStatus<'a>>,
    #[serde(borrow)]
    severity: Option<RawNamed<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    updated_at: Option<Text<'a>>,
    #[serde(borrow)]
    incident_timestamp_values: Option<Listed<RawTimestamp<'a>>>,
    #[serde(borrow)]
    custom_field_entries: Option<Listed<RawCustomField<'a>>>,
    #[serde(borrow)]
    external_issue_reference: Option<RawIssue<'a>>,
    #[serde(borrow)]
    postmortem_document_url: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawNamed<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawStatus<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    category: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawTimestamp<'a> {
    #[serde(borrow)]
    incident_timestamp: RawNamed<'a>,
    #[serde(borrow)]
    value: Option<RawTimestampValue<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawTimestampValue<'a> {
    #[serde(borrow)]
    value: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawCustomField<'a> {
    #[serde(borrow)]
    custom_field: RawNamed<'a>,
    values: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawIssue<'a> {
    #[serde(borrow)]
    issue_name: Option<Text<'a>>,
    #[serde(borrow)]
    issue_permalink: Option<Text<'a>>,
}

/// Reads one incident.
pub(super) fn incident(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawIncident<'_> = super::parse(text)?;
    let Some(id) = raw.id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("id", "the incident has no id".to_owned()));
    };
    if raw.mode.as_ref().is_some_and(|mode| ["test", "tutorial"].contains(&mode.as_str())) {
        tally.leave_out("tests and tutorials of incident.io");
        return Ok(Vec::new());
    }
    let created = context.needed_time("created_at", raw.created_at.as_ref(), tally)?;
    let opened_at = named_time(&raw, &BEGINNINGS, context, tally)?.or(created);
    let resolved_at = named_time(&raw, &ENDS, context, tally)?;
    let category = raw.incident_status.as_ref().and_then(|status| status.category.as_ref());
    let ended = category.and_then(|category| has_ended(category.as_str()));
    tally.ended_unknown += u64::from(ended == Some(true) && resolved_at.is_none());
    let title = raw.name.as_ref().and_then(Text::non_empty).unwrap_or_default();
    let body = body(&raw);
    let links = links(raw.external_issue_reference.as_ref());

    tally.ask(asked::INCIDENT);
    tally.carry_if(opened_at.is_some(), Fact::IncidentTimes);
    tally.carry_if(raw.severity.is_some(), Fact::Severity);
    tally.carry_if(!title.is_empty(), Fact::Text);
    tally.carry_if(!links.is_empty(), Fact::LinkFields);

    let reference = raw.reference.as_ref().and_then(Text::non_empty);
    let names: Vec<String> =
        [Some(id.to_uppercase()), reference.as_ref().map(|name| name.to_uppercase())].into_iter().flatten().collect();
    let mentions = Texts { title: &title, body: body.as_deref(), links: &links, ..Texts::default() }.mentions(&names);
    let status = raw.incident_status.as_ref();
    Ok(vec![Record::Incident(Box::new(Incident {
        id: format!("incident.io:{id}"),
        source: "incident.io".to_owned(),
        number: reference.map(|name| name.rsplit_once('-').map_or(name.clone(), |(_, number)| number.to_owned())),
        names,
        title,
        body,
        url: raw.permalink.as_ref().and_then(Text::non_empty),
        service: None,
        status: status.and_then(|status| status.name.as_ref().or(status.category.as_ref())?.non_empty()),
        severity: raw.severity.as_ref().and_then(|severity| severity.name.as_ref()?.non_empty()),
        urgency: None,
        opened_at,
        resolved_at,
        ended,
        updated_at: context.time("updated_at", raw.updated_at.as_ref(), tally),
        merged_into: None,
        notes: Vec::new(),
        mentions,
    }))])
}

/// Whether an incident is over, by the category of its status: the names of statuses are the customer's own.
fn has_ended(category: &str) -> Option<bool> {
    match category {
        "learning" | "closed" | "declined" | "merged" | "canceled" => Some(true),
        "triage" | "live" | "paused" => Some(false),
        _ => None,
    }
}

/// The time that has the surest of these names.
fn named_time(
    raw: &RawIncident<'_>,
    names: &[&str],
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<Option<Timestamp>, Fault> {
    let times = || raw.incident_timestamp_values.iter().flat_map(|listed| &listed.items);
    for name in names {
        let said = times().find_map(|time| {
            let called = time.incident_timestamp.name.as_ref()?.as_str().trim();
            called.eq_ignore_ascii_case(name).then_some(time.value.as_ref()?.value.as_ref()?)
        });
        if let Some(at) = context.needed_time("incident_timestamp_values", said, tally)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// Summary, custom fields and the address of the review, one per line.
fn body(raw: &RawIncident<'_>) -> Option<String> {
    let mut parts: Vec<String> = raw.summary.as_ref().and_then(Text::non_empty).into_iter().collect();
    for field in raw.custom_field_entries.iter().flat_map(|listed| &listed.items) {
        let name = field.custom_field.name.as_ref().map_or("", Text::as_str);
        let mut said = Vec::new();
        for value in field.values.iter().filter_map(Value::as_array).flatten() {
            let shapes = ["/value_text", "/value_link", "/value_option/value", "/value_catalog_entry/name"];
            said.extend(shapes.iter().filter_map(|shape| value.pointer(shape)?.as_str()).map(str::to_owned));
        }
        if !said.is_empty() {
            parts.push(format!("{name}: {}", said.join(", ")));
        }
    }
    parts.extend(raw.postmortem_document_url.as_ref().and_then(Text::non_empty));
    incident_texts::joined(&parts)
}

fn links(issue: Option<&RawIssue<'_>>) -> Vec<String> {
    let Some(issue) = issue else { return Vec::new() };
    [&issue.issue_name, &issue.issue_permalink].into_iter().flatten().filter_map(Text::non_empty).collect()
}
