//! What a name means in this ledger.

use super::merge;
use crate::{
    StoreError,
    part::ticket_name,
    table::{change::AWAITED, commit::Commit},
};
use change_ledger_model::record::MentionKind;
use foldhash::{HashMap, HashMapExt, HashSet};
use rusqlite::{Connection, params};
use std::borrow::Cow;

/// Names of tickets, incidents and changes, and the records they stand for.
pub(crate) struct Directory<'c> {
    connection: &'c Connection,
    /// Every name, for the links of all changes; without, the ledger is asked name by name, which suits a single change.
    all: Option<AllNames>,
    /// Without `all`: the commits of the change, under every name that they can have.
    commits: HashMap<String, Vec<i64>>,
}

/// Keys of records, from memory or just asked for.
type Keys<'d> = Cow<'d, [i64]>;

impl<'c> Directory<'c> {
    /// Names of all tickets, incidents and changes.
    pub(crate) fn of_all(connection: &'c Connection, names: AllNames) -> Self {
        Self { connection, commits: HashMap::new(), all: Some(names) }
    }

    /// The names around one change, looked up when they are asked for; of commits it knows only those of the change, under
    /// these names.
    pub(crate) fn around_change(connection: &'c Connection, key: i64, names: &[String]) -> Self {
        Self { connection, all: None, commits: names.iter().map(|name| (name.clone(), vec![key])).collect() }
    }

    /// The tickets that a mention can mean.
    pub(crate) fn tickets(&self, kind: MentionKind, name: &str) -> Result<Keys<'_>, StoreError> {
        if matches!(kind, MentionKind::Commit | MentionKind::Advisory) {
            return Ok(Keys::default());
        }
        let found = self.tickets_named(name)?;
        if found.is_empty() { self.tickets_named(&ticket_name(name)) } else { Ok(found) }
    }

    fn tickets_named(&self, name: &str) -> Result<Keys<'_>, StoreError> {
        match &self.all {
            Some(all) => Ok(Keys::Borrowed(all.tickets.get(name).map_or(&[], Vec::as_slice))),
            None => keys_of(self.connection, "SELECT key FROM ticket WHERE name = ?1 ORDER BY key", name),
        }
    }

    /// The incidents that a mention can mean. One that was merged into another stands for that one.
    pub(crate) fn incidents(&self, kind: MentionKind, name: &str) -> Result<Keys<'_>, StoreError> {
        if !matches!(kind, MentionKind::Incident | MentionKind::TicketKey | MentionKind::Problem) {
            return Ok(Keys::default());
        }
        if let Some(all) = &self.all {
            return Ok(Keys::Borrowed(all.incidents.get(name).map_or(&[], Vec::as_slice)));
        }
        let sql = "SELECT incident FROM incident_name WHERE name = ?1 ORDER BY incident";
        let mut standing = Vec::new();
        for &incident in keys_of(self.connection, sql, name)?.iter() {
            let incident = self.standing_for(incident)?;
            if !standing.contains(&incident) {
                standing.push(incident);
            }
        }
        Ok(Keys::Owned(standing))
    }

    /// The incident that counts for this one: the one that it was merged into, as far as that was imported.
    pub(crate) fn standing_for(&self, incident: i64) -> Result<i64, StoreError> {
        match &self.all {
            Some(all) => Ok(all.merged.get(&incident).copied().unwrap_or(incident)),
            None => merge::target(incident, &mut |key| merge::next(self.connection, key)),
        }
    }

    /// Whether a name means neither an imported ticket nor an imported incident.
    pub(crate) fn leads_nowhere(&self, kind: MentionKind, name: &str) -> Result<bool, StoreError> {
        Ok(self.tickets(kind, name)?.is_empty() && self.incidents(kind, name)?.is_empty())
    }

    /// Whether a name that leads nowhere is the name of an incident that was not imported: it is written like
    /// one, or like the imported ones.
    pub(crate) fn is_missing_incident(&self, kind: MentionKind, name: &str) -> Result<bool, StoreError> {
        if !self.leads_nowhere(kind, name)? {
            return Ok(false);
        }
        match kind {
            MentionKind::Incident => Ok(true),
            MentionKind::TicketKey => self.is_prefix_of(NamedTable::Incident, name),
            _ => Ok(false),
        }
    }

    /// Whether a key that leads nowhere is the key of a ticket that was not imported: tickets of its project were.
    pub(crate) fn is_missing_ticket(&self, kind: MentionKind, name: &str) -> Result<bool, StoreError> {
        Ok(kind == MentionKind::TicketKey
            && self.tickets(kind, name)?.is_empty()
            && self.is_prefix_of(NamedTable::Ticket, name)?)
    }

    /// Whether names of imported records begin like this one: `PLAT` of `PLAT-1190`.
    fn is_prefix_of(&self, table: NamedTable, name: &str) -> Result<bool, StoreError> {
        let Some(prefix) = prefix(name) else { return Ok(false) };
        match (&self.all, table) {
            (Some(all), NamedTable::Ticket) => Ok(all.ticket_prefixes.contains(prefix)),
            (Some(all), NamedTable::Incident) => Ok(all.incident_prefixes.contains(prefix)),
            (None, table) => {
                // Digits follow each other in the order of the index, and `:` follows 9.
                let sql = match table {
                    NamedTable::Ticket => {
                        "SELECT EXISTS (SELECT 1 FROM ticket WHERE name >= ?1 || '-0' AND name < ?1 || '-:' \
                         AND substr(name, length(?1) + 2) NOT GLOB '*[^0-9]*')"
                    }
                    NamedTable::Incident => {
                        "SELECT EXISTS (SELECT 1 FROM incident_name WHERE name >= ?1 || '-0' AND name < ?1 || '-:' \
                         AND substr(name, length(?1) + 2) NOT GLOB '*[^0-9]*')"
                    }
                };
                Ok(self.connection.prepare_cached(sql)?.query_row([prefix], |row| row.get(0))?)
            }
        }
    }

    /// The changes that a mention can mean.
    pub(crate) fn changes(&self, kind: MentionKind, name: &str) -> Result<Vec<i64>, StoreError> {
        match kind {
            MentionKind::Change => changes_numbered(self.connection, name),
            MentionKind::Commit => {
                let commits = self.all.as_ref().map_or(&self.commits, |all| &all.commits);
                Ok(commits.get(name).cloned().unwrap_or_default())
            }
            _ => Ok(Vec::new()),
        }
    }
}

