use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// Whether a rule binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Enforcement {
    /// It binds.
    Active = 0,
    /// It only reports.
    Evaluate = 1,
    /// It is switched off.
    Disabled = 2,
}

/// The protection of a branch, or one ruleset, as a file describes it.
///
/// `None` always means that this row does not say, never "no".
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The ledger-wide name: `github:acme/pay/branches/main`, `github:acme/pay/rulesets/42`.
    pub id: String,
    /// The tool it comes from: `github`, `gitlab`.
    pub source: String,
    /// Repository that it holds for; `None` for a rule of a whole organisation.
    pub repository: Option<String>,
    /// Name of the branch or ruleset.
    pub name: String,
    /// The branches that it holds for, as the source writes them.
    pub branches: Option<Vec<String>>,
    /// Whether it binds.
    pub enforcement: Option<Enforcement>,
    /// Approvals that a merge needs; 0 when the file shows that none is needed.
    pub required_approvals: Option<u32>,
    /// Whether owners of the code must approve.
    pub code_owners: Option<bool>,
    /// Whether a new commit withdraws approvals.
    pub dismisses_stale: Option<bool>,
    /// Whether somebody else than the last one to push must approve.
    pub last_push_approval: Option<bool>,
    /// Checks that must pass.
    pub required_checks: Option<Vec<String>>,
    /// Whether it binds administrators too.
    pub binds_admins: Option<bool>,
    /// Who may bypass it, as the source names them; empty when nobody may.
    pub bypassers: Option<Vec<String>>,
    /// Whether history may be rewritten.
    pub force_push_allowed: Option<bool>,
    /// When it was last changed, where the file says so. A snapshot without it is of the day of its import.
    pub updated_at: Option<Timestamp>,
    /// Web address.
    pub url: Option<String>,
}
