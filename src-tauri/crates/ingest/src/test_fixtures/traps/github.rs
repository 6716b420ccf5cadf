//! Traps of GitHub's pull requests and reviews.

use super::{Trap, file, text};
use change_ledger_model::source::SourceKind::{
    GithubArchive, GithubGh, GithubGraphql, GithubRestPulls, GithubRestReviews, GithubWebhook,
};

/// `count` reviews of one pull request, as gh lists them.
fn with_reviews(count: usize) -> String {
    let review = r#"{"author":{"login":"tove"},"state":"COMMENTED","submittedAt":"2026-09-01T10:00:00Z"}"#;
    let reviews = vec![review; count].join(",");
    format!(
        r#"[{{"number":1,"title":"t","state":"MERGED","url":"https://github.com/acme/pay/pull/1","mergedAt":"2026-09-01T12:00:00Z","reviews":[{reviews}]}}]"#
    )
}

/// A pull request of GraphQL with one dismissed review, and what its timeline says.
fn dismissed(timeline: &str) -> String {
    format!(
        r#"{{"data":{{"repository":{{"pullRequests":{{"nodes":[{{"number":1,"title":"t","url":"https://github.com/acme/pay/pull/1","state":"MERGED","mergedAt":"2026-09-01T12:00:00Z","reviews":{{"nodes":[{{"id":"R1","state":"DISMISSED","submittedAt":"2026-09-01T11:00:00Z","author":{{"login":"tove"}}}}]}},"timelineItems":{{"nodes":[{timeline}]}}}}]}}}}}}}}"#
    )
}

/// A pull request of GitHub's REST interface.
fn rest(number: u64, fields: &str) -> String {
    format!(
        r#"{{"number":{number},"title":"t","state":"closed","html_url":"https://github.com/acme/pay/pull/{number}","user":{{"login":"mara"}},"merged_at":"2026-09-01T12:00:00Z"{fields}}}"#
    )
}

