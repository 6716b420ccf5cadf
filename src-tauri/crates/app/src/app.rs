//! The open workspace: one ledger, what was computed from it, and the jobs that run on it.

use crate::{
    error::{AppError, ErrorCode},
    host::Host,
    jobs::Jobs,
    ledgers::Ledgers,
    lists::Lists,
    texts,
    wire::ChangesRequest,
};
use change_ledger_metrics::{Frames, Judged};
use change_ledger_model::{Timestamp, columns::LedgerColumns, person::PersonKind, policy::PolicyHistory};
use change_ledger_store::{Access, Ledger, StoreError};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

/// What a workspace is opened with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The ledger file.
    pub ledger: PathBuf,
    /// Where the sample workspace is kept.
    pub data_folder: PathBuf,
    /// The moment at which open reviews are aged; the present when `None`.
    pub as_of: Option<Timestamp>,
    /// Start with the sample workspace.
    pub open_sample: bool,
    /// What to do when there is no ledger file.
    pub when_absent: WhenAbsent,
}

/// What to do when there is no ledger file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenAbsent {
    /// Make an empty ledger.
    Create,
    /// Say so.
    Refuse,
}

/// The open workspace, shared by everything that a window or a command does.
pub struct App {
    settings: Settings,
    ledgers: Ledgers,
    computed: Mutex<Option<Arc<Computed>>>,
    jobs: Jobs,
    wants_sample: AtomicBool,
}

/// What was computed from one state of the ledger.
pub(crate) struct Computed {
    /// The policies by which changes were judged.
    pub(crate) history: PolicyHistory,
    /// The moment at which open reviews were aged.
    pub(crate) as_of: Timestamp,
    /// Row ids of the changes, by position.
    pub(crate) keys: Vec<i64>,
    /// Repository names, and the position in it per change.
    pub(crate) repositories: Vec<String>,
    /// Position of each change's repository.
    pub(crate) repository: Vec<u32>,
    /// Implementation of each change, UTC milliseconds.
    pub(crate) implemented_at: Vec<Option<i64>>,
    /// Whether the export of each change had labels.
    pub(crate) labels_known: Vec<bool>,
    /// The one person of each repository in which nobody else ever acted; `None` for the others.
    pub(crate) only_person: Vec<Option<String>>,
    /// Verdicts and metrics.
    pub(crate) judged: Judged,
    /// Lists of changes that were asked for, with the number of texts that the search index had not seen.
    pub(crate) lists: Lists<(ChangesRequest, u64)>,
    /// Keys in ascending order, with their positions.
    by_key: Arc<[(i64, u32)]>,
    frames: Arc<Frames>,
}

impl App {
    /// Prepares a workspace; the ledger file is opened when it is first needed.
    ///
    /// # Errors
    /// None at present; opening reports its own.
    pub fn new(settings: Settings) -> Result<Self, AppError> {
        let ledgers = Ledgers::at(settings.ledger.clone());
        let wants_sample = AtomicBool::new(settings.open_sample);
        Ok(Self { settings, ledgers, computed: Mutex::new(None), jobs: Jobs::default(), wants_sample })
    }

    /// What the workspace was opened with.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The moment at which open reviews are aged: the one asked for, the sample's, or the present.
    pub(crate) fn as_of(&self, host: &dyn Host) -> Timestamp {
        self.settings.as_of.or_else(|| self.ledgers.location().1).unwrap_or_else(|| host.now())
    }

    /// Whether the sample workspace was asked for at the start; `true` once.
    pub(crate) fn take_wish_for_sample(&self) -> bool {
        self.wants_sample.swap(false, Ordering::Relaxed)
    }

    /// Where the open ledger is, and whether it is the sample.
    pub(crate) fn location(&self) -> (PathBuf, bool) {
        let (path, sample_as_of) = self.ledgers.location();
        (path, sample_as_of.is_some())
    }

