//! Audit samples: populations frozen by name, what was drawn from them, and the auditor's answers.
//!
//! Each is an event of the chain, with a row for finding it. None of them moves a verdict, so the data version stays: walking
//! through a sample must not make anybody load the ledger anew.

mod answers;
mod drawn;
mod populations;

pub(crate) use answers::{read_answers, read_removals};
pub(crate) use drawn::read_samples;
pub(crate) use populations::{members, read_populations};

use crate::{
    StoreError,
    table::event::{self, Event},
};
use change_ledger_model::Timestamp;
use rusqlite::{Connection, Params};
use serde::{Serialize, de::DeserializeOwned};

/// Something about samples that is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded<T> {
    /// The number of the population or sample, from 1; of removals and answers the number of the event.
    pub number: i64,
    /// The number of its event in the chain.
    pub event: i64,
    /// When it was recorded.
    pub at: Timestamp,
    /// By whom, as they said.
    pub by: Option<String>,
    /// What was recorded.
    pub what: T,
}

impl<T: DeserializeOwned> Recorded<T> {
    pub(crate) fn of(number: i64, event: Event) -> Result<Self, StoreError> {
        let what = serde_json::from_str(&event.payload).map_err(|error| {
            StoreError::Damaged(format!("event {} cannot be read as a {}: {error}", event.seq, event.kind))
        })?;
        Ok(Self { number, event: event.seq, at: event.at, by: event.actor, what })
    }
}

/// Appends `what` to the chain, within the running transaction.
fn append(
    connection: &Connection,
    now: Timestamp,
    kind: &str,
    by: Option<&str>,
    what: &impl Serialize,
) -> Result<Event, StoreError> {
    event::append(connection, now, kind, by, serde_json::to_string(what)?)
}

/// What the rows of a statement stand for: the columns of their events, then their number.
fn recorded<T: DeserializeOwned>(
    connection: &Connection,
    rows: &str,
    parameters: impl Params,
) -> Result<Vec<Recorded<T>>, StoreError> {
    let sql = format!("SELECT {}, {rows}", event::COLUMNS);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(parameters)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let number = row.get(event::WIDTH)?;
        found.push(Recorded::of(number, event::read(row)?)?);
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
