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
    let state = at.zip(report.as_ref()).and_then(|(event, report)| state_of(&events, event.seq, report));
    let gathered_at = state.map_or(0, |event| event.seq);
    let since =
        at.map(|_| events.iter().filter(|later| later.seq > gathered_at && later.kind != ISSUED).count() as u64);
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

/// The last event that the report recorded at `seq` knew: the one whose hash it prints, because others may have written to
/// the ledger before it was recorded. Reports leave each other out of the state that they print.
fn state_of<'e>(events: &'e [Event], seq: i64, report: &IssuedReport) -> Option<&'e Event> {
    let printed = report.ledger_head.as_ref();
    let is_printed = |event: &&Event| printed.is_some_and(|head| super::hex(event.sha256) == *head);
    let before = || events.iter().rfind(|event| event.seq < seq && event.kind != ISSUED);
    events.iter().find(is_printed).or_else(before)
}
