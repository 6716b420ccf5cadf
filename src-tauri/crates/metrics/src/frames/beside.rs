//! Records that the numbers of a quarter count besides changes.

use change_ledger_model::columns::{AlertRow, IncidentRow, LedgerColumns, ProductionDeploymentRow};

/// Deployments, findings and incidents, as the ledger has them.
#[derive(Debug, Clone, Default)]
pub(crate) struct RecordsBeside {
    pub(crate) deployments: Vec<ProductionDeploymentRow>,
    pub(crate) alerts: Vec<AlertRow>,
    pub(crate) incidents: Vec<IncidentRow>,
}

impl RecordsBeside {
    pub(super) fn of(columns: &LedgerColumns) -> Self {
        Self {
            deployments: columns.production_deployments.clone(),
            alerts: columns.alerts.clone(),
            incidents: columns.incidents.clone(),
        }
    }
}
