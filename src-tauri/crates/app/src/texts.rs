//! Work on texts that follows an import: the search index, and the words of a policy that is new.
//!
//! Texts are kept once, in the evidence; both jobs read them from there again.

use crate::{
    error::{AppError, ErrorCode},
    host::Host,
    wire::{Job, Progress},
};
use change_ledger_ingest::Reading;
use change_ledger_model::{policy::PolicyHistory, record::Record};
use change_ledger_store::Ledger;
use std::ops::ControlFlow;

/// Records per transaction of the index; another writer waits no longer than one takes.
const BATCH: u32 = 2000;

/// How a file was read, as its import keeps it.
pub(crate) fn reading(kept: &str) -> Result<Reading, AppError> {
    serde_json::from_str(kept).map_err(|error| {
        AppError::new(ErrorCode::LedgerDamaged, format!("how a file was read cannot be read any more: {error}"))
    })
}

/// Reads one raw record again.
pub(crate) fn reread(raw: &[u8], kept: &str) -> Result<Vec<Record>, AppError> {
    Ok(change_ledger_ingest::reread(raw, &reading(kept)?)?)
}

/// Brings the search index up to date.
pub(crate) fn index(ledger: &mut Ledger, host: &dyn Host) -> Result<(), AppError> {
    let total = ledger.search_backlog()?;
    let mut left = total;
    while left > 0 {
        left = ledger.index_next(BATCH, &mut readable())?;
        show(host, "making texts searchable", total.saturating_sub(left));
    }
    Ok(())
}

/// Looks for the words of policies that were set after the last import.
pub(crate) fn match_policy_words(
    ledger: &mut Ledger,
    history: &PolicyHistory,
    host: &dyn Host,
) -> Result<(), AppError> {
    ledger.match_texts(history, &mut readable(), &mut |done| {
        show(host, "looking for the policy's words in earlier imports", done);
        ControlFlow::Continue(())
    })?;
    Ok(())
}

/// The records behind raw bytes; none where they cannot be read any more, which `verify` reports.
///
/// Neighbouring records mostly stand in one file, so how it was read is kept for the next one.
pub(crate) fn readable() -> impl FnMut(&[u8], &str) -> Vec<Record> {
    let mut last: Option<(String, Reading)> = None;
    move |raw, kept| {
        if last.as_ref().is_none_or(|(of, _)| of != kept) {
            last = reading(kept).ok().map(|reading| (kept.to_owned(), reading));
        }
        let reread = last.as_ref().and_then(|(_, reading)| change_ledger_ingest::reread(raw, reading).ok());
        reread.unwrap_or_default()
    }
}

fn show(host: &dyn Host, subject: &str, rows: u64) {
    host.progress(&Progress { job: Job::Index, subject: subject.to_owned(), rows, bytes: 0, total_bytes: None });
}
