//! GitHub's deployments, and the statuses that say how they went.
//!
//! A deployment of the REST interface has no status and no time of success; both come in files of their own, in
//! whatever order. Rows meet by the deployment's id.

use super::{
    Fields, JsonSource,
    address::{number_after, repository_in},
    fields::real_commit,
};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    Timestamp,
    record::{Deployment, DeploymentState, Record},
    source::{Fact, SourceKind},
};

pub(in crate::source) const DEPLOYMENTS: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::GithubDeployments,
        title: "GitHub deployments",
        command: "gh api --paginate repos/OWNER/REPO/deployments > deployments.json",
        facts: &[Fact::DeploymentTime, Fact::DeployedCommit, Fact::Environment],
        cannot_tell: "whether and when it succeeded: the statuses do",
        traps: &[
            "lists have no status and no time of success: import the statuses as well",
            "a later deployment turns an earlier one inactive and moves its time of update",
            "payload is an object, a text or an empty list",
        ],
    },
    rules: Rules {
        lists: &["deployments", "items", "nodes", "edges"],
        via: &["data", "repository", "deployments", "node"],
        marks: &["sha", "commitOid", "environment", "task", "original_environment"],
        context: &["nameWithOwner"],
    },
    is_its_record: |seen: &Glance| {
        seen.has("environment")
            && seen.has_any(&["sha", "commitOid"])
            && seen.has_any(&["task", "original_environment", "statuses_url", "latestStatus", "statuses", "state"])
            && !seen.has_any(&["iid", "deployment_url"])
    },
    reason: "Its records have an environment and a commit, as GitHub's deployments do.",
    read: deployment,
    needs_repository: false,
    caution: None,
};

pub(in crate::source) const STATUSES: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::GithubDeploymentStatuses,
        title: "Statuses of a GitHub deployment",
        command: "gh api --paginate repos/OWNER/REPO/deployments/NUMBER/statuses > statuses-NUMBER.json",
        facts: &[Fact::DeploymentTime, Fact::Environment],
        cannot_tell: "the commit",
        traps: &[
            "inactive means replaced by a later deployment, not failed",
            "several successes: the first one is when it was deployed",
            "the deployment itself may be imported later",
        ],
    },
    rules: Rules {
        lists: &["items", "statuses"],
        via: &[],
        marks: &["deployment_url", "environment_url", "log_url"],
        context: &[],
    },
    is_its_record: |seen: &Glance| seen.has_all(&["deployment_url", "state"]),
    reason: "Its records have the fields state and deployment_url, as the statuses of GitHub's deployments do.",
    read: status,
    needs_repository: false,
    caution: None,
};

fn id_of(repository: &str, number: &str) -> String {
    format!("github:{}/deployments/{number}", repository.to_lowercase())
}

fn state_of(word: &str) -> Option<DeploymentState> {
    Some(match word.to_ascii_lowercase().as_str() {
        "success" | "active" => DeploymentState::Succeeded,
        "failure" | "error" => DeploymentState::Failed,
        "inactive" | "destroyed" => DeploymentState::Replaced,
        "abandoned" => DeploymentState::Cancelled,
        "in_progress" => DeploymentState::Running,
        "queued" | "pending" | "waiting" => DeploymentState::Pending,
        _ => return None,
    })
}

fn needed_state(fields: Fields<'_>, name: &str) -> Result<Option<DeploymentState>, Fault> {
    let Some(word) = fields.text(name) else { return Ok(None) };
    let state = state_of(&word);
    state.map(Some).ok_or_else(|| Fault::field(name, format!("\"{word}\" is no state of a deployment of GitHub")))
}

fn deployment(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let number = fields
        .any_text(&["databaseId", "id"])
        .ok_or_else(|| Fault::field("id", "the deployment has no id".to_owned()))?;
    let named = fields.any_text(&["url", "repository_url", "statuses_url"]).as_deref().and_then(repository_in);
    let named = named.or_else(|| fields.any_text(&["repository.nameWithOwner", "repository.full_name"]));
    let repository = context.repository(named)?;
    let commit = real_commit(fields.any_text(&["sha", "commitOid", "commit.oid"]));
    let version = fields.any_text(&["ref", "ref.name"]).filter(|version| Some(version) != commit.as_ref());
    // GraphQL nests the statuses; the REST interface has none here.
    let mut deployed_at: Option<Timestamp> = None;
    for status in fields.each("statuses") {
        if needed_state(status, "state")? == Some(DeploymentState::Succeeded) {
            let name = if status.has("createdAt") { "createdAt" } else { "updatedAt" };
            let at = status.needed_time(name, context, tally)?;
            deployed_at = deployed_at.into_iter().chain(at).min();
        }
    }
    let latest = fields.under("latestStatus");
    let state = needed_state(latest, "state")?.or(needed_state(fields, "state")?);
    let created = if fields.has("created_at") { "created_at" } else { "createdAt" };
    let updated = if fields.has("updated_at") { "updated_at" } else { "updatedAt" };
    Ok(vec![Record::Deployment(Box::new(Deployment {
        id: id_of(&repository, &number),
        source: "github".to_owned(),
        repository: Some(repository),
        environment: fields.text("environment"),
        is_production: fields.flag("production_environment"),
        commit,
        version,
        state,
        deployed_by: fields.person("creator"),
        started_at: fields.needed_time(created, context, tally)?,
        deployed_at,
        finished_at: deployed_at,
        updated_at: fields.time(updated, context, tally),
        url: None,
        is_status: false,
    }))])
}

fn status(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let address = fields.needed("deployment_url")?;
    let number = number_after(&address, "deployments").zip(repository_in(&address));
    let Some((number, repository)) = number else {
        return Err(Fault::field("deployment_url", format!("\"{address}\" leads to no deployment")));
    };
    let state =
        needed_state(fields, "state")?.ok_or_else(|| Fault::field("state", "the status has no state".to_owned()))?;
    let at = fields.needed_time("created_at", context, tally)?;
    let ended = matches!(state, DeploymentState::Succeeded | DeploymentState::Failed);
    Ok(vec![Record::Deployment(Box::new(Deployment {
        id: id_of(&repository, &number),
        source: "github".to_owned(),
        repository: Some(repository),
        environment: fields.text("environment"),
        is_production: None,
        commit: None,
        version: None,
        state: Some(state),
        deployed_by: None,
        started_at: None,
        deployed_at: at.filter(|_| state == DeploymentState::Succeeded),
        finished_at: at.filter(|_| ended),
        updated_at: at,
        url: fields.text("environment_url"),
        is_status: true,
    }))])
}
