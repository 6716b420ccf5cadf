//! J: a genuine emergency: labelled, linked to an incident, with a reason. Asked of emergencies only.
//!
//! Whether the reason is a good one, a person judges; here it is asked whether one is given.

use super::{ControlFacts, ControlRules, Finding};
use crate::judgement::{Class, IncidentLinkState};

pub(super) const fn examine(facts: &ControlFacts, rules: ControlRules) -> Finding {
    if !facts.is_emergency() {
        return Finding::not_applicable("It is no emergency.");
    }
    if rules.label_required && facts.labels_known && !matches!(facts.class, Class::DeclaredEmergency) {
        return Finding::fail("Nobody labelled it as an emergency.");
    }
    match (facts.incident_link, facts.justified) {
        (IncidentLinkState::Missing, _) => Finding::fail("No incident is linked."),
        (IncidentLinkState::OneWay, _) if rules.two_way_link => {
            Finding::fail("The linked incident does not name the change back, as the policy asks.")
        }
        (_, Some(false)) => Finding::fail("No reason for the emergency is on record."),
        (IncidentLinkState::Dangling, _) => Finding::unknown("The incident that it names was not imported."),
        (IncidentLinkState::Unknown, _) => {
            Finding::unknown("The imported files carry too little text to tell whether it names an incident.")
        }
        (_, None) => Finding::unknown("The imported files carry too little text to tell whether a reason is given."),
        _ if rules.label_required && !matches!(facts.class, Class::DeclaredEmergency) => {
            Finding::unknown("The imported files carry no labels, so whether it was labelled is unknown.")
        }
        _ => Finding::pass("It is linked to an incident, and its reason is on record."),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample},
        *,
    };

    #[test]
    fn label_incident_and_reason_are_all_needed() {
        let check = |facts: ControlFacts, expected| {
            assert_eq!(examine(&facts, sample::rules()).answer, expected, "{facts:?}");
        };
        let emergency = sample::emergency();
        check(emergency, Pass);
        check(sample::facts(), NotApplicable);
        check(ControlFacts { class: Class::UnlabelledEmergency, ..emergency }, Fail);
        check(ControlFacts { class: Class::UnlabelledEmergency, labels_known: false, ..emergency }, Unknown);
        check(ControlFacts { incident_link: IncidentLinkState::Missing, ..emergency }, Fail);
        check(ControlFacts { incident_link: IncidentLinkState::Dangling, ..emergency }, Unknown);
        check(ControlFacts { incident_link: IncidentLinkState::Unknown, ..emergency }, Unknown);
        check(ControlFacts { incident_link: IncidentLinkState::Dangling, justified: Some(false), ..emergency }, Fail);
        check(ControlFacts { justified: None, ..emergency }, Unknown);
    }

    #[test]
    fn a_policy_decides_about_labels_and_directions() {
        let check = |label_required, two_way_link, facts: ControlFacts, expected| {
            let rules = ControlRules { label_required, two_way_link, ..sample::rules() };
            assert_eq!(examine(&facts, rules).answer, expected, "{label_required} {two_way_link}");
        };
        let unlabelled = ControlFacts { class: Class::UnlabelledEmergency, ..sample::emergency() };
        let one_way = ControlFacts { incident_link: IncidentLinkState::OneWay, ..sample::emergency() };
        check(false, false, unlabelled, Pass);
        check(true, false, unlabelled, Fail);
        check(true, false, one_way, Pass);
        check(true, true, one_way, Fail);
    }
}
