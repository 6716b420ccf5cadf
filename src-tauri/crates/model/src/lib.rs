//! What a change, a review, an incident, a quarter, a policy and a calendar are.
//!
//! Plain data and pure functions: no database, no clock, no file, no network. Every other
//! package speaks in these types, so that none of theirs (Polars, SQLite, Typst) crosses a border.

pub mod attestation;
pub mod calendar;
pub mod columns;
pub mod control;
mod fact;
pub mod identity;
pub mod import;
pub mod judged_facts;
pub mod judgement;
pub mod person;
pub mod policy;
pub mod quarter;
pub mod quarterly;
pub mod record;
pub mod restatement;
pub mod samples;
pub mod source;
pub mod time;
pub mod verdicts;

pub use time::Timestamp;
