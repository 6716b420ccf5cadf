//! Grafana OnCall: alert groups, and the resolution notes that people wrote on them.

use super::{
    Context, Fault, SourceEntry, asked,
    incident_texts::{self, Texts},
    tally::Tally,
};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    value::json::{Actor, Text},
};
use change_ledger_model::{
    Timestamp,
    record::{Mention, Note, Record, Ticket},
    source::{Fact, SourceKind},
};
use serde::Deserialize;
use serde_json::Value;

/// Alert groups, for people.
pub(crate) const GROUPS_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GrafanaOncall,
    title: "Grafana OnCall alert groups",
    command: "curl -H \"Authorization: KEY\" \"https://oncall.example.com/oncall/api/v1/alert_groups/?perpage=100\" > alert-groups.json",
    facts: &[Fact::Text],
    cannot_tell: "incidents: alert groups are none",
    traps: &[
        "an alert group is no incident: it becomes a ticket and is not counted as an outage",
        "an example of the manual that was copied has a comma too many",
        "who acknowledged or resolved is an id",
    ],
};

/// Resolution notes, for people.
pub(crate) const NOTES_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GrafanaOncallNotes,
    title: "Resolution notes of Grafana OnCall",
    command: "curl -H \"Authorization: KEY\" \"https://oncall.example.com/oncall/api/v1/resolution_notes/?perpage=100\" > resolution-notes.json",
    facts: &[Fact::Notes],
    cannot_tell: "the alert group itself",
    traps: &["a note names its alert group by id; the group itself is in another export"],
};

/// How alert groups are framed.
pub(super) const GROUPS: Rules =
    Rules { lists: &["results"], via: &[], marks: &["alerts_count", "integration_id"], context: &["next"] };

/// How resolution notes are framed.
pub(super) const NOTES: Rules = Rules { lists: &["results"], via: &[], marks: &["alert_group_id"], context: &["next"] };

/// Why records are Grafana OnCall's, as a sentence.
pub(crate) fn recognise(glance: &Glance, kind: SourceKind) -> Option<&'static str> {
    match kind {
        SourceKind::GrafanaOncall if glance.has_all(&["alerts_count", "state"]) => {
            Some("Its records have the fields alerts_count and state, as Grafana OnCall's alert groups do.")
        }
        SourceKind::GrafanaOncallNotes if glance.has_all(&["alert_group_id", "text"]) => {
            Some("Its records have the fields alert_group_id and text, as Grafana OnCall's resolution notes do.")
        }
        _ => None,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawGroup<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    resolved_at: Option<Text<'a>>,
    permalinks: Option<Value>,
    last_alert: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawNote<'a> {
    #[serde(borrow)]
    alert_group_id: Option<Text<'a>>,
    #[serde(borrow)]
    author: Option<Actor<'a>>,
    #[serde(borrow)]
    text: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
}

/// Reads one alert group.
pub(super) fn alert_group(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawGroup<'_> = super::parse(text)?;
    let Some(id) = raw.id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("id", "the alert group has no id".to_owned()));
    };
    let title = raw.title.as_ref().and_then(Text::non_empty).unwrap_or_default();
    let mut parts = Vec::new();
    let payload = raw.last_alert.as_ref().and_then(|alert| alert.get("payload"));
    incident_texts::within(payload.unwrap_or(&Value::Null), &mut parts);
    let body = incident_texts::joined(&parts);
    tally.ask(asked::ALERT);
    tally.carry_if(!title.is_empty(), Fact::Text);
    let mentions = Texts { title: &title, body: body.as_deref(), ..Texts::default() }.mentions(&[]);
    let state = raw.state.as_ref().and_then(Text::non_empty);
    let known = Known {
        opened_at: context.needed_time("created_at", raw.created_at.as_ref(), tally)?,
        resolved_at: context.needed_time("resolved_at", raw.resolved_at.as_ref(), tally)?,
        done: state.as_deref().map(|state| state == "resolved"),
        url: raw.permalinks.as_ref().and_then(|links| links.get("web")?.as_str().map(str::to_owned)),
        status: state,
        title,
        body,
        ticket_type: Some("Alert group".to_owned()),
        notes: Vec::new(),
    };
    Ok(vec![ticket(&id, known, mentions)])
}

/// Reads one resolution note: an alert group of which only the note is known.
pub(super) fn resolution_note(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawNote<'_> = super::parse(text)?;
    let Some(group) = raw.alert_group_id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("alert_group_id", "the note does not say which alert group it belongs to".to_owned()));
    };
    let said = raw.text.as_ref().and_then(Text::non_empty).unwrap_or_default();
    if said.is_empty() {
        return Err(Fault::field("text", "the note says nothing".to_owned()));
    }
    let at = context.time("created_at", raw.created_at.as_ref(), tally);
    tally.ask(asked::ALERT);
    tally.carry(Fact::Notes);
    let notes = vec![Note { at, author: raw.author.as_ref().map(Actor::person), text: said }];
    let mentions = Texts { notes: &notes, ..Texts::default() }.mentions(&[]);
    Ok(vec![ticket(&group, Known { notes, ..Known::default() }, mentions)])
}

/// What is known of an alert group.
#[derive(Default)]
struct Known {
    title: String,
    body: Option<String>,
    url: Option<String>,
    ticket_type: Option<String>,
    status: Option<String>,
    done: Option<bool>,
    opened_at: Option<Timestamp>,
    resolved_at: Option<Timestamp>,
    notes: Vec<Note>,
}

fn ticket(id: &str, known: Known, mentions: Vec<Mention>) -> Record {
    Record::Ticket(Box::new(Ticket {
        id: format!("grafana-alert-group:{id}"),
        source: "grafana".to_owned(),
        key: id.to_owned(),
        project: "alert groups".to_owned(),
        title: known.title,
        body: known.body,
        url: known.url,
        ticket_type: known.ticket_type,
        change_type: None,
        reason: None,
        status: known.status,
        done: known.done,
        priority: None,
        labels: None,
        reporter: None,
        assignee: None,
        opened_at: known.opened_at,
        resolved_at: known.resolved_at,
        work_start: None,
        work_end: None,
        updated_at: None,
        notes: known.notes,
        mentions,
        is_change_request: false,
    }))
}
