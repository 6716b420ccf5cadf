//! Incidents: the current state of each, merged from its revisions, and the names under which texts know it.

use super::change::take;
use crate::{
    StoreError,
    part::{Ages, Part, Parts},
};
use rusqlite::{Connection, params};

/// The current state of an incident.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoredIncident {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) number: Option<String>,
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    pub(crate) service: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) severity: Option<String>,
    pub(crate) urgency: Option<String>,
    pub(crate) opened_at: Option<i64>,
    pub(crate) resolved_at: Option<i64>,
    pub(crate) ended: Option<bool>,
    pub(crate) updated_at: Option<i64>,
    pub(crate) merged_into: Option<String>,
    pub(crate) revision: i64,
    pub(crate) ages: Ages,
}

const INSERT: &str = "INSERT INTO incident (key, id, source, number, title, url, service, status, severity, urgency, \
    opened_at, resolved_at, updated_at, merged_into, revision, as_of, carried, ages, ended) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
const UPDATE: &str = "UPDATE incident SET id = ?2, source = ?3, number = ?4, title = ?5, url = ?6, service = ?7, \
    status = ?8, severity = ?9, urgency = ?10, opened_at = ?11, resolved_at = ?12, updated_at = ?13, \
    merged_into = ?14, revision = ?15, as_of = ?16, carried = ?17, ages = ?18, ended = ?19 WHERE key = ?1";

impl StoredIncident {
    pub(crate) fn load(connection: &Connection, key: i64) -> Result<Self, StoreError> {
        let mut statement = connection.prepare_cached(
            "SELECT id, source, number, title, url, service, status, severity, urgency, opened_at, resolved_at, \
             updated_at, merged_into, revision, as_of, carried, ages, ended FROM incident WHERE key = ?1",
        )?;
        Ok(statement.query_row([key], |row| {
            Ok(Self {
                id: row.get(0)?,
                source: row.get(1)?,
                number: row.get(2)?,
                title: row.get(3)?,
                url: row.get(4)?,
                service: row.get(5)?,
                status: row.get(6)?,
                severity: row.get(7)?,
                urgency: row.get(8)?,
                opened_at: row.get(9)?,
                resolved_at: row.get(10)?,
                updated_at: row.get(11)?,
                merged_into: row.get(12)?,
                revision: row.get(13)?,
                ages: Ages::stored(row.get(14)?, row.get(15)?, row.get_ref(16)?.as_blob_or_null()?),
                ended: row.get(17)?,
            })
        })?)
    }

    /// Takes in the parts that a newer row wins. Returns whether anything but the times of revisions changed.
    pub(crate) fn take_in(&mut self, row: Self, wins: Parts) -> bool {
        let before = self.clone();
        take(wins, Part::Number, &mut self.number, row.number);
        take(wins, Part::Title, &mut self.title, row.title);
        take(wins, Part::Url, &mut self.url, row.url);
        take(wins, Part::Service, &mut self.service, row.service);
        take(wins, Part::Status, &mut self.status, row.status);
        take(wins, Part::Status, &mut self.ended, row.ended);
        take(wins, Part::Severity, &mut self.severity, row.severity);
        take(wins, Part::Urgency, &mut self.urgency, row.urgency);
        take(wins, Part::OpenedAt, &mut self.opened_at, row.opened_at);
        take(wins, Part::ResolvedAt, &mut self.resolved_at, row.resolved_at);
        take(wins, Part::MergedInto, &mut self.merged_into, row.merged_into);
        let changed = *self != Self { ages: self.ages.clone(), ..before };
        self.updated_at = self.updated_at.max(row.updated_at);
        changed
    }

    pub(crate) fn insert(&self, connection: &Connection, key: i64) -> Result<(), StoreError> {
        self.write(connection, INSERT, key)
    }

    pub(crate) fn update(&self, connection: &Connection, key: i64) -> Result<(), StoreError> {
        self.write(connection, UPDATE, key)
    }

    fn write(&self, connection: &Connection, sql: &str, key: i64) -> Result<(), StoreError> {
        connection.prepare_cached(sql)?.execute(params![
            key,
            self.id,
            self.source,
            self.number,
            self.title,
            self.url,
            self.service,
            self.status,
            self.severity,
            self.urgency,
            self.opened_at,
            self.resolved_at,
            self.updated_at,
            self.merged_into,
            self.revision,
            self.ages.as_of,
            self.ages.carried.bits(),
            self.ages.to_blob(),
            self.ended,
        ])?;
        Ok(())
    }
}

/// Adds the names of an incident; says whether any was new.
pub(crate) fn add_names(connection: &Connection, incident: i64, names: &[String]) -> Result<bool, StoreError> {
    let mut statement =
        connection.prepare_cached("INSERT OR IGNORE INTO incident_name (name, incident) VALUES (?1, ?2)")?;
    let mut any = false;
    for name in names {
        any |= statement.execute(params![name.to_uppercase(), incident])? > 0;
    }
    Ok(any)
}
