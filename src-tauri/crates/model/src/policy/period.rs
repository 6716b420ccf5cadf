//! When a change counts, and in which quarter.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Fiscal year and time zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Month (1 to 12) in which the fiscal year starts.
    pub fiscal_year_start: u32,
    /// Zone in which quarters and business days begin and end.
    pub timezone: Tz,
}

/// What counts as the implementation of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// The moment.
    pub implemented: ClockKind,
}

/// The moment that counts as the implementation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// The merge, or the end of work on a change ticket.
    Merged,
    /// The first successful production deployment of the merge commit where one is known, else as [`Merged`](Self::Merged).
    Deployed,
}
