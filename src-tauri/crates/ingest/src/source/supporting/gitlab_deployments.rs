//! GitLab's deployments.

use super::{Fields, JsonSource, address::gitlab_project, fields::real_commit};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    record::{Deployment, DeploymentState, Record},
    source::{Fact, SourceKind},
};

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::GitlabDeployments,
        title: "GitLab deployments",
        command: "glab api --paginate \"projects/ID/deployments?per_page=100\" > deployments.json",
        facts: &[Fact::DeploymentTime, Fact::DeployedCommit, Fact::Environment],
        cannot_tell: "the project, where it has no job",
        traps: &[
            "a deployment may have succeeded though its job failed: its own status counts",
            "older versions have no time of its end besides that of its job",
            "a deployment without a job does not name its project",
        ],
    },
    rules: Rules {
        lists: &["items", "deployments"],
        via: &[],
        marks: &["iid", "sha", "deployable", "environment"],
        context: &[],
    },
    is_its_record: |seen: &Glance| {
        seen.has_all(&["iid", "sha", "environment"]) && seen.has_any(&["deployable", "status"])
    },
    reason: "Its records have the fields iid, sha and environment, as GitLab's deployments do.",
    read,
    needs_repository: false,
    caution: None,
};

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let id = fields.needed("id")?;
    let word = fields.needed("status")?;
    let state = match word.as_str() {
        "created" | "blocked" => DeploymentState::Pending,
        "running" => DeploymentState::Running,
        "success" => DeploymentState::Succeeded,
        "failed" => DeploymentState::Failed,
        "canceled" | "skipped" => DeploymentState::Cancelled,
        _ => return Err(Fault::field("status", format!("\"{word}\" is no status of a deployment of GitLab"))),
    };
    let addresses = ["deployable.web_url", "deployable.commit.web_url", "deployable.pipeline.web_url"];
    let named = addresses.into_iter().filter_map(|name| fields.text(name)).find_map(|url| gitlab_project(&url));
    let finished = if fields.text("finished_at").is_some() { "finished_at" } else { "deployable.finished_at" };
    let finished_at = fields.needed_time(finished, context, tally)?;
    Ok(vec![Record::Deployment(Box::new(Deployment {
        id: format!("gitlab:deployments/{id}"),
        source: "gitlab".to_owned(),
        repository: named.or_else(|| context.repository.map(str::to_owned)),
        environment: fields.text("environment.name"),
        is_production: fields.text("environment.tier").map(|tier| tier == "production"),
        commit: real_commit(fields.text("sha")),
        version: fields.text("ref"),
        state: Some(state),
        deployed_by: fields.person("user"),
        started_at: fields.needed_time("created_at", context, tally)?,
        deployed_at: finished_at.filter(|_| state == DeploymentState::Succeeded),
        finished_at,
        updated_at: fields.time("updated_at", context, tally),
        url: fields.text("deployable.web_url"),
        is_status: false,
    }))])
}
