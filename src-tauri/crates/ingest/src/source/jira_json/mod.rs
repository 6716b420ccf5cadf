//! Jira's REST interface, versions 2 and 3, Cloud and Data Center; requests of Jira Service Management
//! carry their approvals in a field.

mod adf;
pub(super) mod approval;
mod passage;

use super::{
    Context, Fault, SourceEntry, asked, jira_account,
    jira_csv::{self, is_key},
    jira_issue::{Decision, Issue, IssueLink},
    tally::Tally,
};
use crate::{input::framing::Rules, value::json::Text};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{Note, Record, Verdict},
    source::{Fact, SourceKind},
};
use passage::{Move, Passage};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::JiraJson,
    title: "Jira issues from the REST interface",
    command: "curl -u NAME:TOKEN \"https://SITE.atlassian.net/rest/api/3/search/jql?jql=project=CHM&fields=*all&expand=changelog,names&maxResults=100\" > issues.json",
    facts: &[
        Fact::Author,
        Fact::ImplementationTime,
        Fact::Approver,
        Fact::ApprovalTime,
        Fact::Labels,
        Fact::Text,
        Fact::LinkFields,
        Fact::ChangeType,
        Fact::IncidentTimes,
        Fact::Severity,
        Fact::Notes,
    ],
    cannot_tell: "approvals of other projects, unless the history shows who let a change pass; who approved when, where several did",
    traps: &[
        "Cloud answers ids only unless fields are asked for",
        "fields have numbers for names unless names are expanded",
        "texts are documents in version 3 and wiki markup in version 2",
        "an approval is dated as a whole, not per approver",
        "the history of a Cloud issue is cut at 100 entries",
        "other people may be named in link cards only",
    ],
};

pub(crate) const APPROVALS_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::JsmApprovals,
    title: "Approvals of a Jira Service Management request",
    command: "curl -u NAME:TOKEN \"https://SITE.atlassian.net/rest/servicedeskapi/request/CHM-91/approval\" > approvals.json",
    facts: asked::APPROVAL,
    cannot_tell: "the ticket itself",
    traps: &[
        "the request is named only in each approval's own address",
        "one time of completion for all approvers",
        "approvers who have not decided are no reviewers",
    ],
};

/// How issues are framed: `{"issues":[…]}` in one or more pages, or bare.
pub(crate) const ISSUES: Rules = Rules {
    lists: &["issues", "values", "data", "items", "results"],
    via: &["data", "issue"],
    marks: &["fields", "key"],
    context: &["names", "isLast", "nextPageToken"],
};

/// How approvals are framed: `{"values":[…]}`, or bare.
pub(crate) const APPROVALS: Rules = Rules {
    lists: &["values", "approvals", "data", "items"],
    via: &["data"],
    marks: &["finalDecision", "approvers", "canAnswerApproval"],
    context: &[],
};

/// Entries of its history that an issue of Jira Cloud lists at most, newest first.
const HISTORY_PAGE: usize = 100;

#[derive(Deserialize)]
struct RawIssue {
    key: Option<String>,
    #[serde(rename = "self")]
    address: Option<String>,
    fields: Option<Map<String, Value>>,
    #[serde(default)]
    names: BTreeMap<String, String>,
    #[serde(default)]
    changelog: Option<RawChangelog>,
}

#[derive(Deserialize)]
struct RawChangelog {
    /// Entries that there are, listed or not.
    total: Option<usize>,
    #[serde(default)]
    histories: Vec<RawHistory>,
}

impl RawChangelog {
    /// Whether older entries are missing, or may be because as many are listed as ever are.
    fn is_cut(&self) -> bool {
        self.total.map_or(self.histories.len() == HISTORY_PAGE, |total| total > self.histories.len())
    }
}

#[derive(Deserialize)]
struct RawHistory {
    #[serde(default)]
    author: Value,
    created: Option<String>,
    #[serde(default)]
    items: Vec<RawItem>,
}

/// One field that changed. The key of its new value is the name of a method that every object of some
/// languages has; here it is a key like any other.
#[derive(Deserialize)]
struct RawItem {
    #[serde(default)]
    field: String,
    #[serde(rename = "fromString")]
    from: Option<String>,
    #[serde(rename = "toString")]
    to: Option<String>,
}

/// Reads one issue.
pub(super) fn issue(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawIssue = super::parse(text)?;
    let key = raw.key.as_deref().unwrap_or_default();
    if !is_key(key) {
        return Err(Fault::field("key", format!("\"{}\" is no issue key such as PLAT-1190", super::shortened(key))));
    }
    let Some(fields) = &raw.fields else {
        let reason = "the issue has no fields; export it again with fields=*all".to_owned();
        return Err(Fault::field("fields", reason));
    };
    tally.ask(asked::CHANGE_REQUEST);
    let mut issue = Reading { fields, names: &raw.names, context, tally }.issue(key)?;
    issue.url = raw.address.as_deref().and_then(|address| page_of(address, key));
    if issue.is_change_request() && issue.decisions.is_none() {
        issue.decisions = raw.changelog.as_ref().and_then(|log| decisions_of(log, context, tally));
        issue.decisions_are_cut = raw.changelog.as_ref().is_some_and(RawChangelog::is_cut);
        tally.reviews_cut += u64::from(issue.decisions.is_some() && issue.decisions_are_cut);
    }
    Ok(issue.into_records(tally))
}

