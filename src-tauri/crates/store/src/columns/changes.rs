//! Implemented changes as columns.

use super::{Positions, links::LoadedLinks, risk};
use crate::{
    StoreError,
    part::{Ages, Part, Parts},
    table::{
        name::{self, NameTable},
        review,
        ticket::IS_IMPLEMENTED,
    },
};
use change_ledger_model::{
    columns::ChangeColumns,
    record::{ChangeKind, ReviewCoverage},
};
use rusqlite::{Connection, types::ValueRef};
use std::{
    collections::{HashMap, hash_map::Entry},
    num::NonZeroU128,
};

/// Implemented changes, and where each stands.
#[derive(Debug, Default)]
pub(super) struct LoadedChanges {
    pub(super) columns: ChangeColumns,
    pub(super) positions: Positions,
    /// Names of repositories, and of the projects of change tickets.
    pub(super) repositories: Vec<String>,
    pub(super) head_commits: Vec<Option<CommitName>>,
    /// Of when the newest complete list of a change's reviews is; `None` where no file had one.
    pub(super) listed_at: Vec<Option<i64>>,
    /// Positions of pull requests whose category tells of their risk, and whether it is high.
    pub(super) risks: Vec<(u32, bool)>,
    /// First position of the change tickets, which follow the pull requests.
    pub(super) first_ticket: usize,
}

/// A commit for comparing: its first 16 bytes, which no two commits share. Nothing but zeros is how Git writes "none".
pub(super) type CommitName = NonZeroU128;

pub(super) fn commit_name(value: ValueRef<'_>) -> Option<CommitName> {
    let bytes = match value {
        ValueRef::Blob(bytes) => bytes,
        ValueRef::Text(text) => text,
        _ => return None,
    };
    let mut name = [0; 16];
    name.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    CommitName::new(u128::from_be_bytes(name))
}

/// The position of a row of a table whose ids count from 1 without gaps.
pub(super) fn position(id: i64) -> Result<u32, StoreError> {
    u32::try_from(id - 1).map_err(|_| StoreError::Damaged(format!("{id} is no id of a name")))
}

fn maybe_position(id: Option<i64>) -> Result<Option<u32>, StoreError> {
    id.map(position).transpose()
}

impl LoadedChanges {
    pub(super) fn load(connection: &Connection) -> Result<Self, StoreError> {
        let mut loaded = Self { repositories: name::all(connection, NameTable::Repository)?, ..Self::default() };
        loaded.reserve(changes_at_most(connection)?);
        let mut statement = connection.prepare_cached(
            "SELECT key, kind, repository, base_branch, author, merged_by, opened_at, implemented_at, \
             review_coverage, labels IS NOT NULL, head_commit, carried, as_of, ages, category FROM change WHERE state IN (0, 3) ORDER BY key",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let columns = &mut loaded.columns;
            let key = row.get(0)?;
            loaded.positions.set(key, columns.key.len())?;
            let category = row.get_ref(14)?.as_str_or_null().map_err(rusqlite::Error::from)?;
            loaded.risks.extend(loaded.positions.get(key).zip(category.and_then(risk::is_high)));
            columns.key.push(key);
            columns.kind.push(row.get(1)?);
            columns.repository.push(position(row.get(2)?)?);
            columns.base_branch.push(maybe_position(row.get(3)?)?);
            columns.author.push(maybe_position(row.get(4)?)?);
            columns.merged_by.push(maybe_position(row.get(5)?)?);
            columns.opened_at.push(row.get(6)?);
            columns.implemented_at.push(row.get(7)?);
            columns.review_coverage.push(row.get(8)?);
            columns.labels_known.push(row.get(9)?);
            let ages = Ages::stored(
                row.get(12)?,
                row.get(11)?,
                row.get_ref(13)?.as_blob_or_null().map_err(rusqlite::Error::from)?,
            );
            columns.texts_known.push(ages.carried.has(Part::Body));
            loaded.listed_at.push(review::listed_at(row.get(8)?, &ages));
            loaded.head_commits.push(commit_name(row.get_ref(10)?));
        }
        loaded.first_ticket = loaded.columns.key.len();
        Ok(loaded)
    }

    fn reserve(&mut self, expected: usize) {
        let columns = &mut self.columns;
        columns.key.reserve(expected);
        columns.kind.reserve(expected);
        columns.repository.reserve(expected);
        columns.base_branch.reserve(expected);
        columns.author.reserve(expected);
        columns.merged_by.reserve(expected);
        columns.opened_at.reserve(expected);
        columns.implemented_at.reserve(expected);
        columns.review_coverage.reserve(expected);
        columns.labels_known.reserve(expected);
        columns.texts_known.reserve(expected);
        self.head_commits.reserve(expected);
        self.listed_at.reserve(expected);
    }

    /// Adds implemented change requests that no pull request implements.
    pub(super) fn add_change_tickets(
        &mut self,
        connection: &Connection,
        links: &LoadedLinks,
    ) -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT ticket.key, ticket.project, ticket.reporter, ticket.opened_at, coalesce(work_end, resolved_at), \
             ticket.labels IS NOT NULL, ticket.carried, change.key, change.review_coverage \
             FROM ticket LEFT JOIN change ON change.id = ticket.id AND change.state = 4 \
             WHERE is_change_request AND {IS_IMPLEMENTED} ORDER BY ticket.key",
        ))?;
        let mut rows = statement.query([])?;
        let mut known: HashMap<String, u32> =
            (0..).zip(&self.repositories).map(|(at, name)| (name.to_lowercase(), at)).collect();
        while let Some(row) = rows.next()? {
            let key: i64 = row.get(0)?;
            if links.linked_tickets.contains(&key) {
                continue;
            }
            let project: String = row.get(1)?;
            let next = known.len();
            let repository = match known.entry(project.to_lowercase()) {
                Entry::Occupied(entry) => *entry.get(),
                Entry::Vacant(entry) => {
                    self.repositories.push(project);
                    *entry.insert(u32::try_from(next).unwrap_or(u32::MAX))
                }
            };
            let columns = &mut self.columns;
            self.positions.set(key, columns.key.len())?;
            columns.key.push(key);
            columns.kind.push(ChangeKind::ChangeTicket as u8);
            columns.repository.push(repository);
            columns.base_branch.push(None);
            columns.author.push(maybe_position(row.get(2)?)?);
            columns.merged_by.push(None);
            columns.opened_at.push(row.get(3)?);
            columns.implemented_at.push(row.get(4)?);
            // Reviews of the ticket wait under its id, as those of a change that was not imported.
            if let Some(reviews) = row.get::<_, Option<i64>>(7)? {
                self.positions.set(reviews, columns.key.len() - 1)?;
            }
            columns.review_coverage.push(row.get::<_, Option<u8>>(8)?.unwrap_or(ReviewCoverage::NotCarried as u8));
            columns.labels_known.push(row.get(5)?);
            columns.texts_known.push(Parts::from_bits(row.get(6)?).has(Part::Body));
            self.head_commits.push(None);
            // Of when a list of a ticket's approvals is, is not kept.
            self.listed_at.push(None);
        }
        Ok(())
    }
}

/// How many changes there can be, for reserving memory once: counting them would take a walk through all.
pub(super) fn changes_at_most(connection: &Connection) -> Result<usize, StoreError> {
    /// A damaged key must not reserve all memory.
    const RESERVED_AT_MOST: usize = 1 << 22;
    let last: Option<i64> = connection.query_row("SELECT max(key) FROM change", [], |row| row.get(0))?;
    Ok(usize::try_from(last.unwrap_or_default()).unwrap_or_default().min(RESERVED_AT_MOST))
}
