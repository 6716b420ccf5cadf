//! People as columns: commit authors, and the spellings of one bot.

use super::{Positions, changes::position};
use crate::StoreError;
use change_ledger_model::{
    columns::{ChangeColumns, LedgerColumns},
    person::PersonKind,
};
use rusqlite::Connection;
use std::collections::HashMap;

pub(super) fn commit_authors(connection: &Connection, positions: &Positions) -> Result<Vec<(u32, u32)>, StoreError> {
    let mut statement = connection.prepare("SELECT change, person FROM commit_author ORDER BY change, person")?;
    let mut rows = statement.query([])?;
    let mut authors = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(change) = positions.get(row.get(0)?) {
            authors.push((change, position(row.get(1)?)?));
        }
    }
    Ok(authors)
}

/// Some exports name a bot as a reviewer by its bare slug: `x` is the bot `x[bot]` where that bot is known,
/// unless `x` opened or merged a change, which exports mark reliably.
pub(super) fn unite_bots(columns: &mut LedgerColumns) {
    let mut alias = bare_bots(&columns.people);
    for person in acting(&columns.changes) {
        alias.remove(&person);
    }
    if alias.is_empty() {
        return;
    }
    for reviewer in &mut columns.reviews.reviewer {
        if let Some(bot) = alias.get(reviewer) {
            *reviewer = *bot;
        }
    }
    for (_, author) in &mut columns.commit_authors {
        if let Some(bot) = alias.get(author) {
            *author = *bot;
        }
    }
}

/// Humans whose handle is the bare slug of a known bot, with that bot.
fn bare_bots(people: &[(String, PersonKind)]) -> HashMap<u32, u32> {
    let bots: HashMap<&str, u32> = (0..)
        .zip(people)
        .filter(|(_, (_, kind))| *kind == PersonKind::Bot)
        .filter_map(|(at, (handle, _))| Some((handle.strip_suffix("[bot]")?, at)))
        .collect();
    (0..)
        .zip(people)
        .filter(|(_, (_, kind))| *kind == PersonKind::Human)
        .filter_map(|(at, (handle, _))| Some((at, *bots.get(handle.as_str())?)))
        .collect()
}

/// Authors and mergers of changes.
fn acting(changes: &ChangeColumns) -> impl Iterator<Item = u32> {
    changes.author.iter().chain(&changes.merged_by).flatten().copied()
}
