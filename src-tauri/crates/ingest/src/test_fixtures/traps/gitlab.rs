//! Traps of GitLab's merge requests, approvals, notes and issues.

use super::{Trap, file, text};
use change_ledger_model::source::SourceKind::{
    GitlabApprovals, GitlabIssues, GitlabIssuesCsv, GitlabMergeRequests, GitlabMergeRequestsCsv, GitlabNotes,
};

pub(super) fn traps() -> Vec<Trap> {
    let requests = |name, says, never| file(GitlabMergeRequests, name, "pages-after-pages.json", says, never);
    let notes = |name, says, never| file(GitlabNotes, name, "newest-first.json", says, never);
    let sheet = |name, says, never| file(GitlabMergeRequestsCsv, name, "no-merge-time.csv", says, never);
    vec![
        requests(
            "no approvals: those are in the approvals and notes of each merge request",
            &["!418 … reviews=?", "cannot tell Approver"],
            &["reviews=Complete"],
        ),
        requests(
            "imported merge requests may be merged without a time or a merger",
            &["core/sub/auth!1 state=ImplementedAtUnknown author=deleted merger=? … at=?", "warning partial_source"],
            &[],
        ),
        requests(
            "labels are texts, or objects when details were asked for",
            &["!417 … labels=[\"Emergency\"]", "!418 … labels=[\"hotfix\", \"area::auth\"]"],
            &[],
        ),
        requests("a fast-forward merge has no merge commit", &["!417 … commit=5e5e5e5e"], &[]),
        text(
            GitlabMergeRequests,
            "iid is the number that people write, id is not",
            r#"[{"id":90418,"iid":418,"title":"t","state":"merged","merged_at":"2026-08-14T22:31:56.950Z","web_url":"https://gitlab.example.com/core/auth/-/merge_requests/418","source_branch":"x","target_branch":"main"}]"#,
            &["change gitlab:core/auth!418"],
            &["90418"],
        ),
        text(
            GitlabMergeRequests,
            "whoever set a merge request to merge by itself counts as its merger",
            r#"[{"iid":418,"title":"t","state":"merged","merged_at":"2026-08-14T22:31:56.950Z","merge_user":{"username":"tlind"},"merged_by":null,"web_url":"https://gitlab.example.com/core/auth/-/merge_requests/418","source_branch":"x","target_branch":"main"}]"#,
            &["!418 … merger=tlind"],
            &[],
        ),
        file(
            GitlabApprovals,
            "approvals have a time only since GitLab 18; before, the notes have it",
            "without-and-with-times.json",
            &["!418 … tlind Approved ?", "!416 … tlind Approved 2026-08-14T22:20:00Z"],
            &[],
        ),
        notes(
            "approvals and their withdrawals are sentences of the system, always in English",
            &["tlind Approved 2026-08-14T22:20:00Z", "tlind Withdrawn 2026-08-14T22:25:00Z"],
            &[],
        ),
        notes(
            "a push may reset approvals",
            &["ivos Withdrawn 2026-08-14T22:40:00Z", "tlind Withdrawn 2026-08-14T22:40:00Z"],
            &["project_31_bot"],
        ),
        text(
            GitlabNotes,
            "remarks outside the code are no reviews",
            r#"[{"id":1,"body":"approved this merge request","author":{"username":"eve"},"created_at":"2026-08-14T22:20:00Z","system":false,"noteable_iid":418,"noteable_type":"MergeRequest"},{"id":2,"body":"approved this merge request","author":{"username":"tlind"},"created_at":"2026-08-14T22:20:00Z","system":true,"noteable_iid":418,"noteable_type":"MergeRequest"}]"#,
            &["tlind Approved"],
            &["eve Approved"],
        ),
        file(
            GitlabIssues,
            "issues of the type incident are incidents as well",
            "incident-and-issue.json",
            &["ticket gitlab-issue:core/auth#77 type=incident", "incident gitlab-issue:core/auth#77"],
            &["incident gitlab-issue:core/auth#78"],
        ),
        sheet(
            "no time of the merge: the last update is later by an unknown while, so merged changes belong to no quarter",
            &["!418 state=ImplementedAtUnknown … at=?", "warning partial_source"],
            &["at=2026-08-14T22:31:57Z"],
        ),
        sheet(
            "no time of an approval, no labels, no merge commit",
            &["!418 … commit=? labels=? … ivos Approved ?, tlind Approved ?"],
            &[],
        ),
        sheet("an empty cell of approvers is unknown: some versions never fill it", &["!417 … reviews=?"], &[]),
        sheet(
            "names may hold commas, so people are taken from the columns of usernames",
            &["!418 … tlind Approved ?"],
            &["Vos Approved"],
        ),
        file(
            GitlabIssuesCsv,
            "older files name the number Issue ID and have no IID",
            "older-issue-id.csv",
            &["ticket gitlab-issue:core/auth#77"],
            &[],
        ),
        file(
            GitlabApprovals,
            "only approvals that still stand are listed",
            "without-and-with-times.json",
            &["!417 … reviews=Complete[]"],
            &["Withdrawn"],
        ),
        file(
            GitlabApprovals,
            "the project is named by its number only: --repository has to say which it is",
            "without-and-with-times.json",
            &["change gitlab:acme/pay!418"],
            &["gitlab:31!"],
        ),
        notes("newest first", &["tlind Approved 2026-08-14T22:20:00Z", "tlind Withdrawn 2026-08-14T22:25:00Z"], &[]),
        notes(
            "the project is named by its number only: --repository has to say which it is",
            &["review gitlab:acme/pay!418"],
            &["gitlab:31!"],
        ),
        file(
            GitlabIssues,
            "a severity of UNKNOWN is none",
            "incident-and-issue.json",
            &["incident gitlab-issue:core/auth#77 … severity=HIGH"],
            &["UNKNOWN"],
        ),
        text(
            GitlabIssues,
            "a severity of UNKNOWN is none",
            r#"[{"id":5077,"iid":77,"project_id":31,"title":"t","state":"opened","created_at":"2026-08-14T21:58:03Z","type":"INCIDENT","issue_type":"incident","labels":[],"author":{"username":"ivos"},"web_url":"https://gitlab.example.com/core/auth/-/issues/77","severity":"UNKNOWN"}]"#,
            &["incident gitlab-issue:core/auth#77 … severity=?", "cannot tell Severity"],
            &[],
        ),
        text(
            GitlabIssues,
            "#12 is an issue, !12 a merge request",
            r##"[{"id":5077,"iid":77,"project_id":31,"title":"After #12","description":"Fixed by !12","state":"opened","created_at":"2026-08-14T21:58:03Z","type":"ISSUE","issue_type":"issue","labels":[],"author":{"username":"ivos"},"web_url":"https://gitlab.example.com/core/auth/-/issues/77"}]"##,
            &["Change core/auth!12 Body"],
            &["core/auth!12 Title"],
        ),
        text(
            GitlabIssuesCsv,
            "labels that hold a comma fall apart",
            "ID,IID,Title,Description,Type,URL,State,Confidential,Locked,Milestone,Labels,Author,Author Username,Assignee,Assignee Username,Created At (UTC),Updated At (UTC),Closed At (UTC)\n5077,77,t,,Issue,https://gitlab.example.com/core/auth/-/issues/77,Closed,Yes,No,,\"sev1,fast, but late\",Iben Vos,ivos,,,2026-08-14 21:58:03,2026-08-15 07:00:00,2026-08-15 06:00:00\n",
            &["ticket gitlab-issue:core/auth#77 … labels=[\"sev1\", \"fast\", \"but late\"]"],
            &[],
        ),
    ]
}
