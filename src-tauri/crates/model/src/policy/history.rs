use super::{Patterns, Policy, PolicyError, presets};
use crate::Timestamp;

/// A policy and the moment from which it is in force.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyVersion {
    /// In force from here on; `None` means from the beginning.
    pub effective_from: Option<Timestamp>,
    /// The document as it was set, TOML.
    pub document: String,
    /// The parameters read from it.
    pub policy: Policy,
    /// SHA-256 of the document, hexadecimal.
    pub sha256: String,
}

impl PolicyVersion {
    /// Reads a document that is in force from `effective_from`.
    ///
    /// # Errors
    /// [`PolicyError`] when the document cannot be used.
    pub fn new(document: &str, effective_from: Option<Timestamp>) -> Result<Self, PolicyError> {
        let policy = Policy::parse(document)?;
        Ok(Self { effective_from, document: document.to_owned(), policy, sha256: Policy::fingerprint(document) })
    }
}

/// All policy versions of a ledger, so that each change is judged by the one in force when it was implemented.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyHistory {
    first: PolicyVersion,
    later: Vec<PolicyVersion>,
}

impl PolicyHistory {
    /// The history of a ledger in which nobody has set a policy: the first preset, from the beginning.
    ///
    /// # Errors
    /// [`PolicyError`] if the shipped document were broken; a test holds that it is not.
    pub fn initial() -> Result<Self, PolicyError> {
        let document = presets().first().map_or("", |preset| preset.document);
        Ok(Self { first: PolicyVersion::new(document, None)?, later: Vec::new() })
    }

    /// Adds versions in the order in which they were set. A version replaces what was in force from its own
    /// moment on; one without a moment replaces everything set before.
    #[must_use]
    pub fn then(mut self, version: PolicyVersion) -> Self {
        if version.effective_from.is_none() {
            return Self { first: version, later: Vec::new() };
        }
        self.later.retain(|earlier| earlier.effective_from < version.effective_from);
        self.later.push(version);
        self
    }

    /// Every version that is in force at some time, oldest first.
    pub fn versions(&self) -> impl Iterator<Item = &PolicyVersion> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// Position, in [`versions`](Self::versions), of the one in force at `at`.
    #[must_use]
    pub fn position_at(&self, at: Timestamp) -> usize {
        self.later.iter().take_while(|version| version.effective_from.is_some_and(|from| from <= at)).count()
    }

    /// The version in force at `at`.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> &PolicyVersion {
        self.versions().nth(self.position_at(at)).unwrap_or(&self.first)
    }

    /// The distinct pattern sets of all versions, in order of first use.
    #[must_use]
    pub fn pattern_sets(&self) -> Vec<Patterns> {
        let mut sets: Vec<Patterns> = Vec::new();
        for version in self.versions() {
            let patterns = version.policy.patterns();
            if !sets.contains(&patterns) {
                sets.push(patterns);
            }
        }
        sets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(name: &str, from: Option<i64>) -> PolicyVersion {
        let document = presets()[0].document.replace("name = \"retroactive-24h\"", &format!("name = \"{name}\""));
        PolicyVersion::new(&document, from.and_then(Timestamp::from_millis)).unwrap()
    }

    #[test]
    fn the_version_in_force_is_found() {
        let history = PolicyHistory::initial().unwrap().then(version("b", Some(100))).then(version("c", Some(200)));
        let check =
            |at: i64, name: &str| assert_eq!(history.at(Timestamp::from_millis(at).unwrap()).policy.name, name, "{at}");
        check(99, "retroactive-24h");
        check(100, "b");
        check(199, "b");
        check(200, "c");
    }

    #[test]
    fn a_later_decision_replaces_what_it_covers() {
        let history = PolicyHistory::initial().unwrap().then(version("b", Some(100))).then(version("c", Some(50)));
        assert_eq!(history.at(Timestamp::from_millis(500).unwrap()).policy.name, "c");
        let history = history.then(version("d", None));
        assert_eq!(history.versions().map(|v| v.policy.name.as_str()).collect::<Vec<_>>(), ["d"]);
    }

    #[test]
    fn versions_with_the_same_words_share_a_pattern_set() {
        let history = PolicyHistory::initial().unwrap().then(version("b", Some(100)));
        assert_eq!(history.pattern_sets().len(), 1);
    }
}
