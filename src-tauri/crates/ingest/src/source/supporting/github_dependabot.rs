//! Dependabot alerts.

use super::{Fields, JsonSource, address::repository_in};
use crate::{
    input::framing::Rules,
    mention,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    record::{Alert, AlertSeverity, AlertState, FoundIn, Record},
    source::{Fact, SourceKind},
};

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::GithubDependabot,
        title: "Dependabot alerts",
        command: "gh api --paginate repos/OWNER/REPO/dependabot/alerts > alerts.json",
        facts: ALERT_FACTS,
        cannot_tell: "what was found elsewhere",
        traps: &[
            "a score of 0 means not scored",
            "older advisories say moderate instead of medium",
            "dismissed by a rule is another state than dismissed by a person",
        ],
    },
    rules: Rules {
        lists: &["items", "alerts"],
        via: &[],
        marks: &["security_advisory", "security_vulnerability", "dependency"],
        context: &[],
    },
    is_its_record: |seen: &Glance| seen.has_any(&["security_advisory", "security_vulnerability"]) && seen.has("number"),
    reason: "Its records have a security_advisory, as Dependabot's alerts do.",
    read,
    needs_repository: false,
    caution: None,
};

pub(super) const ALERT_FACTS: &[Fact] = &[Fact::FindingSeverity, Fact::FindingTimes];

/// A CVSS score in tenths; 0 stands for "not scored".
pub(super) fn score_tenths(fields: Fields<'_>, names: &[&str]) -> Option<u16> {
    let score =
        names.iter().find_map(|name| fields.get(name).as_f64().filter(|score| *score > 0.0 && *score <= 10.0))?;
    let distance = |tenths: u16| (f64::from(tenths) - score * 10.0).abs();
    (1..=100).min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
}

fn state(word: &str) -> Result<AlertState, Fault> {
    match word {
        "open" => Ok(AlertState::Open),
        "fixed" => Ok(AlertState::Fixed),
        "dismissed" | "auto_dismissed" => Ok(AlertState::Dismissed),
        _ => Err(Fault::field("state", format!("\"{word}\" is no state of a Dependabot alert"))),
    }
}

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let number = fields.needed("number")?;
    let address = fields.any_text(&["html_url", "url"]);
    let named = address.as_deref().and_then(repository_in).or_else(|| fields.text("repository.full_name"));
    let repository = context.repository(named)?;
    let state = state(&fields.needed("state")?)?;
    let advisory = fields.under("security_advisory");
    let severity = fields.any_text(&["security_vulnerability.severity", "security_advisory.severity"]);
    let by_rule = fields.time("auto_dismissed_at", context, tally);
    let package = fields.any_text(&["dependency.package.name", "security_vulnerability.package.name"]);
    let mut mentions = Vec::new();
    for name in ["ghsa_id", "cve_id"].into_iter().filter_map(|name| advisory.text(name)) {
        mention::in_text(&name, FoundIn::LinkField, None, &mut mentions);
    }
    mention::settle(&mut mentions, None);
    Ok(vec![Record::Alert(Box::new(Alert {
        id: format!("github:{}/alerts/{number}", repository.to_lowercase()),
        source: "github".to_owned(),
        repository: Some(repository),
        title: advisory.text("summary").or_else(|| package.clone()).unwrap_or_default(),
        package,
        path: fields.text("dependency.manifest_path"),
        severity: severity.as_deref().and_then(AlertSeverity::from_word),
        score_tenths: score_tenths(
            advisory,
            &["cvss_severities.cvss_v4.score", "cvss_severities.cvss_v3.score", "cvss.score"],
        ),
        state: Some(state),
        opened_at: fields.needed_time("created_at", context, tally)?,
        published_at: advisory.time("published_at", context, tally),
        fixed_at: fields.needed_time("fixed_at", context, tally)?,
        dismissed_at: fields.needed_time("dismissed_at", context, tally)?.or(by_rule),
        // An open alert has this field too, and `null` there is nobody.
        dismissed_by: fields.person("dismissed_by").filter(|_| !fields.get("dismissed_by").is_null()),
        dismissed_reason: fields.text("dismissed_reason").or_else(|| by_rule.map(|_| "by a rule".to_owned())),
        updated_at: fields.time("updated_at", context, tally),
        url: address.filter(|address| !address.contains("/repos/")),
        mentions,
    }))])
}
