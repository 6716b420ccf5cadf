//! How changes are judged in short: what a later import, a statement about people or another policy can move.

use crate::loaded::Loaded;
use change_ledger_metrics::Judged;
use change_ledger_model::{
    judgement::{ApprovalTiming, Class, ReviewState},
    quarter::Quarter,
    restatement::Outcome,
};
use std::collections::BTreeMap;

/// A change whose outcome is another one now: its name, the outcome before and the one after. `None` where it did not count.
pub(crate) type Moved<K> = (K, Option<Outcome>, Option<Outcome>);

/// The outcomes of the changes that count, of one quarter or of all, by row id.
pub(crate) fn outcomes(loaded: &Loaded, judged: &Judged, quarter: Option<Quarter>) -> BTreeMap<i64, Outcome> {
    let verdicts = judged.verdicts();
    let wanted = quarter.map(Quarter::ordinal);
    let counts = |at: usize| {
        verdicts.in_population.get(at) == Some(&true)
            && wanted.is_none_or(|wanted| verdicts.quarter.get(at) == Some(&Some(wanted)))
    };
    let keys = loaded.keys.iter().copied().enumerate();
    keys.filter(|(at, _)| counts(*at)).filter_map(|(at, key)| Some((key, outcome_at(judged, at)?))).collect()
}

/// The outcome of the change at a position; `None` where there is none.
pub(crate) fn outcome_at(judged: &Judged, at: usize) -> Option<Outcome> {
    let verdicts = judged.verdicts();
    Some(Outcome {
        class: verdicts.class.get(at).copied().and_then(Class::from_code)?,
        approval: verdicts.approval.get(at).copied().and_then(ApprovalTiming::from_code)?,
        review: verdicts.review_state.get(at).copied().and_then(ReviewState::from_code)?,
        self_merged: verdicts.self_merged.get(at).copied()?,
        self_approved: verdicts.self_approved.get(at).copied()?,
    })
}

/// The changes whose outcome differs, in the order of their names.
pub(crate) fn moved<K: Ord + Clone>(before: &BTreeMap<K, Outcome>, after: &BTreeMap<K, Outcome>) -> Vec<Moved<K>> {
    let gone_or_moved = before.iter().map(|(name, outcome)| (name.clone(), Some(*outcome), after.get(name).copied()));
    let new = after.iter().filter(|(name, _)| !before.contains_key(*name));
    let new = new.map(|(name, outcome)| (name.clone(), None, Some(*outcome)));
    let mut moved: Vec<Moved<K>> = gone_or_moved.filter(|(_, before, after)| before != after).chain(new).collect();
    moved.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_gone_or_other_has_moved() {
        let outcome = |class| Outcome {
            class,
            approval: ApprovalTiming::Before,
            review: ReviewState::NotOwed,
            self_merged: None,
            self_approved: false,
        };
        let (routine, unreviewed) = (outcome(Class::Routine), outcome(Class::Unreviewed));
        let before = BTreeMap::from([("a", routine), ("b", routine), ("d", unreviewed)]);
        let after = BTreeMap::from([("a", routine), ("b", unreviewed), ("c", routine)]);
        let expected =
            [("b", Some(routine), Some(unreviewed)), ("c", None, Some(routine)), ("d", Some(unreviewed), None)];
        assert_eq!(moved(&before, &after), expected);
        assert_eq!(moved(&after, &after), []);
    }
}
