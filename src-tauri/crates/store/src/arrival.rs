//! A record on its way into the ledger: hashed and matched on the thread that parsed it, so that the
//! thread that writes only writes.

use crate::{
    digest::Digest,
    part::{Part, Parts, change_as_of, incident_as_of, ticket_as_of},
    supporting::Supporting,
};
use change_ledger_model::{
    Timestamp,
    policy::patterns::{Matcher, TextHit, TextSignal},
    record::{Change, FoundIn, Incident, Mention, Note, Record, Ticket},
};

/// A record together with its digest and what the policies' words found in its texts. The texts themselves are
/// gone: they are kept as evidence only, and need not travel to another thread.
#[derive(Debug, Clone)]
pub struct Arrival {
    pub(crate) record: Record,
    pub(crate) digest: Digest,
    /// The parts that the row carried, texts included.
    pub(crate) carried: Parts,
    /// When the row was true, in UTC milliseconds.
    pub(crate) as_of: i64,
    pub(crate) hits: Vec<Hit>,
    /// Names in the record's texts and fields beyond those that are kept.
    pub(crate) names_left_out: usize,
}

/// How many other records one record may name. A text with more of them is a list, not a description, and each takes room in
/// memory and in the ledger.
pub(crate) const NAMES_KEPT: usize = 10_000;

/// One match in one part of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Position of the pattern set among those of the import.
    pub(crate) set: usize,
    pub(crate) part: Part,
    pub(crate) signal: TextSignal,
    pub(crate) text: String,
    /// When the text was written, for notes, in UTC milliseconds.
    pub(crate) at: Option<i64>,
}

impl Arrival {
    /// Hashes and matches `record`. `matchers` must be in the order of the pattern sets that the import was
    /// begun with.
    #[must_use]
    pub fn new(mut record: Record, matchers: &[Matcher]) -> Self {
        let digest = Digest::of(&record);
        let hits = hits_of(&record, matchers);
        let (carried, as_of) = match &mut record {
            Record::Change(change) => {
                let facts = (Parts::of_change(change), change_as_of(change));
                change.body = None;
                facts
            }
            Record::Review(review) => (Parts::default(), review.submitted_at.map_or(i64::MIN, Timestamp::millis)),
            Record::Ticket(ticket) => {
                let facts = (Parts::of_ticket(ticket), ticket_as_of(ticket));
                ticket.body = None;
                ticket.notes = Vec::new();
                facts
            }
            Record::Incident(incident) => {
                let facts = (Parts::of_incident(incident), incident_as_of(incident));
                incident.body = None;
                incident.notes = Vec::new();
                facts
            }
            Record::Message(_) | Record::Commit(_) => {
                let facts = of_supporting(&record);
                match &mut record {
                    Record::Message(message) => message.text = String::new(),
                    Record::Commit(commit) => commit.body = None,
                    _ => {}
                }
                facts
            }
            Record::Deployment(_) | Record::Bypass(_) | Record::Check(_) | Record::Alert(_) | Record::Setting(_) => {
                of_supporting(&record)
            }
        };
        let names_left_out = mentions_of(&mut record).map_or(0, keep_strongest);
        Self { record, digest, carried, as_of, hits, names_left_out }
    }

    /// The record, without its texts.
    #[must_use]
    pub const fn record(&self) -> &Record {
        &self.record
    }
}

fn mentions_of(record: &mut Record) -> Option<&mut Vec<Mention>> {
    match record {
        Record::Change(change) => Some(&mut change.mentions),
        Record::Ticket(ticket) => Some(&mut ticket.mentions),
        Record::Incident(incident) => Some(&mut incident.mentions),
        Record::Alert(alert) => Some(&mut alert.mentions),
        Record::Message(message) => Some(&mut message.mentions),
        Record::Commit(commit) => Some(&mut commit.mentions),
        Record::Review(_) | Record::Deployment(_) | Record::Bypass(_) | Record::Check(_) | Record::Setting(_) => None,
    }
}

