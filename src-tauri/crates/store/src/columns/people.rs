//! People as columns: commit authors, and the accounts of one person in the place of that person.

use super::{Positions, changes::position};
use crate::StoreError;
use change_ledger_model::{
    columns::{ChangeColumns, LedgerColumns},
    identity::{IdentityMap, spelling},
    person::{JIRA, PersonKind},
};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) fn commit_authors(connection: &Connection, positions: &Positions) -> Result<Vec<(u32, u32)>, StoreError> {
    let mut statement = connection.prepare("SELECT change, person FROM commit_author ORDER BY change, person")?;
    let mut rows = statement.query([])?;
    let mut authors = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(change) = positions.get(row.get(0)?) {
            authors.push((change, position(row.get(1)?)?));
        }
    }
    Ok(authors)
}

/// Puts one account per person everywhere, so that whoever compares two of them compares people, and gives each the kind
/// that was stated.
pub(super) fn unite(columns: &mut LedgerColumns, identities: &IdentityMap) {
    let alias = aliases(columns, identities);
    for (handle, kind) in &mut columns.people {
        if let Some(stated) = identities.get(handle).and_then(|identity| identity.kind) {
            *kind = stated;
        }
    }
    if alias.is_empty() {
        return;
    }
    let unite = |person: &mut u32| {
        if let Some(one) = alias.get(person) {
            *person = *one;
        }
    };
    let acting = columns.changes.author.iter_mut().chain(&mut columns.changes.merged_by);
    acting.chain(&mut columns.delivery.deployed_by).flatten().for_each(unite);
    columns.reviews.reviewer.iter_mut().for_each(unite);
    for row in &mut columns.attestations {
        row.people.iter_mut().for_each(unite);
        row.people.sort_unstable();
        row.people.dedup();
    }
    columns.commit_authors.iter_mut().for_each(|(_, author)| unite(author));
    columns.commit_authors.sort_unstable();
    columns.commit_authors.dedup();
}

/// For everybody who is known by several: every handle, Jira login and display name of that one person. A display name that
/// somebody else goes by too names nobody.
pub(super) fn names(connection: &Connection, identities: &IdentityMap) -> Result<Vec<Vec<String>>, StoreError> {
    let mut of_people: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (account, identity) in identities.iter() {
        let names = of_people.entry(identity.person.clone()).or_default();
        names.extend([account.to_owned(), identity.person.clone()]);
    }
    let mut borne_by: HashMap<String, BTreeSet<String>> = HashMap::new();
    let mut statement = connection.prepare("SELECT handle, name FROM person WHERE handle <> ''")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (handle, name): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        let person = identities.person_of(&handle).to_owned();
        borne_by.entry(spelling(&handle)).or_default().insert(person.clone());
        let shown = name.filter(|name| !name.trim().is_empty());
        if let Some(name) = &shown {
            borne_by.entry(spelling(name)).or_default().insert(person.clone());
        }
        of_people.entry(person).or_default().extend(std::iter::once(handle).chain(shown));
    }
    let names = of_people.into_iter().map(|(person, names)| {
        let is_theirs =
            |name: &String| borne_by.get(&spelling(name)).is_none_or(|people| people.iter().all(|one| *one == person));
        let is_handle = |name: &String| identities.person_of(name) == person;
        let logins: Vec<String> = names.iter().filter_map(|name| Some(name.strip_prefix(JIRA)?.to_owned())).collect();
        names.into_iter().filter(|name| is_handle(name) || is_theirs(name)).chain(logins).collect::<Vec<_>>()
    });
    Ok(names.filter(|names| names.len() > 1).collect())
}

/// Accounts that stand for another one, with that one.
fn aliases(columns: &LedgerColumns, identities: &IdentityMap) -> HashMap<u32, u32> {
    let stated = stated_aliases(&columns.people, identities);
    let mut alias = bare_bots(&columns.people, identities);
    for person in acting(&columns.changes) {
        alias.remove(&person);
    }
    for bot in alias.values_mut() {
        *bot = stated.get(bot).copied().unwrap_or(*bot);
    }
    alias.extend(stated);
    alias
}

/// Accounts that are stated to belong to a person, with the account by which that person goes, or with the first one where no
/// imported file names that.
fn stated_aliases(people: &[(String, PersonKind)], identities: &IdentityMap) -> HashMap<u32, u32> {
    let mut alias = HashMap::new();
    if identities.is_empty() {
        return alias;
    }
    let by_itself = (0..).zip(people).filter(|(_, (handle, _))| identities.person_of(handle) == handle);
    let mut one_of: HashMap<&str, u32> = by_itself.map(|(at, (handle, _))| (handle.as_str(), at)).collect();
    for (at, (handle, _)) in (0..).zip(people) {
        let one = *one_of.entry(identities.person_of(handle)).or_insert(at);
        if one != at {
            alias.insert(at, one);
        }
    }
    alias
}

/// Some exports name a bot as a reviewer by its bare slug: `x` is the bot `x[bot]` where that bot is known, unless somebody
/// stated who `x` is, or `x` opened or merged a change, which exports mark reliably.
fn bare_bots(people: &[(String, PersonKind)], identities: &IdentityMap) -> HashMap<u32, u32> {
    let bots: HashMap<&str, u32> = (0..)
        .zip(people)
        .filter(|(_, (_, kind))| *kind == PersonKind::Bot)
        .filter_map(|(at, (handle, _))| Some((handle.strip_suffix("[bot]")?, at)))
        .collect();
    (0..)
        .zip(people)
        .filter(|(_, (handle, kind))| *kind == PersonKind::Human && identities.get(handle).is_none())
        .filter_map(|(at, (handle, _))| Some((at, *bots.get(handle.as_str())?)))
        .collect()
}

/// Authors and mergers of changes.
fn acting(changes: &ChangeColumns) -> impl Iterator<Item = u32> {
    changes.author.iter().chain(&changes.merged_by).flatten().copied()
}
