//! Change requests as a list of ServiceNow exports them to CSV: headings are field names, values what people see, journals
//! one text each, times in the zone of whoever exported.

use std::io::{self, Write};

use crate::calendar::{HOUR, LAST_EXPORT, plain_date};
use crate::company::people::Account;
use crate::story::Story;
use crate::story::change::{Change, Class, IncidentName, Subject};
use crate::story::naming::change_request;
use crate::text::pull_requests::Wording;
use crate::text::statements::named_incident;
use crate::text::tickets::Ticket;
use crate::write::servicenow::{guarded, journal, person, user};
use crate::write::servicenow_approvals::{Decision, decisions};

const HEADER: [&str; 19] = [
    "number",
    "type",
    "state",
    "approval",
    "short_description",
    "description",
    "justification",
    "requested_by",
    "assigned_to",
    "business_service",
    "opened_at",
    "work_start",
    "work_end",
    "closed_at",
    "sys_updated_on",
    "unauthorized",
    "parent",
    "close_code",
    "comments_and_work_notes",
];
/// The last column, which nobody added to the first export of one team.
const APPROVAL_HISTORY: &str = "approval_history";

/// Writes the changes whose list shows who approved, or those whose list does not.
pub(crate) fn write(story: &Story, with_approvals: bool, out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(out);
    csv.write_record(HEADER.into_iter().chain(with_approvals.then_some(APPROVAL_HISTORY)))?;
    let is_listed = |change: &Change| change.verdicts.in_population && change.place.lacks_reviews() != with_approvals;
    for change in story.changes().filter(is_listed) {
        let history = with_approvals.then(|| approval_history(&change));
        let approval = if with_approvals { approval(&change) } else { "Approved" };
        csv.write_record(row(story, &change, approval).into_iter().chain(history))?;
    }
    csv.flush()
}

/// Where the approval stands, as the answers left it.
fn approval(change: &Change) -> &'static str {
    let decisions = decisions(change);
    let has = |wanted: Decision| decisions.iter().any(|(_, _, decision)| *decision == wanted);
    if has(Decision::Approved) {
        "Approved"
    } else if has(Decision::Rejected) {
        "Rejected"
    } else {
        "Requested"
    }
}

fn row(story: &Story, change: &Change, approval: &str) -> Vec<String> {
    let wording = Wording::of(story, change);
    let ticket = change.ticket.map(|link| Ticket::of(story, change, link));
    let closed = (change.merged + 6 * HOUR <= LAST_EXPORT).then_some(change.merged + 6 * HOUR);
    let description = match &ticket {
        Some(ticket) => format!("{}\n\n{}", wording.body, ticket.description),
        None => wording.body,
    };
    let said = |column: &str| match column {
        "number" => change_request(&change.place),
        "type" => kind(change).to_owned(),
        "state" => if closed.is_some() { "Closed" } else { "Review" }.to_owned(),
        "approval" => approval.to_owned(),
        "short_description" => guarded(&wording.title),
        "description" => guarded(&description),
        "justification" => ticket.as_ref().map(|ticket| guarded(&ticket.change_reason)).unwrap_or_default(),
        "requested_by" => user(change.author, change.place.record()),
        "assigned_to" => change.author.person().map(person).unwrap_or_default(),
        "business_service" => change.repository().service.to_owned(),
        "opened_at" | "work_start" => plain_date(change.opened),
        "work_end" => plain_date(change.merged),
        "closed_at" => closed.map(plain_date).unwrap_or_default(),
        "sys_updated_on" => plain_date(updated(change, ticket.as_ref(), closed)),
        "unauthorized" => "false".to_owned(),
        "parent" => parent(story, change),
        "close_code" => if closed.is_some() { "Successful" } else { "" }.to_owned(),
        "comments_and_work_notes" => work_notes(change, ticket.as_ref()),
        _ => String::new(),
    };
    HEADER.into_iter().map(said).collect()
}

fn kind(change: &Change) -> &'static str {
    match (change.verdicts.class, change.subject) {
        (Class::Declared, _) => "Emergency",
        (_, Subject::Dependency) => "Standard",
        _ => "Normal",
    }
}

/// The incident that a branch names elsewhere is the parent of the change here.
fn parent(story: &Story, change: &Change) -> String {
    match named_incident(story, change) {
        Some((IncidentName::Branch, number, _)) => story.incident_name(number),
        _ => String::new(),
    }
}

fn updated(change: &Change, ticket: Option<&Ticket>, closed: Option<i64>) -> i64 {
    let comments = ticket.into_iter().flat_map(|ticket| &ticket.comments).map(|comment| comment.at);
    let reviews = change.reviews.iter().map(|review| review.at);
    comments.chain(reviews).chain(closed).fold(change.merged, i64::max)
}

/// What was said about the change, and that it was checked afterwards.
fn work_notes(change: &Change, ticket: Option<&Ticket>) -> String {
    let lead = change.repository().team.lead();
    let checked = (change.merged + 120, lead.name(), "Work notes", "Checks after the deployment are green.".to_owned());
    let comments = ticket.into_iter().flat_map(|ticket| &ticket.comments);
    let said = comments.map(|comment| (comment.at, comment.by.name(), "Additional comments", comment.text.clone()));
    journal(said.chain([checked]).collect())
}

/// The journal of the approvals: who was asked, and who answered what.
fn approval_history(change: &Change) -> String {
    const SYSTEM: &str = "System Administrator";
    let asked = (change.opened, SYSTEM, "Approval history", "Group approval for CAB Approval requested.".to_owned());
    let answers = decisions(change).into_iter().map(|(at, by, decision)| {
        let name = match by {
            Account::Person(person) => person.name(),
            Account::Bot(slug) => slug,
            Account::Deleted => "",
        };
        let word = match decision {
            Decision::Approved => "approved",
            Decision::Rejected => "rejected",
        };
        (at, SYSTEM, "Approval history", format!("Group approval for CAB Approval {word} by user {name}."))
    });
    journal(answers.chain([asked]).collect())
}
