//! Finding changes by what people type, and the lines of a list.

use crate::{
    Ledger, StoreError, jira_names, supporting,
    table::{change::AWAITED, event::time, person},
};
use change_ledger_model::{Timestamp, identity::IdentityMap, person::Person, record::ChangeKind};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashMap;

/// One change as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// Row id in the ledger.
    pub key: i64,
    /// The ledger-wide name: `github:acme/pay#2214`.
    pub id: String,
    /// A pull request or a change ticket.
    pub kind: ChangeKind,
    /// Repository, or project of a change ticket.
    pub repository: String,
    /// Number within the repository, or key of a change ticket.
    pub number: String,
    /// Title line.
    pub title: String,
    /// Who opened it.
    pub author: Option<Person>,
    /// Web address.
    pub url: Option<String>,
    /// Branch it was merged into.
    pub base_branch: Option<String>,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When it was merged or implemented.
    pub implemented_at: Option<Timestamp>,
}

/// What a name that a person typed leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// Exactly one change: its row id.
    Found(i64),
    /// Several: their row ids and full ids, at most twenty.
    Ambiguous(Vec<(i64, String)>),
    /// None.
    Missing,
}

impl Ledger {
    /// Finds a change by its full id (`github:acme/pay#2214`), its name (`acme/pay#2214`), its web address, a ticket's
    /// key or a bare number.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn lookup(&self, text: &str) -> Result<Lookup, StoreError> {
        let text = text.trim();
        for find in [by_id, by_url, by_name, by_ticket_key, by_number] {
            let mut found = find(&self.connection, text)?;
            match (found.pop(), found.is_empty()) {
                (Some((key, _)), true) => return Ok(Lookup::Found(key)),
                (Some(last), false) => {
                    found.push(last);
                    return Ok(Lookup::Ambiguous(found));
                }
                (None, _) => {}
            }
        }
        Ok(Lookup::Missing)
    }

    /// The record with exactly this ledger-wide name, of whatever kind: a ticket, an incident, a deployment. `None`
    /// when there is none.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn record_named(&self, id: &str) -> Result<Option<i64>, StoreError> {
        let sql = format!(
            "SELECT key FROM change WHERE id = ?1 AND state < ?2 UNION ALL SELECT key FROM ticket WHERE id = ?1 \
             UNION ALL SELECT key FROM incident WHERE id = ?1 UNION ALL {} LIMIT 1",
            supporting::over_all("SELECT key FROM {table} WHERE id = ?1")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row(params![id.trim(), AWAITED], |row| row.get(0)).optional()?)
    }

    /// The lines of a list, in the order of `keys`; keys that are no changes are left out.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn change_rows(&self, keys: &[i64]) -> Result<Vec<ChangeRow>, StoreError> {
        let mut people = Authors::default();
        let mut rows = Vec::with_capacity(keys.len());
        for &key in keys {
            rows.extend(change_row(&self.connection, key, &mut people)?);
        }
        Ok(rows)
    }

    /// Row ids of every implemented pull request, oldest key first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn change_keys(&self) -> Result<Vec<i64>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT key FROM change WHERE state IN (0, 3) ORDER BY key")?;
        let keys = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(keys)
    }
}

type Found = Vec<(i64, String)>;

const MOST_CANDIDATES: i64 = 20;

fn by_id(connection: &Connection, text: &str) -> Result<Found, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT key, id FROM change WHERE id IN (?1, lower(?1)) AND state < ?2 \
         UNION ALL SELECT key, id FROM ticket WHERE id = ?1 AND is_change_request LIMIT ?3",
    )?;
    candidates(statement.query_map(params![text, AWAITED, MOST_CANDIDATES], pair)?)
}

/// Pages below the one that a browser shows for a change.
const PAGES_BELOW: [&str; 5] = ["/files", "/commits", "/checks", "/diffs", "/changes"];

fn by_url(connection: &Connection, text: &str) -> Result<Found, StoreError> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return Ok(Vec::new());
    }
    let page = text.split(['?', '#']).next().unwrap_or(text).trim_end_matches('/');
    let above = PAGES_BELOW.into_iter().find_map(|below| page.strip_suffix(below)).unwrap_or(page);
    let mut statement = connection.prepare_cached(
        "SELECT key, id FROM change WHERE url COLLATE NOCASE IN (?1, ?2, ?3) AND state < ?4          UNION ALL SELECT key, id FROM ticket WHERE url COLLATE NOCASE IN (?1, ?2, ?3) AND is_change_request LIMIT ?5",
    )?;
    candidates(statement.query_map(params![text, page, above, AWAITED, MOST_CANDIDATES], pair)?)
}

