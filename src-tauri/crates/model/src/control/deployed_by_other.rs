//! G: deployed or merged by somebody other than the author, where the policy asks for it.

use super::{ControlFacts, ControlRules, Finding};

pub(super) const fn examine(facts: &ControlFacts, rules: ControlRules) -> Finding {
    if !rules.controls.deployed_by_other {
        return Finding::not_applicable("The policy lets authors merge and deploy their own changes.");
    }
    match (facts.self_deployed, facts.self_merged) {
        (Some(false), _) => Finding::pass("Somebody other than its author deployed it."),
        (_, Some(false)) => Finding::pass("Somebody other than its author merged it."),
        (Some(true), Some(true)) => Finding::fail("Its author merged and deployed it."),
        (None, Some(true)) if !facts.is_deployed => {
            Finding::unknown("Its author merged it, and no imported file tells who deployed it.")
        }
        (None, Some(true)) => Finding::unknown("Its author merged it, and its deployment names nobody."),
        (Some(true), None) => Finding::unknown("Its author deployed it, and no imported file tells who merged it."),
        (None, None) => Finding::unknown("The imported files do not tell who merged or deployed it."),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample},
        *,
    };

    #[test]
    fn one_other_person_on_the_way_is_enough() {
        let check = |self_deployed, self_merged, expected| {
            let facts = ControlFacts { self_deployed, self_merged, ..sample::facts() };
            assert_eq!(examine(&facts, sample::rules()).answer, expected, "{self_deployed:?} {self_merged:?}");
        };
        check(Some(false), Some(true), Pass);
        check(Some(true), Some(false), Pass);
        check(Some(true), Some(true), Fail);
        check(None, Some(true), Unknown);
        check(Some(true), None, Unknown);
        check(None, None, Unknown);
        let mut rules = sample::rules();
        rules.controls.deployed_by_other = false;
        assert_eq!(examine(&sample::facts(), rules).answer, NotApplicable);
    }
}
