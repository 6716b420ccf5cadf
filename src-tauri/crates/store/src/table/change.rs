//! Changes: the current state of each, merged from its revisions.

use super::commit::Commit;
use crate::{
    StoreError,
    part::{Ages, Part, Parts},
};
use change_ledger_model::record::ChangeState;
use rusqlite::{Connection, Statement, params};
use std::borrow::Cow;

pub(crate) const INSERT: &str = "INSERT INTO change (key, state, kind, repository, base_branch, author, merged_by, \
    opened_at, implemented_at, review_coverage, head_commit, merge_commit, labels, updated_at, revision, as_of, \
    carried, ages, id, source, number, title, url, head_branch, category) VALUES \
    (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)";

/// `state` of a change that so far only a file of reviews names.
pub(crate) const AWAITED: u8 = 4;

/// The current state of a change. People, repositories and branches are ids.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoredChange<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) source: Cow<'a, str>,
    pub(crate) kind: u8,
    pub(crate) repository: i64,
    pub(crate) number: Cow<'a, str>,
    pub(crate) title: Cow<'a, str>,
    pub(crate) url: Option<Cow<'a, str>>,
    pub(crate) state: u8,
    pub(crate) author: Option<i64>,
    pub(crate) merged_by: Option<i64>,
    pub(crate) opened_at: Option<i64>,
    pub(crate) implemented_at: Option<i64>,
    pub(crate) updated_at: Option<i64>,
    pub(crate) base_branch: Option<i64>,
    pub(crate) head_branch: Option<Cow<'a, str>>,
    pub(crate) merge_commit: Option<Commit>,
    pub(crate) head_commit: Option<Commit>,
    /// JSON array.
    pub(crate) labels: Option<String>,
    pub(crate) category: Option<Cow<'a, str>>,
    pub(crate) review_coverage: u8,
    pub(crate) revision: Option<i64>,
    pub(crate) ages: Ages,
}

impl<'a> StoredChange<'a> {
    /// A change that so far only reviews name, by its id `source:repository#number`.
    pub(crate) fn awaited(id: &'a str, source: &'a str, number: &'a str, repository: i64) -> Self {
        Self {
            id: id.into(),
            source: source.into(),
            kind: 0,
            repository,
            number: number.into(),
            title: "".into(),
            url: None,
            state: AWAITED,
            author: None,
            merged_by: None,
            opened_at: None,
            implemented_at: None,
            updated_at: None,
            base_branch: None,
            head_branch: None,
            merge_commit: None,
            head_commit: None,
            labels: None,
            category: None,
            review_coverage: 0,
            revision: None,
            ages: Ages::of_row(i64::MIN, Parts::default()),
        }
    }

