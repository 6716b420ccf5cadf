//! What the policies' words found, as columns.

use super::{changes::LoadedChanges, links::Placed};
use crate::{
    StoreError,
    table::{
        Kind,
        pattern_set::{self, Matched},
    },
};
use change_ledger_model::{
    columns::{AuthorisationRow, HitOwner, QuoteRow, TextHitRow},
    policy::{PolicyHistory, patterns::TextSignal},
};
use rusqlite::{Connection, Row};
use std::collections::HashMap;

/// What the words of the policies found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) hits: Vec<TextHitRow>,
    pub(super) authorisations: Vec<AuthorisationRow>,
    pub(super) quotes: Vec<QuoteRow>,
}

pub(super) fn load(
    connection: &Connection,
    history: &PolicyHistory,
    changes: &LoadedChanges,
    placed: &Placed,
) -> Result<Found, StoreError> {
    let mut sets: HashMap<i64, u32> = HashMap::new();
    for (at, patterns) in (0..).zip(history.pattern_sets()) {
        match pattern_set::state(connection, &patterns.fingerprint())? {
            (Some(id), Matched::All) => {
                sets.insert(id, at);
            }
            (None, _) if is_empty(connection)? => {}
            _ => return Err(StoreError::TextsNotMatched),
        }
    }
    let mut statement = connection.prepare(
        "SELECT owner_kind, owner, pattern_set, signal, at, text FROM text_hit ORDER BY owner_kind, owner, n",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Found::default();
    while let Some(row) = rows.next()? {
        let set: i64 = row.get(2)?;
        if let Some(&pattern_set) = sets.get(&set) {
            let Some(hit) = hit(row, pattern_set, changes, placed)? else { continue };
            let TextHitRow { owner, pattern_set, signal, at } = hit;
            match signal {
                TextSignal::Authorisation => {
                    found.authorisations.push(AuthorisationRow { owner, pattern_set, at, by: row.get(5)? });
                }
                TextSignal::Category | TextSignal::Justification | TextSignal::ReviewRecord => {
                    found.quotes.push(QuoteRow { owner, pattern_set, signal, at, text: row.get(5)? });
                }
                _ => {}
            }
            // The label of a category means nothing by itself.
            if signal != TextSignal::Category {
                found.hits.push(hit);
            }
        }
    }
    Ok(found)
}

fn is_empty(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM revision)", [], |row| row.get(0))?)
}

/// The hit in its place; `None` when its record is neither an implemented change nor linked to one.
fn hit(
    row: &Row<'_>,
    pattern_set: u32,
    changes: &LoadedChanges,
    placed: &Placed,
) -> Result<Option<TextHitRow>, StoreError> {
    let kind: i64 = row.get(0)?;
    let key: i64 = row.get(1)?;
    let code: u8 = row.get(3)?;
    let signal =
        TextSignal::from_code(code).ok_or_else(|| StoreError::Damaged(format!("{code} is no kind of text hit")))?;
    let own = changes.positions.get(key).map(HitOwner::Change);
    let owner = if kind == Kind::Change.code() {
        own
    } else if kind == Kind::Ticket.code() {
        // A change ticket bears its own label; what its texts record counts as on any linked ticket.
        let declares = matches!(
            signal,
            TextSignal::EmergencyLabel
                | TextSignal::HotfixBranch
                | TextSignal::EmergencyWords
                | TextSignal::Exempting
                | TextSignal::Category
        );
        own.filter(|_| declares).or_else(|| placed.ticket_positions.get(key).map(HitOwner::Ticket))
    } else {
        placed.incident_positions.get(key).map(HitOwner::Incident)
    };
    let at = row.get(4)?;
    Ok(owner.map(|owner| TextHitRow { owner, pattern_set, signal, at }))
}
