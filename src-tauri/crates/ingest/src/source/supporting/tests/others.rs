use super::{alone, held, lines};
use crate::{Flow, MemoryInput, Row, Sink, prepare, read};
use change_ledger_model::{
    record::{Record, Reject},
    source::{Fact, SourceKind},
};

#[test]
fn the_status_of_a_gitlab_deployment_counts_and_not_that_of_its_job() {
    let held = alone("gitlab-deployments/success-though-its-job-failed.json");
    assert_eq!(held.reading.kind, SourceKind::GitlabDeployments);
    assert_eq!(
        lines(&held),
        [
            "gitlab:deployments/4101 core/auth production 9f3c1e0 main Some(Succeeded) by iben vos/Human from 2026-09-03T01:55:00.111Z deployed 2026-09-03T02:01:00Z ended 2026-09-03T02:01:00Z production",
            "gitlab:deployments/4102 ? production 9f3c1e0 main Some(Pending) by iben vos/Human from 2026-09-03T01:55:00.111Z deployed ? ended ? production",
        ]
    );
    assert_eq!(held.reasons(), ["3 status: \"melted\" is no status of a deployment of GitLab."]);
}

#[test]
fn a_commit_without_a_merge_request_was_pushed_directly() {
    let held = alone("gitlab-custody-csv/direct-push.csv");
    assert_eq!(held.reading.kind, SourceKind::GitlabCustodyCsv);
    let told: Vec<(bool, bool)> = lines(&held)
        .iter()
        .map(|line| (line.contains("gitlab:core/auth@"), line.contains("direct Some(true)")))
        .collect();
    assert_eq!(told, [(true, false), (true, true)]);
    assert_eq!(held.reasons(), ["3 Commit SHA: The row names no commit."]);
    let older = alone("gitlab-custody-csv/merge-commits-only.csv");
    assert_eq!(older.reading.kind, SourceKind::GitlabCustodyCsv);
    assert!(lines(&older)[0].contains("direct Some(false)"));
}

#[test]
fn a_violation_is_a_hint_and_proves_no_skipped_review() {
    let held = alone("gitlab-violations-csv/hint.csv");
    assert_eq!(held.reading.kind, SourceKind::GitlabViolationsCsv);
    assert_eq!(
        lines(&held),
        [
            "gitlab-violation:gitlab:core/auth!418/approved_by_merge_request_author core/auth ? by ivos/Human at 2026-08-14T22:31:57Z lets gitlab:core/auth!418 in as ? skipping Some([\"approved_by_merge_request_author\"]) review None"
        ]
    );
    assert_eq!(held.reasons().len(), 1);
}

#[test]
fn argo_cd_lists_each_source_and_a_failure_only_once() {
    let held = alone("argo-cd/several-sources-and-a-failed-sync.json");
    assert_eq!(held.reading.kind, SourceKind::ArgoCd);
    let place = "https://kubernetes.default.svc/pay";
    assert_eq!(
        lines(&held),
        [
            format!(
                "argocd:argocd/pay/7 acme/pay-config {place} 9f3c1e0 Some(Succeeded) by tovelund/Human from 2026-09-03T02:00:00Z deployed 2026-09-03T02:00:31Z ended 2026-09-03T02:00:31Z ?"
            ),
            format!(
                "argocd:argocd/pay/8 ? {place} ? 1.4.2 Some(Succeeded) by argocd[bot]/Bot from ? deployed 2026-09-04T02:00:31Z ended 2026-09-04T02:00:31Z ?"
            ),
            format!(
                "argocd:argocd/pay/8.1 acme/pay-values {place} 1a2b3c4 Some(Succeeded) by argocd[bot]/Bot from ? deployed 2026-09-04T02:00:31Z ended 2026-09-04T02:00:31Z ?"
            ),
            format!(
                "argocd:argocd/pay/operation/1788573600000 acme/pay-config {place} 9f3c1e0 Some(Failed) by ? from 2026-09-05T02:00:00Z deployed ? ended 2026-09-05T02:00:10Z ?"
            ),
        ]
    );
    assert_eq!(held.warning_codes(), ["coverage"]);
    assert_eq!(lines(&alone("argo-cd/single-succeeded.json")).len(), 3);
}

