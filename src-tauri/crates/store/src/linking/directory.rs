//! What a name means in this ledger.

use crate::{
    StoreError,
    part::ticket_name,
    table::{change::AWAITED, commit::Commit},
};
use change_ledger_model::record::MentionKind;
use rusqlite::{Connection, params};
use std::collections::{HashMap, HashSet};

/// Names of tickets, incidents and changes, and the records they stand for.
pub(crate) struct Directory<'c> {
    connection: &'c Connection,
    tickets: HashMap<String, Vec<i64>>,
    incidents: HashMap<String, Vec<i64>>,
    /// Commits that tickets and incidents name, with the changes that they belong to.
    commits: HashMap<String, Vec<i64>>,
    /// What stands before the dash in the names of imported incidents, `INC`.
    incident_prefixes: HashSet<String>,
    /// What stands before the dash in the names of imported tickets, `PLAT`.
    ticket_prefixes: HashSet<String>,
}

impl<'c> Directory<'c> {
    /// Names of all tickets, incidents and changes.
    pub(crate) fn of_all(connection: &'c Connection) -> Result<Self, StoreError> {
        Self::load(connection, commits_named_back(connection)?)
    }

    /// As [`Directory::of_all`], but of the commits it knows only those of one change, under these names: looking
    /// through every change would make its page slow.
    pub(crate) fn around_change(connection: &'c Connection, key: i64, names: &[String]) -> Result<Self, StoreError> {
        Self::load(connection, names.iter().map(|name| (name.clone(), vec![key])).collect())
    }

    fn load(connection: &'c Connection, commits: HashMap<String, Vec<i64>>) -> Result<Self, StoreError> {
        let mut directory = Self {
            connection,
            tickets: HashMap::new(),
            incidents: HashMap::new(),
            commits,
            incident_prefixes: HashSet::new(),
            ticket_prefixes: HashSet::new(),
        };
        let mut statement = connection.prepare_cached("SELECT name, key FROM ticket")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            note_prefix(&mut directory.ticket_prefixes, &name);
            directory.tickets.entry(name).or_default().push(row.get(1)?);
        }
        let mut statement = connection.prepare_cached("SELECT name, incident FROM incident_name")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            note_prefix(&mut directory.incident_prefixes, &name);
            directory.incidents.entry(name).or_default().push(row.get(1)?);
        }
        Ok(directory)
    }

    /// The tickets that a mention can mean.
    pub(crate) fn tickets(&self, kind: MentionKind, name: &str) -> &[i64] {
        if matches!(kind, MentionKind::Commit | MentionKind::Advisory) {
            return &[];
        }
        self.tickets.get(name).or_else(|| self.tickets.get(&ticket_name(name))).map_or(&[], Vec::as_slice)
    }

    /// The incidents that a mention can mean.
    pub(crate) fn incidents(&self, kind: MentionKind, name: &str) -> &[i64] {
        if matches!(kind, MentionKind::Incident | MentionKind::TicketKey | MentionKind::Problem) {
            self.incidents.get(name).map_or(&[], Vec::as_slice)
        } else {
            &[]
        }
    }

    /// Whether a name that leads nowhere is the name of an incident that was not imported: it is written like
    /// one, or like the imported ones.
    pub(crate) fn is_missing_incident(&self, kind: MentionKind, name: &str) -> bool {
        let leads_nowhere = self.tickets(kind, name).is_empty() && self.incidents(kind, name).is_empty();
        leads_nowhere
            && match kind {
                MentionKind::Incident => true,
                MentionKind::TicketKey => prefix(name).is_some_and(|prefix| self.incident_prefixes.contains(prefix)),
                _ => false,
            }
    }

    /// Whether a key that leads nowhere is the key of a ticket that was not imported: tickets of its project were.
    pub(crate) fn is_missing_ticket(&self, kind: MentionKind, name: &str) -> bool {
        kind == MentionKind::TicketKey
            && self.tickets(kind, name).is_empty()
            && prefix(name).is_some_and(|prefix| self.ticket_prefixes.contains(prefix))
    }

    /// The changes that a mention can mean.
    pub(crate) fn changes(&self, kind: MentionKind, name: &str) -> Result<Vec<i64>, StoreError> {
        match kind {
            MentionKind::Change => changes_numbered(self.connection, name),
            MentionKind::Commit => Ok(self.commits.get(name).cloned().unwrap_or_default()),
            _ => Ok(Vec::new()),
        }
    }
}

