//! The chain of events: each entry is sealed with the hash of the one before.

use crate::{StoreError, hexadecimal::hex};
use change_ledger_model::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

/// The kinds of events that this package writes.
pub mod kind {
    /// A file was imported.
    pub const IMPORT: &str = "import";
    /// A policy was set.
    pub const POLICY: &str = "policy";
    /// Somebody stated who is who.
    pub const PEOPLE: &str = "people";
    /// Somebody attested something of a change.
    pub const ATTESTATION: &str = "attestation";
    /// A population for audit samples was frozen.
    pub const POPULATION: &str = "population";
    /// An audit sample was drawn.
    pub const SAMPLE: &str = "sample";
    /// An item was taken out of a sample, and perhaps replaced.
    pub const SAMPLE_REMOVAL: &str = "sample_removal";
    /// An auditor answered something about an item of a sample.
    pub const SAMPLE_ANSWER: &str = "sample_answer";

    /// The kinds that say what auditors did: they change no number of a quarter.
    pub const OF_SAMPLES: [&str; 4] = [POPULATION, SAMPLE, SAMPLE_REMOVAL, SAMPLE_ANSWER];
}

/// Something that happened and stays: a policy set, a report issued, an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number in the ledger, from 1, without gaps.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// What kind of thing: `report`, or one of [`kind`].
    pub kind: String,
    /// Who did it, as they said.
    pub actor: Option<String>,
    /// What exactly, JSON.
    pub payload: String,
    /// The hash of the event before; 32 zero bytes for the first.
    pub previous_sha256: [u8; 32],
    /// The hash of this one, see [`Event::seal`].
    pub sha256: [u8; 32],
}

impl Event {
    /// SHA-256 over the lines `previous hash` (hexadecimal), `seq`, `at` (UTC milliseconds), `kind`, `actor`
    /// (a JSON string or `null`) and the payload, with a line feed between them: anyone can repeat it with
    /// `sha256sum`.
    #[must_use]
    pub fn seal(&self) -> [u8; 32] {
        let actor = self.actor.as_deref().map_or_else(|| "null".to_owned(), json_string);
        let mut hash = Sha256::new();
        hash.update(hex(&self.previous_sha256));
        hash.update(format!("\n{}\n{}\n{}\n{actor}\n", self.seq, self.at.millis(), self.kind));
        hash.update(self.payload.as_bytes());
        hash.finalize().into()
    }
}

fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Appends an event to the chain, within the running transaction.
pub(crate) fn append(
    connection: &Connection,
    at: Timestamp,
    kind: &str,
    actor: Option<&str>,
    payload: String,
) -> Result<Event, StoreError> {
    let last: Option<(i64, [u8; 32])> = connection
        .prepare_cached("SELECT seq, sha256 FROM event ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (seq, previous_sha256) = last.map_or((1, [0; 32]), |(seq, sha256)| (seq + 1, sha256));
    let mut event = Event {
        seq,
        at,
        kind: kind.to_owned(),
        actor: actor.map(str::to_owned),
        payload,
        previous_sha256,
        sha256: [0; 32],
    };
    event.sha256 = event.seal();
    connection
        .prepare_cached(
            "INSERT INTO event (seq, at, kind, actor, payload, previous_sha256, sha256) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            event.seq,
            event.at.millis(),
            event.kind,
            event.actor,
            event.payload,
            event.previous_sha256,
            event.sha256,
        ])?;
    Ok(event)
}

pub(crate) const COLUMNS: &str = "seq, at, kind, actor, payload, previous_sha256, sha256";
/// How many columns these are.
pub(crate) const WIDTH: usize = 7;

pub(crate) fn read(row: &Row<'_>) -> Result<Event, StoreError> {
    let at: i64 = row.get(1)?;
    Ok(Event {
        seq: row.get(0)?,
        at: time(at)?,
        kind: row.get(2)?,
        actor: row.get(3)?,
        payload: row.get(4)?,
        previous_sha256: row.get(5)?,
        sha256: row.get(6)?,
    })
}

/// A time as it is stored.
pub(crate) fn time(millis: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millis(millis).ok_or_else(|| StoreError::Damaged(format!("{millis} is no point in time")))
}

/// Hands the events of one kind, or of every kind, to `each` in their order.
pub(crate) fn each(
    connection: &Connection,
    kind: Option<&str>,
    each: &mut dyn FnMut(Event) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM event WHERE ?1 IS NULL OR kind = ?1 ORDER BY seq");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([kind])?;
    while let Some(row) = rows.next()? {
        each(read(row)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seal_can_be_repeated_by_hand() {
        let check = |actor: Option<&str>, written: &str| {
            let event = Event {
                seq: 2,
                at: Timestamp::EPOCH,
                kind: "report".to_owned(),
                actor: actor.map(str::to_owned),
                payload: "{\"quarter\":\"2026-Q3\"}".to_owned(),
                previous_sha256: [0xab; 32],
                sha256: [0; 32],
            };
            let lines = format!("{}\n2\n0\nreport\n{written}\n{{\"quarter\":\"2026-Q3\"}}", "ab".repeat(32));
            let expected: [u8; 32] = Sha256::digest(lines).into();
            assert_eq!(event.seal(), expected, "{actor:?}");
        };
        check(None, "null");
        check(Some("null"), "\"null\"");
        check(Some("Mara \"M\" Ko\n2"), "\"Mara \\\"M\\\" Ko\\n2\"");
    }
}
