use change_ledger_model::{Timestamp, identity::Likeness, person::PersonKind, restatement::MovedChange};
use serde::{Deserialize, Serialize};

/// Everybody whom imported records name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PeopleAnswer {
    /// The most active first.
    pub people: Vec<PersonLine>,
}

/// One person with all accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RecordsOfPerson {
    /// Changes opened.
    #[ts(type = "number")]
    pub opened: u64,
    /// Changes merged.
    #[ts(type = "number")]
    pub merged: u64,
    /// Reviews given.
    #[ts(type = "number")]
    pub reviewed: u64,
    /// Changes with their commits that somebody else opened, and commits of commit lists.
    #[ts(type = "number")]
    pub committed: u64,
    /// Tickets, deployments, messages and other records.
    #[ts(type = "number")]
    pub other: u64,
}

/// Accounts that look like those of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PeopleSuggestions {
    /// In alphabetical order.
    pub suggestions: Vec<PeopleSuggestion>,
}

/// Two accounts that look like those of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PeopleHistory {
    /// Oldest first.
    pub statements: Vec<PeopleStatementLine>,
}

/// One statement about people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PeopleStatementLine {
    /// Number of its entry in the ledger's chain.
    #[ts(type = "number")]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Because {
    /// Name of the person who states it.
    pub by: String,
    /// Why it is so.
    pub reason: String,
}

/// States that accounts belong to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct MergePeople {
    /// The accounts, that by which the person goes first.
    pub accounts: Vec<String>,
    /// By whom and why.
    pub because: Because,
}

/// States that an account belongs to nobody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct SplitPeople {
    /// The account.
    pub account: String,
    /// By whom and why.
    pub because: Because,
}

/// States of what kind an account is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct KindOfPeople {
    /// The account.
    pub account: String,
    /// What it is.
    pub kind: PersonKind,
    /// By whom and why.
    pub because: Because,
}

/// What a statement about people did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PeopleChange {
    /// Number of its entry in the ledger's chain.
    #[ts(type = "number")]
    pub event: i64,
    /// The people whom it concerns, as they are now.
    pub people: Vec<PersonLine>,
    /// Changes that are judged otherwise because of it.
    pub moved: Vec<MovedChange>,
}
