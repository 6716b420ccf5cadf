//! Reviews as the tools keep them that remember every vote, and not only the last state of a review.

use crate::company::people::Account;
use crate::story::change::{Change, Review, ReviewState};

/// What somebody said at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vote {
    Approved,
    /// The approval before is taken back.
    Withdrawn,
    ChangesRequested,
    Commented,
}

/// A vote with its giver and its moment, seconds since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cast {
    pub(crate) by: Account,
    pub(crate) vote: Vote,
    pub(crate) at: i64,
}

/// Every vote on a change in the order of time. An approval that was dismissed was taken back half-way to the merge; a review
/// that was not submitted is no vote yet.
pub(crate) fn cast(change: &Change) -> Vec<Cast> {
    let mut votes: Vec<Cast> = change.reviews.iter().flat_map(|review| votes_of(review, change.merged)).collect();
    votes.sort_by_key(|cast| cast.at);
    votes
}

fn votes_of(review: &Review, merged: i64) -> impl Iterator<Item = Cast> {
    let cast = |vote, at| Cast { by: review.by, vote, at };
    let (first, second) = match review.state {
        ReviewState::Approved => (Some(cast(Vote::Approved, review.at)), None),
        ReviewState::ChangesRequested => (Some(cast(Vote::ChangesRequested, review.at)), None),
        ReviewState::Commented => (Some(cast(Vote::Commented, review.at)), None),
        ReviewState::Dismissed => {
            let taken_back = review.at + ((merged - review.at) / 2).max(1);
            (Some(cast(Vote::Approved, review.at)), Some(cast(Vote::Withdrawn, taken_back)))
        }
        ReviewState::Pending => (None, None),
    };
    first.into_iter().chain(second)
}

/// The last vote of everybody who voted, comments aside: what a list of reviewers shows.
pub(crate) fn standing(votes: &[Cast]) -> Vec<Cast> {
    let decisions = || votes.iter().filter(|cast| cast.vote != Vote::Commented);
    let is_last = |cast: &&Cast| !decisions().any(|other| other.by == cast.by && other.at > cast.at);
    decisions().filter(is_last).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::company::people::Person;

    #[test]
    fn the_last_vote_of_each_person_stands() {
        let cast = |person: usize, vote, at| Cast { by: Account::Person(Person(person)), vote, at };
        let votes = [
            cast(1, Vote::Approved, 10),
            cast(2, Vote::Approved, 11),
            cast(1, Vote::ChangesRequested, 12),
            cast(1, Vote::Commented, 13),
            cast(2, Vote::Withdrawn, 14),
            cast(1, Vote::Approved, 15),
        ];
        assert_eq!(standing(&votes), [cast(2, Vote::Withdrawn, 14), cast(1, Vote::Approved, 15)]);
    }

    #[test]
    fn a_dismissed_approval_was_taken_back_before_the_merge() {
        let review = Review { by: Account::Deleted, state: ReviewState::Dismissed, at: 100 };
        let votes: Vec<(Vote, i64)> = votes_of(&review, 200).map(|cast| (cast.vote, cast.at)).collect();
        assert_eq!(votes, [(Vote::Approved, 100), (Vote::Withdrawn, 150)]);
    }
}
