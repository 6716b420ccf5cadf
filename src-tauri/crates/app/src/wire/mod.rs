//! The types that cross to the window and to scripts. Written once, here; the window's TypeScript is made from them.

mod attestation;
mod change;
mod completeness;
mod control;
mod export;
mod import;
mod laid_out;
mod overview;
mod people;
mod policy;
mod report;
mod sample;
mod workspace;

pub use attestation::*;
pub use change::*;
pub use completeness::*;
pub use control::*;
pub use export::*;
pub use import::*;
pub use laid_out::*;
pub use overview::*;
pub use people::*;
pub use policy::*;
pub use report::*;
pub use sample::*;
pub use workspace::*;

use serde::{Deserialize, Serialize};

/// A request without parameters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[ts(type = "Record<string, never>")]
pub struct Nothing {}
