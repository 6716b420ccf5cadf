//! The way of one file into the ledger: read, hashed and compressed on one thread, parsed on a second, written on this one.

mod again;
mod evidence;
mod feed;
mod pipeline;
mod sequence;

pub(crate) use pipeline::FileImport;
pub(crate) use sequence::Waiting;
