use super::Context;
use crate::{failure::Failure, output};
use change_ledger_app::use_case;
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

/// Put a backup in the ledger's place, after checking it; the ledger that was there is kept beside it
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup
    file: PathBuf,
}

impl Restore {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let answer = use_case::workspace::restore(&context.app, &context.host, &self.file);
        context.host.finish();
        let answer = answer?;
        match answer.path {
            Some(kept) => output::text(&format!("Restored. The ledger that was there is kept as {kept}"))?,
            None => output::text("Restored.")?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
