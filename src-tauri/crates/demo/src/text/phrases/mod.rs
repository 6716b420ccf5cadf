//! Building blocks of the wording.

pub(crate) mod asides;
pub(crate) mod planned;
pub(crate) mod repairs;
