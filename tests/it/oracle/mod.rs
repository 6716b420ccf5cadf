//! The definitions once more, as plain loops over a ledger's columns: slow, short, and written without a look at the
//! metrics package, so that both can only agree by being right.

#![allow(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "test code over small ledgers: a panic is a failed test"
)]

mod approval;
mod attested;
mod beside;
mod calendar;
mod carried;
mod categories;
mod controls;
mod curves;
pub mod generate;
mod groups;
mod permitted;
mod quarters;
mod reasons;
mod review;
mod texts;
mod verdicts;

pub use curves::curve;
pub use groups::groups;
pub use quarters::{metrics, quarters};

/// How many ledgers to generate: as many as the environment variable `CHANGE_LEDGER_LEDGERS` says, or `usual`.
pub fn cases(usual: u32) -> u32 {
    std::env::var("CHANGE_LEDGER_LEDGERS").ok().and_then(|number| number.parse().ok()).unwrap_or(usual)
}
pub use verdicts::{Judgement, judge};
