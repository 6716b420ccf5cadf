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
pub mod generate;
mod quarters;
mod verdicts;

pub use quarters::{metrics, quarters};
pub use verdicts::{Judgement, judge};
