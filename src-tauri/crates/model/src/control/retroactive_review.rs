//! L: reviewed afterwards within the deadline. Asked of emergencies only.

use super::{ControlFacts, Finding};
use crate::judgement::ReviewState;

pub(super) const fn examine(facts: &ControlFacts) -> Finding {
    if !facts.is_emergency() {
        return Finding::not_applicable("Only emergencies owe a review afterwards.");
    }
    match facts.review_state {
        ReviewState::NotOwed => Finding::not_applicable("It owes no review afterwards."),
        ReviewState::OnTime => Finding::by(
            facts.reviewed_by_role,
            "It was reviewed afterwards, within the deadline.",
            "It was reviewed afterwards, within the deadline, but not by anybody whom the policy asks.",
            "It was reviewed afterwards, within the deadline; whether by somebody whom the policy asks, neither text nor policy \
             says.",
        ),
        ReviewState::Late => Finding::fail("It was reviewed afterwards, but after the deadline."),
        ReviewState::Pending => Finding::not_applicable("Its review is not yet due."),
        ReviewState::Overdue => Finding::fail("Its review is overdue."),
        ReviewState::Unknown => Finding::unknown("The imported files do not tell whether it was reviewed in time."),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample},
        *,
    };

    #[test]
    fn a_review_that_is_not_yet_due_is_no_failure() {
        let check = |review_state, expected| {
            let facts = ControlFacts { review_state, ..sample::emergency() };
            assert_eq!(examine(&facts).answer, expected, "{review_state:?}");
        };
        check(ReviewState::OnTime, Pass);
        check(ReviewState::Late, Fail);
        check(ReviewState::Overdue, Fail);
        check(ReviewState::Pending, NotApplicable);
        check(ReviewState::NotOwed, NotApplicable);
        check(ReviewState::Unknown, Unknown);
        let by = |reviewed_by_role| examine(&ControlFacts { reviewed_by_role, ..sample::emergency() }).answer;
        assert_eq!([by(Some(false)), by(None)], [Fail, Unknown]);
        assert_eq!(examine(&sample::facts()).answer, NotApplicable);
    }
}
