//! Policies that were made from a preset and still bear its words.

use super::{Policy, presets};

impl Policy {
    /// The preset whose title or summary this policy bears without being that preset: `retroactive-24h 1.0`. What the words
    /// promise may then not hold.
    #[must_use]
    pub fn edited_from(&self) -> Option<String> {
        let origin = self.origin(|preset| preset.title == self.title || preset.summary == self.summary)?;
        Some(format!("{} {}", origin.name, origin.version))
    }

    /// The title, with the preset from which it was taken where this policy is another one.
    #[must_use]
    pub fn shown_title(&self) -> String {
        match self.origin(|preset| preset.title == self.title) {
            None => self.title.clone(),
            Some(origin) => format!("{} (edited from {} {})", self.title, origin.name, origin.version),
        }
    }

    /// The summary. Where it was taken from a preset and this policy is another one, a sentence before it says so.
    #[must_use]
    pub fn shown_summary(&self) -> String {
        match self.origin(|preset| !preset.summary.is_empty() && preset.summary == self.summary) {
            None => self.summary.clone(),
            Some(origin) => format!(
                "Edited from {} {}, whose summary follows; where the parameters say otherwise, they hold.\n{}",
                origin.name, origin.version, self.summary
            ),
        }
    }

    fn origin(&self, has_its_words: impl Fn(&Self) -> bool) -> Option<Self> {
        let is_another = |preset: &Self| (&preset.name, &preset.version) != (&self.name, &self.version);
        let shipped = presets().iter().filter_map(|preset| Self::parse(preset.document).ok());
        shipped.into_iter().find(|preset| is_another(preset) && has_its_words(preset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(edits: &[(&str, &str)]) -> Policy {
        let document = edits.iter().fold(presets()[0].document.to_owned(), |document, (from, to)| {
            assert!(document.contains(from), "{from}");
            document.replacen(from, to, 1)
        });
        Policy::parse(&document).unwrap()
    }

    #[test]
    fn no_policy_bears_the_words_of_a_preset_as_its_own() {
        let own_version = ("version = \"1.0\"", "version = \"1.1\"");
        for preset in presets() {
            let policy = Policy::parse(preset.document).unwrap();
            assert_eq!((policy.edited_from(), policy.shown_title()), (None, policy.title.clone()));
            assert_eq!(policy.shown_summary(), policy.summary);
        }
        let policy = edited(&[own_version, ("deadline = \"24h\"", "deadline = \"5bd\"")]);
        assert_eq!(policy.edited_from().as_deref(), Some("retroactive-24h 1.0"));
        assert_eq!(policy.shown_title(), format!("{} (edited from retroactive-24h 1.0)", policy.title));
        assert!(policy.shown_summary().starts_with("Edited from retroactive-24h 1.0, whose summary follows"));
        assert!(policy.shown_summary().ends_with(&policy.summary));

        let title = format!("title = \"{}\"", policy.title);
        let titled = edited(&[own_version, (&title, "title = \"Ours\"")]);
        assert_eq!((titled.shown_title().as_str(), titled.edited_from().is_some()), ("Ours", true));
        let mut own = titled.clone();
        own.summary = "Within five business days.".to_owned();
        assert_eq!((own.shown_summary(), own.edited_from()), (own.summary.clone(), None));
        let mut named = policy.clone();
        named.name = "ours".to_owned();
        assert!(named.edited_from().is_some());
    }
}
