//! Every kind of export: what it is, how to get one, what it can say.

use super::{
    asked, azure_repos, bitbucket, firehydrant, git_log, gitea, github, gitlab, grafana_oncall, incident_io, jira_json,
    jira_xml, opsgenie, opsgenie_csv, pagerduty_csv, pagerduty_json, pagerduty_remarks, pipeline_csv, rootly,
    servicenow, statuspage, supporting,
    tracker_csv::{asana, azure_boards, linear, notion},
};
use change_ledger_model::source::{Fact, SourceKind};

/// One kind of export, for people who want to make one.
#[derive(Debug, Clone, Copy)]
pub struct SourceEntry {
    /// The kind.
    pub kind: SourceKind,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The command or the way through the tool's screens that makes such a file.
    pub command: &'static str,
    /// Facts that such a file can carry: what it proves.
    pub facts: &'static [Fact],
    /// What one would like to know and such a file cannot tell, or not of every row: the words that continue "It cannot tell".
    pub cannot_tell: &'static str,
    /// What is easily got wrong about such files and is handled.
    pub traps: &'static [&'static str],
}

/// Every kind of export that can be imported, in the order of [`SourceKind::ALL`].
#[must_use]
pub const fn catalogue() -> &'static [SourceEntry] {
    CATALOGUE
}

