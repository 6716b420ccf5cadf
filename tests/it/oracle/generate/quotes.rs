//! Words that policies weigh.

use change_ledger_model::{
    columns::{HitOwner, LedgerColumns, QuoteRow},
    policy::patterns::TextSignal,
};

const REASONS: [&str; 4] = ["Outage of payments", "a customer asked", "p1 of today", "not an outage"];
const REVIEWERS: [&str; 3] = ["all went well", "bob", "Leo, engineering lead"];
/// Labels that name categories, one that names none of any policy, and one with a prefix.
pub(super) const LABELS: [&str; 5] = ["dependencies", "normal", "type: Major", "Standard", "docs"];

/// The words of reasons and of records of reviews, what tickets bear as labels, and what stands in their reason field.
pub(super) fn quote_hits(ledger: &mut LedgerColumns) {
    let long = format!("{:200}", "because of");
    let reasons = REASONS.iter().copied().chain([long.as_str()]).cycle();
    for (hit, (reason, reviewer)) in ledger.hits.iter().zip(reasons.zip(REVIEWERS.iter().cycle())) {
        let text = match hit.signal {
            TextSignal::Justification => reason,
            TextSignal::ReviewRecord => reviewer,
            _ => continue,
        };
        ledger.quotes.push(quote(hit.owner, hit.pattern_set, hit.signal, hit.at, text));
    }
    for (ticket, row) in (0..).zip(&ledger.tickets) {
        if row.has_reason {
            ledger.ticket_reasons.push((ticket, REASONS[ticket as usize % REASONS.len()].to_owned()));
        }
        let label = LABELS[ticket as usize % LABELS.len()];
        ledger.quotes.push(quote(HitOwner::Ticket(ticket), ticket % 3, TextSignal::Category, None, label));
    }
}

pub(super) fn quote(owner: HitOwner, pattern_set: u32, signal: TextSignal, at: Option<i64>, text: &str) -> QuoteRow {
    QuoteRow { owner, pattern_set, signal, at, text: text.to_owned() }
}
