//! The metrics of quarters, without gaps.

use super::{
    Judged, QuarterRange, beside::BesideTables, controls::ControlTables, detection::Detections, spine, table::Table,
};
use crate::column::REPOSITORY;
use crate::metric::{
    approval, attested, authorisation, batch_stamped, changes, classes, declared_ratio, documentation, emergencies,
    emergency_ratio, justification, merger_unknown, missing_incident_links, retroactive_review, self_approved,
    self_merged, unlabelled_emergencies,
};
use crate::{MetricsError, guard::guarded};
use change_ledger_model::{
    Timestamp,
    policy::{Period, Policy},
    quarter::Quarter,
    quarterly::{ControlTable, GroupMetrics, QuarterMetrics},
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

impl Judged {
    /// The metrics of each quarter of `range`; without one, of every quarter from the first to the last with a change
    /// of the population, changes far from all others left out (see [`Self::outlying_changes`]). Quarters in which nothing happened are there too, with counts of 0 and ratios of `None`.
    ///
    /// # Errors
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn quarters(&self, range: Option<QuarterRange>) -> Result<Vec<QuarterMetrics>, MetricsError> {
        guarded("computing the metrics of quarters", || {
            let counted = Counted {
                table: Table::of(&self.changes, self.as_of, false)?,
                detections: Detections::of(&self.changes, &self.policies, false)?,
                controls: self.control_tables(|_| 0)?,
                beside: self.beside(false)?,
            };
            self.lines(&counted, 0, &spine::quarters(&counted.table, range)?)
        })
    }

    /// The same per repository, by name: each repository with a change of the population in these quarters.
    ///
    /// # Errors
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn quarters_by_repository(&self, range: Option<QuarterRange>) -> Result<Vec<GroupMetrics>, MetricsError> {
        guarded("computing the metrics of repositories", || {
            let repositories = self.changes.column(REPOSITORY)?.u32()?;
            let counted = Counted {
                table: Table::of(&self.changes, self.as_of, true)?,
                detections: Detections::of(&self.changes, &self.policies, true)?,
                controls: self.control_tables(|change| repositories.get(change).unwrap_or_default())?,
                beside: self.beside(true)?,
            };
            let spine = spine::quarters(&counted.table, range)?;
            let groups: BTreeSet<(&str, u32)> = counted
                .table
                .keys()
                .filter(|(_, quarter)| spine.contains(&Quarter::from_ordinal(*quarter)))
                .filter_map(|(group, _)| Some((self.repositories.get(group as usize)?.as_str(), group)))
                .collect();
            groups
                .into_iter()
                .map(|(name, group)| {
                    Ok(GroupMetrics { name: name.to_owned(), quarters: self.lines(&counted, group, &spine)? })
                })
                .collect()
        })
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
        let groups = judged.quarters_by_repository(None).unwrap();
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
