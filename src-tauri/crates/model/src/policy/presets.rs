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
    fn a_preset_that_changes_has_a_new_version() {
        let known = [
            ("retroactive-24h", "1.0", "05d538010af9ae7e2c334b5e8c67d3358b32a799f9f465dd3f3d4405d6ea9272"),
            ("next-business-day", "1.0", "357a20fef17be8ad8a98e6efb3d6ff60ce71086c2570fe74a1e7e688fde857b9"),
            ("three-business-days", "1.0", "7f00c3bb0e2971dfd3e3734acfc444384853bf6f509cea64097d39b8897a6267"),
            ("five-business-days", "1.1", "4247862846a25f1ba2297cf3c17da9277c47713ecae81e629f4927357b373064"),
            ("forty-eight-hours", "1.0", "7e37d459352c871674052468b9de39edb9dd2acbbceff7a4d69737634907f8ee"),
        ];
        assert_eq!(presets().len(), known.len(), "each preset is pinned here");
        for (preset, known) in presets().iter().zip(known) {
            let policy = Policy::parse(preset.document).unwrap();
            let fingerprint = Policy::fingerprint(preset.document);
            assert_eq!(
                (policy.name.as_str(), policy.version.as_str(), fingerprint.as_str()),
                known,
                "raise the version in the document where a parameter means something else now, because ledgers hold the \
                 old one under its version and refuse another; then pin it here"
            );
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
