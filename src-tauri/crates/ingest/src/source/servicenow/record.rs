//! What a row of ServiceNow says, whatever the format that it came in.

use super::{Fields, approvals, change_state, incident_state, journal};
use crate::{
    mention,
    source::{
        jira_issue::change_of,
        plan::{self, Plan},
    },
};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{FoundIn, Incident, Mention, MentionKind, Note, Record, Review, Ticket, Verdict},
};

/// Fields that hold a plan.
const PLANS: [(&str, Plan); 3] =
    [("implementation_plan", Plan::Implementation), ("backout_plan", Plan::Backout), ("test_plan", Plan::Test)];

/// Fields of which the text of a ticket is made.
const TEXTS: [&str; 6] =
    ["description", "justification", "u_reason", "implementation_plan", "backout_plan", "test_plan"];

/// The table that a row is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Change,
    Incident,
    Problem,
    Task,
    Approval,
}

impl Table {
    /// By the name that ServiceNow gives it, or by its label.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name.to_lowercase().replace(' ', "_").as_str() {
            "change_request" | "change_request_list" => Some(Self::Change),
            "incident" => Some(Self::Incident),
            "problem" => Some(Self::Problem),
            "change_task" => Some(Self::Task),
            "sysapproval_approver" | "approval" => Some(Self::Approval),
            _ => None,
        }
    }

    /// By what a row says itself: its class, its number, its fields.
    fn of<F: Fields>(row: &F) -> Option<Self> {
        let class = row.stored("sys_class_name").and_then(|class| Self::named(&class));
        if class.is_some() {
            return class;
        }
        if row.has("sysapproval") && row.has("approver") {
            return Some(Self::Approval);
        }
        let number = row.text("number").unwrap_or_default().to_uppercase();
        let by_number = [("CTASK", Self::Task), ("CHG", Self::Change), ("INC", Self::Incident), ("PRB", Self::Problem)]
            .into_iter()
            .find(|(letters, _)| number.starts_with(letters))
            .map(|(_, table)| table);
        by_number.or_else(|| {
            let has_any = |names: &[&str]| names.iter().any(|name| row.has(name));
            if has_any(&["caller_id", "incident_state", "caused_by"]) {
                Some(Self::Incident)
            } else if has_any(&["known_error"]) {
                Some(Self::Problem)
            } else if has_any(&["change_task_type"]) || (row.has("change_request") && !row.has("type")) {
                Some(Self::Task)
            } else {
                has_any(&["work_start", "work_end", "cab_required", "chg_model", "unauthorized"])
                    .then_some(Self::Change)
            }
        })
    }
}

/// The records of a row. `table` is known where the format names it.
pub(super) fn records<F: Fields>(row: &mut F, table: Option<Table>) -> Result<Vec<Record>, F::Fault> {
    let Some(table) = table.or_else(|| Table::of(row)) else {
        let reason = "neither the number nor the columns tell whether this is a change, an incident or a problem";
        return Err(row.fault("number", reason.to_owned()));
    };
    match table {
        Table::Change => change(row),
        Table::Incident => incident(row).map(|incident| vec![Record::Incident(Box::new(incident))]),
        Table::Problem => {
            let ticket = ticket(row, "Problem", &[("rfc", MentionKind::ChangeRequest)])?;
            Ok(vec![Record::Ticket(Box::new(ticket))])
        }
        Table::Task => task(row),
        Table::Approval => approval(row),
    }
}

