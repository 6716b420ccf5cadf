//! When a change was implemented, by the clock of the policy.

use super::{ClockKind, PolicyHistory};
use crate::{Timestamp, columns::LedgerColumns};

impl PolicyHistory {
    /// The moment at which a change counts as implemented that was merged (or worked off) at `merged` and first deployed to
    /// production at `deployed`, as far as either is known. The version in force at the merge says by which clock.
    #[must_use]
    pub fn implemented_at(&self, merged: Option<Timestamp>, deployed: Option<Timestamp>) -> Option<Timestamp> {
        let moment = merged.or(deployed)?;
        match self.at(moment).policy.clock.implemented {
            ClockKind::Merged => merged,
            ClockKind::Deployed => deployed.or(merged),
        }
    }

    /// The clocks, each with the moment from which it holds, where it differs from the one before. Histories that are alike
    /// in these put every change at the same moment.
    #[must_use]
    pub fn clocks(&self) -> Vec<(Option<Timestamp>, ClockKind)> {
        let all = self.versions().map(|version| (version.effective_from, version.policy.clock.implemented));
        let mut clocks: Vec<(Option<Timestamp>, ClockKind)> = Vec::new();
        for (from, clock) in all {
            if clocks.last().is_none_or(|(_, last)| *last != clock) {
                clocks.push((from, clock));
            }
        }
        clocks
    }
}

impl LedgerColumns {
    /// Puts every change at the moment at which it was implemented by the clock of `history`. Before, all are where they
    /// were merged or worked off.
    pub fn set_clock(&mut self, history: &PolicyHistory) {
        if history.clocks().iter().all(|(_, clock)| *clock == ClockKind::Merged) {
            return;
        }
        let moment = |at: Option<i64>| at.and_then(Timestamp::from_millis);
        self.changes.merged_at.clone_from(&self.changes.implemented_at);
        for (merged, deployed) in self.changes.implemented_at.iter_mut().zip(&self.delivery.deployed_at) {
            *merged = history.implemented_at(moment(*merged), moment(*deployed)).map(Timestamp::millis);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        columns::{ChangeColumns, DeliveryColumns},
        policy::{PolicyVersion, presets},
    };

    fn history(versions: &[(Option<i64>, &str)]) -> PolicyHistory {
        versions.iter().fold(PolicyHistory::initial().unwrap(), |history, (from, clock)| {
            let document = presets()[0].document;
            let document = document.replace("implemented = \"merged\"", &format!("implemented = \"{clock}\""));
            history.then(PolicyVersion::new(&document, from.and_then(Timestamp::from_millis)).unwrap())
        })
    }

    #[test]
    fn a_change_is_implemented_by_the_clock_in_force_at_its_merge() {
        let check = |versions: &[(Option<i64>, &str)], merged, deployed, expected: Option<i64>| {
            let mut columns = LedgerColumns {
                changes: ChangeColumns { implemented_at: vec![merged], ..ChangeColumns::default() },
                delivery: DeliveryColumns { deployed_at: vec![deployed], ..DeliveryColumns::default() },
                ..LedgerColumns::default()
            };
            columns.set_clock(&history(versions));
            assert_eq!(columns.changes.implemented_at, [expected], "{versions:?} {merged:?} {deployed:?}");
        };
        let by_deployment = &[(None, "deployed")][..];
        check(&[], Some(5), Some(9), Some(5));
        check(&[], None, Some(9), None);
        check(by_deployment, Some(5), Some(9), Some(9));
        check(by_deployment, Some(5), None, Some(5));
        check(by_deployment, None, Some(9), Some(9));
        check(by_deployment, None, None, None);
        let from_100 = &[(None, "merged"), (Some(100), "deployed")][..];
        check(from_100, Some(99), Some(120), Some(99));
        check(from_100, Some(100), Some(120), Some(120));
    }

    #[test]
    fn where_no_deployment_was_imported_every_change_stays_at_its_merge() {
        let mut columns = LedgerColumns::default();
        columns.changes.implemented_at = vec![Some(5), None];
        columns.set_clock(&history(&[(None, "deployed")]));
        assert_eq!(columns.changes.implemented_at, [Some(5), None]);
    }

    #[test]
    fn histories_with_the_same_clocks_are_alike() {
        let check = |versions: &[(Option<i64>, &str)], expected: usize| {
            assert_eq!(history(versions).clocks().len(), expected, "{versions:?}");
        };
        check(&[], 1);
        check(&[(None, "merged"), (Some(100), "merged")], 1);
        check(&[(None, "merged"), (Some(100), "deployed")], 2);
        check(&[(None, "deployed"), (Some(100), "deployed"), (Some(200), "merged")], 2);
    }
}
