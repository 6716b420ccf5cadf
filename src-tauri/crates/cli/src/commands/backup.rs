use super::{Context, in_existing_folder};
use crate::{failure::Failure, output};
use change_ledger_app::use_case;
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

/// Write a consistent copy of the ledger, also while it is in use
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// Where to; must not exist yet
    file: PathBuf,
}

impl Backup {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        in_existing_folder(&self.file)?;
        use_case::workspace::backup(&context.app, &self.file)?;
        output::text(&format!("{}", self.file.display()))?;
        Ok(ExitCode::SUCCESS)
    }
}
