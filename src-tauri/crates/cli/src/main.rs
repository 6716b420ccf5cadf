//! The command line twin of the window: reads arguments, runs a use case, prints its answer.

mod args;
mod commands;
mod failure;
mod host;
mod output;
mod usage;

use args::{Arguments, Format};
use clap::{Parser, error::ErrorKind};
use std::{ffi::OsString, process::ExitCode};
use tracing_subscriber::EnvFilter;

/// An import allocates on one thread and frees on another, which the system's allocator does slowly.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // For the people who work on this program: CHANGE_LEDGER_LOG=timing=info shows where time goes.
    if let Ok(filter) = EnvFilter::try_from_env("CHANGE_LEDGER_LOG") {
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(std::io::stderr).init();
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    let format = arguments.global.format;
    match commands::run(arguments) {
        Ok(code) => code,
        Err(failure) => failure.print(format),
    }
}

/// Help and version go to stdout with exit code 0; wrong use to stderr with exit code 2, as JSON where JSON was asked for.
fn refuse(error: &clap::Error) -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let format = if asks_for_json(&words) { Format::Json } else { Format::Text };
    // Somebody who typed no verb at all wants to see them.
    let shows_help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && format == Format::Text;
    if error.use_stderr() && !shows_help {
        let failure = usage::explain(error, &words);
        failure::print_error(&failure, format);
        return failure::exit_code(failure.code);
    }
    if error.print().is_err() {
        return ExitCode::FAILURE;
    }
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// Whether JSON is asked for anywhere in arguments that could not be read as a whole.
fn asks_for_json(words: &[OsString]) -> bool {
    let after_flag =
        words.windows(2).any(|pair| matches!(pair, [flag, value] if flag == "--format" && value == "json"));
    after_flag || words.iter().any(|word| word == "--format=json")
}
