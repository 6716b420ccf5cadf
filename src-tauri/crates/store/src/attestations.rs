//! What people state about changes afterwards: kept in the chain, and in a table for reading.

use crate::{
    Ledger, StoreError,
    open::touch,
    table::{
        attestation,
        event::{self, Event, kind},
    },
};
use change_ledger_model::{
    Timestamp,
    attestation::{Attestation, AttestationKind, Attested},
};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use serde::{Deserialize, Serialize};

/// Payload of such an event. Who stated it and when are the event's own.
#[derive(Debug, Serialize, Deserialize)]
struct Stated {
    change: String,
    kind: AttestationKind,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    withdraws: bool,
    at: Timestamp,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    incidents: Vec<String>,
    reason: String,
}

/// Something to attest, before it has its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttestation {
    /// Ledger-wide name of the change.
    pub change: String,
    /// What is attested, and of when.
    pub what: Attested,
    /// By whom, as they say.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The incidents that it names: ids, or names as written where no such incident was imported.
    pub incidents: Vec<String>,
}

impl Ledger {
    /// Appends an attestation to the chain. Nothing that was stated before is changed.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn attest(&mut self, now: Timestamp, new: NewAttestation) -> Result<Attestation, StoreError> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let NewAttestation { change, what, by, reason, incidents } = new;
        let payload = serde_json::to_string(&Stated {
            change: change.clone(),
            kind: what.kind,
            withdraws: what.withdraws,
            at: what.at,
            incidents: incidents.clone(),
            reason: reason.clone(),
        })?;
        let event = event::append(&transaction, now, kind::ATTESTATION, Some(&by), payload)?;
        let stated = Attestation { event: event.seq, change, what, stated_at: now, by, reason, incidents };
        attestation::insert(&transaction, &stated)?;
        touch(&transaction)?;
        transaction.commit()?;
        Ok(stated)
    }

    /// Everything that was ever attested, in the order in which it was stated; of one change by its ledger-wide name, or of
    /// all.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn attestations(&self, change: Option<&str>) -> Result<Vec<Attestation>, StoreError> {
        attestation::read(&self.connection, change)
    }
}

/// What the events about attestations say; the table says the same in a sound ledger.
pub(crate) fn stated(connection: &Connection) -> Result<Vec<Attestation>, StoreError> {
    let mut found = Vec::new();
    event::each(connection, Some(kind::ATTESTATION), &mut |event| {
        found.push(of_event(event)?);
        Ok(())
    })?;
    Ok(found)
}

fn of_event(event: Event) -> Result<Attestation, StoreError> {
    let Stated { change, kind, withdraws, at, incidents, reason } =
        serde_json::from_str(&event.payload).map_err(|error| {
            StoreError::Damaged(format!("event {} cannot be read as an attestation: {error}", event.seq))
        })?;
    Ok(Attestation {
        event: event.seq,
        change,
        what: Attested { kind, withdraws, at },
        stated_at: event.at,
        by: event.actor.unwrap_or_default(),
        reason,
        incidents,
    })
}

#[cfg(test)]
mod tests;
