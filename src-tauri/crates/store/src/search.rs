//! Full-text search. The index follows imports as a job of its own, in steps that each commit.

use crate::{
    Ledger, Reread, StoreError,
    error::unsigned,
    evidence::raw,
    table::{
        Kind,
        artifact::EvidenceReader,
        import_run, person,
        revision::{self, StoredRevision},
        text,
    },
};
use change_ledger_model::record::Record;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

/// Longest part of a description that is searchable, in characters.
const BODY_LIMIT: usize = 20_000;

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchAnswer {
    /// Row ids of changes and change tickets, best match first.
    pub keys: Vec<i64>,
    /// Imported versions of records that the index has not seen yet: above 0, the answer may be incomplete.
    pub not_indexed: u64,
}

impl Ledger {
    /// Imported versions of records that the search index has not seen yet.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn search_backlog(&self) -> Result<u64, StoreError> {
        backlog(&self.connection)
    }

    /// Brings the next `batch` versions into the search index and returns how many are left. Descriptions are
    /// not stored, so `reread` parses the raw records again.
    ///
    /// # Errors
    /// When the ledger cannot be read or written.
    pub fn index_next(&mut self, batch: u32, reread: &mut Reread<'_>) -> Result<u64, StoreError> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let from: i64 = transaction.query_row("SELECT searchable_to FROM ledger", [], |row| row.get(0))?;
        let versions = next_versions(&transaction, from, batch)?;
        let mut reader = EvidenceReader::default();
        for &version in &versions {
            if let Some(page) = Page::read(&transaction, &mut reader, version, reread)? {
                page.write(&transaction)?;
            }
        }
        if let Some((last, ..)) = versions.last() {
            transaction.execute("UPDATE ledger SET searchable_to = ?1", [last])?;
        }
        let left = backlog(&transaction)?;
        transaction.commit()?;
        Ok(left)
    }

    /// Changes and change tickets in whose id, title, description, author, repository or named keys every word
    /// of `text` occurs; the last word may be the beginning of one. Every character is taken literally.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn search(&self, text: &str, limit: u32) -> Result<SearchAnswer, StoreError> {
        let mut answer = SearchAnswer { keys: Vec::new(), not_indexed: self.search_backlog()? };
        if let Some(expression) = expression(text) {
            let mut statement = self
                .connection
                .prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rank LIMIT ?2")?;
            answer.keys =
                statement.query_map(params![expression, limit], |row| row.get(0))?.collect::<Result<_, _>>()?;
        }
        Ok(answer)
    }
}

/// The words as quoted strings of FTS5, the last one as a prefix; `None` without any letter or digit.
fn expression(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| format!("\"{}\"", word.replace('"', "\"\"").replace('\0', "")))
        .collect();
    (!words.is_empty()).then(|| format!("{}*", words.join(" ")))
}

fn backlog(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT max(0, (SELECT coalesce(max(id), 0) FROM revision) - searchable_to) FROM ledger";
    unsigned(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// The versions behind `from`: id, kind and key of the record.
fn next_versions(connection: &Connection, from: i64, batch: u32) -> Result<Vec<(i64, i64, i64)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT id, kind, record FROM revision WHERE id > ?1 ORDER BY id LIMIT ?2")?;
    let versions = statement
        .query_map(params![from, batch], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    Ok(versions)
}

/// What is searchable of one change or change ticket.
struct Page {
    key: i64,
    id: String,
    title: String,
    body: String,
    author: String,
    repository: String,
    keys: String,
}

impl Page {
    /// `None` for records that a search does not find (reviews, incidents, ordinary tickets), and for a version
    /// that is followed by another one: then that one brings the record into the index.
    fn read(
        connection: &Connection,
        reader: &mut EvidenceReader,
        (version, kind, key): (i64, i64, i64),
        reread: &mut Reread<'_>,
    ) -> Result<Option<Self>, StoreError> {
        let (owner, sql) = if kind == Kind::Change.code() {
            let sql = "SELECT change.id, title, repository.name, author, revision FROM change \
                       JOIN repository ON repository.id = repository WHERE key = ?1";
            (Kind::Change, sql)
        } else if kind == Kind::Ticket.code() {
            let sql = "SELECT id, title, project, reporter, revision FROM ticket WHERE key = ?1 AND is_change_request";
            (Kind::Ticket, sql)
        } else {
            return Ok(None);
        };
        let found = connection
            .prepare_cached(sql)?
            .query_row([key], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, Option<i64>>(3)?, row.get(4)?))
            })
            .optional()?;
        let Some((id, title, repository, author, last)) = found else { return Ok(None) };
        if last != Some(version) {
            return Ok(None);
        }
        let author = author.map(|author| person::person(connection, author)).transpose()?;
        let names: Vec<String> =
            text::mentions(connection, (owner, key))?.into_iter().map(|mention| mention.name).collect();
        Ok(Some(Self {
            key,
            id,
            title,
            body: body(connection, reader, last, reread)?.chars().take(BODY_LIMIT).collect(),
            author: author.map_or_else(String::new, |author| format!("{} {}", author.label(), author.handle)),
            repository,
            keys: names.join(" "),
        }))
    }

    fn write(&self, connection: &Connection) -> Result<(), StoreError> {
        connection.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([self.key])?;
        connection
            .prepare_cached(
                "INSERT INTO search (rowid, id, title, body, author, repository, keys) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![self.key, self.id, self.title, self.body, self.author, self.repository, self.keys])?;
        Ok(())
    }
}

/// The description: of the newest version that carries one.
fn body(
    connection: &Connection,
    reader: &mut EvidenceReader,
    last: Option<i64>,
    reread: &mut Reread<'_>,
) -> Result<String, StoreError> {
    let mut versions: Vec<StoredRevision> = revision::history(connection, last)?;
    versions.sort_by_key(|version| std::cmp::Reverse((version.as_of, version.id)));
    for version in versions {
        let bytes = raw(connection, reader, &version)?;
        let reading = import_run::reading(connection, version.artifact)?;
        let body = reread(&bytes, &reading).into_iter().find_map(|record| match record {
            Record::Change(change) => change.body,
            Record::Ticket(ticket) => ticket.body,
            _ => None,
        });
        if let Some(body) = body {
            return Ok(body);
        }
    }
    Ok(String::new())
}

#[cfg(test)]
mod tests;
