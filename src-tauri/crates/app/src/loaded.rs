//! What is known of a ledger's changes whatever the policy: loaded once per state of the ledger.

use crate::error::{AppError, ErrorCode};
use change_ledger_metrics::Frames;
use change_ledger_model::{
    Timestamp,
    columns::LedgerColumns,
    person::PersonKind,
    record::{ChangeKind, ReviewCoverage},
};
use std::collections::BTreeSet;

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
    /// Who acted in each repository.
    actors: Vec<Actors>,
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
            actors: actors(&columns),
            frames: Frames::load(columns)?,
        })
    }

    /// The state of the ledger that was loaded.
    pub(crate) const fn data_version(&self) -> i64 {
        self.frames.data_version()
    }

    /// When the change at `position` was implemented, by the clock of the policy.
    pub(crate) fn implemented(&self, position: usize) -> Option<Timestamp> {
        self.implemented_at.get(position).copied().flatten().and_then(Timestamp::from_millis)
    }

    /// Who acted in the repository of the change at `position`.
    pub(crate) fn actors_at(&self, position: usize) -> &Actors {
        let repository = self.repository.get(position);
        repository.and_then(|repository| self.actors.get(*repository as usize)).unwrap_or(&Actors::Unknown)
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

/// The humans who ever opened, merged or reviewed a change in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Actors {
    /// More than one.
    Several,
    /// This one, and provably nobody else: nobody could review independently.
    Only(String),
    /// No second one is named, and the files do not tell of everyone who acted.
    Unknown,
}

/// Who acted in each repository. That somebody acted alone is known only where every change has an author, every review
/// and, unless it is a ticket, whoever merged it.
fn actors(columns: &LedgerColumns) -> Vec<Actors> {
    let changes = &columns.changes;
    let mut seen = vec![(BTreeSet::new(), true); columns.repositories.len()];
    let mut note = |change: usize, person: Option<u32>, tells_all: bool| {
        let repository = changes.repository.get(change).and_then(|repository| seen.get_mut(*repository as usize));
        let Some((people, all)) = repository else { return };
        *all &= tells_all;
        let is_human =
            |person: &u32| columns.people.get(*person as usize).is_some_and(|(_, kind)| *kind == PersonKind::Human);
        // Two tell as much as a hundred.
        people.extend(person.filter(is_human).filter(|_| people.len() < 2));
    };
    for (change, author) in changes.author.iter().enumerate() {
        let merger = changes.merged_by.get(change).copied().flatten();
        let is_ticket = changes.kind.get(change) == Some(&(ChangeKind::ChangeTicket as u8));
        let complete = changes.review_coverage.get(change) == Some(&(ReviewCoverage::Complete as u8));
        note(change, *author, author.is_some() && complete);
        note(change, merger, merger.is_some() || is_ticket);
    }
    for (change, reviewer) in columns.reviews.change.iter().zip(&columns.reviews.reviewer) {
        note(*change as usize, Some(*reviewer), true);
    }
    let of_repository = |(people, all): (BTreeSet<u32>, bool)| {
        let handle = |person: &u32| columns.people.get(*person as usize).map(|(handle, _)| handle.clone());
        match people.len() {
            0 => Actors::Unknown,
            1 if !all => Actors::Unknown,
            1 => people.first().and_then(handle).map_or(Actors::Unknown, Actors::Only),
            _ => Actors::Several,
        }
    };
    seen.into_iter().map(of_repository).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use change_ledger_model::columns::ChangeColumns;

    #[test]
    fn that_somebody_acted_alone_is_known_only_where_nobody_can_be_missing() {
        let only = || Actors::Only("mara".to_owned());
        let check =
            |kind: ChangeKind, authors: &[Option<u32>], merger: Option<u32>, coverage: ReviewCoverage, expected| {
                let columns = LedgerColumns {
                    people: ["mara", "tove", "robot"]
                        .map(|handle| {
                            (handle.to_owned(), if handle == "robot" { PersonKind::Bot } else { PersonKind::Human })
                        })
                        .to_vec(),
                    repositories: vec!["acme/pay".to_owned()],
                    changes: ChangeColumns {
                        key: vec![1; authors.len()],
                        kind: vec![kind as u8; authors.len()],
                        repository: vec![0; authors.len()],
                        author: authors.to_vec(),
                        merged_by: vec![merger; authors.len()],
                        review_coverage: vec![coverage as u8; authors.len()],
                        ..ChangeColumns::default()
                    },
                    ..LedgerColumns::default()
                };
                assert_eq!(actors(&columns), [expected], "{authors:?} {merger:?} {coverage:?}");
            };
        let (pull, ticket) = (ChangeKind::PullRequest, ChangeKind::ChangeTicket);
        let (complete, cut, none) = (ReviewCoverage::Complete, ReviewCoverage::PossiblyCut, ReviewCoverage::NotCarried);
        check(pull, &[Some(0), Some(0)], Some(0), complete, only());
        check(pull, &[Some(0)], Some(2), complete, only());
        check(pull, &[Some(0)], Some(0), none, Actors::Unknown);
        check(pull, &[Some(0)], Some(0), cut, Actors::Unknown);
        check(pull, &[Some(0)], None, complete, Actors::Unknown);
        check(ticket, &[Some(0)], None, complete, only());
        check(pull, &[Some(0), None], Some(0), complete, Actors::Unknown);
        check(pull, &[Some(2)], Some(2), complete, Actors::Unknown);
        check(pull, &[Some(0), Some(1)], None, none, Actors::Several);
    }
}
