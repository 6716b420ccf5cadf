//! Review histories, each made so that its qualifying approval is known.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::calendar::into_working_hours;
use crate::company::people::{Account, Person};
use crate::numbers::part;
use crate::story::change::{Review, ReviewState, Trap};

/// Reviews in the making.
#[derive(Debug)]
pub(crate) struct History {
    opened: i64,
    merged: i64,
    reviews: Vec<Review>,
    traps: Vec<Trap>,
}

impl History {
    pub(crate) fn new(opened: i64, merged: i64) -> Self {
        Self { opened, merged, reviews: Vec::new(), traps: Vec::new() }
    }

    /// A moment between opening and merge, at the given share of the way; never the merge second itself.
    fn moment(&self, share: f64) -> i64 {
        let span = (self.merged - self.opened - 1).max(0);
        self.opened + part(span, share)
    }

    /// Adds a review at a moment, in seconds since 1970 UTC.
    pub(crate) fn add(&mut self, by: Account, state: ReviewState, at: i64) -> &mut Self {
        self.reviews.push(Review { by, state, at });
        self
    }

    /// Adds a review at a share of the way, in working hours where the merge leaves time for that, and always later than
    /// the one added before.
    fn on_the_way(&mut self, by: Account, state: ReviewState, share: f64) -> &mut Self {
        let last = self.reviews.last().map_or(self.opened, |review| review.at);
        let latest = self.merged - 60 - part(600, 1.0 - share);
        let working = into_working_hours(self.moment(share));
        let at = if working > last && working <= latest { working } else { self.moment(share) };
        self.add(by, state, at.max(last + 30))
    }

    /// Notes a trap that the history holds.
    pub(crate) fn trap(&mut self, trap: Trap) -> &mut Self {
        self.traps.push(trap);
        self
    }

    /// A history with a qualifying approval at or before the merge, of the n-th kind.
    pub(crate) fn approved(&mut self, n: u64, author: Account, reviewer: Person, second: Option<Person>) {
        use ReviewState::{Approved, ChangesRequested, Commented, Dismissed, Pending};
        let by = Account::Person(reviewer);
        let other = second.map_or(Account::Deleted, Account::Person);
        match n % 29 {
            3 => {
                let merged = self.merged;
                self.add(by, Approved, merged).trap(Trap::ApprovedAtTheMergeSecond);
            }
            6 | 19 => {
                self.on_the_way(by, ChangesRequested, 0.3)
                    .on_the_way(by, Approved, 0.8)
                    .trap(Trap::ChangesRequestedThenApproved);
            }
            9 => {
                self.on_the_way(Account::Bot("github-actions"), Approved, 0.05)
                    .on_the_way(by, Approved, 0.7)
                    .trap(Trap::BotApproval);
            }
            12 => {
                self.on_the_way(other, Dismissed, 0.4).on_the_way(by, Approved, 0.9).trap(Trap::DismissedApproval);
            }
            15 => {
                self.on_the_way(by, Approved, 0.2)
                    .on_the_way(by, ChangesRequested, 0.4)
                    .on_the_way(by, Approved, 0.8)
                    .trap(Trap::WithdrawnApproval);
            }
            17 => {
                self.on_the_way(Account::Deleted, Approved, 0.3)
                    .on_the_way(by, Approved, 0.6)
                    .trap(Trap::DeletedReviewer);
            }
            20 => {
                self.on_the_way(by, Approved, 0.6).on_the_way(other, Pending, 0.7).trap(Trap::ReviewNotSubmitted);
            }
            23 => {
                // Somebody had second thoughts after the merge: that withdraws nothing.
                let later = self.merged + 5_400;
                self.on_the_way(by, Approved, 0.8).add(by, ChangesRequested, later).trap(Trap::ObjectionAfterMerge);
            }
            25 => {
                self.on_the_way(other, ChangesRequested, 0.4).on_the_way(by, Approved, 0.9);
            }
            1 | 5 | 8 | 14 | 22 => {
                self.on_the_way(by, Commented, 0.3).on_the_way(author, Commented, 0.5).on_the_way(by, Approved, 0.9);
            }
            2 | 10 | 18 => {
                self.on_the_way(other, Commented, 0.2).on_the_way(by, Approved, 0.6);
            }
            _ => {
                self.on_the_way(by, Approved, 0.5);
            }
        }
    }

    /// A history without a qualifying approval before the merge, of the n-th kind.
    pub(crate) fn not_approved(&mut self, n: u64, author: Account, reviewer: Option<Person>) {
        use ReviewState::{Approved, ChangesRequested, Commented, Dismissed};
        let by = reviewer.map_or(Account::Deleted, Account::Person);
        match n % 13 {
            1 => {
                self.on_the_way(by, Commented, 0.4).trap(Trap::CommentsOnly);
            }
            3 => {
                self.on_the_way(Account::Bot("github-actions"), Approved, 0.2).trap(Trap::BotApproval);
            }
            5 => {
                self.on_the_way(by, Dismissed, 0.6).trap(Trap::DismissedApproval);
            }
            6 => {
                self.on_the_way(by, Approved, 0.2).on_the_way(by, ChangesRequested, 0.7).trap(Trap::WithdrawnApproval);
            }
            8 => {
                self.on_the_way(Account::Deleted, Approved, 0.5).trap(Trap::DeletedReviewer);
            }
            9 if author.person().is_some() => {
                self.on_the_way(author, Approved, 0.8).trap(Trap::SelfApproval);
            }
            11 => {
                self.on_the_way(by, ChangesRequested, 0.5).trap(Trap::ChangesRequestedThenMerged);
            }
            _ => {}
        }
    }

    /// What may follow a merge without deciding anything: a comment, or an approval that does not count.
    pub(crate) fn nothing_afterwards(&mut self, n: u64, by: Person, draws: &mut ChaCha8Rng) {
        let at = self.merged + draws.random_range(600..20_000);
        match n % 7 {
            1 => self.add(Account::Person(by), ReviewState::Commented, at),
            3 => self.add(Account::Deleted, ReviewState::Approved, at).trap(Trap::DeletedReviewer),
            5 => self.add(Account::Bot("github-actions"), ReviewState::Approved, at).trap(Trap::BotApproval),
            _ => self,
        };
    }

    /// The reviews in the order of submission, up to a moment, each person at most once in any second.
    pub(crate) fn finish(mut self, seen_until: i64) -> (Vec<Review>, Vec<Trap>) {
        self.reviews.retain(|review| review.at <= seen_until);
        self.reviews.sort_by_key(|review| review.at);
        (self.reviews, self.traps)
    }
}

/// Whether the author, a person or a bot, approved their own change.
pub(crate) fn is_self_approved(author: Account, reviews: &[Review]) -> bool {
    author != Account::Deleted
        && reviews.iter().any(|review| review.by == author && review.state == ReviewState::Approved)
}
