//! The arguments as typed.

use crate::commands;
use change_ledger_app::Timestamp;
use chrono::NaiveDate;
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
    /// The moment at which open reviews are aged: 2026-10-01T08:00:00Z, 2026-10-01 (the day's begin in the policy's
    /// zone), or now [default: now]
    #[arg(long, global = true, value_name = "TIME", value_parser = moment)]
    pub(crate) as_of: Option<Moment>,
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

/// A moment as a person writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// The present.
    Now,
    /// The first moment of a day, in the policy's time zone.
    Day(NaiveDate),
    /// This one.
    At(Timestamp),
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
    Explain(commands::explain::Explain),
    Due(commands::due::Due),
    Completeness(commands::completeness::Completeness),
    People(commands::people::People),
    Attest(commands::attest::Attest),
    Attestations(commands::attestations::Attestations),
    Policy(commands::policy::Policy),
    Report(commands::report::Report),
    Sample(commands::sample::Sample),
    Verify(commands::verify::Verify),
    Backup(commands::backup::Backup),
    Restore(commands::restore::Restore),
    Export(commands::export::Export),
    Demo(commands::demo::Demo),
    Completions(commands::completions::Completions),
    Man(commands::man::Man),
}

/// Reads a moment as a person writes it.
pub(crate) fn moment(text: &str) -> Result<Moment, NotAMoment> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("now") {
        return Ok(Moment::Now);
    }
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Moment::Day);
    Timestamp::parse_rfc3339(text).map(Moment::At).or_else(day).ok_or(NotAMoment)
}

/// A text is no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write it as 2026-10-01, 2026-10-01T08:00:00Z or now")]
pub(crate) struct NotAMoment;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_several_ways() {
        let at = |text: &str| Timestamp::parse_rfc3339(text).map(Moment::At).ok_or(NotAMoment);
        let day = NaiveDate::from_ymd_opt(2026, 10, 1).map(Moment::Day).ok_or(NotAMoment);
        let check = |text: &str, expected| assert_eq!(moment(text), expected, "{text}");
        check("now", Ok(Moment::Now));
        check("2026-10-01", day);
        check("2026-10-01T08:00:00Z", at("2026-10-01T08:00:00Z"));
        check("2026-10-01T10:00:00+02:00", at("2026-10-01T08:00:00Z"));
        check("2026-13-01", Err(NotAMoment));
        check("yesterday", Err(NotAMoment));
    }
}
