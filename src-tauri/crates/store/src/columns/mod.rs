//! The current records as plain columns, for the metrics.

mod bypasses;
mod changes;
mod links;
mod people;
mod resets;
mod reviews;
mod standing;
mod texts;

use crate::{
    Ledger, StoreError,
    linking::AllNames,
    open::data_version,
    table::{
        identity,
        name::{self, NameTable},
        person,
    },
};
use change_ledger_model::{columns::LedgerColumns, policy::PolicyHistory};
use changes::LoadedChanges;
use reviews::RawReviews;
use rusqlite::{Connection, TransactionBehavior};

/// Positions of records by key. Keys come from one sequence, so a list by key is denser than any map.
#[derive(Debug, Default)]
pub(crate) struct Positions(Vec<u32>);

impl Positions {
    const NONE: u32 = u32::MAX;
    /// A key beyond this was not given by an import: a damaged one must not reserve all memory.
    const LARGEST_KEY: usize = 1 << 28;

    fn set(&mut self, key: i64, position: usize) -> Result<(), StoreError> {
        let damaged = || StoreError::Damaged(format!("{key} is no key of a record"));
        let at = usize::try_from(key).ok().filter(|at| *at <= Self::LARGEST_KEY).ok_or_else(damaged)?;
        if at >= self.0.len() {
            self.0.resize(at + 1, Self::NONE);
        }
        *self.0.get_mut(at).ok_or_else(damaged)? = u32::try_from(position).map_err(|_| damaged())?;
        Ok(())
    }

    fn get(&self, key: i64) -> Option<u32> {
        let position = *self.0.get(usize::try_from(key).ok()?)?;
        (position != Self::NONE).then_some(position)
    }
}

impl Ledger {
    /// The current state of everything that judging needs, as of one moment.
    ///
    /// # Errors
    /// [`StoreError::TextsNotMatched`] when words of a policy in `history` were not yet looked for in every
    /// record; [`Ledger::match_texts`] does it. Also when the ledger cannot be read.
    pub fn columns(&self, history: &PolicyHistory) -> Result<LedgerColumns, StoreError> {
        let snapshot = rusqlite::Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)?;
        let version = data_version(&snapshot)?;
        let beside =
            |connection: &Connection| Ok::<_, StoreError>((RawReviews::load(connection)?, AllNames::load(connection)?));
        let (changes, (reviews, names)) = match self.reader_at(version)? {
            Some(second) => std::thread::scope(|scope| {
                let beside = scope.spawn(move || beside(&second));
                let changes = LoadedChanges::load(&snapshot);
                let beside = beside
                    .join()
                    .map_err(|_| StoreError::Damaged("reading the reviews stopped unexpectedly".to_owned()))??;
                Ok::<_, StoreError>((changes?, beside))
            })?,
            None => (LoadedChanges::load(&snapshot)?, beside(&snapshot)?),
        };
        assemble(&snapshot, version, history, changes, reviews, names)
    }

    /// A second connection that sees the very same state, so that two threads can read; `None` where there is
    /// no file, or where somebody writes just now.
    fn reader_at(&self, version: i64) -> Result<Option<Connection>, StoreError> {
        let Some(second) = self.another_reader()? else { return Ok(None) };
        second.execute_batch("BEGIN")?;
        Ok((data_version(&second)? == version).then_some(second))
    }
}

fn assemble(
    connection: &Connection,
    version: i64,
    history: &PolicyHistory,
    mut changes: LoadedChanges,
    reviews: RawReviews,
    names: AllNames,
) -> Result<LedgerColumns, StoreError> {
    let links = links::load(connection, &changes.positions, names)?;
    changes.add_change_tickets(connection, &links)?;
    let records = links::place(connection, &changes, &links)?;
    let hits = texts::load(connection, history, &changes, &records)?;
    let commit_authors = people::commit_authors(connection, &changes.positions)?;
    let bypassed = bypasses::load(connection, &changes.positions)?;
    let mut columns = LedgerColumns {
        data_version: version,
        people: person::all(connection)?.into_iter().map(|(_, handle, kind)| (handle, kind)).collect(),
        repositories: changes.repositories,
        branches: name::all(connection, NameTable::Branch)?,
        changes: changes.columns,
        reviews: reviews.columns,
        commit_authors,
        bypassed,
        hits,
        ticket_links: records.ticket_links,
        incident_links: records.incident_links,
        tickets: records.tickets,
        incidents: records.incidents,
    };
    // Before reviews are weighed against each other: one person may have given them by several accounts.
    people::unite(&mut columns, &identity::read(connection)?);
    let of_changes = reviews::OfChanges {
        positions: &changes.positions,
        head_commits: &changes.head_commits,
        listed_at: &changes.listed_at,
    };
    reviews::place(&mut columns, &of_changes, &reviews.keys, reviews.commits)?;
    Ok(columns)
}

#[cfg(test)]
mod tests;
