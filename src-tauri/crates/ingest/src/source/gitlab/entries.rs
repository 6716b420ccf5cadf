//! What GitLab's exports are, how they are made, and what they can say.

use crate::source::{SourceEntry, asked};
use change_ledger_model::source::{Fact, SourceKind};

/// Merge requests from the interface.
pub(in crate::source) const MERGE_REQUESTS_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GitlabMergeRequests,
    title: "GitLab merge requests",
    command: "glab api --paginate \"projects/ID/merge_requests?state=merged&updated_after=2026-07-01&per_page=100\" > merge-requests.json",
    facts: asked::LISTED_PULL_REQUEST,
    cannot_tell: "who approved: the notes do",
    traps: &[
        "no approvals: those are in the approvals and notes of each merge request",
        "iid is the number that people write, id is not",
        "whoever set a merge request to merge by itself counts as its merger",
        "imported merge requests may be merged without a time or a merger",
        "labels are texts, or objects when details were asked for",
        "a fast-forward merge has no merge commit",
    ],
};

/// The approvals endpoint of single merge requests.
pub(in crate::source) const APPROVALS_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GitlabApprovals,
    title: "GitLab approvals of merge requests",
    command: "glab api projects/ID/merge_requests/NUMBER/approvals >> approvals.json, then change-ledger import --repository GROUP/PROJECT approvals.json",
    facts: &[Fact::Approver, Fact::ApprovalTime, Fact::Text],
    cannot_tell: "when, before GitLab 18; approvals taken back",
    traps: &[
        "approvals have a time only since GitLab 18; before, the notes have it",
        "only approvals that still stand are listed",
        "the project is named by its number only: --repository has to say which it is",
    ],
};

/// Notes of merge requests.
pub(in crate::source) const NOTES_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GitlabNotes,
    title: "GitLab notes of merge requests",
    command: "glab api --paginate projects/ID/merge_requests/NUMBER/notes >> notes.json, then change-ledger import --repository GROUP/PROJECT notes.json",
    facts: asked::APPROVAL,
    cannot_tell: "the change itself",
    traps: &[
        "approvals and their withdrawals are sentences of the system, always in English",
        "a push may reset approvals",
        "newest first",
        "remarks outside the code are no reviews",
        "the project is named by its number only: --repository has to say which it is",
    ],
};

/// Issues from the interface.
pub(in crate::source) const ISSUES_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GitlabIssues,
    title: "GitLab issues and incidents",
    command: "glab api --paginate \"projects/ID/issues?per_page=100\" > issues.json",
    facts: &[Fact::Author, Fact::Labels, Fact::Text, Fact::IncidentTimes, Fact::Severity],
    cannot_tell: "comments",
    traps: &[
        "issues of the type incident are incidents as well",
        "a severity of UNKNOWN is none",
        "#12 is an issue, !12 a merge request",
    ],
};

/// Merge requests as CSV.
pub(in crate::source) const MERGE_REQUESTS_CSV_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GitlabMergeRequestsCsv,
    title: "GitLab merge requests as CSV",
    command: "Code > Merge requests > Actions > Export as CSV; the file comes by mail",
    facts: &[Fact::Author, Fact::Merger, Fact::Approver, Fact::Text, Fact::BaseBranch, Fact::HeadBranch],
    cannot_tell: "when it was merged or approved; labels; an empty cell of approvers",
    traps: &[
        "no time of the merge: the last update is later by an unknown while, so merged changes belong to no quarter",
        "no time of an approval, no labels, no merge commit",
        "an empty cell of approvers is unknown: some versions never fill it",
        "names may hold commas, so people are taken from the columns of usernames",
        "the export passes over some filters of the screen",
        "cut at 15 MB",
    ],
};

/// Issues as CSV.
pub(in crate::source) const ISSUES_CSV_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GitlabIssuesCsv,
    title: "GitLab issues as CSV",
    command: "Plan > Issues > Actions > Export as CSV; the file comes by mail",
    facts: &[Fact::Author, Fact::Labels, Fact::Text, Fact::LinkFields, Fact::IncidentTimes],
    cannot_tell: "comments, severity",
    traps: &[
        "older files name the number Issue ID and have no IID",
        "labels that hold a comma fall apart",
        "cut at 15 MB",
    ],
};
