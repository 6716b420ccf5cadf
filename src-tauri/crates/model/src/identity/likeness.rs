//! Which accounts look like those of one person. A likeness proves nothing: a person decides.

use super::IdentityMap;
use crate::person::{Person, PersonKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An account and how much it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The account.
    pub person: Person,
    /// Records that name it.
    pub records: u64,
}

/// In what two accounts are alike; the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// Both have the same mail address.
    SameAddress,
    /// One is an address that a code host gives to the login of the other, for commits without a real address.
    NoreplyAddress,
    /// One is written with the other's login in parentheses.
    UserId,
    /// Both have the same full name.
    SameName,
    /// Both are mail addresses, alike before the @.
    SameLocalPart,
    /// The part of a mail address before the @ is the login or the full name of the other.
    LocalPart,
    /// A login that is made of the full name of the other, or of the same words as its login.
    SameWords,
}

impl Likeness {
    /// In words: what both have, or what one of them is.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::SameAddress => "the same mail address",
            Self::NoreplyAddress => "a code host's address for the other's login",
            Self::UserId => "the other's login in parentheses",
            Self::SameName => "the same full name",
            Self::SameLocalPart => "the same before the @",
            Self::LocalPart => "the other's login or name before the @",
            Self::SameWords => "a login of the same words",
        }
    }
}

/// Two accounts that may belong to one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suggestion {
    /// The more used one, by the account by which its person goes.
    pub person: String,
    /// The other one, by the account by which its person goes.
    pub account: String,
    /// Why, at its most telling.
    pub likeness: Likeness,
}

/// Accounts of humans that look like those of one person and are not yet stated to be, in alphabetical order.
#[must_use]
pub fn suggestions(accounts: &[Account], known: &IdentityMap) -> Vec<Suggestion> {
    let mut alike: BTreeMap<String, Vec<(&Account, Way)>> = BTreeMap::new();
    for account in accounts.iter().filter(|account| known.kind_of(&account.person) == PersonKind::Human) {
        for (way, key) in spellings(&account.person) {
            alike.entry(key).or_default().push((account, way));
        }
    }
    let mut found: BTreeMap<(String, String), Likeness> = BTreeMap::new();
    for mut group in alike.into_values() {
        group.sort_by(|(one, _), (other, _)| {
            other.records.cmp(&one.records).then_with(|| one.person.handle.cmp(&other.person.handle))
        });
        let Some(&(most_used, _)) = group.first() else { continue };
        let person = known.person_of(&most_used.person.handle);
        let ways: Vec<Way> = group.iter().filter(|(account, _)| *account == most_used).map(|(_, way)| *way).collect();
        for (account, other_way) in group {
            let other = known.person_of(&account.person.handle);
            let likeness = ways.iter().filter_map(|way| way.and(other_way)).min();
            if let Some(likeness) = likeness.filter(|_| other != person) {
                let pair = (person.to_owned(), other.to_owned());
                found.entry(pair).and_modify(|known| *known = likeness.min(*known)).or_insert(likeness);
            }
        }
    }
    found.into_iter().map(|((person, account), likeness)| Suggestion { person, account, likeness }).collect()
}

/// What a spelling of an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Address,
    Noreply,
    UserId,
    FullName,
    LocalPart,
    Login,
}

impl Way {
    /// What it means that two accounts have the same words in these ways; `None` where it means nothing.
    fn and(self, other: Self) -> Option<Likeness> {
        match (self, other) {
            (Self::Address, Self::Address) => Some(Likeness::SameAddress),
            (Self::Address, _) | (_, Self::Address) => None,
            (Self::Noreply, _) | (_, Self::Noreply) => Some(Likeness::NoreplyAddress),
            (Self::UserId, _) | (_, Self::UserId) => Some(Likeness::UserId),
            (Self::FullName, Self::FullName) => Some(Likeness::SameName),
            (Self::LocalPart, Self::LocalPart) => Some(Likeness::SameLocalPart),
            (Self::LocalPart, _) | (_, Self::LocalPart) => Some(Likeness::LocalPart),
            (Self::Login, Self::Login | Self::FullName) | (Self::FullName, Self::Login) => Some(Likeness::SameWords),
        }
    }
}

/// Every way in which an account is spelt, with its words in alphabetical order.
fn spellings(person: &Person) -> Vec<(Way, String)> {
    let mut found = Vec::new();
    of_text(&person.handle, &mut found);
    if let Some(name) = person.name.as_deref().filter(|name| name.to_lowercase() != person.handle) {
        let mut of_name = Vec::new();
        of_text(&name.to_lowercase(), &mut of_name);
        // A first name alone is that of many people; a login is not.
        found.extend(of_name.into_iter().filter(|(way, key)| *way != Way::Login || key.contains(' ')));
    }
    found
}

/// Domains of the addresses that code hosts give to accounts, with the login before the @.
const NOREPLY: [&str; 2] = ["users.noreply.github.com", "users.noreply.gitlab.com"];

