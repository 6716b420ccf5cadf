//! The arguments as typed.

use crate::commands;
use change_ledger_app::Timestamp;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Change-management evidence and metrics from exported pull requests, tickets and incidents. Never uses the network.
#[derive(Debug, Parser)]
#[command(name = "change-ledger", version, max_term_width = 110)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// Arguments that every verb understands.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The ledger file [default: the one in the data folder of this user]
    #[arg(long, global = true, value_name = "FILE", env = "CHANGE_LEDGER_FILE")]
    pub(crate) ledger: Option<PathBuf>,
    /// The moment at which open reviews are aged, such as 2026-10-01T08:00:00Z [default: now]
    #[arg(long, global = true, value_name = "TIME", value_parser = time)]
    pub(crate) as_of: Option<Timestamp>,
    /// How to print the answer
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// No progress and no remarks, only the answer and errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// No colours
    #[arg(long, global = true)]
    pub(crate) no_color: bool,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For scripts; the keys are stable
    Json,
    /// For spreadsheets
    Csv,
    /// For chat and tickets (`due` only)
    Markdown,
    /// For calendars (`due` only)
    Ics,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Import(commands::import::Import),
    Imports(commands::imports::Imports),
    Metrics(commands::metrics::Metrics),
    Changes(commands::changes::Changes),
    Show(commands::show::Show),
    Due(commands::due::Due),
    Policy(commands::policy::Policy),
    Report(commands::report::Report),
    Verify(commands::verify::Verify),
    Backup(commands::backup::Backup),
    Restore(commands::restore::Restore),
    Demo(commands::demo::Demo),
    Completions(commands::completions::Completions),
    Man(commands::man::Man),
}

fn time(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse_rfc3339(text).ok_or_else(|| "write it as 2026-10-01T08:00:00Z".to_owned())
}
