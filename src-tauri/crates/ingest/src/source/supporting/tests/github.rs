use super::{alone, held, lines};
use change_ledger_model::source::{Fact, SourceKind};

#[test]
fn overrides_are_told_from_the_rest_of_the_audit_log() {
    let held = alone("github-audit-json/org-as-list-and-other-actions.json");
    assert_eq!(held.reading.kind, SourceKind::GithubAuditJson);
    assert_eq!(
        lines(&held),
        [
            "github-audit:d0cA1 acme/pay main by mara-ko/Human at 2026-09-03T01:45:00Z lets github:acme/pay#2214 in as 9f3c1e0 skipping Some([\"review_policy_not_satisfied\", \"required_status_checks\"]) review Some(true)",
            "github-audit:d0cA3 acme/pay main by tovelund/Human at 2026-09-03T01:41:40Z lets ? in as ? skipping Some([\"required_status_checks\"]) review Some(false)",
        ]
    );
    assert_eq!(held.warning_codes(), ["left_out", "left_out", "coverage"]);
    assert!(held.summary.carries.contains(&Fact::Bypass));
}

#[test]
fn an_enterprise_server_writes_its_details_one_level_deeper() {
    let held = alone("github-audit-json/enterprise-server-data.ndjson");
    let [told, silent] = &lines(&held)[..] else { panic!("{held:?}") };
    assert!(told.contains("release/1.4 by ilse") && told.ends_with("review Some(true)"), "{told}");
    // What was skipped is unknown, not nothing.
    assert!(silent.ends_with("skipping None review None"), "{silent}");
}

#[test]
fn an_audit_log_as_a_table_gives_the_same_record() {
    let table = alone("github-audit-csv/list-in-a-cell.csv");
    assert_eq!(table.reading.kind, SourceKind::GithubAuditCsv);
    let json = alone("github-audit-json/org-as-list-and-other-actions.json");
    let id = |line: &String| line.split(' ').take(9).collect::<Vec<_>>().join(" ");
    assert_eq!(id(&lines(&table)[0]), id(&lines(&json)[0]));
    assert_eq!(
        table.reasons(),
        ["3 @timestamp: \"soon\" cannot be read as a time: it is not a date that can be read."]
    );
    assert_eq!(table.warning_codes(), ["left_out", "coverage"]);
}

#[test]
fn rule_suites_tell_the_rule_only_one_by_one() {
    let list = alone("github-rule-suites/list-without-rules.json");
    assert_eq!(
        lines(&list),
        [
            "github-rule-suite:404/21 pay main by mara-ko/Human at 2026-09-03T01:51:40Z lets ? in as 9f3c1e0 skipping None review None"
        ]
    );
    assert_eq!(list.warning_codes(), ["left_out", "coverage"]);
    assert!(list.summary.cannot_tell.contains(&Fact::BypassedRule));
    let single = held("github-rule-suites/single-with-rules.json");
    assert_eq!(
        lines(&single),
        [
            "github-rule-suite:404/21 Acme/pay main by mara-ko/Human at 2026-09-03T01:51:40Z lets ? in as 9f3c1e0 skipping Some([\"pull_request\"]) review Some(true)"
        ]
    );
}

#[test]
fn deployments_have_no_status_of_their_own() {
    let held = alone("github-deployments/no-status-no-end.json");
    assert_eq!(
        lines(&held),
        [
            "github:acme/pay/deployments/81 Acme/pay production 9f3c1e0 main None by tovelund/Human from 2026-09-03T01:55:00Z deployed ? ended ? production",
            "github:acme/pay/deployments/82 Acme/pay staging 9f3c1e0 None by /Deleted from 2026-09-03T01:55:00Z deployed ? ended ? ?",
        ]
    );
    assert!(held.summary.cannot_tell.contains(&Fact::DeploymentTime));
}

#[test]
fn a_deployment_of_graphql_succeeded_when_it_first_did() {
    let held = alone("github-deployments/graphql-with-statuses.json");
    assert_eq!(held.reading.kind, SourceKind::GithubDeployments);
    assert_eq!(
        lines(&held),
        [
            "github:acme/pay/deployments/83 acme/pay production 9f3c1e0 Some(Replaced) by ? from 2026-09-03T01:55:00Z deployed 2026-09-03T02:01:00Z ended 2026-09-03T02:01:00Z ?"
        ]
    );
}

