//! Which quarters are answered for when nobody asks for a range, and which changes that leaves out.

use super::{Judged, QuarterRange};
use crate::column::{IMPLEMENTED_AT, IN_POPULATION, QUARTER, ROW};
use crate::{MetricsError, guard::guarded};
use change_ledger_model::quarter::Quarter;
use foldhash::{HashMap, HashMapExt};
use std::{collections::BTreeMap, ops::RangeInclusive};

/// Quarters in which nothing is counted that part two histories: ten years. A repository rests for years at times; ten years
/// without a change before or after all others are a wrong date, such as 1996 for 2026.
const PARTED_BY: i32 = 40;

/// Changes that the default range leaves out, because ten years without any change part them from most others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlyingChanges {
    /// Positions of the changes in the ledger's columns, in the order of their implementation.
    pub changes: Vec<u32>,
    /// The quarter of the first of them.
    pub first: Quarter,
    /// The quarter of the last of them.
    pub last: Quarter,
}

impl Judged {
    /// The changes of the population that are not in the quarters of the default range; `None` when all of them are.
    ///
    /// # Errors
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn outlying_changes(&self) -> Result<Option<OutlyingChanges>, MetricsError> {
        guarded("looking for outlying dates", || {
            let changes = self.changes_of_quarters();
            let Some(usual) = self.usual_quarters(&changes) else { return Ok(None) };
            if changes.keys().all(|quarter| usual.contains(quarter)) {
                return Ok(None);
            }
            let rows = self.changes.column(ROW)?.u32()?;
            let quarters = self.changes.column(QUARTER)?.i32()?;
            let implemented = self.changes.column(IMPLEMENTED_AT)?.i64()?;
            let counted = self.changes.column(IN_POPULATION)?.bool()?;
            let mut outside: Vec<(i64, u32, i32)> = rows
                .iter()
                .zip(quarters.iter())
                .zip(implemented.iter().zip(counted.iter()))
                .filter(|(_, (_, counted))| *counted == Some(true))
                .filter_map(|((row, quarter), (at, _))| Some((at?, row?, quarter?)))
                .filter(|(.., quarter)| !usual.contains(quarter))
                .collect();
            outside.sort_unstable();
            let quarter =
                |change: Option<&(i64, u32, i32)>| change.map(|(.., quarter)| Quarter::from_ordinal(*quarter));
            Ok(quarter(outside.first()).zip(quarter(outside.last())).map(|(first, last)| OutlyingChanges {
                changes: outside.iter().map(|(_, row, _)| *row).collect(),
                first,
                last,
            }))
        })
    }
}

impl Judged {
    /// The quarters to answer for, ascending, none left out.
    pub(super) fn spine(&self, range: Option<QuarterRange>) -> Vec<Quarter> {
        let range = match range {
            Some((first, last)) => Some(first.ordinal()..=last.ordinal()),
            None => self.usual_quarters(&self.changes_of_quarters()),
        };
        range.into_iter().flatten().map(Quarter::from_ordinal).collect()
    }

    /// How many changes of the population each quarter has; quarters without any are left out.
    fn changes_of_quarters(&self) -> BTreeMap<i32, u64> {
        let mut changes: HashMap<i32, u64> = HashMap::new();
        let quarters = self.verdicts.quarter.iter().zip(&self.verdicts.in_population);
        for quarter in quarters.filter_map(|(quarter, counted)| quarter.filter(|_| *counted)) {
            *changes.entry(quarter).or_default() += 1;
        }
        changes.into_iter().collect()
    }

    /// A quarter without changes is there too where deployments, findings or incidents are counted in it.
    fn usual_quarters(&self, changes: &BTreeMap<i32, u64>) -> Option<RangeInclusive<i32>> {
        let mut changes = changes.clone();
        for quarter in self.quarters_beside() {
            changes.entry(quarter).or_insert(0);
        }
        usual(&changes)
    }
}

/// From the numbers of changes of quarters: the history with the most changes, the later of two equal ones, where
/// [`PARTED_BY`] quarters in which nothing is counted part one history from the next.
fn usual(changes: &BTreeMap<i32, u64>) -> Option<RangeInclusive<i32>> {
    let mut histories: Vec<(RangeInclusive<i32>, u64)> = Vec::new();
    for (&quarter, &count) in changes {
        match histories.last_mut() {
            Some((span, total)) if quarter - span.end() <= PARTED_BY => {
                *span = *span.start()..=quarter;
                *total += count;
            }
            _ => histories.push((quarter..=quarter, count)),
        }
    }
    histories.into_iter().max_by_key(|(_, total)| *total).map(|(span, _)| span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    #[test]
    fn ten_years_without_a_change_part_histories() {
        let check = |changes: &[(i32, u64)], expected: Option<(i32, i32)>| {
            let found = usual(&changes.iter().copied().collect());
            assert_eq!(found.map(RangeInclusive::into_inner), expected, "{changes:?}");
        };
        check(&[], None);
        check(&[(8100, 3)], Some((8100, 8100)));
        check(&[(8100, 3), (8104, 1)], Some((8100, 8104)));
        // A repository that rested for ten years less a quarter.
        check(&[(8060, 1), (8100, 3)], Some((8060, 8100)));
        check(&[(8059, 1), (8100, 3)], Some((8100, 8100)));
        // The wrong date is the late one.
        check(&[(8000, 90), (8001, 70), (8100, 3)], Some((8000, 8001)));
        check(&[(7880, 1), (7960, 1), (8100, 3)], Some((8100, 8100)));
        check(&[(8000, 2), (8100, 2)], Some((8100, 8100)));
        check(&[(8000, 1), (8020, 1), (8040, 1), (8100, 2)], Some((8000, 8040)));
    }

    #[test]
    fn a_change_far_from_all_others_does_not_stretch_the_quarters_and_is_named() {
        const YEARS: f64 = 365.0 * 24.0;
        let judged = Sample::new().change(0.0).change(-50.0 * YEARS).change(1.0).judged();
        let names = |range| -> Vec<String> {
            judged.quarters(range).unwrap().into_iter().map(|quarter| quarter.quarter).collect()
        };
        assert_eq!(names(None), ["2026-Q3"]);
        let found = judged.outlying_changes().unwrap().unwrap();
        assert_eq!((found.changes, found.first), (vec![1], found.last));
        // Whoever asks for them gets them.
        assert_eq!(names(Some((found.first, found.first))), ["1976-Q3"]);
        assert_eq!(judged.quarters(Some((found.first, found.first))).unwrap()[0].changes, 1);
        assert_eq!(Sample::new().change(0.0).change(1.0).judged().outlying_changes().unwrap(), None);
        assert_eq!(Sample::new().judged().outlying_changes().unwrap(), None);
    }
}