#[test]
fn a_build_of_jenkins_ends_after_its_duration() {
    let held = alone("jenkins/running-and-odd-actions.json");
    assert_eq!(held.reading.kind, SourceKind::Jenkins);
    assert_eq!(
        lines(&held),
        [
            "jenkins:https://ci.example.com/job/pay/job/main/7 acme/pay pay » main 9f3c1e0 Some(Failed) by tove/Human from 2026-09-03T01:45:00Z to 2026-09-03T01:46:01Z None",
            "jenkins:https://ci.example.com/job/pay/job/main/8 ? pay/main ? Some(Running) by ? from 2026-09-03T02:01:40Z to ? None",
        ]
    );
    assert_eq!(held.reasons().len(), 1);
}

#[test]
fn circleci_names_the_commit_only_in_pipelines() {
    let held = alone("circleci/on-hold-and-1970.json");
    assert_eq!(held.reading.kind, SourceKind::Circleci);
    assert_eq!(
        lines(&held),
        [
            "circleci:5034460f-c7c4-4c43-9457-de07e2029e7b acme/pay build-and-test ? Some(Failed) by ? from 2026-09-03T01:43:00Z to 2026-09-03T01:49:00Z None",
            "circleci:wf2 acme/pay release ? Some(Running) by ? from 2026-09-03T01:50:00Z to ? None",
        ]
    );
    assert!(held.summary.cannot_tell.contains(&Fact::CheckedCommit));
    let pipelines = alone("circleci/pipelines.json");
    assert_eq!(
        lines(&pipelines),
        ["circleci:p1 acme/pay pipeline 9f3c1e0 None by mara-ko/Human from 2026-09-03T01:43:00Z to ? None"]
    );
}

#[test]
fn azure_pipelines_write_seven_digits_and_the_year_one() {
    let held = alone("azure-pipelines/seven-digits-and-year-one.json");
    assert_eq!(held.reading.kind, SourceKind::AzurePipelines);
    assert_eq!(
        lines(&held),
        [
            "azure-pipelines:Payments/901 Payments/pay pay-ci 9f3c1e0 Some(Failed) by mara@example.com/Human from 2026-09-03T01:43:26.642Z to 2026-09-03T01:49:26.642Z None",
            "azure-pipelines:Payments/902 Payments/pay pay-ci 9f3c1e0 Some(Running) by mara@example.com/Human from 2026-09-03T01:43:26.642Z to ? None",
        ]
    );
}

#[test]
fn messages_keep_their_first_time_and_their_addresses() {
    let held = alone("slack-messages/2026-09-03.json");
    assert_eq!(held.reading.kind, SourceKind::SlackMessages);
    assert_eq!(
        lines(&held),
        [
            "slack:1788399731.220019 u07a/Human at 2026-09-03T01:42:11.220Z edited ? in ?: need break-glass merge for #2214 (https://github.com/acme/pay/pull/2214) @U0CAB [] naming [\"acme/pay#2214\"]",
            "slack:1788399790.000200 u0cab/Human at 2026-09-03T01:43:10Z edited 2026-09-03T01:43:21Z in 1788399731.220019: approved & logged [\"white_check_mark: U07A\"] naming []",
            "slack:1788400300.000100 b0gh[bot]/Bot at 2026-09-03T01:51:40Z edited ? in ?: https://github.com/acme/pay/pull/2215\n[acme/pay] Pull request merged by mara-ko [] naming [\"acme/pay#2215\"]",
        ]
    );
    assert_eq!(held.reasons().len(), 1);
    assert_eq!(held.warning_codes(), ["left_out", "coverage"]);
    assert_eq!(lines(&alone("slack-messages/one-channel-from-the-interface.json")).len(), 1);
}

#[test]
fn a_message_stands_in_the_channel_of_its_folder() {
    struct Ids(Vec<String>);
    impl Sink for Ids {
        fn accept(&mut self, row: Row) -> Flow {
            self.0.extend(row.records.iter().filter_map(|record| match record {
                Record::Message(message) => Some(message.id.clone()),
                _ => None,
            }));
            Flow::Continue(())
        }
        fn reject(&mut self, _: Reject) -> Flow {
            Flow::Continue(())
        }
    }
    let (_, bytes) = crate::test_fixtures::fixture("slack-messages/2026-09-03.json");
    let input = MemoryInput::new("export.zip/inc-482/2026-09-03.json", bytes.clone());
    let reading = prepare(&input, &crate::Options::default()).unwrap();
    let mut ids = Ids(Vec::new());
    read(Box::new(std::io::Cursor::new(bytes)), &reading, &mut ids).unwrap();
    assert_eq!(ids.0.first().map(String::as_str), Some("slack:inc-482/1788399731.220019"));
}

