//! Single values as exports spell them.

pub(crate) mod clock_changes;
mod date_parts;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod local_time;
mod month;
pub(crate) mod null;
pub(crate) mod time;
