//! What people attested, against what the events say.

use super::{Checked, VerifyReport};
use crate::{StoreError, attestations, table::attestation};
use change_ledger_model::attestation::Attestation;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn rows(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    let by_event =
        |all: Vec<Attestation>| -> BTreeMap<i64, Attestation> { all.into_iter().map(|one| (one.event, one)).collect() };
    let (kept, stated) = (by_event(attestation::read(connection, None)?), by_event(attestations::stated(connection)?));
    let events: BTreeSet<i64> = kept.keys().chain(stated.keys()).copied().collect();
    for event in events {
        let problem = match (kept.get(&event), stated.get(&event)) {
            (Some(_), None) => "No event of the chain states it.",
            (None, Some(_)) => "It was stated, and is missing from the list.",
            (kept, stated) if kept != stated => "Something else was stated.",
            (_, Some(stated)) if stated.what.at > stated.stated_at => "It is about a moment after it was stated.",
            _ => continue,
        };
        report.find(Checked::Attestation, event.to_string(), problem);
    }
    Ok(())
}