    /// Makes another ledger the open one; `sample_as_of` marks the sample workspace.
    pub(crate) fn switch_to(&self, path: &Path, sample_as_of: Option<Timestamp>) {
        self.ledgers.switch_to(path, sample_as_of);
        *lock(&self.computed) = None;
    }

    /// Closes the ledger file, so that it can be replaced; the next use opens it again.
    pub(crate) fn close(&self) {
        self.ledgers.close();
        *lock(&self.computed) = None;
    }

    /// Works with the open ledger. Others read and write meanwhile.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Ledger) -> Result<T, AppError>) -> Result<T, AppError> {
        self.ledgers.read(&|path| self.open(path), work)
    }

    /// Works with the open ledger, and may change it. Others read meanwhile.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&mut Ledger) -> Result<T, AppError>) -> Result<T, AppError> {
        self.ledgers.write(&|path| self.open(path), work)
    }

    /// The ledger file opened once more, for long work that must not keep the window waiting.
    pub(crate) fn open_separately(&self) -> Result<Ledger, AppError> {
        self.open(&self.location().0)
    }

    fn open(&self, path: &Path) -> Result<Ledger, AppError> {
        Ok(match self.settings.when_absent {
            WhenAbsent::Create => Ledger::create_or_open(path)?,
            WhenAbsent::Refuse => Ledger::open(path, Access::ReadWrite)?,
        })
    }

    /// The ledger's data version, for a watcher; `None` before the ledger was opened or when it cannot be read.
    #[must_use]
    pub fn data_version_if_idle(&self) -> Option<i64> {
        let version = || self.read(|ledger| Ok(ledger.data_version()?)).ok();
        self.ledgers.is_open().then(version).flatten()
    }

    /// Verdicts and metrics for the ledger's present state; kept until it, the policy or the moment changes.
    pub(crate) fn computed(&self, host: &dyn Host) -> Result<Arc<Computed>, AppError> {
        let as_of = self.as_of(host);
        // Held while computing: screens that ask at the same time share one computation.
        let mut slot = lock(&self.computed);
        let kept = slot.clone();
        let (version, history) = self.read(|ledger| Ok((ledger.data_version()?, ledger.policy_history()?)))?;
        if let Some(kept) = &kept
            && kept.frames.data_version() == version
            && kept.history == history
            && same_minute(kept.as_of, as_of)
        {
            return Ok(Arc::clone(kept));
        }
        let fresh = match kept.filter(|kept| {
            kept.frames.data_version() == version && kept.history.pattern_sets() == history.pattern_sets()
        }) {
            Some(kept) => Computed {
                judged: judge(&kept.frames, &history, as_of)?,
                keys: kept.keys.clone(),
                repositories: kept.repositories.clone(),
                repository: kept.repository.clone(),
                implemented_at: kept.implemented_at.clone(),
                labels_known: kept.labels_known.clone(),
                only_person: kept.only_person.clone(),
                lists: Lists::default(),
                by_key: Arc::clone(&kept.by_key),
                frames: Arc::clone(&kept.frames),
                history,
                as_of,
            },
            None => {
                let began = Instant::now();
                let columns = self.columns(&history, host)?;
                let keys = columns.changes.key.clone();
                let repository = columns.changes.repository.clone();
                let implemented_at = columns.changes.implemented_at.clone();
                let labels_known = columns.changes.labels_known.clone();
                let only_person = only_person(&columns);
                let repositories = columns.repositories.clone();
                let frames = Arc::new(Frames::load(columns)?);
                tracing::info!(target: "timing", seconds = began.elapsed().as_secs_f64(), "frames loaded");
                let judged = judge(&frames, &history, as_of)?;
                let mut by_key: Vec<(i64, u32)> = keys.iter().copied().zip(0..).collect();
                by_key.sort_unstable();
                Computed {
                    judged,
                    lists: Lists::default(),
                    by_key: by_key.into(),
                    keys,
                    repositories,
                    repository,
                    implemented_at,
                    labels_known,
                    only_person,
                    frames,
                    history,
                    as_of,
                }
            }
        };
        let fresh = Arc::new(fresh);
        *slot = Some(Arc::clone(&fresh));
        Ok(fresh)
    }

    /// The records as columns. Words that nobody has looked for in them yet are looked for first: another version of this
    /// program, with other rules for finding words, may have made the ledger.
    fn columns(&self, history: &PolicyHistory, host: &dyn Host) -> Result<LedgerColumns, AppError> {
        let load = || self.read(|ledger| Ok(ledger.columns(history)));
        match load()? {
            Err(StoreError::TextsNotMatched) => {
                self.write(|ledger| texts::match_policy_words(ledger, history, host))?;
                Ok(load()??)
            }
            loaded => Ok(loaded?),
        }
    }

    /// The jobs that run now.
    pub(crate) const fn jobs(&self) -> &Jobs {
        &self.jobs
    }
}

