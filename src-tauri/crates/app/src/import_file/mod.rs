//! The way of one file into the ledger: read, hashed and compressed on one thread, parsed on a second, written on this one.

mod again;
mod change_types;
mod evidence;
mod feed;
mod noticed;
mod own_repository;
mod pipeline;
mod read_as;
mod sequence;
mod watched;

pub(crate) use evidence::fingerprint;
pub(crate) use noticed::ROWS_LEFT_OUT;
pub(crate) use pipeline::{FileImport, cancelled};
pub(crate) use read_as::ReadAs;
pub(crate) use sequence::Waiting;
pub(crate) use watched::{Onlooker, Watched};
