//! One file per verb. The first line of each `Args` type's documentation is the verb's help.

pub(crate) mod attest;
pub(crate) mod attestations;
pub(crate) mod backup;
pub(crate) mod changes;
pub(crate) mod completeness;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod due;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod imports;
pub(crate) mod man;
pub(crate) mod metrics;
pub(crate) mod moved;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod report;
pub(crate) mod restore;
pub(crate) mod sample;
pub(crate) mod show;
pub(crate) mod verify;

use crate::{
    args::{Arguments, Format, Global, Moment, Verb},
    failure::Failure,
    host::TerminalHost,
};
use change_ledger_app::{App, AppError, ErrorCode, Host, Settings, WhenAbsent, use_case};
use std::{path::Path, process::ExitCode};

/// What every verb works with.
pub(crate) struct Context {
    pub(crate) app: App,
    pub(crate) host: TerminalHost,
    pub(crate) format: Format,
    pub(crate) quiet: bool,
}

impl Context {
    fn new(global: Global, when_absent: WhenAbsent) -> Result<Self, Failure> {
        let host = TerminalHost::new(global.quiet);
        let data_folder = host.data_folder();
        let ledger = match global.ledger {
            Some(named) => {
                in_existing_folder(&named)?;
                named
            }
            None => data_folder.join("change-ledger.changeledger"),
        };
        let as_of = match global.as_of {
            None | Some(Moment::Now) => None,
            Some(Moment::At(at)) => Some(at),
            Some(Moment::Day(day)) => Some(use_case::policy::day_begins(&ledger, day)?),
        };
        let app = App::new(Settings { ledger, data_folder, as_of, open_sample: false, when_absent })?;
        Ok(Self { app, host, format: global.format, quiet: global.quiet })
    }

    /// A remark for people, on stderr.
    pub(crate) fn remark(&self, text: &str) {
        if !self.quiet {
            eprintln!("{text}");
        }
    }

    /// Refuses formats that only `due` has.
    pub(crate) fn plain_format(&self) -> Result<Format, Failure> {
        plain(self.format)
    }
}

/// Refuses formats that only `due` has.
fn plain(format: Format) -> Result<Format, Failure> {
    match format {
        Format::Markdown | Format::Ics => {
            Err(Failure::wrong_use("only `due` can be printed as markdown or ics", "Use text, json or csv."))
        }
        format => Ok(format),
    }
}

/// Refuses a file in a folder that does not exist: a mistyped folder must not become a new one.
pub(crate) fn in_existing_folder(file: &Path) -> Result<(), AppError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder.filter(|folder| !folder.is_dir()) {
        None => Ok(()),
        Some(folder) => {
            let message = format!("{} cannot be there: the folder {} does not exist", file.display(), folder.display());
            Err(AppError::new(ErrorCode::NotWritable, message).hint("Make the folder first, or name another one."))
        }
    }
}

/// Carries out a verb.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let Arguments { global, verb } = arguments;
    if !matches!(verb, Verb::Due(_)) {
        plain(global.format)?;
    }
    let with = |when_absent| Context::new(global, when_absent);
    match verb {
        Verb::Import(verb) => verb.run(&with(WhenAbsent::Create)?),
        Verb::Imports(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Metrics(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Changes(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Show(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Explain(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Due(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Completeness(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::People(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Attest(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Attestations(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Policy(verb) => verb.run(&with(WhenAbsent::Create)?),
        Verb::Sample(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Report(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Verify(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Backup(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Restore(verb) => verb.run(&with(WhenAbsent::Create)?),
        Verb::Export(verb) => verb.run(&with(WhenAbsent::Refuse)?),
        Verb::Demo(verb) => verb.run(&with(WhenAbsent::Create)?),
        Verb::Completions(verb) => verb.run(),
        Verb::Man(verb) => verb.run(),
    }
}
