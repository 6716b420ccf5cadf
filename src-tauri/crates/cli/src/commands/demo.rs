use super::Context;
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::use_case::{
    self,
    demo::{Plan, ToolChain},
};
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use std::{path::PathBuf, process::ExitCode};

/// Write a sample workspace: exports of a fictional company, and the numbers a correct tool must find in them
///
/// JSON: `{"files": [path, …], "truth", "as_of", "changes"}`.
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
    /// The tools that the company works with: the same story as the exports of others
    #[arg(long, value_name = "TOOLS", default_value_t, value_parser = tool_chains())]
    toolchain: ToolChain,
}

/// The names of the tool chains, which the help lists.
fn tool_chains() -> impl TypedValueParser<Value = ToolChain> {
    PossibleValuesParser::new(ToolChain::ALL.map(ToolChain::name)).try_map(|name| name.parse::<ToolChain>())
}

impl Demo {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let plan = Plan { seed: self.seed, changes: self.changes, tools: self.toolchain };
        let answer = use_case::demo::demo(&context.host, &self.out, &plan)?;
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
