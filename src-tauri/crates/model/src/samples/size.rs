//! How many changes are drawn.

use super::Stratum;
use serde::{Deserialize, Serialize};

/// A customary rule for the size of a sample. It is applied to each stratum as to a population of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SizePreset {
    /// By the number of changes: fewer than 5 all, up to 50 five, up to 250 a tenth, more 25.
    ByPopulation,
    /// A control that is performed per transaction, low risk: 25.
    #[serde(rename = "per-transaction-25")]
    PerTransaction25,
    /// A control that is performed per transaction, medium risk: 40.
    #[serde(rename = "per-transaction-40")]
    PerTransaction40,
    /// A control that is performed per transaction, high risk: 60.
    #[serde(rename = "per-transaction-60")]
    PerTransaction60,
    /// The fewest that show, without a deviation, that at most a tenth deviates, at a confidence of 90 %.
    #[serde(rename = "zero-deviations-90")]
    ZeroDeviations90,
    /// The same at a confidence of 95 %.
    #[serde(rename = "zero-deviations-95")]
    ZeroDeviations95,
}

impl SizePreset {
    /// Every preset, the usual one first.
    pub const ALL: [Self; 6] = [
        Self::ByPopulation,
        Self::PerTransaction25,
        Self::PerTransaction40,
        Self::PerTransaction60,
        Self::ZeroDeviations90,
        Self::ZeroDeviations95,
    ];

    /// The name in JSON and on the command line: `by-population`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ByPopulation => "by-population",
            Self::PerTransaction25 => "per-transaction-25",
            Self::PerTransaction40 => "per-transaction-40",
            Self::PerTransaction60 => "per-transaction-60",
            Self::ZeroDeviations90 => "zero-deviations-90",
            Self::ZeroDeviations95 => "zero-deviations-95",
        }
    }

    /// From its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name() == name)
    }
}

/// How many changes of a stratum a sample takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct StratumSize {
    /// The stratum.
    pub stratum: Stratum,
    /// Changes that the population has in it.
    #[ts(type = "number")]
    pub changes: u64,
    /// Changes that were asked for.
    #[ts(type = "number")]
    pub asked: u64,
    /// Changes drawn: as many as were asked for, or all that there are.
    #[ts(type = "number")]
    pub drawn: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_have_one_name_everywhere() {
        for preset in SizePreset::ALL {
            assert_eq!(SizePreset::from_name(preset.name()), Some(preset));
            assert_eq!(serde_json::to_value(preset).unwrap(), preset.name());
        }
        assert_eq!(SizePreset::from_name("25"), None);
    }
}
