//! Quantiles, the survival median and batches, in plain loops.

use std::collections::BTreeMap;

use crate::company::people::Person;
use crate::numbers::split;

/// Retroactive approvals of one person that make a batch.
const BATCH: usize = 5;
/// Seconds within which they fall.
const BATCH_WINDOW: i64 = 600;

/// The quantile by linear interpolation between the two nearest ranks, rank (n - 1) * share from 0
/// (definition 7 of Hyndman and Fan, The American Statistician 50, 1996). `None` for no values.
pub(super) fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let (rank, rest) = split(share * last as f64);
    let below = *sorted.get(rank)?;
    let above = *sorted.get(last.min(rank + 1))?;
    Some(below + (above - below) * rest)
}

/// The smallest time at which the Kaplan-Meier estimate of what is still open is at most one half
/// (Kaplan and Meier, JASA 53, 1958). `None` when it never falls so low.
pub(super) fn kaplan_meier_median(events: &[f64], censored: &[f64]) -> Option<f64> {
    let (mut events, mut censored) = (events.to_vec(), censored.to_vec());
    events.sort_by(f64::total_cmp);
    censored.sort_by(f64::total_cmp);
    let mut open = 1.0;
    let mut before = 0;
    for reviewed in events.chunk_by(|a, b| a == b) {
        let time = *reviewed.first()?;
        let left = censored.partition_point(|other| *other < time);
        let at_risk = events.len() - before + censored.len() - left;
        open *= 1.0 - reviewed.len() as f64 / at_risk as f64;
        // The product of exact fractions may miss one half by a rounding.
        if open <= 0.5 + 1e-12 {
            return Some(time);
        }
        before += reviewed.len();
    }
    None
}

/// How many approvals of each group belong to a batch of one person.
pub(super) fn batch_stamped<G: Ord + Copy>(approvals: impl Iterator<Item = (Person, i64, G)>) -> BTreeMap<G, u64> {
    let mut by_person: BTreeMap<Person, Vec<(i64, G)>> = BTreeMap::new();
    for (person, at, group) in approvals {
        by_person.entry(person).or_default().push((at, group));
    }
    let mut stamped: BTreeMap<G, u64> = BTreeMap::new();
    for approvals in by_person.values_mut() {
        approvals.sort();
        let mut counted_to = 0;
        for first in 0..approvals.len() {
            let from = approvals.get(first).map_or(0, |(at, _)| *at);
            let window = approvals.iter().skip(first).take_while(|(at, _)| at - from <= BATCH_WINDOW).count();
            if window < BATCH {
                continue;
            }
            let end = first + window;
            let new = counted_to.max(first);
            for (_, group) in approvals.iter().skip(new).take(end.saturating_sub(new)) {
                *stamped.entry(*group).or_default() += 1;
            }
            counted_to = counted_to.max(end);
        }
    }
    stamped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate() {
        let check = |values: &[f64], share, expected: Option<f64>| {
            assert_eq!(quantile(values, share), expected, "{values:?}");
        };
        check(&[], 0.5, None);
        check(&[4.0], 0.9, Some(4.0));
        check(&[1.0, 3.0], 0.5, Some(2.0));
        check(&[5.0, 1.0, 3.0], 0.5, Some(3.0));
        check(&[0.0, 10.0], 0.9, Some(9.0));
    }

    #[test]
    fn the_survival_median_counts_open_ones() {
        let check = |events: &[f64], censored: &[f64], expected: Option<f64>| {
            assert_eq!(kaplan_meier_median(events, censored), expected, "{events:?} {censored:?}");
        };
        check(&[], &[5.0], None);
        check(&[2.0, 4.0], &[], Some(2.0));
        check(&[2.0, 4.0, 6.0], &[], Some(4.0));
        // One of four is reviewed, three stay open: it never comes to one half.
        check(&[2.0], &[9.0, 9.0, 9.0], None);
        // Left before the event: the one at 4 is half of those still there.
        check(&[4.0, 8.0], &[1.0, 1.0], Some(4.0));
        // 9/10 * 8/9 * ... * 5/6 is one half, whatever the rounding.
        check(&[1.0, 2.0, 3.0, 4.0, 5.0], &[9.0; 5], Some(5.0));
    }

    #[test]
    fn batches_need_five_in_ten_minutes() {
        let check = |times: &[i64], expected: u64| {
            let approvals = times.iter().map(|at| (Person(1), *at, ()));
            assert_eq!(batch_stamped(approvals).get(&()).copied().unwrap_or(0), expected, "{times:?}");
        };
        check(&[0, 60, 120, 180], 0);
        check(&[0, 60, 120, 180, 600], 5);
        check(&[0, 60, 120, 180, 601], 0);
        check(&[0, 150, 300, 450, 600, 750], 6);
        check(&[0, 1, 2, 3, 4, 5_000, 9_000, 9_001, 9_002, 9_003, 9_004], 10);
        let two = [(1, 0), (1, 1), (1, 2), (2, 3), (2, 4)];
        assert!(batch_stamped(two.into_iter().map(|(who, at)| (Person(who), at, ()))).is_empty());
    }
}
