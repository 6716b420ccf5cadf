//! Names of repositories, changes and tickets, as they appear in addresses.

use super::raw::{RawPull, Said};
use crate::{source::Fault, value::json::Text};

/// What an address on GitHub leads to: `owner/name`, the kind of page, and its number.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    pub repository: &'a str,
    /// `pull`, `issues`, `pulls`.
    pub page: &'a str,
    pub number: &'a str,
}

/// Reads `https://HOST/owner/name/pull/12…` and `https://api.HOST/repos/owner/name/pulls/12…`.
pub(super) fn address(url: &str) -> Option<Address<'_>> {
    let path = url.split_once("://")?.1.split_once('/')?.1;
    let path = path.strip_prefix("api/v3/").unwrap_or(path);
    let path = path.strip_prefix("repos/").unwrap_or(path);
    let owner_end = path.find('/')?;
    let name_end = owner_end + 1 + path.get(owner_end + 1..)?.find('/')?;
    let mut rest = path.get(name_end + 1..)?.split(['/', '?', '#']);
    let page = rest.next().filter(|page| matches!(*page, "pull" | "pulls" | "issues"))?;
    let number = rest.next().filter(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(Address { repository: path.get(..name_end)?, page, number })
}

/// `github:acme/pay#2214`; repositories differ by more than case nowhere on GitHub.
pub(super) fn change_id(repository: &str, number: &str) -> String {
    format!("github:{}#{number}", repository.to_lowercase())
}

impl RawPull<'_> {
    /// The address that a person would open.
    pub(super) fn web_address(&self) -> Option<String> {
        let web = self.html_url.as_ref().or(self.url.as_ref().filter(|url| !url.as_str().contains("/repos/")));
        web.and_then(Text::non_empty)
    }

    /// The number under which people know it.
    pub(super) fn needed_number(&self) -> Result<String, Fault> {
        let number = self.number.as_ref().and_then(Text::non_empty);
        number.ok_or_else(|| Fault::field("number", "the row has no number".to_owned()))
    }

    fn any_address(&self) -> Option<Address<'_>> {
        [&self.html_url, &self.url].into_iter().flatten().find_map(|url| address(url.as_str()))
    }

    /// Whether this is an issue, not a pull request. Addresses tell; without one, what only pull
    /// requests have is missing while what both have is there.
    pub(super) fn is_issue(&self) -> bool {
        if self.pull_request.is_some() {
            return false;
        }
        match self.any_address() {
            Some(address) => address.page == "issues",
            None => self.state_reason.is_some(),
        }
    }

    /// Whether a list of issues holds this, though it is a pull request.
    pub(super) fn is_pull_among_issues(&self) -> bool {
        self.pull_request.is_some() && self.merged_at.is_none() && self.base.is_none()
    }

    /// `owner/name` as this row itself says it.
    pub(super) fn repository_path(&self) -> Option<String> {
        self.any_address()
            .map(|address| address.repository.to_owned())
            .or_else(|| self.base.as_ref()?.repo.as_ref()?.path())
            .or_else(|| self.repository.as_ref()?.path())
    }
}

/// The text of a key that is there, taken out of it; `null` stands for one in which nothing is written.
pub(super) fn written(said: &mut Said<Text<'_>>) -> Option<String> {
    said.as_mut().map(|text| text.take().map_or_else(String::new, |text| text.0.into_owned()))
}

/// The text of a key that is there and not `null`.
pub(super) fn said<T>(said: &Said<T>) -> Option<&T> {
    said.as_ref().and_then(Option::as_ref)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_repository_and_number() {
        let check = |url: &str, expected: Option<(&str, &str, &str)>| {
            let found = address(url).map(|found| (found.repository, found.page, found.number));
            assert_eq!(found, expected, "{url}");
        };
        check("https://github.com/acme/pay/pull/2214", Some(("acme/pay", "pull", "2214")));
        check("https://github.com/acme/pay/issues/17#issuecomment-1", Some(("acme/pay", "issues", "17")));
        check("https://api.github.com/repos/acme/pay/pulls/9/reviews/3", Some(("acme/pay", "pulls", "9")));
        check("https://git.acme.example/api/v3/repos/acme/pay/pulls/9", Some(("acme/pay", "pulls", "9")));
        check("https://github.com/acme/pay/pull/", None);
        check("https://github.com/acme/pay", None);
        check("https://github.com/acme/pay/pull/x", None);
        check("acme/pay", None);
    }
}
