//! Exports of supporting records, from the file to the manifest and back to the raw record.

use crate::{
    importing::{pull, review},
    support::{Sandbox, summed},
};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/sources").join(path)
}

#[test]
fn every_kind_is_imported_and_counted() {
    let check = |path: &str, records: &[(&str, u64)], carries: &[&str]| {
        let sandbox = Sandbox::new();
        let run = sandbox.json([Path::new("import"), Path::new("--repository"), Path::new("acme/pay"), &fixture(path)]);
        let run = &run["runs"][0];
        assert_eq!(run["kind"].as_str(), path.split('/').next(), "{path}");
        for (kind, count) in records {
            assert_eq!(run["records"][kind].as_u64(), Some(*count), "{path}: {kind} in {run}");
        }
        let carried: Vec<&str> = run["carries"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(carried, carries, "{path}");
        assert_eq!(sandbox.run(["verify"]).code, Some(0), "{path}");
    };
    check("github-audit-json/org-as-list-and-other-actions.json", &[("bypasses", 2)], &["bypass", "bypassed_rule"]);
    check("github-audit-csv/list-in-a-cell.csv", &[("bypasses", 1)], &["bypass", "bypassed_rule"]);
    check("github-rule-suites/list-without-rules.json", &[("bypasses", 1)], &["bypass"]);
    check("github-deployments/no-status-no-end.json", &[("deployments", 2)], &["deployed_commit", "environment"]);
    check(
        "github-deployment-statuses/inactive-after-success.json",
        &[("deployments", 3)],
        &["deployment_time", "environment"],
    );
    check("github-runs/gh-run-list.json", &[("checks", 2)], &["check_outcome", "checked_commit"]);
    check("github-dependabot/score-zero-and-moderate.json", &[("alerts", 2)], &["finding_severity", "finding_times"]);
    check("github-branch-rules/ruleset-with-rules.json", &[("settings", 1)], &["branch_rules"]);
    check(
        "github-commits/backdated-and-without-account.json",
        &[("commits", 2), ("links", 2)],
        &["author", "text", "commits"],
    );
    check("git-log/quoted-subject.log", &[("commits", 1), ("links", 2)], &["author", "text", "commits"]);
    check(
        "gitlab-deployments/success-though-its-job-failed.json",
        &[("deployments", 2)],
        &["deployment_time", "deployed_commit", "environment"],
    );
    check("gitlab-custody-csv/direct-push.csv", &[("commits", 2)], &["author", "commits"]);
    check("gitlab-violations-csv/hint.csv", &[("bypasses", 1)], &["bypass", "bypassed_rule"]);
    check(
        "argo-cd/several-sources-and-a-failed-sync.json",
        &[("deployments", 4)],
        &["deployment_time", "deployed_commit", "environment"],
    );
    check("jenkins/running-and-odd-actions.json", &[("checks", 2)], &["check_outcome", "checked_commit"]);
    check("circleci/on-hold-and-1970.json", &[("checks", 2)], &["check_outcome"]);
    check("azure-pipelines/seven-digits-and-year-one.json", &[("checks", 2)], &["check_outcome", "checked_commit"]);
    check("slack-messages/2026-09-03.json", &[("messages", 3), ("links", 2)], &["text"]);
    check(
        "sarif/level-is-no-severity.json",
        &[("checks", 1)],
        &["check_outcome", "checked_commit", "finding_severity"],
    );
    check("npm-audit/version-2.json", &[("checks", 1), ("alerts", 1)], &["check_outcome", "finding_severity"]);
    check(
        "snyk/one-weakness-by-two-paths.json",
        &[("checks", 1), ("alerts", 1)],
        &["check_outcome", "finding_severity"],
    );
}

#[test]
fn a_deployment_meets_its_statuses_whichever_file_comes_first() {
    let deployments = fixture("github-deployments/no-status-no-end.json");
    let statuses = fixture("github-deployment-statuses/inactive-after-success.json");
    for order in [[&deployments, &statuses], [&statuses, &deployments]] {
        let sandbox = Sandbox::new();
        order.iter().for_each(|path| assert_eq!(sandbox.import(path)["status"], "imported"));
        let raw = sandbox.run(["show", "--raw", "github:acme/pay/deployments/81"]).stdout;
        let raw: Value = serde_json::from_str(&raw).unwrap();
        // The newest version is the one that says that a later deployment replaced it.
        assert_eq!(
            (raw["state"].as_str(), raw["created_at"].as_str()),
            (Some("inactive"), Some("2026-09-05T10:00:00Z"))
        );
        assert_eq!(sandbox.run(["verify"]).code, Some(0));
    }
}

#[test]
fn the_raw_supporting_record_is_the_files_region_byte_for_byte() {
    let sandbox = Sandbox::new();
    sandbox.import(&fixture("slack-messages/2026-09-03.json"));
    let text = std::fs::read_to_string(fixture("slack-messages/2026-09-03.json")).unwrap();
    let raw = sandbox.run(["show", "--raw", "slack:slack-messages/1788399790.000200"]).stdout;
    assert!(text.contains(&raw) && raw.contains("approved &amp; logged"), "{raw}");
    let outcome = sandbox.run(["show", "--raw", "slack:1"]);
    assert!(outcome.code != Some(0) && outcome.stderr.contains("slack:1"), "{outcome:?}");
}

#[test]
fn a_skipped_review_rule_makes_an_approved_change_an_emergency() {
    let approved = json!({"reviews": [review("tove", "APPROVED", "2026-07-01T09:00:00Z")]});
    let pulls = json!([pull(2213, approved.clone()), pull(2214, approved)]).to_string();
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", pulls));
    let classes = |sandbox: &Sandbox| {
        let metrics = sandbox.json(["metrics"]);
        ["/classes/routine", "/classes/unlabelled_emergency"].map(|class| summed(&metrics, class))
    };
    assert_eq!(classes(&sandbox), [2, 0]);
    // It holds two overrides: one of a review rule that names 2214, and one of a check that names no change.
    sandbox.import(&fixture("github-audit-json/org-as-list-and-other-actions.json"));
    assert_eq!(classes(&sandbox), [1, 1]);
    let page = sandbox.json(["show", "acme/pay#2214"]);
    assert!(page["signals"].as_array().unwrap().contains(&json!("bypass_recorded")), "{page}");
}

#[test]
fn what_happened_outside_the_imported_changes_is_listed_as_missing() {
    let listed = |file: &str, pulls: Option<u64>| {
        let sandbox = Sandbox::new();
        if let Some(number) = pulls {
            sandbox.import(&sandbox.file("pulls.json", json!([pull(number, json!({}))]).to_string()));
        }
        sandbox.json([Path::new("import"), Path::new("--repository"), Path::new("acme/pay"), &fixture(file)]);
        let found = sandbox.json(["completeness"])["without_change"].clone();
        let plain = sandbox.run(["--format", "csv", "completeness"]).stdout;
        let kinds =
            [("review_bypasses", "review_bypass"), ("unclear_bypasses", "unclear_bypass"), ("commits", "commit")];
        kinds.map(|(list, aspect)| {
            let records = found[list]["records"].as_array().unwrap();
            assert_eq!(found[list]["total"].as_u64(), Some(records.len() as u64));
            let lines = plain.lines().filter(|line| line.starts_with(&format!("{aspect},"))).count();
            assert_eq!(lines, records.len(), "{plain}");
            lines
        })
    };
    let audit = "github-audit-json/org-as-list-and-other-actions.json";
    assert_eq!(listed(audit, None), [1, 0, 0]);
    assert_eq!(listed(audit, Some(2214)), [0, 0, 0]);
    assert_eq!(listed("github-rule-suites/list-without-rules.json", Some(2214)), [0, 1, 0]);
    assert_eq!(listed("git-log/quoted-subject.log", None), [0, 0, 1]);
}
