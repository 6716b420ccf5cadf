//! Looking for the words of a new policy in the texts of earlier imports.

use crate::{
    Ledger, Reread, StoreError,
    arrival::hits_of,
    evidence::raw,
    open::touch,
    part::{Ages, Parts, change_as_of, incident_as_of, ticket_as_of},
    table::{
        Kind,
        artifact::EvidenceReader,
        import_run,
        pattern_set::{self, Matched},
        revision,
        text::{self, StoredHit},
    },
};
use change_ledger_model::{
    policy::{
        Patterns, PolicyHistory,
        patterns::{Matcher, PatternsTooLarge},
    },
    record::Record,
};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::ops::ControlFlow;

/// How many records one step matches before it commits.
const STEP: i64 = 2_000;

impl Ledger {
    /// Whether the words of every policy in `history` were looked for in every record.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn texts_are_matched(&self, history: &PolicyHistory) -> Result<bool, StoreError> {
        let has_records: bool =
            self.connection.query_row("SELECT EXISTS (SELECT 1 FROM revision)", [], |row| row.get(0))?;
        Ok(!has_records || self.unmatched(history)?.is_empty())
    }

    /// Looks for the words of every policy in `history` in records whose import did not, by reading their raw
    /// bytes again. It can be interrupted at any time and goes on where it stopped. `progress` gets the number
    /// of records done so far in this call; `Break` stops.
    ///
    /// # Errors
    /// When the ledger cannot be read or written, or a policy's word lists are too large.
    pub fn match_texts(
        &mut self,
        history: &PolicyHistory,
        reread: &mut Reread<'_>,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut done = 0;
        for patterns in self.unmatched(history)? {
            let matcher = Matcher::new(patterns)?;
            loop {
                let step = match_step(&self.connection, &matcher, reread)?;
                done += step;
                if progress(done).is_break() {
                    return Ok(());
                }
                if step == 0 {
                    break;
                }
            }
        }
        Ok(())
    }

    fn unmatched(&self, history: &PolicyHistory) -> Result<Vec<Patterns>, StoreError> {
        let mut unmatched = Vec::new();
        for patterns in history.pattern_sets() {
            if pattern_set::state(&self.connection, &patterns.fingerprint())?.1 != Matched::All {
                unmatched.push(patterns);
            }
        }
        Ok(unmatched)
    }
}

impl From<PatternsTooLarge> for StoreError {
    fn from(error: PatternsTooLarge) -> Self {
        Self::Policy(change_ledger_model::policy::PolicyError::Unreadable {
            place: String::new(),
            problem: error.to_string(),
            allowed: None,
        })
    }
}

/// Matches the next records; returns how many, 0 at the end.
fn match_step(connection: &Connection, matcher: &Matcher, reread: &mut Reread<'_>) -> Result<u64, StoreError> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let set = pattern_set::register(&transaction, matcher.patterns())?;
    let Matched::UpTo(from) = pattern_set::state(&transaction, &matcher.patterns().fingerprint())?.1 else {
        transaction.commit()?;
        return Ok(0);
    };
    let records = next_records(&transaction, from)?;
    let mut reader = EvidenceReader::default();
    for &(kind, key, last) in &records {
        let found = current_hits(&transaction, &mut reader, (kind, last), set, matcher, reread)?;
        let before = text::hits(&transaction, (kind, key))?;
        let others = before.iter().filter(|hit| hit.pattern_set != set).cloned();
        let after = others.chain(found).collect();
        text::replace_hits(&transaction, (kind, key), before, after)?;
    }
    pattern_set::set_matched_to(&transaction, set, records.last().map(|(_, key, _)| *key))?;
    touch(&transaction)?;
    transaction.commit()?;
    Ok(records.len() as u64)
}

/// The records behind a key: kind, key and last revision.
fn next_records(connection: &Connection, from: i64) -> Result<Vec<(Kind, i64, i64)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT 0, key, revision FROM (SELECT key, revision FROM change WHERE key > ?1 AND revision IS NOT NULL \
         ORDER BY key LIMIT ?2) UNION ALL \
         SELECT 2, key, revision FROM (SELECT key, revision FROM ticket WHERE key > ?1 ORDER BY key LIMIT ?2) \
         UNION ALL \
         SELECT 3, key, revision FROM (SELECT key, revision FROM incident WHERE key > ?1 ORDER BY key LIMIT ?2) \
         ORDER BY 2 LIMIT ?2",
    )?;
    let records = statement
        .query_map(params![from, STEP], |row| {
            let kind = match row.get(0)? {
                0 => Kind::Change,
                2 => Kind::Ticket,
                _ => Kind::Incident,
            };
            Ok((kind, row.get(1)?, row.get(2)?))
        })?
        .collect::<Result<_, _>>()?;
    Ok(records)
}

/// What the words find in the current state of a record: its versions are read again and merged as an import
/// merges them.
fn current_hits(
    connection: &Connection,
    reader: &mut EvidenceReader,
    (kind, last): (Kind, i64),
    set: i64,
    matcher: &Matcher,
    reread: &mut Reread<'_>,
) -> Result<Vec<StoredHit>, StoreError> {
    let mut ages = Ages::of_row(i64::MIN, Parts::default());
    let mut hits: Vec<StoredHit> = Vec::new();
    for version in revision::history(connection, Some(last))?.iter().rev() {
        let bytes = raw(connection, reader, version)?;
        let reading = import_run::reading(connection, version.artifact)?;
        for record in reread(&bytes, &reading) {
            let Some((as_of, carried)) = timing(kind, &record) else { continue };
            let wins = ages.take_in(as_of, carried);
            hits.retain(|hit| !wins.replace(hit.part));
            let found = hits_of(&record, std::slice::from_ref(matcher));
            let stored = found.iter().filter_map(|hit| StoredHit::new(hit, &[set]));
            hits.extend(stored.filter(|hit| wins.admit(hit.part)));
        }
    }
    Ok(hits)
}

fn timing(kind: Kind, record: &Record) -> Option<(i64, Parts)> {
    match (kind, record) {
        (Kind::Change, Record::Change(change)) => Some((change_as_of(change), Parts::of_change(change))),
        (Kind::Ticket, Record::Ticket(ticket)) => Some((ticket_as_of(ticket), Parts::of_ticket(ticket))),
        (Kind::Incident, Record::Incident(incident)) => Some((incident_as_of(incident), Parts::of_incident(incident))),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