/// Tables whose records texts name.
#[derive(Debug, Clone, Copy)]
enum NamedTable {
    Ticket,
    Incident,
}

/// Every name of tickets and incidents, and of commits as far as these name them.
#[derive(Default)]
pub(crate) struct AllNames {
    tickets: HashMap<String, Vec<i64>>,
    incidents: HashMap<String, Vec<i64>>,
    /// Incidents that were merged into another imported one, with that one.
    merged: HashMap<i64, i64>,
    /// What stands before the dash in the names of imported incidents, `INC`.
    incident_prefixes: HashSet<String>,
    /// What stands before the dash in the names of imported tickets, `PLAT`.
    ticket_prefixes: HashSet<String>,
    /// Commits that tickets and incidents name, with the changes that they belong to.
    commits: HashMap<String, Vec<i64>>,
}

impl AllNames {
    pub(crate) fn load(connection: &Connection) -> Result<Self, StoreError> {
        let (merged, commits) = (merge::targets(connection)?, commits_named_back(connection)?);
        let mut names = Self { merged: merged.into_iter().collect(), commits, ..Self::default() };
        let mut statement = connection.prepare_cached("SELECT name, key FROM ticket ORDER BY key")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            note_prefix(&mut names.ticket_prefixes, &name);
            names.tickets.entry(name).or_default().push(row.get(1)?);
        }
        let mut statement =
            connection.prepare_cached("SELECT name, incident FROM incident_name ORDER BY name, incident")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            note_prefix(&mut names.incident_prefixes, &name);
            let own: i64 = row.get(1)?;
            let incident = names.merged.get(&own).copied().unwrap_or(own);
            let known = names.incidents.entry(name).or_default();
            if !known.contains(&incident) {
                known.push(incident);
            }
        }
        Ok(names)
    }
}

fn keys_of(connection: &Connection, sql: &str, name: &str) -> Result<Keys<'static>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let keys = statement.query_map([name], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Keys::Owned(keys))
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
