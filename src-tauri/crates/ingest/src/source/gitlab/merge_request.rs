//! Merge requests, and what their approvals endpoint says about them.

use super::names::{RawUser, change_id, change_name, person_or_deleted, project_of_address, project_of_reference};
use crate::{
    source::{Context, Fault, asked, change_text::ChangeText, parse, tally::Tally},
    value::json::{Listed, Named, Said, Text, present, said, written},
};
use change_ledger_model::{
    Timestamp,
    record::{Change, ChangeKind, ChangeState, Record, Review, ReviewCoverage, Verdict},
    source::{Fact, SourceKind},
};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawMergeRequest<'a> {
    /// The number that people write; `id` is unique over all of GitLab and shown nowhere.
    #[serde(borrow)]
    iid: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    description: Said<Text<'a>>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    updated_at: Option<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    merged_at: Said<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    merge_user: Said<RawUser<'a>>,
    /// The older name of `merge_user`.
    #[serde(borrow, deserialize_with = "present")]
    merged_by: Said<RawUser<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    author: Said<RawUser<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    labels: Said<Listed<Named<'a>>>,
    #[serde(borrow)]
    target_branch: Option<Text<'a>>,
    #[serde(borrow)]
    source_branch: Option<Text<'a>>,
    #[serde(borrow)]
    sha: Option<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    merge_commit_sha: Said<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    squash_commit_sha: Said<Text<'a>>,
    #[serde(borrow)]
    web_url: Option<Text<'a>>,
    #[serde(borrow)]
    references: Option<RawReferences<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    approved_by: Said<Listed<RawApproval<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawReferences<'a> {
    #[serde(borrow)]
    full: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawApproval<'a> {
    #[serde(borrow)]
    user: Option<RawUser<'a>>,
    #[serde(borrow)]
    approved_at: Option<Text<'a>>,
}

/// Reads one merge request, or the answer of its approvals endpoint.
pub(in crate::source) fn merge_request(
    text: &str,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<Vec<Record>, Fault> {
    let raw: RawMergeRequest<'_> = parse(text)?;
    let Some(number) = raw.iid.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("iid", "the merge request has no iid, the number that people write".to_owned()));
    };
    let project = context.repository(raw.project())?;
    let id = change_id(&project, &number);
    let reviews = raw.reviews(&id, context, tally)?;
    let of_approvals = context.kind == SourceKind::GitlabApprovals;
    tally.ask(if of_approvals { asked::APPROVAL } else { asked::PULL_REQUEST });
    tally.carry_if(raw.approved_by.is_some(), Fact::Approver);
    tally.carry_if(reviews.iter().any(|review| review.submitted_at.is_some()), Fact::ApprovalTime);
    if of_approvals && raw.state.is_none() {
        // Without a state it says nothing of the merge request itself.
        return Ok(reviews.into_iter().map(|review| Record::Review(Box::new(review))).collect());
    }
    let change = raw.change(id, number, project, reviews, context, tally)?;
    // The approvals endpoint never has a merge time: nothing is missing there.
    let timeless = !of_approvals && change.state == ChangeState::ImplementedAtUnknown;
    tally.implemented_at_unknown += u64::from(timeless);
    Ok(vec![Record::Change(Box::new(change))])
}

/// The project that a merge request names by itself; a fault when it cannot be read at all.
pub(in crate::source) fn project_in(text: &str) -> Result<Option<String>, Fault> {
    parse::<RawMergeRequest<'_>>(text).map(|raw| raw.project())
}

