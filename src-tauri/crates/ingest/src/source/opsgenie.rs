//! Opsgenie: incidents and alerts from the REST interface.

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
    person::Person,
    record::{Incident, Record, Ticket},
    source::{Fact, SourceKind},
};
use serde::Deserialize;
use serde_json::Value;

/// Incidents, for people.
pub(crate) const INCIDENTS_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::OpsgenieIncidents,
    title: "Opsgenie incidents",
    command: "curl -H \"Authorization: GenieKey KEY\" \"https://api.opsgenie.com/v1/incidents?limit=100&query=createdAt>1782864000000\" > incidents.json",
    facts: &[Fact::IncidentTimes, Fact::Severity, Fact::Text, Fact::Labels],
    cannot_tell: "the end where no end of the impact was set: the last update stands for it",
    traps: &[
        "no time of resolution: the end of the impact, else the last update of one that is no longer open",
        "20 rows unless limit says otherwise, 100 at most",
        "services and people are ids without names",
        "fractions of a second without their trailing zeros",
    ],
};

/// Alerts, for people.
pub(crate) const ALERTS_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::OpsgenieAlerts,
    title: "Opsgenie alerts",
    command: "curl -H \"Authorization: GenieKey KEY\" \"https://api.opsgenie.com/v2/alerts?limit=100&query=createdAt>1782864000000\" > alerts.json",
    facts: &[Fact::Text, Fact::Labels],
    cannot_tell: "incidents: alerts are none",
    traps: &[
        "an alert is no incident: it becomes a ticket and is not counted as an outage",
        "the time of closing is only in the report, as milliseconds since the alert began",
        "the list has no descriptions; a single alert has",
    ],
};

/// How both are framed.
pub(super) const RULES: Rules = Rules {
    lists: &["data"],
    via: &["data", "incident", "alert"],
    marks: &["tinyId", "impactStartDate", "createdAt"],
    context: &["paging"],
};

/// Why records are Opsgenie's, as a sentence.
pub(crate) fn recognise(glance: &Glance, kind: SourceKind) -> Option<&'static str> {
    let of_opsgenie = glance.has_all(&["tinyId", "message"]);
    let of_alert = glance.has_any(&["alias", "acknowledged", "isSeen", "lastOccurredAt"]);
    match kind {
        SourceKind::OpsgenieAlerts if of_opsgenie && of_alert => {
            Some("Its records have the fields tinyId, message and alias, as Opsgenie's alerts do.")
        }
        SourceKind::OpsgenieIncidents
            if of_opsgenie && !of_alert && glance.has_any(&["impactedServices", "impactStartDate", "responders"]) =>
        {
            Some("Its records have the fields tinyId, message and impactStartDate, as Opsgenie's incidents do.")
        }
        _ => None,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawIncident<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    tiny_id: Option<Text<'a>>,
    #[serde(borrow)]
    message: Option<Text<'a>>,
    #[serde(borrow)]
    description: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow)]
    priority: Option<Text<'a>>,
    #[serde(borrow)]
    tags: Option<Listed<Named<'a>>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    updated_at: Option<Text<'a>>,
    #[serde(borrow)]
    impact_start_date: Option<Text<'a>>,
    #[serde(borrow)]
    impact_end_date: Option<Text<'a>>,
    impacted_services: Option<Value>,
    extra_properties: Option<Value>,
    #[serde(borrow)]
    links: Option<RawLinks<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawLinks<'a> {
    #[serde(borrow)]
    web: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawAlert<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    tiny_id: Option<Text<'a>>,
    #[serde(borrow)]
    alias: Option<Text<'a>>,
    #[serde(borrow)]
    message: Option<Text<'a>>,
    #[serde(borrow)]
    description: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow)]
    priority: Option<Text<'a>>,
    #[serde(borrow)]
    tags: Option<Listed<Named<'a>>>,
    #[serde(borrow)]
    owner: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    updated_at: Option<Text<'a>>,
    details: Option<Value>,
    report: Option<RawReport>,
}

/// How long after its beginning an alert was closed, in milliseconds.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawReport {
    close_time: Option<i64>,
}

