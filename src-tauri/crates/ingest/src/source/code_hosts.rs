//! The JSON of every code host: how it is framed, told apart and read.

use super::{Context, Fault, azure_repos, bitbucket, gitea, github, gitlab, tally::Tally};
use crate::{input::framing::Rules, recognise::Glance};
use change_ledger_model::{record::Record, source::SourceKind};

/// Where tools and the wrappers around them keep lists of records.
const LISTS: &[&str] =
    &["values", "value", "data", "items", "results", "records", "merge_requests", "issues", "notes", "pulls"];
/// Objects of wrappers that hold one record, or a list of them.
const VIA: &[&str] = &["data", "resource", "merge_request", "payload", "result"];

const fn rules_of(marks: &'static [&'static str], context: &'static [&'static str]) -> Rules {
    Rules { lists: LISTS, via: VIA, marks, context }
}

/// How records of a kind are framed; `None` when it is no kind of this list.
pub(super) fn rules(kind: SourceKind) -> Option<Rules> {
    Some(match kind {
        SourceKind::GithubWebhook => rules_of(&["action"], &[]),
        SourceKind::GitlabMergeRequests | SourceKind::GitlabApprovals | SourceKind::GitlabIssues => {
            rules_of(&["iid"], &[])
        }
        SourceKind::GitlabNotes => rules_of(&["noteable_type", "noteable_id", "noteable_iid"], &[]),
        SourceKind::BitbucketPulls => rules_of(&["destination", "source", "created_on"], &["next"]),
        SourceKind::BitbucketActivity => {
            rules_of(&["pull_request", "approval", "update", "comment", "changes_requested"], &["next"])
        }
        SourceKind::BitbucketServerPulls => rules_of(&["fromRef", "toRef", "createdDate"], &["isLastPage"]),
        SourceKind::BitbucketServerActivities => rules_of(&["action", "createdDate"], &["isLastPage"]),
        SourceKind::AzureReposPulls => rules_of(&["pullRequestId"], &[]),
        SourceKind::AzureReposThreads => rules_of(&["publishedDate", "pullRequestThreadContext"], &[]),
        SourceKind::GiteaPulls => rules_of(&["number", "merge_base", "title"], &[]),
        SourceKind::GiteaReviews => rules_of(&["official", "pull_request_url"], &[]),
        _ => return None,
    })
}

/// Why records are of a kind of this list, as a sentence.
pub(crate) fn recognise(seen: &Glance, kind: SourceKind) -> Option<&'static str> {
    let has = |key: &str| seen.has(key);
    let any = |keys: &[&str]| seen.has_any(keys);
    let all = |keys: &[&str]| seen.has_all(keys);
    let (fits, reason) = match kind {
        SourceKind::GithubWebhook => (
            has("action") && any(&["pull_request", "issue"]) && any(&["repository", "sender"]),
            "Its records have an action beside a pull request or an issue, as GitHub's webhooks do.",
        ),
        SourceKind::AzureReposPulls => (
            all(&["pullRequestId", "status"]),
            "Its records have the field pullRequestId, as Azure DevOps' pull requests do.",
        ),
        SourceKind::AzureReposThreads => (
            all(&["publishedDate", "comments", "properties"]),
            "Its records have the fields publishedDate, comments and properties, as Azure DevOps' threads do.",
        ),
        SourceKind::GitlabNotes => {
            (all(&["noteable_type", "body"]), "Its records have the field noteable_type, as GitLab's notes do.")
        }
        SourceKind::GitlabMergeRequests => (
            all(&["iid", "source_branch", "target_branch"]),
            "Its records have the fields iid and source_branch, as GitLab's merge requests do.",
        ),
        SourceKind::GitlabApprovals => {
            (all(&["iid", "approved_by"]), "Its records have the fields iid and approved_by, as GitLab's approvals do.")
        }
        SourceKind::GitlabIssues => (
            all(&["iid", "title"]) && any(&["issue_type", "confidential"]),
            "Its records have the fields iid and confidential, as GitLab's issues do.",
        ),
        SourceKind::BitbucketServerPulls => (
            all(&["fromRef", "toRef"]),
            "Its records have the fields fromRef and toRef, as Bitbucket Server's pull requests do.",
        ),
        SourceKind::BitbucketServerActivities => (
            all(&["action", "createdDate", "user"]),
            "Its records have the fields action and createdDate, as Bitbucket Server's activities do.",
        ),
        SourceKind::BitbucketPulls => (
            all(&["source", "destination", "state"]),
            "Its records have the fields source and destination, as Bitbucket Cloud's pull requests do.",
        ),
        SourceKind::BitbucketActivity => (
            has("pull_request") && any(&["approval", "update", "comment", "changes_requested"]),
            "Its records have a pull_request beside an approval, update or comment, as Bitbucket Cloud's activity does.",
        ),
        SourceKind::GiteaPulls => (
            has("number") && any(&["merge_base", "allow_maintainer_edit"]),
            "Its records have the fields number and merge_base, as Gitea's pull requests do.",
        ),
        SourceKind::GiteaReviews => (
            all(&["official", "pull_request_url"]),
            "Its records have the fields official and pull_request_url, as Gitea's reviews do.",
        ),
        _ => return None,
    };
    fits.then_some(reason)
}

/// Reads one record of a code host.
pub(super) fn read(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    match context.kind {
        SourceKind::GithubRestReviews => github::review(text, context, tally),
        SourceKind::GithubWebhook => github::webhook::delivery(text, context, tally),
        SourceKind::GitlabMergeRequests | SourceKind::GitlabApprovals => {
            gitlab::merge_request::merge_request(text, context, tally)
        }
        SourceKind::GitlabNotes => gitlab::note::note(text, context, tally),
        SourceKind::GitlabIssues => gitlab::issue::issue(text, context, tally),
        SourceKind::BitbucketPulls => bitbucket::cloud::pull(text, context, tally),
        SourceKind::BitbucketActivity => bitbucket::activity::activity(text, context, tally),
        SourceKind::BitbucketServerPulls => bitbucket::server::pull(text, context, tally),
        SourceKind::BitbucketServerActivities => bitbucket::server_activity::activity(text, context, tally),
        SourceKind::AzureReposPulls => azure_repos::pull::pull(text, context, tally),
        SourceKind::AzureReposThreads => azure_repos::thread::thread(text, context, tally),
        SourceKind::GiteaPulls => gitea::pull(text, context, tally),
        SourceKind::GiteaReviews => gitea::review(text, context, tally),
        _ => github::pull_or_issue(text, context, tally),
    }
}

/// The repository that a record names by itself; a fault when it cannot be read at all.
pub(super) fn repository_in(kind: SourceKind, text: &str) -> Result<Option<String>, Fault> {
    match kind {
        SourceKind::GitlabMergeRequests | SourceKind::GitlabApprovals => gitlab::merge_request::project_in(text),
        // These name their project by its number only.
        SourceKind::GitlabNotes | SourceKind::AzureReposThreads => Ok(None),
        SourceKind::GitlabIssues => gitlab::issue::project_in(text),
        SourceKind::BitbucketPulls => bitbucket::cloud::repository_in(text),
        SourceKind::BitbucketActivity => bitbucket::activity::repository_in(text),
        SourceKind::BitbucketServerPulls => bitbucket::server::repository_in(text),
        SourceKind::BitbucketServerActivities => bitbucket::server_activity::repository_in(text),
        SourceKind::AzureReposPulls => azure_repos::pull::repository_in(text),
        SourceKind::GiteaReviews => gitea::repository_in(text),
        _ => github::repository_in(kind, text),
    }
}
