//! A host for tests, which does at each progress what a test wants.

use super::{FileChoice, Host};
use crate::{
    app::{App, Settings, WhenAbsent},
    wire::Progress,
};
use change_ledger_model::Timestamp;
use std::path::{Path, PathBuf};

/// What a test does when a use case shows how far it is.
type OnProgress<'a> = Box<dyn Fn(&Progress) + Send + Sync + 'a>;

/// Surroundings in which nobody chooses anything and the clock stands still.
pub(crate) struct Scripted<'a> {
    on_progress: OnProgress<'a>,
}

impl<'a> Scripted<'a> {
    pub(crate) fn quiet() -> Self {
        Self::at_progress(|_| {})
    }

    pub(crate) fn at_progress(act: impl Fn(&Progress) + Send + Sync + 'a) -> Self {
        Self { on_progress: Box::new(act) }
    }
}

impl Host for Scripted<'_> {
    fn now(&self) -> Timestamp {
        Timestamp::parse_rfc3339("2026-10-01T08:00:00Z").unwrap()
    }

    fn progress(&self, progress: &Progress) {
        (self.on_progress)(progress);
    }

    fn choose_files(&self, _: FileChoice) -> Vec<PathBuf> {
        Vec::new()
    }

    fn choose_target(&self, _: &str) -> Option<PathBuf> {
        None
    }

    fn data_folder(&self) -> PathBuf {
        std::env::temp_dir()
    }

    fn shows_the_ledger_meanwhile(&self) -> bool {
        true
    }

    fn open_address(&self, _: &str) -> bool {
        false
    }
}

/// A workspace whose ledger lies in `folder`.
pub(crate) fn app_in(folder: &Path) -> App {
    let ledger = folder.join("test.changeledger");
    let when_absent = WhenAbsent::Create;
    App::new(Settings { ledger, data_folder: folder.to_owned(), as_of: None, open_sample: false, when_absent }).unwrap()
}

/// An export of pull requests with these numbers, merged in the third quarter of 2026.
pub(crate) fn pulls(numbers: impl IntoIterator<Item = u32>) -> String {
    let pull = |number: u32| {
        format!(
            r#"{{"number":{number},"title":"Add field {number}","url":"https://github.com/acme/pay/pull/{number}","author":{{"login":"mara"}},"state":"MERGED","createdAt":"2026-07-01T08:00:00Z","mergedAt":"2026-07-01T09:00:00Z","updatedAt":"2026-07-01T09:00:00Z","baseRefName":"main","labels":[],"reviews":[]}}"#
        )
    };
    format!("[{}]", numbers.into_iter().map(pull).collect::<Vec<_>>().join(","))
}