/// Reads one incident.
pub(super) fn incident(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawIncident<'_> = super::parse(text)?;
    let Some(id) = raw.id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("id", "the incident has no id".to_owned()));
    };
    let impact_start = context.needed_time("impactStartDate", raw.impact_start_date.as_ref(), tally)?;
    let created = context.needed_time("createdAt", raw.created_at.as_ref(), tally)?;
    let updated_at = context.time("updatedAt", raw.updated_at.as_ref(), tally);
    let status = raw.status.as_ref().and_then(Text::non_empty);
    let resolved_at = resolved_at(&raw, status.as_deref(), updated_at, context, tally)?;
    let ended = status.as_deref().and_then(has_ended);
    let title = raw.message.as_ref().and_then(Text::non_empty).unwrap_or_default();
    let mut parts: Vec<String> = raw.description.as_ref().and_then(Text::non_empty).into_iter().collect();
    incident_texts::with_keys(raw.extra_properties.as_ref().unwrap_or(&Value::Null), &mut parts);
    let body = incident_texts::joined(&parts);
    let labels = labels(raw.tags.as_ref()).unwrap_or_default();

    tally.ask(asked::INCIDENT);
    tally.carry_if(impact_start.or(created).is_some(), Fact::IncidentTimes);
    tally.carry_if(raw.priority.is_some(), Fact::Severity);
    tally.carry_if(!title.is_empty(), Fact::Text);
    tally.carry_if(raw.tags.is_some(), Fact::Labels);

    let number = raw.tiny_id.as_ref().and_then(Text::non_empty);
    // People write the short number as they do everywhere, the id only within an address.
    let names: Vec<String> =
        std::iter::once(id.to_uppercase()).chain(number.iter().map(|number| format!("INC-{number}"))).collect();
    let texts = Texts { title: &title, body: body.as_deref(), labels: &labels, ..Texts::default() };
    let mentions = texts.mentions(&names);
    Ok(vec![Record::Incident(Box::new(Incident {
        id: format!("opsgenie:{id}"),
        source: "opsgenie".to_owned(),
        number,
        names,
        title,
        body,
        url: raw.links.as_ref().and_then(|links| links.web.as_ref()?.non_empty()),
        service: services(raw.impacted_services.as_ref()),
        status,
        severity: raw.priority.as_ref().and_then(Text::non_empty),
        urgency: None,
        opened_at: impact_start.or(created),
        resolved_at,
        ended,
        updated_at,
        merged_into: None,
        notes: Vec::new(),
        mentions,
    }))])
}

/// Whether an incident of this status is over.
fn has_ended(status: &str) -> Option<bool> {
    match status.to_ascii_lowercase().as_str() {
        "resolved" | "closed" => Some(true),
        "open" => Some(false),
        _ => None,
    }
}

/// When it ended: incidents have no time of resolution of their own.
fn resolved_at(
    raw: &RawIncident<'_>,
    status: Option<&str>,
    updated_at: Option<Timestamp>,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<Option<Timestamp>, Fault> {
    let impact_end = context.needed_time("impactEndDate", raw.impact_end_date.as_ref(), tally)?;
    if impact_end.is_some() || status.and_then(has_ended) != Some(true) {
        return Ok(impact_end);
    }
    tally.ended_about += u64::from(updated_at.is_some());
    tally.ended_unknown += u64::from(updated_at.is_none());
    Ok(updated_at)
}

/// Reads one alert.
pub(super) fn alert(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawAlert<'_> = super::parse(text)?;
    let Some(id) = raw.id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("id", "the alert has no id".to_owned()));
    };
    let opened_at = context.needed_time("createdAt", raw.created_at.as_ref(), tally)?;
    let lasted = raw.report.as_ref().and_then(|report| report.close_time);
    let status = raw.status.as_ref().and_then(Text::non_empty);
    let done = status.as_deref().map(|status| status.eq_ignore_ascii_case("closed"));
    let closed_at =
        opened_at.zip(lasted).and_then(|(opened, lasted)| Timestamp::from_millis(opened.millis().checked_add(lasted)?));
    let title = raw.message.as_ref().and_then(Text::non_empty).unwrap_or_default();
    let mut parts: Vec<String> = raw.description.as_ref().and_then(Text::non_empty).into_iter().collect();
    parts.extend(raw.alias.as_ref().and_then(Text::non_empty).filter(|alias| *alias != title));
    incident_texts::with_keys(raw.details.as_ref().unwrap_or(&Value::Null), &mut parts);
    let body = incident_texts::joined(&parts);
    let labels = labels(raw.tags.as_ref());

    tally.ask(asked::ALERT);
    tally.carry_if(!title.is_empty(), Fact::Text);
    tally.carry_if(labels.is_some(), Fact::Labels);

    let texts = Texts {
        title: &title,
        body: body.as_deref(),
        labels: labels.as_deref().unwrap_or_default(),
        ..Texts::default()
    };
    let mentions = texts.mentions(&[]);
    let key = raw.tiny_id.as_ref().and_then(Text::non_empty).unwrap_or_else(|| id.clone());
    Ok(vec![Record::Ticket(Box::new(Ticket {
        id: format!("opsgenie-alert:{id}"),
        source: "opsgenie".to_owned(),
        key,
        project: "alerts".to_owned(),
        title,
        body,
        url: None,
        ticket_type: Some("Alert".to_owned()),
        change_type: None,
        reason: None,
        status,
        done,
        priority: raw.priority.as_ref().and_then(Text::non_empty),
        labels,
        reporter: None,
        assignee: raw.owner.as_ref().and_then(|owner| Some(Person::named(&owner.non_empty()?, None, false))),
        opened_at,
        resolved_at: closed_at.filter(|_| done == Some(true)),
        work_start: None,
        work_end: None,
        updated_at: context.time("updatedAt", raw.updated_at.as_ref(), tally),
        notes: Vec::new(),
        mentions,
        is_change_request: false,
    }))])
}

fn labels(tags: Option<&Listed<Named<'_>>>) -> Option<Vec<String>> {
    Some(tags?.items.iter().filter_map(|tag| tag.0.as_ref()?.non_empty()).collect())
}

/// The ids of the services that were hit.
fn services(said: Option<&Value>) -> Option<String> {
    let mut services = Vec::new();
    incident_texts::within(said?, &mut services);
    (!services.is_empty()).then(|| services.join(", "))
}
