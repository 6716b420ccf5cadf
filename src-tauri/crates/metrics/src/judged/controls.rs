//! The controls of each change, and how a quarter's changes answer them.

use super::Judged;
use crate::column::IN_N;
use change_ledger_model::{
    control::{Attribute, ControlAnswer, ControlFacts, ControlRules, Finding, examine},
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState},
    quarterly::{ControlCounts, ControlTable},
};
use foldhash::HashMap;
use polars::prelude::PolarsResult;

/// A group (a repository, or 0 for all of them together) and a quarter.
type Key = (u32, i32);

/// The answers of groups and quarters in which something happened.
pub(super) type ControlTables = HashMap<Key, ControlTable>;

impl Judged {
    /// How the change at a position answers each control, under the policy that judged it; `None` where there is no such
    /// change.
    #[must_use]
    pub fn controls(&self, change: usize) -> Option<Vec<(Attribute, Finding)>> {
        let facts = self.control_facts(change)?;
        let version = self.verdicts.policy_version.get(change).copied()?;
        let policy = &self.policies.versions().nth(usize::from(version))?.policy;
        let rules = ControlRules::of(policy);
        Some(Attribute::ALL.into_iter().map(|control| (control, examine(control, &facts, rules))).collect())
    }

    /// What the controls ask of the change at a position, as of the moment of the judgement.
    fn control_facts(&self, change: usize) -> Option<ControlFacts> {
        let (verdicts, columns) = (&self.verdicts, &self.controls);
        let known = |column: &[Option<bool>]| column.get(change).copied().flatten();
        let is_deployed = columns.deployed_at.get(change)?.is_some_and(|at| at <= self.as_of.millis());
        let of_deployment = |column: &[Option<bool>]| known(column).filter(|_| is_deployed);
        Some(ControlFacts {
            class: Class::from_code(*verdicts.class.get(change)?)?,
            is_ticket: *columns.is_ticket.get(change)?,
            ticket: *columns.ticket.get(change)?,
            justified: known(&verdicts.justified),
            approval: ApprovalTiming::from_code(*verdicts.approval.get(change)?)?,
            approval_covers_head: known(&verdicts.approval_covers_head),
            tests_passed: known(&columns.tests_passed),
            self_merged: known(&columns.self_merged),
            self_deployed: of_deployment(&columns.self_deployed),
            is_deployed,
            staging_first: of_deployment(&columns.staging_first),
            is_high_risk: known(&columns.is_high_risk),
            has_rollback_plan: None,
            labels_known: *columns.labels_known.get(change)?,
            incident_link: IncidentLinkState::from_code(*verdicts.incident_link.get(change)?)?,
            authorised: known(&verdicts.authorised),
            authorised_as_asked: known(&verdicts.authorised_as_asked),
            review_state: ReviewState::from_code(*verdicts.review_state.get(change)?)?,
            documented_on_time: known(&verdicts.documented_on_time),
            scan_clean: known(&columns.scan_clean),
        })
    }

    /// How many changes of N answer each control in each way, by group and quarter; `group` gives the group of a change.
    /// Changes alike in every fact are examined once.
    pub(super) fn control_tables(&self, group: impl Fn(usize) -> u32) -> PolarsResult<ControlTables> {
        let mut alike: HashMap<(Key, u8, ControlFacts), u64> = HashMap::default();
        let verdicts = &self.verdicts;
        let counted = self.changes.column(IN_N)?.bool()?;
        let of_changes = counted.iter().zip(&verdicts.quarter).zip(&verdicts.policy_version).enumerate();
        for (change, ((counted, quarter), version)) in of_changes {
            let Some(quarter) = quarter.filter(|_| counted == Some(true)) else { continue };
            if let Some(facts) = self.control_facts(change) {
                *alike.entry(((group(change), quarter), *version, facts)).or_default() += 1;
            }
        }
        let rules: Vec<ControlRules> =
            self.policies.versions().map(|version| ControlRules::of(&version.policy)).collect();
        let mut tables = ControlTables::default();
        for ((key, version, facts), changes) in alike {
            let Some(rules) = rules.get(usize::from(version)).copied() else { continue };
            let table = tables.entry(key).or_insert_with(ControlTable::without_changes);
            for control in Attribute::ALL {
                let counts = table.0.entry(control).or_default();
                *place(counts, examine(control, &facts, rules).answer) += changes;
            }
        }
        Ok(tables)
    }
}

const fn place(counts: &mut ControlCounts, answer: ControlAnswer) -> &mut u64 {
    match answer {
        ControlAnswer::Pass => &mut counts.pass,
        ControlAnswer::Fail => &mut counts.fail,
        ControlAnswer::NotApplicable => &mut counts.not_applicable,
        ControlAnswer::Unknown => &mut counts.unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use ControlAnswer::{Fail, NotApplicable, Pass, Unknown};
    use change_ledger_model::policy::patterns::TextSignal;

    fn answers(sample: Sample) -> String {
        let letter = |answer| match answer {
            Pass => 'p',
            Fail => 'f',
            NotApplicable => '-',
            Unknown => '?',
        };
        let controls = sample.judged().controls(0).unwrap();
        controls.into_iter().map(|(_, finding)| letter(finding.answer)).collect()
    }

    #[test]
    fn a_change_answers_each_control_from_what_was_judged() {
        let check = |sample: Sample, expected: &str| assert_eq!(answers(sample), expected);
        //                                                                      ABCDEFGHIJKLMN
        check(Sample::new().change(0.0).approved("bob", -1.0).ticket(true), "ppppp?-??----?");
        check(Sample::new().change(0.0).approved("ann", -1.0), "?ff--?-??ffff?");
        let emergency = || Sample::new().change(0.0).hit(TextSignal::EmergencyLabel);
        check(emergency().approved("bob", 2.0).incident(true), "?fpp-?-??ffpf?");
        let told = emergency().hit(TextSignal::Justification).hit(TextSignal::Authorisation);
        check(told.approved("bob", 30.0).incident(true), "?ppp-?-??ppff?");
    }

    #[test]
    fn a_deployment_counts_from_its_moment_on() {
        let check = |seen_at: f64, expected: ControlAnswer| {
            let mut sample = Sample::new().change(0.0).seen_at(seen_at);
            sample.columns.delivery.deployed_at = vec![Some(crate::sample::at(5.0))];
            sample.columns.delivery.staging_first = vec![Some(true)];
            let controls = sample.judged().controls(0).unwrap();
            let traced =
                controls.into_iter().find(|(control, _)| *control == Attribute::H).map(|(_, found)| found.answer);
            assert_eq!(traced, Some(expected), "{seen_at}");
        };
        check(4.0, Unknown);
        check(5.0, Pass);
    }

    #[test]
    fn a_quarter_counts_its_changes_once_per_control() {
        let sample =
            Sample::new().change(0.0).approved("bob", -1.0).change(1.0).change(2.0).branch(Some(1)).change(3000.0);
        let quarters = sample.judged().quarters(None).unwrap();
        let counts: Vec<ControlCounts> = quarters.iter().map(|quarter| quarter.controls.0[&Attribute::C]).collect();
        let expected = |pass, fail| ControlCounts { pass, fail, not_applicable: 0, unknown: 0 };
        assert_eq!(counts, [expected(1, 1), expected(0, 1)]);
    }
}
