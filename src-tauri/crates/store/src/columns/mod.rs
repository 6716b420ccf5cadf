//! The current records as plain columns, for the metrics.

mod alerts;
mod attestations;
mod bypasses;
mod changes;
mod checks;
mod delivered;
mod deployments;
mod links;
mod people;
mod resets;
mod reviews;
mod risk;
mod standing;
mod texts;

use crate::{
    Ledger, StoreError, jira_names,
    open::data_version,
    table::{
        name::{self, NameTable},
        person,
    },
};
use change_ledger_model::{
    columns::{DeliveryColumns, LedgerColumns, ProductionDeploymentRow},
    policy::PolicyHistory,
};
use changes::LoadedChanges;
use links::Mentions;
use reviews::RawReviews;
use rusqlite::{Connection, TransactionBehavior};
use std::thread::ScopedJoinHandle;

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
        let (changes, reviews, mentions) = match (self.reader_at(version)?, self.reader_at(version)?) {
            (Some(second), Some(third)) => std::thread::scope(|scope| {
                let reviews = scope.spawn(move || RawReviews::load(&second));
                let mentions = scope.spawn(move || Mentions::load(&third));
                let changes = LoadedChanges::load(&snapshot);
                Ok::<_, StoreError>((changes?, joined(reviews)?, joined(mentions)?))
            })?,
            _ => (LoadedChanges::load(&snapshot)?, RawReviews::load(&snapshot)?, Mentions::load(&snapshot)?),
        };
        assemble(&snapshot, version, history, changes, reviews, mentions)
    }

    /// Another connection that sees the very same state, so that several threads can read; `None` where there is
    /// no file, or where somebody writes just now.
    fn reader_at(&self, version: i64) -> Result<Option<Connection>, StoreError> {
        let Some(another) = self.another_reader()? else { return Ok(None) };
        another.execute_batch("BEGIN")?;
        Ok((data_version(&another)? == version).then_some(another))
    }
}

fn joined<T>(reader: ScopedJoinHandle<'_, Result<T, StoreError>>) -> Result<T, StoreError> {
    reader.join().map_err(|_| StoreError::Damaged("reading the ledger stopped unexpectedly".to_owned()))?
}

fn assemble(
    connection: &Connection,
    version: i64,
    history: &PolicyHistory,
    mut changes: LoadedChanges,
    reviews: RawReviews,
    mentions: Mentions,
) -> Result<LedgerColumns, StoreError> {
    let links = mentions.of_implemented(&changes.positions);
    changes.add_change_tickets(connection, &links)?;
    let records = links::place(connection, &changes, &links)?;
    let texts::Found { hits, authorisations, quotes } = texts::load(connection, history, &changes, &records)?;
    let commit_authors = people::commit_authors(connection, &changes.positions)?;
    let bypassed = bypasses::load(connection, &changes.positions)?;
    let high_risk = risk::load(connection, &changes, &records)?;
    let (delivery, production_deployments) = delivery(connection, &changes)?;
    let people: Vec<_> = person::all(connection)?.into_iter().map(|(_, handle, kind)| (handle, kind)).collect();
    let attestations = attestations::load(connection, &changes.positions, &records, &people)?;
    let identities = jira_names::identities(connection)?;
    let mut columns = LedgerColumns {
        data_version: version,
        people,
        names_of_people: people::names(connection, &identities)?,
        repositories: changes.repositories,
        branches: name::all(connection, NameTable::Branch)?,
        changes: changes.columns,
        delivery,
        high_risk,
        production_deployments,
        alerts: alerts::load(connection)?,
        reviews: reviews.columns,
        commit_authors,
        bypassed,
        attestations,
        hits,
        authorisations,
        quotes,
        ticket_reasons: records.ticket_reasons,
        ticket_links: records.ticket_links,
        tickets_not_imported: links.not_imported,
        has_tickets: connection.query_row("SELECT EXISTS (SELECT 1 FROM ticket)", [], |row| row.get(0))?,
        incident_links: records.incident_links,
        tickets: records.tickets,
        incidents: records.incidents,
    };
    // Before reviews are weighed against each other: one person may have given them by several accounts.
    people::unite(&mut columns, &identities);
    let of_changes = reviews::OfChanges {
        positions: &changes.positions,
        head_commits: &changes.head_commits,
        listed_at: &changes.listed_at,
    };
    reviews::place(&mut columns, &of_changes, &reviews.keys, reviews.commits)?;
    columns.set_clock(history);
    Ok(columns)
}

/// What deployments and checks say about the changes. Where there are none, the changes' commits are not read for them.
fn delivery(
    connection: &Connection,
    changes: &LoadedChanges,
) -> Result<(DeliveryColumns, Vec<ProductionDeploymentRow>), StoreError> {
    let (mut delivery, mut deployments) = (DeliveryColumns::default(), Vec::new());
    let imported = "SELECT EXISTS (SELECT 1 FROM deployment) OR EXISTS (SELECT 1 FROM check_run)";
    if connection.query_row(imported, [], |row| row.get::<_, bool>(0))? {
        let commits = delivered::commits_of_changes(connection, &changes.positions)?;
        let height = changes.columns.key.len();
        deployments = deployments::load(connection, height, &commits, &mut delivery)?;
        checks::load(connection, height, &commits, &mut delivery)?;
    }
    Ok((delivery, deployments))
}

#[cfg(test)]
mod tests;
