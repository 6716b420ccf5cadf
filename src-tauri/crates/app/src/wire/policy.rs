use change_ledger_model::{Timestamp, quarterly::PolicyReference};
use serde::{Deserialize, Serialize};

/// The policy in force and those before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PolicyAnswer {
    /// Name, version and hash.
    pub policy: PolicyReference,
    /// Title.
    pub title: String,
    /// What it says, in a few sentences.
    pub summary: String,
    /// From when it is in force; `None` means from the beginning.
    pub effective_from: Option<Timestamp>,
    /// The document, TOML.
    pub document: String,
    /// Every version of this ledger, oldest first.
    pub history: Vec<PolicyVersionLine>,
}

/// One version of a ledger's policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PolicyVersionLine {
    /// Name, version and hash.
    pub policy: PolicyReference,
    /// From when it is in force; `None` means from the beginning.
    pub effective_from: Option<Timestamp>,
}

/// The presets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PresetsAnswer {
    /// In order.
    pub presets: Vec<PresetLine>,
}

/// One preset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PresetLine {
    /// Name, version and hash.
    pub policy: PolicyReference,
    /// Title.
    pub title: String,
    /// What it says.
    pub summary: String,
}

/// Sets the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct PolicySetRequest {
    /// Name of a preset; one of `preset` and `document` must be there.
    pub preset: Option<String>,
    /// A policy document, TOML.
    pub document: Option<String>,
    /// First day on which it is in force, `2026-01-01`, in the policy's zone; `None` means from the beginning.
    pub effective: Option<String>,
    /// Parameters to change: (`population.branches`, `["*"]`), values in TOML.
    #[serde(default)]
    pub changes: Vec<(String, String)>,
}
