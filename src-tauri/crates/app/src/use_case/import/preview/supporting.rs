//! What a preview shows of deployments, bypasses, checks, alerts, messages, branch rules and commits.

use super::{Facts, person, time};
use change_ledger_model::record::{Alert, Bypass, Check, CodeCommit, Deployment, Message, Setting};

pub(super) fn deployment(deployment: &Deployment) -> Facts {
    vec![
        ("environment", deployment.environment.clone()),
        ("state", deployment.state.as_ref().map(crate::name_of)),
        ("commit", deployment.commit.clone()),
        ("version", deployment.version.clone()),
        ("started_at", time(deployment.started_at)),
        ("deployed_at", time(deployment.deployed_at)),
        ("deployed_by", person(deployment.deployed_by.as_ref())),
    ]
}

pub(super) fn bypass(bypass: &Bypass) -> Facts {
    vec![
        ("branch", bypass.branch.clone()),
        ("actor", person(bypass.actor.as_ref())),
        ("at", time(bypass.at)),
        ("change", bypass.change.clone()),
        ("rules", list(bypass.rules.as_deref())),
        ("skipped_review", yes_no(bypass.skipped_review)),
    ]
}

pub(super) fn check(check: &Check) -> Facts {
    vec![
        ("name", Some(check.name.clone())),
        ("outcome", check.outcome.as_ref().map(crate::name_of)),
        ("commit", check.commit.clone()),
        ("started_at", time(check.started_at)),
        ("finished_at", time(check.finished_at)),
    ]
}

pub(super) fn alert(alert: &Alert) -> Facts {
    vec![
        ("title", Some(alert.title.clone())),
        ("severity", alert.severity.as_ref().map(crate::name_of)),
        ("state", alert.state.as_ref().map(crate::name_of)),
        ("opened_at", time(alert.opened_at)),
        ("fixed_at", time(alert.fixed_at)),
    ]
}

pub(super) fn message(message: &Message) -> Facts {
    vec![
        ("channel", message.channel.clone()),
        ("author", person(message.author.as_ref())),
        ("at", time(message.at)),
        ("text", Some(message.text.clone())),
    ]
}

pub(super) fn setting(setting: &Setting) -> Facts {
    vec![
        ("name", Some(setting.name.clone())),
        ("branches", list(setting.branches.as_deref())),
        ("enforcement", setting.enforcement.as_ref().map(crate::name_of)),
        ("required_approvals", setting.required_approvals.map(|count| count.to_string())),
        ("binds_admins", yes_no(setting.binds_admins)),
    ]
}

pub(super) fn commit(commit: &CodeCommit) -> Facts {
    vec![
        ("title", Some(commit.title.clone())),
        ("author", person(commit.author.as_ref())),
        ("committed_at", time(commit.committed_at)),
        ("branch", commit.branch.clone()),
        ("change", commit.change.clone()),
    ]
}

fn list(list: Option<&[String]>) -> Option<String> {
    list.map(|list| list.join(", "))
}

fn yes_no(value: Option<bool>) -> Option<String> {
    value.map(|value| if value { "yes" } else { "no" }.to_owned())
}
