//! Who is who: listing people, and stating which accounts are theirs.

mod statement;

pub use statement::{kind, merge, split};

use crate::{
    app::App,
    error::AppError,
    host::Host,
    wire::{
        AccountLine, Nothing, PeopleAnswer, PeopleHistory, PeopleStatementLine, PeopleSuggestion, PeopleSuggestions,
        PersonLine, RecordsOfPerson,
    },
};
use change_ledger_model::{
    identity::{Account, IdentityMap, IdentityStatement, suggestions},
    person::{Person, PersonKind},
};
use change_ledger_store::{AccountRecords, KnownAccount};
use std::{cmp::Reverse, collections::BTreeMap};

/// Everybody whom imported records name, the most active first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn list(app: &App, _: &dyn Host, _: Nothing) -> Result<PeopleAnswer, AppError> {
    let (accounts, identities) = app.read(|ledger| Ok((ledger.accounts()?, ledger.identities()?)))?;
    Ok(PeopleAnswer { people: people(accounts, &identities) })
}

/// Accounts that look like those of one person.
///
/// # Errors
/// When the ledger cannot be read.
pub fn suggest(app: &App, _: &dyn Host, _: Nothing) -> Result<PeopleSuggestions, AppError> {
    let (known, identities) = app.read(|ledger| Ok((ledger.accounts()?, ledger.identities()?)))?;
    let labels: BTreeMap<String, String> =
        known.iter().map(|known| (known.person.handle.clone(), known.person.label().to_owned())).collect();
    let label = |account: &String| labels.get(account).unwrap_or(account).clone();
    let accounts: Vec<Account> =
        known.into_iter().map(|known| Account { records: known.records.total(), person: known.person }).collect();
    let found = suggestions(&accounts, &identities).into_iter().map(|found| PeopleSuggestion {
        person_name: label(&found.person),
        account_name: label(&found.account),
        person: found.person,
        account: found.account,
        likeness: found.likeness,
        reason: found.likeness.words().to_owned(),
    });
    Ok(PeopleSuggestions { suggestions: found.collect() })
}

/// Every statement about people, oldest first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn history(app: &App, _: &dyn Host, _: Nothing) -> Result<PeopleHistory, AppError> {
    let statements = app.read(|ledger| Ok(ledger.people_statements()?))?;
    let lines = statements.into_iter().map(|stated| PeopleStatementLine {
        event: stated.event,
        at: stated.at,
        by: stated.by,
        statement: in_words(&stated.statement),
        reason: stated.reason,
    });
    Ok(PeopleHistory { statements: lines.collect() })
}

fn in_words(statement: &IdentityStatement) -> String {
    match statement {
        IdentityStatement::Same { accounts } => format!("{} are one person", accounts.join(", ")),
        IdentityStatement::Apart { account } => format!("{account} is a person of its own"),
        IdentityStatement::Kind { account, kind } => format!("{account} is {}", kind_in_words(*kind)),
    }
}

const fn kind_in_words(kind: PersonKind) -> &'static str {
    match kind {
        PersonKind::Human => "a human",
        PersonKind::Bot => "a bot",
        PersonKind::Deleted => "a deleted account",
    }
}

/// The people behind accounts, the most active first.
fn people(accounts: Vec<KnownAccount>, identities: &IdentityMap) -> Vec<PersonLine> {
    let mut by_person: BTreeMap<String, Vec<KnownAccount>> = BTreeMap::new();
    for account in accounts {
        by_person.entry(identities.person_of(&account.person.handle).to_owned()).or_default().push(account);
    }
    let mut people: Vec<PersonLine> =
        by_person.into_iter().filter_map(|(person, accounts)| line(person, accounts, identities)).collect();
    people.sort_by_key(|person| Reverse(person.records.total()));
    people
}

/// `None` where no imported record names any of the accounts.
fn line(person: String, mut accounts: Vec<KnownAccount>, identities: &IdentityMap) -> Option<PersonLine> {
    accounts.sort_by_key(|account| account.person.handle != person);
    let first: &Person = &accounts.first()?.person;
    let kind = identities.kind_of(first);
    let name = Person { kind, ..first.clone() }.label().to_owned();
    let mut records = RecordsOfPerson::default();
    let lines = accounts.into_iter().map(|account| {
        let own = RecordsOfPerson::from(account.records);
        records.add(own);
        AccountLine {
            account: account.person.handle,
            name: account.person.name,
            kind: account.person.kind,
            sources: account.sources.into_iter().collect(),
            records: own,
        }
    });
    let accounts = lines.collect();
    Some(PersonLine { person, name, kind, records, accounts })
}

impl From<AccountRecords> for RecordsOfPerson {
    fn from(records: AccountRecords) -> Self {
        let AccountRecords { opened, merged, reviewed, committed, other } = records;
        Self { opened, merged, reviewed, committed, other }
    }
}

impl RecordsOfPerson {
    /// All of them.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.opened + self.merged + self.reviewed + self.committed + self.other
    }

    const fn add(&mut self, more: Self) {
        self.opened += more.opened;
        self.merged += more.merged;
        self.reviewed += more.reviewed;
        self.committed += more.committed;
        self.other += more.other;
    }
}
