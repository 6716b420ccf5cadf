//! The command line twin of the window: reads arguments, runs a use case, prints its answer.

mod args;
mod commands;
mod failure;
mod host;
mod output;

use args::{Arguments, Format};
use clap::Parser;
use failure::Failure;
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
    let wants_json = || {
        let words: Vec<OsString> = std::env::args_os().collect();
        let after_flag =
            words.windows(2).any(|pair| matches!(pair, [flag, value] if flag == "--format" && value == "json"));
        after_flag || words.iter().any(|word| word == "--format=json")
    };
    if error.use_stderr() && wants_json() {
        let said = error.to_string();
        let message = said.lines().next().unwrap_or_default();
        return Failure::wrong_use(message.strip_prefix("error: ").unwrap_or(message)).print(Format::Json);
    }
    if error.print().is_err() {
        return ExitCode::FAILURE;
    }
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}
