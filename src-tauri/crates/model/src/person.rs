//! People as exports name them.

use serde::{Deserialize, Serialize};

/// What kind of account a person record stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum PersonKind {
    /// A named account that no source marks as a bot.
    Human = 0,
    /// An account that a source marks as automated, or that is named like one.
    Bot = 1,
    /// The account was deleted: somebody acted, but the export no longer says who.
    Deleted = 2,
}

impl PersonKind {
    /// From the number stored in a ledger.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::Human, Self::Bot, Self::Deleted].into_iter().find(|kind| *kind as u8 == code)
    }
}

/// One account, as one source names it.
///
/// Two persons are the same when their handles are equal. Handles are normalised by
/// [`Person::named`]: lower case, bots always as `slug[bot]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
pub struct Person {
    /// Login, account id or full name in lower case; `slug[bot]` for a bot; empty when deleted. Ids and logins of Jira begin with
    /// [`JIRA`].
    pub handle: String,
    /// The display name, where the source has one.
    pub name: Option<String>,
    /// Human, bot or deleted.
    pub kind: PersonKind,
}

/// How handles of Jira's accounts begin that a file knows by their id or login: `jira:712020:aa-bb`.
pub const JIRA: &str = "jira:";

/// Bots that some exports name by their bare slug, without any mark that they are bots.
const BARE_BOT_SLUGS: [&str; 14] = [
    "dependabot",
    "dependabot-preview",
    "renovate",
    "github-actions",
    "snyk-bot",
    "mergify",
    "codecov",
    "greenkeeper",
    "pre-commit-ci",
    "imgbot",
    "allcontributors",
    "semantic-release-bot",
    "copilot-pull-request-reviewer",
    "web-flow",
];

impl Person {
    /// Somebody acted whose account no longer exists.
    #[must_use]
    pub const fn deleted() -> Self {
        Self { handle: String::new(), name: None, kind: PersonKind::Deleted }
    }

    /// A person from a login, display name or address as a source writes it.
    ///
    /// The spellings of one bot meet: `app/dependabot`, `dependabot[bot]` and `dependabot` are all
    /// `dependabot[bot]`. An empty login, `app/` and `ghost` are deleted accounts.
    #[must_use]
    pub fn named(login: &str, name: Option<&str>, marked_bot: bool) -> Self {
        let login = login.trim();
        let lower = login.to_lowercase();
        if lower.is_empty() || lower == "app/" || lower == "ghost" {
            return Self::deleted();
        }
        let slug = lower.strip_prefix("app/").unwrap_or(&lower);
        let slug = slug.strip_suffix("[bot]").unwrap_or(slug);
        let is_bot = marked_bot || slug.len() != lower.len() || BARE_BOT_SLUGS.contains(&slug);
        let name = name.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        if is_bot {
            return Self { handle: format!("{slug}[bot]"), name, kind: PersonKind::Bot };
        }
        let name = name.or_else(|| (login != lower).then(|| login.to_owned()));
        Self { handle: lower, name, kind: PersonKind::Human }
    }

    /// How to call this person on a screen or in a report.
    #[must_use]
    pub fn label(&self) -> &str {
        match (self.kind, self.name.as_deref()) {
            (_, Some(name)) => name,
            (PersonKind::Deleted, None) => "deleted account",
            (_, None) => &self.handle,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_account_meet() {
        let check = |login: &str, bot: bool, handle: &str, kind: PersonKind| {
            let person = Person::named(login, None, bot);
            assert_eq!((person.handle.as_str(), person.kind), (handle, kind), "{login}");
        };
        check("app/dependabot", true, "dependabot[bot]", PersonKind::Bot);
        check("dependabot[bot]", false, "dependabot[bot]", PersonKind::Bot);
        check("dependabot", false, "dependabot[bot]", PersonKind::Bot);
        check("Mara-Ko", false, "mara-ko", PersonKind::Human);
        check("abbott", false, "abbott", PersonKind::Human);
        check("app/", true, "", PersonKind::Deleted);
        check("", false, "", PersonKind::Deleted);
    }

    #[test]
    fn a_person_is_called_by_the_best_name_that_is_known() {
        let check = |person: &Person, expected: &str| assert_eq!(person.label(), expected, "{person:?}");
        check(&Person::deleted(), "deleted account");
        check(&Person::named("mara-ko", None, false), "mara-ko");
        check(&Person::named("mara-ko", Some("Mara Ko"), false), "Mara Ko");
        // Several accounts show the name, so that nobody knows whose it is here.
        check(&Person { kind: PersonKind::Deleted, ..Person::named("Mara Ko", None, false) }, "Mara Ko");
    }
}
