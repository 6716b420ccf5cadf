//! What was taken out of a sample after the draw.

use super::Item;
use serde::{Deserialize, Serialize};

/// An item that was taken out of a sample, which stays on the work paper with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// Number of the sample.
    pub sample: i64,
    /// Number of the item.
    pub item: u32,
    /// Why it does not belong there.
    pub reason: String,
    /// What takes its place: the next of its stratum in the order of the draw. `None` where nothing does.
    pub replacement: Option<Item>,
}
