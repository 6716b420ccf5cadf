//! Change tickets that imported pull requests implement, and so are no changes of their own.

use crate::{
    Ledger, StoreError,
    linking::{AllNames, Directory},
    table::{Kind, event::time, text::kind_from, ticket::IS_IMPLEMENTED},
};
use change_ledger_model::{
    Timestamp,
    record::{ChangeKind, MentionKind},
};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// An implemented change ticket, and what stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImplementedTicket {
    /// The ledger-wide name.
    pub id: String,
    /// Its project.
    pub project: String,
    /// Who raised it: the name, or the account where no file has a name.
    pub reporter: Option<String>,
    /// When its work ended, else when it was closed.
    pub at: Option<Timestamp>,
    /// The implemented changes that name it or that it names, by their ids; never empty.
    pub changes: Vec<ImplementingChange>,
}

/// A change that implements a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImplementingChange {
    /// The ledger-wide name.
    pub id: String,
    /// What it is; only pull requests have a branch.
    pub is_pull_request: bool,
    /// The branch that it was merged into, where a file says.
    pub base_branch: Option<String>,
    /// When it was implemented, where a file says.
    pub implemented_at: Option<Timestamp>,
}

impl Ledger {
    /// The change tickets that give way to imported changes, in the order of their import.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn implemented_tickets(&self) -> Result<Vec<ImplementedTicket>, StoreError> {
        let connection = &self.connection;
        let mut tickets = change_tickets(connection)?;
        if tickets.is_empty() {
            return Ok(Vec::new());
        }
        let changes = implemented_changes(connection)?;
        let mut of_ticket: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for (ticket, change) in links(connection)? {
            if tickets.contains_key(&ticket) && changes.contains(&change) {
                of_ticket.entry(ticket).or_default().insert(change);
            }
        }
        let mut found = Vec::with_capacity(of_ticket.len());
        for (ticket, changes) in of_ticket {
            if let Some(mut ticket) = tickets.remove(&ticket) {
                ticket.changes = changes.into_iter().map(|key| change(connection, key)).collect::<Result<_, _>>()?;
                found.push(ticket);
            }
        }
        Ok(found)
    }
}

fn change_tickets(connection: &Connection) -> Result<BTreeMap<i64, ImplementedTicket>, StoreError> {
    let mut statement = connection.prepare(&format!(
        "SELECT ticket.key, ticket.id, ticket.project, coalesce(person.name, person.handle), coalesce(work_end, resolved_at) FROM ticket \
         LEFT JOIN person ON person.id = ticket.reporter WHERE is_change_request AND {IS_IMPLEMENTED}"
    ))?;
    let mut rows = statement.query([])?;
    let mut tickets = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let ticket = ImplementedTicket {
            id: row.get(1)?,
            project: row.get(2)?,
            reporter: row.get(3)?,
            at: row.get::<_, Option<i64>>(4)?.map(time).transpose()?,
            changes: Vec::new(),
        };
        tickets.insert(row.get(0)?, ticket);
    }
    Ok(tickets)
}

fn implemented_changes(connection: &Connection) -> Result<BTreeSet<i64>, StoreError> {
    let mut statement = connection.prepare("SELECT key FROM change WHERE state IN (0, 3)")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Every ticket with every change that names it or that it names.
fn links(connection: &Connection) -> Result<Vec<(i64, i64)>, StoreError> {
    let directory = Directory::of_all(connection, AllNames::load(connection)?);
    let mut statement =
        connection.prepare("SELECT owner_kind, owner, kind, name FROM mention WHERE owner_kind IN (?1, ?2)")?;
    let mut rows = statement.query([Kind::Change.code(), Kind::Ticket.code()])?;
    let mut links = Vec::new();
    while let Some(row) = rows.next()? {
        let (owner, kind): (i64, MentionKind) = (row.get(1)?, kind_from(row.get(2)?)?);
        let name = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
        if row.get::<_, i64>(0)? == Kind::Change.code() {
            links.extend(directory.tickets(kind, name)?.iter().map(|&ticket| (ticket, owner)));
        } else {
            links.extend(directory.changes(kind, name)?.into_iter().map(|change| (owner, change)));
        }
    }
    Ok(links)
}

fn change(connection: &Connection, key: i64) -> Result<ImplementingChange, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT change.id, change.kind, branch.name, change.implemented_at FROM change \
         LEFT JOIN branch ON branch.id = change.base_branch WHERE change.key = ?1",
    )?;
    let mut rows = statement.query([key])?;
    let row = rows.next()?.ok_or_else(|| StoreError::Damaged(format!("{key} is no key of a change")))?;
    Ok(ImplementingChange {
        id: row.get(0)?,
        is_pull_request: row.get::<_, u8>(1)? != ChangeKind::ChangeTicket as u8,
        base_branch: row.get(2)?,
        implemented_at: row.get::<_, Option<i64>>(3)?.map(time).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{at, change, import, mention, ticket};
    use change_ledger_model::record::{ChangeState, FoundIn, Record};

    #[test]
    fn tickets_give_way_to_what_implements_them_whichever_side_names_the_other() {
        let request = |key: &str| {
            let mut request = ticket(key);
            (request.is_change_request, request.work_end, request.done) = (true, Some(at(60)), Some(true));
            request
        };
        let pull = |number: u32, branch: Option<&str>, names: &str, state: ChangeState| {
            let mut pull = change(number);
            (pull.state, pull.base_branch) = (state, branch.map(str::to_owned));
            pull.mentions = vec![mention(MentionKind::TicketKey, names, FoundIn::Title)];
            Record::Change(Box::new(pull))
        };
        let mut planned = request("CHG-3");
        (planned.work_end, planned.done, planned.resolved_at) = (None, Some(false), None);
        let mut names_itself = request("CHG-4");
        names_itself.mentions = vec![mention(MentionKind::Change, "acme/pay#5", FoundIn::Body)];
        let mut ledger = Ledger::in_memory().unwrap();
        import(
            &mut ledger,
            "a.json",
            vec![
                pull(1, Some("develop"), "CHG-1", ChangeState::Implemented),
                pull(2, Some("main"), "CHG-1", ChangeState::Implemented),
                pull(3, Some("develop"), "CHG-2", ChangeState::Abandoned),
                pull(4, Some("develop"), "CHG-3", ChangeState::Implemented),
                pull(5, None, "CHG-9", ChangeState::Implemented),
                Record::Ticket(Box::new(request("CHG-1"))),
                Record::Ticket(Box::new(request("CHG-2"))),
                Record::Ticket(Box::new(planned)),
                Record::Ticket(Box::new(names_itself)),
            ],
        );
        let found = ledger.implemented_tickets().unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|ticket| {
                let branches = ticket.changes.iter().map(|change| change.base_branch.as_deref());
                (ticket.id.as_str(), branches.collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(told, [("jira:CHG-1", vec![Some("develop"), Some("main")]), ("jira:CHG-4", vec![None])]);
        assert_eq!(found[0].at, Some(at(60)));
    }
}
