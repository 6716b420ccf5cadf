//! What must hold of any bytes that are given to a parser, one [`Target`] per parser.
//!
//! A target is a plain function that fails where its property does not hold. Two things feed it: libFuzzer, through
//! the programs in `tests/fuzz/targets` (`make fuzz`), and the integration tests, with seeds and a fixed number of
//! [`Mutations`] of them. Both therefore try the same properties.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a property that fails says so loudly"
)]

mod any_file;
mod fixtures;
mod mutation;
mod target;

pub use mutation::Mutations;
pub use target::{TARGETS, Target, try_target};
