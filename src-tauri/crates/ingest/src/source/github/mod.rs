//! GitHub: pull requests, issues and reviews in five kinds of export.

mod change;
mod dismissal;
mod issue;
mod names;
mod raw;
mod review;
pub(super) mod webhook;

use super::{Context, Fault, tally::Tally};
use change_ledger_model::{record::Record, source::SourceKind};
use raw::{RawPull, RawReview};

/// Reads one element of a list of pull requests or issues.
pub(super) fn pull_or_issue(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let mut raw: RawPull<'_> = super::parse(text)?;
    if raw.is_issue() {
        return issue::ticket(&mut raw, context, tally).map(|ticket| vec![Record::Ticket(Box::new(ticket))]);
    }
    if raw.is_pull_among_issues() {
        tally.passed_over += 1;
        return Ok(Vec::new());
    }
    let mut change = change::change(&mut raw, context, tally)?;
    let timeline = raw.timeline.as_ref().map_or(&[][..], |timeline| &timeline.items);
    dismissal::resolve(timeline, &mut change, context, tally)?;
    Ok(vec![Record::Change(Box::new(change))])
}

/// Reads one element of a list of reviews of its own.
pub(super) fn review(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawReview<'_> = super::parse(text)?;
    let review = review::lone(&raw, context, tally)?;
    Ok(review.map(|review| Record::Review(Box::new(review))).into_iter().collect())
}

/// The name of a change in the ledger: `github:acme/pay#2214`.
pub(super) fn change_id(repository: &str, number: &str) -> String {
    names::change_id(repository, number)
}

/// Repository and number in the address of a pull request.
pub(super) fn change_of_address(url: &str) -> Option<(String, String)> {
    names::address(url).map(|address| (address.repository.to_owned(), address.number.to_owned()))
}

/// The repository that an element names by itself; a fault when it cannot be read at all.
pub(super) fn repository_in(kind: SourceKind, text: &str) -> Result<Option<String>, Fault> {
    if kind == SourceKind::GithubWebhook {
        return webhook::repository_in(text);
    }
    if kind == SourceKind::GithubRestReviews {
        let raw: RawReview<'_> = super::parse(text)?;
        return Ok(review::change_id(&raw).map(|(repository, _)| repository));
    }
    let raw: RawPull<'_> = super::parse(text)?;
    Ok(raw.repository_path())
}