/// Keeps the names that stand elsewhere than in running texts first, and no more memory than they need; says how many are left out.
fn keep_strongest(mentions: &mut Vec<Mention>) -> usize {
    let left_out = mentions.len().saturating_sub(NAMES_KEPT);
    if left_out > 0 {
        // Only running texts are long enough to hold so many.
        mentions.sort_by_key(|mention| (matches!(mention.found_in, FoundIn::Body | FoundIn::Note), mention.found_in));
        mentions.truncate(NAMES_KEPT);
    }
    // Repeated names were dropped, but not the room that they took.
    mentions.shrink_to_fit();
    left_out
}

/// What a supporting record carries, and when it was true.
fn of_supporting(record: &Record) -> (Parts, i64) {
    Supporting::of(record).map_or((Parts::default(), i64::MIN), |found| (found.parts(), found.as_of()))
}

/// What the words of each pattern set find in the texts of a record.
pub(crate) fn hits_of(record: &Record, matchers: &[Matcher]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (set, matcher) in matchers.iter().enumerate() {
        let mut found = Found { set, matcher, buffer: Vec::new(), hits: &mut hits };
        match record {
            Record::Change(change) => found.in_change(change),
            Record::Review(_)
            | Record::Deployment(_)
            | Record::Bypass(_)
            | Record::Check(_)
            | Record::Alert(_)
            | Record::Message(_)
            | Record::Setting(_)
            | Record::Commit(_) => {}
            Record::Ticket(ticket) => found.in_ticket(ticket),
            Record::Incident(incident) => found.in_incident(incident),
        }
    }
    hits
}

struct Found<'a> {
    set: usize,
    matcher: &'a Matcher,
    buffer: Vec<TextHit>,
    hits: &'a mut Vec<Hit>,
}

impl Found<'_> {
    fn in_change(&mut self, change: &Change) {
        self.look(Part::Title, |matcher, hits| matcher.title(&change.title, hits));
        self.labels(change.labels.as_deref());
        self.label(Part::Category, change.category.as_deref());
        if let Some(branch) = &change.head_branch {
            self.look(Part::HeadBranch, |matcher, hits| matcher.branch(branch, hits));
        }
        if let Some(body) = &change.body {
            self.look(Part::Body, |matcher, hits| matcher.body(body, hits));
        }
    }

    /// The title of a ticket speaks only when the ticket is a change itself.
    fn in_ticket(&mut self, ticket: &Ticket) {
        self.labels(ticket.labels.as_deref());
        self.label(Part::TicketType, ticket.ticket_type.as_deref());
        self.label(Part::ChangeType, ticket.change_type.as_deref());
        if ticket.is_change_request {
            self.look(Part::Title, |matcher, hits| matcher.title(&ticket.title, hits));
        }
        if let Some(body) = &ticket.body {
            self.look(Part::Body, |matcher, hits| matcher.record_text(body, hits));
        }
        self.notes(&ticket.notes);
    }

    fn in_incident(&mut self, incident: &Incident) {
        if let Some(body) = &incident.body {
            self.look(Part::Body, |matcher, hits| matcher.record_text(body, hits));
        }
        self.notes(&incident.notes);
    }

    fn labels(&mut self, labels: Option<&[String]>) {
        for label in labels.unwrap_or_default() {
            self.label(Part::Labels, Some(label));
        }
    }

    fn label(&mut self, part: Part, label: Option<&str>) {
        if let Some(label) = label {
            self.look(part, |matcher, hits| matcher.label(label, hits));
        }
    }

    fn notes(&mut self, notes: &[Note]) {
        for note in notes {
            let before = self.hits.len();
            self.look(Part::Notes, |matcher, hits| matcher.record_text(&note.text, hits));
            for hit in self.hits.iter_mut().skip(before) {
                hit.at = note.at.map(Timestamp::millis);
            }
        }
    }

    fn look(&mut self, part: Part, search: impl FnOnce(&Matcher, &mut Vec<TextHit>)) {
        search(self.matcher, &mut self.buffer);
        let set = self.set;
        self.hits.extend(self.buffer.drain(..).map(|hit| Hit {
            set,
            part,
            signal: hit.signal,
            text: hit.text,
            at: None,
        }));
    }
}