pub(super) fn traps() -> Vec<Trap> {
    let gh = |name, says, never| file(GithubGh, name, "pr-list.json", says, never);
    let lost = "a dismissed approval has lost its verdict: only the timeline tells that it stood, and until when";
    let timeline = |events, says, never| text(GithubGraphql, lost, dismissed(events), says, never);
    vec![
        gh(
            "a deleted account looks like a bot without a name",
            &["#2213 state=Implemented author=deleted"],
            &["bot: "],
        ),
        gh(
            "a dismissed approval keeps its time but not its verdict",
            &["#2213 … tovelund Dismissed 2026-09-01T11:00:00Z", "#2213 … deleted Approved 2026-09-01T11:30:00Z"],
            &["tovelund Approved 2026-09-01T11:00:00Z"],
        ),
        file(
            GithubGh,
            "gh search prs says neither when nor by whom a pull request was merged, nor who reviewed it",
            "search-prs.json",
            &["#9 state=ImplementedAtUnknown … merger=? … at=? … reviews=?", "warning partial_source"],
            &["at=2026-09-03T01:51:40Z"],
        ),
        file(
            GithubGh,
            "gh issue list makes tickets",
            "issue-list.json",
            &["ticket github-issue:acme/pay#7"],
            &["change "],
        ),
        text(
            GithubGh,
            "only the first 100 reviews are listed",
            with_reviews(100),
            &["reviews=PossiblyCut", "warning reviews_cut"],
            &[],
        ),
        text(
            GithubGh,
            "only the first 100 reviews are listed",
            with_reviews(99),
            &["reviews=Complete"],
            &["reviews_cut"],
        ),
        text(
            GithubGh,
            "fields that were not asked for are unknown, not empty",
            r#"[{"number":1,"title":"t","state":"MERGED","url":"https://github.com/acme/pay/pull/1","mergedAt":"2026-09-01T12:00:00Z"}]"#,
            &[
                "author=? merger=? … base=? head=? commit=? labels=? … body=? reviews=?",
                "cannot tell Approver",
                "cannot tell Labels",
            ],
            &[],
        ),
        file(
            GithubRestPulls,
            "lists do not say who merged or who reviewed: unknown, not nobody",
            "lists-after-lists.json",
            &["#2214 … merger=? … reviews=?", "cannot tell Merger", "cannot tell Approver"],
            &[],
        ),
        file(
            GithubRestPulls,
            "lists do not say who merged or who reviewed: unknown, not nobody",
            "single.json",
            &["#31 … merger=tovelund … reviews=?"],
            &["cannot tell Merger"],
        ),
        text(
            GithubRestPulls,
            "pages come as one list, as lists after lists, or as a list of lists",
            format!("[{}][{}]", rest(1, ""), rest(2, "")),
            &["change github:acme/pay#1", "change github:acme/pay#2"],
            &["reject", "truncated"],
        ),
        text(
            GithubRestPulls,
            "pages come as one list, as lists after lists, or as a list of lists",
            format!("[[{}],[{}],[]]", rest(1, ""), rest(2, "")),
            &["change github:acme/pay#1", "change github:acme/pay#2"],
            &["reject", "truncated"],
        ),
        text(
            GithubRestPulls,
            "a merge commit before the merge is only a trial",
            r#"[{"number":1,"title":"t","state":"open","html_url":"https://github.com/acme/pay/pull/1","user":null,"merged_at":null,"merge_commit_sha":"9f3c1e0b"}]"#,
            &["state=Open author=deleted … commit=?"],
            &["9f3c1e0b"],
        ),
        text(
            GithubRestPulls,
            "lists of issues hold pull requests as well",
            r#"[{"number":1,"title":"t","state":"closed","repository_url":"https://api.github.com/repos/acme/pay","html_url":"https://github.com/acme/pay/pull/1","pull_request":{"merged_at":null},"user":{"login":"a"}},{"number":2,"title":"u","state":"open","repository_url":"https://api.github.com/repos/acme/pay","html_url":"https://github.com/acme/pay/issues/2","user":{"login":"a"}}]"#,
            &["ticket github-issue:acme/pay#2", "warning passed_over"],
            &["acme/pay#1 "],
        ),
        file(
            GithubRestReviews,
            "reviews that were never submitted",
            "pending-and-deleted.json",
            &["tovelund Approved 2026-09-04T08:05:00Z"],
            &["Approved ?"],
        ),
        file(
            GithubRestReviews,
            "reviewers whose account was deleted",
            "pending-and-deleted.json",
            &["#2214 deleted Commented"],
            &[],
        ),
        text(
            GithubRestReviews,
            "states in lower case in webhooks",
            r#"[{"id":1,"user":{"login":"tove"},"state":"dismissed","submitted_at":"2026-09-01T10:00:00Z","commit_id":"77ab","pull_request_url":"https://api.github.com/repos/acme/pay/pulls/4"}]"#,
            &["review github:acme/pay#4 tove Dismissed 2026-09-01T10:00:00Z"],
            &[],
        ),
        text(
            GithubGraphql,
            "lists under nodes or edges at every level",
            r#"{"data":{"repository":{"pullRequests":{"edges":[{"node":{"number":1,"title":"t","url":"https://github.com/acme/pay/pull/1","state":"MERGED","author":null,"mergedAt":"2026-09-01T12:00:00Z","labels":{"edges":[{"node":{"name":"hotfix"}}]},"reviews":{"nodes":[{"id":"R1","state":"APPROVED","submittedAt":"2026-09-01T11:00:00Z","author":null}]}}}]}}}}"#,
            &[
                "#1 state=Implemented author=deleted … labels=[\"hotfix\"] … reviews=Complete[deleted Approved 2026-09-01T11:00:00Z]",
            ],
            &[],
        ),
        text(
            GithubGraphql,
            "lists that say that they have more pages",
            r#"{"data":{"repository":{"pullRequests":{"nodes":[{"number":1,"title":"t","url":"https://github.com/acme/pay/pull/1","state":"MERGED","mergedAt":"2026-09-01T12:00:00Z","reviews":{"nodes":[],"pageInfo":{"hasNextPage":true}}}],"pageInfo":{"hasNextPage":true,"endCursor":"x"}}}}}"#,
            &["reviews=PossiblyCut[]", "warning cut_off", "warning reviews_cut"],
            &[],
        ),
        file(
            GithubArchive,
            "people are bare logins",
            "whole-history.json",
            &["#2214 … author=mara-ko merger=mara-ko"],
            &[],
        ),
        file(
            GithubArchive,
            "issues become tickets",
            "whole-history.json",
            &["ticket github-issue:acme/pay#17"],
            &["change github:acme/pay#17"],
        ),
        file(
            GithubWebhook,
            "review states in lower case",
            "review-in-lower-case.ndjson",
            &["#9 tovelund Approved 2026-09-04T08:05:00Z"],
            &[],
        ),
        file(
            GithubWebhook,
            "deliveries that were missed leave no trace: whether a pull request has other reviews is unknown",
            "review-in-lower-case.ndjson",
            &["change github:acme/pay#9 … reviews=?"],
            &["reviews=Complete"],
        ),
        text(
            GithubGh,
            "fields that were not asked for are unknown, not empty",
            r#"[{"number":1,"title":"t","state":"MERGED","url":"https://github.com/acme/pay/pull/1","mergedAt":"2026-09-01T12:00:00Z","reviewDecision":"APPROVED","latestReviews":[{"id":"","author":{"login":"tove"},"state":"APPROVED","submittedAt":"2026-09-01T11:00:00Z","commit":{"oid":""}}]}]"#,
            &["#1 … reviews=?"],
            &["tove Approved"],
        ),
        file(
            GithubArchive,
            "the time of a review is when it was created",
            "whole-history.json",
            &["#2214 … reviews=Complete[tovelund Approved 2026-09-04T08:05:00Z]"],
            &["Approved ?"],
        ),
        text(
            GithubGraphql,
            "null for a deleted account",
            r#"{"data":{"repository":{"pullRequests":{"nodes":[{"number":1,"title":"t","url":"https://github.com/acme/pay/pull/1","state":"MERGED","author":null,"mergedAt":"2026-09-01T12:00:00Z","reviews":{"nodes":[{"id":"R1","state":"APPROVED","submittedAt":"2026-09-01T11:00:00Z","author":null}]}}]}}}}"#,
            &["author=deleted", "deleted Approved 2026-09-01T11:00:00Z"],
            &[],
        ),
        timeline(
            r#"{"createdAt":"2026-09-01T13:00:00Z","previousReviewState":"APPROVED","review":{"id":"R1"}},{"__typename":"MergedEvent"},{}"#,
            &["reviews=Complete[tove Approved 2026-09-01T11:00:00Z, tove Withdrawn 2026-09-01T13:00:00Z]"],
            &["Dismissed"],
        ),
        timeline(
            r#"{"createdAt":"2026-09-01T13:00:00Z","previousReviewState":"CHANGES_REQUESTED","review":{"id":"R1"}}"#,
            &["reviews=Complete[tove ChangesRequested 2026-09-01T11:00:00Z]"],
            &["Approved", "Withdrawn"],
        ),
        timeline(
            r#"{"createdAt":"2026-09-01T11:30:00Z","previousReviewState":"CHANGES_REQUESTED","review":{"id":"R1"}}"#,
            &["reviews=Complete[tove Dismissed 2026-09-01T11:00:00Z]"],
            &["Approved", "ChangesRequested"],
        ),
        timeline(
            r#"{"createdAt":"2026-09-01T13:00:00Z","previousReviewState":"APPROVED","review":{"id":"R2"}},{"createdAt":null,"previousReviewState":"APPROVED","review":{"id":"R1"}}"#,
            &["reviews=Complete[tove Dismissed 2026-09-01T11:00:00Z]"],
            &["Approved", "Withdrawn"],
        ),
        file(
            GithubWebhook,
            "a deletion is a delivery too and says nothing of the merge",
            "review-in-lower-case.ndjson",
            &["change github:acme/pay#9 … merger=?"],
            &[],
        ),
    ]
}
