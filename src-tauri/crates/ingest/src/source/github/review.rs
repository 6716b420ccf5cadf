//! Reviews, with their change or in files of their own.

use super::{names, raw::RawReview};
use crate::{
    source::{Context, Fault, asked, tally::Tally},
    value::json::{Text, person_or_deleted},
};
use change_ledger_model::{
    record::{Review, Verdict},
    source::Fact,
};

/// A review that belongs to `change`; `None` for one that was never submitted.
pub(super) fn review(
    raw: &RawReview<'_>,
    change: &str,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<Option<Review>, Fault> {
    let state = raw.state.as_ref().map_or("", Text::as_str);
    let verdict = match state {
        _ if state.eq_ignore_ascii_case("PENDING") => return Ok(None),
        _ if state.eq_ignore_ascii_case("APPROVED") => Verdict::Approved,
        _ if state.eq_ignore_ascii_case("CHANGES_REQUESTED") => Verdict::ChangesRequested,
        _ if state.eq_ignore_ascii_case("COMMENTED") => Verdict::Commented,
        _ if state.eq_ignore_ascii_case("DISMISSED") => Verdict::Dismissed,
        "" => return Err(Fault::field("reviews.state", "a review has no state".to_owned())),
        other => return Err(Fault::field("reviews.state", format!("\"{other}\" is no review state of GitHub"))),
    };
    let (field, said) = match &raw.submitted_at {
        Some(said) => ("submittedAt", Some(said)),
        None => ("createdAt", raw.created_at.as_ref()),
    };
    let submitted_at = context.needed_time(field, said, tally)?;
    let commit = raw.commit.as_ref().and_then(|commit| commit.0.as_ref()?.non_empty());
    tally.carry(Fact::Approver);
    tally.carry_if(submitted_at.is_some(), Fact::ApprovalTime);
    tally.carry_if(commit.is_some(), Fact::ReviewedCommit);
    Ok(Some(Review {
        change: change.to_owned(),
        source_id: raw.id.as_ref().and_then(Text::non_empty),
        reviewer: person_or_deleted(raw.author.as_ref()),
        verdict,
        submitted_at,
        commit,
        url: raw.html_url.as_ref().or(raw.url.as_ref()).and_then(Text::non_empty),
    }))
}

/// A review from a file of reviews; the address of its pull request says what it belongs to.
pub(super) fn lone(raw: &RawReview<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Option<Review>, Fault> {
    tally.ask(asked::REVIEW);
    let Some((repository, number)) = change_id(raw) else {
        return Err(Fault::field(
            "pull_request_url",
            "the review does not say which pull request it belongs to".to_owned(),
        ));
    };
    review(raw, &names::change_id(&repository, &number), context, tally)
}

/// Repository and number of the pull request that a lone review belongs to.
pub(super) fn change_id(raw: &RawReview<'_>) -> Option<(String, String)> {
    [&raw.pull_request_url, &raw.html_url, &raw.url]
        .into_iter()
        .flatten()
        .find_map(|url| names::address(url.as_str()))
        .map(|address| (address.repository.to_owned(), address.number.to_owned()))
}
