use crate::{args::Arguments, failure::Failure};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::process::ExitCode;

/// Print the completion script of a shell
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        clap_complete::generate(self.shell, &mut Arguments::command(), "change-ledger", &mut std::io::stdout().lock());
        Ok(ExitCode::SUCCESS)
    }
}
