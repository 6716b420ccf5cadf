//! The current state against what the evidence gives when every file is imported once more.

use super::{Checked, Finding};
use crate::{
    Ledger, StoreError,
    table::{Kind, import_run},
};
use rusqlite::{Row, Statement, types::Value};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

/// Findings per table that are listed one by one.
const LISTED: usize = 20;

/// A table whose rows follow from the evidence alone.
struct Table {
    /// What a row of it is called.
    name: &'static str,
    /// The columns: the record that the row tells of, then the key, then what is compared.
    columns: &'static str,
    /// Columns of the key; rows are compared in their order.
    key: usize,
    from: &'static str,
    /// Whether a row that the files give may still be missing: that of a text in which nobody looked for words yet.
    may_lack: bool,
}

impl Table {
    /// A table that the files give row by row.
    const fn new(name: &'static str, columns: &'static str, key: usize, from: &'static str) -> Self {
        Self { name, columns, key, from, may_lack: false }
    }

    /// Whether its rows are records, which people know by their ids.
    fn is_of_records(&self) -> bool {
        self.columns.starts_with("id, key,")
    }
}

/// Ids and keys are given in the order of import, so they agree where the ledger is sound.
const TABLES: [Table; 19] = [
    Table::new("person", "handle, id, handle, name, kind", 1, "person"),
    Table::new("repository", "name, id, folded, name", 1, "repository"),
    Table::new("branch", "name, id, name", 1, "branch"),
    Table::new(
        "change",
        "id, key, id, state, kind, repository, base_branch, author, merged_by, opened_at, implemented_at, \
                  review_coverage, head_commit, merge_commit, labels, updated_at, revision, as_of, carried, ages, source, \
                  number, title, url, head_branch, category",
        1,
        "change",
    ),
    Table::new(
        "commit author",
        "(SELECT id FROM change WHERE key = commit_author.change), change, person",
        2,
        "commit_author",
    ),
    Table::new(
        "review",
        "(SELECT id FROM change WHERE key = review.change), change, n, reviewer, verdict, submitted_at, \
                  commit_id, as_of, revision, source_id, url, said_before, stood_at, dismissed_by",
        2,
        "review",
    ),
    Table::new(
        "ticket",
        "id, key, id, is_change_request, done, reporter, assignee, opened_at, resolved_at, work_start, work_end, \
                  updated_at, revision, as_of, carried, ages, name, source, ticket_key, project, title, url, ticket_type, \
                  change_type, reason, status, priority, labels",
        1,
        "ticket",
    ),
    Table::new(
        "incident",
        "id, key, id, opened_at, resolved_at, updated_at, revision, as_of, carried, ages, source, number, title, \
                  url, service, status, severity, urgency, merged_into, ended",
        1,
        "incident",
    ),
    Table::new(
        "deployment",
        "id, key, id, source, repository, environment, is_production, commit_id, version, state, \
                  deployed_by, started_at, deployed_at, finished_at, url, updated_at, revision, as_of, carried, ages",
        1,
        "deployment",
    ),
    Table::new(
        "bypass",
        "id, key, id, source, repository, branch, actor, at, change, commit_before, commit_after, rules, \
                  skipped_review, url, updated_at, revision, as_of, carried, ages",
        1,
        "bypass",
    ),
    Table::new(
        "check",
        "id, key, id, source, repository, name, kind, commit_id, branch, started_by, outcome, attempt, \
                  actor, started_at, finished_at, findings, url, updated_at, revision, as_of, carried, ages",
        1,
        "check_run",
    ),
    Table::new(
        "alert",
        "id, key, id, source, repository, title, package, path, severity, score_tenths, state, opened_at, \
                  published_at, fixed_at, dismissed_at, dismissed_by, dismissed_reason, url, updated_at, revision, \
                  as_of, carried, ages",
        1,
        "alert",
    ),
    Table::new(
        "message",
        "id, key, id, source, repository, channel, thread, author, at, edited_at, reactions, updated_at, \
                  revision, as_of, carried, ages",
        1,
        "message",
    ),
    Table::new(
        "branch rule",
        "id, key, id, source, repository, name, branches, enforcement, required_approvals, code_owners, \
                  dismisses_stale, last_push_approval, required_checks, binds_admins, bypassers, force_push_allowed, \
                  url, updated_at, revision, as_of, carried, ages",
        1,
        "setting",
    ),
    Table::new(
        "commit",
        "id, key, id, source, repository, commit_id, title, author, committer, authored_at, committed_at, \
                  parents, branch, change, is_direct_push, url, updated_at, revision, as_of, carried, ages",
        1,
        "code_commit",
    ),
    Table::new(
        "name of incident",
        "(SELECT id FROM incident WHERE key = incident), name, incident",
        2,
        "incident_name",
    ),
    Table::new(
        "mention",
        "CASE owner_kind WHEN 2 THEN (SELECT id FROM ticket WHERE key = owner) WHEN 3 THEN \
                  (SELECT id FROM incident WHERE key = owner) WHEN 7 THEN (SELECT id FROM alert WHERE key = owner) \
                  WHEN 8 THEN (SELECT id FROM message WHERE key = owner) WHEN 10 THEN \
                  (SELECT id FROM code_commit WHERE key = owner) ELSE (SELECT id FROM change WHERE key = owner) END, \
                  owner_kind, owner, n, kind, found_in, name, text",
        3,
        "mention",
    ),
    Table::new("found words", FOUND_WORDS, 7, MATCHED),
    Table { may_lack: true, ..Table::new("found words", FOUND_WORDS, 7, UNMATCHED) },
];

