//! Bypasses and commits that lead to no imported change, and so are on the page of none.

use crate::{
    Ledger, StoreError,
    table::{commit::Commit, event::time},
};
use change_ledger_model::Timestamp;
use std::collections::{HashMap, HashSet};

/// A bypass or a commit that is in no change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordWithoutChange {
    /// The ledger-wide name.
    pub id: String,
    /// The repository, as its file names it.
    pub repository: Option<String>,
    /// The branch, where its file says.
    pub branch: Option<String>,
    /// Whose deed it is: the account that skipped the rule, the author of the commit.
    pub by: Option<String>,
    /// When the rule was skipped, or the commit made.
    pub at: Option<Timestamp>,
}

/// What [`Ledger::without_change`] finds, each list by time, what has none last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WithoutChange {
    /// Bypasses of a review rule whose change was not imported as implemented.
    pub review_bypasses: Vec<RecordWithoutChange>,
    /// Bypasses of which no file says whether a review rule was among what they skipped; their change may be there.
    pub unclear_bypasses: Vec<RecordWithoutChange>,
    /// Commits that no imported change brought in, as far as commits, their parents and their titles tell.
    pub commits: Vec<RecordWithoutChange>,
}

impl Ledger {
    /// Recorded bypasses and commits that lead to no imported change.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn without_change(&self) -> Result<WithoutChange, StoreError> {
        Ok(WithoutChange {
            review_bypasses: self.bypasses(
                "bypass.skipped_review = 1 AND CASE WHEN bypass.change IS NULL THEN bypass.commit_after IS NULL OR \
                 bypass.commit_after NOT IN (SELECT merge_commit FROM change WHERE state IN (0, 3) AND \
                 merge_commit IS NOT NULL UNION SELECT head_commit FROM change WHERE state IN (0, 3) AND \
                 head_commit IS NOT NULL) ELSE NOT EXISTS (SELECT 1 FROM change WHERE id = bypass.change AND \
                 state IN (0, 3)) END",
            )?,
            unclear_bypasses: self.bypasses("bypass.skipped_review IS NULL")?,
            commits: self.commits_without_change()?,
        })
    }

    fn bypasses(&self, condition: &str) -> Result<Vec<RecordWithoutChange>, StoreError> {
        let mut statement = self.connection.prepare(&format!(
            "SELECT bypass.id, repository.name, bypass.branch, person.handle, bypass.at FROM bypass \
             LEFT JOIN repository ON repository.id = bypass.repository LEFT JOIN person ON person.id = bypass.actor \
             WHERE {condition} ORDER BY bypass.at IS NULL, bypass.at, bypass.id"
        ))?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(record(row)?);
        }
        Ok(found)
    }

    /// A commit is in a change that its file names, that its title names or that was merged as it, and so is what a merge
    /// of that change joined to the main line.
    fn commits_without_change(&self) -> Result<Vec<RecordWithoutChange>, StoreError> {
        let mut statement = self.connection.prepare(
            "SELECT code_commit.id, repository.name, code_commit.branch, person.handle, \
             coalesce(code_commit.committed_at, code_commit.authored_at) AS at, code_commit.commit_id, \
             code_commit.parents, code_commit.title, code_commit.change, code_commit.repository FROM code_commit \
             LEFT JOIN repository ON repository.id = code_commit.repository \
             LEFT JOIN person ON person.id = code_commit.author ORDER BY at IS NULL, at, code_commit.id",
        )?;
        let mut rows = statement.query([])?;
        let mut history = Vec::new();
        while let Some(row) = rows.next()? {
            history.push((record(row)?, Node::read(row)?));
        }
        if history.is_empty() {
            return Ok(Vec::new());
        }
        let changes = ImportedChanges::read(self)?;
        let nodes = history.iter().map(|(_, node)| node);
        let covered = covered(nodes, &changes);
        let outside = history.into_iter().filter(|(_, node)| !covered.contains(&node.commit));
        Ok(outside.map(|(record, _)| record).collect())
    }
}

fn record(row: &rusqlite::Row<'_>) -> Result<RecordWithoutChange, StoreError> {
    Ok(RecordWithoutChange {
        id: row.get(0)?,
        repository: row.get(1)?,
        branch: row.get(2)?,
        by: row.get(3)?,
        at: row.get::<_, Option<i64>>(4)?.map(time).transpose()?,
    })
}