fn judge(frames: &Frames, history: &PolicyHistory, as_of: Timestamp) -> Result<Judged, AppError> {
    let began = Instant::now();
    let judged = frames.judge(history, as_of)?;
    tracing::info!(target: "timing", seconds = began.elapsed().as_secs_f64(), "changes judged");
    Ok(judged)
}

/// Per repository, the handle of the only human who ever opened, merged or reviewed a change there. Nobody can review
/// independently in such a repository.
fn only_person(columns: &LedgerColumns) -> Vec<Option<String>> {
    #[derive(Clone, Copy)]
    enum Seen {
        Nobody,
        One(u32),
        Several,
    }
    let mut seen = vec![Seen::Nobody; columns.repositories.len()];
    let mut note = |change: usize, person: Option<u32>| {
        let is_human =
            |person: &u32| columns.people.get(*person as usize).is_some_and(|(_, kind)| *kind == PersonKind::Human);
        let repository =
            columns.changes.repository.get(change).and_then(|repository| seen.get_mut(*repository as usize));
        if let (Some(person), Some(seen)) = (person.filter(is_human), repository) {
            *seen = match *seen {
                Seen::Nobody => Seen::One(person),
                Seen::One(known) if known == person => Seen::One(known),
                Seen::One(_) | Seen::Several => Seen::Several,
            };
        }
    };
    for (change, (author, merger)) in columns.changes.author.iter().zip(&columns.changes.merged_by).enumerate() {
        note(change, *author);
        note(change, *merger);
    }
    for (change, reviewer) in columns.reviews.change.iter().zip(&columns.reviews.reviewer) {
        note(*change as usize, Some(*reviewer));
    }
    let handle = |seen: Seen| match seen {
        Seen::One(person) => columns.people.get(person as usize).map(|(handle, _)| handle.clone()),
        Seen::Nobody | Seen::Several => None,
    };
    seen.into_iter().map(handle).collect()
}

/// A window that asks again within a minute gets the same ages; they are shown in hours.
const fn same_minute(one: Timestamp, other: Timestamp) -> bool {
    one.millis().div_euclid(60_000) == other.millis().div_euclid(60_000)
}

/// A thread that failed while it held the lock left nothing half-done behind: every change to the state is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Computed {
    /// The only person of the repository of the change at `position`, where nobody else ever acted.
    pub(crate) fn only_person_at(&self, position: usize) -> Option<&str> {
        let repository = *self.repository.get(position)?;
        self.only_person.get(repository as usize)?.as_deref()
    }

    /// Position of the change with this row id.
    pub(crate) fn position(&self, key: i64) -> Result<usize, AppError> {
        let found = self.by_key.binary_search_by_key(&key, |(key, _)| *key).ok();
        let position = found.and_then(|at| self.by_key.get(at)).map(|(_, position)| *position as usize);
        position.ok_or_else(|| AppError::new(ErrorCode::NotFound, "this record is not an implemented change"))
    }
}
