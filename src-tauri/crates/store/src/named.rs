//! Tickets and incidents by what people call them.

use crate::{Ledger, StoreError};
use change_ledger_model::record::MentionKind;
use rusqlite::params;

/// What kind of record a name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedKind {
    /// A ticket.
    Ticket,
    /// An incident.
    Incident,
}

/// A ticket or an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRecord {
    /// Which of the two.
    pub kind: NamedKind,
    /// Row id in the ledger.
    pub key: i64,
    /// The ledger-wide name.
    pub id: String,
    /// Title line.
    pub title: String,
    /// Web address.
    pub url: Option<String>,
}

impl Ledger {
    /// The tickets and incidents called `text`: key, number, id or web address, in any case.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn records_named(&self, text: &str) -> Result<Vec<NamedRecord>, StoreError> {
        let mut statement = self.connection.prepare(
            "SELECT 0, key, id, title, url FROM ticket \
             WHERE name IN (?1, upper(?1), lower(?1)) OR id IN (?1, lower(?1)) OR url = ?1 \
             UNION ALL SELECT 1, key, id, title, url FROM incident \
             WHERE key IN (SELECT incident FROM incident_name WHERE name IN (?1, upper(?1), lower(?1))) \
             OR id IN (?1, lower(?1)) OR number = ?1 OR url = ?1 ORDER BY 1, 2",
        )?;
        let found = statement.query_map([text.trim()], |row| {
            let kind = if row.get::<_, u8>(0)? == 0 { NamedKind::Ticket } else { NamedKind::Incident };
            Ok(NamedRecord { kind, key: row.get(1)?, id: row.get(2)?, title: row.get(3)?, url: row.get(4)? })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The changes whose texts or fields name a ticket or incident `text`, imported or not: their row ids, ascending.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn changes_naming(&self, text: &str) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.connection.prepare(
            "SELECT DISTINCT owner FROM mention WHERE owner_kind = 0 AND name IN (?1, upper(?1), lower(?1)) \
             AND kind NOT IN (?2, ?3, ?4) ORDER BY owner",
        )?;
        let other_things = [MentionKind::Change as u8, MentionKind::Commit as u8, MentionKind::Advisory as u8];
        let [change, commit, advisory] = other_things;
        let keys = statement.query_map(params![text.trim(), change, commit, advisory], |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{import, incident, ticket};
    use change_ledger_model::record::Record;

    #[test]
    fn tickets_and_incidents_are_found_by_what_people_call_them() {
        let mut ledger = Ledger::in_memory().unwrap();
        let all =
            vec![Record::Ticket(Box::new(ticket("PLAT-1"))), Record::Incident(Box::new(incident("Q1ZK8M0", 482)))];
        import(&mut ledger, "a.json", all);
        let check = |text: &str, expected: &[NamedKind]| {
            let found = ledger.records_named(text).unwrap();
            assert_eq!(found.iter().map(|record| record.kind).collect::<Vec<_>>(), expected, "{text}");
        };
        check("PLAT-1", &[NamedKind::Ticket]);
        check(" plat-1 ", &[NamedKind::Ticket]);
        check("Q1ZK8M0", &[NamedKind::Incident]);
        check("INC-482", &[NamedKind::Incident]);
        check("PLAT-2", &[]);
    }
}
