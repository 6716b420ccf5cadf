//! Several files, one after the other: while one is being committed, the next is being read.

use super::{
    again::{Plan, plan},
    pipeline::{FileImport, begin, cancelled},
    read_as::ReadAs,
    watched::Watched,
};
use crate::error::AppError;
use change_ledger_ingest::Input;
use change_ledger_model::import::ImportManifest;
use change_ledger_store::Ledger;
use std::ops::ControlFlow;

/// A file that is to be imported.
pub(crate) struct Waiting {
    pub(crate) input: Box<dyn Input + Send + Sync>,
    /// The archive that holds it.
    pub(crate) container: Option<String>,
    /// Whether it was found in a folder or an archive, not named itself.
    pub(crate) among_others: bool,
}

impl FileImport<'_> {
    /// Imports `files` in their order, each whole or not at all, and says of each what became of it, until told to stop.
    pub(crate) fn run(
        &mut self,
        files: &[Waiting],
        read_as: &ReadAs<'_>,
        mut each: impl FnMut(&Waiting, Result<ImportManifest, AppError>) -> ControlFlow<AppError>,
    ) -> Result<(), AppError> {
        let matchers = self.matchers()?;
        let cancel = self.cancel;
        // Settling how to read a file can mean to read all of it, so that it has to end when the person stops the import.
        let settle =
            |ledger: &Ledger, input: &dyn Input, now| match plan(ledger, &Watched::new(input, cancel), read_as, now) {
                Err(_) if cancel.is_set() => Err(cancelled()),
                settled => settled,
            };
        std::thread::scope(|scope| {
            let mut planned_ahead = None;
            let mut begun_ahead = None;
            for (n, file) in files.iter().enumerate() {
                let input = file.input.as_ref();
                let now = self.host.now();
                let planned = planned_ahead.take().unwrap_or_else(|| settle(self.ledger, input, now));
                let outcome = match planned {
                    _ if cancel.is_set() => Err(cancelled()),
                    Ok(Plan::Unchanged(manifest)) => Ok(*manifest),
                    Err(error) => Err(error),
                    Ok(Plan::Read { reading, supersedes }) => {
                        let begun = begun_ahead.take().unwrap_or_else(|| begin(scope, input, *reading, &matchers));
                        let next = files.get(n + 1).filter(|next| is_another(input, next.input.as_ref()));
                        planned_ahead = next.map(|next| settle(self.ledger, next.input.as_ref(), now));
                        let begin_next = || {
                            if let (Some(next), Some(Ok(Plan::Read { reading, .. }))) = (next, &planned_ahead) {
                                begun_ahead = Some(begin(scope, next.input.as_ref(), *reading.clone(), &matchers));
                            }
                        };
                        self.finish(input, file.container.clone(), supersedes, begun, &matchers, begin_next)
                    }
                };
                if let ControlFlow::Break(error) = each(file, outcome) {
                    return Err(error);
                }
            }
            Ok(())
        })
    }
}

/// Whether a file surely is another one than the file before it, so that how to read it can be settled before that one is
/// in the ledger.
fn is_another(one: &dyn Input, next: &dyn Input) -> bool {
    matches!((one.len(), next.len()), (Some(one), Some(next)) if one != next)
}

#[cfg(test)]
mod tests;
