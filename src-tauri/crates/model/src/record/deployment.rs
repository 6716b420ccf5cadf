use crate::{Timestamp, person::Person};
use serde::{Deserialize, Serialize};

/// How a deployment, or one attempt of it, ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum DeploymentState {
    /// It waits: queued, blocked, for approval.
    Pending = 0,
    /// It runs.
    Running = 1,
    /// It succeeded.
    Succeeded = 2,
    /// It failed.
    Failed = 3,
    /// Somebody stopped it.
    Cancelled = 4,
    /// It was replaced by a later one. It may have succeeded before; this state alone does not tell.
    Replaced = 5,
}

/// One rollout to one environment, as one row of one export describes it.
///
/// `None` always means that this row does not say, never "no".
#[derive(Debug, Clone, PartialEq)]
pub struct Deployment {
    /// The ledger-wide name: `github:acme/pay/deployments/81`.
    pub id: String,
    /// The tool it comes from: `github`, `argocd`.
    pub source: String,
    /// Repository that was deployed.
    pub repository: Option<String>,
    /// Environment as the source names it, `production`.
    pub environment: Option<String>,
    /// Whether the source itself says that the environment is the production one.
    pub is_production: Option<bool>,
    /// Commit that was deployed.
    pub commit: Option<String>,
    /// Branch, tag or version that was deployed, where it is no commit.
    pub version: Option<String>,
    /// How it ended, as far as the row knows.
    pub state: Option<DeploymentState>,
    /// Who deployed.
    pub deployed_by: Option<Person>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it succeeded. Of several rows the earliest holds: a later status never moves it.
    pub deployed_at: Option<Timestamp>,
    /// When it ended, however it did.
    pub finished_at: Option<Timestamp>,
    /// When the source last changed it; the newer of two rows wins by this.
    pub updated_at: Option<Timestamp>,
    /// Web address.
    pub url: Option<String>,
    /// Whether the row is one status of a deployment that another row describes.
    pub is_status: bool,
}
