//! PagerDuty's notes and log entries: what was said and done about incidents, in files of its own.
//!
//! Each becomes an incident of which only the remark is known; it meets the incident itself, whichever
//! of the two is imported first.

use super::{
    Context, Fault, SourceEntry, asked,
    incident_texts::{self, Texts},
    pagerduty_json::short_names,
    tally::Tally,
};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    value::json::{Actor, Text},
};
use change_ledger_model::{
    record::{Incident, Note, Record},
    source::{Fact, SourceKind},
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// Notes, for people.
pub(crate) const NOTES_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::PagerdutyNotes,
    title: "Notes of one PagerDuty incident",
    command: "curl -H \"Authorization: Token token=KEY\" https://api.pagerduty.com/incidents/Q1ZK8M0/notes > notes-Q1ZK8M0.json",
    facts: &[Fact::Notes],
    cannot_tell: "the incident: the name of the file must hold its id",
    traps: &[
        "the answer does not say which incident it is about: the name of the file must hold its id",
        "the incident itself is in another export",
        "a later edit of a note keeps its first time",
    ],
};

/// Log entries, for people.
pub(crate) const LOG_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::PagerdutyLog,
    title: "PagerDuty log entries",
    command: "curl -H \"Authorization: Token token=KEY\" \"https://api.pagerduty.com/log_entries?since=2026-07-01&until=2026-10-01&limit=100&include[]=channels\" > log-entries.json",
    facts: &[Fact::Notes],
    cannot_tell: "times and priority of the incident",
    traps: &[
        "newest first, 100 per page",
        "the text of a note is in the entry's channel, which is only there when it was asked for",
        "the incident is a reference: its times and priority are in the export of incidents",
    ],
};

/// How notes are framed.
pub(super) const NOTES: Rules = Rules { lists: &["notes"], via: &["note"], marks: &["content"], context: &[] };

/// How log entries are framed.
pub(super) const LOG_ENTRIES: Rules =
    Rules { lists: &["log_entries"], via: &["log_entry"], marks: &["agent", "channel"], context: &["more"] };

/// Why records are remarks of PagerDuty, as a sentence.
pub(crate) fn recognise(glance: &Glance, kind: SourceKind) -> Option<&'static str> {
    if kind == SourceKind::PagerdutyLog {
        return (glance.has_all(&["agent", "incident", "created_at"]) && glance.has_any(&["channel", "event_details"]))
            .then_some("Its records have the fields agent, channel and incident, as PagerDuty's log entries do.");
    }
    (glance.has_list("notes") && glance.has_all(&["content", "user", "created_at"]))
        .then_some("It is a list of notes with the fields user and content, as PagerDuty answers.")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawNote<'a> {
    #[serde(borrow)]
    user: Option<Actor<'a>>,
    #[serde(borrow)]
    content: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawLogEntry<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    agent: Option<Actor<'a>>,
    #[serde(borrow)]
    summary: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    channel: Option<Value>,
    #[serde(borrow)]
    incident: Option<RawReference<'a>>,
    #[serde(borrow)]
    service: Option<RawReference<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawReference<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    summary: Option<Text<'a>>,
    #[serde(borrow)]
    html_url: Option<Text<'a>>,
}

impl RawNote<'_> {
    /// As a note; `field` is where its time stands.
    pub(super) fn read(&self, field: &'static str, context: &Context<'_>, tally: &mut Tally) -> Note {
        Note {
            at: context.time(field, self.created_at.as_ref(), tally),
            author: self.user.as_ref().map(Actor::person),
            text: self.content.as_ref().and_then(Text::non_empty).unwrap_or_default(),
        }
    }
}

impl RawLogEntry<'_> {
    /// As a note: its line, and whatever its channel holds beside it; `field` is where its time stands.
    pub(super) fn read(&self, field: &'static str, context: &Context<'_>, tally: &mut Tally) -> Note {
        let mut parts: Vec<String> = self.summary.as_ref().and_then(Text::non_empty).into_iter().collect();
        for key in ["summary", "details", "notes", "content"] {
            let said = self.channel.as_ref().and_then(|channel| channel.get(key));
            incident_texts::within(said.unwrap_or(&Value::Null), &mut parts);
        }
        if parts.is_empty() {
            parts.extend(self.kind.as_ref().and_then(Text::non_empty));
        }
        // A channel repeats the line of its entry.
        let mut seen = BTreeSet::new();
        parts.retain(|part| seen.insert(part.clone()));
        Note {
            at: context.time(field, self.created_at.as_ref(), tally),
            author: self.agent.as_ref().map(Actor::person),
            text: parts.join("\n"),
        }
    }
}

