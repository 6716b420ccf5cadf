//! The controls of each change, and how a quarter's changes answer them.

use super::{Judged, groups::Groups, plain};
use crate::{column::IN_N, side_by_side::both};
use change_ledger_model::{
    attestation::Detection,
    control::{Attribute, ControlAnswer, ControlFacts, ControlRules, Finding, examine},
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState},
    quarterly::{ControlCounts, ControlTable},
};
use foldhash::HashMap;
use polars::prelude::PolarsResult;

/// A group and a quarter.
type Key = (u32, i32);

/// The answers of groups and quarters in which something happened.
pub(super) type ControlTables = HashMap<Key, ControlTable>;

/// How many changes of a place, under a policy version, have the same facts.
type Alike = HashMap<(Key, u8, ControlFacts), u64>;

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
        let (verdicts, columns, asked) = (&self.verdicts, &self.controls, &self.asked);
        let version = usize::from(*verdicts.policy_version.get(change)?);
        let policy = &self.policies.versions().nth(version)?.policy;
        let class = Class::from_code(*verdicts.class.get(change)?)?;
        let (has_approval, approval_covers_head) = asked.cover(change);
        let (tests_passed, scan_clean) = columns.checks(change, self.as_of.millis());
        let known = |column: &[Option<bool>]| column.get(change).copied().flatten();
        let is_deployed = columns.deployed_at.get(change)?.is_some_and(|at| at <= self.as_of.millis());
        let of_deployment = |column: &[Option<bool>]| known(column).filter(|_| is_deployed);
        Some(ControlFacts {
            class,
            is_ticket: *columns.is_ticket.get(change)?,
            ticket: *columns.ticket.get(change)?,
            justified: known(&verdicts.justified),
            approval: ApprovalTiming::from_code(*verdicts.approval.get(change)?)?,
            asked: asked.approvals(change, class, policy),
            approved_by_roles: known(&asked.approved_by_roles),
            has_approval,
            approval_covers_head,
            tests_passed,
            self_merged: known(&verdicts.self_merged),
            self_deployed: of_deployment(&columns.self_deployed),
            is_deployed,
            staging_first: of_deployment(&columns.staging_first),
            is_high_risk: known(&columns.is_high_risk),
            has_rollback_plan: known(&asked.rollback_planned),
            is_confirmed: verdicts.detection.get(change) == Some(&(Detection::Confirmed as u8)),
            labels_known: *columns.labels_known.get(change)?,
            incident_link: IncidentLinkState::from_code(*verdicts.incident_link.get(change)?)?,
            authorised: known(&verdicts.authorised),
            authorised_as_asked: known(&verdicts.authorised_as_asked),
            reason_accepted: known(&asked.reason_accepted),
            review_state: ReviewState::from_code(*verdicts.review_state.get(change)?)?,
            reviewed_by_role: known(&asked.reviewed_by_role),
            documented_on_time: known(&verdicts.documented_on_time),
            documentation_pending: known(&asked.documentation_pending) == Some(true),
            scan_clean,
        })
    }

    /// How many changes of N answer each control in each way, by group and quarter. Changes alike in every fact are
    /// examined once.
    pub(super) fn control_tables(&self, groups: &Groups) -> PolarsResult<ControlTables> {
        let counted = plain::flags(&self.changes, IN_N)?;
        let half = groups.members().count() / 2;
        let (mut alike, others) = both(
            || self.alike(groups.members().take(half), &counted),
            || self.alike(groups.members().skip(half), &counted),
        );
        for (facts, changes) in others {
            *alike.entry(facts).or_default() += changes;
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

    /// How many of `members`, of changes that are `counted`, are alike.
    fn alike(&self, members: impl Iterator<Item = (u32, u32)>, counted: &[bool]) -> Alike {
        let mut alike = Alike::default();
        for (change, group) in members {
            let change = change as usize;
            if counted.get(change) != Some(&true) {
                continue;
            }
            let quarter = self.verdicts.quarter.get(change).copied().flatten();
            let version = self.verdicts.policy_version.get(change).copied();
            if let (Some(quarter), Some(version), Some(facts)) = (quarter, version, self.control_facts(change)) {
                *alike.entry(((group, quarter), version, facts)).or_default() += 1;
            }
        }
        alike
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
    use change_ledger_model::{columns::EarlierChecks, policy::patterns::TextSignal};

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

    fn answer(judged: &Judged, wanted: Attribute) -> ControlAnswer {
        let controls = judged.controls(0).unwrap();
        controls.into_iter().find(|(control, _)| *control == wanted).map(|(_, finding)| finding.answer).unwrap()
    }

    #[test]
    fn a_check_counts_from_its_end_on() {
        let check = |seen_at: f64, expected: [ControlAnswer; 2]| {
            let mut sample = Sample::new().change(0.0).seen_at(seen_at);
            let delivery = &mut sample.columns.delivery;
            (delivery.tests_passed, delivery.scan_clean) = (vec![Some(true)], vec![Some(false)]);
            let before = |hours: f64, tests_passed| EarlierChecks {
                change: 0,
                until: crate::sample::at(hours),
                tests_passed,
                scan_clean: None,
            };
            delivery.earlier_checks = vec![before(1.0, None), before(5.0, Some(false))];
            let judged = sample.judged();
            assert_eq!([answer(&judged, Attribute::F), answer(&judged, Attribute::N)], expected, "{seen_at}");
        };
        check(0.5, [Unknown, Unknown]);
        check(1.0, [Fail, Unknown]);
        check(4.9, [Fail, Unknown]);
        check(5.0, [Pass, Fail]);
    }

    #[test]
    fn a_rollback_plan_is_on_the_change_or_its_ticket_before_the_implementation() {
        use change_ledger_model::columns::HitOwner;
        let check = |tell: fn(Sample) -> Sample, expected| {
            let sample = Sample::new().preset("five-business-days").change(0.0);
            assert_eq!(answer(&tell(sample).judged(), Attribute::I), expected);
        };
        check(|s| s, Fail);
        check(|s| s.hit(TextSignal::RollbackPlan), Pass);
        check(|s| s.ticket(false).hit_on(HitOwner::Ticket(0), TextSignal::RollbackPlan, None), Pass);
        check(|s| s.ticket(false).hit_on(HitOwner::Ticket(0), TextSignal::RollbackPlan, Some(-1.0)), Pass);
        check(|s| s.ticket(false).hit_on(HitOwner::Ticket(0), TextSignal::RollbackPlan, Some(1.0)), Fail);
        check(|s| s.incident(true).hit_on(HitOwner::Incident(0), TextSignal::RollbackPlan, Some(-1.0)), Fail);
        check(Sample::text_unknown, Unknown);
        check(Sample::bare_ticket, Unknown);
    }

    #[test]
    fn documentation_that_is_not_yet_due_is_neither_there_nor_missing() {
        let check = |seen_at: f64, expected: ControlAnswer, (recorded, pending): (Option<bool>, u64)| {
            let sample = || Sample::new().change(0.0).hit(TextSignal::EmergencyLabel).ticket(false).seen_at(seen_at);
            let judged = sample().judged();
            assert_eq!(answer(&judged, Attribute::M), expected, "{seen_at}");
            assert_eq!(judged.verdicts().documented_on_time[0], recorded, "{seen_at}");
            let documentation = sample().quarter().documentation;
            assert_eq!(
                (documentation.on_time, documentation.pending, documentation.unknown),
                (0, pending, 0),
                "{seen_at}"
            );
        };
        check(24.0, NotApplicable, (None, 1));
        check(24.1, Fail, (Some(false), 0));
    }

    #[test]
    fn an_approval_of_another_commit_does_not_cover_the_merged_one_where_it_must() {
        use change_ledger_model::record::Verdict;
        let check = |tell: fn(Sample) -> Sample, expected| {
            let policy = [("must_cover_head = false", "must_cover_head = true")];
            let sample = tell(Sample::new().policy(&policy).change(0.0));
            assert_eq!(answer(&sample.judged(), Attribute::D), expected);
        };
        check(|s| s.approved("bob", -1.0), Pass);
        check(|s| s.review("bob", Verdict::Approved, Some(crate::sample::at(-1.0)), Some(3)), Fail);
        check(|s| s.review("bob", Verdict::Approved, Some(crate::sample::at(-1.0)), None), Unknown);
        check(|s| s.approved("bob", -1.0).head_unknown(), Unknown);
        check(|s| s, NotApplicable);
    }

    #[test]
    fn what_happened_at_the_merge_is_measured_to_the_merge() {
        use change_ledger_model::{judgement::Signal, judgement::Signals, record::Verdict};
        // Merged at 0, in production five hours later: that is the implementation.
        let check = |tell: fn(Sample) -> Sample, expected: (bool, bool, ApprovalTiming)| {
            let sample = Sample::new().policy(&[("implemented = \"merged\"", "implemented = \"deployed\"")]);
            let mut sample = tell(sample.change(0.0));
            sample.columns.delivery.deployed_at = vec![Some(crate::sample::at(5.0))];
            let judged = sample.by_its_clock().judged();
            let verdicts = judged.verdicts();
            let fast = Signals(verdicts.signals[0]).has(Signal::FastMerge);
            let found =
                (fast, verdicts.changes_requested_open[0], ApprovalTiming::from_code(verdicts.approval[0]).unwrap());
            assert_eq!(found, expected);
        };
        use ApprovalTiming::{Before, Never};
        check(|s| s, (false, false, Never));
        check(|s| s.opened(-0.1), (true, false, Never));
        check(|s| s.approved("bob", 1.0), (false, false, Before));
        check(|s| s.approved("bob", -2.0).says("bob", Verdict::ChangesRequested, -1.0), (false, true, Never));
        check(|s| s.approved("bob", -2.0).says("bob", Verdict::ChangesRequested, 1.0), (false, false, Before));
    }
}
