//! Jira's "Export XML": a feed of issues. Its dates carry their zone, which the CSV of the same list does not.

use super::{
    Context, Fault, SourceEntry, asked, jira_account,
    jira_csv::{self, is_key},
    jira_issue::{Issue, IssueLink},
    tally::Tally,
};
use crate::{
    input::markup::Element,
    table::header::plain,
    value::{html::plain_text, json::Text},
};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{Note, Record},
    source::{Fact, SourceKind},
};

pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::JiraXml,
    title: "Jira issues as XML",
    command: "Filters > Advanced issue search > Export > Export XML",
    facts: &[
        Fact::Author,
        Fact::ImplementationTime,
        Fact::Labels,
        Fact::Text,
        Fact::LinkFields,
        Fact::ChangeType,
        Fact::IncidentTimes,
        Fact::Severity,
        Fact::Notes,
    ],
    cannot_tell: "approvals",
    traps: &[
        "descriptions and comments are HTML within XML",
        "custom fields are known by the names that an administrator gave them",
        "links are listed by type and direction",
        "approvals are a program's own text: unknown",
        "1,000 rows at most",
    ],
};

/// Whether an element is an issue: `rss/channel/item`.
pub(super) fn is_item(around: &[String], name: &str) -> bool {
    name == "item" && around.last().is_some_and(|parent| parent == "channel")
}

/// Why an item is an issue of Jira, as a sentence.
pub(super) fn recognise(item: &Element) -> Option<String> {
    let key = item.said("key").filter(|key| is_key(key))?;
    Some(format!("It is a feed whose items have issue keys such as {key}, as Jira exports XML."))
}

/// Reads one item.
pub(super) fn issue(item: &Element, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let key = item.said("key").unwrap_or_default();
    if !is_key(key) {
        return Err(Fault::field("key", format!("\"{}\" is no issue key such as PLAT-1190", super::shortened(key))));
    }
    tally.ask(asked::CHANGE_REQUEST);
    let text = |name: &str| item.said(name).map(str::to_owned);
    let mut issue = Issue {
        key: key.to_owned(),
        project: item.child("project").and_then(|project| project.attribute("key")).map(str::to_owned),
        url: text("link"),
        summary: text("summary").unwrap_or_default(),
        description: item.said("description").map(plain_text),
        issue_type: text("type"),
        status: text("status"),
        resolution: text("resolution"),
        done: done(item),
        priority: text("priority"),
        labels: item.child("labels").map(|labels| said_by(labels.all("label"))),
        components: said_by(item.all("component")),
        reporter: person(item.child("reporter")),
        assignee: person(item.child("assignee")),
        links: links(item),
        ..Issue::default()
    };
    custom_fields(item, &mut issue, context, tally)?;
    let decisive = issue.is_change_request() || issue.issue_type.as_deref().is_some_and(jira_csv::is_incident);
    let mut when = |field: &'static str, decisive: bool| -> Result<Option<Timestamp>, Fault> {
        let said = item.said(field).map(|said| Text(said.into()));
        if decisive {
            context.needed_time(field, said.as_ref(), tally)
        } else {
            Ok(context.time(field, said.as_ref(), tally))
        }
    };
    issue.created = when("created", decisive)?;
    issue.resolved = when("resolved", decisive)?;
    issue.updated = when("updated", false)?;
    for comment in item.child("comments").into_iter().flat_map(|comments| comments.all("comment")) {
        let said = comment.attribute("created").map(|said| Text(said.into()));
        issue.notes.push(Note {
            at: context.time("comment.created", said.as_ref(), tally),
            author: jira_account::person(comment.attribute("author"), None, false),
            text: comment.own().map(plain_text).unwrap_or_default(),
        });
    }
    Ok(issue.into_records(tally))
}

/// By the status category's key, which no language changes.
fn done(item: &Element) -> Option<bool> {
    let category = item.child("statusCategory").or_else(|| item.child("status")?.child("statusCategory"))?;
    match category.attribute("key")? {
        "done" => Some(true),
        "new" | "indeterminate" => Some(false),
        _ => None,
    }
}

/// Cloud names accounts by an id and writes the name as text, Data Center by a login; `-1` is nobody.
fn person(element: Option<&Element>) -> Option<Person> {
    let element = element?;
    let name = element.own();
    match element.attribute("username").or_else(|| element.attribute("accountid")) {
        Some("-1") => None,
        id => jira_account::person(id, name, false),
    }
}

fn links(item: &Element) -> Vec<IssueLink> {
    let mut found = Vec::new();
    for kind in item.child("issuelinks").into_iter().flat_map(|links| links.all("issuelinktype")) {
        let type_name = kind.said("name").unwrap_or_default();
        for (side, words) in [("inwardlinks", "inward"), ("outwardlinks", "outward")] {
            for listed in kind.all(side) {
                let label =
                    listed.attribute("description").map_or_else(|| format!("{type_name} ({words})"), str::to_owned);
                for key in listed.all("issuelink").filter_map(|link| link.said("issuekey")).filter(|key| is_key(key)) {
                    let to_incident = jira_csv::names_incident(type_name);
                    found.push(IssueLink { key: key.to_owned(), label: label.clone(), to_incident });
                }
            }
        }
    }
    let parent = item.said("parent").filter(|key| is_key(key));
    found.extend(parent.map(|key| IssueLink { key: key.to_owned(), label: "parent".to_owned(), to_incident: false }));
    found
}

fn custom_fields(item: &Element, issue: &mut Issue, context: &Context<'_>, tally: &mut Tally) -> Result<(), Fault> {
    for field in item.child("customfields").into_iter().flat_map(|fields| fields.all("customfield")) {
        let values = field.child("customfieldvalues").map_or_else(Vec::new, |values| {
            values.children.iter().filter_map(Element::own).map(plain_text).collect::<Vec<_>>()
        });
        if let Some(name) = field.said("customfieldname")
            && !values.is_empty()
        {
            issue.fields.add(&plain(name), values.join(", "), context, tally)?;
        }
    }
    Ok(())
}

fn said_by<'e>(elements: impl Iterator<Item = &'e Element>) -> Vec<String> {
    elements.filter_map(|element| Some(element.own()?.to_owned())).collect()
}

#[cfg(test)]
mod tests;