/// A change request: a ticket, and its reviews where the row carries its approval history.
fn change<F: Fields>(row: &mut F) -> Result<Vec<Record>, F::Fault> {
    let mut ticket = ticket(row, "Change request", &[("problem_id", MentionKind::Problem)])?;
    ticket.is_change_request = true;
    ticket.change_type = row.text("type");
    ticket.labels = row
        .stored("unauthorized")
        .map(|said| if is_true(&said) { vec!["unauthorized".to_owned()] } else { Vec::new() });
    ticket.reason = match (row.text("reason"), row.text("justification")) {
        (Some(reason), Some(why)) => Some(format!("{reason}: {why}")),
        (reason, why) => reason.or(why),
    };
    ticket.work_start = row.time("work_start", true)?;
    ticket.work_end = row.time("work_end", true)?;
    let state = change_state::read(row);
    if state.called_off && ticket.work_end.is_some() {
        row.called_off_though_implemented();
    }
    ticket.done = state.done.or(ticket.done);
    ticket.status = state.word.or(ticket.status);
    let reviews = approvals::reviews(row, &ticket.id);
    let mut doers: Vec<Person> =
        ["opened_by", "assigned_to"].iter().filter_map(|field| person(row, &[field])).collect();
    doers.dedup();
    let change = change_of(&ticket, reviews, doers);
    Ok(vec![Record::Ticket(Box::new(ticket)), Record::Change(Box::new(change))])
}

/// A person by their full name. Lists add the login in brackets, journals and other formats of the same instance do
/// not have it: with it, an approval of one's own would look like somebody else's.
pub(super) fn person_of(said: &str) -> Person {
    let name = said.strip_suffix(')').and_then(|said| said.rsplit_once(" (")).map_or(said, |(name, _)| name);
    Person::named(name, None, false)
}

