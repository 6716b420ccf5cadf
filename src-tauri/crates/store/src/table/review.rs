//! Reviews: the union of what every import said about a change.

use super::commit::Commit;
use crate::{
    StoreError,
    part::{Ages, Part},
};
use change_ledger_model::{
    Timestamp,
    record::{Review, ReviewCoverage, Verdict},
};
use rusqlite::{Connection, Statement, params};

/// For a review that stands, which nearly all do: nothing is said of a dismissal.
pub(crate) const INSERT_STANDING: &str = "INSERT INTO review \
    (change, n, reviewer, verdict, submitted_at, commit_id, as_of, revision, source_id, url) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

/// A review as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredReview {
    pub(crate) reviewer: i64,
    pub(crate) verdict: u8,
    pub(crate) submitted_at: Option<i64>,
    pub(crate) commit: Option<Commit>,
    pub(crate) as_of: i64,
    pub(crate) revision: i64,
    pub(crate) source_id: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) dismissal: Dismissal,
}

/// What exports show of a dismissed review before it was dismissed. All `None` while it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Dismissal {
    /// The verdict of the newest export that shows it standing.
    pub(crate) said_before: Option<u8>,
    /// When that export shows it standing.
    pub(crate) stood_at: Option<i64>,
    /// The earliest export that shows it dismissed.
    pub(crate) dismissed_by: Option<i64>,
}

impl Dismissal {
    /// What two versions of a review show together, whichever was imported first.
    fn joined(one: &StoredReview, other: &StoredReview) -> Self {
        let Some(dismissed_by) = [one, other].into_iter().filter_map(|review| review.dismissal.dismissed_by).min()
        else {
            return Self::default();
        };
        // A version that stands itself shows more than what it remembers: it has no dismissal to remember.
        let standing = |review: &StoredReview| {
            if review.dismissal.dismissed_by.is_none() {
                Some((review.as_of, review.verdict))
            } else {
                review.dismissal.stood_at.zip(review.dismissal.said_before)
            }
        };
        let last = [standing(one), standing(other)].into_iter().flatten().max();
        Self {
            said_before: last.map(|(_, verdict)| verdict),
            stood_at: last.map(|(at, _)| at),
            dismissed_by: Some(dismissed_by),
        }
    }

    /// The verdict before the dismissal, and until when it provably stood. `None` where no export shows it standing, or
    /// where exports contradict each other.
    pub(crate) fn proven(&self) -> Option<(u8, i64)> {
        let (verdict, stood_at) = (self.said_before?, self.stood_at?);
        (stood_at > i64::MIN && self.dismissed_by.is_some_and(|by| stood_at <= by)).then_some((verdict, stood_at))
    }
}

impl StoredReview {
    pub(crate) fn new(review: &Review, reviewer: i64, as_of: i64, revision: i64) -> Self {
        Self {
            reviewer,
            verdict: review.verdict as u8,
            submitted_at: review.submitted_at.map(Timestamp::millis),
            commit: review.commit.as_deref().map(Commit::new),
            as_of,
            revision,
            source_id: review.source_id.clone(),
            url: review.url.clone(),
            dismissal: Dismissal {
                dismissed_by: (review.verdict == Verdict::Dismissed).then_some(as_of),
                ..Dismissal::default()
            },
        }
    }

