//! GitHub's rule suites: pushes judged by rulesets, of which the bypassing ones are records.

use super::{
    Fields, JsonSource,
    fields::{branch_name, real_commit},
    github_audit::{FACTS, is_about_reviews},
};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    record::{Bypass, Record},
    source::SourceKind,
};

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::GithubRuleSuites,
        title: "GitHub rule suites",
        command: "gh api --paginate \"repos/OWNER/REPO/rulesets/rule-suites?time_period=month&rule_suite_result=bypass\" > rule-suites.json",
        facts: FACTS,
        cannot_tell: "which rule, in lists; other months",
        traps: &[
            "one day unless time_period says otherwise, one month at most",
            "lists do not say which rule was skipped: only single suites do",
            "no pull request is named; the commit leads to it",
            "a ruleset that only evaluates skips nothing",
        ],
    },
    rules: Rules {
        lists: &["items", "rule_suites"],
        via: &[],
        marks: &["before_sha", "after_sha", "evaluation_result"],
        context: &[],
    },
    is_its_record: |seen: &Glance| {
        seen.has_all(&["before_sha", "after_sha"]) && seen.has_any(&["result", "evaluation_result"])
    },
    reason: "Its records have the fields before_sha, after_sha and result, as GitHub's rule suites do.",
    read,
    needs_repository: false,
    caution: Some(
        "GitHub answers rule suites of one day unless time_period says otherwise, and of one month at most; other days are not in this file.",
    ),
};

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let id = fields.needed("id")?;
    if fields.needed("result")? != "bypass" {
        tally.leave_out("pushes that skipped no rule");
        return Ok(Vec::new());
    }
    let repository = fields.text("repository_name");
    // The name alone has no owner; a person may have said the whole.
    let repository = match context.repository {
        Some(whole) if repository.as_deref().is_none_or(|name| whole.ends_with(name)) => Some(whole.to_owned()),
        _ => repository,
    };
    let rules = fields.list("rule_evaluations").map(|evaluations| {
        let skipped = |rule: &Fields<'_>| {
            rule.text("result").as_deref() == Some("fail") && rule.text("enforcement").as_deref() != Some("evaluate")
        };
        evaluations.into_iter().filter(skipped).filter_map(|rule| rule.text("rule_type")).collect::<Vec<_>>()
    });
    let place = fields.text("repository_id").or_else(|| repository.clone()).unwrap_or_default();
    Ok(vec![Record::Bypass(Box::new(Bypass {
        id: format!("github-rule-suite:{place}/{id}"),
        source: "github".to_owned(),
        repository,
        branch: fields.text("ref").as_deref().map(branch_name),
        actor: fields.person("actor_name"),
        at: fields.needed_time("pushed_at", context, tally)?,
        change: None,
        commit_before: real_commit(fields.text("before_sha")),
        commit_after: real_commit(fields.text("after_sha")),
        skipped_review: rules.as_ref().map(|rules| rules.iter().any(|rule| is_about_reviews(rule))),
        rules,
        url: None,
    }))])
}
