//! K: authorised by a permitted role, with name and time. Asked of emergencies only.

use super::{ControlFacts, Finding};

pub(super) const fn examine(facts: &ControlFacts) -> Finding {
    if !facts.is_emergency() {
        return Finding::not_applicable("Only emergencies need an authorisation of their own.");
    }
    match (facts.authorised, facts.authorised_as_asked) {
        (Some(true), Some(true)) => Finding::pass("An authorisation is on record, as the policy asks for it."),
        (Some(true), Some(false)) => Finding::fail(
            "An authorisation is on record, but not of everybody whom the policy asks, or not in its time.",
        ),
        (Some(true), None) => Finding::unknown(
            "An authorisation is on record; whether its giver holds a permitted role, neither text nor policy says.",
        ),
        (Some(false), _) => Finding::fail("No authorisation is on record."),
        (None, _) => Finding::unknown("The imported files carry too little text to tell whether it was authorised."),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample},
        *,
    };

    #[test]
    fn an_authorisation_is_asked_of_emergencies() {
        let check = |authorised, authorised_as_asked, expected| {
            let facts = ControlFacts { authorised, authorised_as_asked, ..sample::emergency() };
            assert_eq!(examine(&facts).answer, expected, "{authorised:?} {authorised_as_asked:?}");
        };
        check(Some(true), Some(true), Pass);
        check(Some(true), Some(false), Fail);
        check(Some(true), None, Unknown);
        check(Some(false), Some(false), Fail);
        check(None, None, Unknown);
        assert_eq!(examine(&ControlFacts { authorised: None, ..sample::facts() }).answer, NotApplicable);
    }
}
