//! The export files, each as its tool writes it.

pub(crate) mod files;
pub(crate) mod folder;
pub(crate) mod readme;

mod azure_boards;
mod azure_repos;
mod azure_threads;
mod bitbucket;
mod bitbucket_activity;
mod git_log;
mod github;
mod gitlab;
mod gitlab_approvals;
mod gitlab_notes;
mod incident_io;
mod jira;
mod jira_json;
mod linear;
mod opsgenie;
mod pagerduty;
mod rows;
mod servicenow;
mod servicenow_approvals;
mod servicenow_changes;
mod servicenow_incidents;
mod votes;
