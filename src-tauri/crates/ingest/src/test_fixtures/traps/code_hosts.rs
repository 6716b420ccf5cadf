//! Traps of merge and pull requests, their reviews and their notes, but those of GitHub.

use super::{Trap, file, text};
use change_ledger_model::source::SourceKind::{
    AzureReposPulls, AzureReposThreads, BitbucketActivity, BitbucketPulls, BitbucketServerActivities,
    BitbucketServerPulls, GiteaPulls, GiteaReviews, GitlabApprovals, GitlabIssues, GitlabIssuesCsv,
    GitlabMergeRequests, GitlabMergeRequestsCsv, GitlabNotes, PipelineCsv,
};

pub(super) fn traps() -> Vec<Trap> {
    [gitlab(), others()].into_iter().flatten().collect()
}

fn gitlab() -> Vec<Trap> {
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
    ]
}

fn others() -> Vec<Trap> {
    let votes = |name, says, never| file(AzureReposPulls, name, "votes.json", says, never);
    vec![
        file(
            BitbucketPulls,
            "no time of the merge: the activity of the pull requests has it",
            "no-merge-time.json",
            &["#12 state=ImplementedAtUnknown … at=? updated=2026-09-04T08:05:00Z", "warning partial_source"],
            &["#12 … at=2026-09-04"],
        ),
        file(
            BitbucketPulls,
            "participants only when asked for: otherwise who reviewed is unknown",
            "no-merge-time.json",
            &["#12 … reviews=?", "#13 … reviews=Complete["],
            &[],
        ),
        file(
            BitbucketPulls,
            "a participant's time is that of the last action, not of the approval",
            "no-merge-time.json",
            &["#13 … 557058:2c3d Approved ?", "cannot tell ApprovalTime"],
            &[],
        ),
        file(
            BitbucketActivity,
            "an edit after the merge is an update of a merged pull request too, and not its merge",
            "edited-after-the-merge.json",
            &["#12 state=Implemented … at=2026-09-03T01:51:40Z"],
            &["at=2026-09-05", "at=2026-09-04T09"],
        ),
        file(
            BitbucketServerPulls,
            "who approved but not when: the activities have it",
            "epoch-milliseconds.json",
            &["#12 … merger=? … at=2026-09-03T01:51:40Z … aroux Approved ?", "cannot tell ApprovalTime"],
            &[],
        ),
        file(
            BitbucketServerActivities,
            "an approval that was taken back is an activity of its own",
            "with-their-number.ndjson",
            &["#12 aroux Approved 2026-09-03T01:46:40Z", "#12 aroux Withdrawn 2026-09-03T01:48:20Z"],
            &[],
        ),
        votes(
            "votes have no time: the threads of the pull request have it",
            &["!22 … ada@example.com Approved ?", "cannot tell ApprovalTime"],
            &[],
        ),
        votes(
            "a vote of 5 is an approval, -5 and -10 are requests for changes",
            &["!22 … kit@example.com ChangesRequested ?"],
            &["group"],
        ),
        votes(
            "groups carry the votes of their members and are no reviewers",
            &["!22 … jon@example.com Approved ?"],
            &["vstfs", "[Pay]"],
        ),
        votes(
            "times have seven digits behind the point",
            &["!22 … opened=2026-09-03T01:42:11.642Z at=2026-09-03T01:51:40.112Z"],
            &[],
        ),
        file(BitbucketPulls, "no labels at all", "no-merge-time.json", &["#12 … labels=?"], &["labels=[]"]),
        file(
            BitbucketServerPulls,
            "times are milliseconds since 1970",
            "epoch-milliseconds.json",
            &["#12 … opened=2026-09-03T01:42:11.916Z"],
            &[],
        ),
        file(
            AzureReposThreads,
            "a vote of 0 takes the one before back",
            "votes-with-times.json",
            &["!22 ada@example.com Withdrawn 2026-09-03T01:46:00Z"],
            &[],
        ),
        file(
            AzureReposThreads,
            "a push may reset all votes without naming whose: every earlier vote is taken back",
            "votes-with-times.json",
            &["deleted Withdrawn 2026-09-03T01:44:00Z"],
            &[],
        ),
        file(
            GiteaPulls,
            "lists do not say who reviewed: unknown, not nobody",
            "closed.json",
            &["#9 … reviews=?", "cannot tell Approver"],
            &["reviews=Complete"],
        ),
        file(
            GiteaReviews,
            "an approval that is not official counts as a remark: its giver may not approve here",
            "official-and-not.json",
            &["lfinn Commented", "aroux Approved"],
            &["lfinn Approved"],
        ),
        file(
            GiteaReviews,
            "dismissed is a mark beside the verdict",
            "official-and-not.json",
            &["dan Dismissed 2026-09-03T01:50:04Z"],
            &["dan Approved"],
        ),
        file(
            PipelineCsv,
            "a repository that only the column of parameters names",
            "devlake-raw.csv",
            &["change github:acme/pay#9", "change gitlab:core/auth!418"],
            &[],
        ),
    ]
}
