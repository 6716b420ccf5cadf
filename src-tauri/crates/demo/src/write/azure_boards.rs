//! Work items as a query of Azure Boards exports them to CSV: people with their addresses, descriptions as HTML, dates in the
//! order and zone of whoever exported.

use std::io::{self, Write};

use crate::calendar::american_date;
use crate::company::people::Person;
use crate::story::Story;
use crate::story::change::Change;
use crate::story::naming::work_item;
use crate::text::tickets::Ticket;

const HEADER: [&str; 15] = [
    "ID",
    "Work Item Type",
    "Title",
    "Assigned To",
    "State",
    "Tags",
    "Priority",
    "Area Path",
    "Created By",
    "Created Date",
    "Changed Date",
    "Closed Date",
    "Description",
    "Change Type",
    "Justification",
];

/// Writes the file of work items.
pub(crate) fn write(story: &Story, out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(out);
    csv.write_record(HEADER)?;
    for (change, ticket) in Ticket::all(story) {
        csv.write_record(row(&change, &ticket))?;
    }
    csv.flush()
}

fn row(change: &Change, ticket: &Ticket) -> [String; 15] {
    let person = |person: Person| format!("{} <{}>", person.name(), person.address());
    [
        work_item(&change.place).to_string(),
        work_item_type(ticket.issue_type).to_owned(),
        ticket.summary.clone(),
        person(ticket.assignee),
        if ticket.resolved.is_some() { "Closed" } else { "Active" }.to_owned(),
        ticket.labels.join("; "),
        priority(ticket.priority).to_owned(),
        ticket.project.1.to_owned(),
        person(ticket.reporter),
        american_date(ticket.created),
        american_date(ticket.updated),
        ticket.resolved.map(american_date).unwrap_or_default(),
        html(&ticket.description),
        ticket.change_type.to_owned(),
        ticket.change_reason.clone(),
    ]
}

/// The type of an issue as the process of Azure Boards names it.
fn work_item_type(issue_type: &'static str) -> &'static str {
    match issue_type {
        "Story" => "User Story",
        "[System] Change" => "Change Request",
        other => other,
    }
}

fn priority(name: &str) -> &'static str {
    match name {
        "Highest" => "1",
        "High" => "2",
        "Medium" => "3",
        _ => "4",
    }
}

/// A text as the editor of work items stores it: a block for each line.
fn html(text: &str) -> String {
    let blocks = text.lines().map(|line| {
        let line = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!("<div>{line}</div>")
    });
    blocks.collect()
}
