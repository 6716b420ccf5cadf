//! Who is who: which accounts belong to one person, as somebody said.
//!
//! Exports name one person in many ways: a login, a full name, an address, an id. Nothing in them proves that two accounts
//! are one person, so the map is made of what people state, in the order in which they stated it.

mod likeness;
mod spelling;

pub use likeness::{Account, Likeness, Suggestion, suggestions};
pub use spelling::{spelling, spellings};

use crate::person::{Person, PersonKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What somebody states about accounts. Accounts go by [`Person::handle`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum IdentityStatement {
    /// All of these belong to one person, together with the accounts that each was stated to belong with before. The
    /// person goes by the first.
    Same {
        /// Handles, at least two.
        accounts: Vec<String>,
    },
    /// This account belongs to a person of its own.
    Apart {
        /// Its handle.
        account: String,
    },
    /// This account is of another kind than the files say; so are those that belong to the same person.
    Kind {
        /// Its handle.
        account: String,
        /// What it is.
        kind: PersonKind,
    },
}

/// What is stated of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Handle of the account by which the person goes; its own where it stands for itself.
    pub person: String,
    /// Its kind; `None` where it is the one that the files say.
    pub kind: Option<PersonKind>,
}

/// What all statements amount to. Accounts of which nobody stated anything stand for themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentityMap(BTreeMap<String, Identity>);

impl IdentityMap {
    /// Takes one more statement into account.
    pub fn state(&mut self, statement: &IdentityStatement) {
        match statement {
            IdentityStatement::Same { accounts } => self.unite(accounts),
            IdentityStatement::Apart { account } => self.part(account),
            IdentityStatement::Kind { account, kind } => {
                for member in self.accounts_of(account) {
                    self.entry(&member).kind = Some(*kind);
                }
            }
        }
    }

    fn unite(&mut self, accounts: &[String]) {
        let Some(person) = accounts.first().map(|first| self.person_of(first).to_owned()) else { return };
        for account in accounts {
            for member in self.accounts_of(account) {
                self.entry(&member).person.clone_from(&person);
            }
        }
    }

    fn part(&mut self, account: &str) {
        let person = self.person_of(account).to_owned();
        account.clone_into(&mut self.entry(account).person);
        // Those that went by the account that leaves go by the first of them in alphabetical order.
        let left: Vec<String> = self.accounts_of(&person).into_iter().filter(|member| member != account).collect();
        if person == account
            && let Some(next) = left.first().cloned()
        {
            for member in left {
                self.entry(&member).person.clone_from(&next);
            }
        }
    }

    fn entry(&mut self, account: &str) -> &mut Identity {
        self.0.entry(account.to_owned()).or_insert_with(|| Identity { person: account.to_owned(), kind: None })
    }

    /// Puts an account as it was kept; see [`IdentityMap::iter`].
    pub fn insert(&mut self, account: String, identity: Identity) {
        self.0.insert(account, identity);
    }

    /// Every account of which something was stated, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Identity)> {
        self.0.iter().map(|(account, identity)| (account.as_str(), identity))
    }

    /// What was stated of an account.
    #[must_use]
    pub fn get(&self, account: &str) -> Option<&Identity> {
        self.0.get(account)
    }

    /// Whether nobody stated anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The account by which the person behind `account` goes.
    #[must_use]
    pub fn person_of<'a>(&'a self, account: &'a str) -> &'a str {
        self.0.get(account).map_or(account, |identity| &identity.person)
    }

    /// All accounts of the person behind `account`, in alphabetical order.
    #[must_use]
    pub fn accounts_of(&self, account: &str) -> Vec<String> {
        let person = self.person_of(account);
        let mut members: Vec<String> =
            self.0.iter().filter(|(_, known)| known.person == person).map(|(member, _)| member.clone()).collect();
        // Whom nobody made a statement of.
        if members.is_empty() {
            members.push(account.to_owned());
        }
        if !members.iter().any(|member| member == person) {
            members.push(person.to_owned());
            members.sort_unstable();
        }
        members
    }

    /// What kind of account it is, with what was stated.
    #[must_use]
    pub fn kind_of(&self, person: &Person) -> PersonKind {
        self.0.get(&person.handle).and_then(|identity| identity.kind).unwrap_or(person.kind)
    }

    /// Whether two accounts are known to be of one person. A deleted account stands for anybody, so two of them are not.
    #[must_use]
    pub fn are_one(&self, one: &Person, other: &Person) -> bool {
        let is_known = |person: &Person| self.kind_of(person) != PersonKind::Deleted;
        is_known(one) && is_known(other) && self.person_of(&one.handle) == self.person_of(&other.handle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(accounts: &[&str]) -> IdentityStatement {
        IdentityStatement::Same { accounts: accounts.iter().map(|account| (*account).to_owned()).collect() }
    }

    fn apart(account: &str) -> IdentityStatement {
        IdentityStatement::Apart { account: account.to_owned() }
    }

    fn kind(account: &str, kind: PersonKind) -> IdentityStatement {
        IdentityStatement::Kind { account: account.to_owned(), kind }
    }

    fn map(statements: &[IdentityStatement]) -> IdentityMap {
        let mut map = IdentityMap::default();
        statements.iter().for_each(|statement| map.state(statement));
        map
    }

    #[test]
    fn the_person_goes_by_the_account_that_was_named_first() {
        let check = |statements: &[IdentityStatement], expected: &[(&str, &str)]| {
            let map = map(statements);
            for (account, person) in expected {
                assert_eq!(map.person_of(account), *person, "{account} after {statements:?}");
            }
        };
        check(&[], &[("b", "b")]);
        check(&[same(&["a", "b"])], &[("a", "a"), ("b", "a"), ("c", "c")]);
        check(&[same(&["a", "b"]), same(&["c", "b"])], &[("a", "c"), ("b", "c"), ("c", "c")]);
        check(&[same(&["a", "b"]), same(&["b", "c"])], &[("b", "a"), ("c", "a")]);
        check(&[same(&["a", "b", "c"]), apart("b")], &[("a", "a"), ("b", "b"), ("c", "a")]);
        check(&[same(&["b", "a", "c"]), apart("b")], &[("a", "a"), ("b", "b"), ("c", "a")]);
        check(&[same(&["a", "b"]), apart("b"), same(&["b", "a"])], &[("a", "b"), ("b", "b")]);
    }

    #[test]
    fn a_kind_is_that_of_the_person_and_stays_with_each_account() {
        let check = |statements: &[IdentityStatement], login: &str, expected: PersonKind| {
            assert_eq!(
                map(statements).kind_of(&Person::named(login, None, false)),
                expected,
                "{login}: {statements:?}"
            );
        };
        check(&[], "a", PersonKind::Human);
        check(&[kind("a", PersonKind::Bot)], "a", PersonKind::Bot);
        check(&[same(&["a", "b"]), kind("b", PersonKind::Bot)], "a", PersonKind::Bot);
        check(&[same(&["a", "b"]), kind("b", PersonKind::Bot), apart("a")], "a", PersonKind::Bot);
        check(&[same(&["a", "b"]), apart("b"), kind("b", PersonKind::Bot)], "a", PersonKind::Human);
        check(&[kind("dependabot[bot]", PersonKind::Human)], "dependabot", PersonKind::Human);
    }

    #[test]
    fn deleted_accounts_are_never_one_person() {
        let one = map(&[same(&["a", "b"])]);
        let (a, b) = (Person::named("a", None, false), Person::named("B", None, false));
        assert!(one.are_one(&a, &b) && one.are_one(&a, &a));
        assert!(!one.are_one(&a, &Person::named("c", None, false)));
        assert!(!one.are_one(&Person::deleted(), &Person::deleted()));
        assert!(!map(&[kind("a", PersonKind::Deleted)]).are_one(&a, &a));
    }

    #[test]
    fn a_statement_reads_back_as_it_was_written() {
        let check = |statement: IdentityStatement, json: serde_json::Value| {
            assert_eq!(serde_json::to_value(&statement).unwrap(), json);
            assert_eq!(serde_json::from_value::<IdentityStatement>(json).unwrap(), statement);
        };
        check(same(&["a", "b"]), serde_json::json!({"says": "same", "accounts": ["a", "b"]}));
        check(apart("a"), serde_json::json!({"says": "apart", "account": "a"}));
        check(kind("a", PersonKind::Bot), serde_json::json!({"says": "kind", "account": "a", "kind": "bot"}));
    }
}
