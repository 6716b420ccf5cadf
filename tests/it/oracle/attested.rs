//! What people attested of a change, as known at one moment.

use change_ledger_model::{
    Timestamp,
    attestation::{
        AttestationKind::{self, Authorisation, Confirm, Dismiss, Exempt, Incident, Justification, Review},
        Detection,
    },
    columns::{AttestationRow, LedgerColumns},
    person::PersonKind,
};

/// What holds of one change.
pub struct Attested {
    pub any: bool,
    pub exempt: bool,
    /// Confirmed, dismissed, or nobody judged.
    pub says: Detection,
    pub authorised: bool,
    /// When it was authorised, as a person says, and every name of that person.
    pub authorisation: Option<(i64, Vec<String>)>,
    pub justified: bool,
    /// When it was reviewed, as a person says.
    pub reviewed_at: Option<i64>,
    /// The same with every name of that person.
    pub review: Option<(i64, Vec<String>)>,
    /// The incidents that were named last.
    pub incidents: Vec<Option<u32>>,
}

pub fn attested(ledger: &LedgerColumns, change: usize, as_of: Timestamp) -> Attested {
    let holds = |kinds: &[AttestationKind]| last(ledger, change, as_of, kinds).filter(|row| !row.what.withdraws);
    let judged = holds(&[Confirm, Dismiss]);
    Attested {
        any: [&[Confirm, Dismiss][..], &[Exempt], &[Review], &[Authorisation], &[Justification], &[Incident]]
            .into_iter()
            .any(|kinds| holds(kinds).is_some()),
        exempt: holds(&[Exempt]).is_some(),
        says: match judged.map(|row| row.what.kind) {
            Some(Confirm) => Detection::Confirmed,
            Some(_) => Detection::Dismissed,
            None => Detection::Unjudged,
        },
        authorised: holds(&[Authorisation]).is_some(),
        authorisation: holds(&[Authorisation]).map(|row| (row.what.at.millis(), row.names.clone())),
        justified: holds(&[Justification]).is_some(),
        reviewed_at: holds(&[Review]).map(|row| row.what.at.millis()),
        review: holds(&[Review]).map(|row| (row.what.at.millis(), row.names.clone())),
        incidents: holds(&[Incident]).map(|row| row.incidents.clone()).unwrap_or_default(),
    }
}

/// The last that was stated in one of these kinds, is about a moment that has come, and counts.
fn last<'a>(
    ledger: &'a LedgerColumns,
    change: usize,
    as_of: Timestamp,
    kinds: &[AttestationKind],
) -> Option<&'a AttestationRow> {
    let mut last = None;
    for row in &ledger.attestations {
        let is_known = row.change as usize == change && kinds.contains(&row.what.kind) && row.what.at <= as_of;
        if is_known && !is_ones_own_favour(ledger, row) && !is_a_bots_favour(ledger, row) {
            last = Some(row);
        }
    }
    last
}

/// Nobody reviews, authorises, dismisses or exempts a change that is their own, whoever of its authors they are.
fn is_ones_own_favour(ledger: &LedgerColumns, row: &AttestationRow) -> bool {
    if !is_favour(row) {
        return false;
    }
    let mut authors: Vec<u32> = ledger.changes.author[row.change as usize].into_iter().collect();
    for (change, person) in &ledger.commit_authors {
        if *change == row.change {
            authors.push(*person);
        }
    }
    authors.iter().any(|author| row.people.contains(author))
}

/// What a bot states is no person's word. One whom no file knows is a bot where its name ends as those of bots do.
fn is_a_bots_favour(ledger: &LedgerColumns, row: &AttestationRow) -> bool {
    if !is_favour(row) {
        return false;
    }
    if row.people.is_empty() {
        return row.names[0].ends_with("[bot]");
    }
    row.people.iter().all(|person| ledger.people[*person as usize].1 == PersonKind::Bot)
}

fn is_favour(row: &AttestationRow) -> bool {
    !row.what.withdraws && [Review, Authorisation, Dismiss, Exempt].contains(&row.what.kind)
}
