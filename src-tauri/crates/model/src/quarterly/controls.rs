//! How the changes of a quarter answer the controls.

use crate::control::Attribute;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Each control, by its letter, with how the changes answer it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(as = "BTreeMap<String, ControlCounts>")]
pub struct ControlTable(pub BTreeMap<Attribute, ControlCounts>);

impl ControlTable {
    /// Every control, answered by no change yet.
    #[must_use]
    pub fn without_changes() -> Self {
        Self(Attribute::ALL.into_iter().map(|control| (control, ControlCounts::default())).collect())
    }
}

/// How the changes of a quarter answer one control; the four partition its population.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ControlCounts {
    /// It holds.
    #[ts(type = "number")]
    pub pass: u64,
    /// It does not.
    #[ts(type = "number")]
    pub fail: u64,
    /// It is not asked of them.
    #[ts(type = "number")]
    pub not_applicable: u64,
    /// The files do not tell.
    #[ts(type = "number")]
    pub unknown: u64,
}
