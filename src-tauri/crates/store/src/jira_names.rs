//! Accounts of Jira that files know by their name alone. Others know the same accounts by an id and the name that it shows.
//!
//! No file says of which site it is, so a lone name means the account that shows it where only one of all known accounts does.
//! Where several do, nobody knows who acted, unless somebody states it.

use crate::{
    StoreError,
    table::{identity, person},
};
use change_ledger_model::{
    identity::{Identity, IdentityMap},
    person::{JIRA, Person, PersonKind},
};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Who is who: what people stated, and which account each lone name means.
///
/// # Errors
/// When the ledger cannot be read.
pub(crate) fn identities(connection: &Connection) -> Result<IdentityMap, StoreError> {
    let stated = identity::read(connection)?;
    let mut all = stated.clone();
    let lone = lone_names(connection)?;
    let acting = if lone.is_empty() { HashSet::new() } else { acting_in_jira(connection)? };
    for name in lone.iter().filter(|name| acting.contains(&name.id)) {
        name.join(&stated, &mut all);
    }
    Ok(all)
}

/// One account with what is known of it: the handle by which its person goes, and its kind. `identities` are those of the ledger.
///
/// # Errors
/// When the ledger cannot be read.
pub(crate) fn known(connection: &Connection, identities: &IdentityMap, id: i64) -> Result<Person, StoreError> {
    let account = person::known(connection, id)?;
    let Some(identity) = identities.get(&account.handle) else { return Ok(account) };
    Ok(Person { handle: identity.person.clone(), kind: identity.kind.unwrap_or(account.kind), name: account.name })
}

/// An account that is known by a name, and the accounts with an id that show this name or have it for a login.
struct LoneName {
    id: i64,
    handle: String,
    shown_by: BTreeSet<String>,
}

impl LoneName {
    /// What people stated goes before: an account that they parted from all others is joined to none.
    fn join(&self, stated: &IdentityMap, all: &mut IdentityMap) {
        let is_parted = |account: &str| {
            stated.get(account).is_some_and(|identity| identity.person == account && identity.kind.is_none())
                && stated.accounts_of(account).len() == 1
        };
        let is_stated = stated.get(&self.handle).is_some();
        let mut shown_by = self.shown_by.iter();
        match (shown_by.next(), shown_by.next()) {
            (Some(one), None) if !is_stated && !is_parted(one) => {
                let person = stated.person_of(one).to_owned();
                let kind = stated.get(one).and_then(|identity| identity.kind);
                let kind = kind.or_else(|| one.ends_with("[bot]").then_some(PersonKind::Bot));
                all.insert(self.handle.clone(), Identity { person, kind });
            }
            (Some(one), None) if is_stated && stated.get(one).is_none() && !is_parted(&self.handle) => {
                let person = stated.person_of(&self.handle).to_owned();
                let kind = stated.get(&self.handle).and_then(|identity| identity.kind);
                all.insert(one.clone(), Identity { person, kind });
            }
            (Some(_), Some(_)) if !is_stated => {
                let identity = Identity { person: self.handle.clone(), kind: Some(PersonKind::Deleted) };
                all.insert(self.handle.clone(), identity);
            }
            _ => {}
        }
    }
}

/// Every account that goes by what accounts of Jira with an id show.
fn lone_names(connection: &Connection) -> Result<Vec<LoneName>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM person WHERE handle = ?1 AND kind <> ?2")?;
    let mut found = Vec::new();
    for (handle, shown_by) in names_of_accounts(connection)? {
        let id = statement.query_row((&handle, PersonKind::Deleted as u8), |row| row.get(0)).optional()?;
        found.extend(id.map(|id| LoneName { id, handle, shown_by }));
    }
    Ok(found)
}

/// The names and logins of accounts with an id, each with the handles of those that have it. Only some files say that an account
/// is a program's, so it is one account with and without that mark.
fn names_of_accounts(connection: &Connection) -> Result<BTreeMap<String, BTreeSet<String>>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT handle, name FROM person WHERE handle >= 'jira:' AND handle < 'jira;'")?;
    let mut rows = statement.query([])?;
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (handle, name): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        let login = handle.strip_prefix(JIRA).map(str::to_owned);
        for name in name.map(|name| name.to_lowercase()).into_iter().chain(login) {
            named.entry(name).or_default().insert(handle.clone());
        }
    }
    for handles in named.values_mut() {
        let marked: Vec<String> = handles.iter().filter(|handle| handle.ends_with("[bot]")).cloned().collect();
        handles.retain(|handle| !marked.contains(&format!("{handle}[bot]")));
    }
    Ok(named)
}

/// Everybody whom a ticket of Jira or a review of one names.
fn acting_in_jira(connection: &Connection) -> Result<HashSet<i64>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT reporter FROM ticket WHERE id >= 'jira:' AND id < 'jira;' AND reporter IS NOT NULL \
         UNION SELECT assignee FROM ticket WHERE id >= 'jira:' AND id < 'jira;' AND assignee IS NOT NULL \
         UNION SELECT reviewer FROM change JOIN review ON review.change = key WHERE id >= 'jira:' AND id < 'jira;'",
    )?;
    let people = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(people)
}

#[cfg(test)]
mod tests;
