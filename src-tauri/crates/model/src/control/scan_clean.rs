//! N: a security scan at the merged head without open critical or high findings.

use super::{ControlFacts, Finding};

pub(super) const fn examine(facts: &ControlFacts) -> Finding {
    Finding::by(
        facts.scan_clean,
        "A scan of the merged commit left neither critical nor high findings open.",
        "A scan of the merged commit found something critical or high.",
        "No scan of the merged commit was imported that rates what it found.",
    )
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample::facts},
        *,
    };

    #[test]
    fn a_change_that_nobody_scanned_is_unknown() {
        let check = |scan_clean, expected| {
            assert_eq!(examine(&ControlFacts { scan_clean, ..facts() }).answer, expected, "{scan_clean:?}");
        };
        check(Some(true), Pass);
        check(Some(false), Fail);
        check(None, Unknown);
    }
}
