//! The policies that come with the product.

/// A policy document that comes with the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// Name, as on the command line.
    pub name: &'static str,
    /// The document, TOML.
    pub document: &'static str,
}

const PRESETS: [Preset; 1] =
    [Preset { name: "retroactive-24h", document: include_str!("presets/retroactive-24h.toml") }];

/// Every preset; the first is the one a new ledger starts with.
#[must_use]
pub const fn presets() -> &'static [Preset] {
    &PRESETS
}

/// The preset called `name`.
#[must_use]
pub fn preset(name: &str) -> Option<Preset> {
    PRESETS.into_iter().find(|preset| preset.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    #[test]
    fn every_preset_is_a_valid_policy_of_its_own_name() {
        for preset in presets() {
            assert_eq!(Policy::parse(preset.document).unwrap().name, preset.name);
        }
    }
}
