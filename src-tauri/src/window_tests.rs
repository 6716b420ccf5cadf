//! Hooks for the tests that drive the real window; no part of a released program.
//!
//! Native dialogs cannot be driven from outside, so the tests say beforehand, in the environment, what a person would choose.
//! And what a window complains about while it loads is over before a driver can listen, so a script listens from the start.

use std::path::PathBuf;
use tauri::{
    Runtime,
    plugin::{Builder, TauriPlugin},
};

/// The files that a person would choose: `CHANGE_LEDGER_TEST_FILES`, separated as in `PATH`.
pub(crate) fn chosen_files() -> Option<Vec<PathBuf>> {
    Some(std::env::split_paths(&std::env::var_os("CHANGE_LEDGER_TEST_FILES")?).collect())
}

/// The folder into which a person would save: `CHANGE_LEDGER_TEST_TARGET`.
pub(crate) fn target_folder() -> Option<PathBuf> {
    std::env::var_os("CHANGE_LEDGER_TEST_TARGET").map(PathBuf::from)
}

/// Gathers errors, warnings and violations of the content security policy from before the first script runs.
pub(crate) fn complaints<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("complaints").js_init_script(include_str!("complaints.js")).build()
}
