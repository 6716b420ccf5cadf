//! D: the approval covers the merged head.

use super::{ControlFacts, Finding};
use crate::judgement::ApprovalTiming;

pub(super) const fn examine(facts: &ControlFacts) -> Finding {
    if facts.is_exempt() {
        return Finding::not_applicable("A rule of the policy exempts it from review.");
    }
    if facts.is_ticket {
        return Finding::not_applicable("A change ticket has no commits.");
    }
    match (facts.approval, facts.approval_covers_head) {
        (ApprovalTiming::Never, _) => Finding::not_applicable("There is no approval that could cover it."),
        (_, covers) => Finding::by(
            covers,
            "The approval is of the commit that was merged.",
            "The approval is of an earlier commit; what was merged was not looked at in full.",
            "The imported files do not tell which commit was approved, or which was merged.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample::facts},
        *,
    };

    #[test]
    fn only_an_approval_can_cover_the_head() {
        let check = |approval, approval_covers_head, expected| {
            let finding = examine(&ControlFacts { approval, approval_covers_head, ..facts() });
            assert_eq!(finding.answer, expected, "{approval:?} {approval_covers_head:?}");
        };
        check(ApprovalTiming::Before, Some(true), Pass);
        check(ApprovalTiming::After, Some(false), Fail);
        check(ApprovalTiming::Before, None, Unknown);
        check(ApprovalTiming::Unknown, None, Unknown);
        check(ApprovalTiming::Never, None, NotApplicable);
        assert_eq!(examine(&ControlFacts { is_ticket: true, ..facts() }).answer, NotApplicable);
    }
}