const FOUND_WORDS: &str = "CASE owner_kind WHEN 2 THEN (SELECT id FROM ticket WHERE key = owner) WHEN 3 THEN \
     (SELECT id FROM incident WHERE key = owner) ELSE (SELECT id FROM change WHERE key = owner) END, \
     owner_kind, owner, fingerprint, part, signal, coalesce(at, -1) AS at, text";
/// The words found in records in which all words of their set were looked for.
const MATCHED: &str = "(SELECT DISTINCT owner_kind, owner, fingerprint, part, signal, at, text FROM text_hit \
     JOIN pattern_set ON pattern_set.id = pattern_set WHERE {matched})";
/// Those found in other records: by imports that looked for words which were not looked for in what was there before.
const UNMATCHED: &str = "(SELECT DISTINCT owner_kind, owner, fingerprint, part, signal, at, text FROM text_hit \
     JOIN pattern_set ON pattern_set.id = pattern_set WHERE {unmatched})";

impl Ledger {
    /// Compares the current state with that of `replayed`: a [scratch](Ledger::scratch) ledger into which the files of
    /// this one were imported again, in their order and read as they were read then. Names each record and field that
    /// differs. Both are read side by side, so that memory does not depend on their size.
    ///
    /// # Errors
    /// When one of the two cannot be read.
    pub fn differences(&self, replayed: &Self) -> Result<Vec<Finding>, StoreError> {
        let mut findings = Vec::new();
        let words = Words::of(self, replayed)?;
        let without_end = without_end(self)?;
        for table in &TABLES {
            let sql = format!(
                "SELECT {} FROM {} ORDER BY {}",
                table.columns,
                table.from.replace("{matched}", &words.matched).replace("{unmatched}", &words.unmatched),
                (2..2 + table.key).map(|column| column.to_string()).collect::<Vec<_>>().join(", ")
            );
            let (mut own, mut other) = (self.connection.prepare(&sql)?, replayed.connection.prepare(&sql)?);
            compare(table, &mut own, &mut other, &without_end, &mut findings)?;
        }
        Ok(findings)
    }
}

/// Which found words to compare, as two conditions for SQL.
struct Words {
    /// Rows of records in which the words of their set were looked for.
    matched: String,
    /// Rows of the others.
    unmatched: String,
}

impl Words {
    /// The sets that both look for. A new policy's words may still have to be looked for here, beginning behind a key. Those
    /// of a policy before may not be forgotten yet: they count nowhere.
    fn of(own: &Ledger, replayed: &Ledger) -> Result<Self, StoreError> {
        let sets = |ledger: &Ledger| -> Result<BTreeMap<String, Option<i64>>, StoreError> {
            let mut statement = ledger.connection.prepare("SELECT quote(fingerprint), matched_to FROM pattern_set")?;
            let sets = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
            Ok(sets)
        };
        let known = sets(replayed)?;
        let mut words = Self { matched: "0".to_owned(), unmatched: "0".to_owned() };
        for (set, matched_to) in sets(own)?.into_iter().filter(|(set, _)| known.contains_key(set)) {
            let up_to = matched_to.unwrap_or(i64::MAX);
            words.matched.push_str(&format!(" OR fingerprint = {set} AND owner <= {up_to}"));
            words.unmatched.push_str(&format!(" OR fingerprint = {set} AND owner > {up_to}"));
        }
        Ok(words)
    }
}

