use super::{labels, maybe_time};
use crate::{
    Ledger, StoreError,
    table::{person, ticket::StoredTicket},
};
use change_ledger_model::{Timestamp, person::Person};
use rusqlite::Connection;

/// A ticket, merged from all its imported versions. Its description and comments are in the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketDetail {
    /// Row id in the ledger.
    pub key: i64,
    /// The ledger-wide name: `jira:PLAT-1190`.
    pub id: String,
    /// The key as people write it, `PLAT-1190`.
    pub ticket_key: String,
    /// Project or repository.
    pub project: String,
    /// The tool it comes from.
    pub source: String,
    /// Title line.
    pub title: String,
    /// Web address.
    pub url: Option<String>,
    /// Type as the source says it.
    pub ticket_type: Option<String>,
    /// Change type as the source says it.
    pub change_type: Option<String>,
    /// Why the change is made.
    pub reason: Option<String>,
    /// State as the source says it.
    pub status: Option<String>,
    /// Whether the source counts it as done.
    pub done: Option<bool>,
    /// Priority as the source says it.
    pub priority: Option<String>,
    /// Labels; `None` when no export had any.
    pub labels: Option<Vec<String>>,
    /// Who raised it.
    pub reporter: Option<Person>,
    /// Who works on it.
    pub assignee: Option<Person>,
    /// When it was raised.
    pub opened_at: Option<Timestamp>,
    /// When it was resolved or closed.
    pub resolved_at: Option<Timestamp>,
    /// When work on a change began.
    pub work_start: Option<Timestamp>,
    /// When work on a change ended.
    pub work_end: Option<Timestamp>,
    /// Whether it is a change request.
    pub is_change_request: bool,
}

impl Ledger {
    /// A ticket by its row id.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is none.
    pub fn ticket(&self, key: i64) -> Result<TicketDetail, StoreError> {
        maybe_load(&self.connection, key)?.ok_or_else(|| StoreError::Unknown(format!("ticket {key}")))
    }
}

/// `None` when there is no ticket with this key.
pub(super) fn maybe_load(connection: &Connection, key: i64) -> Result<Option<TicketDetail>, StoreError> {
    let exists: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ticket WHERE key = ?1)")?
        .query_row([key], |row| row.get(0))?;
    if !exists {
        return Ok(None);
    }
    let ticket = StoredTicket::load(connection, key)?;
    let someone = |id: Option<i64>| id.map(|id| person::person(connection, id)).transpose();
    Ok(Some(TicketDetail {
        key,
        id: ticket.id,
        ticket_key: ticket.ticket_key,
        project: ticket.project,
        source: ticket.source,
        title: ticket.title,
        url: ticket.url,
        ticket_type: ticket.ticket_type,
        change_type: ticket.change_type,
        reason: ticket.reason,
        status: ticket.status,
        done: ticket.done,
        priority: ticket.priority,
        labels: labels(ticket.labels.as_deref())?,
        reporter: someone(ticket.reporter)?,
        assignee: someone(ticket.assignee)?,
        opened_at: maybe_time(ticket.opened_at)?,
        resolved_at: maybe_time(ticket.resolved_at)?,
        work_start: maybe_time(ticket.work_start)?,
        work_end: maybe_time(ticket.work_end)?,
        is_change_request: ticket.is_change_request,
    }))
}
