//! Whether what the files do not show would be in them, if it were there.

use change_ledger_model::columns::LedgerColumns;

/// Whether the files carried the description of a change and the texts of every ticket that it names.
pub fn texts_carried(ledger: &LedgerColumns, change: usize) -> bool {
    let mut tickets = ledger.ticket_links.iter().filter(|link| link.change as usize == change);
    ledger.changes.texts_known[change]
        && !names_missing_ticket(ledger, change)
        && tickets.all(|link| ledger.tickets[link.ticket as usize].texts_known)
}

/// Whether the files carried the dated notes of every ticket and of every incident that a change names.
pub fn notes_known(ledger: &LedgerColumns, change: usize) -> bool {
    let mut tickets = ledger.ticket_links.iter().filter(|link| link.change as usize == change);
    let mut incidents = ledger.incident_links.iter().filter(|link| link.change as usize == change);
    !names_missing_ticket(ledger, change)
        && tickets.all(|link| ledger.tickets[link.ticket as usize].notes_known)
        && incidents.all(|link| link.incident.is_some_and(|incident| ledger.incidents[incident as usize].notes_known))
}

fn names_missing_ticket(ledger: &LedgerColumns, change: usize) -> bool {
    ledger.tickets_not_imported.iter().any(|other| *other as usize == change)
}
