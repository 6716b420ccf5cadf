//! People, each handle once.

use crate::StoreError;
use change_ledger_model::person::{Person, PersonKind};
use foldhash::{HashMap, HashMapExt};
use rusqlite::{Connection, OptionalExtension, params};

/// The people of a ledger while an import runs.
#[derive(Debug)]
pub(crate) struct People {
    ids: HashMap<String, (i64, Option<String>)>,
    next: i64,
}

impl People {
    pub(crate) fn load(connection: &Connection) -> Result<Self, StoreError> {
        let mut people = Self { ids: HashMap::new(), next: 1 };
        let mut statement = connection.prepare("SELECT id, handle, name FROM person")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            people.next = people.next.max(id + 1);
            people.ids.insert(row.get(1)?, (id, row.get(2)?));
        }
        Ok(people)
    }

    /// The id of a person, who is added when new. Of two display names the better one stays.
    pub(crate) fn id(&mut self, connection: &Connection, person: &Person) -> Result<i64, StoreError> {
        if let Some((id, name)) = self.ids.get_mut(&person.handle) {
            if is_better(person.name.as_deref(), name.as_deref()) {
                name.clone_from(&person.name);
                connection.prepare_cached("UPDATE person SET name = ?2 WHERE id = ?1")?.execute(params![*id, *name])?;
            }
            return Ok(*id);
        }
        let id = self.next;
        connection
            .prepare_cached("INSERT INTO person (id, handle, name, kind) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, person.handle, person.name, person.kind as u8])?;
        self.next += 1;
        self.ids.insert(person.handle.clone(), (id, person.name.clone()));
        Ok(id)
    }

    pub(crate) fn maybe_id(
        &mut self,
        connection: &Connection,
        person: Option<&Person>,
    ) -> Result<Option<i64>, StoreError> {
        person.map(|person| self.id(connection, person)).transpose()
    }
}

/// A full name is longer than a login; equal lengths are settled so that the order of imports does not matter.
fn is_better(new: Option<&str>, old: Option<&str>) -> bool {
    match (new, old) {
        (Some(new), Some(old)) => new.len() > old.len() || (new.len() == old.len() && new < old),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// One account, as imported.
pub(crate) fn person(connection: &Connection, id: i64) -> Result<Person, StoreError> {
    let mut statement = connection.prepare_cached("SELECT handle, name, kind FROM person WHERE id = ?1")?;
    let (handle, name, kind) = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, u8>(2)?)))?;
    Ok(Person { handle, name, kind: kind_from(kind)? })
}

/// One account with what was stated about it: the handle by which its person goes, and its kind. The name is still that of the
/// account, and says to whom it belongs.
pub(crate) fn known(connection: &Connection, id: i64) -> Result<Person, StoreError> {
    let account = person(connection, id)?;
    let mut statement = connection.prepare_cached("SELECT person, kind FROM identity WHERE account = ?1")?;
    let stated = statement.query_row([&account.handle], |row| Ok((row.get(0)?, row.get::<_, Option<u8>>(1)?)));
    let Some((handle, kind)) = stated.optional()? else { return Ok(account) };
    let kind = kind.map_or(Ok(account.kind), kind_from)?;
    let name = if handle == account.handle {
        account.name
    } else {
        Some(format!("{} (account of {handle})", account.label()))
    };
    Ok(Person { handle, name, kind })
}

pub(crate) fn kind_from(code: u8) -> Result<PersonKind, StoreError> {
    PersonKind::from_code(code).ok_or_else(|| StoreError::Damaged(format!("{code} is no kind of person")))
}

/// Every person: id, handle, kind.
pub(crate) fn all(connection: &Connection) -> Result<Vec<(i64, String, PersonKind)>, StoreError> {
    let mut statement = connection.prepare("SELECT id, handle, kind FROM person ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut people = Vec::new();
    while let Some(row) = rows.next()? {
        people.push((row.get(0)?, row.get(1)?, kind_from(row.get(2)?)?));
    }
    Ok(people)
}
