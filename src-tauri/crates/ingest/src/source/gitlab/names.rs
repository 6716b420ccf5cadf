//! Names of projects, merge requests and issues, and the accounts behind them.

use crate::value::json::Text;
use change_ledger_model::person::Person;
use serde::Deserialize;

/// `gitlab:core/auth!418`. Merge requests and issues of a project are numbered apart, so `!` tells which.
pub(super) fn change_id(project: &str, number: &str) -> String {
    format!("gitlab:{}", change_name(project, number))
}

/// `core/auth!418`, as other texts name it.
pub(super) fn change_name(project: &str, number: &str) -> String {
    format!("{}!{number}", project.to_lowercase())
}

/// `core/auth#77`, as other texts name it.
pub(super) fn issue_key(project: &str, number: &str) -> String {
    format!("{}#{number}", project.to_lowercase())
}

/// The project in a full reference (`core/auth!418`, `core/auth#77`).
pub(super) fn project_of_reference(reference: &str) -> Option<String> {
    let (project, _) = reference.rsplit_once(['!', '#'])?;
    // A short reference has no project before its sign.
    project.contains('/').then(|| project.to_owned())
}

/// The project in an address: what stands between the host and `/-/`. Addresses before GitLab 12 have no `/-/`.
pub(super) fn project_of_address(url: &str) -> Option<String> {
    let (_, path) = url.split_once("://")?.1.split_once('/')?;
    let pages = ["/-/", "/merge_requests/", "/issues/"];
    let (project, _) = pages.into_iter().find_map(|page| path.split_once(page))?;
    project.contains('/').then(|| project.to_owned())
}

/// An account as GitLab writes it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawUser<'a> {
    #[serde(borrow)]
    username: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    bot: Option<bool>,
}

impl RawUser<'_> {
    /// As a person; an account without a username is gone.
    pub(super) fn person(&self) -> Person {
        let username = self.username.as_ref().map_or("", Text::as_str);
        person(username, self.name.as_ref().map(Text::as_str), self.bot == Some(true))
    }
}

/// The author of a value: `null` stands for a deleted account.
pub(super) fn person_or_deleted(user: Option<&RawUser<'_>>) -> Person {
    user.map_or_else(Person::deleted, RawUser::person)
}

/// A person by username. Access tokens of projects and groups act under names such as `project_31_bot_7f2c`.
pub(super) fn person(username: &str, name: Option<&str>, marked_bot: bool) -> Person {
    let username = username.trim().trim_start_matches('@');
    Person::named(username, name, marked_bot || is_of_token(&username.to_lowercase()))
}

fn is_of_token(username: &str) -> bool {
    let numbered = ["project_", "group_"].into_iter().find_map(|prefix| username.strip_prefix(prefix));
    let token = numbered.and_then(|rest| rest.split_once("_bot")).is_some_and(|(number, rest)| {
        number.bytes().all(|byte| byte.is_ascii_digit()) && (rest.is_empty() || rest.starts_with('_'))
    });
    token || username.starts_with("service_account_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use change_ledger_model::person::PersonKind;

    #[test]
    fn projects_are_found_in_addresses_and_references() {
        let check = |url: &str, expected: Option<&str>| {
            assert_eq!(project_of_address(url).as_deref(), expected, "{url}");
        };
        check("https://gitlab.example.com/core/auth/-/merge_requests/418", Some("core/auth"));
        check("https://gitlab.example.com/core/sub/auth/-/issues/7", Some("core/sub/auth"));
        check("https://gitlab.example.com/core/auth/merge_requests/418", Some("core/auth"));
        check("https://gitlab.example.com/core", None);
        check("core/auth", None);
        assert_eq!(project_of_reference("core/sub/auth!12").as_deref(), Some("core/sub/auth"));
        assert_eq!(project_of_reference("!12"), None);
    }

    #[test]
    fn tokens_are_bots_and_ghosts_are_gone() {
        let check =
            |username: &str, kind: PersonKind| assert_eq!(person(username, None, false).kind, kind, "{username}");
        check("project_31_bot_7f2c", PersonKind::Bot);
        check("project_31_bot", PersonKind::Bot);
        check("group_4_bot_12ab", PersonKind::Bot);
        check("service_account_group_4", PersonKind::Bot);
        check("ghost", PersonKind::Deleted);
        check("", PersonKind::Deleted);
        check("project_lead", PersonKind::Human);
        check("group_x_bottle", PersonKind::Human);
        check("@ivos", PersonKind::Human);
    }
}
