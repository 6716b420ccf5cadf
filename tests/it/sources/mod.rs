//! Exports of every kind, from the file to what a person is told of it: `tests/fixtures/sources/KIND/FILE`.

mod caps;
mod packed;
mod raw;
mod readme;
mod recognised;

use change_ledger_app::{
    App, FileChoice, Host, Settings, Timestamp, WhenAbsent, use_case,
    wire::{ImportAnswer, ImportRequest, Progress},
};
use change_ledger_ingest::{ColumnProfile, Options};
use change_ledger_model::source::SourceKind;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// One export that was invented in the verified shape.
pub(crate) struct Fixture {
    pub(crate) kind: SourceKind,
    /// `KIND/FILE`.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

impl Fixture {
    /// Whether its name says that it holds no record.
    pub(crate) fn is_empty(&self) -> bool {
        self.path.contains("/empty")
    }
}

fn folder() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("tests/fixtures"));
    tests.into_iter().find(|folder| folder.join("sources").exists()).unwrap()
}

/// The profile that says what the columns of the fixture of no known tool mean.
pub(crate) fn profile() -> PathBuf {
    folder().join("profiles/register.toml")
}

/// Every fixture, in the order of their names.
pub(crate) fn fixtures() -> Vec<Fixture> {
    let names_in = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let sources = folder().join("sources");
    let mut found = Vec::new();
    for kind in names_in(&sources) {
        for file in names_in(&sources.join(&kind)) {
            let path = format!("{kind}/{file}");
            let bytes = fs::read(sources.join(&path)).unwrap();
            found.push(Fixture { kind: SourceKind::from_name(&kind).unwrap(), path, bytes });
        }
    }
    assert!(found.len() > SourceKind::ALL.len());
    found
}

/// What a person has to say about the fixtures: the repository of rows that do not name theirs, and the profile.
pub(crate) fn options(kind: SourceKind) -> Options {
    let profile = (kind == SourceKind::GenericCsv)
        .then(|| ColumnProfile::from_toml(&fs::read_to_string(profile()).unwrap()).unwrap());
    Options { repository: Some("acme/pay".to_owned()), profile, ..Options::default() }
}

/// The same as an import of files.
pub(crate) fn request(paths: &[&Path], dry_run: bool) -> ImportRequest {
    ImportRequest {
        paths: paths.iter().map(|path| path.display().to_string()).collect(),
        profile: Some(profile().display().to_string()),
        repository: Some("acme/pay".to_owned()),
        dry_run,
        ..ImportRequest::default()
    }
}

/// A ledger of its own, used without a program around it.
pub(crate) struct Ledger(App);

impl Ledger {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        let settings = Settings {
            ledger: folder.join("test.changeledger"),
            data_folder: folder.to_owned(),
            as_of: None,
            open_sample: false,
            when_absent: WhenAbsent::Create,
        };
        Self(App::new(settings).unwrap())
    }

    pub(crate) fn app(&self) -> &App {
        &self.0
    }

    pub(crate) fn import(&self, request: ImportRequest) -> ImportAnswer {
        use_case::import::import(&self.0, &Nobody, request).unwrap()
    }
}

/// Nobody looks on, and it is always the same moment.
pub(crate) struct Nobody;

impl Host for Nobody {
    fn now(&self) -> Timestamp {
        Timestamp::parse_rfc3339("2026-12-01T00:00:00Z").unwrap()
    }

    fn progress(&self, _: &Progress) {}

    fn choose_files(&self, _: FileChoice) -> Vec<PathBuf> {
        Vec::new()
    }

    fn choose_target(&self, _: &str) -> Option<PathBuf> {
        None
    }

    fn data_folder(&self) -> PathBuf {
        PathBuf::new()
    }

    fn shows_the_ledger_meanwhile(&self) -> bool {
        false
    }

    fn open_address(&self, _: &str) -> bool {
        false
    }
}
