/// What an environment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EnvironmentKind {
    /// Customers use it.
    Production,
    /// A release is tried there before production.
    Staging,
    /// Neither: development, previews.
    Other,
}

/// Words in the name of an environment, with what they say. A word before them that denies counts first: `pre-prod`.
const WORDS: [(&[&str], EnvironmentKind); 4] = [
    (&["preprod", "preproduction", "nonprod", "nonproduction", "pre", "non"], EnvironmentKind::Staging),
    (&["production", "prod", "prd", "live"], EnvironmentKind::Production),
    (&["staging", "stage", "stg", "uat", "acceptance", "qa", "test", "testing"], EnvironmentKind::Staging),
    (&["development", "develop", "dev", "preview", "review", "sandbox", "local", "pages"], EnvironmentKind::Other),
];

impl EnvironmentKind {
    /// What a source and the name of an environment say it is; `None` when neither tells.
    ///
    /// A source that says "production" is believed. One that says "not production" only says that the environment is not
    /// the one that it takes for production by default, so a name like `prod-eu` still counts.
    #[must_use]
    pub fn of(is_production: Option<bool>, name: Option<&str>) -> Option<Self> {
        if is_production == Some(true) {
            return Some(Self::Production);
        }
        let by_name = name.and_then(Self::named);
        by_name.or_else(|| is_production.map(|_| Self::Other))
    }

    /// By whole words: `eu-prod`, `Staging (EU)`, `prod1`.
    fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let words: Vec<&str> = name.split(|letter: char| !letter.is_alphabetic()).collect();
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
        WORDS.iter().find(|(wanted, _)| has(wanted)).map(|(_, kind)| *kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_environment_is_for_shows_in_what_its_source_says_and_in_whole_words_of_its_name() {
        use EnvironmentKind::{Other, Production, Staging};
        let check = |stated: Option<bool>, name: &str, expected: Option<EnvironmentKind>| {
            assert_eq!(EnvironmentKind::of(stated, Some(name)), expected, "{stated:?} {name}");
        };
        check(None, "production", Some(Production));
        check(Some(true), "blue", Some(Production));
        check(Some(false), "prod-eu", Some(Production));
        check(Some(false), "blue", Some(Other));
        check(None, "Staging (EU)", Some(Staging));
        check(None, "pre-prod", Some(Staging));
        check(None, "nonprod", Some(Staging));
        check(None, "PROD2", Some(Production));
        check(None, "review/fix-42", Some(Other));
        check(None, "product-search", None);
        check(None, "blue", None);
        assert_eq!(EnvironmentKind::of(None, None), None);
    }
}
