//! `npm audit --json`: one scan with its findings.

use super::{Fields, JsonSource, github_dependabot::score_tenths, sarif::SCAN_FACTS};
use crate::{
    input::framing::Rules,
    mention,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    record::{Alert, AlertSeverity, AlertState, Check, CheckKind, CheckOutcome, Findings, FoundIn, Record},
    source::{Fact, SourceKind},
};
use serde_json::Value;
use std::collections::BTreeMap;

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::NpmAudit,
        title: "npm audit",
        command: "npm audit --json > audit.json, and import it with --repository OWNER/REPO",
        facts: &[Fact::CheckOutcome, Fact::FindingSeverity],
        cannot_tell: "the commit and the time",
        traps: &[
            "neither repository, commit nor time is in the file",
            "one advisory stands under every package that leads to it",
            "versions before 7 have advisories instead of vulnerabilities",
        ],
    },
    rules: Rules {
        lists: &[],
        via: &[],
        marks: &["auditReportVersion", "advisories", "vulnerabilities"],
        context: &[],
    },
    is_its_record: |seen: &Glance| {
        seen.has("metadata") && (seen.has("auditReportVersion") || seen.has_all(&["advisories", "muted"]))
    },
    reason: "It has an auditReportVersion or a list of advisories, as npm audit writes.",
    read,
    needs_repository: true,
    caution: Some(
        "npm audit writes neither the commit nor the time of its scan, so that it proves nothing about a single change.",
    ),
};

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    tally.ask(SCAN_FACTS);
    let repository = context.repository(None)?;
    let counts = fields.under("metadata.vulnerabilities");
    let count = |name: &str| counts.count(name);
    let findings = || {
        let (critical, high, medium) = (count("critical")?, count("high")?, count("moderate")?);
        Some(Findings { critical, high, medium, low: count("low")?.saturating_add(count("info")?), unrated: 0 })
    };
    let scan = Check {
        id: format!("npm-audit:{}", repository.to_lowercase()),
        source: "npm".to_owned(),
        repository: Some(repository.clone()),
        name: "npm audit".to_owned(),
        kind: CheckKind::Scan,
        commit: None,
        branch: None,
        trigger: None,
        outcome: Some(CheckOutcome::Passed),
        attempt: None,
        actor: None,
        started_at: None,
        finished_at: None,
        updated_at: None,
        findings: findings(),
        url: None,
    };
    let alerts = advisories(fields).into_iter().map(|(own, advisory)| alert(&repository, &own, advisory));
    Ok([Record::Check(Box::new(scan))].into_iter().chain(alerts).collect())
}

/// Each advisory once, by its number.
fn advisories(fields: Fields<'_>) -> BTreeMap<String, Fields<'_>> {
    let values = |name: &str| fields.get(name).as_object().into_iter().flat_map(|object| object.values()).map(Fields);
    let of_packages = values("vulnerabilities").flat_map(|package| package.each("via")).filter(|via| via.0.is_object());
    let named = |advisory: Fields<'_>| advisory.any_text(&["source", "id", "url"]);
    of_packages.chain(values("advisories")).filter_map(|advisory| Some((named(advisory)?, advisory))).collect()
}

fn alert(repository: &str, own: &str, advisory: Fields<'_>) -> Record {
    let url = advisory.text("url");
    let mut mentions = Vec::new();
    mention::in_text(url.as_deref().unwrap_or_default(), FoundIn::LinkField, None, &mut mentions);
    for cve in advisory.get("cves").as_array().into_iter().flatten().filter_map(Value::as_str) {
        mention::in_text(cve, FoundIn::LinkField, None, &mut mentions);
    }
    mention::settle(&mut mentions, None);
    Record::Alert(Box::new(Alert {
        id: format!("npm:{}/{own}", repository.to_lowercase()),
        source: "npm".to_owned(),
        repository: Some(repository.to_owned()),
        title: advisory.text("title").unwrap_or_default(),
        package: advisory.any_text(&["dependency", "name", "module_name"]),
        path: None,
        severity: advisory.text("severity").as_deref().and_then(AlertSeverity::from_word),
        score_tenths: score_tenths(advisory, &["cvss.score"]),
        state: Some(AlertState::Open),
        opened_at: None,
        published_at: None,
        fixed_at: None,
        dismissed_at: None,
        dismissed_by: None,
        dismissed_reason: None,
        updated_at: None,
        url,
        mentions,
    }))
}
