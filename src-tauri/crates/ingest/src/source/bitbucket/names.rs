//! Names of repositories and pull requests, and the accounts behind them.

use crate::value::json::Text;
use change_ledger_model::person::Person;
use serde::Deserialize;

/// `bitbucket:acme/pay#12`, `bitbucket-server:pay/checkout#12`.
pub(super) fn change_id(tool: &str, repository: &str, number: &str) -> String {
    format!("{tool}:{}#{number}", repository.to_lowercase())
}

/// Repository and number in an address of a pull request, as a page or as a resource: `acme/pay` and `12` in
/// `https://bitbucket.org/acme/pay/pull-requests/12` and `https://api.bitbucket.org/2.0/repositories/acme/pay/pullrequests/12`.
pub(super) fn address(url: &str) -> Option<(String, String)> {
    let (_, path) = url.split_once("://")?.1.split_once('/')?;
    let path =
        path.strip_prefix("2.0/repositories/").or_else(|| path.strip_prefix("!api/2.0/repositories/")).unwrap_or(path);
    let (workspace, rest) = path.split_once('/')?;
    let (name, rest) = rest.split_once('/')?;
    let number = rest.strip_prefix("pull-requests/").or_else(|| rest.strip_prefix("pullrequests/"))?;
    let number: String = number.chars().take_while(char::is_ascii_digit).collect();
    (!number.is_empty()).then(|| (format!("{workspace}/{name}"), number))
}

/// An account of Bitbucket Cloud. Nicknames change and display names are not unique, so the account's id names it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawAccount<'a> {
    #[serde(borrow)]
    account_id: Option<Text<'a>>,
    #[serde(borrow)]
    uuid: Option<Text<'a>>,
    #[serde(borrow)]
    nickname: Option<Text<'a>>,
    #[serde(borrow)]
    display_name: Option<Text<'a>>,
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
}

impl RawAccount<'_> {
    /// As a person; an account without any name is gone.
    pub(super) fn person(&self) -> Person {
        let names = [&self.account_id, &self.uuid, &self.nickname, &self.display_name];
        let handle = names.into_iter().flatten().find_map(Text::non_empty).unwrap_or_default();
        let is_app = self.kind.as_ref().is_some_and(|kind| matches!(kind.as_str(), "app_user" | "team"));
        Person::named(&handle, self.display_name.as_ref().map(Text::as_str), is_app)
    }
}

/// The author of a value: `null` stands for a deleted account.
pub(super) fn person_or_deleted(account: Option<&RawAccount<'_>>) -> Person {
    account.map_or_else(Person::deleted, RawAccount::person)
}

/// A repository of Bitbucket Cloud.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawRepository<'a> {
    #[serde(borrow)]
    pub full_name: Option<Text<'a>>,
}

/// Where an object of Bitbucket Cloud is found.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawLinks<'a> {
    #[serde(borrow)]
    pub html: Option<RawLink<'a>>,
    #[serde(borrow, rename = "self")]
    pub resource: Option<RawLink<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawLink<'a> {
    #[serde(borrow)]
    pub href: Option<Text<'a>>,
}

impl RawLinks<'_> {
    /// The page that a person would open.
    pub(super) fn page(&self) -> Option<String> {
        self.html.as_ref()?.href.as_ref()?.non_empty()
    }

    /// Repository and number of the pull request that the links lead to.
    pub(super) fn pull_request(&self) -> Option<(String, String)> {
        [&self.html, &self.resource].into_iter().flatten().find_map(|link| address(link.href.as_ref()?.as_str()))
    }
}

/// A user of Bitbucket Server.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawServerUser<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow, rename = "displayName")]
    display_name: Option<Text<'a>>,
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
}

impl RawServerUser<'_> {
    /// As a person; a user without a name is gone.
    pub(super) fn person(&self) -> Person {
        let name = self.name.as_ref().map_or("", Text::as_str);
        let is_service = self.kind.as_ref().is_some_and(|kind| kind.as_str() == "SERVICE");
        Person::named(name, self.display_name.as_ref().map(Text::as_str), is_service)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_repository_and_number() {
        let check = |url: &str, expected: Option<(&str, &str)>| {
            let found = address(url);
            let found = found.as_ref().map(|(repository, number)| (repository.as_str(), number.as_str()));
            assert_eq!(found, expected, "{url}");
        };
        check("https://bitbucket.org/acme/pay/pull-requests/12", Some(("acme/pay", "12")));
        check("https://bitbucket.org/acme/pay/pull-requests/12/diff", Some(("acme/pay", "12")));
        check("https://api.bitbucket.org/2.0/repositories/acme/pay/pullrequests/12", Some(("acme/pay", "12")));
        check("https://bitbucket.org/acme/pay/issues/12", None);
        check("https://bitbucket.org/acme/pay/pull-requests/", None);
        check("acme/pay", None);
    }
}