/// One commit, as far as it tells what it belongs to.
struct Node {
    commit: Commit,
    parents: Vec<Commit>,
    /// Whether its file names its change.
    names_change: bool,
    /// Its repository's row id, and the number of the change in its title.
    titled: Option<(i64, String)>,
}

impl Node {
    fn read(row: &rusqlite::Row<'_>) -> Result<Self, StoreError> {
        let parents: Option<String> = row.get(6)?;
        let parents: Vec<String> = parents.and_then(|parents| serde_json::from_str(&parents).ok()).unwrap_or_default();
        let title: String = row.get(7)?;
        let repository: Option<i64> = row.get(9)?;
        Ok(Self {
            commit: row.get(5)?,
            parents: parents.iter().map(|parent| Commit::new(parent)).collect(),
            names_change: row.get::<_, Option<String>>(8)?.is_some(),
            titled: repository.zip(number_in_title(&title).map(str::to_owned)),
        })
    }
}

/// The changes that commits can belong to.
struct ImportedChanges {
    commits: HashSet<Commit>,
    numbers: HashSet<(i64, String)>,
}

impl ImportedChanges {
    fn read(ledger: &Ledger) -> Result<Self, StoreError> {
        let mut statement =
            ledger.connection.prepare("SELECT merge_commit, head_commit, repository, number FROM change")?;
        let mut rows = statement.query([])?;
        let mut changes = Self { commits: HashSet::new(), numbers: HashSet::new() };
        while let Some(row) = rows.next()? {
            let names: [Option<Commit>; 2] = [row.get(0)?, row.get(1)?];
            changes.commits.extend(names.into_iter().flatten());
            changes.numbers.insert((row.get(2)?, row.get(3)?));
        }
        Ok(changes)
    }
}

/// The commits of `history` that some change brought in.
fn covered<'a>(history: impl Iterator<Item = &'a Node>, changes: &ImportedChanges) -> HashSet<Commit> {
    let by_name: HashMap<&Commit, &Node> = history.map(|node| (&node.commit, node)).collect();
    let belongs = |node: &&&Node| {
        node.names_change
            || changes.commits.contains(&node.commit)
            || node.titled.as_ref().is_some_and(|titled| changes.numbers.contains(titled))
    };
    let own: Vec<&Node> = by_name.values().filter(belongs).copied().collect();
    // What a merge joined to the line that it was merged into ends where that line begins.
    let mut main_line: HashSet<&Commit> = HashSet::new();
    for merge in own.iter().filter(|node| node.parents.len() > 1) {
        let mut next = merge.parents.first();
        while let Some(commit) = next.filter(|commit| main_line.insert(*commit)) {
            next = by_name.get(commit).and_then(|node| node.parents.first());
        }
    }
    let mut covered: HashSet<Commit> = own.iter().map(|node| node.commit.clone()).collect();
    let mut waiting: Vec<&Commit> = own.iter().flat_map(|node| node.parents.iter().skip(1)).collect();
    while let Some(commit) = waiting.pop() {
        if main_line.contains(commit) || !covered.insert(commit.clone()) {
            continue;
        }
        waiting.extend(by_name.get(commit).into_iter().flat_map(|node| &node.parents));
    }
    covered
}

/// The number that the merge of a change leaves in the title: `Merge pull request #12 from …`, `Merged PR 12: …`,
/// `Cap retries (#12)`, `Merged in cap (pull request #12)`.
fn number_in_title(title: &str) -> Option<&str> {
    let title = title.trim();
    let begun = ["Merge pull request #", "Merged PR "].iter().find_map(|begin| title.strip_prefix(begin));
    let ended = || {
        let (_, last) = title.strip_suffix(')')?.rsplit_once('(')?;
        last.strip_prefix("pull request ").unwrap_or(last).strip_prefix('#')
    };
    let (from, whole) = begun.map(|begun| (begun, false)).or_else(|| ended().map(|ended| (ended, true)))?;
    let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
    let (digits, rest) = from.split_at(end);
    (!digits.is_empty() && (!whole || rest.is_empty())).then_some(digits)
}

#[cfg(test)]
mod tests;
