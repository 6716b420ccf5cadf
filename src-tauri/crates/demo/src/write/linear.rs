//! Tickets as Linear's export of a workspace writes them: no comments, no fields of one's own, labels in one cell.
//! Shape: <https://linear.app/docs/exporting-data>.

use std::io::{self, Write};

use crate::calendar::rfc3339_millis;
use crate::story::Story;
use crate::story::change::EmergencyMark;
use crate::text::tickets::Ticket;

const HEADER: [&str; 25] = [
    "ID",
    "Team",
    "Title",
    "Description",
    "Status",
    "Estimate",
    "Priority",
    "Project ID",
    "Project",
    "Creator",
    "Assignee",
    "Labels",
    "Cycle Number",
    "Cycle Name",
    "Cycle Start",
    "Cycle End",
    "Created",
    "Updated",
    "Started",
    "Triaged",
    "Completed",
    "Canceled",
    "Archived",
    "Due Date",
    "Parent issue",
];

/// Writes the ticket file.
pub(crate) fn write(story: &Story, out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(out);
    csv.write_record(HEADER)?;
    for (change, ticket) in Ticket::all(story) {
        csv.write_record(row(&ticket, change.ticket.and_then(|link| link.emergency)))?;
    }
    csv.flush()
}

/// A ticket has no type here, so a label says what a type says elsewhere.
fn row(ticket: &Ticket, emergency: Option<EmergencyMark>) -> Vec<String> {
    let mut labels = ticket.labels.clone();
    if matches!(emergency, Some(EmergencyMark::ChangeType | EmergencyMark::IssueType)) {
        labels.push("emergency");
    }
    let said = |column: &str| match column {
        "ID" => ticket.key.clone(),
        "Team" => ticket.project.1.to_owned(),
        "Title" => ticket.summary.clone(),
        "Description" => ticket.description.clone(),
        "Status" => if ticket.resolved.is_some() { "Done" } else { "In Progress" }.to_owned(),
        "Priority" => if ticket.priority == "Highest" { "Urgent" } else { ticket.priority }.to_owned(),
        "Creator" => ticket.reporter.address(),
        "Assignee" => ticket.assignee.address(),
        "Labels" => labels.join(", "),
        "Created" | "Started" => rfc3339_millis(ticket.created),
        "Updated" => rfc3339_millis(ticket.updated),
        "Completed" => ticket.resolved.map(rfc3339_millis).unwrap_or_default(),
        _ => String::new(),
    };
    HEADER.into_iter().map(said).collect()
}