#[test]
fn what_else_a_slack_export_holds_is_left_out_with_a_word() {
    for path in ["slack-users/empty-people.json", "slack-users/empty-channels.json"] {
        let held = alone(path);
        assert_eq!((held.reading.kind, lines(&held).len()), (SourceKind::SlackUsers, 0), "{path}");
        assert_eq!(held.warning_codes(), ["left_out"], "{path}");
    }
}

#[test]
fn only_a_security_severity_is_a_severity() {
    let held = alone("sarif/level-is-no-severity.json");
    assert_eq!(held.reading.kind, SourceKind::Sarif);
    assert_eq!(
        lines(&held),
        [
            "sarif:codeql/acme/pay/main//9f3c1e0b04de8f3b2a1c0d9e8f7061524a3b4c5d/1788400140000 acme/pay CodeQL (main) 9f3c1e0 Some(Passed) by ? from ? to 2026-09-03T01:49:00Z Some([1, 1, 0, 0, 1])"
        ]
    );
}

#[test]
fn an_npm_audit_counts_each_advisory_once() {
    let held = held("npm-audit/version-2.json");
    assert_eq!(held.reading.kind, SourceKind::NpmAudit);
    assert_eq!(
        lines(&held),
        [
            "npm-audit:acme/pay Acme/pay npm audit ? Some(Passed) by ? from ? to ? Some([0, 2, 1, 0, 0])",
            "npm:acme/pay/1094 Prototype pollution merge-deep Some(High) ? Some(Open) opened ? fixed ? dismissed ? naming [\"GHSA-AAAA-BBBB-CCCC\"]",
        ]
    );
    let (_, bytes) = crate::test_fixtures::fixture("npm-audit/version-2.json");
    let error = crate::table::test_support::import(&bytes, &crate::Options::default()).unwrap_err().to_string();
    assert!(error.contains("which repository"), "{error}");
}

#[test]
fn a_weakness_by_two_paths_is_one() {
    let test = alone("snyk/one-weakness-by-two-paths.json");
    assert_eq!(test.reading.kind, SourceKind::Snyk);
    assert_eq!(
        lines(&test),
        [
            "snyk-test:pay ? snyk test pay ? Some(Passed) by ? from ? to ? Some([0, 1, 0, 0, 0])",
            "snyk:pay/SNYK-JS-MERGEDEEP-1 Prototype Pollution merge-deep Some(High) 75 Some(Open) opened ? fixed ? dismissed ? naming [\"CVE-2026-1234\", \"GHSA-AAAA-BBBB-CCCC\"]",
        ]
    );
    let issues = alone("snyk/issues-from-the-interface.json");
    assert_eq!(issues.reading.kind, SourceKind::Snyk);
    assert_eq!(
        lines(&issues),
        [
            "snyk:issues/8e0c Prototype Pollution ? Some(Critical) ? Some(Fixed) opened 2026-09-01T00:00:00Z fixed 2026-09-04T00:00:00Z dismissed ? naming [\"CVE-2026-1234\"]"
        ]
    );
}

#[test]
fn people_and_channels_of_slack_are_left_out_whatever_they_carry() {
    let check = |json: &str| {
        let found = prepare(&MemoryInput::new("x.json", json.as_bytes()), &crate::Options::default());
        assert_eq!(found.map(|reading| reading.kind).ok(), Some(SourceKind::SlackUsers), "{json}");
    };
    check(r#"[{"id":"U07A","team_id":"T1","name":"mara","profile":{}}]"#);
    check(r#"[{"id":"U07A","name":"mara","deleted":false,"is_bot":false,"profile":{"email":"mara@example.com"}}]"#);
    check(r#"[{"id":"C1","name":"inc-482","created":1,"members":["U07A"]}]"#);
}
