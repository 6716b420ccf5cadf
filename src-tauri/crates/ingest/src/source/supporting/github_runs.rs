//! Runs of GitHub Actions, from `gh run list` and the REST interface, and check runs.

use super::{Fields, JsonSource, address::repository_in, fields::real_commit};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    record::{Check, CheckKind, CheckOutcome, Record},
    source::{Fact, SourceKind},
};

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::GithubRuns,
        title: "GitHub Actions runs",
        command: "gh run list --repo OWNER/REPO --limit 1000 --json databaseId,workflowName,headSha,headBranch,event,status,conclusion,attempt,startedAt,createdAt,updatedAt,url > runs.json",
        facts: CHECK_FACTS,
        cannot_tell: "outcomes of earlier attempts",
        traps: &[
            "20 rows unless --limit says otherwise",
            "the pull requests of a run are empty once it was merged: the commit leads to it",
            "a run has no time of its end: the last update stands for it, and a new attempt moves it",
            "a run that is not finished has no conclusion",
        ],
    },
    rules: Rules {
        lists: &["workflow_runs", "check_runs", "items"],
        via: &[],
        marks: &[
            "head_sha",
            "headSha",
            "workflowName",
            "workflow_id",
            "workflowDatabaseId",
            "conclusion",
            "displayTitle",
        ],
        context: &[],
    },
    is_its_record: |seen: &Glance| {
        seen.has("conclusion") && seen.has_any(&["head_sha", "headSha", "workflowName", "workflow_id", "displayTitle"])
    },
    reason: "Its records have a conclusion and a head commit, as runs of GitHub Actions do.",
    read,
    needs_repository: false,
    caution: None,
};

pub(super) const CHECK_FACTS: &[Fact] = &[Fact::CheckOutcome, Fact::CheckedCommit];

fn outcome(fields: Fields<'_>) -> Result<Option<CheckOutcome>, Fault> {
    let is_over = fields.text("status").is_none_or(|status| status.eq_ignore_ascii_case("completed"));
    let Some(word) = fields.text("conclusion") else {
        return Ok((!is_over).then_some(CheckOutcome::Running));
    };
    Ok(Some(match word.to_ascii_lowercase().as_str() {
        "success" => CheckOutcome::Passed,
        "failure" | "timed_out" | "startup_failure" => CheckOutcome::Failed,
        "cancelled" => CheckOutcome::Cancelled,
        "skipped" | "neutral" | "stale" | "action_required" => CheckOutcome::Skipped,
        _ => return Err(Fault::field("conclusion", format!("\"{word}\" is no conclusion of GitHub Actions"))),
    }))
}

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let commit = real_commit(fields.any_text(&["head_sha", "headSha"]));
    let address = fields.any_text(&["html_url", "url"]);
    let named = address.as_deref().and_then(repository_in).or_else(|| fields.text("repository.full_name"));
    let repository = context.repository(named)?;
    let name = fields.any_text(&["workflowName", "name", "displayTitle", "display_title"]).unwrap_or_default();
    // Not every field is asked for: without an id, the number of the run or what it ran at stands for it.
    let number = fields.any_text(&["databaseId", "id"]).or_else(|| {
        let own = fields.any_text(&["number", "run_number"]).or_else(|| commit.clone())?;
        Some(format!("{name}/{own}"))
    });
    let number =
        number.ok_or_else(|| Fault::field("databaseId", "the run has neither an id nor a commit".to_owned()))?;
    let outcome = outcome(fields)?;
    let started = ["run_started_at", "startedAt", "started_at", "createdAt", "created_at"];
    let started = started.into_iter().find(|name| fields.text(name).is_some()).unwrap_or("created_at");
    let updated = if fields.has("updated_at") { "updated_at" } else { "updatedAt" };
    let updated_at = fields.time(updated, context, tally);
    let finished = if fields.has("completed_at") { fields.time("completed_at", context, tally) } else { updated_at };
    Ok(vec![Record::Check(Box::new(Check {
        id: format!("github:{}/runs/{number}", repository.to_lowercase()),
        source: "github".to_owned(),
        repository: Some(repository),
        name,
        kind: CheckKind::Run,
        commit,
        branch: fields.any_text(&["head_branch", "headBranch"]),
        trigger: fields.text("event"),
        finished_at: finished.filter(|_| outcome.is_some_and(|outcome| outcome != CheckOutcome::Running)),
        outcome,
        attempt: fields.count("run_attempt").or_else(|| fields.count("attempt")).and_then(|n| u32::try_from(n).ok()),
        actor: fields.person("triggering_actor").or_else(|| fields.person("actor")),
        started_at: fields.time(started, context, tally),
        updated_at,
        findings: None,
        url: address.filter(|address| !address.contains("/repos/")),
    }))])
}
