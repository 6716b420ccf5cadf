//! The controls of one change: the checklist that an auditor ticks, one file per control with its words, rule and tests.
//!
//! A control is answered from facts that were judged before, so that everybody who asks gets the same answer: the page of a
//! change, the numbers of a quarter, an export. What stands behind an answer (names, times, places in files) is not known
//! here; whoever shows the answer adds it.

mod approval_covers_head;
mod approved_before;
mod authorisation_named;
mod deployed_by_other;
mod deployment_traced;
mod described;
mod documented_in_time;
mod genuine_emergency;
mod independent_review;
mod retroactive_review;
mod rollback_plan;
mod scan_clean;
mod tests_passed;
mod ticket_linked;

pub use crate::samples::Attribute;

use crate::{
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState},
    policy::{Controls, LinkRequired, Policy, ReviewOwed},
};
use serde::{Deserialize, Serialize};

/// How a control is answered for one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ControlAnswer {
    /// It holds.
    Pass = 0,
    /// It does not hold.
    Fail = 1,
    /// It is not asked of this change.
    NotApplicable = 2,
    /// The imported files do not tell.
    Unknown = 3,
}

impl ControlAnswer {
    /// From the number used in columns.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::Pass, Self::Fail, Self::NotApplicable, Self::Unknown].into_iter().find(|answer| *answer as u8 == code)
    }
}

/// An answer with the sentence that gives its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The answer.
    pub answer: ControlAnswer,
    /// Why, as a whole sentence.
    pub reason: &'static str,
}

impl Finding {
    const fn new(answer: ControlAnswer, reason: &'static str) -> Self {
        Self { answer, reason }
    }

    const fn pass(reason: &'static str) -> Self {
        Self::new(ControlAnswer::Pass, reason)
    }

    const fn fail(reason: &'static str) -> Self {
        Self::new(ControlAnswer::Fail, reason)
    }

    const fn not_applicable(reason: &'static str) -> Self {
        Self::new(ControlAnswer::NotApplicable, reason)
    }

    const fn unknown(reason: &'static str) -> Self {
        Self::new(ControlAnswer::Unknown, reason)
    }

    /// One of three sentences, by a fact that may be unknown.
    const fn by(fact: Option<bool>, pass: &'static str, fail: &'static str, unknown: &'static str) -> Self {
        match fact {
            Some(true) => Self::pass(pass),
            Some(false) => Self::fail(fail),
            None => Self::unknown(unknown),
        }
    }
}

/// What the controls ask of one change, as it was judged. `None` is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ControlFacts {
    /// Its class.
    pub class: Class,
    /// Whether it is a change ticket that no pull request implements.
    pub is_ticket: bool,
    /// Whether a ticket is linked with it: an imported one, or not, or the files do not tell.
    pub ticket: TicketLink,
    /// Whether a justification is on record.
    pub justified: Option<bool>,
    /// When the qualifying approval came.
    pub approval: ApprovalTiming,
    /// Whose approval it needs.
    pub asked: ApprovalsAsked,
    /// Whether those who approved hold the roles that its category asks for; yes where none is asked for.
    pub approved_by_roles: Option<bool>,
    /// Whether anybody independent approved at all, be it of another commit.
    pub has_approval: bool,
    /// Whether an approval is of the merged commit.
    pub approval_covers_head: Option<bool>,
    /// Whether tests and builds passed at the merged head.
    pub tests_passed: Option<bool>,
    /// Whether its author merged it.
    pub self_merged: Option<bool>,
    /// Whether its author deployed it.
    pub self_deployed: Option<bool>,
    /// Whether its deployment to production was imported.
    pub is_deployed: bool,
    /// Whether it was in staging before.
    pub staging_first: Option<bool>,
    /// Whether the source says that its risk is high.
    pub is_high_risk: Option<bool>,
    /// Whether a rollback plan is on record.
    pub has_rollback_plan: Option<bool>,
    /// Whether a person confirmed that it was an emergency, though nobody had labelled it.
    pub is_confirmed: bool,
    /// Whether some imported file carried its labels.
    pub labels_known: bool,
    /// How it is linked to incidents.
    pub incident_link: IncidentLinkState,
    /// Whether an authorisation is on record.
    pub authorised: Option<bool>,
    /// Whether one is on record of somebody whom the policy permits, and in time.
    pub authorised_as_asked: Option<bool>,
    /// Whether its reason names one of the policy's grounds; yes where the policy names none.
    pub reason_accepted: Option<bool>,
    /// How far its retroactive review got.
    pub review_state: ReviewState,
    /// Whether somebody whom the policy asks reviewed it in time; yes where anybody independent may.
    pub reviewed_by_role: Option<bool>,
    /// Whether it was documented in time.
    pub documented_on_time: Option<bool>,
    /// Whether it is not documented, and may be until a time that is still to come.
    pub documentation_pending: bool,
    /// Whether the scans at the merged head left neither critical nor high findings open.
    pub scan_clean: Option<bool>,
}

