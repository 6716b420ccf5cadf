//! Bitbucket Cloud: the activity of pull requests, which knows when they were approved and merged.

use super::{
    cloud::{RawSide, TOOL, state},
    names::{RawAccount, RawLinks, change_id, person_or_deleted},
};
use crate::{
    source::{Context, Fault, SourceEntry, asked, change_text::ChangeText, parse, tally::Tally},
    value::json::Text,
};
use change_ledger_model::{
    record::{Change, ChangeKind, ChangeState, Record, Review, ReviewCoverage, Verdict},
    source::{Fact, SourceKind},
};
use serde::{Deserialize, de::IgnoredAny};

/// Activity of pull requests.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::BitbucketActivity,
    title: "Bitbucket Cloud activity of pull requests",
    command: "curl -u USER:APP_PASSWORD \"https://api.bitbucket.org/2.0/repositories/WORKSPACE/REPO/pullrequests/activity?pagelen=50\" > activity-1.json, then each address that the answer names as next",
    facts: &[
        Fact::ImplementationTime,
        Fact::Merger,
        Fact::Approver,
        Fact::ApprovalTime,
        Fact::BaseBranch,
        Fact::HeadBranch,
    ],
    cannot_tell: "approvals taken back; labels, texts",
    traps: &[
        "an edit after the merge is an update of a merged pull request too, and not its merge",
        "an approval that was taken back is gone without a trace",
        "remarks outside the code are no reviews",
    ],
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawActivity<'a> {
    #[serde(borrow)]
    pull_request: Option<RawReference<'a>>,
    #[serde(borrow)]
    approval: Option<RawSaid<'a>>,
    #[serde(borrow)]
    changes_requested: Option<RawSaid<'a>>,
    #[serde(borrow)]
    update: Option<RawUpdate<'a>>,
    #[serde(borrow)]
    comment: Option<RawComment<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawReference<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    links: Option<RawLinks<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawSaid<'a> {
    #[serde(borrow)]
    date: Option<Text<'a>>,
    #[serde(borrow)]
    user: Option<RawAccount<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawUpdate<'a> {
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow)]
    date: Option<Text<'a>>,
    #[serde(borrow)]
    author: Option<RawAccount<'a>>,
    #[serde(borrow)]
    source: Option<RawSide<'a>>,
    #[serde(borrow)]
    destination: Option<RawSide<'a>>,
    changes: Option<RawChanges>,
}

/// What an update changed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawChanges {
    status: Option<IgnoredAny>,
    title: Option<IgnoredAny>,
    description: Option<IgnoredAny>,
    reviewers: Option<IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawComment<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    created_on: Option<Text<'a>>,
    #[serde(borrow)]
    user: Option<RawAccount<'a>>,
    inline: Option<IgnoredAny>,
}

/// Who said what, when, and under which id.
struct Saying<'r, 'a> {
    verdict: Verdict,
    by: Option<&'r RawAccount<'a>>,
    at: Option<&'r Text<'a>>,
    id: Option<String>,
}

/// Reads one activity: an approval, a request for changes, a remark on the code, or the merge. Other activities
/// say nothing that a list of pull requests does not.
pub(in crate::source) fn activity(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawActivity<'_> = parse(text)?;
    tally.ask(asked::ACTIVITY);
    let Some((repository, number)) = raw.change(context) else {
        let reason = "the activity does not say which pull request it belongs to".to_owned();
        return Err(Fault::field("pull_request", reason));
    };
    let id = change_id(TOOL, &repository, &number);
    if let Some(update) = raw.update.as_ref().filter(|update| update.is_merge()) {
        let pull = raw.pull_request.as_ref();
        let title = pull.and_then(|pull| pull.title.as_ref()?.non_empty()).unwrap_or_default();
        let url = pull.and_then(|pull| pull.links.as_ref()?.page());
        let merge = update.merge(context, tally)?;
        // What title and branch name goes with them, so that this row may stand for a list of the same moment.
        let text = ChangeText {
            repository: &repository,
            own: &format!("{}#{number}", repository.to_lowercase()),
            title: &title,
            body: None,
            head_branch: merge.head_branch.as_deref(),
            labels: None,
        };
        let mentions = text.mentions(Vec::new());
        return Ok(vec![Record::Change(Box::new(Change { id, repository, number, title, url, mentions, ..merge }))]);
    }
    let Some(said) = raw.said() else { return Ok(Vec::new()) };
    let submitted_at = context.needed_time("date", said.at, tally)?;
    tally.carry(Fact::Approver);
    tally.carry_if(submitted_at.is_some(), Fact::ApprovalTime);
    Ok(vec![Record::Review(Box::new(Review {
        change: id,
        source_id: said.id,
        reviewer: person_or_deleted(said.by),
        verdict: said.verdict,
        submitted_at,
        commit: None,
        url: None,
    }))])
}

