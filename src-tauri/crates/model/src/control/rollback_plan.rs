//! I: a rollback plan, for the changes of which the policy asks one.

use super::{ControlFacts, ControlRules, Finding};
use crate::policy::RollbackPlan;

pub(super) const fn examine(facts: &ControlFacts, rules: ControlRules) -> Finding {
    match (rules.controls.rollback_plan, facts.is_high_risk) {
        (RollbackPlan::Never, _) => return Finding::not_applicable("The policy asks for no rollback plan."),
        (RollbackPlan::HighRisk, Some(false)) => {
            return Finding::not_applicable("The policy asks for a rollback plan only where the risk is high.");
        }
        (RollbackPlan::HighRisk, None) if !matches!(facts.has_rollback_plan, Some(true)) => {
            return Finding::unknown("The imported files do not tell whether its risk is high.");
        }
        _ => {}
    }
    Finding::by(
        facts.has_rollback_plan,
        "A rollback plan is on record.",
        "No rollback plan is on record.",
        "It needs a rollback plan; whether there is one, the imported files do not tell.",
    )
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample},
        *,
    };

    #[test]
    fn a_plan_is_asked_of_what_the_policy_says() {
        let check = |asked, is_high_risk, has_rollback_plan, expected| {
            let facts = ControlFacts { is_high_risk, has_rollback_plan, ..sample::facts() };
            let mut rules = sample::rules();
            rules.controls.rollback_plan = asked;
            let answer = examine(&facts, rules).answer;
            assert_eq!(answer, expected, "{asked:?} {is_high_risk:?} {has_rollback_plan:?}");
        };
        check(RollbackPlan::Never, Some(true), Some(false), NotApplicable);
        check(RollbackPlan::HighRisk, Some(false), None, NotApplicable);
        check(RollbackPlan::HighRisk, Some(true), Some(true), Pass);
        check(RollbackPlan::HighRisk, Some(true), Some(false), Fail);
        check(RollbackPlan::HighRisk, None, Some(true), Pass);
        check(RollbackPlan::HighRisk, None, Some(false), Unknown);
        check(RollbackPlan::Always, None, Some(false), Fail);
        check(RollbackPlan::Always, Some(false), None, Unknown);
    }
}
