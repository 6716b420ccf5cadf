//! Runs of Azure Pipelines.

use super::{
    Fields, JsonSource,
    fields::{branch_name, real_commit},
    github_runs::CHECK_FACTS,
};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    person::Person,
    record::{Check, CheckKind, CheckOutcome, Record},
    source::SourceKind,
};

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::AzurePipelines,
        title: "Azure Pipelines runs",
        command: "az pipelines runs list --top 1000 --output json > runs.json",
        facts: CHECK_FACTS,
        cannot_tell: "what a build did",
        traps: &[
            "times with seven digits behind the second",
            "the year 1 stands for no time",
            "partially succeeded means that something failed",
        ],
    },
    rules: Rules {
        lists: &["value", "items"],
        via: &[],
        marks: &["buildNumber", "sourceVersion", "queueTime", "finishTime", "definition"],
        context: &[],
    },
    is_its_record: |seen: &Glance| {
        seen.has("buildNumber") && seen.has_any(&["sourceVersion", "definition", "queueTime"])
    },
    reason: "Its records have the fields buildNumber and sourceVersion, as runs of Azure Pipelines do.",
    read,
    needs_repository: false,
    caution: None,
};

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let id = fields.needed("id")?;
    let outcome = match (fields.text("status").as_deref(), fields.text("result").as_deref()) {
        (_, Some("succeeded")) => Some(CheckOutcome::Passed),
        (_, Some("failed" | "partiallySucceeded")) => Some(CheckOutcome::Failed),
        (_, Some("canceled")) => Some(CheckOutcome::Cancelled),
        (Some("completed") | None, None | Some("none")) => None,
        (Some(_), None | Some("none")) => Some(CheckOutcome::Running),
        (_, Some(other)) => return Err(Fault::field("result", format!("\"{other}\" is no result of Azure Pipelines"))),
    };
    let project = fields.text("project.name");
    // For a repository on GitHub its id is its path; for one of Azure its name stands under the project.
    let repository = fields.text("repository.id").filter(|id| id.contains('/')).or_else(|| {
        let name = fields.text("repository.name")?;
        Some(project.as_ref().map_or(name.clone(), |project| format!("{project}/{name}")))
    });
    let place = project.or_else(|| repository.clone()).map_or_else(String::new, |place| format!("{place}/"));
    let by = fields.under("requestedFor");
    let handle = by.any_text(&["uniqueName", "displayName"]);
    let finished_at = fields.needed_time("finishTime", context, tally)?;
    Ok(vec![Record::Check(Box::new(Check {
        id: format!("azure-pipelines:{place}{id}"),
        source: "azure-pipelines".to_owned(),
        repository: repository.or_else(|| context.repository.map(str::to_owned)),
        name: fields.text("definition.name").unwrap_or_default(),
        kind: CheckKind::Run,
        commit: real_commit(fields.text("sourceVersion")),
        branch: fields.text("sourceBranch").as_deref().map(branch_name),
        trigger: fields.text("reason"),
        outcome,
        attempt: None,
        actor: handle.map(|handle| Person::named(&handle, by.text("displayName").as_deref(), false)),
        started_at: fields.needed_time("startTime", context, tally)?,
        finished_at,
        updated_at: fields.time("lastChangedDate", context, tally).or(finished_at),
        findings: None,
        url: fields.text("_links.web.href"),
    }))])
}
