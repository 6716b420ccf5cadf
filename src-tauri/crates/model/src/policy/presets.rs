//! The policies that come with the product.

/// A policy document that comes with the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// Name, as on the command line.
    pub name: &'static str,
    /// The document, TOML.
    pub document: &'static str,
}

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(Preset { name: $name, document: include_str!(concat!("presets/", $name, ".toml")) }),*]
    };
}

const PRESETS: &[Preset] =
    shipped!["retroactive-24h", "next-business-day", "three-business-days", "five-business-days", "forty-eight-hours",];

/// Every preset; the first is the one a new ledger starts with.
#[must_use]
pub const fn presets() -> &'static [Preset] {
    PRESETS
}

/// The preset called `name`.
#[must_use]
pub fn preset(name: &str) -> Option<Preset> {
    PRESETS.iter().copied().find(|preset| preset.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;
    use std::collections::BTreeSet;

    /// The parameters of a document by their keys with the table, without those that may be absent.
    fn keys(table: &toml::Table, above: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (key, value) in table {
            let key = format!("{above}{key}");
            match value {
                toml::Value::Table(table) if !table.is_empty() => found.extend(keys(table, &format!("{key}."))),
                _ => {
                    found.insert(key);
                }
            }
        }
        found
    }

    #[test]
    fn every_preset_is_a_valid_policy_of_its_own_name() {
        for preset in presets() {
            assert_eq!(Policy::parse(preset.document).unwrap().name, preset.name);
        }
    }

    #[test]
    fn every_preset_names_every_parameter_and_gives_a_reason_for_each_table() {
        for preset in presets() {
            let policy = Policy::parse(preset.document).unwrap();
            let meant = toml::Table::try_from(&policy).unwrap();
            let written: toml::Table = preset.document.parse().unwrap();
            let mut meant = keys(&meant, "");
            // No category is as good as no list of them.
            meant.remove("category");
            let mut written = keys(&written, "");
            written.remove("category");
            assert_eq!(written, meant, "{}", preset.name);

            let lines: Vec<&str> = preset.document.lines().collect();
            for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with('[') && !line.contains('.'))
            {
                let commented = lines[at - 1].starts_with('#');
                let follows_its_like = *line == "[[detection]]" || *line == "[retention]";
                assert!(commented || follows_its_like || at == 0, "{}: {line} has no reason", preset.name);
            }
        }
    }
}
