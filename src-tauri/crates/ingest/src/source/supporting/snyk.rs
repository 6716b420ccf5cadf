//! Snyk: a test of the command line, or issues from the interface.

use super::{Fields, JsonSource, github_dependabot::score_tenths, sarif::SCAN_FACTS};
use crate::{
    input::framing::Rules,
    mention,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    record::{Alert, AlertSeverity, AlertState, Check, CheckKind, CheckOutcome, Findings, FoundIn, Mention, Record},
    source::{Fact, SourceKind},
};
use std::collections::BTreeMap;

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::Snyk,
        title: "Snyk tests and issues",
        command: "snyk test --json > snyk.json, or the answer of https://api.snyk.io/rest/orgs/ID/issues",
        facts: &[Fact::CheckOutcome, Fact::FindingSeverity, Fact::FindingTimes],
        cannot_tell: "the commit",
        traps: &[
            "a weakness stands once per path that leads to it",
            "a test has neither the commit nor the time",
            "--all-projects makes a list of tests",
        ],
    },
    rules: Rules {
        lists: &["data"],
        via: &[],
        marks: &["vulnerabilities", "attributes", "projectName", "dependencyCount"],
        context: &[],
    },
    is_its_record: |seen: &Glance| {
        (seen.has("vulnerabilities") && seen.has_any(&["projectName", "dependencyCount", "packageManager"]))
            || seen.has_within("attributes", "effective_severity_level")
    },
    reason: "It has the vulnerabilities of a project or issues with an effective severity, as Snyk writes.",
    read: |fields, context, tally| {
        if fields.has("attributes") { issue(fields, context, tally) } else { test(fields, context, tally) }
    },
    needs_repository: false,
    caution: None,
};

/// A test of one project: a scan, and each weakness once.
fn test(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    tally.ask(SCAN_FACTS);
    let project = fields.any_text(&["projectName", "displayTargetFile", "path"]);
    let Some(project) = project else {
        return Err(Fault::field("projectName", "the test does not name its project".to_owned()));
    };
    let weaknesses: BTreeMap<String, Fields<'_>> =
        fields.each("vulnerabilities").filter_map(|found| Some((found.text("id")?, found))).collect();
    let mut findings = Findings::default();
    let mut alerts = Vec::new();
    for (id, found) in weaknesses {
        let severity = found.text("severity").as_deref().and_then(AlertSeverity::from_word);
        *match severity {
            Some(AlertSeverity::Critical) => &mut findings.critical,
            Some(AlertSeverity::High) => &mut findings.high,
            Some(AlertSeverity::Medium) => &mut findings.medium,
            Some(AlertSeverity::Low) => &mut findings.low,
            None => &mut findings.unrated,
        } += 1;
        let identifiers = found.under("identifiers");
        let names = ["CVE", "GHSA"].into_iter().filter_map(|kind| identifiers.texts(kind)).flatten().collect();
        alerts.push(Record::Alert(Box::new(Alert {
            id: format!("snyk:{project}/{id}"),
            title: found.text("title").unwrap_or_default(),
            package: found.any_text(&["packageName", "moduleName", "name"]),
            path: found.texts("from").map(|path| path.join(" > ")),
            severity,
            score_tenths: score_tenths(found, &["cvssScore"]),
            state: Some(AlertState::Open),
            published_at: found.time("publicationTime", context, tally),
            ..blank(context, names)
        })));
    }
    let scan = Record::Check(Box::new(Check {
        id: format!("snyk-test:{project}"),
        source: "snyk".to_owned(),
        repository: context.repository.map(str::to_owned),
        name: format!("snyk test {project}"),
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
        findings: Some(findings),
        url: None,
    }));
    Ok([scan].into_iter().chain(alerts).collect())
}

/// An issue of the interface.
fn issue(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let id = fields.needed("id")?;
    let said = fields.under("attributes");
    let word = said.needed("status")?;
    let is_ignored = said.flag("ignored") == Some(true);
    let state = match word.as_str() {
        "open" if is_ignored => AlertState::Dismissed,
        "open" => AlertState::Open,
        "resolved" => AlertState::Fixed,
        _ => return Err(Fault::field("attributes.status", format!("\"{word}\" is no status of a Snyk issue"))),
    };
    let names = said.each("problems").filter_map(|problem| problem.text("id")).collect();
    Ok(vec![Record::Alert(Box::new(Alert {
        id: format!("snyk:issues/{id}"),
        title: said.text("title").unwrap_or_default(),
        severity: said.text("effective_severity_level").as_deref().and_then(AlertSeverity::from_word),
        state: Some(state),
        opened_at: said.needed_time("created_at", context, tally)?,
        fixed_at: said.needed_time("resolution.resolved_at", context, tally)?,
        updated_at: said.time("updated_at", context, tally),
        ..blank(context, names)
    }))])
}

/// An alert of Snyk of which nothing is known besides the advisories that it names.
fn blank(context: &Context<'_>, names: Vec<String>) -> Alert {
    let mut mentions: Vec<Mention> = Vec::new();
    for name in &names {
        mention::in_text(name, FoundIn::LinkField, None, &mut mentions);
    }
    mention::settle(&mut mentions, None);
    Alert {
        id: String::new(),
        source: "snyk".to_owned(),
        repository: context.repository.map(str::to_owned),
        title: String::new(),
        package: None,
        path: None,
        severity: None,
        score_tenths: None,
        state: None,
        opened_at: None,
        published_at: None,
        fixed_at: None,
        dismissed_at: None,
        dismissed_by: None,
        dismissed_reason: None,
        updated_at: None,
        url: None,
        mentions,
    }
}
