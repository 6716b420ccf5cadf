//! The search index, which follows imports as a job of its own.

use crate::{app::App, error::AppError, host::Host, texts};

/// Makes texts searchable that were imported since the last time, and says whether there were any.
///
/// It works on a connection of its own and in small steps, so that the window and other programs go on meanwhile;
/// interrupted, it goes on where it stopped.
///
/// # Errors
/// When the ledger cannot be read or written.
pub fn catch_up(app: &App, host: &dyn Host) -> Result<bool, AppError> {
    let mut ledger = app.open_separately()?;
    let behind = ledger.search_backlog()? > 0;
    if behind {
        texts::index(&mut ledger, host)?;
    }
    Ok(behind)
}
