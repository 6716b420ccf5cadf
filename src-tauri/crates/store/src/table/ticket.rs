//! Tickets: the current state of each, merged from its revisions.

use super::change::take;
use crate::{
    StoreError,
    part::{Ages, Part, Parts},
};
use rusqlite::{Connection, params};

/// The current state of a ticket. People are ids.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoredTicket {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) source: String,
    pub(crate) ticket_key: String,
    pub(crate) project: String,
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    pub(crate) ticket_type: Option<String>,
    pub(crate) change_type: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) done: Option<bool>,
    pub(crate) priority: Option<String>,
    /// JSON array.
    pub(crate) labels: Option<String>,
    pub(crate) reporter: Option<i64>,
    pub(crate) assignee: Option<i64>,
    pub(crate) opened_at: Option<i64>,
    pub(crate) resolved_at: Option<i64>,
    pub(crate) work_start: Option<i64>,
    pub(crate) work_end: Option<i64>,
    pub(crate) updated_at: Option<i64>,
    pub(crate) is_change_request: bool,
    pub(crate) revision: i64,
    pub(crate) ages: Ages,
}

/// Whether the work on a change request was done, as a condition: its end is known, or it counts as done. One that was called
/// off does not.
pub(crate) const IS_IMPLEMENTED: &str = "(work_end IS NOT NULL OR coalesce(done, resolved_at IS NOT NULL))";

const INSERT: &str = "INSERT INTO ticket (key, id, name, source, ticket_key, project, title, url, ticket_type, \
    change_type, reason, status, done, priority, labels, reporter, assignee, opened_at, resolved_at, work_start, \
    work_end, updated_at, is_change_request, revision, as_of, carried, ages) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, \
    ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)";
const UPDATE: &str = "UPDATE ticket SET id = ?2, name = ?3, source = ?4, ticket_key = ?5, project = ?6, title = ?7, \
    url = ?8, ticket_type = ?9, change_type = ?10, reason = ?11, status = ?12, done = ?13, priority = ?14, \
    labels = ?15, reporter = ?16, assignee = ?17, opened_at = ?18, resolved_at = ?19, work_start = ?20, \
    work_end = ?21, updated_at = ?22, is_change_request = ?23, revision = ?24, as_of = ?25, carried = ?26, \
    ages = ?27 WHERE key = ?1";

impl StoredTicket {
    pub(crate) fn load(connection: &Connection, key: i64) -> Result<Self, StoreError> {
        let mut statement = connection.prepare_cached(
            "SELECT id, name, source, ticket_key, project, title, url, ticket_type, change_type, reason, status, \
             done, priority, labels, reporter, assignee, opened_at, resolved_at, work_start, work_end, updated_at, \
             is_change_request, revision, as_of, carried, ages FROM ticket WHERE key = ?1",
        )?;
        Ok(statement.query_row([key], |row| {
            Ok(Self {
                id: row.get(0)?,
                name: row.get(1)?,
                source: row.get(2)?,
                ticket_key: row.get(3)?,
                project: row.get(4)?,
                title: row.get(5)?,
                url: row.get(6)?,
                ticket_type: row.get(7)?,
                change_type: row.get(8)?,
                reason: row.get(9)?,
                status: row.get(10)?,
                done: row.get(11)?,
                priority: row.get(12)?,
                labels: row.get(13)?,
                reporter: row.get(14)?,
                assignee: row.get(15)?,
                opened_at: row.get(16)?,
                resolved_at: row.get(17)?,
                work_start: row.get(18)?,
                work_end: row.get(19)?,
                updated_at: row.get(20)?,
                is_change_request: row.get(21)?,
                revision: row.get(22)?,
                ages: Ages::stored(row.get(23)?, row.get(24)?, row.get_ref(25)?.as_blob_or_null()?),
            })
        })?)
    }

    /// Takes in the parts that a newer row wins. Returns whether anything but the times of revisions changed.
    pub(crate) fn take_in(&mut self, row: Self, wins: Parts) -> bool {
        let before = self.clone();
        take(wins, Part::Title, &mut self.title, row.title);
        take(wins, Part::Url, &mut self.url, row.url);
        take(wins, Part::TicketType, &mut self.ticket_type, row.ticket_type);
        take(wins, Part::ChangeType, &mut self.change_type, row.change_type);
        take(wins, Part::Reason, &mut self.reason, row.reason);
        take(wins, Part::Status, &mut self.status, row.status);
        take(wins, Part::Done, &mut self.done, row.done);
        take(wins, Part::Priority, &mut self.priority, row.priority);
        take(wins, Part::Labels, &mut self.labels, row.labels);
        take(wins, Part::Reporter, &mut self.reporter, row.reporter);
        take(wins, Part::Assignee, &mut self.assignee, row.assignee);
        take(wins, Part::OpenedAt, &mut self.opened_at, row.opened_at);
        take(wins, Part::ResolvedAt, &mut self.resolved_at, row.resolved_at);
        take(wins, Part::WorkStart, &mut self.work_start, row.work_start);
        take(wins, Part::WorkEnd, &mut self.work_end, row.work_end);
        // An export without the column that tells change requests apart does not make one an ordinary ticket.
        self.is_change_request |= row.is_change_request;
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
            self.name,
            self.source,
            self.ticket_key,
            self.project,
            self.title,
            self.url,
            self.ticket_type,
            self.change_type,
            self.reason,
            self.status,
            self.done,
            self.priority,
            self.labels,
            self.reporter,
            self.assignee,
            self.opened_at,
            self.resolved_at,
            self.work_start,
            self.work_end,
            self.updated_at,
            self.is_change_request,
            self.revision,
            self.ages.as_of,
            self.ages.carried.bits(),
            self.ages.to_blob(),
        ])?;
        Ok(())
    }
}
