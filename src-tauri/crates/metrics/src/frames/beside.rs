//! Records that the numbers of a quarter count besides changes.

use change_ledger_model::columns::{AlertRow, IncidentRow, LedgerColumns, ProductionDeploymentRow};

/// Deployments, findings and incidents, as the ledger has them.
#[derive(Debug, Clone, Default)]
pub(crate) struct RecordsBeside {
    pub(crate) deployments: Vec<ProductionDeploymentRow>,
    pub(crate) alerts: Vec<AlertRow>,
    pub(crate) incidents: Vec<IncidentRow>,
    /// Changes in the order of their implementation; none where there are no incidents, for which alone it is asked.
    pub(crate) implemented: Vec<ImplementedChange>,
}

/// A change of which the moment of its implementation is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ImplementedChange {
    /// UTC milliseconds.
    pub(crate) at: i64,
    /// Its position.
    pub(crate) change: u32,
    pub(crate) repository: u32,
}

impl RecordsBeside {
    pub(super) fn of(columns: &LedgerColumns) -> Self {
        Self {
            deployments: columns.production_deployments.clone(),
            alerts: columns.alerts.clone(),
            incidents: columns.incidents.clone(),
            implemented: if columns.incidents.is_empty() { Vec::new() } else { in_order(columns) },
        }
    }
}

fn in_order(columns: &LedgerColumns) -> Vec<ImplementedChange> {
    let changes = columns.changes.implemented_at.iter().zip(&columns.changes.repository);
    let implemented = (0..).zip(changes).filter_map(|(change, (at, repository))| {
        Some(ImplementedChange { at: (*at)?, change, repository: *repository })
    });
    let mut implemented: Vec<ImplementedChange> = implemented.collect();
    implemented.sort_unstable();
    implemented
}