fn prefix(name: &str) -> Option<&str> {
    let (prefix, number) = name.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(prefix)
}

fn note_prefix(prefixes: &mut HashSet<String>, name: &str) {
    if let Some(prefix) = prefix(name)
        && !prefixes.contains(prefix)
    {
        prefixes.insert(prefix.to_owned());
    }
}

/// The changes called `owner/repo#number` or, of the tools that number merge requests and issues apart,
/// `owner/repo!number`; in any case.
fn changes_numbered(connection: &Connection, name: &str) -> Result<Vec<i64>, StoreError> {
    let Some((repository, number)) = name.rsplit_once(['#', '!']) else { return Ok(Vec::new()) };
    let apart = name.as_bytes().get(repository.len()) == Some(&b'!');
    let mut statement = connection.prepare_cached(
        "SELECT key FROM change WHERE repository = (SELECT id FROM repository WHERE folded = ?1) \
         AND number = ?2 AND state < ?3 AND (source IN ('gitlab', 'azure-repos')) = ?4",
    )?;
    let keys = statement
        .query_map(params![repository.to_lowercase(), number, AWAITED, apart], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(keys)
}

/// Shortest way in which people write a commit.
const SHORTEST_COMMIT: usize = 7;

/// The commits that tickets and incidents name, with the changes that they belong to.
fn commits_named_back(connection: &Connection) -> Result<HashMap<String, Vec<i64>>, StoreError> {
    let mut named: HashMap<String, Vec<String>> = HashMap::new();
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT name FROM mention WHERE owner_kind > 0 AND kind = ?1")?;
    let mut rows = statement.query([MentionKind::Commit as u8])?;
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        if let Some(short) = name.get(..SHORTEST_COMMIT) {
            named.entry(short.to_owned()).or_default().push(name);
        }
    }
    let mut found: HashMap<String, Vec<i64>> = HashMap::new();
    if named.is_empty() {
        return Ok(found);
    }
    let mut statement =
        connection.prepare_cached("SELECT key, merge_commit, head_commit FROM change WHERE state < ?1")?;
    let mut rows = statement.query([AWAITED])?;
    while let Some(row) = rows.next()? {
        let key: i64 = row.get(0)?;
        for at in [1, 2] {
            let Some(commit) = row.get::<_, Option<Commit>>(at)? else { continue };
            let commit = commit.to_text();
            let candidates = commit.get(..SHORTEST_COMMIT).and_then(|short| named.get(short));
            for name in candidates.into_iter().flatten().filter(|name| commit.starts_with(name.as_str())) {
                let changes = found.entry(name.clone()).or_default();
                if !changes.contains(&key) {
                    changes.push(key);
                }
            }
        }
    }
    Ok(found)
}

/// Every name under which tickets and incidents may mean a change.
pub(crate) fn change_names(repository: &str, number: &str, commits: &[Option<String>]) -> Vec<String> {
    let repository = repository.to_lowercase();
    let numbered = [format!("{repository}#{number}"), format!("{repository}!{number}")];
    let shortened = commits.iter().flatten().flat_map(|commit| {
        (SHORTEST_COMMIT..=commit.len()).filter_map(|length| commit.get(..length).map(str::to_owned))
    });
    numbered.into_iter().chain(shortened).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_need_a_number_behind_them() {
        let check = |name: &str, expected: Option<&str>| assert_eq!(prefix(name), expected, "{name}");
        check("INC-482", Some("INC"));
        check("WEB-APP-7", Some("WEB-APP"));
        check("Q1ZK8M0", None);
        check("INC-", None);
        check("acme/pay#17", None);
    }

    #[test]
    fn a_change_has_a_number_and_shortened_commits() {
        let names = change_names("Acme/Pay", "7", &[None, Some("0123456789".to_owned())]);
        assert_eq!(names, ["acme/pay#7", "acme/pay!7", "0123456", "01234567", "012345678", "0123456789"]);
    }
}
