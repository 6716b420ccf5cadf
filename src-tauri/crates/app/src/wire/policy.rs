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
    /// Every version that was ever set, in the order in which that was decided; first the one that comes with the product.
    pub history: Vec<PolicyVersionLine>,
    /// The preset whose words it bears without being it, `retroactive-24h 1.0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub edited_from: Option<String>,
    /// What to know of the policy that was just set, in whole sentences; absent where there is nothing, and where none was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub notes: Option<Vec<String>>,
}

/// One version of a ledger's policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PolicyVersionLine {
    /// Name, version and hash.
    pub policy: PolicyReference,
    /// From when it is in force; `None` means from the beginning.
    pub effective_from: Option<Timestamp>,
    /// When that was decided; absent for the policy that comes with the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_at: Option<Timestamp>,
    /// Who decided it, as they said; absent where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub set_by: Option<String>,
    /// Why; absent where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
    /// Whether it judges changes, and of which time.
    pub standing: PolicyStanding,
}

/// Whether a version of the policy judges changes, and of which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum PolicyStanding {
    /// In force now.
    InForce,
    /// It judges what was implemented before the one in force.
    Earlier,
    /// It judges what will be implemented from its day on.
    Later,
    /// A later decision covers all its time; it judges nothing any more.
    Replaced,
}

/// The presets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PresetsAnswer {
    /// In order.
    pub presets: Vec<PresetLine>,
    /// The policy in force, a preset or another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force: Option<PolicyReference>,
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
    /// Whether it is in force, as it is.
    #[serde(default)]
    pub in_force: bool,
}

/// Sets the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct PolicySetRequest {
    /// Name of a preset; one of `preset` and `document` must be there.
    pub preset: Option<String>,
    /// A policy document, TOML.
    pub document: Option<String>,
    /// First day on which it is in force, `2026-01-01`, in the policy's zone, or `always`. `None` means always, and is
    /// only for the first policy of a ledger.
    pub effective: Option<String>,
    /// Parameters to change: (`population.branches`, `["*"]`), values in TOML.
    #[serde(default)]
    pub changes: Vec<(String, String)>,
    /// Who decides it. A report says where that was not stated.
    #[serde(default)]
    #[ts(optional)]
    pub by: Option<String>,
    /// Why.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// What differs between two policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyComparison {
    /// The one that is compared with.
    pub old: PolicyReference,
    /// The one that is compared.
    pub new: PolicyReference,
    /// Parameters that differ, by key.
    pub changes: Vec<ChangedParameter>,
}

/// A parameter that differs between two policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedParameter {
    /// Its key with the table, `review.deadline`; tables of a list by position from 1, `detection[1].all`.
    pub key: String,
    /// Its value as TOML; `None` where the policy does not have it.
    pub old: Option<String>,
    /// The other policy's value.
    pub new: Option<String>,
}
