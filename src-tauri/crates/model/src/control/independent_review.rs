//! C: reviewed by somebody independent of every author, before or after.

use super::{ControlFacts, Finding};
use crate::judgement::ApprovalTiming;

pub(super) const fn examine(facts: &ControlFacts) -> Finding {
    if facts.is_exempt() {
        return Finding::not_applicable("A rule of the policy exempts it from review.");
    }
    match facts.approval {
        ApprovalTiming::Before => Finding::pass("Somebody independent approved it before it was implemented."),
        ApprovalTiming::After => Finding::pass("Somebody independent approved it, after it was implemented."),
        ApprovalTiming::Never => {
            Finding::fail("Nobody independent has approved it, or not as many as the policy asks for.")
        }
        ApprovalTiming::Unknown => {
            Finding::unknown("The imported files do not tell whether somebody independent approved it.")
        }
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
    fn an_approval_at_any_time_is_a_review() {
        let check = |class, approval, expected| {
            let finding = examine(&ControlFacts { class, approval, ..facts() });
            assert_eq!(finding.answer, expected, "{class:?} {approval:?}");
        };
        check(Class::Routine, ApprovalTiming::Before, Pass);
        check(Class::DeclaredEmergency, ApprovalTiming::After, Pass);
        check(Class::Unreviewed, ApprovalTiming::Never, Fail);
        check(Class::Routine, ApprovalTiming::Unknown, Unknown);
        check(Class::Exempt, ApprovalTiming::Never, NotApplicable);
    }
}
