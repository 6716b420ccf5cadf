//! The open workspace: one ledger, what was computed from it, and the jobs that run on it.

use crate::{
    error::AppError, host::Host, jobs::Jobs, ledgers::Ledgers, lists::Lists, loaded::Loaded, texts,
    wire::ChangesRequest,
};
use change_ledger_metrics::Judged;
use change_ledger_model::{Timestamp, columns::LedgerColumns, policy::PolicyHistory};
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
    /// The ledger's records, which every judgement of this state shares.
    pub(crate) loaded: Arc<Loaded>,
    /// Verdicts and metrics.
    pub(crate) judged: Judged,
    /// The same by the imported files alone; `None` where nothing that people attested holds.
    pub(crate) without_attestations: Option<Judged>,
    /// Lists of changes that were asked for, with the number of texts that the search index had not seen.
    pub(crate) lists: Lists<(ChangesRequest, u64)>,
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

    /// The file of the open ledger, as people read it.
    #[must_use]
    pub fn ledger_file(&self) -> String {
        self.location().0.display().to_string()
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
            && kept.loaded.data_version() == version
            && kept.history == history
            && same_minute(kept.as_of, as_of)
        {
            return Ok(Arc::clone(kept));
        }
        let reusable = kept.filter(|kept| {
            kept.loaded.data_version() == version
                && kept.history.pattern_sets() == history.pattern_sets()
                && kept.history.clocks() == history.clocks()
        });
        let loaded = match reusable {
            Some(kept) => Arc::clone(&kept.loaded),
            None => {
                let began = Instant::now();
                let loaded = Arc::new(Loaded::of(self.columns(&history, host)?)?);
                tracing::info!(target: "timing", seconds = began.elapsed().as_secs_f64(), "frames loaded");
                loaded
            }
        };
        let began = Instant::now();
        let judged = loaded.frames.judge(&history, as_of)?;
        let without_attestations = loaded.frames.judge_without_attestations(&history, as_of)?;
        tracing::info!(target: "timing", seconds = began.elapsed().as_secs_f64(), "changes judged");
        let fresh = Computed { history, as_of, loaded, judged, without_attestations, lists: Lists::default() };
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

/// A window that asks again within a minute gets the same ages; they are shown in hours.
const fn same_minute(one: Timestamp, other: Timestamp) -> bool {
    one.millis().div_euclid(60_000) == other.millis().div_euclid(60_000)
}

/// A thread that failed while it held the lock left nothing half-done behind: every change to the state is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
