use super::Context;
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::use_case;
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

/// Write a sample workspace: exports of a fictional company, and the numbers a correct tool must find in them
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Folder to write to
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// The same seed gives the same files
    #[arg(long, value_name = "N", default_value_t = use_case::demo::DEFAULT_SEED)]
    seed: u64,
    /// So many changes instead of the story's
    #[arg(long, value_name = "N")]
    changes: Option<u64>,
}

impl Demo {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let answer = use_case::demo::demo(&context.host, &self.out, self.seed, self.changes)?;
        match format {
            Format::Json => output::json(&answer)?,
            Format::Csv => output::csv(&["file"], answer.files.iter().map(|file| [file]))?,
            _ => {
                output::text(&answer.files.join("\n"))?;
                context.remark(&format!(
                    "{} changes; the right numbers are in {}, as of {}",
                    answer.changes, answer.truth, answer.as_of
                ));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
