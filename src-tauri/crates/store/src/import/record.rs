//! Writing one record: as new, as another revision of a known one, or not at all.

use super::{ImportTransaction, RowOutcome};
use crate::{
    Arrival, StoreError,
    part::{Ages, Parts, ticket_name},
    supporting::Supporting,
    table::{
        Kind, artifact,
        change::{self, StoredChange},
        commit::Commit,
        incident::{self, StoredIncident},
        reject,
        review::{self, StoredReview},
        revision::{self, NewRevision},
        text::{self, StoredHit},
        ticket::StoredTicket,
    },
};
use change_ledger_model::{
    Timestamp,
    record::{Change, Incident, Mention, Place, Record, Review, Ticket},
};
use rusqlite::{Connection, Statement};

/// The statements that run once per row or more often, prepared once per import.
#[derive(Debug)]
pub(super) struct Statements<'l> {
    pub(super) chunk: Statement<'l>,
    pub(super) reject: Statement<'l>,
    revision: Statement<'l>,
    change: Statement<'l>,
    commit_author: Statement<'l>,
    review: Statement<'l>,
    mention: Statement<'l>,
    hit: Statement<'l>,
}

impl<'l> Statements<'l> {
    pub(super) fn prepare(connection: &'l Connection) -> Result<Self, StoreError> {
        Ok(Self {
            chunk: connection.prepare(artifact::INSERT_CHUNK)?,
            reject: connection.prepare(reject::INSERT)?,
            revision: connection.prepare(revision::INSERT)?,
            change: connection.prepare(change::INSERT)?,
            commit_author: connection.prepare(change::INSERT_COMMIT_AUTHOR)?,
            review: connection.prepare(review::INSERT_STANDING)?,
            mention: connection.prepare(text::INSERT_MENTION)?,
            hit: connection.prepare(text::INSERT_HIT)?,
        })
    }
}

fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::millis)
}

pub(super) fn json(labels: Option<&[String]>) -> Result<Option<String>, StoreError> {
    Ok(labels.map(serde_json::to_string).transpose()?)
}

pub(super) const fn outcome(changed: bool) -> RowOutcome {
    if changed { RowOutcome::Updated } else { RowOutcome::Unchanged }
}

