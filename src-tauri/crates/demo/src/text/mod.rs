//! The words: titles, bodies, tickets and incident reports, written so that none of them says more than was planned.

pub(crate) mod incidents;
pub(crate) mod pull_requests;
pub(crate) mod tickets;

mod gist;
mod phrases;
pub(crate) mod statements;

pub(crate) use statements::Statements;
