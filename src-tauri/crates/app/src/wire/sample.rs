pub use change_ledger_model::samples::{PopulationPage, SampleItem, SamplePage};
use change_ledger_model::{
    Timestamp,
    judgement::Class,
    samples::{AnswerResult, Attribute, SizePreset, Stratum},
};
use serde::{Deserialize, Serialize};

/// Freezes a population for audit samples.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct FreezeRequest {
    /// The quarter, `2026-Q3`.
    pub quarter: String,
    /// What to call it; the quarter and what narrows it down, when `None`.
    #[serde(default)]
    pub name: Option<String>,
    /// Only changes of this repository.
    #[serde(default)]
    pub repository: Option<String>,
    /// Only changes of this class.
    #[serde(default)]
    pub class: Option<Class>,
    /// Who freezes it.
    #[serde(default)]
    pub by: Option<String>,
}

/// Draws a sample from a population.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct DrawRequest {
    /// The population: `P1`, or its name.
    pub population: String,
    /// What to seed the draw with: any text of one line.
    pub seed: String,
    /// So many of every stratum; of emergencies as many more as the policy wants in full.
    #[serde(default)]
    pub size: Option<u32>,
    /// A preset for the sizes, instead of `size`; as the policy says when neither is said.
    #[serde(default)]
    pub sizes: Option<SizePreset>,
    /// Other sizes for single strata.
    #[serde(default)]
    pub strata: Vec<SizeOfStratum>,
    /// Draw from the population as one, not stratum by stratum.
    #[serde(default)]
    pub whole: bool,
    /// Who draws it.
    #[serde(default)]
    pub by: Option<String>,
}

/// How many changes to draw from one stratum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct SizeOfStratum {
    /// The stratum.
    pub stratum: Stratum,
    /// How many.
    pub size: u32,
}

/// Names a population (`P1`, or its name) or a sample (`S1`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct SampleName {
    /// The name.
    pub name: String,
}

/// The populations and samples of the ledger, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SampleList {
    /// Frozen populations.
    pub populations: Vec<PopulationLine>,
    /// Samples drawn from them.
    pub samples: Vec<SampleLine>,
}

/// A population in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PopulationLine {
    /// `P1`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// When it was frozen.
    pub frozen_at: Timestamp,
    /// Its changes.
    #[ts(type = "number")]
    pub changes: u64,
    /// Its fingerprint.
    pub sha256: String,
}

/// A sample in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SampleLine {
    /// `S1`.
    pub id: String,
    /// The population: `P1`.
    pub population: String,
    /// When it was drawn.
    pub drawn_at: Timestamp,
    /// What it was seeded with.
    pub seed: String,
    /// Items that are in it, without those taken out.
    #[ts(type = "number")]
    pub items: u64,
    /// Those among them with an answer.
    #[ts(type = "number")]
    pub answered: u64,
    /// Those among them that deviate in something.
    #[ts(type = "number")]
    pub deviating: u64,
}

/// Answers one attribute of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerRequest {
    /// The sample: `S1`.
    pub sample: String,
    /// Number of the item.
    pub item: u32,
    /// The attribute.
    pub attribute: Attribute,
    /// What was found.
    pub result: AnswerResult,
    /// What was seen.
    #[serde(default)]
    pub note: Option<String>,
    /// Why it deviates: a cause code or a few words.
    #[serde(default)]
    pub cause: Option<String>,
    /// What the management says to it.
    #[serde(default)]
    pub response: Option<String>,
    /// The item in which it was tested again: `7`, or `S2/7` of another sample.
    #[serde(default)]
    pub retest: Option<String>,
    /// Who answers.
    #[serde(default)]
    pub by: Option<String>,
}

/// Takes an item out of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct TakeOutRequest {
    /// The sample: `S1`.
    pub sample: String,
    /// Number of the item.
    pub item: u32,
    /// Why it does not belong there.
    pub reason: String,
    /// Whether the next of its stratum takes its place.
    pub replace: bool,
    /// Who says so.
    #[serde(default)]
    pub by: Option<String>,
}

/// What was taken out of a sample, and what took its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TakenOut {
    /// The item, with the reason.
    pub removed: SampleItem,
    /// The item in its place; `None` where it was only taken out.
    pub replacement: Option<SampleItem>,
}

/// Asks for the work paper of a sample as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct PaperRequest {
    /// The sample: `S1`.
    pub sample: String,
    /// As what.
    pub format: PaperFormat,
}

/// The formats of a work paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum PaperFormat {
    /// For print and archive.
    Pdf,
    /// One file for a browser.
    Html,
    /// The grid for a spreadsheet.
    Csv,
    /// For a ticket or a wiki.
    Markdown,
}

/// A work paper that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct WrittenPaper {
    /// The file.
    pub path: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}
