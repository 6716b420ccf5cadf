//! Audit samples: a frozen population, what is drawn from it, and the auditor's answers.
//!
//! The auditor's statements are kept apart from the company's records: nothing here moves a verdict or a number of a quarter.

mod answer;
mod attribute;
mod conclusion;
mod page;
mod population;
mod removal;
mod size;

pub use answer::{Answer, AnswerResult, ItemReference, NoItem};
pub use attribute::Attribute;
pub use conclusion::{Conclusion, Examination, UpperLimit};
pub use page::{
    AnswerLine, AttributeTitle, Drift, ItemChange, ItemEvidence, MovedMember, PopulationPage, RemovedItem, SampleItem,
    SamplePage,
};
pub use population::{Frozen, Member, PopulationFilter, SourceFile, Stratum, StratumCount, fingerprint};
pub use removal::Removal;
pub use size::{SizePreset, StratumSize};

use crate::quarterly::PolicyReference;
use serde::{Deserialize, Serialize};

/// A sample as it was drawn. Who has the population and the seed can draw it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Number of the population.
    pub population: i64,
    /// What the draw was seeded with.
    pub seed: String,
    /// The preset that gave the sizes; `None` where a number gave them.
    pub preset: Option<SizePreset>,
    /// The policy whose sizes were taken, because none were said; `None` where they were.
    #[serde(default)]
    pub policy: Option<PolicyReference>,
    /// From which strata how many were asked for and drawn, in the order of the strata.
    pub strata: Vec<StratumSize>,
    /// What was drawn, in the order of the strata and within each in the order of the draw.
    pub items: Vec<Item>,
}

/// One change of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its number in the sample, from 1; replacements follow after the last.
    pub number: u32,
    /// The change's ledger-wide name.
    pub change: String,
    /// The stratum from which it was drawn; [`Stratum::All`] where the population was one.
    pub stratum: Stratum,
    /// The stratum in which the population has it.
    pub kind: Stratum,
    /// SHA-256 of `seed:change`, hexadecimal: the draw goes by its order.
    pub order: String,
}
