//! The metrics of quarters, told apart by repository, team, service or person.

use super::QuarterMetrics;
use serde::{Deserialize, Serialize};

/// By what the metrics of quarters are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// By repository.
    Repository,
    /// By the teams that the policy names.
    Team,
    /// By the services that repositories run in.
    Service,
    /// By author.
    Person,
}

/// The metrics of one group of changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct GroupMetrics {
    /// Repository, team, service or handle; `unknown` for what is in no group.
    pub name: String,
    /// Whether this is what is in no group.
    #[serde(default)]
    pub is_unknown: bool,
    /// One entry per quarter, ascending, no gaps.
    pub quarters: Vec<QuarterMetrics>,
}

/// What a person should know of the groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct GroupingNote {
    /// By what the groups are told apart.
    pub by: Grouping,
    /// What a group is, in whole sentences.
    pub definition: String,
    /// Changes of the population in these quarters that are in more than one group and counted in each.
    #[ts(type = "number")]
    pub in_several: u64,
    /// Those that are in none, and so in the group `unknown`.
    #[ts(type = "number")]
    pub in_none: u64,
}
