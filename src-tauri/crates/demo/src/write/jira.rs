//! Tickets as Jira Cloud's "Export CSV (all fields)" writes them: one header for each value of a field with many, dates of
//! the site's pattern without a zone, comments as `date;account;text`.

use std::io::{self, Write};

use crate::calendar::jira_date;
use crate::company::people::Person;
use crate::story::Story;
use crate::story::change::{Change, Subject};
use crate::text::tickets::Ticket;

const LABELS: usize = 3;
const COMMENTS: usize = 5;

const BEFORE_LABELS: [&str; 27] = [
    "Summary",
    "Issue key",
    "Issue id",
    "Issue Type",
    "Status",
    "Project key",
    "Project name",
    "Project type",
    "Project lead",
    "Project lead id",
    "Project description",
    "Priority",
    "Resolution",
    "Assignee",
    "Assignee Id",
    "Reporter",
    "Reporter Id",
    "Creator",
    "Creator Id",
    "Created",
    "Updated",
    "Last Viewed",
    "Resolved",
    "Components",
    "Due date",
    "Votes",
    "Work Ratio",
];
const AFTER_LABELS: [&str; 12] = [
    "Description",
    "Environment",
    "Security Level",
    "Inward issue link (Problem/Incident)",
    "Outward issue link (Relates)",
    "Outward issue link (Relates)",
    "Custom field (Approvals)",
    "Custom field (Change reason)",
    "Custom field (Change risk)",
    "Custom field (Change type)",
    "Custom field (Root cause)",
    "Custom field (Story Points)",
];

/// Writes the ticket file.
pub(crate) fn write(story: &Story, out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().from_writer(out);
    let header = BEFORE_LABELS
        .into_iter()
        .chain(["Labels"; LABELS])
        .chain(AFTER_LABELS)
        .chain(["Comment"; COMMENTS])
        .chain(["Status Category"]);
    csv.write_record(header)?;
    // Keys of the last planned tickets, for the links between tickets.
    let mut recent: [Option<String>; 3] = [None, None, None];
    for (change, ticket) in Ticket::all(story) {
        csv.write_record(row(&ticket, &Related::of(&change, &recent)))?;
        if change.ordinal().is_none() {
            recent.rotate_right(1);
            if let Some(first) = recent.first_mut() {
                *first = Some(ticket.key);
            }
        }
    }
    csv.flush()
}

/// Keys of other tickets that a ticket is linked to; empty where there is none.
#[derive(Debug, Default)]
struct Related {
    caused_by: String,
    relates: [String; 2],
}

impl Related {
    /// Only planned work is linked, and only to planned work, so that the links change no verdict.
    fn of(change: &Change, recent: &[Option<String>; 3]) -> Self {
        let [first, second, third] = recent.clone().map(Option::unwrap_or_default);
        let slot = change.place.slot;
        let plain = change.ordinal().is_none() && change.subject == Subject::Planned;
        let only = |wanted: bool, key: String| if plain && wanted { key } else { String::new() };
        Self {
            caused_by: only(slot.is_multiple_of(23), third),
            relates: [only(slot.is_multiple_of(4), first), only(slot.is_multiple_of(8), second)],
        }
    }
}

fn row(ticket: &Ticket, related: &Related) -> Vec<String> {
    let person = |person: Person| [person.name().to_owned(), person.jira_account()];
    let number = ticket.key.bytes().fold(7_u64, |sum, byte| sum * 37 % 90_000_007 + u64::from(byte));
    let is_done = ticket.resolved.is_some();
    let (key, name) = ticket.project;
    let mut cells: Vec<String> = vec![
        ticket.summary.clone(),
        ticket.key.clone(),
        (10_000 + number).to_string(),
        ticket.issue_type.to_owned(),
        if is_done { "Done" } else { "In Progress" }.to_owned(),
        key.to_owned(),
        name.to_owned(),
        "software".to_owned(),
    ];
    cells.extend(person(ticket.reporter));
    cells.extend([String::new(), ticket.priority.to_owned()]);
    cells.push(if is_done { "Done" } else { "" }.to_owned());
    cells.extend([ticket.assignee, ticket.reporter, ticket.reporter].into_iter().flat_map(person));
    cells.extend([ticket.created, ticket.updated, ticket.updated].map(jira_date));
    cells.push(ticket.resolved.map(jira_date).unwrap_or_default());
    cells.extend(["", "", "0", "-1"].map(str::to_owned));
    cells.extend((0..LABELS).map(|n| ticket.labels.get(n).copied().unwrap_or_default().to_owned()));
    cells.extend([ticket.description.clone(), String::new(), String::new()]);
    cells.push(related.caused_by.clone());
    cells.extend(related.relates.iter().cloned());
    cells.extend([
        "ApprovalsCFValue{approvals=[]}".to_owned(),
        ticket.change_reason.clone(),
        ticket.change_risk.to_owned(),
        ticket.change_type.to_owned(),
        String::new(),
        String::new(),
    ]);
    cells.extend((0..COMMENTS).map(|n| {
        let comment = ticket.comments.get(n);
        comment.map_or_else(String::new, |comment| {
            format!("{};{};{}", jira_date(comment.at), comment.by.jira_account(), comment.text)
        })
    }));
    cells.push(if is_done { "Done" } else { "In Progress" }.to_owned());
    cells
}
