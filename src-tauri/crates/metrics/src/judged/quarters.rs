//! The metrics of quarters, without gaps.

use super::{
    Judged, QuarterRange, beside::BesideTables, controls::ControlTables, detection::Detections, groups::Groups,
    table::Table,
};
use crate::metric::{
    approval, attested, authorisation, batch_stamped, changes, classes, declared_ratio, documentation, emergencies,
    emergency_ratio, justification, merger_unknown, missing_incident_links, retroactive_review, self_approved,
    self_merged, unlabelled_emergencies,
};
use crate::{MetricsError, guard::guarded, side_by_side::both};
use change_ledger_model::{
    Timestamp,
    policy::{Period, Policy},
    quarter::Quarter,
    quarterly::{ControlTable, GroupMetrics, Grouping, QuarterMetrics},
};
use polars::prelude::PolarsResult;
use std::collections::BTreeSet;

/// Everything counted, by group and quarter.
struct Counted {
    table: Table,
    detections: Detections,
    controls: ControlTables,
    beside: BesideTables,
}

/// The metrics of quarters, told apart by group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupedQuarters {
    /// Each group in which anything falls in these quarters, by name; what is in no group last.
    pub groups: Vec<GroupMetrics>,
    /// Changes of the population in these quarters that are in more than one group.
    pub in_several: u64,
    /// Those that are in none.
    pub in_none: u64,
}

impl Judged {
    /// The metrics of each quarter of `range`; without one, of every quarter from the first to the last with a change
    /// of the population or a deployment, finding or incident that is counted, changes far from all others left out (see [`Self::outlying_changes`]). Quarters in which nothing happened are there too, with counts of 0 and ratios of `None`.
    ///
    /// # Errors
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn quarters(&self, range: Option<QuarterRange>) -> Result<Vec<QuarterMetrics>, MetricsError> {
        guarded("computing the metrics of quarters", || {
            let together = Groups::all_together(self);
            let counted = self.counted(&together)?;
            self.lines(&counted, together.none(), &self.spine(range))
        })
    }

    /// The same per group, for the same quarters. What each grouping means says [`grouping_definition`](crate::grouping_definition).
    ///
    /// # Errors
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn quarters_by(&self, by: Grouping, range: Option<QuarterRange>) -> Result<GroupedQuarters, MetricsError> {
        guarded("computing the metrics of groups", || {
            let groups = Groups::of(self, by)?;
            let counted = self.counted(&groups)?;
            let spine = self.spine(range);
            let is_asked = |quarter: i32| spine.contains(&Quarter::from_ordinal(quarter));
            let met = counted.table.keys().chain(counted.beside.keys().copied());
            let met: BTreeSet<u32> = met.filter(|(_, quarter)| is_asked(*quarter)).map(|(group, _)| group).collect();
            let mut in_order: Vec<(Option<&str>, u32)> =
                met.into_iter().map(|group| (groups.name(group), group)).collect();
            in_order.sort_by_key(|(name, group)| (name.is_none(), *name, *group));
            let of_group = |(name, group): (Option<&str>, u32)| {
                Ok(GroupMetrics {
                    name: name.unwrap_or("unknown").to_owned(),
                    is_unknown: name.is_none(),
                    quarters: self.lines(&counted, group, &spine)?,
                })
            };
            let (in_several, in_none) = self.shared_and_left(&groups, is_asked);
            let groups = in_order.into_iter().map(of_group).collect::<PolarsResult<_>>()?;
            Ok(GroupedQuarters { groups, in_several, in_none })
        })
    }

    /// How many changes of the population are in more than one group, and in none.
    fn shared_and_left(&self, groups: &Groups, is_asked: impl Fn(i32) -> bool) -> (u64, u64) {
        let counts = |change: u32| {
            let quarter = self.verdicts.quarter.get(change as usize).copied().flatten();
            self.verdicts.in_population.get(change as usize) == Some(&true) && quarter.is_some_and(&is_asked)
        };
        let (mut in_several, mut in_none, mut before) = (0, 0, None);
        let mut is_shared = false;
        for (change, group) in groups.members().filter(|(change, _)| counts(*change)) {
            let again = before == Some(change);
            in_several += u64::from(again && !is_shared);
            in_none += u64::from(group == groups.none());
            (is_shared, before) = (again, Some(change));
        }
        (in_several, in_none)
    }

    fn counted(&self, groups: &Groups) -> PolarsResult<Counted> {
        let changes = groups.frame(&self.changes)?;
        let (table, (detections, controls, beside)) = both(
            || Table::of(&changes, self.as_of),
            || {
                let detections = Detections::of(&changes, &self.policies);
                (detections, self.control_tables(groups), self.beside(groups))
            },
        );
        Ok(Counted { table: table?, detections: detections?, controls: controls?, beside })
    }

    fn lines(&self, counted: &Counted, group: u32, spine: &[Quarter]) -> PolarsResult<Vec<QuarterMetrics>> {
        spine.iter().map(|quarter| self.metrics(counted, group, *quarter)).collect()
    }

