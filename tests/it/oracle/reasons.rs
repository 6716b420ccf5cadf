//! Whether an emergency's reason is one that the policy takes for one, and whether whom it asks reviewed it.

use super::{approval::certain_approvals, attested::Attested, permitted::holds};
use change_ledger_model::{
    Timestamp,
    columns::{HitOwner, LedgerColumns, QuoteRow},
    policy::{Policy, ReviewEvidence, patterns::TextSignal},
    record::ChangeKind,
};

/// A change with what it names, and the pattern set of its policy.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub change: u32,
    pub tickets: &'a [u32],
    pub incidents: &'a [u32],
    pub pattern_set: usize,
    pub as_of: Timestamp,
}

impl About<'_> {
    fn quotes<'l>(&self, ledger: &'l LedgerColumns, signal: TextSignal) -> Vec<&'l QuoteRow> {
        let concerns = |owner: HitOwner| match owner {
            HitOwner::Change(of) => of == self.change,
            HitOwner::Ticket(of) => self.tickets.contains(&of),
            HitOwner::Incident(of) => self.incidents.contains(&of),
        };
        let is_meant = |row: &&QuoteRow| {
            row.signal == signal
                && row.pattern_set as usize == self.pattern_set
                && concerns(row.owner)
                && row.at.is_none_or(|at| at <= self.as_of.millis())
        };
        ledger.quotes.iter().filter(is_meant).collect()
    }
}

pub fn reason_accepted(
    ledger: &LedgerColumns,
    policy: &Policy,
    about: &About<'_>,
    attested: &Attested,
) -> Option<bool> {
    if policy.emergency.grounds.is_empty() {
        return Some(true);
    }
    let is_own = |row: &&QuoteRow| !matches!(row.owner, HitOwner::Incident(_));
    let quotes: Vec<&QuoteRow> = about.quotes(ledger, TextSignal::Justification).into_iter().filter(is_own).collect();
    let mut texts: Vec<&str> = quotes.iter().map(|row| row.text.as_str()).collect();
    if policy.justification.ticket_reason_counts {
        let fields = ledger.ticket_reasons.iter().filter(|(ticket, _)| about.tickets.contains(ticket));
        texts.extend(fields.map(|(_, reason)| reason.as_str()));
    }
    let words = |text: &str| text.to_lowercase().split(' ').map(str::to_owned).collect::<Vec<_>>();
    for text in &texts {
        let mut denied = false;
        for word in words(text) {
            if policy.emergency.grounds.contains(&word) && !denied {
                return Some(true);
            }
            // In `not an outage` the article stands between.
            denied = word == "not" || denied && word == "an";
        }
    }
    let unread = attested.justified || quotes.iter().any(|row| row.text.len() == 200);
    if unread || texts.is_empty() { None } else { Some(false) }
}

/// Of all evidence in time that the policy accepts, the best answer of any.
pub fn reviewed_by_role(
    ledger: &LedgerColumns,
    policy: &Policy,
    about: &About<'_>,
    attested: &Attested,
    due: Option<i64>,
) -> Option<bool> {
    let rules = &policy.review;
    if rules.by.is_empty() {
        return Some(true);
    }
    let implemented = ledger.changes.implemented_at[about.change as usize]?;
    let in_time = |at: i64| at > implemented && at <= about.as_of.millis() && due.is_none_or(|due| at <= due);
    let best_of = |by: Option<&str>| rules.by.iter().map(|role| holds(ledger, by, role, policy)).max().unwrap();
    let accepts = |kind: ReviewEvidence| rules.evidence.contains(&kind);
    let mut answers = vec![0];
    let is_ticket = ledger.changes.kind[about.change as usize] == ChangeKind::ChangeTicket as u8;
    if accepts(ReviewEvidence::Approval) || is_ticket && accepts(ReviewEvidence::ChangeTask) {
        for (person, at) in certain_approvals(ledger, about.change as usize, policy.approval, about.as_of) {
            if in_time(at) {
                answers.push(best_of(Some(&format!("@{}", ledger.people[person as usize].0))));
            }
        }
    }
    if accepts(ReviewEvidence::TicketRecord) {
        for row in about.quotes(ledger, TextSignal::ReviewRecord) {
            if !matches!(row.owner, HitOwner::Change(_)) && row.at.is_some_and(in_time) {
                // Who wrote a note that names nobody, nobody knows.
                answers.push(best_of(Some(&row.text)).max(1));
            }
        }
    }
    if let Some((at, names)) = attested.review.as_ref().filter(|_| accepts(ReviewEvidence::Attestation))
        && in_time(*at)
    {
        answers.push(1);
        answers.extend(names.iter().map(|name| best_of(Some(name))));
    }
    match answers.into_iter().max().unwrap() {
        0 => Some(false),
        1 => None,
        _ => Some(true),
    }
}
