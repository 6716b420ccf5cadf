//! Builds of Jenkins.

use super::{
    Fields, JsonSource,
    address::repository_cloned,
    fields::{branch_name, real_commit},
    github_runs::CHECK_FACTS,
};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{Check, CheckKind, CheckOutcome, Record},
    source::SourceKind,
};

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::Jenkins,
        title: "Jenkins builds",
        command: "curl \"https://JENKINS/job/NAME/api/json?tree=allBuilds[number,url,result,timestamp,duration,fullDisplayName,actions[causes[userId],lastBuiltRevision[SHA1,branch[name]],remoteUrls]]\" > builds.json",
        facts: CHECK_FACTS,
        cannot_tell: "what a build did",
        traps: &[
            "the time is that of the start; the end is start plus duration",
            "a running build has no result and a duration of 0",
            "actions hold objects of many shapes, empty ones and null",
            "builds lists the last 100, allBuilds all of them",
            "an unstable build ran to its end with failed tests",
        ],
    },
    rules: Rules {
        lists: &["builds", "allBuilds", "jobs"],
        via: &[],
        marks: &["number", "result", "fullDisplayName", "timestamp", "building"],
        context: &[],
    },
    is_its_record: |seen: &Glance| {
        seen.has_all(&["number", "result"]) && seen.has_any(&["fullDisplayName", "building", "timestamp", "duration"])
    },
    reason: "Its records have a number, a result and a duration, as builds of Jenkins do.",
    read,
    needs_repository: false,
    caution: None,
};

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let number = fields.needed("number")?;
    let url = fields.text("url");
    let display = fields.text("fullDisplayName");
    let name = display.as_ref().map(|name| name.rsplit_once(" #").map_or(name.as_str(), |(job, _)| job).to_owned());
    let name = name.or_else(|| job_of(url.as_deref()?));
    let Some(name) = name else {
        return Err(Fault::field(
            "url",
            "the build names no job; export the fields url and fullDisplayName".to_owned(),
        ));
    };
    let started_at = fields.needed_time("timestamp", context, tally)?;
    let outcome = match fields.text("result").as_deref() {
        Some("SUCCESS") => CheckOutcome::Passed,
        Some("FAILURE" | "UNSTABLE") => CheckOutcome::Failed,
        Some("ABORTED") => CheckOutcome::Cancelled,
        Some("NOT_BUILT") => CheckOutcome::Skipped,
        Some(other) => return Err(Fault::field("result", format!("\"{other}\" is no result of Jenkins"))),
        None => CheckOutcome::Running,
    };
    let duration = fields.count("duration").and_then(|length| i64::try_from(length).ok()).filter(|length| *length > 0);
    let finished_at = started_at
        .zip(duration)
        .filter(|_| outcome != CheckOutcome::Running)
        .and_then(|(start, length)| Timestamp::from_millis(start.millis().saturating_add(length)));
    let built = fields.each("actions").find(|action| action.has("lastBuiltRevision"));
    let revision = built.map(|action| action.under("lastBuiltRevision"));
    let remote = built.and_then(|action| action.texts("remoteUrls")?.into_iter().next());
    let person = fields.each("actions").flat_map(|action| action.each("causes")).find_map(|cause| cause.text("userId"));
    let own = url.clone().unwrap_or_else(|| format!("{name}/{number}"));
    Ok(vec![Record::Check(Box::new(Check {
        id: format!("jenkins:{}", own.trim_end_matches('/')),
        source: "jenkins".to_owned(),
        repository: remote.as_deref().and_then(repository_cloned).or_else(|| context.repository.map(str::to_owned)),
        name,
        kind: CheckKind::Run,
        commit: real_commit(revision.and_then(|revision| revision.text("SHA1"))),
        branch: revision
            .and_then(|revision| revision.each("branch").find_map(|branch| branch.text("name")))
            .map(|name| branch_name(name.strip_prefix("refs/remotes/").unwrap_or(&name))),
        trigger: None,
        outcome: Some(outcome),
        attempt: None,
        actor: person.map(|id| Person::named(&id, None, false)),
        started_at,
        finished_at,
        updated_at: finished_at,
        findings: None,
        url,
    }))])
}

/// `pay/main` of `https://ci.example.com/job/pay/job/main/7/`.
fn job_of(url: &str) -> Option<String> {
    let path = url.split_once("/job/")?.1.trim_end_matches('/');
    let job = path.rsplit_once('/')?.0;
    Some(job.replace("/job/", "/"))
}
