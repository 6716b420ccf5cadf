use crate::{args::Arguments, failure::Failure};
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man as Page;
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Print the manual page, all verbs included
#[derive(Debug, Args)]
pub(crate) struct Man {}

impl Man {
    pub(crate) fn run(self) -> Result<ExitCode, Failure> {
        let mut command = Arguments::command();
        command.build();
        let mut out = io::stdout().lock();
        Page::new(command.clone()).render(&mut out)?;
        sections(&command, "", &mut out)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A section for each verb below `command`, and for the verbs below those: `POLICY`, `POLICY SET`.
fn sections(command: &Command, above: &str, out: &mut dyn Write) -> io::Result<()> {
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        let name = format!("{above}{}", verb.get_name().to_uppercase());
        writeln!(out, ".SH \"{name}\"")?;
        let page = Page::new(verb.clone());
        page.render_synopsis_section(out)?;
        page.render_description_section(out)?;
        page.render_options_section(out)?;
        sections(verb, &format!("{name} "), out)?;
    }
    Ok(())
}