const CATALOGUE: &[SourceEntry] = &[
    SourceEntry {
        kind: SourceKind::GithubGh,
        title: "GitHub pull requests from the gh command line",
        command: "gh pr list --repo OWNER/REPO --state merged --limit 1000 --search \"merged:2026-07-01..2026-09-30\" --json number,title,body,url,author,createdAt,updatedAt,mergedAt,mergedBy,mergeCommit,state,labels,baseRefName,headRefName,headRefOid,reviews,closingIssuesReferences > prs.json",
        facts: asked::COMMENTED_PULL_REQUEST,
        cannot_tell: "fields not asked for; reviews after the hundredth",
        traps: &[
            "30 rows unless --limit says otherwise, 1,000 at most with --search",
            "a deleted account looks like a bot without a name",
            "a dismissed approval keeps its time but not its verdict",
            "gh search prs says neither when nor by whom a pull request was merged, nor who reviewed it",
            "gh issue list makes tickets",
            "only the first 100 reviews are listed",
            "fields that were not asked for are unknown, not empty",
        ],
    },
    SourceEntry {
        kind: SourceKind::GithubRestPulls,
        title: "GitHub pull requests from the REST interface",
        command: "gh api --paginate \"repos/OWNER/REPO/pulls?state=closed&per_page=100\" > pulls.json",
        facts: asked::LISTED_PULL_REQUEST,
        cannot_tell: "who approved; in lists, who merged",
        traps: &[
            "lists do not say who merged or who reviewed: unknown, not nobody",
            "pages come as one list, as lists after lists, or as a list of lists",
            "a merge commit before the merge is only a trial",
            "lists of issues hold pull requests as well",
        ],
    },
    SourceEntry {
        kind: SourceKind::GithubRestReviews,
        title: "GitHub reviews from the REST interface",
        command: "gh api --paginate repos/OWNER/REPO/pulls/NUMBER/reviews > reviews-NUMBER.json",
        facts: asked::REVIEW,
        cannot_tell: "the change itself",
        traps: &[
            "reviews that were never submitted",
            "reviewers whose account was deleted",
            "states in lower case in webhooks",
        ],
    },
    SourceEntry {
        kind: SourceKind::GithubGraphql,
        title: "GitHub pull requests from the GraphQL interface",
        command: "gh api graphql --paginate -f query='query($endCursor:String){repository(owner:\"OWNER\",name:\"REPO\"){pullRequests(first:100,after:$endCursor,states:MERGED){nodes{number title body url state author{login} createdAt updatedAt mergedAt mergedBy{login} mergeCommit{oid} baseRefName headRefName headRefOid labels(first:50){nodes{name}} reviews(first:100){nodes{id state submittedAt author{login} commit{oid}}} timelineItems(first:100,itemTypes:[REVIEW_DISMISSED_EVENT]){nodes{... on ReviewDismissedEvent{createdAt previousReviewState review{id}}}}} pageInfo{hasNextPage endCursor}}}}' > prs.json",
        facts: asked::PULL_REQUEST,
        cannot_tell: "lists that have more pages",
        traps: &[
            "lists under nodes or edges at every level",
            "null for a deleted account",
            "a dismissed approval has lost its verdict: only the timeline tells that it stood, and until when",
            "lists that say that they have more pages",
        ],
    },
    SourceEntry {
        kind: SourceKind::GithubArchive,
        title: "A GitHub repository's whole history (archive.json)",
        command: "archive_repo.py OWNER/REPO TOKEN archive.json (of martinthomson/i-d-template)",
        facts: asked::UNLINKED_COMMENTED_PULL_REQUEST,
        cannot_tell: "bots, names of people",
        traps: &["people are bare logins", "the time of a review is when it was created", "issues become tickets"],
    },
    github::webhook::ENTRY,
    gitlab::MERGE_REQUESTS_ENTRY,
    gitlab::APPROVALS_ENTRY,
    gitlab::NOTES_ENTRY,
    gitlab::ISSUES_ENTRY,
    gitlab::MERGE_REQUESTS_CSV_ENTRY,
    gitlab::ISSUES_CSV_ENTRY,
    bitbucket::cloud::ENTRY,
    bitbucket::activity::ENTRY,
    bitbucket::server::ENTRY,
    bitbucket::server_activity::ENTRY,
    azure_repos::pull::ENTRY,
    azure_repos::thread::ENTRY,
    gitea::PULLS_ENTRY,
    gitea::REVIEWS_ENTRY,
    pipeline_csv::ENTRY,
    SourceEntry {
        kind: SourceKind::JiraCsv,
        title: "Jira issues as CSV, in any language",
        command: "Filters > Advanced issue search > Export > Export CSV (all fields)",
        facts: &[
            Fact::Author,
            Fact::ImplementationTime,
            Fact::Labels,
            Fact::Text,
            Fact::LinkFields,
            Fact::ChangeType,
            Fact::IncidentTimes,
            Fact::Severity,
            Fact::Notes,
        ],
        cannot_tell: "approvals; the time zone",
        traps: &[
            "one column name repeated once per value",
            "rows wider than the header, whose cells are shifted",
            "column names and values in the language of whoever exported",
            "dates in their language and order too, without a time zone",
            "a comment is a time, an account and a text, and the text may hold semicolons",
            "people have an id in a column of its own, or a name only, which several may share",
            "the Approvals column is a program's own text, and Approvers are people who were asked: approvals are unknown",
            "1,000 rows at most",
        ],
    },
    jira_json::ENTRY,
    jira_xml::ENTRY,
    jira_json::APPROVALS_ENTRY,
    linear::ENTRY,
    asana::ENTRY,
    notion::ENTRY,
    azure_boards::ENTRY,
    servicenow::CSV_ENTRY,
    servicenow::JSON_ENTRY,
    servicenow::XML_ENTRY,
    pagerduty_json::ENTRY,
    pagerduty_csv::ENTRY,
    pagerduty_json::ANALYTICS_ENTRY,
    pagerduty_remarks::NOTES_ENTRY,
    pagerduty_remarks::LOG_ENTRY,
    opsgenie::INCIDENTS_ENTRY,
    opsgenie::ALERTS_ENTRY,
    opsgenie_csv::ENTRY,
    incident_io::ENTRY,
    rootly::ENTRY,
    firehydrant::ENTRY,
    statuspage::ENTRY,
    grafana_oncall::GROUPS_ENTRY,
    grafana_oncall::NOTES_ENTRY,
    supporting::github_audit::SOURCE.entry,
    supporting::github_audit_csv::ENTRY,
    supporting::github_rule_suites::SOURCE.entry,
    supporting::github_deployments::DEPLOYMENTS.entry,
    supporting::github_deployments::STATUSES.entry,
    supporting::github_runs::SOURCE.entry,
    supporting::github_dependabot::SOURCE.entry,
    supporting::github_rules::SOURCE.entry,
    supporting::github_commits::SOURCE.entry,
    git_log::ENTRY,
    supporting::gitlab_deployments::SOURCE.entry,
    supporting::gitlab_reports::CUSTODY,
    supporting::gitlab_reports::VIOLATIONS,
    supporting::argo_cd::SOURCE.entry,
    supporting::jenkins::SOURCE.entry,
    supporting::circleci::SOURCE.entry,
    supporting::azure_pipelines::SOURCE.entry,
    supporting::slack::MESSAGES.entry,
    supporting::slack::USERS.entry,
    supporting::sarif::SOURCE.entry,
    supporting::npm_audit::SOURCE.entry,
    supporting::snyk::SOURCE.entry,
    SourceEntry {
        kind: SourceKind::GenericCsv,
        title: "Any other table of changes, tickets or incidents, through a column profile",
        command: "change-ledger import --profile PROFILE.toml FILE.csv",
        facts: &Fact::ALL,
        cannot_tell: "what it has no column for",
        traps: &[
            "semicolons, tabs, a first line sep=;",
            "Windows-1252 and Mac OS Roman letters",
            "day and month in either order",
            "sheets of a workbook: a title above the header, a total below, dates as numbers, merged cells, addresses behind cells",
            "an absent column is unknown, an empty cell is none",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_listed_once_and_in_order() {
        let kinds: Vec<SourceKind> = catalogue().iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, SourceKind::ALL);
    }
}
