//! Importing every file of a ledger once more into a scratch ledger, to see that the current state follows from the evidence.

use crate::{error::AppError, host::Host, import_file::FileImport, jobs::Cancelled, texts};
use change_ledger_ingest::Input;
use change_ledger_store::{EvidenceFile, Finding, ImportStep, Ledger};
use std::{
    io::{self, Read},
    sync::{Mutex, PoisonError},
};

/// An imported file, read from the ledger that holds it.
struct Evidence<'s> {
    /// Taken by the thread that reads it; it is read once.
    file: Mutex<Option<EvidenceFile>>,
    step: &'s ImportStep,
}

impl Input for Evidence<'_> {
    fn name(&self) -> &str {
        &self.step.file
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok(Box::new(file.ok_or_else(|| io::Error::other("it was read to its end before"))?))
    }

    fn len(&self) -> Option<u64> {
        Some(self.step.bytes)
    }
}

/// What the ledger says now and its files do not, or the other way round.
///
/// # Errors
/// When a file cannot be read again, the disk is full, or the person stops it.
pub(crate) fn differences(ledger: &Ledger, host: &dyn Host, cancel: &Cancelled) -> Result<Vec<Finding>, AppError> {
    let policies = ledger.policy_history()?;
    let mut scratch = Ledger::scratch()?;
    for step in ledger.import_steps()? {
        let as_before = (texts::reading(&step.reading)?, step.supersedes);
        let evidence = Evidence { file: Mutex::new(Some(ledger.evidence_file(step.import)?)), step: &step };
        let mut import = FileImport { ledger: &mut scratch, host, cancel, dry_run: false, policies: &policies };
        import.repeat(&evidence, step.container.clone(), as_before)?;
    }
    Ok(ledger.differences(&scratch)?)
}
