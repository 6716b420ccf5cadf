//! The use cases, one file per topic. Window and command line are two hosts of them.

pub mod attestation;
pub mod change;
pub mod changes;
pub mod completeness;
pub mod demo;
pub mod due;
pub mod explain;
pub mod export;
pub mod import;
pub mod linked;
pub mod metrics;
pub mod people;
pub mod policy;
pub mod profile;
pub mod report;
pub mod sample;
pub mod search;
pub mod workspace;
