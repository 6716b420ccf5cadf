//! SARIF: what a scanner such as CodeQL or Semgrep found.

use super::{
    Fields, JsonSource,
    address::repository_cloned,
    fields::{branch_name, real_commit},
};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    record::{Check, CheckKind, CheckOutcome, Findings, Record},
    source::{Fact, SourceKind},
};
use std::collections::HashMap;

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::Sarif,
        title: "SARIF: results of CodeQL, Semgrep and other scanners",
        command: "codeql database analyze … --format=sarif-latest --output=results.sarif, or semgrep scan --sarif > results.sarif",
        facts: SCAN_FACTS,
        cannot_tell: "severities of rules without a security-severity",
        traps: &[
            "the level is no severity: only a security-severity is",
            "suppressed results and those of an earlier baseline are not open",
            "without versionControlProvenance the scanned commit is unknown",
            "one file holds several runs of one tool, told apart by the category in the id of their automation",
        ],
    },
    rules: Rules { lists: &["runs"], via: &[], marks: &["tool", "results"], context: &[] },
    is_its_record: |seen: &Glance| seen.has("tool") && seen.has_list("runs"),
    reason: "It has runs of a tool, as SARIF does.",
    read,
    needs_repository: false,
    caution: None,
};

pub(super) const SCAN_FACTS: &[Fact] = &[Fact::CheckOutcome, Fact::CheckedCommit, Fact::FindingSeverity];

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let tool = fields.needed("tool.driver.name")?;
    let category = fields.text("automationDetails.id").and_then(|id| category_of(&id).map(str::to_owned));
    let provenance = fields.each("versionControlProvenance").next();
    let said = |name: &str| provenance.and_then(|provenance| provenance.text(name));
    let commit = real_commit(said("revisionId"));
    let repository = said("repositoryUri").as_deref().and_then(repository_cloned);
    let repository = repository.or_else(|| context.repository.map(str::to_owned));
    let invocation = fields.each("invocations").last();
    let time = |name, tally: &mut Tally| invocation.and_then(|invocation| invocation.time(name, context, tally));
    let (started_at, finished_at) = (time("startTimeUtc", tally), time("endTimeUtc", tally));
    let has_run = invocation.and_then(|invocation| invocation.flag("executionSuccessful"));
    let what = [
        repository.clone(),
        fields.any_text(&["automationDetails.guid", "automationDetails.id"]),
        commit.clone(),
        finished_at.map(|at| at.millis().to_string()),
    ];
    let own: Vec<String> = what.into_iter().flatten().collect();
    let outcome = if has_run == Some(false) { CheckOutcome::Failed } else { CheckOutcome::Passed };
    Ok(vec![Record::Check(Box::new(Check {
        id: format!("sarif:{}/{}", tool.to_lowercase(), own.join("/")),
        source: "sarif".to_owned(),
        repository,
        // Each category is a scan of its own, as of one language each: the last of them does not stand for the others.
        name: category.map_or_else(|| tool.clone(), |category| format!("{tool} ({category})")),
        kind: CheckKind::Scan,
        commit,
        branch: said("branch").as_deref().map(branch_name),
        trigger: None,
        outcome: Some(outcome),
        attempt: None,
        actor: None,
        started_at,
        finished_at,
        updated_at: finished_at,
        // A run without a list of results did not look for any.
        findings: fields.list("results").map(|results| findings(&results, &scores(fields))),
        url: None,
    }))])
}

/// The category of a run, whose id is `category/run`: the part that all runs of one analysis share. `None` where there is none.
fn category_of(id: &str) -> Option<&str> {
    let (category, _) = id.rsplit_once('/')?;
    Some(category.trim_matches('/').trim()).filter(|category| !category.is_empty())
}

/// The security-severity of each rule, 0 to 10.
fn scores(run: Fields<'_>) -> HashMap<String, f64> {
    let extensions = run.each("tool.extensions").flat_map(|extension| extension.each("rules"));
    run.each("tool.driver.rules").chain(extensions).filter_map(|rule| Some((rule.text("id")?, score(rule)?))).collect()
}

fn score(of: Fields<'_>) -> Option<f64> {
    of.text("properties.security-severity")?.parse().ok().filter(|score: &f64| score.is_finite())
}

fn findings(results: &[Fields<'_>], scores: &HashMap<String, f64>) -> Findings {
    let mut found = Findings::default();
    for result in results.iter().copied().filter(|result| is_open(*result)) {
        let rule = result.any_text(&["ruleId", "rule.id"]);
        let score = score(result).or_else(|| scores.get(&rule?).copied());
        // The bands of CVSS 3.1.
        let count = match score {
            Some(score) if score >= 9.0 => &mut found.critical,
            Some(score) if score >= 7.0 => &mut found.high,
            Some(score) if score >= 4.0 => &mut found.medium,
            Some(score) if score > 0.0 => &mut found.low,
            Some(_) | None => &mut found.unrated,
        };
        *count += 1;
    }
    found
}

/// Whether a result is a finding of now that nobody suppressed.
fn is_open(result: Fields<'_>) -> bool {
    let passes = result.text("kind").is_some_and(|kind| kind != "fail" && kind != "open" && kind != "review");
    let is_gone = result.text("baselineState").as_deref() == Some("absent");
    let is_suppressed = result
        .each("suppressions")
        .any(|suppression| suppression.text("status").is_none_or(|status| status == "accepted"));
    !(passes || is_gone || is_suppressed)
}
