//! The use cases, one file per topic. Window and command line are two hosts of them.

pub mod change;
pub mod changes;
pub mod completeness;
pub mod demo;
pub mod due;
pub mod import;
pub mod linked;
pub mod metrics;
pub mod people;
pub mod policy;
pub mod profile;
pub mod report;
pub mod search;
pub mod workspace;
