//! How the changes of the quarter answer the controls that an auditor ticks.

use super::View;
use crate::chart::Tone;
use change_ledger_model::quarterly::ControlCounts;
use serde::Serialize;

/// One control, A to N.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Control {
    /// Its letter, as in the columns of a work paper.
    pub letter: String,
    /// What is asked.
    pub title: &'static str,
    pub pass: String,
    pub fail: String,
    pub not_applicable: String,
    pub unknown: String,
    pub tone: Tone,
}

/// Empty for a quarter without changes, of which nothing is asked.
pub(super) fn checklist(view: &View) -> Vec<Control> {
    if view.quarter.changes == 0 {
        return Vec::new();
    }
    let controls = view.quarter.controls.0.iter();
    let rows = controls.map(|(control, counts)| Control {
        letter: control.letter().to_string(),
        title: control.title(),
        pass: counts.pass.to_string(),
        fail: counts.fail.to_string(),
        not_applicable: counts.not_applicable.to_string(),
        unknown: counts.unknown.to_string(),
        tone: tone(*counts),
    });
    rows.collect()
}

/// A failure outweighs what is not known, and that outweighs every pass.
const fn tone(counts: ControlCounts) -> Tone {
    match counts {
        ControlCounts { fail: 1.., .. } => Tone::Bad,
        ControlCounts { unknown: 1.., .. } => Tone::Unknown,
        ControlCounts { pass: 1.., .. } => Tone::Good,
        ControlCounts { .. } => Tone::Neutral,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::Document, sample};
    use change_ledger_model::control::Attribute;

    #[test]
    fn a_control_is_as_good_as_its_worst_answer() {
        let check = |[pass, fail, not_applicable, unknown]: [u64; 4], expected| {
            assert_eq!(tone(ControlCounts { pass, fail, not_applicable, unknown }), expected);
        };
        check([9, 0, 1, 0], Tone::Good);
        check([9, 0, 0, 1], Tone::Unknown);
        check([9, 1, 0, 1], Tone::Bad);
        check([0, 0, 9, 0], Tone::Neutral);
    }

    #[test]
    fn the_counts_of_the_quarter_stand_under_their_letters() {
        let mut report = sample::report();
        let counts = ControlCounts { pass: 1200, fail: 3, not_applicable: 4, unknown: 5 };
        report.quarters.last_mut().unwrap().controls.0.insert(Attribute::C, counts);
        let controls = Document::of(&report).unwrap().controls;
        let row = controls.iter().find(|control| control.letter == "C").unwrap();
        assert_eq!(
            [&row.pass, &row.fail, &row.not_applicable, &row.unknown],
            ["1200", "3", "4", "5"].map(str::to_owned).each_ref()
        );
        assert_eq!(row.title, "Reviewed by someone independent of every author");
    }
}
