//! Which approvals stand, by all that the files say of one person and one change.

use crate::table::review;
use change_ledger_model::record::Verdict;
use foldhash::{HashMap, HashSet};

/// One approval of one person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Approval {
    /// The key of the change.
    pub(super) change: i64,
    pub(super) reviewer: u32,
    pub(super) given: Option<i64>,
    /// Until when it stood, where a file shows that it was dismissed.
    pub(super) dismissed: Option<i64>,
    /// Of when the newest row is that shows it.
    pub(super) shown_at: i64,
}

/// What is known of the change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Approved {
    pub(super) implemented: Option<i64>,
    /// Of when the newest complete list of its reviews is.
    pub(super) listed_at: Option<i64>,
}

/// What becomes of an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    /// Nobody took it back.
    Stands,
    /// It stood until then.
    StoodUntil(i64),
    /// It is gone, and nobody knows whether it stood at the implementation.
    InDoubt,
    /// It is the same as another one, which says more.
    Displaced,
}

/// A change and a person.
type Pair = (i64, u32);

/// What was given and taken back, by change and person.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Approvals with a time, and until when each stood; only where the same person has one without.
    dated: HashMap<Pair, Vec<(i64, Option<i64>)>>,
    withdrawals: HashMap<Pair, Vec<i64>>,
    /// Whose approval the newest list of the change shows, or a row newer than that; only where that person also has an
    /// older one.
    listed: HashSet<Pair>,
    /// When somebody with such an older approval last asked for changes: that takes the place of an approval in a list.
    objected: HashMap<Pair, i64>,
}

impl Standing {
    /// `approvals` with the moment of the newest list of their change; `withdrawals` and `objections` with theirs.
    pub(super) fn of(
        approvals: impl Iterator<Item = (Approval, Option<i64>)> + Clone,
        withdrawals: impl Iterator<Item = (Pair, i64)>,
        objections: impl Iterator<Item = (Pair, i64)>,
    ) -> Self {
        let mut found = Self::default();
        withdrawals.for_each(|(pair, at)| found.withdrawals.entry(pair).or_default().push(at));
        // Few approvals are undated or missing from a newer list; only what stands beside those is kept.
        let undated: HashSet<Pair> = approvals
            .clone()
            .filter(|(approval, _)| approval.given.is_none())
            .map(|(approval, _)| approval.pair())
            .collect();
        if !undated.is_empty() {
            for (approval, _) in approvals.clone().filter(|(approval, _)| undated.contains(&approval.pair())) {
                if let Some(given) = approval.given {
                    let until = found.taken_back(&approval);
                    found.dated.entry(approval.pair()).or_default().push((given, until));
                }
            }
        }
        let is_listed = |(approval, listed_at): &(Approval, Option<i64>)| Some(approval.shown_at) >= *listed_at;
        let older: HashSet<Pair> =
            approvals.clone().filter(|approval| !is_listed(approval)).map(|(approval, _)| approval.pair()).collect();
        if !older.is_empty() {
            let listed = approvals.filter(is_listed).map(|(approval, _)| approval.pair());
            found.listed = listed.filter(|pair| older.contains(pair)).collect();
            for (pair, at) in objections.filter(|(pair, _)| older.contains(pair)) {
                found.objected.entry(pair).and_modify(|last| *last = at.max(*last)).or_insert(at);
            }
        }
        found
    }

    /// What an approval is worth beside everything else that is known of that person and change.
    ///
    /// One without a time is the same as one with a time that stands, or that stood when the former was shown. A list of
    /// all reviews that is newer and shows no approval of that person takes the approval back, unless that person asked
    /// for changes at a known later time, which the list shows instead.
    pub(super) fn worth(&self, approval: &Approval, of: Approved) -> Worth {
        if approval.given.is_none() && self.has_a_time(approval) {
            return Worth::Displaced;
        }
        if let Some(until) = self.taken_back(approval) {
            return Worth::StoodUntil(until);
        }
        let is_older = of.listed_at.is_some_and(|listed_at| approval.shown_at < listed_at);
        let replaced = approval.given < self.objected.get(&approval.pair()).copied() && approval.given.is_some();
        if !is_older || replaced || self.listed.contains(&approval.pair()) {
            return Worth::Stands;
        }
        review::stood_until(approval.given, of.implemented, approval.shown_at).map_or(Worth::InDoubt, Worth::StoodUntil)
    }

    fn has_a_time(&self, approval: &Approval) -> bool {
        self.dated.get(&approval.pair()).is_some_and(|dated| {
            dated.iter().any(|(given, until)| {
                until.is_none_or(|until| *given <= approval.shown_at && approval.shown_at < until)
            })
        })
    }

    /// Until when an approval stood that was dismissed or that its giver took back at a known time.
    fn taken_back(&self, approval: &Approval) -> Option<i64> {
        let withdrawn = approval.given.and_then(|given| {
            let withdrawals = self.withdrawals.get(&approval.pair())?;
            withdrawals.iter().copied().filter(|at| *at > given).min()
        });
        approval.dismissed.into_iter().chain(withdrawn).min()
    }
}

impl Approval {
    const fn pair(&self) -> Pair {
        (self.change, self.reviewer)
    }
}

pub(super) const fn is_approval(verdict: u8) -> bool {
    verdict == Verdict::Approved as u8
}
