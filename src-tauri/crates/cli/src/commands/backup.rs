use super::{Context, in_existing_folder};
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::use_case;
use clap::Args;
use serde::Serialize;
use std::{path::PathBuf, process::ExitCode};

/// Write a consistent copy of the ledger, also while it is in use
///
/// JSON: `{"ledger", "file"}`, the ledger that was copied and the copy.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// Where to; must not exist yet
    file: PathBuf,
}

impl Backup {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        in_existing_folder(&self.file)?;
        use_case::workspace::backup(&context.app, &self.file)?;
        let answer = Copied { ledger: context.app.ledger_file(), file: self.file.display().to_string() };
        match context.format {
            Format::Json => output::json(&answer)?,
            Format::Csv => output::csv(&["ledger", "file"], [[answer.ledger, answer.file]])?,
            _ => output::text(&answer.file)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A copy that was written.
#[derive(Debug, Serialize)]
struct Copied {
    /// The ledger.
    ledger: String,
    /// The copy.
    file: String,
}
