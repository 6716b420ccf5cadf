//! Which changes a recorded bypass of a review rule let through.

use super::Positions;
use crate::{StoreError, table::commit::Commit};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeSet, HashSet};

/// Positions of the changes that a bypass names, by their id or, where it names none, by the commit that it let in.
///
/// Only bypasses that are known to have skipped a review rule count: of others it is unknown, which is not a yes.
pub(super) fn load(connection: &Connection, positions: &Positions) -> Result<Vec<u32>, StoreError> {
    let mut found = BTreeSet::new();
    let mut by_commit: HashSet<Commit> = HashSet::new();
    let mut change_of = connection.prepare_cached("SELECT key FROM change WHERE id = ?1")?;
    let mut statement =
        connection.prepare_cached("SELECT change, commit_after FROM bypass WHERE skipped_review = 1")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        match row.get::<_, Option<String>>(0)? {
            Some(id) => {
                let key: Option<i64> = change_of.query_row([id], |row| row.get(0)).optional()?;
                found.extend(key.and_then(|key| positions.get(key)));
            }
            None => by_commit.extend(row.get::<_, Option<Commit>>(1)?),
        }
    }
    if !by_commit.is_empty() {
        found.extend(with_commits(connection, positions, &by_commit)?);
    }
    Ok(found.into_iter().collect())
}

/// The changes that were merged as one of the commits, or whose last commit is one.
fn with_commits(
    connection: &Connection,
    positions: &Positions,
    commits: &HashSet<Commit>,
) -> Result<Vec<u32>, StoreError> {
    let mut found = Vec::new();
    let mut statement =
        connection.prepare_cached("SELECT key, merge_commit, head_commit FROM change WHERE state IN (0, 3)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let names: [Option<Commit>; 2] = [row.get(1)?, row.get(2)?];
        // No two commits share a name, so that the repository, which rule suites name without its owner, is not needed.
        if names.iter().flatten().any(|name| commits.contains(name)) {
            found.extend(positions.get(row.get(0)?));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use crate::{
        Ledger,
        sample::{at, change, import, person, records},
    };
    use change_ledger_model::{
        policy::PolicyHistory,
        record::{Bypass, Record},
    };

    fn bypass(change: Option<&str>, commit: Option<String>, skipped_review: Option<bool>) -> Record {
        Record::Bypass(Box::new(Bypass {
            id: "github-audit:a1".to_owned(),
            source: "github".to_owned(),
            repository: Some("acme/pay".to_owned()),
            branch: None,
            actor: Some(person("mara-ko")),
            at: Some(at(60)),
            change: change.map(str::to_owned),
            commit_before: None,
            commit_after: commit,
            rules: None,
            skipped_review,
            url: None,
        }))
    }

    #[test]
    fn only_a_bypass_of_a_review_rule_counts_and_only_for_its_change() {
        let check = |bypass: Record, expected: &[u32]| {
            for bypass_first in [true, false] {
                let mut ledger = Ledger::in_memory().unwrap();
                let changes = records((1..=3).map(change));
                let files =
                    if bypass_first { [vec![bypass.clone()], changes] } else { [changes, vec![bypass.clone()]] };
                for (n, file) in files.into_iter().enumerate() {
                    import(&mut ledger, &format!("{n}.json"), file);
                }
                let columns = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap();
                assert_eq!(columns.bypassed, expected, "{bypass:?}, bypass first: {bypass_first}");
            }
        };
        let merge_commit = || change(2).merge_commit;
        check(bypass(Some("github:acme/pay#2"), None, Some(true)), &[1]);
        check(bypass(None, merge_commit(), Some(true)), &[1]);
        check(bypass(None, change(3).head_commit, Some(true)), &[2]);
        check(bypass(Some("github:acme/pay#9"), merge_commit(), Some(true)), &[]);
        check(bypass(Some("github:acme/pay#2"), None, Some(false)), &[]);
        check(bypass(None, merge_commit(), None), &[]);
        check(bypass(None, None, Some(true)), &[]);
    }
}