impl ImportTransaction<'_> {
    pub(super) fn record(&mut self, place: &Place, arrival: &Arrival) -> Result<RowOutcome, StoreError> {
        match arrival.record() {
            Record::Change(change) if self.is_of_ticket(change)? => self.reviews_of_ticket(place, arrival, change),
            Record::Change(change) => self.change(place, arrival, change),
            Record::Review(review) => self.lone_review(place, arrival, review),
            Record::Ticket(ticket) => self.ticket(place, arrival, ticket),
            Record::Incident(incident) => self.incident(place, arrival, incident),
            other => match Supporting::of(other) {
                Some(found) => self.supporting(place, arrival, &found),
                None => Ok(RowOutcome::Unchanged),
            },
        }
    }

    fn change(&mut self, place: &Place, arrival: &Arrival, change: &Change) -> Result<RowOutcome, StoreError> {
        let as_of = arrival.as_of;
        let mut row = self.stored_change(change, arrival)?;
        let Some(key) = self.known.find(self.connection, Kind::Change, &change.id)? else {
            let key = self.known.add(Kind::Change, &change.id);
            let revision = self.revision(place, arrival, (Kind::Change, key), None, as_of, change.updated_at)?;
            row.revision = Some(revision);
            row.insert(&mut self.statements.change, key)?;
            for author in &change.commit_authors {
                self.commit_author(key, author)?;
            }
            self.new_reviews(key, &change.reviews, as_of, revision)?;
            self.new_texts((Kind::Change, key), &change.mentions, arrival)?;
            return Ok(RowOutcome::Accepted);
        };
        let mut current = StoredChange::load(self.connection, key)?;
        if self.says_nothing_new(current.revision, arrival)? {
            return Ok(RowOutcome::Unchanged);
        }
        let was_awaited = current.state == change::AWAITED && current.revision.is_none();
        let owner = (Kind::Change, key);
        let revision = self.revision(place, arrival, owner, current.revision, as_of, change.updated_at)?;
        self.note_equal_age(place, arrival, &current.ages, |tied| current.clone().take_in(row.clone(), tied));
        let wins = current.ages.take_in(as_of, row.ages.carried);
        let mut changed = current.take_in(row, wins);
        current.revision = current.revision.max(Some(revision));
        current.update(self.connection, key)?;
        for author in &change.commit_authors {
            changed |= self.commit_author(key, author)?;
        }
        for review in &change.reviews {
            changed |= self.join_review(key, review, as_of, revision)? != RowOutcome::Unchanged;
        }
        changed |= self.merge_texts(owner, &change.mentions, arrival, wins)?;
        Ok(if was_awaited { RowOutcome::Accepted } else { outcome(changed) })
    }

    fn stored_change<'a>(&mut self, change: &'a Change, arrival: &Arrival) -> Result<StoredChange<'a>, StoreError> {
        let connection = self.connection;
        Ok(StoredChange {
            id: change.id.as_str().into(),
            source: change.source.as_str().into(),
            kind: change.kind as u8,
            repository: self.repositories.id(connection, &change.repository)?,
            number: change.number.as_str().into(),
            title: change.title.as_str().into(),
            url: change.url.as_deref().map(Into::into),
            state: change.state as u8,
            author: self.people.maybe_id(connection, change.author.as_ref())?,
            merged_by: self.people.maybe_id(connection, change.merged_by.as_ref())?,
            opened_at: millis(change.opened_at),
            implemented_at: millis(change.implemented_at),
            updated_at: millis(change.updated_at),
            base_branch: self.branches.id(connection, change.base_branch.as_deref())?,
            head_branch: change.head_branch.as_deref().map(Into::into),
            merge_commit: change.merge_commit.as_deref().map(Commit::new),
            head_commit: change.head_commit.as_deref().map(Commit::new),
            labels: json(change.labels.as_deref())?,
            category: change.category.as_deref().map(Into::into),
            review_coverage: change.review_coverage as u8,
            revision: None,
            ages: Ages::of_row(arrival.as_of, arrival.carried),
        })
    }

    pub(super) fn commit_author(
        &mut self,
        change: i64,
        author: &change_ledger_model::person::Person,
    ) -> Result<bool, StoreError> {
        let person = self.people.id(self.connection, author)?;
        change::add_commit_author(&mut self.statements.commit_author, change, person)
    }

    /// Reviews of a change that nothing is known of yet.
    fn new_reviews(&mut self, change: i64, reviews: &[Review], as_of: i64, revision: i64) -> Result<(), StoreError> {
        let mut kept: Vec<StoredReview> = Vec::with_capacity(reviews.len());
        for review in reviews {
            let reviewer = self.people.id(self.connection, &review.reviewer)?;
            let review = StoredReview::new(review, reviewer, as_of, revision);
            match kept.iter_mut().find(|known| known.is_same(&review)) {
                Some(known) => {
                    known.take_in(review);
                }
                None => kept.push(review),
            }
        }
        for (n, review) in kept.iter().enumerate() {
            review.insert(self.connection, &mut self.statements.review, change, n)?;
        }
        Ok(())
    }

    /// Whether a review would leave what is known of it exactly as it is.
    pub(super) fn is_kept(&mut self, change: i64, review: &Review, as_of: i64) -> Result<bool, StoreError> {
        let reviewer = self.people.id(self.connection, &review.reviewer)?;
        let known = review::of_change(self.connection, change)?;
        Ok(known.into_iter().any(|known| {
            let incoming = StoredReview::new(review, reviewer, as_of, known.revision);
            let mut joined = known.clone();
            known.is_same(&incoming) && {
                joined.take_in(incoming);
                joined == known
            }
        }))
    }

    /// Joins a review with what is known of its change.
    pub(super) fn join_review(
        &mut self,
        change: i64,
        review: &Review,
        as_of: i64,
        revision: i64,
    ) -> Result<RowOutcome, StoreError> {
        let reviewer = self.people.id(self.connection, &review.reviewer)?;
        let review = StoredReview::new(review, reviewer, as_of, revision);
        let mut known = review::of_change(self.connection, change)?;
        let count = known.len();
        let Some((n, same)) = known.iter_mut().enumerate().find(|(_, known)| known.is_same(&review)) else {
            review.insert(self.connection, &mut self.statements.review, change, count)?;
            return Ok(RowOutcome::Accepted);
        };
        let before = same.clone();
        let changed = same.take_in(review);
        if *same != before {
            same.update(self.connection, change, n)?;
        }
        Ok(outcome(changed))
    }

    /// Whether a version of the record that counts has the same content. What is merged once more is always said again.
    pub(super) fn says_nothing_new(&self, last: Option<i64>, arrival: &Arrival) -> Result<bool, StoreError> {
        Ok(self.restating.is_none() && revision::is_known(self.connection, last, arrival.digest, &self.superseded)?)
    }

    /// A review from a file of its own. Its change may come later.
    fn lone_review(&mut self, place: &Place, arrival: &Arrival, review: &Review) -> Result<RowOutcome, StoreError> {
        let change = match self.known.find(self.connection, Kind::Change, &review.change)? {
            Some(change) => change,
            None => self.awaited_change(&review.change)?,
        };
        let as_of = arrival.as_of;
        if self.is_kept(change, review, as_of)? {
            return Ok(RowOutcome::Unchanged);
        }
        let revision = self.revision(place, arrival, (Kind::Review, change), None, as_of, review.submitted_at)?;
        self.join_review(change, review, as_of, revision)
    }

    fn awaited_change(&mut self, id: &str) -> Result<i64, StoreError> {
        let (source, repository, number) = change::pieces(id).unwrap_or(("", "", id));
        let repository = self.repositories.id(self.connection, repository)?;
        self.awaited(id, source, number, repository)
    }

    /// A change of which only reviews are known.
    pub(super) fn awaited(&mut self, id: &str, source: &str, number: &str, repository: i64) -> Result<i64, StoreError> {
        let key = self.known.add(Kind::Change, id);
        StoredChange::awaited(id, source, number, repository).insert(&mut self.statements.change, key)?;
        Ok(key)
    }

    fn ticket(&mut self, place: &Place, arrival: &Arrival, ticket: &Ticket) -> Result<RowOutcome, StoreError> {
        let as_of = arrival.as_of;
        let mut row = self.stored_ticket(ticket, arrival)?;
        let Some(key) = self.known.find(self.connection, Kind::Ticket, &ticket.id)? else {
            let owner = (Kind::Ticket, self.known.add(Kind::Ticket, &ticket.id));
            row.revision = self.revision(place, arrival, owner, None, as_of, ticket.updated_at)?;
            row.insert(self.connection, owner.1)?;
            self.new_texts(owner, &ticket.mentions, arrival)?;
            return Ok(RowOutcome::Accepted);
        };
        let mut current = StoredTicket::load(self.connection, key)?;
        if self.says_nothing_new(Some(current.revision), arrival)? {
            return Ok(RowOutcome::Unchanged);
        }
        let owner = (Kind::Ticket, key);
        let revision = self.revision(place, arrival, owner, Some(current.revision), as_of, ticket.updated_at)?;
        self.note_equal_age(place, arrival, &current.ages, |tied| current.clone().take_in(row.clone(), tied));
        let wins = current.ages.take_in(as_of, row.ages.carried);
        let mut changed = current.take_in(row, wins);
        current.revision = current.revision.max(revision);
        current.update(self.connection, key)?;
        changed |= self.merge_texts(owner, &ticket.mentions, arrival, wins)?;
        Ok(outcome(changed))
    }

    fn stored_ticket(&mut self, ticket: &Ticket, arrival: &Arrival) -> Result<StoredTicket, StoreError> {
        let connection = self.connection;
        Ok(StoredTicket {
            id: ticket.id.clone(),
            name: ticket_name(&ticket.key),
            source: ticket.source.clone(),
            ticket_key: ticket.key.clone(),
            project: ticket.project.clone(),
            title: ticket.title.clone(),
            url: ticket.url.clone(),
            ticket_type: ticket.ticket_type.clone(),
            change_type: ticket.change_type.clone(),
            reason: ticket.reason.clone(),
            status: ticket.status.clone(),
            done: ticket.done,
            priority: ticket.priority.clone(),
            labels: json(ticket.labels.as_deref())?,
            reporter: self.people.maybe_id(connection, ticket.reporter.as_ref())?,
            assignee: self.people.maybe_id(connection, ticket.assignee.as_ref())?,
            opened_at: millis(ticket.opened_at),
            resolved_at: millis(ticket.resolved_at),
            work_start: millis(ticket.work_start),
            work_end: millis(ticket.work_end),
            updated_at: millis(ticket.updated_at),
            is_change_request: ticket.is_change_request,
            revision: 0,
            ages: Ages::of_row(arrival.as_of, arrival.carried),
        })
    }

    fn incident(&mut self, place: &Place, arrival: &Arrival, incident: &Incident) -> Result<RowOutcome, StoreError> {
        let as_of = arrival.as_of;
        let mut row = stored_incident(incident, arrival);
        let Some(key) = self.known.find(self.connection, Kind::Incident, &incident.id)? else {
            let owner = (Kind::Incident, self.known.add(Kind::Incident, &incident.id));
            row.revision = self.revision(place, arrival, owner, None, as_of, incident.updated_at)?;
            row.insert(self.connection, owner.1)?;
            incident::add_names(self.connection, owner.1, &incident.names)?;
            self.new_texts(owner, &incident.mentions, arrival)?;
            return Ok(RowOutcome::Accepted);
        };
        let mut current = StoredIncident::load(self.connection, key)?;
        if self.says_nothing_new(Some(current.revision), arrival)? {
            return Ok(RowOutcome::Unchanged);
        }
        let owner = (Kind::Incident, key);
        let revision = self.revision(place, arrival, owner, Some(current.revision), as_of, incident.updated_at)?;
        self.note_equal_age(place, arrival, &current.ages, |tied| current.clone().take_in(row.clone(), tied));
        let wins = current.ages.take_in(as_of, row.ages.carried);
        let mut changed = current.take_in(row, wins);
        current.revision = current.revision.max(revision);
        current.update(self.connection, key)?;
        changed |= incident::add_names(self.connection, key, &incident.names)?;
        changed |= self.merge_texts(owner, &incident.mentions, arrival, wins)?;
        Ok(outcome(changed))
    }

    pub(super) fn revision(
        &mut self,
        place: &Place,
        arrival: &Arrival,
        (kind, record): (Kind, i64),
        previous: Option<i64>,
        as_of: i64,
        updated_at: Option<Timestamp>,
    ) -> Result<i64, StoreError> {
        if let Some(id) = self.restating {
            return Ok(id);
        }
        let id = self.next_revision;
        self.next_revision += 1;
        let artifact = self.artifact;
        let digest = arrival.digest;
        let new = NewRevision { id, kind, record, previous, artifact, place, as_of, updated_at, digest };
        new.insert(&mut self.statements.revision)?;
        self.revisions.revision(&new);
        Ok(id)
    }

    pub(super) fn new_texts(
        &mut self,
        owner: (Kind, i64),
        mentions: &[Mention],
        arrival: &Arrival,
    ) -> Result<(), StoreError> {
        for (n, mention) in mentions.iter().enumerate() {
            text::insert_mention(&mut self.statements.mention, owner, n, mention)?;
        }
        for (n, hit) in arrival.hits.iter().enumerate() {
            if let Some(hit) = StoredHit::new(hit, &self.pattern_sets) {
                text::insert_hit(&mut self.statements.hit, owner, n, &hit)?;
            }
        }
        Ok(())
    }

    pub(super) fn merge_texts(
        &self,
        owner: (Kind, i64),
        mentions: &[Mention],
        arrival: &Arrival,
        wins: Parts,
    ) -> Result<bool, StoreError> {
        let hits = arrival.hits.iter().filter_map(|hit| StoredHit::new(hit, &self.pattern_sets)).collect();
        let mentions = text::merge_mentions(self.connection, owner, mentions, wins)?;
        let hits = text::merge_hits(self.connection, owner, hits, wins)?;
        Ok(mentions || hits)
    }
}

fn stored_incident(incident: &Incident, arrival: &Arrival) -> StoredIncident {
    StoredIncident {
        id: incident.id.clone(),
        source: incident.source.clone(),
        number: incident.number.clone(),
        title: incident.title.clone(),
        url: incident.url.clone(),
        service: incident.service.clone(),
        status: incident.status.clone(),
        severity: incident.severity.clone(),
        urgency: incident.urgency.clone(),
        opened_at: millis(incident.opened_at),
        resolved_at: millis(incident.resolved_at),
        ended: incident.ended,
        updated_at: millis(incident.updated_at),
        merged_into: incident.merged_into.clone(),
        revision: 0,
        ages: Ages::of_row(arrival.as_of, arrival.carried),
    }
}
