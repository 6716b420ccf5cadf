//! Traps of deployments, checks, alerts, messages, branch rules and commits.

use super::{Trap, file, text};
use change_ledger_model::source::SourceKind::{
    ArgoCd, AzurePipelines, Circleci, GitLog, GithubAuditCsv, GithubAuditJson, GithubBranchRules, GithubCommits,
    GithubDependabot, GithubDeploymentStatuses, GithubDeployments, GithubRuleSuites, GithubRuns, GitlabCustodyCsv,
    GitlabDeployments, GitlabViolationsCsv, Jenkins, NpmAudit, Sarif, SlackMessages, SlackUsers, Snyk,
};

pub(super) fn traps() -> Vec<Trap> {
    [rules_and_commits(), deployments_and_checks(), scans_and_messages()].into_iter().flatten().collect()
}

fn rules_and_commits() -> Vec<Trap> {
    let audit = |name, says, never| file(GithubAuditJson, name, "org-as-list-and-other-actions.json", says, never);
    vec![
        audit(
            "only overrides of a review rule mean that an approval is missing",
            &["d0cA1 … review=true", "d0cA3 … rules=[\"required_status_checks\"] review=false", "warning left_out"],
            &[],
        ),
        audit("times as milliseconds", &["d0cA1 … at=2026-09-03T01:45:00Z"], &[]),
        file(
            GithubAuditJson,
            "GitHub Enterprise Server writes most details under data",
            "enterprise-server-data.ndjson",
            &["ghes1 … review=true", "ghes2 … rules=? review=?"],
            &[],
        ),
        file(
            GithubAuditCsv,
            "lists within a cell, as JSON or with commas",
            "list-in-a-cell.csv",
            &["d0cA1 … rules=[\"review_policy_not_satisfied\"] review=true"],
            &[],
        ),
        file(
            GithubRuleSuites,
            "lists do not say which rule was skipped: only single suites do",
            "list-without-rules.json",
            &["404/21 … rules=? review=?"],
            &["review=true", "review=false"],
        ),
        file(
            GithubRuleSuites,
            "a ruleset that only evaluates skips nothing",
            "list-without-rules.json",
            &["warning left_out"],
            &["404/22"],
        ),
        file(
            GithubBranchRules,
            "lists of rulesets do not say what their rules are",
            "list-without-rules.json",
            &["rulesets/42 … approvals=?"],
            &["approvals=0"],
        ),
        file(
            GithubBranchRules,
            "a ruleset that is evaluated or disabled binds nobody",
            "ruleset-with-rules.json",
            &["enforcement=Evaluate approvals=2"],
            &["enforcement=Active"],
        ),
        file(
            GithubBranchRules,
            "branch protection has no date: it is of the day of its import",
            "protection-without-date.json",
            &["admins=false updated=?"],
            &[],
        ),
        file(
            GithubCommits,
            "an author without an account is named by mail address",
            "backdated-and-without-account.json",
            &["1a2b3c4d … author=mara"],
            &["author=?"],
        ),
        file(
            GitLog,
            "messages hold quotation marks, commas and line ends",
            "quoted-subject.log",
            &["title=Cap \"retries\" (#2214)"],
            &["reject"],
        ),
        file(
            GitlabCustodyCsv,
            "a commit without a merge request was pushed directly",
            "direct-push.csv",
            &["1a2b3c4d … direct=true", "9f3c1e0b … direct=false"],
            &[],
        ),
        file(
            GitlabCustodyCsv,
            "older reports list merge commits only, with numbers of merge requests that nobody knows them by",
            "merge-commits-only.csv",
            &["9f3c1e0b … change=?"],
            &["direct=true"],
        ),
        file(
            GithubRuleSuites,
            "no pull request is named; the commit leads to it",
            "single-with-rules.json",
            &["404/21 … change=? after=9f3c1e0b … review=true"],
            &[],
        ),
        file(
            GithubCommits,
            "a squash merge has its pull request only in its title",
            "backdated-and-without-account.json",
            &["9f3c1e0b … change=? … Change acme/pay#2214 Title"],
            &[],
        ),
        file(
            GitlabViolationsCsv,
            "a merge request that was merged with another one is one too: a hint, not a proof",
            "hint.csv",
            &["!418/approved_by_merge_request_author … review=?"],
            &["review=true"],
        ),
    ]
}

