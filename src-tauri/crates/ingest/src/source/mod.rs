//! The kinds of export, one file or folder each.

mod asked;
mod azure_repos;
mod bitbucket;
pub(crate) mod called_off;
mod catalogue;
mod change_text;
pub(crate) mod code_hosts;
pub(crate) mod firehydrant;
pub(crate) mod generic_csv;
pub(crate) mod git_log;
mod gitea;
mod github;
pub(crate) mod gitlab;
pub(crate) mod grafana_oncall;
pub(crate) mod incident_io;
mod incident_texts;
mod jira_account;
pub(crate) mod jira_csv;
mod jira_issue;
pub(crate) mod jira_json;
mod jira_xml;
pub(crate) mod json;
pub(crate) mod limits;
pub(crate) mod opsgenie;
pub(crate) mod opsgenie_csv;
pub(crate) mod pagerduty_csv;
pub(crate) mod pagerduty_json;
pub(crate) mod pagerduty_remarks;
mod paging;
pub(crate) mod pipeline_csv;
mod plan;
pub(crate) mod rootly;
pub(crate) mod servicenow;
pub(crate) mod statuspage;
pub(crate) mod supporting;
pub(crate) mod tally;
mod tracker_csv;
pub(crate) mod trackers;
pub(crate) mod xml;

pub use catalogue::{SourceEntry, catalogue};

use crate::{
    Reading,
    value::{json::Text, time},
};
use change_ledger_model::{Timestamp, source::SourceKind};
use chrono_tz::Tz;
use serde::Deserialize;
use std::collections::BTreeMap;
use tally::Tally;

/// Whether exports of this kind are JSON; the others are tables or XML.
pub(crate) fn is_json(kind: SourceKind) -> bool {
    match kind {
        SourceKind::JiraJson
        | SourceKind::JsmApprovals
        | SourceKind::ServicenowJson
        | SourceKind::GithubAuditJson
        | SourceKind::GithubRuleSuites
        | SourceKind::GithubDeployments
        | SourceKind::GithubDeploymentStatuses
        | SourceKind::GithubRuns
        | SourceKind::GithubDependabot
        | SourceKind::GithubBranchRules
        | SourceKind::GithubCommits
        | SourceKind::GitlabDeployments
        | SourceKind::ArgoCd
        | SourceKind::Jenkins
        | SourceKind::Circleci
        | SourceKind::AzurePipelines
        | SourceKind::SlackMessages
        | SourceKind::SlackUsers
        | SourceKind::Sarif
        | SourceKind::NpmAudit
        | SourceKind::Snyk
        | SourceKind::GithubGh
        | SourceKind::GithubRestPulls
        | SourceKind::GithubRestReviews
        | SourceKind::GithubGraphql
        | SourceKind::GithubArchive
        | SourceKind::GithubWebhook
        | SourceKind::GitlabMergeRequests
        | SourceKind::GitlabApprovals
        | SourceKind::GitlabNotes
        | SourceKind::GitlabIssues
        | SourceKind::BitbucketPulls
        | SourceKind::BitbucketActivity
        | SourceKind::BitbucketServerPulls
        | SourceKind::BitbucketServerActivities
        | SourceKind::AzureReposPulls
        | SourceKind::AzureReposThreads
        | SourceKind::GiteaPulls
        | SourceKind::GiteaReviews
        | SourceKind::PagerdutyJson
        | SourceKind::PagerdutyAnalytics
        | SourceKind::PagerdutyNotes
        | SourceKind::PagerdutyLog
        | SourceKind::OpsgenieIncidents
        | SourceKind::OpsgenieAlerts
        | SourceKind::IncidentIo
        | SourceKind::Rootly
        | SourceKind::Firehydrant
        | SourceKind::Statuspage
        | SourceKind::GrafanaOncall
        | SourceKind::GrafanaOncallNotes => true,
        SourceKind::JiraXml
        | SourceKind::ServicenowXml
        | SourceKind::ServicenowCsv
        | SourceKind::LinearCsv
        | SourceKind::AsanaCsv
        | SourceKind::NotionCsv
        | SourceKind::AzureBoardsCsv
        | SourceKind::GithubAuditCsv
        | SourceKind::GitLog
        | SourceKind::GitlabCustodyCsv
        | SourceKind::GitlabViolationsCsv
        | SourceKind::GitlabMergeRequestsCsv
        | SourceKind::GitlabIssuesCsv
        | SourceKind::PipelineCsv
        | SourceKind::JiraCsv
        | SourceKind::PagerdutyCsv
        | SourceKind::OpsgenieCsv
        | SourceKind::GenericCsv => false,
    }
}

/// Whether exports of this kind are XML.
pub(crate) const fn is_xml(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::JiraXml | SourceKind::ServicenowXml)
}

/// Why a row cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The field that is wrong, as the file names it.
    pub(crate) field: Option<String>,
    /// What is wrong with it, as a sentence without its full stop.
    pub(crate) reason: String,
}

impl Fault {
    pub(crate) fn field(field: &str, reason: String) -> Self {
        Self { field: Some(field.to_owned()), reason }
    }

    pub(crate) fn row(reason: String) -> Self {
        Self { field: None, reason }
    }
}

/// What a row of JSON is read with, beside its own bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) kind: SourceKind,
    /// Repository of rows that do not name theirs.
    pub(crate) repository: Option<&'a str>,
    /// Channel of messages that do not name theirs.
    pub(crate) channel: Option<&'a str>,
    /// Id of the incident of rows that do not name theirs.
    pub(crate) incident: Option<&'a str>,
    /// Zone of times without an offset.
    pub(crate) timezone: Tz,
    /// What the file calls fields that have numbers for names.
    pub(crate) names: &'a BTreeMap<String, String>,
}

impl<'a> Context<'a> {
    /// What is known of a file as a whole.
    pub(crate) fn of(reading: &'a Reading) -> Self {
        Self {
            kind: reading.kind,
            repository: reading.repository.as_deref(),
            channel: reading.channel.as_deref(),
            incident: reading.incident.as_deref(),
            timezone: reading.timezone,
            names: &reading.field_names,
        }
    }
}

impl Context<'_> {
    /// The repository of a row: what it says itself, else what is known of the file.
    pub(crate) fn repository(&self, said: Option<String>) -> Result<String, Fault> {
        said.or_else(|| self.repository.map(str::to_owned)).ok_or_else(|| {
            Fault::field(
                "url",
                "the row does not say which repository it belongs to, and the file as a whole does not either"
                    .to_owned(),
            )
        })
    }

    /// A time on which a verdict depends: unreadable is a fault, never an absence.
    pub(crate) fn needed_time(
        &self,
        field: &str,
        said: Option<&Text<'_>>,
        tally: &mut Tally,
    ) -> Result<Option<Timestamp>, Fault> {
        let Some(said) = said else { return Ok(None) };
        match time::read(said.as_str(), self.timezone) {
            Ok(read) => Ok(read.map(|read| {
                tally.time_read(said.as_str(), read);
                read.at
            })),
            Err(cause) => {
                Err(Fault::field(field, format!("\"{}\" is no readable time: {cause}", shortened(said.as_str()))))
            }
        }
    }

    /// A time on which no verdict depends: unreadable is unknown, and counted.
    pub(crate) fn time(&self, field: &'static str, said: Option<&Text<'_>>, tally: &mut Tally) -> Option<Timestamp> {
        self.needed_time(field, said, tally).unwrap_or_else(|_| {
            tally.unreadable_time(field);
            None
        })
    }
}

/// Reads one record into its shape.
fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::row(format!("it is not a readable record: {error}")))
}

/// The beginning of a value, for messages.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
