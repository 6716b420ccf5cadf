//! Whom a name means that somebody wrote of themselves, by what the files and the statements about people say.

use crate::{Ledger, StoreError, jira_names};
use change_ledger_model::{
    identity::{IdentityMap, spelling, spellings},
    person::{JIRA, Person, PersonKind},
};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Every account with its handle and display name, by their spellings.
#[derive(Debug)]
pub(crate) struct AccountNames {
    by_spelling: BTreeMap<String, BTreeSet<String>>,
    display_names: BTreeMap<String, String>,
    identities: IdentityMap,
}

impl AccountNames {
    pub(crate) fn load(connection: &Connection) -> Result<Self, StoreError> {
        let identities = jira_names::identities(connection)?;
        let mut names = Self { by_spelling: BTreeMap::new(), display_names: BTreeMap::new(), identities };
        let mut statement = connection.prepare("SELECT handle, name FROM person WHERE handle <> ''")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (handle, name): (String, Option<String>) = (row.get(0)?, row.get(1)?);
            names.add(&handle, &handle);
            if let Some(login) = handle.strip_prefix(JIRA) {
                names.add(login, &handle);
            }
            if let Some(name) = name {
                names.add(&name, &handle);
                names.display_names.insert(handle, name);
            }
        }
        // A statement may be about accounts that no imported file names yet.
        let stated: Vec<String> = names.identities.iter().map(|(account, _)| account.to_owned()).collect();
        stated.iter().for_each(|account| names.add(account, account));
        Ok(names)
    }

    fn add(&mut self, name: &str, handle: &str) {
        self.by_spelling.entry(spelling(name)).or_default().insert(handle.to_owned());
    }

    /// The people whom `written` may mean, each by the account by which that person goes.
    pub(crate) fn people(&self, written: &str) -> BTreeSet<String> {
        let spellings = spellings(written);
        let accounts = spellings.iter().filter_map(|name| self.by_spelling.get(name)).flatten();
        accounts.map(|account| self.identities.person_of(account).to_owned()).collect()
    }

    /// Whether all whom `written` may mean are bots; where no file knows it, whether it is spelled as one of a bot.
    pub(crate) fn is_bot(&self, written: &str) -> bool {
        let named = |name: &str| Person::named(name, None, false);
        let people = self.people(written);
        if people.is_empty() {
            return named(written).kind == PersonKind::Bot;
        }
        people.iter().all(|person| self.identities.kind_of(&named(person)) == PersonKind::Bot)
    }

    /// Every account of a person.
    pub(crate) fn accounts_of(&self, person: &str) -> Vec<String> {
        self.identities.accounts_of(person)
    }

    /// Every handle and display name by which a person goes.
    pub(crate) fn names_of(&self, person: &str) -> Vec<String> {
        let accounts = self.accounts_of(person).into_iter();
        accounts
            .flat_map(|account| {
                let name = self.display_names.get(&account).cloned();
                std::iter::once(account).chain(name)
            })
            .collect()
    }
}

impl Ledger {
    /// The people whom a name may mean that somebody wrote of themselves, each by the handle of the account by which that person
    /// goes; empty where no imported file and no statement about people knows anybody of that name.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn people_named(&self, written: &str) -> Result<BTreeSet<String>, StoreError> {
        Ok(AccountNames::load(&self.connection)?.people(written))
    }

    /// Whether a name that somebody wrote of themselves can mean only bots; where no imported file and no statement about people
    /// knows it, whether it is spelled as one of a bot.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn is_bot_named(&self, written: &str) -> Result<bool, StoreError> {
        Ok(AccountNames::load(&self.connection)?.is_bot(written))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{at, change, import, records};
    use change_ledger_model::{
        identity::IdentityStatement::{Apart, Kind, Same},
        person::Person,
    };

    #[test]
    fn a_person_is_found_by_every_account_and_name_that_the_ledger_knows() {
        let mut ledger = Ledger::in_memory().unwrap();
        let mut by_tove = change(1);
        by_tove.author = Some(Person::named("tove", Some("Tove Lund"), false));
        let mut by_another = change(2);
        by_another.author = Some(Person::named("tlund-work", Some("T. Lund"), false));
        import(&mut ledger, "a.json", records([by_tove, by_another]));
        let check = |ledger: &Ledger, written: &str, expected: &[&str]| {
            let people = ledger.people_named(written).unwrap();
            assert_eq!(people.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{written}");
        };
        check(&ledger, "tove", &["tove"]);
        check(&ledger, "@TOVE", &["tove"]);
        check(&ledger, "tove  lund", &["tove"]);
        check(&ledger, "Tove Lund (engineering lead)", &["tove"]);
        check(&ledger, "T. Lund", &["tlund-work"]);
        check(&ledger, "tove@example.com", &[]);
        check(&ledger, "", &[]);

        let accounts = ["tove", "tlund-work", "tove@example.com"].map(str::to_owned).to_vec();
        ledger.state_people(at(0), "Mara Ko", "The same badge.", Same { accounts }).unwrap();
        check(&ledger, "T. Lund", &["tove"]);
        check(&ledger, "Tove Lund <tove@example.com>", &["tove"]);
        ledger.state_people(at(1), "Mara Ko", "A mistake.", Apart { account: "tlund-work".to_owned() }).unwrap();
        check(&ledger, "T. Lund", &["tlund-work"]);
    }

    #[test]
    fn a_name_that_several_go_by_means_all_of_them() {
        let mut ledger = Ledger::in_memory().unwrap();
        let changes = [(1, "alex"), (2, "akim")].map(|(number, login)| {
            let mut one = change(number);
            one.author = Some(Person::named(login, Some("Alex Kim"), false));
            one
        });
        import(&mut ledger, "a.json", records(changes));
        assert_eq!(ledger.people_named("Alex Kim").unwrap(), ["akim", "alex"].map(str::to_owned).into());
        assert_eq!(ledger.people_named("akim").unwrap(), ["akim".to_owned()].into());
    }

    #[test]
    fn a_bot_is_known_by_what_files_and_people_say_and_else_by_its_spelling() {
        let mut ledger = Ledger::in_memory().unwrap();
        let mut by_bot = change(1);
        by_bot.author = Some(Person::named("queue", Some("Merge Queue"), true));
        let mut by_tove = change(2);
        by_tove.author = Some(Person::named("tove", Some("Tove Lund"), false));
        import(&mut ledger, "a.json", records([by_bot, by_tove]));
        let check = |ledger: &Ledger, written: &str, expected: bool| {
            assert_eq!(ledger.is_bot_named(written).unwrap(), expected, "{written}");
        };
        check(&ledger, "Queue[bot]", true);
        check(&ledger, "merge queue", true);
        check(&ledger, "Tove Lund", false);
        check(&ledger, "Tove Lund (Merge Queue)", false);
        check(&ledger, "other[bot]", true);
        check(&ledger, "Mara Ko", false);
        let kind = Kind { account: "tove".to_owned(), kind: PersonKind::Bot };
        ledger.state_people(at(0), "Mara Ko", "A script.", kind).unwrap();
        check(&ledger, "Tove Lund", true);
    }
}
