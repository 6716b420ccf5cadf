pub use change_ledger_model::quarterly::Grouping;
use serde::{Deserialize, Serialize};

/// Which quarters to compute. Without any, every quarter from the first to the last with a change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields, default)]
pub struct MetricsRequest {
    /// First quarter, `2026-Q3`.
    pub from: Option<String>,
    /// Last quarter.
    pub to: Option<String>,
    /// Also per group.
    pub by: Option<Grouping>,
    /// Also how long retroactive reviews stayed open, as a curve per quarter.
    #[ts(as = "Option<bool>", optional)]
    pub curves: bool,
    /// Also which of the quarters were reported otherwise.
    #[ts(as = "Option<bool>", optional)]
    pub restated: bool,
}

/// A chart for the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ChartRequest {
    /// Which one.
    pub chart: ChartKind,
    /// The quarter that the chart ends with.
    pub quarter: String,
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
}

/// The charts there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Emergency ratio per quarter with its limit.
    EmergencyRatio,
    /// Classes per quarter.
    Classes,
    /// Retroactive reviews by state per quarter.
    RetroactiveReviews,
    /// Time to review against the deadline, in one quarter.
    TimeToReview,
    /// The estimated share of reviews still open by time, with its confidence band, in one quarter.
    ReviewCurve,
}

/// A drawn chart with its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ChartAnswer {
    /// Title.
    pub title: String,
    /// What it shows, as a sentence.
    pub description: String,
    /// SVG with classes for the screen's theme, `role=img`, a name and `data-*` per mark.
    pub svg: String,
    /// The same numbers as a table.
    pub table: ChartTable,
}

/// The numbers of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ChartTable {
    /// Column headings.
    pub columns: Vec<String>,
    /// Rows of cells, written for people.
    pub rows: Vec<Vec<String>>,
}

/// What each metric means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct DefinitionsAnswer {
    /// In the order of the report.
    pub definitions: Vec<Definition>,
}

/// What one metric means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Definition {
    /// Stable name, `emergency_ratio`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// What it says.
    pub definition: String,
    /// How it is computed.
    pub formula: String,
    /// When there is no value.
    pub null_when: String,
}
