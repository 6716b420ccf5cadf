//! The class of a change as a colleague would give it, with what it rests on.

use crate::judged_change::JudgedChange;
use change_ledger_model::{
    attestation::AttestationTopic,
    judgement::{ApprovalTiming, Class, Signal, Signals},
    person::PersonKind,
    policy::patterns::TextSignal,
};

/// What decided about a class.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Grounds {
    class: Class,
    signals: Signals,
    /// Whether a detection rule matches.
    is_detected: bool,
    approval: ApprovalTiming,
    exemption: Exemption,
}

/// Why a change is exempt, where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Exemption {
    ByPerson,
    OfBots,
    /// What the policy looks for stands in the change.
    ByText(String),
    Untold,
}

/// The sentence that opens an explanation.
pub(super) fn sentence(judged: &JudgedChange<'_>, is_detected: bool) -> String {
    let author = judged.detail.row.author.as_ref();
    let by_bot = author.is_some_and(|author| author.kind == PersonKind::Bot);
    let by_person = judged.attested_in_words(AttestationTopic::Exemption).is_some();
    let exemption = if by_person {
        Exemption::ByPerson
    } else if by_bot && judged.policy().policy.exemption.bots {
        Exemption::OfBots
    } else {
        let found = judged.found(TextSignal::Exempting).next();
        found.map_or(Exemption::Untold, |found| Exemption::ByText(found.text.clone()))
    };
    let signals = judged.signals().into_iter().map(|(signal, _)| signal).collect();
    in_words(&Grounds { class: judged.class(), signals, is_detected, approval: judged.approval(), exemption })
}

fn in_words(of: &Grounds) -> String {
    let sentence = match (of.class, &of.exemption) {
        (Class::DeclaredEmergency, _) if of.signals.has(Signal::EmergencyLabel) => {
            "This is a declared emergency: the change itself is labelled as one."
        }
        (Class::DeclaredEmergency, _) => {
            "This is a declared emergency: a ticket of it is labelled as one. The change itself is not, which is weaker \
             evidence."
        }
        (Class::UnlabelledEmergency, _) if of.is_detected => {
            "This is an emergency that nobody labelled: a detection rule of the policy matches it."
        }
        (Class::UnlabelledEmergency, _) => "This is an emergency that nobody labelled: a person confirmed it.",
        (Class::Unreviewed, _) => {
            "This is no emergency, but it was not approved as the policy asks when it was implemented."
        }
        (Class::Exempt, Exemption::ByPerson) => "This change is exempt from review: a person stated so.",
        (Class::Exempt, Exemption::OfBots) => {
            "This change is exempt from review: a bot opened it, and the policy exempts changes of bots."
        }
        (Class::Exempt, Exemption::ByText(text)) => {
            return format!("This change is exempt from review: the policy exempts what bears “{text}”.");
        }
        (Class::Exempt, Exemption::Untold) => "This change is exempt from review by a rule of the policy.",
        (Class::Routine, _) if of.approval == ApprovalTiming::Unknown => {
            "This counts as a routine change, but the imported files do not tell whether anybody approved it: nothing proves \
             that somebody did, and nothing that nobody did."
        }
        (Class::Routine, _) if of.approval != ApprovalTiming::Before => {
            "This is a routine change: its category needs nobody's approval but its author's."
        }
        (Class::Routine, _) => {
            "This is a routine change: it was approved as the policy asks before it was implemented."
        }
    };
    sentence.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_told_with_what_it_rests_on() {
        let plain = Grounds {
            class: Class::Routine,
            signals: Signals::default(),
            is_detected: false,
            approval: ApprovalTiming::Before,
            exemption: Exemption::Untold,
        };
        let check = |of: Grounds, words: &str| {
            let told = in_words(&of);
            assert!(told.contains(words) && told.ends_with('.'), "{of:?}: {told}");
        };
        let signals = |signal| [signal].into_iter().collect();
        let declared = |signal| Grounds { class: Class::DeclaredEmergency, signals: signals(signal), ..plain.clone() };
        check(declared(Signal::EmergencyLabel), "the change itself is labelled as one");
        check(declared(Signal::EmergencyTicket), "which is weaker evidence");
        let unlabelled = |is_detected| Grounds { class: Class::UnlabelledEmergency, is_detected, ..plain.clone() };
        check(unlabelled(true), "a detection rule of the policy matches it");
        check(unlabelled(false), "a person confirmed it");
        check(Grounds { class: Class::Unreviewed, ..plain.clone() }, "no emergency, but it was not approved");
        let exempt = |exemption| Grounds { class: Class::Exempt, exemption, ..plain.clone() };
        check(exempt(Exemption::ByPerson), "a person stated so");
        check(exempt(Exemption::OfBots), "a bot opened it");
        check(exempt(Exemption::ByText("deps".to_owned())), "exempts what bears “deps”");
        check(exempt(Exemption::Untold), "by a rule of the policy");
        check(
            Grounds { approval: ApprovalTiming::Unknown, ..plain.clone() },
            "do not tell whether anybody approved it",
        );
        for approval in [ApprovalTiming::After, ApprovalTiming::Never] {
            check(Grounds { approval, ..plain.clone() }, "its category needs nobody's approval but its author's");
        }
        check(plain, "it was approved as the policy asks");
    }
}