    fn metrics(&self, counted: &Counted, group: u32, quarter: Quarter) -> PolarsResult<QuarterMetrics> {
        let start = self.period().fiscal_year_start;
        let policy = self.policy_at_end_of(quarter);
        let limit = policy.ratio;
        let line = counted.table.line(group, quarter.ordinal());
        let controls = counted.controls.get(&(group, quarter.ordinal()));
        let beside = counted.beside.get(&(group, quarter.ordinal())).copied().unwrap_or_default();
        let ratio = emergency_ratio::read(line)?;
        Ok(QuarterMetrics {
            quarter: quarter.to_string(),
            from: quarter.first_day(start),
            to: quarter.last_day(start),
            changes: changes::read(line)?,
            classes: classes::read(line)?,
            emergencies: emergencies::read(line)?,
            emergency_ratio: ratio,
            declared_ratio: declared_ratio::read(line)?,
            ratio_limit: limit.limit,
            ratio_state: emergency_ratio::state(ratio, limit),
            approval: approval::read(line)?,
            retroactive_review: retroactive_review::read(line)?,
            unlabelled_emergencies: unlabelled_emergencies::read(line)?,
            missing_incident_links: missing_incident_links::read(line)?,
            authorisation: authorisation::read(line)?,
            justification: justification::read(line)?,
            documentation: documentation::read(line)?,
            self_merged: self_merged::read(line)?,
            merger_unknown: merger_unknown::read(line)?,
            self_approved: self_approved::read(line)?,
            batch_stamped: batch_stamped::read(line)?,
            attested: attested::read(line)?,
            detection: counted.detections.line(group, quarter.ordinal(), policy),
            deployment_rework: beside.deployment_rework,
            patches: beside.patches,
            severe_incidents: beside.severe_incidents,
            controls: controls.cloned().unwrap_or_else(ControlTable::without_changes),
        })
    }

    fn period(&self) -> &Period {
        &self.policies.at(self.as_of).policy.period
    }

    /// The policy in force at the end of the quarter, or now if it has not ended.
    fn policy_at_end_of(&self, quarter: Quarter) -> &Policy {
        let period = self.period();
        let next = quarter.next().begins(period.fiscal_year_start, period.timezone);
        let end = Timestamp::from_millis(next.millis().saturating_sub(1)).unwrap_or(next);
        &self.policies.at(end.min(self.as_of)).policy
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn names(quarters: &[QuarterMetrics]) -> Vec<(&str, u64)> {
        quarters.iter().map(|quarter| (quarter.quarter.as_str(), quarter.changes)).collect()
    }

    #[test]
    fn every_quarter_is_present_also_one_without_changes() {
        // 5,000 hours are nearly seven months.
        let judged = Sample::new().change(0.0).change(5000.0).judged();
        let quarters = judged.quarters(None).unwrap();
        assert_eq!(names(&quarters), [("2026-Q3", 1), ("2026-Q4", 0), ("2027-Q1", 1)]);
        assert_eq!(
            (quarters[1].from.to_string(), quarters[1].to.to_string()),
            ("2026-10-01".into(), "2026-12-31".into())
        );
        assert_eq!(quarters[1].retroactive_review.on_time_rate, None);
    }

    #[test]
    fn a_requested_range_is_answered_exactly() {
        let quarter = |name| Quarter::parse(name).unwrap();
        let judged = Sample::new().change(0.0).judged();
        let of = |from, to| judged.quarters(Some((quarter(from), quarter(to)))).unwrap();
        assert_eq!(names(&of("2026-Q2", "2026-Q4")), [("2026-Q2", 0), ("2026-Q3", 1), ("2026-Q4", 0)]);
        assert_eq!(names(&of("2026-Q4", "2026-Q2")), []);
    }

    #[test]
    fn an_empty_ledger_has_no_quarters() {
        assert_eq!(Sample::new().judged().quarters(None).unwrap(), []);
    }

    #[test]
    fn repositories_answer_for_the_same_quarters() {
        let judged = Sample::new().change(0.0).change(1.0).change(2500.0).repository(1).judged();
        let groups = judged.quarters_by(Grouping::Repository, None).unwrap().groups;
        let found: Vec<_> = groups.iter().map(|group| (group.name.as_str(), names(&group.quarters))).collect();
        let expected =
            [("acme/pay", vec![("2026-Q3", 2), ("2026-Q4", 0)]), ("acme/web", vec![("2026-Q3", 0), ("2026-Q4", 1)])];
        assert_eq!(found, expected);
    }

    #[test]
    fn the_policy_now_in_force_says_when_quarters_begin() {
        let fiscal = [
            ("fiscal_year_start = 1", "fiscal_year_start = 4"),
            ("timezone = \"UTC\"", "timezone = \"Pacific/Auckland\""),
        ];
        // 1370 hours later it is 30 September, 12:00 UTC: October has begun in Auckland.
        let judged = Sample::new().policy_from(100.0, &fiscal).change(0.0).change(1370.0).judged();
        assert_eq!(names(&judged.quarters(None).unwrap()), [("2026-Q2", 1), ("2026-Q3", 1)]);
    }
}
