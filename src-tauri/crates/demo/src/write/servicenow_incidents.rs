//! Incidents as a list of ServiceNow exports them to CSV. `rfc` is the change that fixed one.

use std::io::{self, Write};

use crate::calendar::{LAST_EXPORT, plain_date};
use crate::story::Story;
use crate::story::change::Incident;
use crate::story::register::{Entry, Register, Source};
use crate::text::incidents::Report;
use crate::write::servicenow::guarded;

const HEADER: [&str; 12] = [
    "number",
    "incident_state",
    "priority",
    "opened_at",
    "resolved_at",
    "caller_id",
    "rfc",
    "parent_incident",
    "business_service",
    "short_description",
    "description",
    "sys_updated_on",
];

/// Writes the incident file.
pub(crate) fn write(story: &Story, out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(out);
    csv.write_record(HEADER)?;
    for (entry, place) in story.register.incidents.iter().zip(0..) {
        csv.write_record(row(story, place, entry))?;
    }
    csv.flush()
}

fn row(story: &Story, place: u64, entry: &Entry) -> [String; 12] {
    let report = Report::of(story, entry);
    let resolved = (report.resolved <= LAST_EXPORT).then_some(report.resolved);
    let priority = match report.priority {
        "P1" => "1 - Critical",
        "P2" => "2 - High",
        "P3" => "3 - Moderate",
        _ => "4 - Low",
    };
    [
        story.incident_name(Register::number(place)),
        if resolved.is_some() { "Resolved" } else { "In Progress" }.to_owned(),
        priority.to_owned(),
        plain_date(entry.opened),
        resolved.map(plain_date).unwrap_or_default(),
        "Service desk".to_owned(),
        fixed_by(story, place, entry),
        merged_into(story, entry),
        report.service.to_owned(),
        guarded(&report.title),
        guarded(&report.details),
        plain_date(resolved.unwrap_or(entry.opened)),
    ]
}

/// The change that fixed it: filled in for every second incident that names its change anyway.
fn fixed_by(story: &Story, place: u64, entry: &Entry) -> String {
    let Source::Emergency { .. } = entry.source else {
        return String::new();
    };
    let change = entry.place.and_then(|(repository, slot)| story.change(repository, slot));
    let named_back = change.filter(|change| matches!(change.incident, Incident::Linked { two_way: true, .. }));
    named_back.filter(|_| place.is_multiple_of(2)).map(|change| story.reference(&change)).unwrap_or_default()
}

/// The incident that it was found to be a part of.
fn merged_into(story: &Story, entry: &Entry) -> String {
    match entry.source {
        Source::Emergency { ordinal } => story.register.main_of(ordinal).map(Register::number),
        Source::MainOf { .. } | Source::Standalone { .. } => None,
    }
    .map(|number| story.incident_name(number))
    .unwrap_or_default()
}
