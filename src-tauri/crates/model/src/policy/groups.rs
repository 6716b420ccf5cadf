//! Who belongs together, where no file tells: teams.

use super::counting::wildcard_match;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Groups of repositories and people, by which numbers can be told apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Groups {
    /// Teams by name; documents without it name none.
    #[serde(default)]
    pub teams: BTreeMap<String, Team>,
}

/// What a team looks after, and who is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Repositories, in any case; `*` stands for any characters.
    #[serde(default)]
    pub repositories: Vec<String>,
    /// Handles of its members, in any case, with or without `@`.
    #[serde(default)]
    pub people: Vec<String>,
}

impl Team {
    /// Whether the team looks after `repository`.
    #[must_use]
    pub fn has_repository(&self, repository: &str) -> bool {
        let name = plain(repository);
        self.repositories.iter().any(|pattern| wildcard_match(&plain(pattern), &name))
    }

    /// Whether the person who goes by `handle` is in the team.
    #[must_use]
    pub fn has_person(&self, handle: &str) -> bool {
        let handle = plain(handle);
        !handle.is_empty() && self.people.iter().any(|member| plain(member).trim_start_matches('@') == handle)
    }
}

fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team(repositories: &[&str], people: &[&str]) -> Team {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Team { repositories: owned(repositories), people: owned(people) }
    }

    #[test]
    fn a_team_looks_after_the_repositories_that_its_patterns_name() {
        let check = |pattern: &str, repository: &str, expected: bool| {
            assert_eq!(team(&[pattern], &[]).has_repository(repository), expected, "{pattern} {repository}");
        };
        check("acme/pay", "Acme/Pay ", true);
        check("Acme/Pay-*", "acme/pay-api", true);
        check("acme/pay", "acme/pay-api", false);
        check("*", "anything", true);
    }

    #[test]
    fn a_member_is_known_by_the_handle() {
        let check = |member: &str, handle: &str, expected: bool| {
            assert_eq!(team(&[], &[member]).has_person(handle), expected, "{member} {handle}");
        };
        check("@Ann", "ann", true);
        check("ann", "anna", false);
        // Nobody is a member because an account was deleted.
        check("@", "", false);
    }
}
