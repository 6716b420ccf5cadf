//! What people attested of a change, as known at one moment.

use change_ledger_model::{
    Timestamp,
    attestation::{
        AttestationKind::{self, Authorisation, Confirm, Dismiss, Exempt, Incident, Justification, Review},
        Detection,
    },
    columns::{AttestationRow, LedgerColumns},
};

/// What holds of one change.
pub struct Attested {
    pub any: bool,
    pub exempt: bool,
    /// Confirmed, dismissed, or nobody judged.
    pub says: Detection,
    pub authorised: bool,
    pub authorised_at: Option<i64>,
    pub justified: bool,
    /// When it was reviewed, as a person says.
    pub reviewed_at: Option<i64>,
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
        authorised_at: holds(&[Authorisation]).map(|row| row.what.at.millis()),
        justified: holds(&[Justification]).is_some(),
        reviewed_at: holds(&[Review]).map(|row| row.what.at.millis()),
        incidents: holds(&[Incident]).map(|row| row.incidents.clone()).unwrap_or_default(),
    }
}

/// The last that was stated in one of these kinds and is about a moment that has come.
fn last<'a>(
    ledger: &'a LedgerColumns,
    change: usize,
    as_of: Timestamp,
    kinds: &[AttestationKind],
) -> Option<&'a AttestationRow> {
    let mut last = None;
    for row in &ledger.attestations {
        if row.change as usize == change && kinds.contains(&row.what.kind) && row.what.at <= as_of {
            last = Some(row);
        }
    }
    last
}