/// What a change, a problem and a task have in common; `links` are fields that name other records.
fn ticket<F: Fields>(row: &mut F, table: &str, links: &[(&'static str, MentionKind)]) -> Result<Ticket, F::Fault> {
    let key = number(row)?;
    let opened = row.time("opened_at", true)?;
    let closed = row.time("closed_at", true)?;
    let notes = notes(row);
    let service = row.text("business_service").or_else(|| row.text("cmdb_ci"));
    Ok(Ticket {
        id: format!("servicenow:{key}"),
        source: "servicenow".to_owned(),
        project: service.unwrap_or_else(|| "ServiceNow".to_owned()),
        title: row.text("short_description").unwrap_or_default(),
        body: body(row),
        url: None,
        ticket_type: Some(table.to_owned()),
        change_type: None,
        reason: None,
        status: row.text("state"),
        done: closed.map(|_| true),
        priority: row.text("priority"),
        labels: None,
        reporter: person(row, &["requested_by", "opened_by", "sys_created_by"]),
        assignee: person(row, &["assigned_to"]),
        opened_at: match opened {
            Some(at) => Some(at),
            None => row.time("sys_created_on", false)?,
        },
        resolved_at: closed,
        work_start: None,
        work_end: None,
        updated_at: row.time("sys_updated_on", false)?,
        mentions: mentions(row, links, &notes, &[key.as_str()]),
        notes,
        is_change_request: false,
        key,
    })
}

/// A task of a change. A finished review after the implementation is a review of the change.
fn task<F: Fields>(row: &mut F) -> Result<Vec<Record>, F::Fault> {
    let ticket = ticket(row, "Change task", &[("change_request", MentionKind::ChangeRequest)])?;
    let change = row.text("change_request").or_else(|| row.text("parent")).filter(|number| !is_internal_id(number));
    let named = format!("{} {}", row.text("change_task_type").unwrap_or_default(), ticket.title).to_lowercase();
    let is_review =
        ["post implementation review", "post-implementation review"].iter().any(|words| named.contains(words));
    let state = row.text("state").unwrap_or_default().to_lowercase();
    let complete = matches!(state.as_str(), "3" | "closed" | "closed complete" | "completed" | "complete");
    let by = person(row, &["closed_by", "assigned_to"]);
    let review = match (change, by, ticket.resolved_at) {
        (Some(change), Some(reviewer), Some(at)) if is_review && complete => Some(Review {
            change: format!("servicenow:{}", change.to_uppercase()),
            source_id: Some(ticket.key.clone()),
            reviewer,
            verdict: Verdict::Approved,
            submitted_at: Some(at),
            commit: None,
            url: None,
        }),
        _ => None,
    };
    let mut records = vec![Record::Ticket(Box::new(ticket))];
    records.extend(review.map(|review| Record::Review(Box::new(review))));
    Ok(records)
}

/// One person's answer to the request for an approval. Those who have not answered are no reviewers, and what
/// else than changes can be approved is none of ours.
fn approval<F: Fields>(row: &mut F) -> Result<Vec<Record>, F::Fault> {
    let state = row.stored("state").unwrap_or_default().to_lowercase();
    let verdict = match state.as_str() {
        "approved" => Verdict::Approved,
        "rejected" => Verdict::ChangesRequested,
        "" | "requested" | "not requested" | "not_requested" | "not required" | "not_required"
        | "no longer required" | "cancelled" | "canceled" | "duplicate" | "not yet requested" => return Ok(Vec::new()),
        _ => return Err(row.fault("state", format!("\"{state}\" is no state of an approval"))),
    };
    let Some(change) = row.text("sysapproval") else {
        return Err(row.fault("sysapproval", "the approval does not say what it is for".to_owned()));
    };
    if is_internal_id(&change) {
        let reason = "the approval names its change by an internal id only; export it with display values".to_owned();
        return Err(row.fault("sysapproval", reason));
    }
    let change = change.split([' ', ':']).next().unwrap_or_default().to_uppercase();
    if ["RITM", "REQ", "SCTASK", "KB", "INC", "PRB", "TASK"].iter().any(|letters| change.starts_with(letters)) {
        return Ok(Vec::new());
    }
    let Some(approver) = row.text("approver") else {
        return Err(row.fault("approver", "the approval does not say whose it is".to_owned()));
    };
    let review = Review {
        change: format!("servicenow:{change}"),
        source_id: row.stored("sys_id"),
        reviewer: person_of(&approver),
        verdict,
        submitted_at: row.time("sys_updated_on", true)?,
        commit: None,
        url: None,
    };
    Ok(vec![Record::Review(Box::new(review))])
}

fn incident<F: Fields>(row: &mut F) -> Result<Incident, F::Fault> {
    let number = number(row)?;
    let opened = row.time("opened_at", true)?;
    let resolved = row.time("resolved_at", true)?;
    let closed = row.time("closed_at", true)?;
    let notes = notes(row);
    let status = row.text("incident_state").or_else(|| row.text("state"));
    // The heading of rfc is "Change Request", as that of a task's own field.
    let fixed_by = if row.has("rfc") { "rfc" } else { "change_request" };
    let links = [
        (fixed_by, MentionKind::ChangeRequest),
        ("caused_by", MentionKind::ChangeRequest),
        ("problem_id", MentionKind::Problem),
        ("parent_incident", MentionKind::Incident),
    ];
    Ok(Incident {
        id: format!("servicenow:{number}"),
        source: "servicenow".to_owned(),
        names: vec![number.clone()],
        title: row.text("short_description").unwrap_or_default(),
        body: body(row),
        url: None,
        service: row.text("business_service").or_else(|| row.text("cmdb_ci")),
        ended: status.as_deref().and_then(incident_state::has_ended),
        status,
        severity: row
            .text("priority")
            .map(|said| level("P", said))
            .or_else(|| row.text("severity").map(|said| level("SEV", said))),
        urgency: row.text("urgency"),
        opened_at: match opened {
            Some(at) => Some(at),
            None => row.time("sys_created_on", true)?,
        },
        resolved_at: resolved.or(closed),
        updated_at: row.time("sys_updated_on", false)?,
        merged_into: None,
        mentions: mentions(row, &links, &notes, &[number.as_str()]),
        notes,
        number: Some(number),
    })
}

/// The number of a row. One that does not end in a digit is none: lists end with rows that sum up.
fn number<F: Fields>(row: &F) -> Result<String, F::Fault> {
    let Some(number) = row.text("number").map(|number| number.to_uppercase()) else {
        return Err(row.fault("number", "the row has no number".to_owned()));
    };
    if !number.ends_with(|c: char| c.is_ascii_digit()) {
        let shown: String = number.chars().take(60).collect();
        return Err(row.fault("number", format!("\"{shown}\" is no number such as CHG0041877")));
    }
    Ok(number)
}

/// `1 - Critical`, `1 - Kritisch` and a stored `1` are all `P1`: the words are those of a language, the digit is not.
fn level(letters: &str, said: String) -> String {
    let mut parts = said.splitn(2, " - ");
    match parts.next().map(str::trim) {
        Some(digit) if digit.len() == 1 && digit.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{letters}{digit}")
        }
        _ => said,
    }
}

fn person<F: Fields>(row: &F, fields: &[&str]) -> Option<Person> {
    fields.iter().find_map(|field| row.text(field)).map(|name| person_of(&name))
}

/// Every longer text of a record but its journals; `None` when the file has none of their fields. What is no description stands
/// under the heading of its field.
fn body<F: Fields>(row: &F) -> Option<String> {
    let heading = |field: &str, heading: &str| row.text(field).map(|text| plan::headed(heading, &text));
    let plans = PLANS.iter().filter_map(|(field, plan)| Some(plan.under_heading(&row.text(field)?)));
    let reasons = [heading("justification", "Justification"), heading("u_reason", "Reason")];
    let has_field = TEXTS.iter().any(|field| row.has(field));
    let description = has_field.then(|| row.text("description").unwrap_or_default());
    plan::body(description, reasons.into_iter().flatten().chain(plans))
}

/// Entries of the journals, and the remarks that are one text each.
fn notes<F: Fields>(row: &mut F) -> Vec<Note> {
    const JOURNALS: [&str; 4] = ["comments_and_work_notes", "work_notes", "comments", "additional_comments"];
    let mut notes: Vec<Note> = Vec::new();
    for field in JOURNALS {
        let Some(journal) = row.text(field) else { continue };
        let entries = journal::entries(&journal);
        if entries.is_empty() {
            notes.push(Note { at: None, author: None, text: journal });
            continue;
        }
        for entry in entries {
            let at = row.journal_time(entry.at);
            if notes.iter().all(|note| (note.at, note.text.as_str()) != (at, entry.text)) {
                notes.push(Note { at, author: Some(person_of(entry.author)), text: entry.text.to_owned() });
            }
        }
    }
    let remarks = ["close_notes", "review_comments"].into_iter().filter_map(|field| row.text(field));
    notes.extend(remarks.map(|text| Note { at: None, author: None, text }));
    notes
}

fn mentions<F: Fields>(row: &F, links: &[(&'static str, MentionKind)], notes: &[Note], own: &[&str]) -> Vec<Mention> {
    let mut found = Vec::new();
    let parent = ("parent", MentionKind::TicketKey);
    for (field, otherwise) in links.iter().copied().chain([parent]) {
        let Some(said) = row.text(field).filter(|said| !is_internal_id(said)) else { continue };
        let mut named = Vec::new();
        mention::in_text(&said, FoundIn::LinkField, None, &mut named);
        if named.is_empty() {
            named.push(Mention {
                kind: otherwise,
                name: said.to_uppercase(),
                found_in: FoundIn::LinkField,
                text: said,
            });
        }
        // The field says what the link means: one of them fixes an incident, another caused it.
        named.iter_mut().for_each(|mention| mention.text = field.to_owned());
        found.append(&mut named);
    }
    let mut search = |text: &str, found_in: FoundIn| mention::in_text(text, found_in, None, &mut found);
    row.text("short_description").iter().for_each(|text| search(text, FoundIn::Title));
    for field in TEXTS.into_iter().chain(["correlation_id", "correlation_display"]) {
        row.text(field).iter().for_each(|text| search(text, FoundIn::Body));
    }
    notes.iter().for_each(|note| search(&note.text, FoundIn::Note));
    own.iter().for_each(|own| mention::settle(&mut found, Some(own)));
    found
}

/// ServiceNow's name for a record within itself: 32 hexadecimal digits that nobody writes.
fn is_internal_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_true(said: &str) -> bool {
    matches!(said.to_lowercase().as_str(), "true" | "yes" | "1")
}

/// Reads a stored time, which is UTC without saying so.
pub(super) fn stored_time(text: &str) -> Result<Option<Timestamp>, crate::value::local_time::LocalTimeError> {
    Ok(crate::value::time::read(text, chrono_tz::Tz::UTC)?.map(|read| read.at))
}
