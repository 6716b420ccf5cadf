//! Numbers of a quarter that count other records than changes.

use serde::{Deserialize, Serialize};

/// Successful deployments to production in a quarter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct DeploymentRework {
    /// All of them.
    #[ts(type = "number")]
    pub deployments: u64,
    /// Those of an emergency that is linked to an imported incident.
    #[ts(type = "number")]
    pub unplanned: u64,
    /// Those of which the files do not tell.
    #[ts(type = "number")]
    pub unknown: u64,
    /// `unplanned / deployments`; `None` when `unknown` is all of them. The true rate lies between this and
    /// `(unplanned + unknown) / deployments`.
    pub rework_rate: Option<f64>,
}

/// Findings with a severity that were raised in a quarter; the six states partition them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PatchTimeliness {
    /// Fixed within the policy's time.
    #[ts(type = "number")]
    pub on_time: u64,
    /// Fixed after it.
    #[ts(type = "number")]
    pub late: u64,
    /// Open, time not up.
    #[ts(type = "number")]
    pub pending: u64,
    /// Open, time up.
    #[ts(type = "number")]
    pub overdue: u64,
    /// Set aside by somebody.
    #[ts(type = "number")]
    pub set_aside: u64,
    /// The files do not tell.
    #[ts(type = "number")]
    pub unknown: u64,
    /// `on_time / (on_time + late + overdue)`.
    pub on_time_rate: Option<f64>,
}

/// Severe incidents that began in a quarter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SevereIncidents {
    /// All of them.
    #[ts(type = "number")]
    pub incidents: u64,
    /// Those during which a change of the same service was implemented.
    #[ts(type = "number")]
    pub with_changes: u64,
    /// Those among `with_changes` during which no declared emergency was.
    #[ts(type = "number")]
    pub undeclared: u64,
    /// Those of which the files do not tell the end, or whose service is that of no repository.
    #[ts(type = "number")]
    pub unknown: u64,
    /// Incidents besides, of which no file tells how severe they are. Reports of earlier versions do not have it.
    #[serde(default)]
    #[ts(type = "number")]
    pub severity_unknown: u64,
}