impl ControlFacts {
    const fn is_emergency(&self) -> bool {
        self.class.is_emergency()
    }

    const fn is_exempt(&self) -> bool {
        matches!(self.class, Class::Exempt)
    }
}

/// Whose approval a change needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApprovalsAsked {
    /// As many people as the policy asks for, whoever they are.
    Anybody,
    /// Those of its category.
    OfCategory,
    /// Nobody's but its author's, because of its category.
    NoOther,
    /// No imported file tells its category, of which the policy has several.
    CategoryUnknown {
        /// Whether some category asks for fewer people than the policy asks for in general.
        may_be_fewer: bool,
        /// Whether some category asks for more people, or for certain ones.
        may_be_more: bool,
    },
}

/// Whether a ticket is linked with a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TicketLink {
    /// An imported one is.
    Linked,
    /// It names one that was not imported.
    NotImported,
    /// None is, though tickets were imported and so was its description.
    None,
    /// No tickets were imported, or not its description.
    Unknown,
}

/// The parameters of a policy that decide what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ControlRules {
    /// Which controls are asked for where policies differ.
    pub controls: Controls,
    /// Whether a genuine emergency must bear a label.
    pub label_required: bool,
    /// Whether its incident must name it back.
    pub two_way_link: bool,
    /// Whether every emergency owes a review when it is over, also one that was approved before.
    pub review_of_every: bool,
}

impl ControlRules {
    /// What a policy asks.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        Self {
            controls: policy.controls,
            label_required: policy.emergency.label_required,
            two_way_link: policy.emergency.incident_link == LinkRequired::TwoWay,
            review_of_every: policy.review.owed == ReviewOwed::EveryEmergency,
        }
    }
}

/// The answer to one control.
#[must_use]
pub const fn examine(control: Attribute, facts: &ControlFacts, rules: ControlRules) -> Finding {
    match control {
        Attribute::A => ticket_linked::examine(facts),
        Attribute::B => described::examine(facts),
        Attribute::C => independent_review::examine(facts),
        Attribute::D => approval_covers_head::examine(facts),
        Attribute::E => approved_before::examine(facts),
        Attribute::F => tests_passed::examine(facts),
        Attribute::G => deployed_by_other::examine(facts, rules),
        Attribute::H => deployment_traced::examine(facts, rules),
        Attribute::I => rollback_plan::examine(facts, rules),
        Attribute::J => genuine_emergency::examine(facts, rules),
        Attribute::K => authorisation_named::examine(facts),
        Attribute::L => retroactive_review::examine(facts),
        Attribute::M => documented_in_time::examine(facts, rules),
        Attribute::N => scan_clean::examine(facts),
    }
}

#[cfg(test)]
mod sample;

#[cfg(test)]
mod tests {
    use super::{sample::facts, *};

    #[test]
    fn every_control_gives_its_reason_as_a_sentence() {
        let rules = sample::rules();
        for class in Class::ALL {
            for control in Attribute::ALL {
                let finding = examine(control, &ControlFacts { class, ..facts() }, rules);
                assert!(finding.reason.ends_with('.') && !finding.reason.contains('_'), "{control:?} {finding:?}");
            }
        }
    }

    #[test]
    fn emergencies_and_other_changes_are_asked_what_the_work_paper_asks_of_them() {
        let asked = |class| {
            let facts = ControlFacts { class, ..facts() };
            let is_asked =
                |control: &Attribute| examine(*control, &facts, sample::rules()).answer != ControlAnswer::NotApplicable;
            Attribute::ALL.into_iter().filter(is_asked).map(Attribute::letter).collect::<String>()
        };
        assert_eq!(asked(Class::DeclaredEmergency), "ABCDFGHIJKLMN");
        assert_eq!(asked(Class::Routine), "ABCDEFGHIN");
        assert_eq!(asked(Class::Exempt), "ABFGHIN");
    }
}