fn deployments_and_checks() -> Vec<Trap> {
    let statuses = |name, says, never| file(GithubDeploymentStatuses, name, "inactive-after-success.json", says, never);
    vec![
        statuses(
            "inactive means replaced by a later deployment, not failed",
            &["deployments/81 state=Replaced … deployed=?"],
            &["state=Failed"],
        ),
        statuses(
            "several successes: the first one is when it was deployed",
            &["deployments/81 state=Succeeded … deployed=2026-09-03T02:01:00Z"],
            &[],
        ),
        file(
            GithubDeployments,
            "lists have no status and no time of success: import the statuses as well",
            "no-status-no-end.json",
            &["deployments/81 state=? … deployed=?"],
            &["state=Succeeded"],
        ),
        file(
            GithubDeployments,
            "a later deployment turns an earlier one inactive and moves its time of update",
            "graphql-with-statuses.json",
            &["deployments/83 state=Replaced … deployed=2026-09-03T02:01:00Z"],
            &[],
        ),
        file(
            GithubRuns,
            "the pull requests of a run are empty once it was merged: the commit leads to it",
            "rest-without-pull-requests.json",
            &["runs/7001 … commit=9f3c1e0b"],
            &[],
        ),
        file(
            Circleci,
            "a workflow does not name its commit; its pipeline does",
            "on-hold-and-1970.json",
            &["wf2 … commit=?", "cannot tell CheckedCommit"],
            &[],
        ),
        file(
            GithubRuns,
            "a run that is not finished has no conclusion",
            "gh-run-list.json",
            &["runs/7002 outcome=Running … finished=?"],
            &[],
        ),
        file(
            GitlabDeployments,
            "a deployment may have succeeded though its job failed: its own status counts",
            "success-though-its-job-failed.json",
            &["deployments/4101 state=Succeeded"],
            &["state=Failed"],
        ),
        file(
            ArgoCd,
            "failed syncs are not in the history; only the last operation shows one",
            "several-sources-and-a-failed-sync.json",
            &["operation/1788573600000 state=Failed … deployed=?"],
            &[],
        ),
        file(
            ArgoCd,
            "a revision may be the version of a chart instead of a commit",
            "several-sources-and-a-failed-sync.json",
            &["pay/8 … commit=? version=1.4.2"],
            &["commit=1.4.2"],
        ),
        file(
            Jenkins,
            "the time is that of the start; the end is start plus duration",
            "running-and-odd-actions.json",
            &["main/7 … started=2026-09-03T01:45:00Z finished=2026-09-03T01:46:01Z"],
            &[],
        ),
        file(
            Jenkins,
            "a running build has no result and a duration of 0",
            "running-and-odd-actions.json",
            &["main/8 outcome=Running … finished=?"],
            &[],
        ),
        file(
            Circleci,
            "a workflow on hold waits for an approval and has not ended",
            "on-hold-and-1970.json",
            &["wf2 outcome=Running … finished=?"],
            &["1970"],
        ),
        file(Circleci, "times in 1970 stand for none", "on-hold-and-1970.json", &["circleci:"], &["=1970-"]),
        file(
            AzurePipelines,
            "the year 1 stands for no time",
            "seven-digits-and-year-one.json",
            &["Payments/902 … finished=?"],
            &["=0001-"],
        ),
    ]
}

fn scans_and_messages() -> Vec<Trap> {
    vec![
        file(
            GithubDependabot,
            "a score of 0 means not scored",
            "score-zero-and-moderate.json",
            &["alerts/5 severity=Medium tenths=?"],
            &["tenths=0"],
        ),
        file(
            GithubDependabot,
            "older advisories say moderate instead of medium",
            "score-zero-and-moderate.json",
            &["alerts/5 severity=Medium"],
            &[],
        ),
        file(
            Sarif,
            "the level is no severity: only a security-severity is",
            "level-is-no-severity.json",
            &["findings=Findings"],
            &["findings=?"],
        ),
        file(
            NpmAudit,
            "neither repository, commit nor time is in the file",
            "version-2.json",
            &["npm-audit:acme/pay … commit=? started=? finished=?", "cannot tell CheckedCommit", "warning coverage"],
            &[],
        ),
        file(
            Snyk,
            "a weakness stands once per path that leads to it",
            "one-weakness-by-two-paths.json",
            &["findings=Findings { critical: 0, high: 1", "cannot tell CheckedCommit"],
            &["high: 2"],
        ),
        file(
            SlackMessages,
            "times are texts with a point, and lose digits as numbers",
            "2026-09-03.json",
            &["message slack:slack-messages/1788399731.220019 … at=2026-09-03T01:42:11.220Z"],
            &[],
        ),
        text(
            SlackMessages,
            "an edited message keeps the time of the first version",
            r#"[{"type":"message","user":"U0CAB","text":"approved","ts":"1788399790.000200","edited":{"user":"U0CAB","ts":"1788399801.000000"}}]"#,
            &["at=2026-09-03T01:43:10Z"],
            &["at=2026-09-03T01:43:21Z"],
        ),
        file(
            SlackMessages,
            "bots put addresses into attachments, not into the text",
            "2026-09-03.json",
            &["1788400300.000100 … acme/pay#2215"],
            &[],
        ),
        file(
            SlackUsers,
            "they hold no message, and nothing is made of them",
            "empty-people.json",
            &["warning left_out"],
            &["message "],
        ),
    ]
}
