//! M: documented within the deadline and, where every emergency owes a review when it is over, that review done. Asked of
//! emergencies only.

use super::{ControlAnswer, ControlFacts, ControlRules, Finding};
use crate::judgement::ReviewState;

pub(super) const fn examine(facts: &ControlFacts, rules: ControlRules) -> Finding {
    if !facts.is_emergency() {
        return Finding::not_applicable("Only emergencies are documented afterwards.");
    }
    let documented = documented(facts);
    if !rules.review_of_every {
        return documented;
    }
    // What is missing outweighs what is unknown, and that what is not yet due.
    let reviewed = reviewed(facts.review_state);
    match (documented.answer, reviewed.answer) {
        (ControlAnswer::Fail, _) => documented,
        (_, ControlAnswer::Fail) => reviewed,
        (ControlAnswer::Unknown, _) => documented,
        (_, ControlAnswer::Unknown) => reviewed,
        (ControlAnswer::NotApplicable, _) => documented,
        (_, ControlAnswer::NotApplicable) => reviewed,
        (ControlAnswer::Pass, ControlAnswer::Pass) => {
            Finding::pass("It was documented within the policy's time, and reviewed when it was over.")
        }
    }
}

const fn documented(facts: &ControlFacts) -> Finding {
    if facts.documentation_pending {
        return Finding::not_applicable("Its documentation is not yet due.");
    }
    Finding::by(
        facts.documented_on_time,
        "It was documented within the policy's time.",
        "No documentation within the policy's time is on record.",
        "The imported files do not carry the notes in which it would be documented.",
    )
}

/// Whether the review is done; how late is another question.
const fn reviewed(state: ReviewState) -> Finding {
    match state {
        ReviewState::OnTime | ReviewState::Late => Finding::pass("It was reviewed when it was over."),
        ReviewState::Overdue => Finding::fail("The review that every emergency owes when it is over is overdue."),
        ReviewState::Pending => {
            Finding::not_applicable("The review that every emergency owes when it is over is not yet due.")
        }
        ReviewState::NotOwed | ReviewState::Unknown => {
            Finding::unknown("The imported files do not tell whether it was reviewed when it was over.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample},
        *,
    };

    #[test]
    fn notes_that_were_not_imported_are_unknown() {
        let check = |documented_on_time, expected| {
            let facts = ControlFacts { documented_on_time, ..sample::emergency() };
            assert_eq!(examine(&facts, sample::rules()).answer, expected, "{documented_on_time:?}");
        };
        check(Some(true), Pass);
        check(Some(false), Fail);
        check(None, Unknown);
        assert_eq!(examine(&sample::facts(), sample::rules()).answer, NotApplicable);
    }

    #[test]
    fn what_is_not_yet_due_is_not_missing() {
        let facts = ControlFacts { documented_on_time: None, documentation_pending: true, ..sample::emergency() };
        assert_eq!(examine(&facts, sample::rules()).answer, NotApplicable);
    }

    #[test]
    fn a_review_belongs_to_it_where_every_emergency_owes_one() {
        let check = |documented_on_time, review_state, expected| {
            let facts = ControlFacts { documented_on_time, review_state, ..sample::emergency() };
            let rules = ControlRules { review_of_every: true, ..sample::rules() };
            assert_eq!(examine(&facts, rules).answer, expected, "{documented_on_time:?} {review_state:?}");
        };
        check(Some(true), ReviewState::OnTime, Pass);
        check(Some(true), ReviewState::Late, Pass);
        check(Some(true), ReviewState::Overdue, Fail);
        check(Some(true), ReviewState::Pending, NotApplicable);
        check(Some(true), ReviewState::Unknown, Unknown);
        check(None, ReviewState::Overdue, Fail);
        check(None, ReviewState::Pending, Unknown);
        check(Some(false), ReviewState::OnTime, Fail);
    }
}