fn by_name(connection: &Connection, text: &str) -> Result<Found, StoreError> {
    let Some((repository, number)) = text.rsplit_once(['#', '!']) else { return Ok(Vec::new()) };
    let mut statement = connection.prepare_cached(
        "SELECT change.key, change.id FROM repository JOIN change ON change.repository = repository.id \
         WHERE (repository.folded = ?1 OR substr(repository.folded, -length(?1) - 1) = '/' || ?1) AND number = ?2 \
         AND state < ?3 ORDER BY change.id LIMIT ?4",
    )?;
    let folded = repository.to_lowercase();
    candidates(statement.query_map(params![folded, number, AWAITED, MOST_CANDIDATES], pair)?)
}

fn by_ticket_key(connection: &Connection, text: &str) -> Result<Found, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT key, id FROM ticket WHERE name = upper(?1) AND is_change_request LIMIT ?2")?;
    candidates(statement.query_map(params![text, MOST_CANDIDATES], pair)?)
}

fn by_number(connection: &Connection, text: &str) -> Result<Found, StoreError> {
    let number = text.strip_prefix('#').unwrap_or(text);
    if number.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare_cached(
        "SELECT change.key, change.id FROM repository JOIN change ON change.repository = repository.id \
         WHERE number = ?1 AND state < ?2 ORDER BY change.id LIMIT ?3",
    )?;
    candidates(statement.query_map(params![number, AWAITED, MOST_CANDIDATES], pair)?)
}

fn pair(row: &Row<'_>) -> rusqlite::Result<(i64, String)> {
    Ok((row.get(0)?, row.get(1)?))
}

fn candidates(rows: impl Iterator<Item = rusqlite::Result<(i64, String)>>) -> Result<Found, StoreError> {
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Who opened the changes of a list.
#[derive(Default)]
struct Authors {
    known: HashMap<(i64, u8), Person>,
    /// Read when a change ticket first asks: whoever raised it may go by a name alone.
    identities: Option<IdentityMap>,
}

impl Authors {
    fn get(&mut self, connection: &Connection, id: i64, kind: ChangeKind) -> Result<Person, StoreError> {
        if let Some(known) = self.known.get(&(id, kind as u8)) {
            return Ok(known.clone());
        }
        let person = match kind {
            ChangeKind::PullRequest => person::known(connection, id)?,
            ChangeKind::ChangeTicket => {
                let identities = match &mut self.identities {
                    Some(identities) => identities,
                    none => none.insert(jira_names::identities(connection)?),
                };
                jira_names::known(connection, identities, id)?
            }
        };
        Ok(self.known.entry((id, kind as u8)).or_insert(person).clone())
    }
}

fn change_row(connection: &Connection, key: i64, people: &mut Authors) -> Result<Option<ChangeRow>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT change.id, change.kind, repository.name, number, title, author, url, branch.name, opened_at, \
         implemented_at FROM change JOIN repository ON repository.id = change.repository \
         LEFT JOIN branch ON branch.id = base_branch WHERE change.key = ?1 AND state < ?2 \
         UNION ALL SELECT id, 1, project, ticket_key, title, reporter, url, NULL, opened_at, \
         coalesce(work_end, resolved_at) FROM ticket WHERE key = ?1",
    )?;
    let found = statement
        .query_row(params![key, AWAITED], |row| {
            Ok((
                ChangeRow {
                    key,
                    id: row.get(0)?,
                    kind: if row.get::<_, u8>(1)? == 0 { ChangeKind::PullRequest } else { ChangeKind::ChangeTicket },
                    repository: row.get(2)?,
                    number: row.get(3)?,
                    title: row.get(4)?,
                    author: None,
                    url: row.get(6)?,
                    base_branch: row.get(7)?,
                    opened_at: None,
                    implemented_at: None,
                },
                row.get::<_, Option<i64>>(5)?,
                row.get::<_, Option<i64>>(8)?,
                row.get::<_, Option<i64>>(9)?,
            ))
        })
        .optional()?;
    let Some((mut change, author, opened_at, implemented_at)) = found else { return Ok(None) };
    change.opened_at = opened_at.map(time).transpose()?;
    change.implemented_at = implemented_at.map(time).transpose()?;
    if let Some(author) = author {
        change.author = Some(people.get(connection, author, change.kind)?);
    }
    Ok(Some(change))
}