fn compare(
    table: &Table,
    own: &mut Statement<'_>,
    other: &mut Statement<'_>,
    without_end: &BTreeSet<i64>,
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    let fields: Vec<String> = own.column_names().map(str::to_owned).collect();
    let mut found = 0_usize;
    let mut find = |row: &[Value], problem: String| {
        found += 1;
        if found <= LISTED {
            findings.push(Finding { what: Checked::Record, place: place(table, row), problem });
        }
    };
    let (mut own, mut other) = (own.query([])?, other.query([])?);
    let (mut stored, mut expected) = (values(own.next()?)?, values(other.next()?)?);
    loop {
        let order = match (&stored, &expected) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(stored), Some(expected)) => by_key(stored, expected, table.key),
        };
        match order {
            Ordering::Less => find(stored.as_deref().unwrap_or_default(), "No imported file says so.".to_owned()),
            Ordering::Greater if table.may_lack => {}
            Ordering::Greater => find(
                expected.as_deref().unwrap_or_default(),
                "It is missing, though an imported file says it.".to_owned(),
            ),
            Ordering::Equal => {
                let (stored, expected) =
                    (stored.as_deref().unwrap_or_default(), expected.as_deref().unwrap_or_default());
                // A column that was not there yet when the row was written.
                let is_early = table.name == "incident"
                    && matches!(stored.get(1), Some(Value::Integer(key)) if without_end.contains(key));
                let is_later_column =
                    |field: &str, stored: &Value| is_early && field == "ended" && *stored == Value::Null;
                let differing: Vec<&str> = (fields.iter().zip(stored).zip(expected).skip(1))
                    .filter(|((field, stored), expected)| stored != expected && !is_later_column(field, stored))
                    .map(|((field, _), _)| field.as_str())
                    .collect();
                if !differing.is_empty() {
                    let differing = differing.join(", ");
                    find(stored, format!("The imported files say something else ({differing})."));
                }
            }
        }
        if order != Ordering::Greater {
            stored = values(own.next()?)?;
        }
        if order != Ordering::Less {
            expected = values(other.next()?)?;
        }
    }
    if found > LISTED {
        let problem = format!("{} more differ from what the imported files say.", found - LISTED);
        findings.push(Finding { what: Checked::Record, place: table.name.to_owned(), problem });
    }
    Ok(())
}

/// The format with which ledgers began to keep whether an incident is over.
const KNOWS_ENDED: i64 = 5;

/// Keys of incidents of which some version was imported before ledgers kept whether one is over.
fn without_end(own: &Ledger) -> Result<BTreeSet<i64>, StoreError> {
    let mut of_run =
        own.connection.prepare("SELECT DISTINCT record FROM revision WHERE artifact = ?1 AND kind = ?2")?;
    let mut found = BTreeSet::new();
    for run in import_run::before_format(&own.connection, KNOWS_ENDED)? {
        let incidents = of_run.query_map((run, Kind::Incident.code()), |row| row.get(0))?;
        found.extend(incidents.collect::<Result<Vec<i64>, _>>()?);
    }
    Ok(found)
}

/// Every column of a row; `None` behind the last row.
fn values(row: Option<&Row<'_>>) -> Result<Option<Vec<Value>>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let columns = row.as_ref().column_count();
    Ok(Some((0..columns).map(|at| row.get(at)).collect::<Result<_, _>>()?))
}

/// The order in which SQLite hands rows out.
fn by_key(one: &[Value], other: &[Value], key: usize) -> Ordering {
    let order = |pair: (&Value, &Value)| match pair {
        (Value::Integer(one), Value::Integer(other)) => one.cmp(other),
        (Value::Text(one), Value::Text(other)) => one.as_bytes().cmp(other.as_bytes()),
        (Value::Integer(_), _) => Ordering::Less,
        _ => Ordering::Greater,
    };
    let mut pairs = one.iter().zip(other).skip(1).take(key);
    pairs.find_map(|pair| Some(order(pair)).filter(|order| order.is_ne())).unwrap_or(Ordering::Equal)
}

/// `review of github:acme/pay#7`.
fn place(table: &Table, row: &[Value]) -> String {
    match row.first() {
        Some(Value::Text(id)) if table.is_of_records() => id.clone(),
        Some(Value::Text(id)) => format!("{} of {id}", table.name),
        _ => table.name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables whose rows are compared with events, with imports or with themselves elsewhere in this folder.
    const CHECKED_ELSEWHERE: [&str; 16] = [
        "artifact",
        "artifact_chunk",
        "attestation",
        "audit_answer",
        "audit_item",
        "audit_member",
        "audit_population",
        "audit_removal",
        "audit_sample",
        "event",
        "identity",
        "import",
        "ledger",
        "pattern_set",
        "reject",
        "revision",
    ];

    #[test]
    fn every_column_of_the_current_state_is_compared() {
        let ledger = Ledger::in_memory().unwrap();
        let names = |sql: &str| -> Vec<String> {
            let mut statement = ledger.connection.prepare(sql).unwrap();
            statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
        };
        let tables = names("SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
        let of_state = tables.iter().filter(|name| !CHECKED_ELSEWHERE.contains(&name.as_str()));
        for name in of_state {
            let compared: Vec<&Table> = TABLES
                .iter()
                .filter(|table| table.from == name || (name == "text_hit" && table.name == "found words"))
                .collect();
            assert!(!compared.is_empty(), "{name}");
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            for column in names(&format!("SELECT name FROM pragma_table_info('{name}')")) {
                for table in &compared {
                    let found = table.columns.split(|c| !is_word(c)).any(|word| word == column);
                    let is_of_search = name == "text_hit" && ["n", "pattern_set"].contains(&column.as_str());
                    assert!(found || is_of_search, "{name}.{column}");
                }
            }
        }
    }
}
