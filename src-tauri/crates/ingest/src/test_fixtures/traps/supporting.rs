//! Traps of branch rules, commits, scans, alerts and messages.

use super::{Trap, file, text, utf16};
use change_ledger_model::source::SourceKind::{
    GitLog, GithubAuditCsv, GithubAuditJson, GithubBranchRules, GithubCommits, GithubDependabot, GithubRuleSuites,
    GitlabCustodyCsv, GitlabViolationsCsv, NpmAudit, Sarif, SlackMessages, SlackUsers, Snyk,
};

pub(super) fn traps() -> Vec<Trap> {
    [rules_and_commits(), scans_and_messages()].into_iter().flatten().collect()
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
        utf16(
            GitLog,
            "Windows PowerShell writes UTF-16",
            "quoted-subject.log",
            &["committed=2026-09-03T01:51:40Z … title=Cap \"retries\" (#2214)"],
            &["reject"],
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
        audit("org and org_id are sometimes lists", &["bypass github-audit:d0cA1"], &["reject"]),
        audit("Git events are another export", &["warning left_out: … skip no rule"], &["d0cA2"]),
        file(
            GithubCommits,
            "both dates are set by whoever commits and can be backdated",
            "backdated-and-without-account.json",
            &["9f3c1e0b … committed=2026-09-03T01:51:40Z"],
            &["2001-01-01"],
        ),
        file(
            GitLog,
            "both dates are set by whoever commits and can be backdated",
            "quoted-subject.log",
            &["committed=2026-09-03T01:51:40Z"],
            &["committed=2026-09-03T01:42:11Z"],
        ),
        file(
            GitLog,
            "the repository is not in the file",
            "quoted-subject.log",
            &["repository=acme/pay … Change acme/pay#2214 Title"],
            &[],
        ),
        text(
            GithubAuditCsv,
            "times as milliseconds or as text",
            "@timestamp,action,actor,branch,after,repo,overridden_codes,_document_id\n1788399900000,protected_branch.policy_override,mara-ko,refs/heads/main,,acme/pay,review_policy_not_satisfied,d1\n2026-09-03T01:45:00.000Z,protected_branch.policy_override,mara-ko,refs/heads/main,,acme/pay,review_policy_not_satisfied,d2\n2026-09-03 01:45:00 UTC,protected_branch.policy_override,mara-ko,refs/heads/main,,acme/pay,review_policy_not_satisfied,d3\n",
            &["d1 … at=2026-09-03T01:45:00Z", "d2 … at=2026-09-03T01:45:00Z", "d3 … at=2026-09-03T01:45:00Z"],
            &["reject"],
        ),
        text(
            GithubAuditCsv,
            "columns that no entry uses are missing",
            "@timestamp,action,actor,branch,repo,_document_id\n1788399900000,protected_branch.policy_override,mara-ko,refs/heads/main,acme/pay,d1\n",
            &["bypass github-audit:d1 … rules=? review=?", "cannot tell BypassedRule"],
            &["review=false"],
        ),
        file(
            GithubBranchRules,
            "administrators are not bound unless enforce_admins says so",
            "protection-without-date.json",
            &["approvals=1 admins=false"],
            &[],
        ),
        text(
            GithubBranchRules,
            "administrators are not bound unless enforce_admins says so",
            r#"{"url":"https://api.github.com/repos/acme/pay/branches/main/protection","required_pull_request_reviews":{"required_approving_review_count":1},"enforce_admins":{"enabled":true},"allow_force_pushes":{"enabled":false}}"#,
            &["approvals=1 admins=true"],
            &[],
        ),
        file(
            GitlabViolationsCsv,
            "less than two approvals is a violation even where the rule asks for one",
            "hint.csv",
            &["!418/approved_by_merge_request_author … rules=[\"approved_by_merge_request_author\"] review=?"],
            &["review=true", "review=false"],
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
        file(
            SlackMessages,
            "a message does not name its channel; the folder of its file does",
            "2026-09-03.json",
            &["message slack:slack-messages/1788399731.220019 channel=slack-messages"],
            &[],
        ),
        file(SlackMessages, "people are ids", "2026-09-03.json", &["author=u07a"], &[]),
        file(
            Sarif,
            "suppressed results and those of an earlier baseline are not open",
            "level-is-no-severity.json",
            &["findings=Findings { critical: 1, high: 1, medium: 0, low: 0, unrated: 1 }"],
            &["high: 2", "high: 3", "high: 4"],
        ),
        text(
            Sarif,
            "without versionControlProvenance the scanned commit is unknown",
            r#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"CodeQL","rules":[]}},"automationDetails":{"id":"9f3c1e0b04de8f3b2a1c0d9e8f7061524a3b4c5d"},"results":[]}]}"#,
            &["check sarif:codeql … commit=?", "cannot tell CheckedCommit"],
            &[],
        ),
        text(
            Sarif,
            "one file holds several runs of one tool, told apart by the category in the id of their automation",
            categories(["lang/python/7", "lang/go/7", "once"]),
            &["name=CodeQL (lang/python)", "name=CodeQL (lang/go)", "sarif:codeql/acme/pay/once … name=CodeQL"],
            &["name=CodeQL (once)"],
        ),
        file(
            GithubDependabot,
            "dismissed by a rule is another state than dismissed by a person",
            "score-zero-and-moderate.json",
            &["alerts/5 … state=Dismissed"],
            &["reject"],
        ),
        file(
            NpmAudit,
            "one advisory stands under every package that leads to it",
            "version-2.json",
            &["alert npm:acme/pay/1094"],
            &["alert npm:acme/pay/app", "alert npm:acme/pay/merge-deep"],
        ),
        text(
            NpmAudit,
            "versions before 7 have advisories instead of vulnerabilities",
            r#"{"actions":[],"advisories":{"1094":{"findings":[{"version":"2.0.0","paths":["app>merge-deep"]}],"id":1094,"title":"Prototype pollution","module_name":"merge-deep","severity":"high","url":"https://github.com/advisories/GHSA-aaaa-bbbb-cccc","cves":["CVE-2026-1234"]}},"muted":[],"metadata":{"vulnerabilities":{"info":0,"low":0,"moderate":0,"high":1,"critical":0},"dependencies":10}}"#,
            &["alert npm:acme/pay/1094 severity=High", "findings=Findings { critical: 0, high: 1"],
            &[],
        ),
        file(
            Snyk,
            "a test has neither the commit nor the time",
            "one-weakness-by-two-paths.json",
            &["check snyk-test:pay … commit=? started=? finished=?", "cannot tell CheckedCommit"],
            &[],
        ),
        text(
            Snyk,
            "--all-projects makes a list of tests",
            r#"[{"vulnerabilities":[],"ok":true,"dependencyCount":12,"packageManager":"npm","projectName":"pay","summary":"x"},{"vulnerabilities":[{"id":"SNYK-1","title":"t","severity":"high","packageName":"m","from":["a"]}],"ok":false,"dependencyCount":3,"packageManager":"npm","projectName":"auth","summary":"x"}]"#,
            &["findings=Findings { critical: 0, high: 0", "findings=Findings { critical: 0, high: 1"],
            &["reject"],
        ),
    ]
}

/// Runs of one tool whose automation has these ids.
fn categories(ids: [&str; 3]) -> String {
    let runs = ids.map(|id| {
        format!(r#"{{"tool":{{"driver":{{"name":"CodeQL"}}}},"automationDetails":{{"id":"{id}"}},"results":[]}}"#)
    });
    format!(r#"{{"version":"2.1.0","runs":[{}]}}"#, runs.join(","))
}
