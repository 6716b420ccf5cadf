//! Reviews of change tickets, and who carries the change out. They wait under the ticket's id, as the reviews of any
//! change that is not imported itself, and are joined to the ticket when columns are loaded: whether the ticket is a
//! change of its own depends on what else is imported.

use super::{ImportTransaction, RowOutcome, record::outcome};
use crate::{
    Arrival, StoreError,
    table::{Kind, change::StoredChange},
};
use change_ledger_model::record::{Change, ChangeKind, Place};

impl ImportTransaction<'_> {
    /// Whether a change says what the row of a ticket says of its reviews and people, beside the ticket itself.
    pub(super) fn is_of_ticket(&mut self, change: &Change) -> Result<bool, StoreError> {
        Ok(change.kind == ChangeKind::ChangeTicket
            && self.known.find(self.connection, Kind::Ticket, &change.id)?.is_some())
    }

    /// Keeps the reviews of a change ticket, that its row carried them, and who carries it out.
    pub(super) fn reviews_of_ticket(
        &mut self,
        place: &Place,
        arrival: &Arrival,
        change: &Change,
    ) -> Result<RowOutcome, StoreError> {
        let key = match self.known.find(self.connection, Kind::Change, &change.id)? {
            Some(key) => key,
            None => {
                let repository = self.repositories.id(self.connection, &change.repository)?;
                self.awaited(&change.id, &change.source, &change.number, repository)?
            }
        };
        let mut current = StoredChange::load(self.connection, key)?;
        let as_of = arrival.as_of;
        let coverage = change.review_coverage as u8;
        let carries_more = current.review_coverage < coverage;
        if carries_more {
            current.review_coverage = coverage;
            current.update(self.connection, key)?;
        }
        let mut changed = carries_more;
        for author in &change.commit_authors {
            changed |= self.commit_author(key, author)?;
        }
        let mut is_kept = !changed;
        for review in &change.reviews {
            is_kept = is_kept && self.is_kept(key, review, as_of)?;
        }
        if is_kept {
            return Ok(RowOutcome::Unchanged);
        }
        let revision = self.revision(place, arrival, (Kind::Review, key), None, as_of, change.updated_at)?;
        for review in &change.reviews {
            changed |= self.join_review(key, review, as_of, revision)? != RowOutcome::Unchanged;
        }
        Ok(outcome(changed))
    }
}
