use super::Context;
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::use_case;
use clap::Args;
use serde::Serialize;
use std::{path::PathBuf, process::ExitCode};

/// Put a backup in the ledger's place, after checking it; the ledger that was there is kept beside it
///
/// JSON: `{"ledger", "backup", "kept"}`; `kept` is the file of the ledger that was there, `null` where there was none.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup
    file: PathBuf,
}

impl Restore {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let answer = use_case::workspace::restore(&context.app, &context.host, &self.file);
        context.host.finish();
        let answer =
            Restored { ledger: context.app.ledger_file(), backup: self.file.display().to_string(), kept: answer?.path };
        match (context.format, answer.kept) {
            (Format::Json, kept) => output::json(&Restored { kept, ..answer })?,
            (Format::Csv, kept) => {
                output::csv(&["ledger", "backup", "kept"], [[answer.ledger, answer.backup, kept.unwrap_or_default()]])?;
            }
            (_, Some(kept)) => output::text(&format!("Restored. The ledger that was there is kept as {kept}"))?,
            (_, None) => output::text("Restored.")?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A backup that took the ledger's place.
#[derive(Debug, Serialize)]
struct Restored {
    /// Where the ledger is.
    ledger: String,
    /// The backup that it is a copy of now.
    backup: String,
    /// Where the ledger that was there is kept; `None` where there was none.
    kept: Option<String>,
}
