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

mod answers;
mod attestations;
mod bindings;
mod change_tickets;
mod code_hosts;
mod commandline;
mod explained;
mod frozen;
mod fuzzing;
mod grouped;
mod hostile;
mod importing;
mod independence;
mod killed;
mod limits;
mod memory;
mod metrics_agree;
mod oracle;
mod people;
mod policy_decisions;
mod reperformance;
mod rereading;
mod restatement;
mod samples;
mod sources;
mod support;
mod supporting;
mod tidy;
mod traps;
mod truth;
mod unsaid;