impl RawMergeRequest<'_> {
    fn project(&self) -> Option<String> {
        let referred =
            self.references.as_ref().and_then(|references| project_of_reference(references.full.as_ref()?.as_str()));
        referred.or_else(|| project_of_address(self.web_url.as_ref()?.as_str()))
    }

    fn reviews(&self, change: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Review>, Fault> {
        let listed = said(&self.approved_by).into_iter().flat_map(|listed| &listed.items);
        listed
            .map(|approval| {
                Ok(Review {
                    change: change.to_owned(),
                    source_id: None,
                    reviewer: person_or_deleted(approval.user.as_ref()),
                    verdict: Verdict::Approved,
                    submitted_at: context.needed_time("approved_at", approval.approved_at.as_ref(), tally)?,
                    commit: None,
                    url: None,
                })
            })
            .collect()
    }

    fn change(
        &self,
        id: String,
        number: String,
        project: String,
        reviews: Vec<Review>,
        context: &Context<'_>,
        tally: &mut Tally,
    ) -> Result<Change, Fault> {
        let implemented_at = context.needed_time("merged_at", said(&self.merged_at), tally)?;
        let state = self.state(implemented_at)?;
        let title = self.title.as_ref().map_or("", Text::as_str).to_owned();
        let body = written(&self.description);
        let head_branch = self.source_branch.as_ref().and_then(Text::non_empty);
        let base_branch = self.target_branch.as_ref().and_then(Text::non_empty);
        let labels: Option<Vec<String>> = said(&self.labels)
            .map(|listed| listed.items.iter().filter_map(|label| label.0.as_ref()?.non_empty()).collect());
        let merge_commit = self.merge_commit(state);

        tally.carry_if(self.author.is_some(), Fact::Author);
        tally.carry_if(implemented_at.is_some(), Fact::ImplementationTime);
        tally.carry_if(self.merge_user.is_some() || self.merged_by.is_some(), Fact::Merger);
        tally.carry_if(labels.is_some(), Fact::Labels);
        tally.carry_if(self.description.is_some(), Fact::Text);
        tally.carry_if(base_branch.is_some(), Fact::BaseBranch);
        tally.carry_if(head_branch.is_some(), Fact::HeadBranch);
        tally.carry_if(merge_commit.is_some(), Fact::MergeCommit);

        let text = ChangeText {
            repository: &project,
            own: &change_name(&project, &number),
            title: &title,
            body: body.as_deref(),
            head_branch: head_branch.as_deref(),
            labels: labels.as_deref(),
        };
        Ok(Change {
            id,
            kind: ChangeKind::PullRequest,
            source: "gitlab".to_owned(),
            url: self.web_url.as_ref().and_then(Text::non_empty),
            state,
            author: self.author.as_ref().map(|author| person_or_deleted(author.as_ref())),
            // `null` also stands in merge requests that were imported from elsewhere: it does not say that nobody did.
            merged_by: said(&self.merge_user).or_else(|| said(&self.merged_by)).map(RawUser::person),
            commit_authors: Vec::new(),
            opened_at: context.time("created_at", self.created_at.as_ref(), tally),
            implemented_at,
            updated_at: context.time("updated_at", self.updated_at.as_ref(), tally),
            merge_commit,
            head_commit: self.sha.as_ref().and_then(Text::non_empty),
            category: None,
            review_coverage: if self.approved_by.is_some() {
                ReviewCoverage::Complete
            } else {
                ReviewCoverage::NotCarried
            },
            reviews,
            mentions: text.mentions(Vec::new()),
            repository: project,
            number,
            title,
            body,
            base_branch,
            head_branch,
            labels,
        })
    }

    fn state(&self, implemented_at: Option<Timestamp>) -> Result<ChangeState, Fault> {
        let word = self.state.as_ref().map_or("", Text::as_str);
        Ok(match word.to_ascii_lowercase().as_str() {
            "merged" if implemented_at.is_some() => ChangeState::Implemented,
            "merged" => ChangeState::ImplementedAtUnknown,
            // A merge request is locked while it is being merged.
            "opened" | "locked" => ChangeState::Open,
            "closed" => ChangeState::Abandoned,
            "" => return Err(Fault::field("state", "the merge request has no state".to_owned())),
            _ => return Err(Fault::field("state", format!("\"{word}\" is no state of a merge request"))),
        })
    }

    /// The commit that arrived on the target branch. A fast-forward merge makes none of its own, so the head is it.
    fn merge_commit(&self, state: ChangeState) -> Option<String> {
        if !matches!(state, ChangeState::Implemented | ChangeState::ImplementedAtUnknown) {
            return None;
        }
        let made = said(&self.merge_commit_sha).or_else(|| said(&self.squash_commit_sha));
        let fast_forward = self.merge_commit_sha.is_some() && self.squash_commit_sha.is_some();
        made.or_else(|| self.sha.as_ref().filter(|_| fast_forward)).and_then(Text::non_empty)
    }
}
