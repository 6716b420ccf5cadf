//! The targets, one file per parser.

mod archive;
mod csv;
mod dates;
mod git_log;
mod json;
mod mentions;
mod policy;
mod profile;
mod sources;
mod workbook;
mod xml;

/// One parser under test.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, also that of its program in `tests/fuzz/targets`.
    pub name: &'static str,
    /// Gives any bytes to the parser, and fails where a property does not hold.
    pub check: fn(&[u8]),
    /// Bytes that lead far into the parser.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All targets.
pub const TARGETS: [Target; 11] = [
    Target { name: "archive", check: archive::check, seeds: archive::seeds },
    Target { name: "csv", check: csv::check, seeds: csv::seeds },
    Target { name: "dates", check: dates::check, seeds: dates::seeds },
    Target { name: "git_log", check: git_log::check, seeds: git_log::seeds },
    Target { name: "json", check: json::check, seeds: json::seeds },
    Target { name: "mentions", check: mentions::check, seeds: mentions::seeds },
    Target { name: "policy", check: policy::check, seeds: policy::seeds },
    Target { name: "profile", check: profile::check, seeds: profile::seeds },
    Target { name: "sources", check: sources::check, seeds: sources::seeds },
    Target { name: "workbook", check: workbook::check, seeds: workbook::seeds },
    Target { name: "xml", check: xml::check, seeds: xml::seeds },
];

/// Gives `bytes` to the target of a name.
///
/// # Panics
/// Where a property of the target does not hold, or there is no such target.
pub fn try_target(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.unwrap_or_else(|| panic!("{name} is no target")).check)(bytes);
}
