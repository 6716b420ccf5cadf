//! M: documented within the deadline. Asked of emergencies only.

use super::{ControlFacts, Finding};

pub(super) const fn examine(facts: &ControlFacts) -> Finding {
    if !facts.is_emergency() {
        return Finding::not_applicable("Only emergencies are documented afterwards.");
    }
    Finding::by(
        facts.documented_on_time,
        "It was documented within the policy's time.",
        "No documentation within the policy's time is on record.",
        "The imported files do not carry the notes in which it would be documented.",
    )
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
            assert_eq!(examine(&facts).answer, expected, "{documented_on_time:?}");
        };
        check(Some(true), Pass);
        check(Some(false), Fail);
        check(None, Unknown);
        assert_eq!(examine(&sample::facts()).answer, NotApplicable);
    }
}
