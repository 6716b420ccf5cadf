//! C: reviewed by somebody independent of every author, before or after.

use super::{ApprovalsAsked, ControlFacts, Finding};
use crate::judgement::ApprovalTiming;

pub(super) const fn examine(facts: &ControlFacts) -> Finding {
    if facts.is_exempt() {
        return Finding::not_applicable("A rule of the policy exempts it from review.");
    }
    match facts.approval {
        _ if matches!(facts.asked, ApprovalsAsked::NoOther) => {
            Finding::not_applicable("Its category needs nobody's approval but its author's.")
        }
        ApprovalTiming::Before => Finding::pass("Somebody independent approved it before it was implemented."),
        ApprovalTiming::After => Finding::pass("Somebody independent approved it, after it was implemented."),
        ApprovalTiming::Never if matches!(facts.asked, ApprovalsAsked::CategoryUnknown { may_be_fewer: true, .. }) => {
            Finding::unknown(
                "Not as many independent people have approved it as the policy asks for, but some categories need fewer, and no \
                 imported file tells its category.",
            )
        }
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
    fn what_is_asked_depends_on_the_category() {
        let check = |asked, approval, expected| {
            let finding = examine(&ControlFacts { asked, approval, ..facts() });
            assert_eq!(finding.answer, expected, "{asked:?} {approval:?}");
        };
        let unknown = |may_be_fewer| ApprovalsAsked::CategoryUnknown { may_be_fewer, may_be_more: true };
        check(ApprovalsAsked::NoOther, ApprovalTiming::Never, NotApplicable);
        check(ApprovalsAsked::OfCategory, ApprovalTiming::Never, Fail);
        check(ApprovalsAsked::OfCategory, ApprovalTiming::After, Pass);
        check(unknown(true), ApprovalTiming::Before, Pass);
        check(unknown(true), ApprovalTiming::Never, Unknown);
        check(unknown(false), ApprovalTiming::Never, Fail);
    }

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
