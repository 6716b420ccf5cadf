//! E: approved before merge or deployment, by those whom its category asks for. Not asked of emergencies, which owe a review
//! afterwards instead.

use super::{ApprovalsAsked, ControlFacts, Finding};
use crate::judgement::ApprovalTiming;

pub(super) const fn examine(facts: &ControlFacts) -> Finding {
    if facts.is_emergency() {
        return Finding::not_applicable("An emergency may be approved afterwards.");
    }
    if facts.is_exempt() {
        return Finding::not_applicable("A rule of the policy exempts it from review.");
    }
    match (facts.approval, facts.asked) {
        (_, ApprovalsAsked::NoOther) => {
            Finding::not_applicable("Its category needs nobody's approval but its author's.")
        }
        (ApprovalTiming::Before, ApprovalsAsked::CategoryUnknown { may_be_more: true, .. }) => Finding::unknown(
            "It was approved before it was implemented; whose approval its category asks for is unknown, because no imported \
             file tells its category.",
        ),
        (ApprovalTiming::Before, _) => Finding::by(
            facts.approved_by_roles,
            "It was approved before it was implemented.",
            "It was approved before it was implemented, but not by everybody whom its category asks for.",
            "It was approved before it was implemented; whether those who did hold the roles that its category asks for, \
             neither text nor policy says.",
        ),
        (ApprovalTiming::After | ApprovalTiming::Never, ApprovalsAsked::CategoryUnknown { may_be_fewer: true, .. }) => {
            Finding::unknown(
                "Not as many people had approved it by then as the policy asks for, but some categories need fewer, and no \
             imported file tells its category.",
            )
        }
        (ApprovalTiming::After, _) => Finding::fail("It was approved only after it was implemented."),
        (ApprovalTiming::Never, _) => Finding::fail("It was never approved by as many as the policy asks for."),
        (ApprovalTiming::Unknown, _) => {
            Finding::unknown("The imported files do not tell whether it was approved by then.")
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

    #[test]
    fn a_category_asks_for_its_own_approvers() {
        let check = |asked, approval, approved_by_roles, expected| {
            let finding = examine(&ControlFacts { asked, approval, approved_by_roles, ..facts() });
            assert_eq!(finding.answer, expected, "{asked:?} {approval:?} {approved_by_roles:?}");
        };
        let (before, after) = (ApprovalTiming::Before, ApprovalTiming::After);
        let unknown = |may_be_fewer, may_be_more| ApprovalsAsked::CategoryUnknown { may_be_fewer, may_be_more };
        check(ApprovalsAsked::NoOther, ApprovalTiming::Never, Some(true), NotApplicable);
        check(ApprovalsAsked::OfCategory, before, Some(true), Pass);
        check(ApprovalsAsked::OfCategory, before, Some(false), Fail);
        check(ApprovalsAsked::OfCategory, before, None, Unknown);
        check(ApprovalsAsked::OfCategory, after, None, Fail);
        check(unknown(true, true), before, Some(true), Unknown);
        check(unknown(true, false), before, Some(true), Pass);
        check(unknown(true, false), after, Some(true), Unknown);
        check(unknown(false, true), after, Some(true), Fail);
    }
}
