//! The integration tests: the command line and the use cases, from exported files to answers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::must_use_candidate,
    missing_docs,
    reason = "a test that fails says so loudly"
)]

mod bindings;
mod change_tickets;
mod code_hosts;
mod commandline;
mod hostile;
mod importing;
mod metrics_agree;
mod oracle;
mod rereading;
mod support;
mod supporting;
mod tidy;
mod traps;
mod truth;
