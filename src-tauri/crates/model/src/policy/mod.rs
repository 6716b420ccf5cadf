//! Policies: versioned documents whose parameters decide how changes are judged.

mod document;
mod error;
mod history;
pub mod patterns;
mod presets;

pub use document::{
    Approval, Authorisation, BatchStamp, BusinessHours, CalendarDays, Clock, ClockKind, Detection, Documentation,
    Exemption, IncidentWindow, Justification, Period, Policy, Population, RatioLimit, Review, ReviewOwed, Signalling,
    SmallNumbers,
};
pub use error::PolicyError;
pub use history::{PolicyHistory, PolicyVersion};
pub use patterns::Patterns;
pub use presets::{Preset, preset, presets};
