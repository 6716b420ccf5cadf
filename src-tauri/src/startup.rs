//! What the program was started with.

use change_ledger_app::{Settings, Timestamp, WhenAbsent};
use std::{ffi::OsString, path::PathBuf};
use tauri::{AppHandle, Manager};

/// How the program is started, for people.
pub(crate) const USAGE: &str = "\
Usage: change-ledger-desktop [--sample] [--as-of TIME] [LEDGER]

  LEDGER        the ledger file to open; made when it is not there
                (otherwise the one named by CHANGE_LEDGER_FILE, or the one in your data folder)
  --sample      open the fictional sample workspace
  --as-of TIME  age open reviews at this moment, such as 2026-10-01T08:00:00Z, instead of now
  --help        show this and end
  --version     show the version and end";

/// What a start asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// The window.
    Window(Startup),
    /// How the program is started.
    Usage,
    /// Which version it is.
    Version,
}

/// What the window is opened with, as given.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Startup {
    ledger: Option<PathBuf>,
    sample: bool,
    as_of: Option<Timestamp>,
}

/// The arguments make no sense; the text says which.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StartupError {
    #[error("`{0}` is not an option")]
    UnknownOption(String),
    #[error("--as-of needs a time such as 2026-10-01T08:00:00Z")]
    AsOf,
    #[error("name one ledger file at most")]
    TwoLedgers,
}

impl Wish {
    /// Reads the arguments after the program's name.
    pub(crate) fn from_arguments(mut arguments: impl Iterator<Item = OsString>) -> Result<Self, StartupError> {
        let mut startup = Startup::default();
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--help" | "-h") => return Ok(Self::Usage),
                Some("--version" | "-V") => return Ok(Self::Version),
                Some("--sample") => startup.sample = true,
                Some("--as-of") => {
                    let time = arguments.next().and_then(|time| Timestamp::parse_rfc3339(time.to_str()?));
                    startup.as_of = Some(time.ok_or(StartupError::AsOf)?);
                }
                Some(option) if option.starts_with('-') => return Err(StartupError::UnknownOption(option.to_owned())),
                _ if startup.ledger.is_some() => return Err(StartupError::TwoLedgers),
                _ => startup.ledger = Some(PathBuf::from(argument)),
            }
        }
        Ok(Self::Window(startup))
    }
}

impl Startup {
    /// The ledger to open: the one named, else `CHANGE_LEDGER_FILE`, else the one in the data folder.
    pub(crate) fn into_settings(self, handle: &AppHandle) -> Result<Settings, tauri::Error> {
        let data_folder = handle.path().app_local_data_dir()?;
        let from_environment =
            || std::env::var_os("CHANGE_LEDGER_FILE").filter(|path| !path.is_empty()).map(PathBuf::from);
        let ledger =
            self.ledger.or_else(from_environment).unwrap_or_else(|| data_folder.join("change-ledger.changeledger"));
        let when_absent = WhenAbsent::Create;
        Ok(Settings { ledger, data_folder, as_of: self.as_of, open_sample: self.sample, when_absent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str], expected: Result<Wish, StartupError>) {
        assert_eq!(Wish::from_arguments(arguments.iter().map(OsString::from)), expected, "{arguments:?}");
    }

    #[test]
    fn arguments_are_read() {
        check(&[], Ok(Wish::Window(Startup::default())));
        check(&["--help"], Ok(Wish::Usage));
        check(&["--sample", "-V"], Ok(Wish::Version));
        let as_of = Timestamp::parse_rfc3339("2026-10-01T08:00:00Z");
        assert!(as_of.is_some());
        check(
            &["--sample", "--as-of", "2026-10-01T08:00:00Z"],
            Ok(Wish::Window(Startup { sample: true, as_of, ledger: None })),
        );
        let ledger = Some(PathBuf::from("a.changeledger"));
        check(&["a.changeledger"], Ok(Wish::Window(Startup { ledger, ..Startup::default() })));
    }

    #[test]
    fn nonsense_is_refused() {
        check(&["--smaple"], Err(StartupError::UnknownOption("--smaple".to_owned())));
        check(&["--as-of", "tomorrow"], Err(StartupError::AsOf));
        check(&["--as-of"], Err(StartupError::AsOf));
        check(&["a", "b"], Err(StartupError::TwoLedgers));
    }
}