fn of_text(text: &str, found: &mut Vec<(Way, String)>) {
    if let Some((local, domain)) = text.split_once('@') {
        if NOREPLY.contains(&domain) {
            // `12345+login`; GitLab writes `12345-login`.
            let login = local.trim_start_matches(|c: char| c.is_ascii_digit());
            let login = if login.len() < local.len() { login.trim_start_matches(['+', '-']) } else { local };
            found.extend(words(login).map(|key| (Way::Noreply, key)));
        } else {
            found.push((Way::Address, text.to_owned()));
            if !GENERAL.contains(&local) {
                found.extend(words(local).map(|key| (Way::LocalPart, key)));
            }
        }
        return;
    }
    if let Some((name, id)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        found.extend(full_name(name).map(|key| (Way::FullName, key)));
        found.extend(words(id).map(|key| (Way::UserId, key)));
    } else if text.trim().contains(char::is_whitespace) {
        found.extend(full_name(text).map(|key| (Way::FullName, key)));
    } else {
        found.extend(words(text).map(|key| (Way::Login, key)));
    }
}

/// Parts before an @ that many people share.
const GENERAL: [&str; 10] = ["admin", "build", "ci", "dev", "git", "info", "noreply", "no-reply", "root", "support"];

/// The words of a name of at least two.
fn full_name(text: &str) -> Option<String> {
    words(text).filter(|key| key.contains(' '))
}

/// The words of a text in alphabetical order, so that `Ko, Mara`, `mara-ko` and `Mara Ko` meet.
fn words(text: &str) -> Option<String> {
    let mut words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::IdentityStatement;

    fn account(login: &str, name: Option<&str>, records: u64) -> Account {
        Account { person: Person::named(login, name, false), records }
    }

    #[test]
    fn accounts_are_alike_in_many_ways() {
        let check = |one: (&str, Option<&str>), other: (&str, Option<&str>), expected: Option<Likeness>| {
            let accounts = [account(one.0, one.1, 9), account(other.0, other.1, 1)];
            let found = suggestions(&accounts, &IdentityMap::default());
            let likeness: Vec<Likeness> = found.iter().map(|suggestion| suggestion.likeness).collect();
            assert_eq!(likeness, Vec::from_iter(expected), "{one:?} and {other:?}");
        };
        check(("mara-ko", None), ("12345+mara-ko@users.noreply.github.com", None), Some(Likeness::NoreplyAddress));
        check(("mara-ko", None), ("77-mara-ko@users.noreply.gitlab.com", None), Some(Likeness::NoreplyAddress));
        check(("1mara", None), ("1mara@users.noreply.github.com", None), None);
        check(("mk2", Some("Mara Ko")), ("Mara Ko", None), Some(Likeness::SameName));
        check(("mk2", Some("Ko, Mara")), ("7:abc", Some("Mara Ko")), Some(Likeness::SameName));
        check(("mara.ko", None), ("Mara Ko (mara.ko)", None), Some(Likeness::UserId));
        check(("mara", None), ("mara@example.com", None), Some(Likeness::LocalPart));
        check(("mk2", Some("Mara Ko")), ("mara.ko@example.com", None), Some(Likeness::LocalPart));
        check(("mara@example.com", None), ("mara@mail.example.com", None), Some(Likeness::SameLocalPart));
        check(("mk2", Some("mara@example.com")), ("mara@example.com", None), Some(Likeness::SameAddress));
        check(("mara-ko", None), ("mk2", Some("Mara Ko")), Some(Likeness::SameWords));
        check(("mara-ko", None), ("mara_ko", None), Some(Likeness::SameWords));
        check(("mara-ko", Some("Mara Ko")), ("Mara Ko", None), Some(Likeness::SameName));
        check(("mk2", Some("Mara")), ("mk3", Some("Mara")), None);
        check(("admin", None), ("admin@example.com", None), None);
        check(("dependabot", None), ("dependabot@example.com", None), None);
        check(("", None), ("ghost", None), None);
        check(("mara", None), ("tove", None), None);
    }

    #[test]
    fn the_more_used_account_stands_for_the_person_and_what_is_stated_is_not_suggested() {
        let accounts =
            [account("mara@example.com", None, 1), account("mara", None, 5), account("mara@mail.example.com", None, 2)];
        let pairs = |known: &IdentityMap| -> Vec<(String, String)> {
            suggestions(&accounts, known).into_iter().map(|found| (found.person, found.account)).collect()
        };
        let pair = |person: &str, account: &str| (person.to_owned(), account.to_owned());
        let mut known = IdentityMap::default();
        assert_eq!(pairs(&known), [pair("mara", "mara@example.com"), pair("mara", "mara@mail.example.com")]);
        known.state(&IdentityStatement::Same { accounts: vec!["mara".to_owned(), "mara@example.com".to_owned()] });
        assert_eq!(pairs(&known), [pair("mara", "mara@mail.example.com")]);
        known.state(&IdentityStatement::Kind { account: "mara".to_owned(), kind: PersonKind::Bot });
        assert_eq!(pairs(&known), []);
    }
}