#[test]
fn statuses_name_their_deployment() {
    let held = alone("github-deployment-statuses/inactive-after-success.json");
    assert_eq!(held.reading.kind, SourceKind::GithubDeploymentStatuses);
    let of = "github:acme/pay/deployments/81 Acme/pay production ?";
    assert_eq!(
        lines(&held),
        [
            format!("{of} Some(Replaced) by ? from ? deployed ? ended ? ?"),
            format!("{of} Some(Succeeded) by ? from ? deployed 2026-09-03T02:01:00Z ended 2026-09-03T02:01:00Z ?"),
            format!("{of} Some(Running) by ? from ? deployed ? ended ? ?"),
        ]
    );
    assert_eq!(held.reasons(), ["4 state: \"exploded\" is no state of a deployment of GitHub."]);
}

#[test]
fn runs_end_with_their_last_update() {
    let gh = alone("github-runs/gh-run-list.json");
    assert_eq!(gh.reading.kind, SourceKind::GithubRuns);
    assert_eq!(
        lines(&gh),
        [
            "github:acme/pay/runs/7001 acme/pay tests 9f3c1e0 Some(Passed) by ? from 2026-09-03T01:43:05Z to 2026-09-03T01:49:00Z None",
            "github:acme/pay/runs/7002 acme/pay build 9f3c1e0 Some(Running) by ? from 2026-09-03T01:43:05Z to ? None",
        ]
    );
    let rest = alone("github-runs/rest-without-pull-requests.json");
    assert_eq!(
        lines(&rest),
        [
            "github:acme/pay/runs/7001 acme/pay tests 9f3c1e0 Some(Failed) by dependabot[bot]/Bot from 2026-09-03T01:43:05Z to 2026-09-03T01:49:00Z None"
        ]
    );
    assert_eq!(rest.reasons(), ["2 conclusion: \"odd\" is no conclusion of GitHub Actions."]);
}

#[test]
fn alerts_without_a_score_have_none() {
    let held = alone("github-dependabot/score-zero-and-moderate.json");
    assert_eq!(held.reading.kind, SourceKind::GithubDependabot);
    assert_eq!(
        lines(&held),
        [
            "github:acme/pay/alerts/4 Prototype pollution in merge-deep merge-deep Some(High) 75 Some(Fixed) opened 2026-09-01T00:00:00Z fixed 2026-09-04T00:00:00Z dismissed ? naming [\"CVE-2026-1234\", \"GHSA-AAAA-BBBB-CCCC\"]",
            "github:acme/pay/alerts/5 Prototype pollution in merge-deep merge-deep Some(Medium) ? Some(Dismissed) opened 2026-09-01T00:00:00Z fixed ? dismissed 2026-09-02T00:00:00Z naming [\"GHSA-AAAA-BBBB-CCCC\"]",
        ]
    );
}

#[test]
fn branch_rules_say_what_they_ask_for_or_nothing() {
    let check = |path: &str, expected: &str| {
        let held = alone(path);
        assert_eq!(held.reading.kind, SourceKind::GithubBranchRules, "{path}");
        assert_eq!(lines(&held), [expected], "{path}");
    };
    check(
        "github-branch-rules/protection-without-date.json",
        "github:acme/pay/branches/main acme/pay Some(Active) approvals 1 owners Some(false) stale Some(true) last Some(false) checks Some([\"tests\"]) admins Some(false) bypass Some([\"users: mara-ko\"]) force Some(false) at ?",
    );
    check(
        "github-branch-rules/ruleset-with-rules.json",
        "github:acme/pay/rulesets/42 acme/pay Some(Evaluate) approvals 2 owners Some(false) stale Some(true) last Some(true) checks Some([]) admins None bypass Some([\"RepositoryRole 5 always\"]) force Some(false) at 2026-07-01T08:00:00Z",
    );
    // The list leaves the rules out: how many approvals it asks for is unknown, not 0.
    check(
        "github-branch-rules/list-without-rules.json",
        "github:acme/rulesets/42 ? Some(Active) approvals ? owners None stale None last None checks None admins None bypass None force None at 2026-07-01T08:00:00Z",
    );
}

#[test]
fn commits_keep_both_dates_and_name_people_by_account_first() {
    let held = alone("github-commits/backdated-and-without-account.json");
    assert_eq!(held.reading.kind, SourceKind::GithubCommits);
    assert_eq!(
        lines(&held),
        [
            "github:acme/pay@9f3c1e0b04de8f3b2a1c0d9e8f7061524a3b4c5d hotfix: cap retries (#2214) by mara-ko/Human / web-flow[bot]/Bot written 2001-01-01T00:00:00Z committed 2026-09-03T01:51:40Z direct None naming [\"PLAT-1190\", \"acme/pay#2214\"]",
            "github:acme/pay@1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d direct fix by mara-ko/Human / web-flow[bot]/Bot written 2001-01-01T00:00:00Z committed 2026-09-03T01:51:40Z direct None naming []",
        ]
    );
}