    pub(crate) fn load(connection: &Connection, key: i64) -> Result<StoredChange<'static>, StoreError> {
        let mut statement = connection.prepare_cached(
            "SELECT id, source, kind, repository, number, title, url, state, author, merged_by, opened_at, \
             implemented_at, updated_at, base_branch, head_branch, merge_commit, head_commit, labels, category, \
             review_coverage, revision, as_of, carried, ages FROM change WHERE key = ?1",
        )?;
        Ok(statement.query_row([key], |row| {
            let text = |at| row.get::<_, String>(at).map(Cow::Owned);
            let maybe = |at| row.get::<_, Option<String>>(at).map(|text| text.map(Cow::Owned));
            Ok(StoredChange {
                id: text(0)?,
                source: text(1)?,
                kind: row.get(2)?,
                repository: row.get(3)?,
                number: text(4)?,
                title: text(5)?,
                url: maybe(6)?,
                state: row.get(7)?,
                author: row.get(8)?,
                merged_by: row.get(9)?,
                opened_at: row.get(10)?,
                implemented_at: row.get(11)?,
                updated_at: row.get(12)?,
                base_branch: row.get(13)?,
                head_branch: maybe(14)?,
                merge_commit: row.get(15)?,
                head_commit: row.get(16)?,
                labels: row.get(17)?,
                category: maybe(18)?,
                review_coverage: row.get(19)?,
                revision: row.get(20)?,
                ages: Ages::stored(row.get(21)?, row.get(22)?, row.get_ref(23)?.as_blob_or_null()?),
            })
        })?)
    }

    /// Takes in the parts that a newer row wins. Returns whether anything but the times of revisions changed.
    pub(crate) fn take_in(&mut self, row: StoredChange<'a>, wins: Parts) -> bool {
        let before = self.clone();
        if self.state == AWAITED {
            self.kind = row.kind;
            self.repository = row.repository;
            self.number = row.number;
            self.source = row.source;
        }
        take(wins, Part::Title, &mut self.title, row.title);
        take(wins, Part::Url, &mut self.url, row.url);
        take(wins, Part::State, &mut self.state, row.state);
        take(wins, Part::Author, &mut self.author, row.author);
        take(wins, Part::MergedBy, &mut self.merged_by, row.merged_by);
        take(wins, Part::OpenedAt, &mut self.opened_at, row.opened_at);
        take(wins, Part::ImplementedAt, &mut self.implemented_at, row.implemented_at);
        take(wins, Part::BaseBranch, &mut self.base_branch, row.base_branch);
        take(wins, Part::HeadBranch, &mut self.head_branch, row.head_branch);
        take(wins, Part::MergeCommit, &mut self.merge_commit, row.merge_commit);
        take(wins, Part::HeadCommit, &mut self.head_commit, row.head_commit);
        take(wins, Part::Labels, &mut self.labels, row.labels);
        take(wins, Part::Category, &mut self.category, row.category);
        take(wins, Part::Coverage, &mut self.review_coverage, row.review_coverage);
        // One export says that it was merged, another says when.
        if self.state == ChangeState::ImplementedAtUnknown as u8 && self.implemented_at.is_some() {
            self.state = ChangeState::Implemented as u8;
        }
        let changed = *self != StoredChange { ages: self.ages.clone(), ..before };
        self.updated_at = self.updated_at.max(row.updated_at);
        changed
    }

    pub(crate) fn insert(&self, statement: &mut Statement<'_>, key: i64) -> Result<(), StoreError> {
        self.write(statement, key)
    }

    pub(crate) fn update(&self, connection: &Connection, key: i64) -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(
            "UPDATE change SET state = ?2, kind = ?3, repository = ?4, base_branch = ?5, author = ?6, \
             merged_by = ?7, opened_at = ?8, implemented_at = ?9, review_coverage = ?10, head_commit = ?11, \
             merge_commit = ?12, labels = ?13, updated_at = ?14, revision = ?15, as_of = ?16, carried = ?17, \
             ages = ?18, id = ?19, source = ?20, number = ?21, title = ?22, url = ?23, head_branch = ?24, \
             category = ?25 WHERE key = ?1",
        )?;
        self.write(&mut statement, key)
    }

    fn write(&self, statement: &mut Statement<'_>, key: i64) -> Result<(), StoreError> {
        statement.execute(params![
            key,
            self.state,
            self.kind,
            self.repository,
            self.base_branch,
            self.author,
            self.merged_by,
            self.opened_at,
            self.implemented_at,
            self.review_coverage,
            self.head_commit,
            self.merge_commit,
            self.labels,
            self.updated_at,
            self.revision,
            self.ages.as_of,
            self.ages.carried.bits(),
            self.ages.to_blob(),
            self.id,
            self.source,
            self.number,
            self.title,
            self.url,
            self.head_branch,
            self.category,
        ])?;
        Ok(())
    }
}

/// Replaces a part where the newer row wins it.
pub(crate) fn take<T>(wins: Parts, part: Part, current: &mut T, newer: T) {
    if wins.has(part) {
        *current = newer;
    }
}

/// The three pieces of an id such as `github:acme/pay#2214`.
pub(crate) fn pieces(id: &str) -> Option<(&str, &str, &str)> {
    let (source, rest) = id.split_once(':')?;
    let (repository, number) = rest.rsplit_once(['#', '!']).or_else(|| rest.rsplit_once(':'))?;
    Some((source, repository, number))
}

/// Adds commit authors of a change; says whether any was new.
pub(crate) fn add_commit_author(statement: &mut Statement<'_>, change: i64, person: i64) -> Result<bool, StoreError> {
    Ok(statement.execute([change, person])? > 0)
}

pub(crate) const INSERT_COMMIT_AUTHOR: &str = "INSERT OR IGNORE INTO commit_author (change, person) VALUES (?1, ?2)";
