//! Webhook deliveries: a pull request, review or issue in an envelope that says what happened to it.

use super::{
    change, issue, names,
    raw::{RawPull, RawRepository, RawReview},
    review,
};
use crate::source::{Context, Fault, SourceEntry, asked, parse, tally::Tally};
use change_ledger_model::{record::Record, source::SourceKind};
use serde::Deserialize;

/// Webhook deliveries.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GithubWebhook,
    title: "GitHub webhook deliveries",
    command: "gh api repos/OWNER/REPO/hooks/HOOK/deliveries/DELIVERY --jq .request.payload >> deliveries.ndjson, or what the receiver of the hook kept",
    facts: asked::UNLINKED_PULL_REQUEST,
    cannot_tell: "events that were missed; whether there are other reviews",
    traps: &[
        "review states in lower case",
        "a deletion is a delivery too and says nothing of the merge",
        "deliveries that were missed leave no trace: whether a pull request has other reviews is unknown",
    ],
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawDelivery<'a> {
    #[serde(borrow)]
    pull_request: Option<RawPull<'a>>,
    #[serde(borrow)]
    issue: Option<RawPull<'a>>,
    #[serde(borrow)]
    review: Option<RawReview<'a>>,
    #[serde(borrow)]
    repository: Option<RawRepository<'a>>,
}

/// Reads one delivery: the review in it, and the pull request or issue that it is about.
pub(in crate::source) fn delivery(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let mut raw: RawDelivery<'_> = parse(text)?;
    let mut records = Vec::new();
    let repository = raw.repository(context);
    if let Some(pull) = &mut raw.pull_request {
        let context = Context { repository: repository.as_deref(), ..*context };
        // The pull request in the delivery of a review is shorter: it says neither merged nor who merged.
        let change = change::change(pull, &context, tally)?;
        if let Some(said) = &raw.review {
            let id = names::change_id(&change.repository, &change.number);
            records.extend(review::review(said, &id, &context, tally)?.map(|review| Record::Review(Box::new(review))));
        }
        records.insert(0, Record::Change(Box::new(change)));
    } else if let Some(issue) = &mut raw.issue {
        // A remark on a pull request is delivered as one on an issue.
        if issue.is_pull_among_issues() {
            tally.passed_over += 1;
        } else {
            records.push(Record::Ticket(Box::new(issue::ticket(issue, context, tally)?)));
        }
    } else {
        return Err(Fault::row("the delivery holds neither a pull request nor an issue".to_owned()));
    }
    Ok(records)
}

/// The repository that a delivery names by itself; a fault when it cannot be read at all.
pub(super) fn repository_in(text: &str) -> Result<Option<String>, Fault> {
    Ok(parse::<RawDelivery<'_>>(text)?.named())
}

impl RawDelivery<'_> {
    fn named(&self) -> Option<String> {
        let about = self.pull_request.as_ref().or(self.issue.as_ref());
        about.and_then(RawPull::repository_path).or_else(|| self.repository.as_ref()?.path())
    }

    fn repository(&self, context: &Context<'_>) -> Option<String> {
        self.named().or_else(|| context.repository.map(str::to_owned))
    }
}
