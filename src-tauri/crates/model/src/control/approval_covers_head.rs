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
    if !facts.has_approval {
        return match facts.approval {
            ApprovalTiming::Never => Finding::not_applicable("There is no approval that could cover it."),
            _ => Finding::unknown("The imported files do not tell whether there is an approval that could cover it."),
        };
    }
    Finding::by(
        facts.approval_covers_head,
        "The approval is of the commit that was merged.",
        "The approval is of an earlier commit; what was merged was not looked at in full.",
        "The imported files do not tell which commit was approved, or which one of the branch was merged (headRefOid in exports of gh).",
    )
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample::facts},
        *,
    };

    #[test]
    fn only_an_approval_can_cover_the_head() {
        let check = |approval, has_approval, approval_covers_head, expected| {
            let finding = examine(&ControlFacts { approval, has_approval, approval_covers_head, ..facts() });
            assert_eq!(finding.answer, expected, "{approval:?} {has_approval} {approval_covers_head:?}");
        };
        check(ApprovalTiming::Before, true, Some(true), Pass);
        check(ApprovalTiming::After, true, Some(false), Fail);
        check(ApprovalTiming::Before, true, None, Unknown);
        check(ApprovalTiming::Unknown, false, None, Unknown);
        check(ApprovalTiming::Never, false, None, NotApplicable);
        // Of another commit, so that it does not qualify, or of too few people: it is there all the same.
        check(ApprovalTiming::Never, true, Some(false), Fail);
        check(ApprovalTiming::Never, true, None, Unknown);
        assert_eq!(examine(&ControlFacts { is_ticket: true, ..facts() }).answer, NotApplicable);
    }
}
