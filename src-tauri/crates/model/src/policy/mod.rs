//! Policies: versioned documents whose parameters decide how changes are judged.

mod calendar_days;
mod check;
mod clock;
mod counting;
mod document;
mod edited;
mod error;
mod examining;
mod groups;
mod history;
mod holding;
mod known_as;
mod on_record;
pub mod patterns;
mod period;
mod permitted;
mod presets;
mod reviewing;
mod signalling;

pub use calendar_days::CalendarDays;
pub use counting::{BatchStamp, Exemption, Population, RatioLimit, SmallNumbers};
pub use document::Policy;
pub use error::PolicyError;
pub use examining::{
    Controls, Patch, Retention, Roles, Rollback, RollbackPlan, SampleRule, SampleSizes, SeverityWords,
};
pub use groups::{Groups, Team};
pub use history::{PolicyHistory, PolicyVersion};
pub use on_record::{Authorisation, Documentation, Emergency, Justification, LinkRequired};
pub use patterns::Patterns;
pub use period::{Clock, ClockKind, Period};
pub use permitted::{Given, given_by_as_many, given_by_roles};
pub use presets::{Preset, preset, presets};
pub use reviewing::{Approval, Category, Review, ReviewEvidence, ReviewOwed};
pub use signalling::{BusinessHours, Detection, IncidentWindow, Signalling};
