//! The changes that are linked with a ticket or an incident.

use crate::{
    app::App,
    error::{AppError, ErrorCode},
    host::Host,
    use_case::changes,
    wire::{LinkedChanges, LinkedKind, LinkedRecord},
};
use change_ledger_model::columns::LedgerColumns;
use change_ledger_store::{NamedKind, NamedRecord};
use std::collections::BTreeSet;

/// The changes linked with the ticket or incident that a person names by key, number, id or web address. For one that was
/// not imported: the changes that name it.
///
/// # Errors
/// When nothing by this name is in the ledger, when it means several records, or when the ledger cannot be read.
pub fn linked(app: &App, host: &dyn Host, name: &str) -> Result<LinkedChanges, AppError> {
    let records = app.read(|ledger| Ok(ledger.records_named(name)?))?;
    let (record, keys) = match records.as_slice() {
        [] => (None, app.read(|ledger| Ok(ledger.changes_naming(name)?))?.into_iter().collect()),
        [record] => (Some(record), keys_linked_with(app, host, record)?),
        several => return Err(ambiguous(name, several)),
    };
    if record.is_none() && keys.is_empty() {
        return Err(AppError::new(ErrorCode::NotFound, format!("nothing in the ledger is called `{name}`")));
    }
    let computed = app.computed(host)?;
    // Pull requests that were not merged are no changes.
    let positions = keys.into_iter().filter_map(|key| u32::try_from(computed.loaded.position(key).ok()?).ok());
    let positions: Vec<u32> = positions.collect();
    Ok(LinkedChanges {
        name: name.to_owned(),
        record: record.map(|record| LinkedRecord {
            kind: match record.kind {
                NamedKind::Ticket => LinkedKind::Ticket,
                NamedKind::Incident => LinkedKind::Incident,
            },
            id: record.id.clone(),
            title: record.title.clone(),
            url: record.url.clone(),
        }),
        changes: changes::items(app, &computed, &positions)?,
    })
}

/// The refusal of a name that several tickets or incidents bear.
pub(crate) fn ambiguous(name: &str, records: &[NamedRecord]) -> AppError {
    let ids: Vec<_> = records.iter().map(|record| record.id.as_str()).collect();
    AppError::wrong_use(format!("`{name}` may mean several records")).hint(format!("Name one of {}.", ids.join(", ")))
}

/// Row ids of the changes linked with a record, in the order of the ledger.
fn keys_linked_with(app: &App, host: &dyn Host, record: &NamedRecord) -> Result<BTreeSet<i64>, AppError> {
    let history = app.computed(host)?.history.clone();
    let columns: LedgerColumns = app.read(|ledger| Ok(ledger.columns(&history)?))?;
    let position = match record.kind {
        NamedKind::Ticket => columns.tickets.iter().position(|ticket| ticket.key == record.key),
        NamedKind::Incident => columns.incidents.iter().position(|incident| incident.key == record.key),
    };
    let Some(position) = position.and_then(|position| u32::try_from(position).ok()) else { return Ok(BTreeSet::new()) };
    let changes: Vec<u32> = match record.kind {
        NamedKind::Ticket => {
            let links = columns.ticket_links.iter().filter(|link| link.ticket == position);
            links.map(|link| link.change).collect()
        }
        NamedKind::Incident => {
            let links = columns.incident_links.iter().filter(|link| link.incident == Some(position));
            links.map(|link| link.change).collect()
        }
    };
    Ok(changes.into_iter().filter_map(|change| columns.changes.key.get(change as usize).copied()).collect())
}
