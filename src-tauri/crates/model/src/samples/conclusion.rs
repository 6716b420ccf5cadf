//! What a sample says of the changes from which it was drawn.

use super::{Attribute, Stratum};
use serde::{Deserialize, Serialize};

/// How far the examination of an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Examination {
    /// No item was examined for it: nothing is concluded.
    NotTested,
    /// Some items have no answer yet.
    Open,
    /// Every item has one.
    Concluded,
}

/// What share of a stratum deviates at most, as far as a sample can tell.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct UpperLimit {
    /// How sure that is: 0.90 or 0.95.
    pub confidence: f64,
    /// For a population of any size, 0 to 1.
    pub binomial: f64,
    /// For a population of [`Conclusion::population`] changes, 0 to 1: as a rule lower, because what was examined is known.
    pub hypergeometric: f64,
}

/// What a sample says of one attribute in one stratum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Conclusion {
    /// The attribute.
    pub attribute: Attribute,
    /// The stratum.
    pub stratum: Stratum,
    /// How far the examination is.
    pub examination: Examination,
    /// Changes in the stratum of which the attribute is asked: of emergencies other things are asked than of the rest.
    #[ts(type = "number")]
    pub population: u64,
    /// Items with an answer that counts: all but those to which the attribute does not apply.
    #[ts(type = "number")]
    pub examined: u64,
    /// Items that deviate, those that cannot be examined among them.
    #[ts(type = "number")]
    pub deviations: u64,
    /// Items to which the attribute does not apply.
    #[ts(type = "number")]
    pub not_applicable: u64,
    /// Items without an answer.
    #[ts(type = "number")]
    pub open: u64,
    /// Deviations by items examined, 0 to 1; `None` where none was examined.
    pub rate: Option<f64>,
    /// What share of [`Self::population`] deviates at most, at 90 % and at 95 %; empty until every item has an answer, and where
    /// none counts. Changes to which it does not apply, says the auditor, are left in the population: of those that were not
    /// drawn nobody knows how many they are.
    pub limits: Vec<UpperLimit>,
}

impl Conclusion {
    /// Of every attribute that was tested in any stratum: also those of strata in which its answers are still missing, but not
    /// of strata in which it is not asked.
    pub fn of_tested(conclusions: &[Self]) -> impl Iterator<Item = &Self> {
        let is_tested = |attribute| {
            let mut of_attribute = conclusions.iter().filter(move |found| found.attribute == attribute);
            of_attribute.any(|found| found.examination != Examination::NotTested)
        };
        conclusions.iter().filter(move |found| {
            let is_asked = found.examination != Examination::NotTested || found.open > 0;
            is_asked && is_tested(found.attribute)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_tested_in_one_stratum_is_open_in_the_others() {
        let conclusion = |attribute, stratum, examination, open| Conclusion {
            attribute,
            stratum,
            examination,
            population: 9,
            examined: 0,
            deviations: 0,
            not_applicable: 0,
            open,
            rate: None,
            limits: Vec::new(),
        };
        let conclusions = [
            conclusion(Attribute::C, Stratum::Emergency, Examination::NotTested, 4),
            conclusion(Attribute::C, Stratum::Routine, Examination::Concluded, 0),
            conclusion(Attribute::D, Stratum::Emergency, Examination::NotTested, 4),
            conclusion(Attribute::D, Stratum::Routine, Examination::NotTested, 5),
            conclusion(Attribute::L, Stratum::Emergency, Examination::Open, 1),
            conclusion(Attribute::L, Stratum::Routine, Examination::NotTested, 0),
        ];
        let found: Vec<_> =
            Conclusion::of_tested(&conclusions).map(|found| (found.attribute, found.stratum, found.open)).collect();
        assert_eq!(
            found,
            [
                (Attribute::C, Stratum::Emergency, 4),
                (Attribute::C, Stratum::Routine, 0),
                (Attribute::L, Stratum::Emergency, 1)
            ]
        );
    }
}