/// An issue's fields, and what they are read with.
struct Reading<'r, 'c> {
    fields: &'r Map<String, Value>,
    /// Names of the custom fields that came with the issue itself.
    names: &'r BTreeMap<String, String>,
    context: &'r Context<'c>,
    tally: &'r mut Tally,
}

impl Reading<'_, '_> {
    fn issue(&mut self, key: &str) -> Result<Issue, Fault> {
        let issue_type = self.name("issuetype");
        let mut issue = Issue {
            key: key.to_owned(),
            project: self.fields.get("project").and_then(|project| text_at(project, "key")),
            summary: self.text("summary").unwrap_or_default(),
            description: self.text("description"),
            status: self.name("status"),
            resolution: self.name("resolution"),
            done: self.done(),
            priority: self.name("priority"),
            labels: self.fields.get("labels").map(texts_in),
            components: names_in(self.fields.get("components")),
            reporter: self.person("reporter").or_else(|| self.person("creator")),
            assignee: self.person("assignee"),
            links: self.links(),
            notes: self.comments(),
            issue_type,
            ..Issue::default()
        };
        issue.fields.others.extend(self.text("environment"));
        self.custom_fields(&mut issue)?;
        let decisive = issue.is_change_request() || issue.issue_type.as_deref().is_some_and(jira_csv::is_incident);
        issue.created = self.time("created", decisive)?;
        issue.resolved = self.time("resolutiondate", decisive)?;
        issue.updated = self.time("updated", false)?;
        issue.decisions = self.decisions(issue.fields.work_end.or(issue.resolved))?;
        Ok(issue)
    }

    fn text(&self, field: &str) -> Option<String> {
        self.fields.get(field).and_then(adf::text)
    }

    fn name(&self, field: &str) -> Option<String> {
        self.fields.get(field).and_then(|value| text_at(value, "name"))
    }

    /// By the category's key, which no language changes.
    fn done(&self) -> Option<bool> {
        let category = self.fields.get("status")?.get("statusCategory")?;
        match category.get("key")?.as_str()? {
            "done" => Some(true),
            "new" | "indeterminate" => Some(false),
            _ => None,
        }
    }

    fn person(&self, field: &str) -> Option<Person> {
        self.fields.get(field).filter(|value| value.is_object()).map(person_of)
    }

    fn time(&mut self, field: &'static str, decisive: bool) -> Result<Option<Timestamp>, Fault> {
        let said = self.fields.get(field).and_then(Value::as_str).map(|said| Text(said.into()));
        if decisive {
            self.context.needed_time(field, said.as_ref(), self.tally)
        } else {
            Ok(self.context.time(field, said.as_ref(), self.tally))
        }
    }

    /// Links name the other issue on one side only, and the direction by which side that is.
    fn links(&self) -> Vec<IssueLink> {
        let listed = self.fields.get("issuelinks").and_then(Value::as_array);
        let mut links: Vec<IssueLink> = listed.into_iter().flatten().filter_map(link_of).collect();
        links.extend(self.fields.get("parent").and_then(|parent| text_at(parent, "key")).map(|key| IssueLink {
            key,
            label: "parent".to_owned(),
            to_incident: false,
        }));
        links
    }

    fn comments(&mut self) -> Vec<Note> {
        let listed = self.fields.get("comment").and_then(|field| field.get("comments").or(Some(field)));
        let mut notes = Vec::new();
        for comment in listed.and_then(Value::as_array).into_iter().flatten() {
            let said = comment.get("created").and_then(Value::as_str).map(|said| Text(said.into()));
            notes.push(Note {
                at: self.context.time("comment.created", said.as_ref(), self.tally),
                author: comment.get("author").filter(|author| author.is_object()).map(person_of),
                text: comment.get("body").and_then(adf::text).unwrap_or_default(),
            });
        }
        notes
    }

    fn field_name(&self, id: &str) -> Option<String> {
        self.names.get(id).or_else(|| self.context.names.get(id)).map(|name| plain(name))
    }

    /// Every decision in the fields that list approvals; `None` when the issue has no such field.
    fn decisions(&mut self, implemented: Option<Timestamp>) -> Result<Option<Vec<Decision>>, Fault> {
        let mut found: Option<Vec<Decision>> = None;
        for (id, value) in self.fields.iter().filter(|(id, _)| id.starts_with("customfield_")) {
            if is_approvals(self.field_name(id).as_deref(), value) {
                found.get_or_insert_default().extend(approval::decisions(
                    value,
                    implemented,
                    self.context,
                    self.tally,
                )?);
            }
        }
        Ok(found)
    }

