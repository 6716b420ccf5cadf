//! The table `sysapproval_approver` as a list of ServiceNow exports it to CSV: one row for each answer of each approver.

use std::io::{self, Write};

use crate::calendar::plain_date;
use crate::company::people::Account;
use crate::story::Story;
use crate::story::change::{Change, ReviewState};
use crate::story::naming::{change_request, universal_id};
use crate::write::servicenow::user;

const HEADER: [&str; 7] =
    ["sys_id", "state", "approver", "sysapproval", "sys_created_on", "sys_updated_on", "comments"];

/// What an approver answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    Approved,
    Rejected,
}

/// Who answered what, and when. A comment is no answer, nor is one that was taken back, and rows of people whose record is
/// gone show to nobody.
pub(crate) fn decisions(change: &Change) -> Vec<(i64, Account, Decision)> {
    let answers = change.reviews.iter().filter(|review| review.by != Account::Deleted);
    answers
        .filter_map(|review| match review.state {
            ReviewState::Approved => Some((review.at, review.by, Decision::Approved)),
            ReviewState::ChangesRequested => Some((review.at, review.by, Decision::Rejected)),
            ReviewState::Commented | ReviewState::Dismissed | ReviewState::Pending => None,
        })
        .collect()
}

/// Writes the answers to all changes whose approvals were exported, and requests that nobody answered.
pub(crate) fn write(story: &Story, out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(out);
    csv.write_record(HEADER)?;
    let is_listed = |change: &Change| change.verdicts.in_population && !change.place.lacks_reviews();
    for change in story.changes().filter(is_listed) {
        let number = change_request(&change.place);
        let record = change.place.record();
        let answers = decisions(&change).into_iter().map(|(at, by, decision)| {
            let state = match decision {
                Decision::Approved => "Approved",
                Decision::Rejected => "Rejected",
            };
            (state, by, at)
        });
        let lead = Account::Person(change.repository().team.lead());
        let asked = record.is_multiple_of(9).then_some(("Requested", lead, change.opened));
        for ((state, by, at), n) in answers.chain(asked).zip(0..) {
            let id = universal_id(n, &number).replace('-', "");
            let opened = plain_date(change.opened);
            csv.write_record([&id, state, &user(by, record), &number, &opened, &plain_date(at), ""])?;
        }
    }
    csv.flush()
}
