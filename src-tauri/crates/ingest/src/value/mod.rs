//! Single values as exports spell them.

mod date_parts;
pub(crate) mod json;
pub(crate) mod local_time;
mod month;
pub(crate) mod null;
pub(crate) mod time;
