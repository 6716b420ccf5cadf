//! E: approved before merge or deployment. Not asked of emergencies, which owe a review afterwards instead.

use super::{ControlFacts, Finding};
use crate::judgement::ApprovalTiming;

pub(super) const fn examine(facts: &ControlFacts) -> Finding {
    if facts.is_emergency() {
        return Finding::not_applicable("An emergency may be approved afterwards.");
    }
    if facts.is_exempt() {
        return Finding::not_applicable("A rule of the policy exempts it from review.");
    }
    match facts.approval {
        ApprovalTiming::Before => Finding::pass("It was approved before it was implemented."),
        ApprovalTiming::After => Finding::fail("It was approved only after it was implemented."),
        ApprovalTiming::Never => Finding::fail("It was never approved by as many as the policy asks for."),
        ApprovalTiming::Unknown => Finding::unknown("The imported files do not tell whether it was approved by then."),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample::facts},
        *,
    };
    use crate::judgement::Class;

    #[test]
    fn a_late_approval_does_not_come_before() {
        let check = |class, approval, expected| {
            let finding = examine(&ControlFacts { class, approval, ..facts() });
            assert_eq!(finding.answer, expected, "{class:?} {approval:?}");
        };
        check(Class::Routine, ApprovalTiming::Before, Pass);
        check(Class::Unreviewed, ApprovalTiming::After, Fail);
        check(Class::Unreviewed, ApprovalTiming::Never, Fail);
        check(Class::Routine, ApprovalTiming::Unknown, Unknown);
        check(Class::UnlabelledEmergency, ApprovalTiming::Never, NotApplicable);
        check(Class::Exempt, ApprovalTiming::Never, NotApplicable);
    }
}
