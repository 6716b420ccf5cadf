//! Every kind of export: what it is, how to get one, what it can say.

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
    /// Facts that such a file can carry.
    pub facts: &'static [Fact],
    /// What is easily got wrong about such files and is handled.
    pub traps: &'static [&'static str],
}

/// Every kind of export that can be imported, in the order of [`SourceKind::ALL`].
#[must_use]
pub const fn catalogue() -> &'static [SourceEntry] {
    &CATALOGUE
}

const PULL_FACTS: &[Fact] = &[
    Fact::Author,
    Fact::ImplementationTime,
    Fact::Merger,
    Fact::Approver,
    Fact::ApprovalTime,
    Fact::Labels,
    Fact::Text,
    Fact::BaseBranch,
    Fact::HeadBranch,
    Fact::MergeCommit,
    Fact::ReviewedCommit,
    Fact::LinkFields,
];

const CATALOGUE: [SourceEntry; 9] = [
    SourceEntry {
        kind: SourceKind::GithubGh,
        title: "GitHub pull requests from the gh command line",
        command: "gh pr list --repo OWNER/REPO --state merged --limit 1000 --search \"merged:2026-07-01..2026-09-30\" --json number,title,body,url,author,createdAt,updatedAt,mergedAt,mergedBy,mergeCommit,state,labels,baseRefName,headRefName,headRefOid,reviews,closingIssuesReferences > prs.json",
        facts: PULL_FACTS,
        traps: &[
            "30 rows unless --limit says otherwise, 1,000 at most with --search",
            "a deleted account looks like a bot without a name",
            "a dismissed approval keeps its time but not its verdict",
            "only the first 100 reviews are listed",
            "fields that were not asked for are unknown, not empty",
        ],
    },
    SourceEntry {
        kind: SourceKind::GithubRestPulls,
        title: "GitHub pull requests from the REST interface",
        command: "gh api --paginate \"repos/OWNER/REPO/pulls?state=closed&per_page=100\" > pulls.json",
        facts: &[
            Fact::Author,
            Fact::ImplementationTime,
            Fact::Merger,
            Fact::Labels,
            Fact::Text,
            Fact::BaseBranch,
            Fact::HeadBranch,
            Fact::MergeCommit,
        ],
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
        facts: &[Fact::Approver, Fact::ApprovalTime, Fact::ReviewedCommit],
        traps: &[
            "reviews that were never submitted",
            "reviewers whose account was deleted",
            "states in lower case in webhooks",
        ],
    },
    SourceEntry {
        kind: SourceKind::GithubGraphql,
        title: "GitHub pull requests from the GraphQL interface",
        command: "gh api graphql --paginate -f query='query($endCursor:String){repository(owner:\"OWNER\",name:\"REPO\"){pullRequests(first:100,after:$endCursor,states:MERGED){nodes{number title body url state author{login} createdAt updatedAt mergedAt mergedBy{login} mergeCommit{oid} baseRefName headRefName headRefOid labels(first:50){nodes{name}} reviews(first:100){nodes{id state submittedAt author{login} commit{oid}}}} pageInfo{hasNextPage endCursor}}}}' > prs.json",
        facts: PULL_FACTS,
        traps: &[
            "lists under nodes or edges at every level",
            "null for a deleted account",
            "lists that say that they have more pages",
        ],
    },
    SourceEntry {
        kind: SourceKind::GithubArchive,
        title: "A GitHub repository's whole history (archive.json)",
        command: "archive_repo.py OWNER/REPO TOKEN archive.json (of martinthomson/i-d-template)",
        facts: &[
            Fact::Author,
            Fact::ImplementationTime,
            Fact::Merger,
            Fact::Approver,
            Fact::ApprovalTime,
            Fact::Labels,
            Fact::Text,
            Fact::BaseBranch,
            Fact::HeadBranch,
            Fact::MergeCommit,
            Fact::ReviewedCommit,
            Fact::Notes,
        ],
        traps: &["people are bare logins", "the time of a review is when it was created", "issues become tickets"],
    },
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
        traps: &[
            "one column name repeated once per value",
            "rows wider than the header, whose cells are shifted",
            "column names and values in the language of whoever exported",
            "dates in their language and order too, without a time zone",
            "the Approvals column is a program's own text, and Approvers are people who were asked: approvals are unknown",
            "1,000 rows at most",
        ],
    },
    SourceEntry {
        kind: SourceKind::PagerdutyJson,
        title: "PagerDuty incidents from the REST interface",
        command: "curl -H \"Authorization: Token token=KEY\" \"https://api.pagerduty.com/incidents?since=2026-07-01&until=2026-10-01&limit=100\" > incidents.json",
        facts: &[Fact::IncidentTimes, Fact::Severity, Fact::Text, Fact::Notes],
        traps: &[
            "incidents merged into another look like resolved ones",
            "resolved ones may have no time of resolution of their own",
            "100 incidents per page",
            "times without a zone in analytics",
        ],
    },
    SourceEntry {
        kind: SourceKind::PagerdutyCsv,
        title: "PagerDuty incident reports as CSV",
        command: "Analytics > Reports > Incidents > Download CSV",
        facts: &[Fact::IncidentTimes, Fact::Severity, Fact::Text],
        traps: &[
            "cut at 20,000 rows without a word",
            "columns named otherwise than in the REST interface",
            "no priority in older reports",
            "the basic report has the number of an incident and not its id",
        ],
    },
    SourceEntry {
        kind: SourceKind::GenericCsv,
        title: "Any other table of changes, tickets or incidents, through a column profile",
        command: "change-ledger import --profile PROFILE.toml FILE.csv",
        facts: &Fact::ALL,
        traps: &[
            "semicolons, tabs, a first line sep=;",
            "Windows-1252 and Mac OS Roman letters",
            "day and month in either order",
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
