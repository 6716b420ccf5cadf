//! Whether a file is a report that this ledger issued, and what the ledger held then.

use super::ISSUED;
use crate::{
    app::App,
    error::{AppError, ErrorCode},
    wire::{IssuedReport, ReportVerification},
};
use change_ledger_store::Event;
use sha2::{Digest, Sha256};
use std::path::Path;

/// Looks a file up among the issued reports, by its bytes.
///
/// # Errors
/// When the file or the ledger cannot be read.
pub fn verify(app: &App, file: &Path) -> Result<ReportVerification, AppError> {
    let bytes = std::fs::read(file).map_err(|error| {
        AppError::new(ErrorCode::UnreadableInput, format!("{} cannot be read: {error}", file.display()))
            .hint("Check that the file exists, is a file and may be read.")
    })?;
    let sha256 = format!("{:x}", Sha256::digest(&bytes));
    let events = app.read(|ledger| Ok(ledger.events(None)?))?;
    let issued = events.iter().filter(|event| event.kind == ISSUED).find_map(|event| {
        let report: IssuedReport = serde_json::from_str(&event.payload).ok()?;
        (report.sha256 == sha256).then_some((event, report))
    });
    let (at, report) = match issued {
        Some((event, report)) => (Some(event), Some(report)),
        None => (None, None),
    };
    let state = at.and_then(|event| state_before(&events, event.seq));
    let since =
        at.map(|event| events.iter().filter(|later| later.seq > event.seq && later.kind != ISSUED).count() as u64);
    Ok(ReportVerification {
        file: file.display().to_string(),
        sha256,
        issued: report.is_some(),
        event: at.map(|event| event.seq),
        ledger_head: state.map(|event| super::hex(event.sha256)),
        ledger_events: state.map(|event| event.seq),
        events_since: since,
        report,
    })
}

/// The last event that the report at `seq` could know. Reports leave each other out of the state that they print.
fn state_before(events: &[Event], seq: i64) -> Option<&Event> {
    events.iter().rfind(|event| event.seq < seq && event.kind != ISSUED)
}
