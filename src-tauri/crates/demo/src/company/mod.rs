//! The invented company: Marlpoint, a freight booking and customs house of about sixty engineers.

pub(crate) mod people;
pub(crate) mod repositories;

/// The owner in every repository URL and the site name in every incident URL.
pub(crate) const ORGANISATION: &str = "marlpoint";
