//! Branch protection and rulesets of GitHub.

use super::{
    Fields, JsonSource,
    address::{number_after, repository_in},
};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    record::{Enforcement, Record, Setting},
    source::{Fact, SourceKind},
};

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::GithubBranchRules,
        title: "GitHub branch protection and rulesets",
        command: "gh api repos/OWNER/REPO/branches/main/protection > protection.json; gh api repos/OWNER/REPO/rulesets/NUMBER > ruleset.json",
        facts: &[Fact::BranchRules],
        cannot_tell: "what held before; in lists of rulesets, the rules",
        traps: &[
            "branch protection has no date: it is of the day of its import",
            "lists of rulesets do not say what their rules are",
            "a ruleset that is evaluated or disabled binds nobody",
            "administrators are not bound unless enforce_admins says so",
        ],
    },
    rules: Rules {
        lists: &["items", "rulesets"],
        via: &[],
        marks: &[
            "required_pull_request_reviews",
            "enforce_admins",
            "enforcement",
            "bypass_actors",
            "required_signatures",
            "allow_force_pushes",
        ],
        context: &[],
    },
    is_its_record: |seen: &Glance| {
        seen.has("enforce_admins")
            || seen.has_all(&["required_pull_request_reviews", "url"])
            || (seen.has_all(&["enforcement", "name"]) && seen.has_any(&["source_type", "target", "rules"]))
    },
    reason: "Its records have enforce_admins or an enforcement, as GitHub's branch rules do.",
    read,
    needs_repository: false,
    caution: None,
};

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let setting =
        if fields.has("enforcement") { ruleset(fields, context, tally)? } else { protection(fields, context)? };
    Ok(vec![Record::Setting(Box::new(setting))])
}

/// Branch protection of the older kind: one per branch, without a date.
fn protection(fields: Fields<'_>, context: &Context<'_>) -> Result<Setting, Fault> {
    let address = fields.needed("url")?;
    let repository = context.repository(repository_in(&address))?;
    let Some(branch) = number_after(&address, "branches") else {
        return Err(Fault::field("url", format!("\"{address}\" leads to no branch")));
    };
    let reviews = fields.under("required_pull_request_reviews");
    // A protection that is there without this part needs no approval.
    let is_reviewed = fields.has("required_pull_request_reviews");
    let allowances = reviews.under("bypass_pull_request_allowances");
    let checks = fields.under("required_status_checks");
    let check_names =
        checks.list("checks").map(|checks| checks.iter().filter_map(|check| check.text("context")).collect());
    Ok(Setting {
        id: format!("github:{}/branches/{branch}", repository.to_lowercase()),
        source: "github".to_owned(),
        repository: Some(repository),
        branches: Some(vec![branch.clone()]),
        name: branch,
        enforcement: Some(Enforcement::Active),
        required_approvals: if is_reviewed {
            reviews.count("required_approving_review_count").and_then(|count| u32::try_from(count).ok())
        } else {
            Some(0)
        },
        code_owners: reviews.flag("require_code_owner_reviews"),
        dismisses_stale: reviews.flag("dismiss_stale_reviews"),
        last_push_approval: reviews.flag("require_last_push_approval"),
        required_checks: Some(check_names.or_else(|| checks.texts("contexts")).unwrap_or_default()),
        binds_admins: fields.flag("enforce_admins.enabled").or_else(|| fields.flag("enforce_admins")),
        bypassers: is_reviewed.then(|| named_in(allowances)),
        force_push_allowed: fields.flag("allow_force_pushes.enabled"),
        updated_at: None,
        url: Some(address),
    })
}

/// Users, teams and apps that may bypass.
fn named_in(allowances: Fields<'_>) -> Vec<String> {
    let of = |list: &str, name: &str| {
        allowances
            .each(list)
            .filter_map(|found| found.text(name))
            .map(|found| format!("{list}: {found}"))
            .collect::<Vec<_>>()
    };
    [of("users", "login"), of("teams", "slug"), of("apps", "slug")].concat()
}

fn ruleset(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Setting, Fault> {
    let id = fields.needed("id")?;
    let word = fields.needed("enforcement")?;
    let enforcement = match word.as_str() {
        "active" => Enforcement::Active,
        "evaluate" => Enforcement::Evaluate,
        "disabled" => Enforcement::Disabled,
        _ => return Err(Fault::field("enforcement", format!("\"{word}\" is no enforcement of a ruleset"))),
    };
    let owner = fields.text("source");
    let is_of_repository = fields.text("source_type").is_none_or(|kind| kind == "Repository");
    let repository = if is_of_repository { Some(context.repository(owner.clone())?) } else { None };
    let place = repository.clone().or(owner).unwrap_or_default().to_lowercase();
    // Lists of rulesets leave the rules out: then they are unknown, not absent.
    let rules = fields.list("rules");
    let rule = |kind: &str| {
        rules
            .as_ref()?
            .iter()
            .find(|rule| rule.text("type").as_deref() == Some(kind))
            .map(|rule| rule.under("parameters"))
    };
    let reviews = rule("pull_request");
    let approvals = reviews.and_then(|rule| rule.count("required_approving_review_count"));
    let checks = rule("required_status_checks")
        .map(|rule| rule.each("required_status_checks").filter_map(|check| check.text("context")).collect::<Vec<_>>());
    Ok(Setting {
        id: format!("github:{place}/rulesets/{id}"),
        source: "github".to_owned(),
        repository,
        name: fields.text("name").unwrap_or_default(),
        branches: fields.texts("conditions.ref_name.include"),
        enforcement: Some(enforcement),
        required_approvals: match (&rules, reviews) {
            (Some(_), None) => Some(0),
            _ => approvals.and_then(|count| u32::try_from(count).ok()),
        },
        code_owners: reviews.and_then(|rule| rule.flag("require_code_owner_review")),
        dismisses_stale: reviews.and_then(|rule| rule.flag("dismiss_stale_reviews_on_push")),
        last_push_approval: reviews.and_then(|rule| rule.flag("require_last_push_approval")),
        required_checks: rules.as_ref().map(|_| checks.unwrap_or_default()),
        binds_admins: None,
        bypassers: fields.list("bypass_actors").map(|actors| actors.into_iter().map(bypasser).collect()),
        force_push_allowed: rules.as_ref().map(|_| rule("non_fast_forward").is_none()),
        updated_at: fields.needed_time("updated_at", context, tally)?,
        url: fields.text("_links.html.href"),
    })
}

/// `RepositoryRole 5, pull_request`: rulesets name their bypassers by number.
fn bypasser(actor: Fields<'_>) -> String {
    ["actor_type", "actor_id", "bypass_mode"]
        .into_iter()
        .filter_map(|name| actor.text(name))
        .collect::<Vec<_>>()
        .join(" ")
}
