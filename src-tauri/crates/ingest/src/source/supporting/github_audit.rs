//! GitHub's audit log: who skipped the protection of a branch.

use super::{
    Fields, JsonSource,
    address::github_change,
    fields::{branch_name, real_commit},
};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    person::Person,
    record::{Bypass, Record},
    source::{Fact, SourceKind},
};

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::GithubAuditJson,
        title: "GitHub audit log as JSON",
        command: "gh api --paginate \"orgs/ORG/audit-log?phrase=action:protected_branch.policy_override\" > audit.json",
        facts: FACTS,
        cannot_tell: "what is older than 180 days; skips of rulesets",
        traps: &[
            "kept for 180 days, and the page shows three months unless created: is given",
            "times as milliseconds",
            "org and org_id are sometimes lists",
            "GitHub Enterprise Server writes most details under data",
            "only overrides of a review rule mean that an approval is missing",
            "Git events are another export",
        ],
    },
    rules: Rules {
        lists: &["items", "data", "values", "results", "entries"],
        via: &[],
        marks: &["action", "@timestamp", "_document_id"],
        context: &[],
    },
    is_its_record: |seen: &Glance| seen.has("action") && seen.has_any(&["@timestamp", "_document_id"]),
    reason: "Its records have the fields action and @timestamp, as GitHub's audit log does.",
    read,
    needs_repository: false,
    caution: Some(
        "GitHub keeps its audit log for 180 days and shows three months unless asked for more; what was before is not in this file.",
    ),
};

pub(super) const FACTS: &[Fact] = &[Fact::Bypass, Fact::BypassedRule];

/// The action that stands for a skipped rule.
pub(super) const OVERRIDE: &str = "protected_branch.policy_override";

/// Why an entry of the log is no record, to continue "3 rows are …".
pub(super) fn left_out(action: &str) -> &'static str {
    let changes_rules =
        ["repository_ruleset.", "protected_branch.create", "protected_branch.destroy", "protected_branch.update"];
    if changes_rules.iter().any(|start| action.starts_with(start)) {
        "changes of branch rules, which only the evidence keeps"
    } else {
        "entries of the audit log that skip no rule"
    }
}

/// An entry by its fields, which are texts in JSON and in tables alike.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) document: Option<String>,
    pub(super) actor: Option<String>,
    pub(super) repository: Option<String>,
    pub(super) branch: Option<String>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    pub(super) codes: Option<Vec<String>>,
    pub(super) pull: Option<String>,
}

impl Entry {
    /// The bypass that the entry records.
    pub(super) fn bypass(self, at: Option<change_ledger_model::Timestamp>) -> Bypass {
        let own = self.document.unwrap_or_else(|| {
            let said = |text: &Option<String>| text.clone().unwrap_or_default();
            let at = at.map_or_else(String::new, |at| at.millis().to_string());
            format!("{at}/{}/{}/{}", said(&self.actor), said(&self.repository), said(&self.after))
        });
        Bypass {
            id: format!("github-audit:{own}"),
            source: "github".to_owned(),
            repository: self.repository,
            branch: self.branch.as_deref().map(branch_name),
            actor: self.actor.map(|login| Person::named(&login, None, false)),
            at,
            change: self.pull.as_deref().and_then(github_change),
            commit_before: real_commit(self.before),
            commit_after: real_commit(self.after),
            skipped_review: self.codes.as_ref().map(|codes| codes.iter().any(|code| is_about_reviews(code))),
            rules: self.codes,
            url: self.pull,
        }
    }
}

/// Whether a rule is about reviews: `review_policy_not_satisfied`, `code_owner_review_required`, `pull_request`.
pub(super) fn is_about_reviews(rule: &str) -> bool {
    rule.contains("review") || rule.contains("approval") || rule == "pull_request"
}

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let action = fields.needed("action")?;
    if action != OVERRIDE {
        tally.leave_out(left_out(&action));
        return Ok(Vec::new());
    }
    let when = if fields.has("@timestamp") { "@timestamp" } else { "created_at" };
    let at = fields.needed_time(when, context, tally)?;
    // On GitHub Enterprise Server the details stand one level deeper.
    let said = |name: &str| fields.text(name).or_else(|| fields.under("data").text(name));
    let codes = [fields, fields.under("data")].into_iter().find_map(|fields| {
        let of_reasons = || Some(fields.list("reasons")?.iter().filter_map(|reason| reason.text("code")).collect());
        fields.texts("overridden_codes").or_else(of_reasons)
    });
    let entry = Entry {
        document: said("_document_id"),
        actor: said("actor"),
        repository: said("repo"),
        branch: said("branch"),
        before: said("before"),
        after: said("after"),
        codes,
        pull: said("pull_request_url"),
    };
    Ok(vec![Record::Bypass(Box::new(entry.bypass(at)))])
}