    /// Custom fields by their names; without names, those whose values leave no doubt.
    fn custom_fields(&mut self, issue: &mut Issue) -> Result<(), Fault> {
        let fields = self.fields;
        for (id, value) in fields.iter().filter(|(id, value)| id.starts_with("customfield_") && !value.is_null()) {
            let name = self.field_name(id);
            if is_approvals(name.as_deref(), value) {
                continue;
            }
            let Some(said) = said(value) else { continue };
            match name {
                Some(name) => issue.fields.add(&name, said, self.context, self.tally)?,
                None if issue.is_change_request() && is_change_type(value, &said) => {
                    issue.fields.change_type.get_or_insert(said);
                }
                None => issue.fields.others.push(said),
            }
        }
        Ok(())
    }
}

/// Whether a field lists approvals; an empty list does so only under a name that says it.
fn is_approvals(name: Option<&str>, value: &Value) -> bool {
    approval::is_list(value) || (name == Some("approvals") && value.is_array())
}

/// Whether an unnamed choice of a change is its type: no other field of changes has these choices.
fn is_change_type(value: &Value, said: &str) -> bool {
    value.get("value").is_some() && matches!(said.to_lowercase().as_str(), "emergency" | "normal" | "standard")
}

fn plain(name: &str) -> String {
    crate::table::header::plain(name)
}

/// What a field of any shape says: a text, a document, a choice, a number, a list of those.
fn said(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => ["value", "name", "displayName"]
            .into_iter()
            .find_map(|key| object.get(key).and_then(adf::text))
            .or_else(|| adf::text(value)),
        Value::Array(list) => {
            let said: Vec<String> = list.iter().filter_map(said).collect();
            (!said.is_empty()).then(|| said.join(", "))
        }
        _ => adf::text(value),
    }
}

fn text_at(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(adf::text)
}

fn texts_in(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(adf::text).collect()
}

fn names_in(list: Option<&Value>) -> Vec<String> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(|item| text_at(item, "name")).collect()
}

fn link_of(link: &Value) -> Option<IssueLink> {
    let kind = link.get("type");
    let (side, words) = match (link.get("inwardIssue"), link.get("outwardIssue")) {
        (Some(other), _) => (other, "inward"),
        (None, Some(other)) => (other, "outward"),
        (None, None) => return None,
    };
    let key = text_at(side, "key").filter(|key| is_key(key))?;
    let type_name = kind.and_then(|kind| text_at(kind, "name")).unwrap_or_default();
    let other_type =
        side.get("fields").and_then(|fields| fields.get("issuetype")).and_then(|kind| text_at(kind, "name"));
    Some(IssueLink {
        key,
        label: kind.and_then(|kind| text_at(kind, words)).unwrap_or_else(|| format!("{type_name} ({words})")),
        to_incident: jira_csv::names_incident(&type_name) || other_type.as_deref().is_some_and(jira_csv::is_incident),
    })
}

/// An account: of Cloud by its id, of Data Center by its login, which its tables and its XML have as well.
fn person_of(account: &Value) -> Person {
    let id = ["accountId", "name", "key"].iter().find_map(|field| text_at(account, field));
    let is_app = account.get("accountType").and_then(Value::as_str) == Some("app");
    jira_account::person(id.as_deref(), text_at(account, "displayName").as_deref(), is_app)
        .unwrap_or_else(Person::deleted)
}

/// The page of an issue, by the address of its data.
fn page_of(address: &str, key: &str) -> Option<String> {
    let (site, _) = address.split_once("/rest/")?;
    site.starts_with("http").then(|| format!("{site}/browse/{key}"))
}

/// Who let an issue pass its approval, by its history; `None` when that does not tell whether anybody approved.
fn decisions_of(log: &RawChangelog, context: &Context<'_>, tally: &mut Tally) -> Option<Vec<Decision>> {
    let mut found = Vec::new();
    let mut unclear = false;
    for history in &log.histories {
        let said = history.created.as_deref().map(|said| Text(said.into()));
        let at = context.time("changelog.created", said.as_ref(), tally);
        for item in history.items.iter().filter(|item| item.field == "status") {
            let (from, to) = (item.from.as_deref().unwrap_or_default(), item.to.as_deref().unwrap_or_default());
            match passage::of_move(&Move { by: &history.author, from, to, at }) {
                Some(Passage::Decided(decision)) => found.push(decision),
                Some(Passage::Unclear) => unclear = true,
                None => {}
            }
        }
    }
    // An approval may stand among the entries that are missing.
    unclear |= log.is_cut();
    let approved = found.iter().any(|decision| decision.verdict == Verdict::Approved);
    (approved || (!found.is_empty() && !unclear)).then_some(found)
}

#[cfg(test)]
mod tests;
