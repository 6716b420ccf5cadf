//! Judging changes in two halves at the same time: until batches are looked for, no verdict depends on another change.

use crate::side_by_side::both;
use polars::prelude::{DataFrame, PolarsResult};

/// Fewer changes than this are judged before a second thread has begun.
const WORTH_HALVING: usize = 10_000;

/// What `judge` makes of `changes`, row by row.
pub(super) fn in_halves(
    changes: &DataFrame,
    judge: impl Fn(&DataFrame) -> PolarsResult<DataFrame> + Sync,
) -> PolarsResult<DataFrame> {
    if changes.height() < WORTH_HALVING {
        return judge(changes);
    }
    let (first, second) = changes.split_at(i64::try_from(changes.height() / 2).unwrap_or(i64::MAX));
    let (first, second) = both(|| judge(&first), || judge(&second));
    first?.vstack(&second?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use change_ledger_model::policy::patterns::TextSignal;

    #[test]
    fn a_change_is_judged_alike_in_either_half() {
        const KINDS: usize = 5;
        let mut sample = Sample::new().outage(0.0, 2.0);
        for hour in 0..u32::try_from(WORTH_HALVING / KINDS + 1).unwrap() {
            let hour = f64::from(hour % 7);
            sample = sample.change(hour).approved("bob", hour - 1.0);
            sample = sample.change(hour).hit(TextSignal::EmergencyLabel).approved("bob", hour + 30.0).ticket(true);
            sample = sample.change(hour).hit(TextSignal::Justification).incident(true);
            sample = sample.change(hour).repository(1).approved("ann", hour);
            sample = sample.change(hour).approved("bob", hour + 3.0).undated();
        }
        let judged = sample.judged();
        let verdicts = judged.verdicts();
        // After 35 changes they are the same again.
        let check = |alike: &dyn Fn(usize, usize) -> bool| {
            let changes = verdicts.class.len();
            assert!((0..changes).all(|change| alike(change, change % (7 * KINDS))));
        };
        check(&|one, other| verdicts.class[one] == verdicts.class[other]);
        check(&|one, other| verdicts.signals[one] == verdicts.signals[other]);
        check(&|one, other| verdicts.review_state[one] == verdicts.review_state[other]);
        check(&|one, other| verdicts.due_at[one] == verdicts.due_at[other]);
        check(&|one, other| verdicts.reviewed_at[one] == verdicts.reviewed_at[other]);
        check(&|one, other| judged.controls(one) == judged.controls(other));
    }

    #[test]
    fn halves_are_put_together_in_order() {
        let check = |height: usize, pieces: usize| {
            let rows: Vec<u32> = (0..).take(height).collect();
            let frame = DataFrame::new(height, vec![crate::frames::positions("row", rows)]).unwrap();
            let found = in_halves(&frame, |half| Ok(half.clone())).unwrap();
            assert!(found.equals(&frame), "{height}");
            assert_eq!(found.column("row").unwrap().n_chunks(), pieces, "{height}");
        };
        check(0, 1);
        check(WORTH_HALVING - 1, 1);
        check(WORTH_HALVING, 2);
        check(WORTH_HALVING + 1, 2);
    }
}
