//! What there is to say of a population and of a sample: the answers to whoever asks, and the content of the work paper.

use super::{
    AnswerResult, Attribute, Conclusion, PopulationFilter, SizePreset, SourceFile, Stratum, StratumCount, StratumSize,
};
use crate::{Timestamp, quarterly::PolicyReference};
use serde::{Deserialize, Serialize};

/// A frozen population.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PopulationPage {
    /// `P1`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Number of its entry in the ledger's chain.
    #[ts(type = "number")]
    pub event: i64,
    /// When it was frozen.
    pub frozen_at: Timestamp,
    /// By whom, as they said.
    pub by: Option<String>,
    /// Which changes belong to it.
    pub filter: PopulationFilter,
    /// The moment of the judgement by which they were chosen and divided.
    pub as_of: Timestamp,
    /// The policy versions that judged them, oldest first.
    pub policies: Vec<PolicyReference>,
    /// The files that had been imported, oldest first.
    pub files: Vec<SourceFile>,
    /// Changes of no quarter, because no file says when they were implemented: any of them may belong here.
    #[ts(type = "number")]
    pub undated: u64,
    /// Its changes.
    #[ts(type = "number")]
    pub changes: u64,
    /// The same by stratum; empty strata are left out.
    pub strata: Vec<StratumCount>,
    /// SHA-256, hexadecimal, over the lines of `sample show POPULATION --ids`.
    pub sha256: String,
    /// The samples that were drawn from it: `S1`.
    pub samples: Vec<String>,
    /// What the ledger would say now.
    pub since: Drift,
}

/// What the ledger took in since a population was frozen, and what would be otherwise if it were frozen now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Drift {
    /// Imports.
    #[ts(type = "number")]
    pub imports: u64,
    /// Policies that were set.
    #[ts(type = "number")]
    pub policies: u64,
    /// Statements about who is who.
    #[ts(type = "number")]
    pub people: u64,
    /// Attestations about changes.
    #[ts(type = "number")]
    pub attestations: u64,
    /// Changes that would belong to it or to another stratum, or no longer to it, at the same moment of judgement; in the order
    /// of their names.
    pub moved: Vec<MovedMember>,
}

/// A change that a population would have otherwise if it were frozen now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct MovedMember {
    /// The change's ledger-wide name.
    pub id: String,
    /// Its stratum in the population; `None` where it is no member.
    pub frozen: Option<Stratum>,
    /// Its stratum now; `None` where it would be no member.
    pub now: Option<Stratum>,
}

/// A sample with everything that was done with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct SamplePage {
    /// `S1`.
    pub id: String,
    /// Number of its entry in the ledger's chain.
    #[ts(type = "number")]
    pub event: i64,
    /// When it was drawn.
    pub drawn_at: Timestamp,
    /// By whom, as they said.
    pub by: Option<String>,
    /// What the draw was seeded with.
    pub seed: String,
    /// The preset that gave the sizes; `None` where a number gave them.
    pub sizes: Option<SizePreset>,
    /// The policy whose sizes were taken, because none were said; `None` where they were.
    pub sizes_of: Option<PolicyReference>,
    /// From which strata how many were drawn.
    pub strata: Vec<StratumSize>,
    /// What it was drawn from.
    pub population: PopulationPage,
    /// Its items by their numbers, also those that were taken out.
    pub items: Vec<SampleItem>,
    /// What the letters of the attributes stand for.
    pub attributes: Vec<AttributeTitle>,
    /// What the answers amount to, by stratum and attribute.
    pub conclusions: Vec<Conclusion>,
    /// When something was last recorded about it: its draw, a removal or an answer.
    pub last_at: Timestamp,
    /// SHA-256 of that entry of the ledger's chain, hexadecimal.
    pub last_sha256: String,
}

/// An attribute and what it asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct AttributeTitle {
    /// The letter.
    pub attribute: Attribute,
    /// What is asked of a change.
    pub title: String,
    /// Of which strata it can be asked at all.
    pub asked_of: Vec<Stratum>,
}

impl AttributeTitle {
    /// Letter, question and strata of an attribute.
    #[must_use]
    pub fn of(attribute: Attribute) -> Self {
        let asked_of = Stratum::DIVIDED.into_iter().filter(|kind| attribute.applies_to(*kind)).collect();
        Self { attribute, title: attribute.title().to_owned(), asked_of }
    }
}

/// One item of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SampleItem {
    /// Its number in the sample.
    pub item: u32,
    /// The change's ledger-wide name.
    pub id: String,
    /// The change as the ledger knows it now; `None` where it no longer has it.
    pub change: Option<ItemChange>,
    /// The stratum from which it was drawn.
    pub stratum: Stratum,
    /// The stratum in which the population has it.
    pub kind: Stratum,
    /// SHA-256 of `seed:id`, hexadecimal: the draw goes by its order.
    pub order: String,
    /// The item whose place it takes.
    pub replaces: Option<u32>,
    /// Why it was taken out; `None` where it was not.
    pub removed: Option<RemovedItem>,
    /// The last answer to each question, in the order of the attributes.
    pub answers: Vec<AnswerLine>,
    /// Answers that a later one took the place of, oldest first.
    pub earlier: Vec<AnswerLine>,
}

/// The change of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ItemChange {
    /// Title line.
    pub title: String,
    /// Repository, or project of a change ticket.
    pub repository: String,
    /// Who opened it.
    pub author: Option<String>,
    /// When it was merged or implemented.
    pub implemented_at: Option<Timestamp>,
    /// Web address.
    pub url: Option<String>,
    /// Where its newest record stands.
    pub evidence: Option<ItemEvidence>,
}

/// Where a record stands in an imported file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ItemEvidence {
    /// Name of the file.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// First byte of the record.
    #[ts(type = "number")]
    pub offset: u64,
    /// Its length in bytes.
    #[ts(type = "number")]
    pub length: u64,
}

/// Why an item was taken out of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RemovedItem {
    /// Number of the entry in the ledger's chain.
    #[ts(type = "number")]
    pub event: i64,
    /// When.
    pub at: Timestamp,
    /// By whom, as they said.
    pub by: Option<String>,
    /// Why.
    pub reason: String,
    /// The item that takes its place.
    pub replaced_by: Option<u32>,
}

/// An auditor's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct AnswerLine {
    /// Number of the entry in the ledger's chain.
    #[ts(type = "number")]
    pub event: i64,
    /// The attribute.
    pub attribute: Attribute,
    /// What was found.
    pub result: AnswerResult,
    /// What was seen.
    pub note: Option<String>,
    /// Why it deviates.
    pub cause: Option<String>,
    /// What the management says to it.
    pub response: Option<String>,
    /// The item in which the attribute was tested again: `S2/7`.
    pub retest: Option<String>,
    /// When it was given.
    pub at: Timestamp,
    /// By whom, as they said.
    pub by: Option<String>,
}
