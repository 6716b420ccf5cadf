//! Rootly: incidents as JSON:API documents, whose fields stand under `attributes`.

use super::{
    Context, Fault, SourceEntry, asked,
    incident_texts::{self, Texts},
    tally::Tally,
};
use crate::{input::framing::Rules, recognise::Glance, value::json::Text};
use change_ledger_model::{
    record::{Incident, Record},
    source::{Fact, SourceKind},
};
use serde::Deserialize;
use serde_json::Value;

/// The interface, for people.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::Rootly,
    title: "Rootly incidents",
    command: "curl -H \"Authorization: Bearer KEY\" \"https://api.rootly.com/v1/incidents?page[size]=100&filter[created_at][gte]=2026-07-01\" > incidents.json",
    facts: &[Fact::IncidentTimes, Fact::Severity, Fact::Text, Fact::LinkFields],
    cannot_tell: "services, notes",
    traps: &[
        "every field stands one level deeper than elsewhere, the severity three",
        "tests, examples and planned maintenance look like incidents; they are left out and counted",
        "mitigated is not resolved",
        "services and teams are references without names",
    ],
};

/// How they are framed.
pub(super) const RULES: Rules =
    Rules { lists: &["data"], via: &["data"], marks: &["attributes"], context: &["meta", "links"] };

/// Why records are Rootly's, as a sentence.
pub(crate) fn recognise(glance: &Glance) -> Option<&'static str> {
    let attributes = glance.has_all(&["id", "type", "attributes"]);
    let own = ["sequential_id", "mitigated_at", "retrospective_progress_status"];
    (attributes && own.iter().filter(|key| glance.has_within("attributes", key)).count() >= 2)
        .then_some("Its records have the attributes sequential_id and mitigated_at, as Rootly's incidents do.")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawDocument<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    attributes: Option<RawIncident<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawIncident<'a> {
    #[serde(borrow)]
    sequential_id: Option<Text<'a>>,
    #[serde(borrow)]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    summary: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    severity: Option<Value>,
    #[serde(borrow)]
    started_at: Option<Text<'a>>,
    #[serde(borrow)]
    detected_at: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    resolved_at: Option<Text<'a>>,
    #[serde(borrow)]
    closed_at: Option<Text<'a>>,
    #[serde(borrow)]
    updated_at: Option<Text<'a>>,
    #[serde(borrow)]
    url: Option<Text<'a>>,
    #[serde(borrow)]
    jira_issue_key: Option<Text<'a>>,
    #[serde(borrow)]
    jira_issue_url: Option<Text<'a>>,
    #[serde(borrow)]
    github_issue_url: Option<Text<'a>>,
    #[serde(borrow)]
    gitlab_issue_url: Option<Text<'a>>,
    #[serde(borrow)]
    mitigation_message: Option<Text<'a>>,
    #[serde(borrow)]
    resolution_message: Option<Text<'a>>,
}

/// Reads one incident.
pub(super) fn incident(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let document: RawDocument<'_> = super::parse(text)?;
    let Some(id) = document.id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("id", "the incident has no id".to_owned()));
    };
    let Some(raw) = &document.attributes else {
        return Err(Fault::field("attributes", "the incident has no attributes".to_owned()));
    };
    if let Some(what) = raw.kind.as_ref().and_then(|kind| no_incident(kind.as_str())) {
        tally.leave_out(what);
        return Ok(Vec::new());
    }
    let started = context.needed_time("started_at", raw.started_at.as_ref(), tally)?;
    let detected = context.needed_time("detected_at", raw.detected_at.as_ref(), tally)?;
    let created = context.needed_time("created_at", raw.created_at.as_ref(), tally)?;
    let resolved = context.needed_time("resolved_at", raw.resolved_at.as_ref(), tally)?;
    let closed = context.needed_time("closed_at", raw.closed_at.as_ref(), tally)?;
    let opened_at = started.or(detected).or(created);
    let status = raw.status.as_ref().and_then(Text::non_empty);
    let ended = status.as_deref().and_then(has_ended);
    tally.ended_unknown += u64::from(ended == Some(true) && resolved.or(closed).is_none());
    let title = raw.title.as_ref().and_then(Text::non_empty).unwrap_or_default();
    let texts = [&raw.summary, &raw.mitigation_message, &raw.resolution_message];
    let parts: Vec<String> = texts.into_iter().flatten().filter_map(Text::non_empty).collect();
    let body = incident_texts::joined(&parts).filter(|body| *body != title);
    let links = [&raw.jira_issue_key, &raw.jira_issue_url, &raw.github_issue_url, &raw.gitlab_issue_url];
    let links: Vec<String> = links.into_iter().flatten().filter_map(Text::non_empty).collect();

    tally.ask(asked::INCIDENT);
    tally.carry_if(opened_at.is_some(), Fact::IncidentTimes);
    tally.carry_if(raw.severity.is_some(), Fact::Severity);
    tally.carry_if(!title.is_empty(), Fact::Text);
    tally.carry_if(!links.is_empty(), Fact::LinkFields);

    let number = raw.sequential_id.as_ref().and_then(Text::non_empty);
    let mut names = vec![id.to_uppercase()];
    names.extend(number.iter().map(|number| format!("INC-{number}")));
    let mentions = Texts { title: &title, body: body.as_deref(), links: &links, ..Texts::default() }.mentions(&names);
    Ok(vec![Record::Incident(Box::new(Incident {
        id: format!("rootly:{id}"),
        source: "rootly".to_owned(),
        number,
        names,
        title,
        body,
        url: raw.url.as_ref().and_then(Text::non_empty),
        service: None,
        status,
        severity: raw.severity.as_ref().and_then(severity),
        urgency: None,
        opened_at,
        resolved_at: resolved.or(closed),
        ended,
        updated_at: context.time("updated_at", raw.updated_at.as_ref(), tally),
        merged_into: None,
        notes: Vec::new(),
        mentions,
    }))])
}

/// Whether an incident of this status is over.
fn has_ended(status: &str) -> Option<bool> {
    match status {
        "resolved" | "closed" | "completed" | "cancelled" | "canceled" => Some(true),
        "triage" | "in_triage" | "started" | "detected" | "acknowledged" | "identified" | "mitigated" => Some(false),
        _ => None,
    }
}

/// The name of a severity: a document within the document, or a bare word.
fn severity(said: &Value) -> Option<String> {
    let name = ["/data/attributes/name", "/attributes/name", "/name", ""].iter();
    name.filter_map(|path| said.pointer(path)?.as_str()).map(str::trim).find(|name| !name.is_empty()).map(str::to_owned)
}

/// What a record of this kind is, where it is no incident.
fn no_incident(kind: &str) -> Option<&'static str> {
    match kind {
        "test" | "test_sub" | "example" | "example_sub" => Some("tests and examples of Rootly"),
        "scheduled" | "scheduled_sub" => Some("planned maintenance of Rootly"),
        _ => None,
    }
}