/// Reads one note.
pub(super) fn note(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawNote<'_> = super::parse(text)?;
    let Some(incident) = context.incident else {
        return Err(Fault::row("the note does not say which incident it belongs to".to_owned()));
    };
    let note = raw.read("created_at", context, tally);
    if note.text.is_empty() {
        return Err(Fault::field("content", "the note says nothing".to_owned()));
    }
    tally.ask(asked::INCIDENT);
    tally.carry(Fact::Notes);
    Ok(vec![remark(incident, Subject::default(), note)])
}

/// Reads one log entry.
pub(super) fn log_entry(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawLogEntry<'_> = super::parse(text)?;
    let subject = raw.incident.as_ref();
    let Some(incident) = subject.and_then(|incident| incident.id.as_ref()?.non_empty()) else {
        return Err(Fault::field("incident", "the log entry does not say which incident it belongs to".to_owned()));
    };
    let note = raw.read("created_at", context, tally);
    tally.ask(asked::INCIDENT);
    tally.carry(Fact::Notes);
    let subject = Subject {
        line: subject.and_then(|incident| incident.summary.as_ref()?.non_empty()),
        url: subject.and_then(|incident| incident.html_url.as_ref()?.non_empty()),
        service: raw.service.as_ref().and_then(|service| service.summary.as_ref()?.non_empty()),
    };
    Ok(vec![remark(&incident, subject, note)])
}

/// What a remark says about its incident beside its id.
#[derive(Default)]
struct Subject {
    /// `[#5521] Checkout 5xx`.
    line: Option<String>,
    url: Option<String>,
    service: Option<String>,
}

fn remark(incident: &str, subject: Subject, note: Note) -> Record {
    let (number, title) = subject.line.as_deref().map_or((None, ""), numbered);
    let mut names = vec![incident.to_uppercase()];
    names.extend(number.iter().flat_map(|number| short_names(number)));
    let notes = vec![note];
    let mentions = Texts { title, notes: &notes, ..Texts::default() }.mentions(&names);
    Record::Incident(Box::new(Incident {
        id: format!("pagerduty:{incident}"),
        source: "pagerduty".to_owned(),
        number: number.map(str::to_owned),
        names,
        title: title.to_owned(),
        body: None,
        url: subject.url,
        service: subject.service,
        status: None,
        severity: None,
        urgency: None,
        opened_at: None,
        resolved_at: None,
        ended: None,
        updated_at: None,
        merged_into: None,
        notes,
        mentions,
    }))
}

/// `[#5521] Checkout 5xx` as number and title.
fn numbered(line: &str) -> (Option<&str>, &str) {
    line.strip_prefix("[#")
        .and_then(|rest| rest.split_once(']'))
        .filter(|(number, _)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or((None, line), |(number, title)| (Some(number), title.trim()))
}

/// The id of an incident in the path of a file, its last part first: `notes-Q1ZK8M0.json`,
/// `Q1ZK8M0/notes.json`. `None` where there is none or a choice.
pub(super) fn incident_in_name(path: &str) -> Option<String> {
    path.rsplit(['/', '\\']).find_map(|part| {
        let mut ids = part.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| is_incident_id(word));
        ids.next().filter(|id| ids.all(|other| other == *id)).map(str::to_owned)
    })
}

/// PagerDuty's ids are 7 to 14 capitals and digits that begin with P or Q.
fn is_incident_id(word: &str) -> bool {
    (7..=14).contains(&word.len())
        && word.starts_with(['P', 'Q'])
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && word.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_may_hold_the_incident() {
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(incident_in_name(path).as_deref(), expected, "{path}");
        };
        check("notes-Q1ZK8M0.json", Some("Q1ZK8M0"));
        check("/exports/PT4KHLK/notes.json", Some("PT4KHLK"));
        check("c:\\exports\\Q3YON0AAF7VWB1_notes.json", Some("Q3YON0AAF7VWB1"));
        check("pd.zip/Q1ZK8M0/Q1ZK8M0.json", Some("Q1ZK8M0"));
        check("Q1ZK8M0-Q1ZK8M1.json", None);
        check("PAGERDUTY-notes.json", None);
        check("notes-q1zk8m0.json", None);
        check("notes.json", None);
    }

    #[test]
    fn the_line_about_an_incident_begins_with_its_number() {
        let check = |line: &str, expected: (Option<&str>, &str)| assert_eq!(numbered(line), expected, "{line}");
        check("[#5521] Checkout 5xx", (Some("5521"), "Checkout 5xx"));
        check("[#x] Checkout", (None, "[#x] Checkout"));
        check("Checkout", (None, "Checkout"));
    }
}
