//! Whether a change is of high risk, as far as its source or its change ticket says in a word of its own.

use super::{Positions, changes::LoadedChanges, links::Placed};
use crate::StoreError;
use rusqlite::Connection;

const HIGH: [&str; 5] = ["major", "high", "high risk", "very high", "significant"];
const NOT_HIGH: [&str; 7] = ["standard", "normal", "minor", "low", "low risk", "medium", "moderate"];

/// Per change; empty where no source says anything. A linked ticket speaks for a change that does not speak itself; of several,
/// the gravest word counts.
pub(super) fn load(
    connection: &Connection,
    changes: &LoadedChanges,
    records: &Placed,
) -> Result<Vec<Option<bool>>, StoreError> {
    let types = "SELECT key, change_type FROM ticket WHERE change_type IS NOT NULL";
    let own = [changes.risks.as_slice(), &said(connection, types, &changes.positions)?].concat();
    let tickets = said(connection, types, &records.ticket_positions)?;
    if own.is_empty() && tickets.is_empty() {
        return Ok(Vec::new());
    }
    let mut of_tickets: Vec<Option<bool>> = vec![None; records.tickets.len()];
    note(&mut of_tickets, tickets.into_iter());
    let linked = records.ticket_links.iter().filter_map(|link| {
        let is_high = of_tickets.get(link.ticket as usize).copied().flatten()?;
        Some((link.change, is_high))
    });
    let mut risks: Vec<Option<bool>> = vec![None; changes.columns.key.len()];
    note(&mut risks, linked);
    let mut told: Vec<Option<bool>> = vec![None; risks.len()];
    note(&mut told, own.into_iter());
    Ok(told.into_iter().zip(risks).map(|(own, of_ticket)| own.or(of_ticket)).collect())
}

/// The records of which a word tells, by position.
fn said(connection: &Connection, sql: &str, positions: &Positions) -> Result<Vec<(u32, bool)>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let word: String = row.get(1)?;
        found.extend(positions.get(row.get(0)?).zip(is_high(&word)));
    }
    Ok(found)
}

fn note(risks: &mut [Option<bool>], said: impl Iterator<Item = (u32, bool)>) {
    for (at, is_high) in said {
        if let Some(risk) = risks.get_mut(at as usize) {
            *risk = Some(risk.unwrap_or(false) || is_high);
        }
    }
}

/// What a category, a change type or a level of risk says; `None` for any other word.
pub(super) fn is_high(word: &str) -> Option<bool> {
    let word = word.trim().to_lowercase();
    let is_high = HIGH.contains(&word.as_str());
    (is_high || NOT_HIGH.contains(&word.as_str())).then_some(is_high)
}

#[cfg(test)]
mod tests {
    use crate::{
        Ledger,
        sample::{change, import, mention, records, ticket},
    };
    use change_ledger_model::{
        policy::PolicyHistory,
        record::{FoundIn, MentionKind, Record},
    };

    #[test]
    fn a_change_speaks_for_itself_and_else_its_ticket_does() {
        let check = |category: Option<&str>, change_type: Option<&str>, expected: &[Option<bool>]| {
            let mut found = change(1);
            found.category = category.map(str::to_owned);
            found.mentions = vec![mention(MentionKind::TicketKey, "OPS-1", FoundIn::Title)];
            let mut named = ticket("OPS-1");
            named.change_type = change_type.map(str::to_owned);
            let mut ledger = Ledger::in_memory().unwrap();
            let all = records([found]).into_iter().chain([Record::Ticket(Box::new(named))]).collect();
            import(&mut ledger, "a.json", all);
            let columns = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap();
            assert_eq!(columns.high_risk, expected, "{category:?} {change_type:?}");
        };
        check(None, None, &[]);
        check(Some("Major"), None, &[Some(true)]);
        check(Some("standard"), Some("major"), &[Some(false)]);
        check(None, Some("major"), &[Some(true)]);
        check(None, Some("Normal"), &[Some(false)]);
        check(Some("emergency"), None, &[]);
        check(Some("emergency"), Some("normal"), &[Some(false)]);
    }
}
