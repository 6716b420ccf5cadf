//! Tickets as Jira Cloud's REST interface answers a search in version 3: texts as documents, names of custom fields beside.
//! Shape: <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/>.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::calendar::jira_rest_date;
use crate::chance::mixed;
use crate::company::ORGANISATION;
use crate::company::people::Person;
use crate::story::Story;
use crate::text::statements::Comment;
use crate::text::tickets::Ticket;
use crate::write::rows;

const BEFORE: &str = "{\"expand\":\"names,schema\",\"names\":{\"summary\":\"Summary\",\"customfield_10005\":\"Change type\",\
    \"customfield_10007\":\"Change reason\",\"customfield_10008\":\"Change risk\"},\"issues\":[";

/// Writes the ticket file.
pub(crate) fn write(story: &Story, out: &mut impl Write) -> io::Result<()> {
    rows::list(out, (BEFORE, "],\"isLast\":true}\n"), Ticket::all(story).map(|(_, ticket)| row(&ticket)))
}

fn row(ticket: &Ticket) -> Value {
    let number = ticket.key.bytes().fold(7_u64, |sum, byte| mixed(sum, u64::from(byte))) % 90_000_007;
    let id = (10_000 + number).to_string();
    let (key, name) = ticket.project;
    let is_done = ticket.resolved.is_some();
    let choice = |value: &str| (!value.is_empty()).then(|| json!({"value": value, "id": "10100"}));
    let comments: Vec<Value> = ticket.comments.iter().map(comment).collect();
    json!({
        "id": id,
        "key": ticket.key,
        "self": format!("https://{ORGANISATION}.atlassian.net/rest/api/3/issue/{id}"),
        "fields": {
            "summary": ticket.summary,
            "project": {"key": key, "name": name},
            "issuetype": {"name": ticket.issue_type, "subtask": false},
            "status": {
                "name": if is_done { "Done" } else { "In Progress" },
                "statusCategory": {"key": if is_done { "done" } else { "indeterminate" }},
            },
            "priority": {"name": ticket.priority},
            "labels": ticket.labels,
            "components": [],
            "assignee": account(ticket.assignee),
            "reporter": account(ticket.reporter),
            "creator": account(ticket.reporter),
            "created": jira_rest_date(ticket.created),
            "updated": jira_rest_date(ticket.updated),
            "resolutiondate": ticket.resolved.map(jira_rest_date),
            "resolution": is_done.then(|| json!({"name": "Done"})),
            "description": document(&ticket.description),
            "issuelinks": [],
            "comment": {"comments": comments, "total": comments.len(), "maxResults": comments.len()},
            "customfield_10005": choice(ticket.change_type),
            "customfield_10007": (!ticket.change_reason.is_empty()).then(|| document(&ticket.change_reason)),
            "customfield_10008": choice(ticket.change_risk),
        },
    })
}

fn account(person: Person) -> Value {
    json!({
        "accountId": person.jira_account(),
        "displayName": person.name(),
        "active": true,
        "accountType": "atlassian",
    })
}

fn comment(comment: &Comment) -> Value {
    json!({
        "author": account(comment.by),
        "created": jira_rest_date(comment.at),
        "updated": jira_rest_date(comment.at),
        "body": document(&comment.text),
    })
}

/// A text in Atlassian's document format, one paragraph for each line; a web address is a card.
fn document(text: &str) -> Value {
    let paragraphs: Vec<Value> =
        text.lines().map(|line| json!({"type": "paragraph", "content": inline(line)})).collect();
    json!({"type": "doc", "version": 1, "content": paragraphs})
}

fn inline(line: &str) -> Vec<Value> {
    let written = |text: &str| (!text.is_empty()).then(|| json!({"type": "text", "text": text}));
    let Some((before, rest)) = line.split_once("https://") else {
        return written(line).into_iter().collect();
    };
    let (path, after) = rest.split_once(' ').map_or((rest, String::new()), |(path, after)| (path, format!(" {after}")));
    let card = json!({"type": "inlineCard", "attrs": {"url": format!("https://{path}")}});
    written(before).into_iter().chain([card]).chain(written(&after)).collect()
}
