use change_ledger_model::{Timestamp, identity::Likeness, person::PersonKind, restatement::MovedChange};
use serde::{Deserialize, Serialize};

/// Everybody whom imported records name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleAnswer {
    /// The most active first.
    pub people: Vec<PersonLine>,
}

/// One person with all accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// The account by which the person goes; empty for all deleted accounts together.
    pub person: String,
    /// What to call them.
    pub name: String,
    /// Human, bot or deleted.
    pub kind: PersonKind,
    /// Records that name any of the accounts.
    pub records: RecordsOfPerson,
    /// The accounts, that of the person first.
    pub accounts: Vec<AccountLine>,
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLine {
    /// Its login, address or id in lower case.
    pub account: String,
    /// Its display name, where a source has one.
    pub name: Option<String>,
    /// What the imported files say it is.
    pub kind: PersonKind,
    /// The tools whose records name it.
    pub sources: Vec<String>,
    /// Records that name it.
    pub records: RecordsOfPerson,
}

/// How many records name somebody, by what they did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordsOfPerson {
    /// Changes opened.
    pub opened: u64,
    /// Changes merged.
    pub merged: u64,
    /// Reviews given.
    pub reviewed: u64,
    /// Changes with their commits that somebody else opened, and commits of commit lists.
    pub committed: u64,
    /// Tickets, deployments, messages and other records.
    pub other: u64,
}

/// Accounts that look like those of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleSuggestions {
    /// In alphabetical order.
    pub suggestions: Vec<PeopleSuggestion>,
}

/// Two accounts that look like those of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleSuggestion {
    /// The more used one.
    pub person: String,
    /// What to call it.
    pub person_name: String,
    /// The other one.
    pub account: String,
    /// What to call it.
    pub account_name: String,
    /// In what they are alike.
    pub likeness: Likeness,
    /// The same in words.
    pub reason: String,
}

/// Every statement about people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleHistory {
    /// Oldest first.
    pub statements: Vec<PeopleStatementLine>,
}

/// One statement about people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleStatementLine {
    /// Number of its entry in the ledger's chain.
    pub event: i64,
    /// When it was stated.
    pub at: Timestamp,
    /// By whom, as they said.
    pub by: Option<String>,
    /// What, in words.
    pub statement: String,
    /// Why.
    pub reason: String,
}

/// Who states something about people, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// Name of the person who states it.
    pub by: String,
    /// Why it is so.
    pub reason: String,
}

/// What a statement about people did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleChange {
    /// Number of its entry in the ledger's chain.
    pub event: i64,
    /// The people whom it concerns, as they are now.
    pub people: Vec<PersonLine>,
    /// Changes that are judged otherwise because of it.
    pub moved: Vec<MovedChange>,
}
