//! H: the deployment is traced, and staging came first where the policy asks for it.

use super::{ControlFacts, ControlRules, Finding};

pub(super) const fn examine(facts: &ControlFacts, rules: ControlRules) -> Finding {
    if !facts.is_deployed {
        return Finding::unknown("No deployment of the merged commit to production was imported.");
    }
    if !rules.controls.staging_first {
        return Finding::pass("Its deployment to production is on record.");
    }
    Finding::by(
        facts.staging_first,
        "Its deployment to production is on record, and it was in staging before.",
        "It went to production without having been in staging.",
        "Its deployment to production is on record; whether it was in staging before is not.",
    )
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample},
        *,
    };

    #[test]
    fn a_deployment_is_traced_or_unknown_and_fails_only_for_what_it_left_out() {
        let check = |is_deployed, staging_first, asked, expected| {
            let facts = ControlFacts { is_deployed, staging_first, ..sample::facts() };
            let mut rules = sample::rules();
            rules.controls.staging_first = asked;
            assert_eq!(examine(&facts, rules).answer, expected, "{is_deployed} {staging_first:?} {asked}");
        };
        check(true, Some(true), true, Pass);
        check(true, Some(false), true, Fail);
        check(true, None, true, Unknown);
        check(true, Some(false), false, Pass);
        check(false, None, true, Unknown);
        check(false, None, false, Unknown);
    }
}
