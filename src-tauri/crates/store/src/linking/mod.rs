//! Who names whom: changes, tickets and incidents by the names in their texts and link fields.
//!
//! Links are worked out from the mentions whenever they are asked for, so that a link is never older than the
//! records on its two sides, whatever the order of imports.

mod directory;
mod graph;
pub(crate) mod merge;

pub(crate) use directory::{AllNames, Directory, change_names};
pub(crate) use graph::{Graph, IncidentLink, Links, Named};

#[cfg(test)]
mod tests;
