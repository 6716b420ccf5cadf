//! When reviews were dismissed. A dismissal overwrites the verdict of its review and keeps the time at which that was
//! given; the timeline of a pull request has both the verdict and the time at which it fell.

use super::raw::RawReview;
use crate::{
    source::{Context, Fault, tally::Tally},
    value::json::Text,
};
use change_ledger_model::record::{Change, Review, Verdict};
use serde::Deserialize;

/// `ReviewDismissedEvent` of GraphQL. Other events of a timeline have no review.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct RawDismissal<'a> {
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    #[serde(borrow)]
    previous_review_state: Option<Text<'a>>,
    #[serde(borrow)]
    review: Option<RawReview<'a>>,
}

/// Gives dismissed reviews of which a timeline tells it their verdict back: an approval stood until the time of the
/// dismissal, which becomes a withdrawal of its own; an objection stood if the change was merged before.
pub(super) fn resolve(
    timeline: &[RawDismissal<'_>],
    change: &mut Change,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<(), Fault> {
    for dismissal in timeline {
        let Some(id) = dismissal.review.as_ref().and_then(|review| review.id.as_ref()?.non_empty()) else { continue };
        let dismissed =
            |review: &&mut Review| review.verdict == Verdict::Dismissed && review.source_id.as_deref() == Some(&id);
        let Some(review) = change.reviews.iter_mut().find(dismissed) else { continue };
        let at = context.needed_time("timelineItems.createdAt", dismissal.created_at.as_ref(), tally)?;
        match (dismissal.previous_review_state.as_ref().map_or("", Text::as_str), at) {
            // An approval without the time of its end would count for ever.
            ("APPROVED", Some(at)) => {
                review.verdict = Verdict::Approved;
                let withdrawal = Review {
                    source_id: Some(format!("{id}:dismissed")),
                    verdict: Verdict::Withdrawn,
                    submitted_at: Some(at),
                    commit: None,
                    ..review.clone()
                };
                change.reviews.push(withdrawal);
            }
            ("CHANGES_REQUESTED", Some(at)) if change.implemented_at.is_some_and(|merged| merged < at) => {
                review.verdict = Verdict::ChangesRequested;
            }
            _ => {}
        }
    }
    Ok(())
}
