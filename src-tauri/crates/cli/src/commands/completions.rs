use crate::{args::Arguments, failure::Failure};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::{io::Write, process::ExitCode};

/// Print the completion script of a shell
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        // Into memory first: the generator itself panics when whoever reads has seen enough.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "change-ledger", &mut script);
        std::io::stdout().lock().write_all(&script)?;
        Ok(ExitCode::SUCCESS)
    }
}
