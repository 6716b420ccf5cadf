//! J: a genuine emergency: labelled, linked to an incident, with a reason that meets the policy's criteria. Asked of emergencies
//! only.
//!
//! Whether the reason is a good one, a person judges; here it is asked whether one is given, and names one of the policy's
//! grounds. Where the policy asks for no label, somebody's word afterwards that it was an emergency is as good.

use super::{ControlFacts, ControlRules, Finding};
use crate::judgement::{Class, IncidentLinkState};

pub(super) const fn examine(facts: &ControlFacts, rules: ControlRules) -> Finding {
    if !facts.is_emergency() {
        return Finding::not_applicable("It is no emergency.");
    }
    let declared = matches!(facts.class, Class::DeclaredEmergency) || !rules.label_required && facts.is_confirmed;
    if !declared && facts.labels_known {
        return Finding::fail("Nobody labelled it as an emergency.");
    }
    match (facts.incident_link, facts.justified, facts.reason_accepted) {
        (IncidentLinkState::Missing, ..) => Finding::fail("No incident is linked."),
        (IncidentLinkState::OneWay, ..) if rules.two_way_link => {
            Finding::fail("The linked incident does not name the change back, as the policy asks.")
        }
        (_, Some(false), _) => Finding::fail("No reason for the emergency is on record."),
        (_, Some(true), Some(false)) => {
            Finding::fail("Its reason names none of the grounds that the policy takes for an emergency.")
        }
        (IncidentLinkState::Dangling, ..) => Finding::unknown("The incident that it names was not imported."),
        (IncidentLinkState::Unknown, ..) => {
            Finding::unknown("The imported files carry too little text to tell whether it names an incident.")
        }
        (_, None, _) => Finding::unknown("The imported files carry too little text to tell whether a reason is given."),
        (_, _, None) => {
            Finding::unknown("Whether its reason is one that the policy takes for an emergency, a person must read.")
        }
        _ if !declared => {
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
        check(ControlFacts { reason_accepted: Some(false), ..emergency }, Fail);
        check(ControlFacts { reason_accepted: None, ..emergency }, Unknown);
        check(ControlFacts { justified: None, reason_accepted: Some(false), ..emergency }, Unknown);
    }

    #[test]
    fn a_policy_decides_about_labels_and_directions() {
        let check = |label_required, two_way_link, facts: ControlFacts, expected| {
            let rules = ControlRules { label_required, two_way_link, ..sample::rules() };
            assert_eq!(examine(&facts, rules).answer, expected, "{label_required} {two_way_link}");
        };
        let unlabelled = ControlFacts { class: Class::UnlabelledEmergency, ..sample::emergency() };
        let one_way = ControlFacts { incident_link: IncidentLinkState::OneWay, ..sample::emergency() };
        check(false, false, unlabelled, Fail);
        check(true, false, unlabelled, Fail);
        check(false, false, ControlFacts { labels_known: false, ..unlabelled }, Unknown);
        // Somebody says afterwards that it was one.
        check(false, false, ControlFacts { is_confirmed: true, ..unlabelled }, Pass);
        check(true, false, ControlFacts { is_confirmed: true, ..unlabelled }, Fail);
        check(true, false, one_way, Pass);
        check(true, true, one_way, Fail);
    }
}
