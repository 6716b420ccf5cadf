//! The digest of a record's content: two rows that say the same have the same digest, whatever the
//! formatting of their files.

use crate::supporting::{Said, Supporting};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{Change, Incident, Mention, Note, Record, Review, Ticket},
};
use sha2::{Digest as _, Sha256};

/// The first 16 bytes of the SHA-256 over every field of a record, in order, each with its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digest(pub(crate) [u8; 16]);

impl Digest {
    pub(crate) fn of(record: &Record) -> Self {
        let mut content = Content(Vec::with_capacity(2048));
        match record {
            Record::Change(change) => content.change(change),
            Record::Review(review) => content.review(review),
            Record::Ticket(ticket) => content.ticket(ticket),
            Record::Incident(incident) => content.incident(incident),
            Record::Deployment(_)
            | Record::Bypass(_)
            | Record::Check(_)
            | Record::Alert(_)
            | Record::Message(_)
            | Record::Setting(_)
            | Record::Commit(_) => {
                if let Some(row) = Supporting::of(record) {
                    content.supporting(&row);
                }
            }
        }
        let full: [u8; 32] = Sha256::digest(&content.0).into();
        let mut half = [0; 16];
        half.iter_mut().zip(full).for_each(|(to, from)| *to = from);
        Self(half)
    }
}

/// Everything that is hashed, in one piece: hashing field by field costs more than the copy.
struct Content(Vec<u8>);

impl Content {
    fn number(&mut self, number: i64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn count(&mut self, count: usize) {
        self.number(i64::try_from(count).unwrap_or(i64::MAX));
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn maybe(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.number(-1),
        }
    }

    fn time(&mut self, at: Option<Timestamp>) {
        self.number(at.map_or(i64::MIN, Timestamp::millis));
    }

    fn person(&mut self, person: Option<&Person>) {
        match person {
            Some(person) => {
                self.text(&person.handle);
                self.number(i64::from(person.kind as u8));
            }
            None => self.number(-1),
        }
    }

    fn list(&mut self, list: Option<&[String]>) {
        match list {
            Some(list) => {
                self.count(list.len());
                for text in list {
                    self.text(text);
                }
            }
            None => self.number(-1),
        }
    }

    fn mentions(&mut self, mentions: &[Mention]) {
        self.count(mentions.len());
        for mention in mentions {
            self.number(i64::from(mention.kind as u8));
            self.number(i64::from(mention.found_in as u8));
            self.text(&mention.name);
            self.text(&mention.text);
        }
    }

    fn notes(&mut self, notes: &[Note]) {
        self.count(notes.len());
        for note in notes {
            self.time(note.at);
            self.person(note.author.as_ref());
            self.text(&note.text);
        }
    }

    fn change(&mut self, change: &Change) {
        self.number(0);
        self.text(&change.id);
        self.number(i64::from(change.kind as u8));
        self.text(&change.source);
        self.text(&change.repository);
        self.text(&change.number);
        self.text(&change.title);
        self.maybe(change.body.as_deref());
        self.maybe(change.url.as_deref());
        self.number(i64::from(change.state as u8));
        self.person(change.author.as_ref());
        self.person(change.merged_by.as_ref());
        self.count(change.commit_authors.len());
        for author in &change.commit_authors {
            self.person(Some(author));
        }
        self.time(change.opened_at);
        self.time(change.implemented_at);
        self.time(change.updated_at);
        self.maybe(change.base_branch.as_deref());
        self.maybe(change.head_branch.as_deref());
        self.maybe(change.merge_commit.as_deref());
        self.maybe(change.head_commit.as_deref());
        self.list(change.labels.as_deref());
        self.maybe(change.category.as_deref());
        self.number(i64::from(change.review_coverage as u8));
        self.count(change.reviews.len());
        for review in &change.reviews {
            self.review(review);
        }
        self.mentions(&change.mentions);
    }

    fn review(&mut self, review: &Review) {
        self.number(1);
        self.text(&review.change);
        self.maybe(review.source_id.as_deref());
        self.person(Some(&review.reviewer));
        self.number(i64::from(review.verdict as u8));
        self.time(review.submitted_at);
        self.maybe(review.commit.as_deref());
        self.maybe(review.url.as_deref());
    }

    fn ticket(&mut self, ticket: &Ticket) {
        self.number(2);
        self.text(&ticket.id);
        self.text(&ticket.source);
        self.text(&ticket.key);
        self.text(&ticket.project);
        self.text(&ticket.title);
        for text in [
            &ticket.body,
            &ticket.url,
            &ticket.ticket_type,
            &ticket.change_type,
            &ticket.reason,
            &ticket.status,
            &ticket.priority,
        ] {
            self.maybe(text.as_deref());
        }
        self.number(ticket.done.map_or(-1, i64::from));
        self.list(ticket.labels.as_deref());
        self.person(ticket.reporter.as_ref());
        self.person(ticket.assignee.as_ref());
        for at in [ticket.opened_at, ticket.resolved_at, ticket.work_start, ticket.work_end, ticket.updated_at] {
            self.time(at);
        }
        self.notes(&ticket.notes);
        self.mentions(&ticket.mentions);
        self.number(i64::from(ticket.is_change_request));
    }

    fn incident(&mut self, incident: &Incident) {
        self.number(3);
        self.text(&incident.id);
        self.text(&incident.source);
        self.list(Some(&incident.names));
        self.text(&incident.title);
        for text in [
            &incident.number,
            &incident.body,
            &incident.url,
            &incident.service,
            &incident.status,
            &incident.severity,
            &incident.urgency,
            &incident.merged_into,
        ] {
            self.maybe(text.as_deref());
        }
        for at in [incident.opened_at, incident.resolved_at, incident.updated_at] {
            self.time(at);
        }
        self.notes(&incident.notes);
        self.mentions(&incident.mentions);
    }

    fn supporting(&mut self, row: &Supporting<'_>) {
        self.number(row.kind.code());
        self.text(row.id);
        self.text(row.source);
        self.maybe(row.repository);
        self.time(row.updated_at);
        self.count(row.fields.len());
        for field in &row.fields {
            match field.said {
                Said::Text(text) | Said::Commit(text) => self.maybe(text),
                Said::Number(number) => self.number(number.unwrap_or(i64::MIN)),
                Said::Time(at) => self.time(at),
                Said::Person(person) => self.person(person),
                Said::List(list) => self.list(list),
                Said::Findings(found) => {
                    let found = found.map(|found| [found.critical, found.high, found.medium, found.low, found.unrated]);
                    self.number(found.map_or(-1, |_| 1));
                    for count in found.into_iter().flatten() {
                        self.number(i64::try_from(count).unwrap_or(i64::MAX));
                    }
                }
            }
        }
        self.maybe(row.body);
        self.mentions(row.mentions);
    }
}