/// The repository that an activity names by itself; a fault when it cannot be read at all.
pub(in crate::source) fn repository_in(text: &str) -> Result<Option<String>, Fault> {
    let raw: RawActivity<'_> = parse(text)?;
    let links = raw.pull_request.as_ref().and_then(|pull| pull.links.as_ref());
    Ok(links.and_then(RawLinks::pull_request).map(|(repository, _)| repository))
}

impl<'a> RawActivity<'a> {
    /// Repository and number of the pull request.
    fn change(&self, context: &Context<'_>) -> Option<(String, String)> {
        let pull = self.pull_request.as_ref()?;
        let linked = pull.links.as_ref().and_then(RawLinks::pull_request);
        linked.or_else(|| Some((context.repository.map(str::to_owned)?, pull.id.as_ref()?.non_empty()?)))
    }

    /// What somebody said; `None` when the activity is something else.
    fn said(&self) -> Option<Saying<'_, 'a>> {
        let approved = self.approval.as_ref().map(|said| (Verdict::Approved, said));
        let objected = self.changes_requested.as_ref().map(|said| (Verdict::ChangesRequested, said));
        if let Some((verdict, said)) = approved.or(objected) {
            return Some(Saying { verdict, by: said.user.as_ref(), at: said.date.as_ref(), id: None });
        }
        let remark = self.comment.as_ref().filter(|comment| comment.inline.is_some())?;
        Some(Saying {
            verdict: Verdict::Commented,
            by: remark.user.as_ref(),
            at: remark.created_on.as_ref(),
            id: remark.id.as_ref().and_then(Text::non_empty),
        })
    }
}

impl RawUpdate<'_> {
    /// Whether this is the merge itself, and not an edit after it.
    fn is_merge(&self) -> bool {
        let merged = self.state.as_ref().is_some_and(|state| state.as_str() == "MERGED");
        merged
            && self.changes.as_ref().is_none_or(|changes| {
                let edited = changes.title.is_some() || changes.description.is_some() || changes.reviewers.is_some();
                changes.status.is_some() || !edited
            })
    }

    /// What the merge says of its pull request, still without its name.
    fn merge(&self, context: &Context<'_>, tally: &mut Tally) -> Result<Change, Fault> {
        let implemented_at = context.needed_time("update.date", self.date.as_ref(), tally)?;
        let state = state("MERGED", implemented_at)?;
        let base_branch = self.destination.as_ref().and_then(RawSide::branch);
        let head_branch = self.source.as_ref().and_then(RawSide::branch);
        tally.carry_if(implemented_at.is_some(), Fact::ImplementationTime);
        tally.carry_if(self.author.is_some(), Fact::Merger);
        tally.carry_if(base_branch.is_some(), Fact::BaseBranch);
        tally.carry_if(head_branch.is_some(), Fact::HeadBranch);
        tally.implemented_at_unknown += u64::from(state == ChangeState::ImplementedAtUnknown);
        Ok(Change {
            id: String::new(),
            kind: ChangeKind::PullRequest,
            source: TOOL.to_owned(),
            repository: String::new(),
            number: String::new(),
            title: String::new(),
            body: None,
            url: None,
            state,
            author: None,
            merged_by: self.author.as_ref().map(RawAccount::person),
            commit_authors: Vec::new(),
            opened_at: None,
            implemented_at,
            updated_at: implemented_at,
            base_branch,
            head_branch,
            merge_commit: None,
            head_commit: self.source.as_ref().and_then(RawSide::commit),
            labels: None,
            category: None,
            review_coverage: ReviewCoverage::NotCarried,
            reviews: Vec::new(),
            mentions: Vec::new(),
        })
    }
}
