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
    /// For a population of the stratum's size, 0 to 1: as a rule lower, because what was examined is known.
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
    /// Changes that the population has in the stratum.
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
    /// What share of the stratum deviates at most, at 90 % and at 95 %; empty until every item has an answer, and where none
    /// counts. Changes to which the attribute does not apply are left in the population, which can only raise the limit.
    pub limits: Vec<UpperLimit>,
}
