//! Repositories and branches, each name once.

use crate::StoreError;
use foldhash::{HashMap, HashMapExt};
use rusqlite::{Connection, params};

/// The repositories of a ledger while an import runs. Their names differ by more than case.
#[derive(Debug)]
pub(crate) struct Repositories {
    ids: HashMap<String, i64>,
    /// As written, by id from 1; of several spellings the one with capitals stays.
    names: Vec<String>,
}

impl Repositories {
    pub(crate) fn load(connection: &Connection) -> Result<Self, StoreError> {
        let mut repositories = Self { ids: HashMap::new(), names: Vec::new() };
        let mut statement = connection.prepare("SELECT id, name FROM repository ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(1)?;
            repositories.ids.insert(name.to_lowercase(), row.get(0)?);
            repositories.names.push(name);
        }
        Ok(repositories)
    }

    pub(crate) fn id(&mut self, connection: &Connection, name: &str) -> Result<i64, StoreError> {
        // Most rows repeat the spelling of the one before; only then is no folded copy needed.
        if let Some(id) = self.ids.get(name) {
            return Ok(*id);
        }
        let folded = name.to_lowercase();
        if let Some(&id) = self.ids.get(&folded) {
            let known = usize::try_from(id - 1).ok().and_then(|at| self.names.get_mut(at));
            // Capitals sort before small letters.
            if let Some(known) = known.filter(|known| name < known.as_str()) {
                name.clone_into(known);
                connection.execute("UPDATE repository SET name = ?2 WHERE id = ?1", params![id, name])?;
            }
            return Ok(id);
        }
        self.names.push(name.to_owned());
        let id = i64::try_from(self.names.len()).unwrap_or(i64::MAX);
        connection
            .execute("INSERT INTO repository (id, folded, name) VALUES (?1, ?2, ?3)", params![id, folded, name])?;
        self.ids.insert(folded, id);
        Ok(id)
    }
}

/// The branches of a ledger while an import runs.
#[derive(Debug)]
pub(crate) struct Branches(HashMap<String, i64>);

impl Branches {
    pub(crate) fn load(connection: &Connection) -> Result<Self, StoreError> {
        let mut statement = connection.prepare("SELECT name, id FROM branch")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self(rows.collect::<Result<_, _>>()?))
    }

    pub(crate) fn id(&mut self, connection: &Connection, name: Option<&str>) -> Result<Option<i64>, StoreError> {
        let Some(name) = name else { return Ok(None) };
        if let Some(id) = self.0.get(name) {
            return Ok(Some(*id));
        }
        connection.execute("INSERT INTO branch (name) VALUES (?1)", [name])?;
        let id = connection.last_insert_rowid();
        self.0.insert(name.to_owned(), id);
        Ok(Some(id))
    }
}

/// The names of a table of names by id, which count from 1 without gaps.
pub(crate) fn all(connection: &Connection, table: NameTable) -> Result<Vec<String>, StoreError> {
    let sql = match table {
        NameTable::Repository => "SELECT name FROM repository ORDER BY id",
        NameTable::Branch => "SELECT name FROM branch ORDER BY id",
    };
    let mut statement = connection.prepare(sql)?;
    let names = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(names)
}

/// Which table of names.
#[derive(Debug, Clone, Copy)]
pub(crate) enum NameTable {
    Repository,
    Branch,
}
