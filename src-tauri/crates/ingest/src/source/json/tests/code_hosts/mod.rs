//! Pull and merge requests, reviews and issues of the code hosts, from whole files.

mod azure_repos;
mod bitbucket;
mod gitea;
mod github;
mod gitlab;

use super::*;
use crate::test_fixtures::fixture;
use change_ledger_model::record::{Mention, Review};

/// Reads a whole fixture; each of its records must be found again from its bytes alone.
fn of_fixture(path: &str, repository: Option<&str>) -> Yield {
    let (_, text) = fixture(path);
    let options = Options { repository: repository.map(str::to_owned), ..Options::default() };
    import_with(std::str::from_utf8(&text).unwrap(), &options).unwrap().0
}

fn changes(found: &Yield) -> Vec<&Change> {
    found
        .records()
        .filter_map(|record| if let Record::Change(change) = record { Some(change.as_ref()) } else { None })
        .collect()
}

fn reviews(found: &Yield) -> Vec<&Review> {
    found
        .records()
        .filter_map(|record| if let Record::Review(review) = record { Some(review.as_ref()) } else { None })
        .collect()
}

/// Who said what and when, as texts.
fn said(reviews: &[Review]) -> Vec<String> {
    reviews.iter().map(spoken).collect()
}

fn spoken(review: &Review) -> String {
    let at = review.submitted_at.map_or_else(|| "unknown".to_owned(), |at| at.to_string());
    format!("{} {:?} {at}", review.reviewer.handle, review.verdict)
}

fn mentioned(mentions: &[Mention]) -> Vec<String> {
    mentions.iter().map(|mention| format!("{} {:?}", mention.name, mention.found_in)).collect()
}

/// When it was implemented, as a text.
fn implemented(change: &Change) -> (ChangeState, String) {
    (change.state, change.implemented_at.map_or_else(|| "unknown".to_owned(), |at| at.to_string()))
}
