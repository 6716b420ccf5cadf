//! F: automated tests passed at the merged head.

use super::{ControlFacts, Finding};

pub(super) const fn examine(facts: &ControlFacts) -> Finding {
    Finding::by(
        facts.tests_passed,
        "Tests passed at the merged commit.",
        "A test or build failed at the merged commit.",
        "No test or build of the merged commit was imported that ended with a verdict.",
    )
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample::facts},
        *,
    };

    #[test]
    fn tests_that_were_not_imported_are_unknown() {
        let check = |tests_passed, expected| {
            assert_eq!(examine(&ControlFacts { tests_passed, ..facts() }).answer, expected, "{tests_passed:?}");
        };
        check(Some(true), Pass);
        check(Some(false), Fail);
        check(None, Unknown);
    }
}
