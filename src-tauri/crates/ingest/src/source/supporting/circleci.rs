//! Workflows and pipelines of CircleCI.

use super::{Fields, JsonSource, fields::real_commit, github_runs::CHECK_FACTS};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    record::{Check, CheckKind, CheckOutcome, Record},
    source::SourceKind,
};

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::Circleci,
        title: "CircleCI workflows and pipelines",
        command: "curl https://circleci.com/api/v2/pipeline/ID/workflow > workflows.json",
        facts: CHECK_FACTS,
        cannot_tell: "the commit of a workflow",
        traps: &[
            "a workflow does not name its commit; its pipeline does",
            "a workflow on hold waits for an approval and has not ended",
            "times in 1970 stand for none",
            "people are ids",
        ],
    },
    rules: Rules {
        lists: &["items"],
        via: &[],
        marks: &["pipeline_number", "project_slug", "pipeline_id"],
        context: &[],
    },
    is_its_record: |seen: &Glance| {
        seen.has("project_slug") && seen.has_any(&["pipeline_number", "number", "pipeline_id"])
    },
    reason: "Its records have the field project_slug, as workflows and pipelines of CircleCI do.",
    read,
    needs_repository: false,
    caution: None,
};

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let id = fields.needed("id")?;
    if fields.text("type").as_deref() == Some("approval") {
        tally.leave_out("jobs that wait for an approval");
        return Ok(Vec::new());
    }
    let slug = fields.needed("project_slug")?;
    let repository = ["gh/", "github/", "bb/", "bitbucket/"].into_iter().find_map(|host| slug.strip_prefix(host));
    let repository = repository.map(str::to_owned).or_else(|| context.repository.map(str::to_owned));
    let is_pipeline = fields.has("vcs") || !fields.has("status");
    let outcome = if is_pipeline { None } else { outcome(fields)? };
    let finished_at = fields.needed_time("stopped_at", context, tally)?;
    Ok(vec![Record::Check(Box::new(Check {
        id: format!("circleci:{id}"),
        source: "circleci".to_owned(),
        repository,
        name: fields.text("name").unwrap_or_else(|| "pipeline".to_owned()),
        kind: CheckKind::Run,
        commit: real_commit(fields.text("vcs.revision")),
        branch: fields.text("vcs.branch"),
        trigger: fields.text("trigger.type"),
        outcome,
        attempt: None,
        actor: fields.person("trigger.actor"),
        started_at: fields.needed_time("created_at", context, tally)?,
        finished_at,
        updated_at: fields.time("updated_at", context, tally).or(finished_at),
        findings: None,
        url: None,
    }))])
}

fn outcome(fields: Fields<'_>) -> Result<Option<CheckOutcome>, Fault> {
    let word = fields.needed("status")?;
    Ok(Some(match word.as_str() {
        "success" => CheckOutcome::Passed,
        "failed" | "error" | "failing" | "unauthorized" => CheckOutcome::Failed,
        "canceled" => CheckOutcome::Cancelled,
        "not_run" => CheckOutcome::Skipped,
        "running" | "on_hold" => CheckOutcome::Running,
        _ => return Err(Fault::field("status", format!("\"{word}\" is no status of CircleCI"))),
    }))
}
