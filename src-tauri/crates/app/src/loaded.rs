//! What is known of a ledger's changes whatever the policy: loaded once per state of the ledger.

use crate::error::{AppError, ErrorCode};
use change_ledger_metrics::Frames;
use change_ledger_model::{columns::LedgerColumns, person::PersonKind};

/// The changes of one state of the ledger. Lists go by position: the place of a change among them, from 0.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) frames: Frames,
    /// Row ids of the changes.
    pub(crate) keys: Vec<i64>,
    /// Names of repositories.
    pub(crate) repositories: Vec<String>,
    /// Each change's repository, as its place in `repositories`.
    pub(crate) repository: Vec<u32>,
    /// Implementation of each change, UTC milliseconds.
    pub(crate) implemented_at: Vec<Option<i64>>,
    /// Whether the export of each change had labels.
    pub(crate) labels_known: Vec<bool>,
    /// The one person of each repository in which nobody else ever acted; `None` for the others.
    only_person: Vec<Option<String>>,
    /// Row ids in ascending order, with their positions.
    by_key: Vec<(i64, u32)>,
}

impl Loaded {
    /// Keeps what lists and pages need, and builds the frames from the rest.
    ///
    /// # Errors
    /// When the columns contradict each other, or the engine fails.
    pub(crate) fn of(columns: LedgerColumns) -> Result<Self, AppError> {
        let keys = columns.changes.key.clone();
        let mut by_key: Vec<(i64, u32)> = keys.iter().copied().zip(0..).collect();
        by_key.sort_unstable();
        Ok(Self {
            keys,
            by_key,
            repositories: columns.repositories.clone(),
            repository: columns.changes.repository.clone(),
            implemented_at: columns.changes.implemented_at.clone(),
            labels_known: columns.changes.labels_known.clone(),
            only_person: only_person(&columns),
            frames: Frames::load(columns)?,
        })
    }

    /// The state of the ledger that was loaded.
    pub(crate) const fn data_version(&self) -> i64 {
        self.frames.data_version()
    }

    /// The only person of the repository of the change at `position`, where nobody else ever acted.
    pub(crate) fn only_person_at(&self, position: usize) -> Option<&str> {
        let repository = *self.repository.get(position)?;
        self.only_person.get(repository as usize)?.as_deref()
    }

    /// Position of the change with this row id.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when it is no implemented change.
    pub(crate) fn position(&self, key: i64) -> Result<usize, AppError> {
        let found = self.by_key.binary_search_by_key(&key, |(key, _)| *key).ok();
        let position = found.and_then(|at| self.by_key.get(at)).map(|(_, position)| *position as usize);
        position.ok_or_else(|| AppError::new(ErrorCode::NotFound, "this record is not an implemented change"))
    }
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
