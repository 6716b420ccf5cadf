//! Issues as tickets; those of the type incident as incidents too.

use super::{
    incident::{mentions, with_incident},
    names::{RawUser, issue_key, person_or_deleted, project_of_address, project_of_reference},
};
use crate::{
    source::{Context, Fault, asked, parse, tally::Tally},
    value::json::{Listed, Named, Said, Text, present, said, written},
};
use change_ledger_model::{
    record::{Record, Ticket},
    source::Fact,
};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawIssue<'a> {
    #[serde(borrow)]
    iid: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    description: Said<Text<'a>>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow)]
    issue_type: Option<Text<'a>>,
    #[serde(borrow)]
    severity: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    updated_at: Option<Text<'a>>,
    #[serde(borrow)]
    closed_at: Option<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    author: Said<RawUser<'a>>,
    #[serde(borrow)]
    assignee: Option<RawUser<'a>>,
    #[serde(borrow)]
    assignees: Option<Listed<RawUser<'a>>>,
    #[serde(borrow, deserialize_with = "present")]
    labels: Said<Listed<Named<'a>>>,
    #[serde(borrow)]
    web_url: Option<Text<'a>>,
    #[serde(borrow)]
    references: Option<RawReferences<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawReferences<'a> {
    #[serde(borrow)]
    full: Option<Text<'a>>,
}

impl RawIssue<'_> {
    fn project(&self) -> Option<String> {
        let referred =
            self.references.as_ref().and_then(|references| project_of_reference(references.full.as_ref()?.as_str()));
        referred.or_else(|| project_of_address(self.web_url.as_ref()?.as_str()))
    }
}

/// The project that an issue names by itself; a fault when it cannot be read at all.
pub(in crate::source) fn project_in(text: &str) -> Result<Option<String>, Fault> {
    parse::<RawIssue<'_>>(text).map(|raw| raw.project())
}

/// Reads one issue.
pub(in crate::source) fn issue(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawIssue<'_> = parse(text)?;
    let Some(number) = raw.iid.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("iid", "the issue has no iid, the number that people write".to_owned()));
    };
    let project = context.repository(raw.project())?;
    let key = issue_key(&project, &number);
    let kind = raw.issue_type.as_ref().and_then(Text::non_empty);
    let is_incident = kind.as_deref() == Some("incident");
    let opened_at = if is_incident {
        context.needed_time("created_at", raw.created_at.as_ref(), tally)?
    } else {
        context.time("created_at", raw.created_at.as_ref(), tally)
    };
    let labels: Option<Vec<String>> =
        said(&raw.labels).map(|listed| listed.items.iter().filter_map(|label| label.0.as_ref()?.non_empty()).collect());
    tally.ask(asked::ISSUE);
    tally.carry_if(raw.author.is_some(), Fact::Author);
    tally.carry_if(labels.is_some(), Fact::Labels);
    tally.carry_if(raw.description.is_some(), Fact::Text);

    let title = raw.title.as_ref().map_or("", Text::as_str).to_owned();
    let body = written(&raw.description);
    let mentions = mentions(&title, body.as_deref(), labels.as_deref().unwrap_or_default(), &project, &key);
    let status = raw.state.as_ref().and_then(Text::non_empty);
    let assignee = raw.assignees.as_ref().and_then(|listed| listed.items.first()).or(raw.assignee.as_ref());
    let ticket = Ticket {
        id: format!("gitlab-issue:{key}"),
        source: "gitlab".to_owned(),
        key,
        title,
        body,
        url: raw.web_url.as_ref().and_then(Text::non_empty),
        ticket_type: kind,
        change_type: None,
        reason: None,
        done: status.as_deref().map(|status| status.eq_ignore_ascii_case("closed")),
        status,
        priority: None,
        labels,
        reporter: raw.author.as_ref().map(|author| person_or_deleted(author.as_ref())),
        assignee: assignee.map(RawUser::person),
        opened_at,
        resolved_at: context.time("closed_at", raw.closed_at.as_ref(), tally),
        work_start: None,
        work_end: None,
        updated_at: context.time("updated_at", raw.updated_at.as_ref(), tally),
        notes: Vec::new(),
        mentions,
        is_change_request: false,
        project,
    };
    if !is_incident {
        return Ok(vec![Record::Ticket(Box::new(ticket))]);
    }
    tally.ask(&[Fact::IncidentTimes, Fact::Severity]);
    tally.carry_if(opened_at.is_some(), Fact::IncidentTimes);
    // GitLab writes UNKNOWN where nobody chose a severity.
    let severity = raw.severity.as_ref().and_then(Text::non_empty).filter(|severity| severity != "UNKNOWN");
    tally.carry_if(severity.is_some(), Fact::Severity);
    Ok(with_incident(ticket, number, severity))
}