    /// Whether both are the same review: the [natural key](Review::natural_key), by ids of people.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let by_time = self.reviewer == other.reviewer && self.submitted_at == other.submitted_at;
        let by_id = self.source_id == other.source_id;
        match (self.submitted_at, &self.source_id) {
            (Some(_), None) => by_time,
            (Some(_), Some(_)) => by_time || by_id,
            (None, Some(_)) => by_id,
            (None, None) => by_time && by_id,
        }
    }

    /// Takes in another version of the same review; says whether anything changed.
    ///
    /// A dismissal cannot be undone, so it wins whatever the order of imports; else the newer row does.
    pub(crate) fn take_in(&mut self, other: Self) -> bool {
        let before = self.clone();
        let newer = other.as_of >= self.as_of;
        self.dismissal = Dismissal::joined(&before, &other);
        let dismissed = Verdict::Dismissed as u8;
        if self.verdict != dismissed && (newer || other.verdict == dismissed) {
            self.verdict = other.verdict;
        }
        prefer(&mut self.submitted_at, other.submitted_at, newer);
        prefer(&mut self.commit, other.commit, newer);
        prefer(&mut self.source_id, other.source_id, newer);
        prefer(&mut self.url, other.url, newer);
        let says_more = *self != before;
        self.as_of = self.as_of.max(other.as_of);
        if newer {
            self.revision = other.revision;
        }
        says_more
    }

    /// Writes it as the `n`th review of `change`, counted from 0. `standing` is [`INSERT_STANDING`].
    pub(crate) fn insert(
        &self,
        connection: &Connection,
        standing: &mut Statement<'_>,
        change: i64,
        n: usize,
    ) -> Result<(), StoreError> {
        standing.execute(params![
            change,
            i64::try_from(n).unwrap_or(i64::MAX),
            self.reviewer,
            self.verdict,
            self.submitted_at,
            self.commit,
            self.as_of,
            self.revision,
            self.source_id,
            self.url,
        ])?;
        if self.dismissal != Dismissal::default() {
            self.update(connection, change, n)?;
        }
        Ok(())
    }

    pub(crate) fn update(&self, connection: &Connection, change: i64, n: usize) -> Result<(), StoreError> {
        connection
            .prepare_cached(
                "UPDATE review SET reviewer = ?3, verdict = ?4, submitted_at = ?5, commit_id = ?6, as_of = ?7, \
                 revision = ?8, source_id = ?9, url = ?10, said_before = ?11, stood_at = ?12, dismissed_by = ?13 \
                 WHERE change = ?1 AND n = ?2",
            )?
            .execute(params![
                change,
                i64::try_from(n).unwrap_or(i64::MAX),
                self.reviewer,
                self.verdict,
                self.submitted_at,
                self.commit,
                self.as_of,
                self.revision,
                self.source_id,
                self.url,
                self.dismissal.said_before,
                self.dismissal.stood_at,
                self.dismissal.dismissed_by,
            ])?;
        Ok(())
    }
}

fn prefer<T>(current: &mut Option<T>, other: Option<T>, newer: bool) {
    if other.is_some() && (newer || current.is_none()) {
        *current = other;
    }
}

/// How much review data is known of a change: what its own rows carried, else what files of reviews brought.
/// A list of exactly as many entries as a page of an export holds was probably cut there.
pub(crate) fn coverage(carried: u8, reviews: usize) -> Result<ReviewCoverage, StoreError> {
    use ReviewCoverage::{Complete, NotCarried, PossiblyCut};
    const PAGES: [usize; 2] = [30, 100];
    match (carried, reviews) {
        (0, 0) => Ok(NotCarried),
        (0, reviews) if PAGES.contains(&reviews) => Ok(PossiblyCut),
        (0 | 1, _) => Ok(Complete),
        (2, _) => Ok(PossiblyCut),
        _ => Err(StoreError::Damaged(format!("{carried} is no coverage of reviews"))),
    }
}

/// Of when the newest complete list of a change's reviews is; `None` where no file had one.
pub(crate) fn listed_at(carried: u8, ages: &Ages) -> Option<i64> {
    ages.of_part(Part::Coverage).filter(|_| carried == ReviewCoverage::Complete as u8)
}

/// What an approval is worth that a newer complete list of the same change no longer shows: until when it stood. `None`
/// where nobody knows whether it stood at the implementation. Without a dismissal in any file, the person may have taken
/// it back at any time after `shown_at`, when a file showed it last.
pub(crate) fn stood_until(given: Option<i64>, implemented: Option<i64>, shown_at: i64) -> Option<i64> {
    let given_later = given.zip(implemented).is_some_and(|(given, implemented)| given > implemented);
    (given_later || implemented.is_some_and(|implemented| shown_at >= implemented)).then_some(shown_at)
}

/// The reviews of a change, in the order in which they were first imported: `n` counts from 0.
pub(crate) fn of_change(connection: &Connection, change: i64) -> Result<Vec<StoredReview>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT reviewer, verdict, submitted_at, commit_id, as_of, revision, source_id, url, \
         said_before, stood_at, dismissed_by FROM review WHERE change = ?1 ORDER BY n",
    )?;
    let reviews = statement
        .query_map([change], |row| {
            Ok(StoredReview {
                reviewer: row.get(0)?,
                verdict: row.get(1)?,
                submitted_at: row.get(2)?,
                commit: row.get(3)?,
                as_of: row.get(4)?,
                revision: row.get(5)?,
                source_id: row.get(6)?,
                url: row.get(7)?,
                dismissal: Dismissal { said_before: row.get(8)?, stood_at: row.get(9)?, dismissed_by: row.get(10)? },
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(reviews)
}
