//! Gitea and Forgejo: pull requests and reviews. Pull requests are written nearly as GitHub's REST interface does.

use super::{Context, Fault, SourceEntry, asked, github, parse, tally::Tally};
use crate::value::json::{Actor, Text, person_or_deleted};
use change_ledger_model::{
    record::{Record, Review, Verdict},
    source::{Fact, SourceKind},
};
use serde::Deserialize;

/// Lists of pull requests.
pub(crate) const PULLS_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GiteaPulls,
    title: "Gitea and Forgejo pull requests",
    command: "curl -H \"Authorization: token TOKEN\" \"https://HOST/api/v1/repos/OWNER/REPO/pulls?state=closed&limit=50&page=1\" > pulls-1.json, then the other pages",
    facts: asked::LISTED_PULL_REQUEST,
    cannot_tell: "who approved: the reviews do",
    traps: &["lists do not say who reviewed: unknown, not nobody", "at most 50 rows per page"],
};

/// Lists of reviews.
pub(crate) const REVIEWS_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GiteaReviews,
    title: "Gitea and Forgejo reviews",
    command: "curl -H \"Authorization: token TOKEN\" \"https://HOST/api/v1/repos/OWNER/REPO/pulls/NUMBER/reviews\" > reviews-NUMBER.json",
    facts: asked::REVIEW,
    cannot_tell: "the change itself",
    traps: &[
        "an approval that is not official counts as a remark: its giver may not approve here",
        "dismissed is a mark beside the verdict",
        "teams and people who were only asked are no reviews",
        "COMMENT and REQUEST_CHANGES are spelt otherwise than on GitHub",
    ],
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawReview<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    user: Option<Actor<'a>>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow)]
    commit_id: Option<Text<'a>>,
    official: Option<bool>,
    dismissed: Option<bool>,
    #[serde(borrow)]
    submitted_at: Option<Text<'a>>,
    #[serde(borrow)]
    html_url: Option<Text<'a>>,
    #[serde(borrow)]
    pull_request_url: Option<Text<'a>>,
}

/// Reads one pull request.
pub(super) fn pull(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let mut records = github::pull_or_issue(text, context, tally)?;
    for record in &mut records {
        if let Record::Change(change) = record {
            change.id = of_gitea(&change.id);
            change.source = "gitea".to_owned();
        }
    }
    Ok(records)
}

/// Reads one review; none for one that was asked for or not sent yet.
pub(super) fn review(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawReview<'_> = parse(text)?;
    tally.ask(asked::REVIEW);
    let Some((repository, number)) = raw.change() else {
        let reason = "the review does not say which pull request it belongs to".to_owned();
        return Err(Fault::field("pull_request_url", reason));
    };
    let Some(verdict) = raw.verdict()? else { return Ok(Vec::new()) };
    let submitted_at = context.needed_time("submitted_at", raw.submitted_at.as_ref(), tally)?;
    let commit = raw.commit_id.as_ref().and_then(Text::non_empty);
    tally.carry(Fact::Approver);
    tally.carry_if(submitted_at.is_some(), Fact::ApprovalTime);
    tally.carry_if(commit.is_some(), Fact::ReviewedCommit);
    Ok(vec![Record::Review(Box::new(Review {
        change: of_gitea(&github::change_id(&repository, &number)),
        source_id: raw.id.as_ref().and_then(Text::non_empty),
        reviewer: person_or_deleted(raw.user.as_ref()),
        verdict,
        submitted_at,
        commit,
        url: raw.html_url.as_ref().and_then(Text::non_empty),
    }))])
}

/// The repository that a review names by itself; a fault when it cannot be read at all.
pub(super) fn repository_in(text: &str) -> Result<Option<String>, Fault> {
    Ok(parse::<RawReview<'_>>(text)?.change().map(|(repository, _)| repository))
}

/// The name of a change under the tool that it is of.
fn of_gitea(id: &str) -> String {
    id.replacen("github:", "gitea:", 1)
}

impl RawReview<'_> {
    /// Repository and number of the pull request.
    fn change(&self) -> Option<(String, String)> {
        [&self.pull_request_url, &self.html_url]
            .into_iter()
            .flatten()
            .find_map(|url| github::change_of_address(url.as_str()))
    }

    fn verdict(&self) -> Result<Option<Verdict>, Fault> {
        let verdict = match self.state.as_ref().map_or("", Text::as_str) {
            // Whoever gives an approval that is not official may not approve on this branch.
            "APPROVED" if self.official == Some(false) => Verdict::Commented,
            "APPROVED" => Verdict::Approved,
            "REQUEST_CHANGES" => Verdict::ChangesRequested,
            "COMMENT" => Verdict::Commented,
            "PENDING" | "REQUEST_REVIEW" | "" => return Ok(None),
            other => return Err(Fault::field("state", format!("\"{other}\" is no review state of Gitea"))),
        };
        let withdrawn = self.dismissed == Some(true) && verdict != Verdict::Commented;
        Ok(Some(if withdrawn { Verdict::Dismissed } else { verdict }))
    }
}
