use crate::{args::Arguments, failure::Failure};
use clap::{Args, CommandFactory};
use clap_mangen::Man as Page;
use std::{io::Write, process::ExitCode};

/// Print the manual page, all verbs included
#[derive(Debug, Args)]
pub(crate) struct Man {}

impl Man {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let mut command = Arguments::command();
        command.build();
        let mut out = std::io::stdout().lock();
        Page::new(command.clone()).render(&mut out)?;
        for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
            let page = Page::new(verb.clone());
            writeln!(out, ".SH \"{}\"", verb.get_name().to_uppercase())?;
            page.render_synopsis_section(&mut out)?;
            page.render_description_section(&mut out)?;
            page.render_options_section(&mut out)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
