//! Writing the sample company's exports.

use crate::{
    error::AppError,
    host::Host,
    wire::{DemoAnswer, Job, Progress},
};
pub use change_ledger_demo::{Plan, ToolChain};
use std::path::Path;

/// The seed of the sample workspace.
pub const DEFAULT_SEED: u64 = 7;

/// Writes a fictional company's exports below `out`: the same plan writes the same bytes.
///
/// # Errors
/// When the folder holds something else, the number of changes is too small or large, or the disk refuses.
pub fn demo(host: &dyn Host, out: &Path, plan: &Plan) -> Result<DemoAnswer, AppError> {
    let subject = format!("writing the sample exports to {}", out.display());
    host.progress(&Progress { job: Job::Demo, subject, rows: 0, bytes: 0, total_bytes: None });
    let written = change_ledger_demo::write(out, plan)?;
    Ok(DemoAnswer {
        files: written.files.iter().map(|file| file.display().to_string()).collect(),
        truth: written.truth.display().to_string(),
        changes: written.changes,
        as_of: written.as_of,
    })
}
