//! Who is who: what people state about accounts, and how much each account is used.

use crate::{
    Event, Ledger, StoreError,
    error::unsigned,
    jira_names,
    open::touch,
    table::{
        event::{self, kind},
        identity, person,
    },
};
use change_ledger_model::{
    Timestamp,
    identity::{IdentityMap, IdentityStatement},
    person::Person,
};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Payload of such an event.
#[derive(Debug, Serialize, Deserialize)]
struct Stated {
    statement: IdentityStatement,
    reason: String,
}

/// What somebody stated about people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleStatement {
    /// Number of its event.
    pub event: i64,
    /// When it was stated.
    pub at: Timestamp,
    /// By whom, as they said.
    pub by: Option<String>,
    /// Why.
    pub reason: String,
    /// What.
    pub statement: IdentityStatement,
}

/// An account that imported records name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAccount {
    /// The account, with the kind that the files say.
    pub person: Person,
    /// The tools whose records name it, in alphabetical order.
    pub sources: BTreeSet<String>,
    /// How many do.
    pub records: AccountRecords,
}

/// How many records name an account, by what it did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AccountRecords {
    /// Changes opened.
    pub opened: u64,
    /// Changes merged.
    pub merged: u64,
    /// Reviews given.
    pub reviewed: u64,
    /// Changes with commits of the account that somebody else opened, and commits of commit lists.
    pub committed: u64,
    /// Tickets, deployments, messages and other records.
    pub other: u64,
}

impl AccountRecords {
    /// All of them.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.opened + self.merged + self.reviewed + self.committed + self.other
    }
}

impl Ledger {
    /// What all statements about people amount to, and whom the files mean that know accounts of Jira by their name alone.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn identities(&self) -> Result<IdentityMap, StoreError> {
        jira_names::identities(&self.connection)
    }

    /// Every statement about people, oldest first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn people_statements(&self) -> Result<Vec<PeopleStatement>, StoreError> {
        statements(&self.connection)
    }

    /// Appends a statement about people to the chain; it holds for every change from now on, and for those before.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn state_people(
        &mut self,
        now: Timestamp,
        by: &str,
        reason: &str,
        statement: IdentityStatement,
    ) -> Result<Event, StoreError> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let payload = serde_json::to_string(&Stated { statement, reason: reason.to_owned() })?;
        let event = event::append(&transaction, now, kind::PEOPLE, Some(by), payload)?;
        identity::replace(&transaction, &stated(&transaction)?)?;
        touch(&transaction)?;
        transaction.commit()?;
        Ok(event)
    }

    /// Every account that imported records name, in alphabetical order of their handles.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn accounts(&self) -> Result<Vec<KnownAccount>, StoreError> {
        let mut used: BTreeMap<i64, (BTreeSet<String>, AccountRecords)> = BTreeMap::new();
        for (deed, person, records) in USES {
            let sql =
                format!("SELECT {person}, source, count(*) FROM {records} WHERE {person} IS NOT NULL GROUP BY 1, 2");
            let mut statement = self.connection.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (sources, records) = used.entry(row.get(0)?).or_default();
                sources.insert(row.get(1)?);
                records.add(deed, unsigned(row.get(2)?)?);
            }
        }
        let mut accounts = Vec::with_capacity(used.len());
        for (id, (sources, records)) in used {
            accounts.push(KnownAccount { person: person::person(&self.connection, id)?, sources, records });
        }
        accounts.sort_by(|one, other| one.person.handle.cmp(&other.person.handle));
        Ok(accounts)
    }
}

/// What the events about people amount to; the table says the same in a sound ledger.
pub(crate) fn stated(connection: &Connection) -> Result<IdentityMap, StoreError> {
    let mut map = IdentityMap::default();
    statements(connection)?.iter().for_each(|stated| map.state(&stated.statement));
    Ok(map)
}

fn statements(connection: &Connection) -> Result<Vec<PeopleStatement>, StoreError> {
    let mut found = Vec::new();
    event::each(connection, Some(kind::PEOPLE), &mut |event| {
        let stated: Stated = serde_json::from_str(&event.payload).map_err(|error| {
            StoreError::Damaged(format!("event {} about people cannot be read: {error}", event.seq))
        })?;
        found.push(PeopleStatement {
            event: event.seq,
            at: event.at,
            by: event.actor,
            reason: stated.reason,
            statement: stated.statement,
        });
        Ok(())
    })?;
    Ok(found)
}

/// What an account did with a record.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Opened,
    Merged,
    Reviewed,
    Committed,
    Other,
}

impl AccountRecords {
    const fn add(&mut self, deed: Deed, records: u64) {
        let count = match deed {
            Deed::Opened => &mut self.opened,
            Deed::Merged => &mut self.merged,
            Deed::Reviewed => &mut self.reviewed,
            Deed::Committed => &mut self.committed,
            Deed::Other => &mut self.other,
        };
        *count += records;
    }
}

/// Who is named as what: the column of the person, and the records that have it and a source.
const USES: [(Deed, &str, &str); 13] = [
    (Deed::Opened, "author", "change"),
    (Deed::Merged, "merged_by", "change"),
    (Deed::Reviewed, "reviewer", "review JOIN change ON key = review.change"),
    (Deed::Committed, "person", "commit_author JOIN change ON key = change"),
    (Deed::Committed, "author", "code_commit"),
    // Who committed what they wrote did it once.
    (Deed::Committed, "nullif(committer, author)", "code_commit"),
    (Deed::Other, "reporter", "ticket"),
    (Deed::Other, "assignee", "ticket"),
    (Deed::Other, "deployed_by", "deployment"),
    (Deed::Other, "actor", "bypass"),
    (Deed::Other, "actor", "check_run"),
    (Deed::Other, "dismissed_by", "alert"),
    (Deed::Other, "author", "message"),
];

#[cfg(test)]
mod tests;
