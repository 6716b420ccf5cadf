//! Which changes are counted, and against which limits.

use serde::{Deserialize, Serialize};

/// Which changes are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// Names of branches merged into; `*` stands for any characters.
    pub branches: Vec<String>,
    /// Whether exempt changes are part of N.
    pub count_exempt: bool,
}

/// Changes that owe no review. Each stays listed and counted as exempt, with the rule's reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// Whether changes opened by bots are exempt.
    pub bots: bool,
    /// Labels, types and categories that exempt; documents without it exempt none.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Beginnings of titles that exempt, such as `revert "` for reverts; documents without it exempt none.
    #[serde(default)]
    pub title_tags: Vec<String>,
    /// Beginnings of merged branches that exempt, such as `release/` for release merges; documents without it exempt none.
    #[serde(default)]
    pub branches: Vec<String>,
}

/// Limits for the emergency ratio, as shares 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatioLimit {
    /// Above this it is a breach.
    pub limit: f64,
    /// Above this it is a warning.
    pub warning: f64,
}

/// What looks like stamping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchStamp {
    /// At least so many retroactive approvals of one person.
    pub count: u32,
    /// Within so many minutes.
    pub minutes: u32,
}

/// Below which size no trend is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallNumbers {
    /// Number of changes.
    pub minimum: u64,
}

impl Population {
    /// Whether changes merged into `branch` are counted.
    #[must_use]
    pub fn counts_branch(&self, branch: &str) -> bool {
        self.branches.iter().any(|pattern| wildcard_match(pattern, branch))
    }
}

/// Whether `text` matches `pattern`, where `*` stands for any characters.
pub(super) fn wildcard_match(pattern: &str, text: &str) -> bool {
    let Some((head, mut rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(head) else { return false };
    while let Some((middle, next)) = rest.split_once('*') {
        let Some(at) = text.find(middle) else { return false };
        text = text.get(at + middle.len()..).unwrap_or_default();
        rest = next;
    }
    text.len() >= rest.len() && text.ends_with(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_match_with_wildcards() {
        let check = |pattern: &str, branch: &str, expected: bool| {
            assert_eq!(wildcard_match(pattern, branch), expected, "{pattern} {branch}");
        };
        check("main", "main", true);
        check("main", "maint", false);
        check("release/*", "release/2.4", true);
        check("release/*", "release", false);
        check("*", "anything/at/all", true);
        check("*-lts", "2.4-lts", true);
        check("rel*/*.x", "release/2.x", true);
        check("rel*/*.x", "release/2.y", false);
        check("a*a", "a", false);
    }
}
