use super::maybe_time;
use crate::{Ledger, StoreError, linking::merge, table::incident::StoredIncident};
use change_ledger_model::Timestamp;
use rusqlite::Connection;

/// An incident, merged from all its imported versions. Its description and notes are in the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentDetail {
    /// Row id in the ledger.
    pub key: i64,
    /// The ledger-wide name: `pagerduty:Q1ZK8M0`.
    pub id: String,
    /// The tool it comes from.
    pub source: String,
    /// The short number that people write.
    pub number: Option<String>,
    /// Names under which texts know it, then those of incidents that were merged into it.
    pub names: Vec<String>,
    /// Title line.
    pub title: String,
    /// Web address.
    pub url: Option<String>,
    /// The affected service.
    pub service: Option<String>,
    /// State as the source says it.
    pub status: Option<String>,
    /// Severity or priority as the source says it.
    pub severity: Option<String>,
    /// Urgency as the source says it.
    pub urgency: Option<String>,
    /// When it began.
    pub opened_at: Option<Timestamp>,
    /// When it ended.
    pub resolved_at: Option<Timestamp>,
    /// Id of the incident that it was merged into.
    pub merged_into: Option<String>,
}

impl Ledger {
    /// An incident by its row id.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is none.
    pub fn incident(&self, key: i64) -> Result<IncidentDetail, StoreError> {
        load(&self.connection, key)
    }
}

pub(super) fn load(connection: &Connection, key: i64) -> Result<IncidentDetail, StoreError> {
    let exists: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM incident WHERE key = ?1)")?
        .query_row([key], |row| row.get(0))?;
    if !exists {
        return Err(StoreError::Unknown(format!("incident {key}")));
    }
    let incident = StoredIncident::load(connection, key)?;
    let mut statement =
        connection.prepare_cached("SELECT name FROM incident_name WHERE incident = ?1 ORDER BY name")?;
    let mut names = Vec::new();
    for key in merge::united(connection, key)? {
        for name in statement.query_map([key], |row| row.get(0))? {
            names.push(name?);
        }
    }
    Ok(IncidentDetail {
        key,
        id: incident.id,
        source: incident.source,
        number: incident.number,
        names,
        title: incident.title,
        url: incident.url,
        service: incident.service,
        status: incident.status,
        severity: incident.severity,
        urgency: incident.urgency,
        opened_at: maybe_time(incident.opened_at)?,
        resolved_at: maybe_time(incident.resolved_at)?,
        merged_into: incident.merged_into,
    })
}
