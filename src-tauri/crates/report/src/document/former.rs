//! Other quarters of the trend that were reported otherwise.

use super::{View, restatement::Number};
use change_ledger_model::quarterly::RestatedQuarter;
use serde::Serialize;

/// A quarter of the trend of which the ledger says something else by now than its last report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Former {
    /// Which quarter, and when it was reported on.
    pub sentence: String,
    /// The numbers that differ, old and new.
    pub numbers: Vec<Number>,
}

pub(super) fn former_quarters(view: &View) -> Vec<Former> {
    let is_other = |restated: &&RestatedQuarter| restated.quarter != view.quarter.quarter;
    let shown =
        |restated: &&RestatedQuarter| view.report.quarters.iter().any(|quarter| quarter.quarter == restated.quarter);
    view.report
        .restated
        .iter()
        .filter(is_other)
        .filter(shown)
        .map(|restated| Former {
            sentence: format!(
                "{} was reported otherwise on {}. Judged at the moment of that report, the ledger now says:",
                restated.quarter,
                view.clock.in_words(restated.issued_at)
            ),
            numbers: restated.numbers.iter().map(Number::of).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::{document::Document, sample};

    #[test]
    fn a_quarter_of_the_trend_that_was_reported_otherwise_is_named_with_old_and_new() {
        let mut report = sample::report();
        assert_eq!(Document::of(&report).unwrap().former, []);
        let restated = |quarter: &str| sample::restated_quarter(quarter);
        report.restated = vec![restated("2026-Q2"), restated("2026-Q3"), restated("2020-Q1")];
        assert!(crate::html(&report).unwrap().contains("<h3>Quarters that were reported otherwise</h3>"));
        let former = Document::of(&report).unwrap().former;
        assert_eq!(former.len(), 1, "the quarter itself has a part of its own, and one that is not shown has none");
        assert!(
            former[0].sentence.starts_with("2026-Q2 was reported otherwise on 3 July 2026"),
            "{}",
            former[0].sentence
        );
        let number = &former[0].numbers[0];
        assert_eq!((number.name.as_str(), number.before.as_str(), number.after.as_str()), ("Emergencies", "9", "11"));
    }
}
