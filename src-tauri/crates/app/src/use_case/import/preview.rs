//! The first rows of a file as they would be read.

mod supporting;

use crate::{
    error::{AppError, ErrorCode},
    import_file::ReadAs,
    wire::{FilePreview, PreviewFact, PreviewRecord, PreviewRow},
};
use change_ledger_ingest::{Flow, Input, Row, Sink};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{Change, Incident, Place, Record, Reject, Review, Ticket, Verdict},
};
use std::{io::Read, ops::ControlFlow};

/// Rows that a preview shows.
const ROWS: usize = 5;

/// The first rows of `input`, and why it was recognised as what it is.
///
/// # Errors
/// When the file cannot be read at all.
pub(super) fn preview(input: &dyn Input, read_as: &ReadAs<'_>) -> Result<FilePreview, AppError> {
    let reading = read_as.one(input).prepare(input)?;
    let bytes: Box<dyn Read> = input.open().map_err(|error| {
        AppError::new(ErrorCode::UnreadableInput, format!("{} cannot be read: {error}", input.name()))
    })?;
    let mut first = FirstRows(Vec::new());
    match change_ledger_ingest::read(bytes, &reading, &mut first) {
        // Enough rows were seen.
        Ok(_) | Err(change_ledger_ingest::IngestError::Cancelled) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(FilePreview { file: input.name().to_owned(), recognised_by: reading.recognised_by.clone(), rows: first.0 })
}

struct FirstRows(Vec<PreviewRow>);

impl FirstRows {
    fn add(&mut self, row: PreviewRow) -> Flow {
        self.0.push(row);
        if self.0.len() < ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

impl Sink for FirstRows {
    fn accept(&mut self, row: Row) -> Flow {
        self.add(PreviewRow { records: row.records.iter().map(record).collect(), ..PreviewRow::at(&row.place) })
    }

    fn reject(&mut self, reject: Reject) -> Flow {
        let place = PreviewRow::at(&reject.place);
        self.add(PreviewRow { reject: Some(reject), ..place })
    }
}

impl PreviewRow {
    /// A row of which nothing is known but its place.
    pub(super) fn at(place: &Place) -> Self {
        Self { row: place.row, line: place.line, records: Vec::new(), reject: None }
    }
}

/// A record as a preview shows it.
pub(super) fn record(record: &Record) -> PreviewRecord {
    let (kind, name, facts) = match record {
        Record::Change(change) => ("change", change.id.clone(), change_facts(change)),
        Record::Review(review) => ("review", review.change.clone(), review_facts(review)),
        Record::Ticket(ticket) => ("ticket", ticket.id.clone(), ticket_facts(ticket)),
        Record::Incident(incident) => ("incident", incident.id.clone(), incident_facts(incident)),
        Record::Deployment(deployment) => ("deployment", deployment.id.clone(), supporting::deployment(deployment)),
        Record::Bypass(bypass) => ("bypass", bypass.id.clone(), supporting::bypass(bypass)),
        Record::Check(check) => ("check", check.id.clone(), supporting::check(check)),
        Record::Alert(alert) => ("alert", alert.id.clone(), supporting::alert(alert)),
        Record::Message(message) => ("message", message.id.clone(), supporting::message(message)),
        Record::Setting(setting) => ("branch rule", setting.id.clone(), supporting::setting(setting)),
        Record::Commit(commit) => ("commit", commit.id.clone(), supporting::commit(commit)),
    };
    let facts = facts.into_iter().map(|(fact, value)| PreviewFact { fact: fact.to_owned(), value }).collect();
    PreviewRecord { kind: kind.to_owned(), name, facts }
}

type Facts = Vec<(&'static str, Option<String>)>;

fn change_facts(change: &Change) -> Facts {
    vec![
        ("title", Some(change.title.clone())),
        ("state", Some(crate::name_of(&change.state))),
        ("author", person(change.author.as_ref())),
        ("opened_at", time(change.opened_at)),
        ("implemented_at", time(change.implemented_at)),
        ("merged_by", person(change.merged_by.as_ref())),
        ("base_branch", change.base_branch.clone()),
        ("labels", change.labels.as_ref().map(|labels| labels.join(", "))),
        ("reviews", reviews(change)),
    ]
}

/// Submitted reviews in the row; `None` when the row cannot hold any.
fn reviews(change: &Change) -> Option<String> {
    let carried = change.review_coverage != change_ledger_model::record::ReviewCoverage::NotCarried;
    carried.then(|| change.reviews.len().to_string())
}

fn review_facts(review: &Review) -> Facts {
    vec![
        ("reviewer", (review.verdict != Verdict::Reset).then(|| review.reviewer.label().to_owned())),
        ("verdict", Some(crate::name_of(&review.verdict))),
        ("submitted_at", time(review.submitted_at)),
    ]
}

fn ticket_facts(ticket: &Ticket) -> Facts {
    vec![
        ("title", Some(ticket.title.clone())),
        ("type", ticket.ticket_type.clone()),
        ("status", ticket.status.clone()),
        ("opened_at", time(ticket.opened_at)),
        ("resolved_at", time(ticket.resolved_at)),
        ("labels", ticket.labels.as_ref().map(|labels| labels.join(", "))),
    ]
}

fn incident_facts(incident: &Incident) -> Facts {
    vec![
        ("title", Some(incident.title.clone())),
        ("severity", incident.severity.clone().or_else(|| incident.urgency.clone())),
        ("service", incident.service.clone()),
        ("opened_at", time(incident.opened_at)),
        ("resolved_at", time(incident.resolved_at)),
    ]
}

fn person(person: Option<&Person>) -> Option<String> {
    person.map(|person| person.label().to_owned())
}

fn time(time: Option<Timestamp>) -> Option<String> {
    time.map(|time| time.to_string())
}
