//! What the records themselves say about whether something is missing: gaps, empty times, names that lead nowhere, doubles.

use crate::{
    Ledger, StoreError,
    error::unsigned,
    linking::{AllNames, Directory},
    table::{change::AWAITED, event::time, text::kind_from},
};
use change_ledger_model::{Timestamp, record::MentionKind};

/// The numbers of one repository's pull requests, and of its issues where they were imported: the tools count both together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberRange {
    /// The repository.
    pub repository: String,
    /// Lowest number in the ledger.
    pub first: u64,
    /// Highest number in the ledger.
    pub last: u64,
    /// How many numbers between them, both included, are in the ledger.
    pub present: u64,
    /// Runs of numbers between them that are not, from and to, both included, in their order.
    pub gaps: Vec<(u64, u64)>,
}

/// Which records a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatedRecords {
    /// Changes by their implementation.
    Changes,
    /// Tickets by their opening.
    Tickets,
    /// Incidents by their beginning.
    Incidents,
}

/// What a name that leads nowhere would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnresolvedKind {
    /// An incident.
    Incident,
    /// A ticket of a project of which tickets were imported.
    Ticket,
}

/// A name in imported records that leads to no imported record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnresolvedName {
    /// What it would be.
    pub kind: UnresolvedKind,
    /// The name.
    pub name: String,
    /// How many records name it.
    pub named_by: u64,
    /// One change that does, by its id; `None` when only tickets and incidents do.
    pub example: Option<String>,
}

/// Changes with the same merge commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedCommit {
    /// Their ids.
    pub ids: Vec<String>,
}

/// Times are compared in slots of a quarter of an hour, the finest offset between time zones.
const SLOT_MILLIS: i64 = 900_000;

impl Ledger {
    /// Per repository, by name: which numbers are there and which are not. Where issues share the numbers of pull requests,
    /// they count; where numbers run through all repositories, as in Azure DevOps, gaps mean nothing and there is no range.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn number_ranges(&self) -> Result<Vec<NumberRange>, StoreError> {
        let mut statement = self.connection.prepare(
            "SELECT repository.name, numbered.number FROM repository JOIN ( \
               SELECT repository, CAST(number AS INTEGER) AS number FROM change \
               WHERE kind = 0 AND state < ?1 AND number <> '' AND number NOT GLOB '*[^0-9]*' \
               AND source <> 'azure-repos' \
               UNION SELECT repository.id, CAST(substr(ticket.name, instr(ticket.name, '#') + 1) AS INTEGER) \
               FROM ticket JOIN repository ON repository.folded = lower(substr(ticket.name, 1, instr(ticket.name, '#') - 1)) \
               WHERE instr(ticket.name, '#') > 0 AND ticket.source <> 'gitlab' \
             ) AS numbered ON numbered.repository = repository.id \
             WHERE repository.id IN \
             (SELECT repository FROM change WHERE kind = 0 AND state < ?1 AND source <> 'azure-repos') \
             ORDER BY repository.name, numbered.number",
        )?;
        let mut rows = statement.query([AWAITED])?;
        let mut ranges: Vec<NumberRange> = Vec::new();
        while let Some(row) = rows.next()? {
            let repository = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let number = unsigned(row.get(1)?)?;
            match ranges.last_mut().filter(|range| range.repository == repository) {
                Some(range) => {
                    if number > range.last + 1 {
                        range.gaps.push((range.last + 1, number - 1));
                    }
                    range.last = number;
                    range.present += 1;
                }
                None => ranges.push(NumberRange {
                    repository: repository.to_owned(),
                    first: number,
                    last: number,
                    present: 1,
                    gaps: Vec::new(),
                }),
            }
        }
        Ok(ranges)
    }

    /// The times at which there are records, ascending, each the begin of its quarter of an hour.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn times_with(&self, records: DatedRecords) -> Result<Vec<Timestamp>, StoreError> {
        let (column, table) = match records {
            DatedRecords::Changes => ("implemented_at", "change WHERE state = 0 AND"),
            DatedRecords::Tickets => ("opened_at", "ticket WHERE"),
            DatedRecords::Incidents => ("opened_at", "incident WHERE"),
        };
        let sql =
            format!("SELECT DISTINCT {column} / {SLOT_MILLIS} AS slot FROM {table} {column} IS NOT NULL ORDER BY slot");
        let mut statement = self.connection.prepare(&sql)?;
        let slots = statement.query_map([], |row| row.get::<_, i64>(0))?;
        slots.map(|slot| time(slot? * SLOT_MILLIS)).collect()
    }

    /// Names of incidents and tickets that were not imported, those that most records name first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn unresolved_names(&self) -> Result<Vec<UnresolvedName>, StoreError> {
        let directory = Directory::of_all(&self.connection, AllNames::load(&self.connection)?);
        let mut statement = self.connection.prepare(
            "SELECT named.kind, named.name, named.records, change.id FROM ( \
               SELECT kind, name, count(*) AS records, min(CASE WHEN owner_kind = 0 THEN owner END) AS owner \
               FROM mention WHERE kind IN (?1, ?2) GROUP BY kind, name \
             ) AS named LEFT JOIN change ON change.key = named.owner ORDER BY named.records DESC, named.name",
        )?;
        let mut rows = statement.query([MentionKind::TicketKey as u8, MentionKind::Incident as u8])?;
        let mut names = Vec::new();
        while let Some(row) = rows.next()? {
            let (mention, name): (MentionKind, String) = (kind_from(row.get(0)?)?, row.get(1)?);
            let kind = if directory.is_missing_incident(mention, &name)? {
                UnresolvedKind::Incident
            } else if directory.is_missing_ticket(mention, &name)? {
                UnresolvedKind::Ticket
            } else {
                continue;
            };
            names.push(UnresolvedName { kind, name, named_by: unsigned(row.get(2)?)?, example: row.get(3)? });
        }
        Ok(names)
    }

    /// Pull requests that only their reviews name: the change itself was not imported. Their ids, ascending.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn awaited_changes(&self) -> Result<Vec<String>, StoreError> {
        // What waits under the id of a change ticket belongs to that ticket.
        let mut statement = self.connection.prepare(
            "SELECT id FROM change WHERE state = ?1 AND NOT EXISTS (SELECT 1 FROM ticket WHERE ticket.id = change.id) \
             ORDER BY id",
        )?;
        let ids = statement.query_map([AWAITED], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(ids)
    }

    /// Implemented changes that share their merge commit with another one: the same merge under two names.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn shared_commits(&self) -> Result<Vec<SharedCommit>, StoreError> {
        let mut statement = self.connection.prepare(
            "SELECT group_concat(id, char(10)) FROM (SELECT id, merge_commit FROM change \
             WHERE state IN (0, 3) AND merge_commit IS NOT NULL ORDER BY id) \
             GROUP BY merge_commit HAVING count(*) > 1 ORDER BY 1",
        )?;
        let split = |ids: String| SharedCommit { ids: ids.lines().map(str::to_owned).collect() };
        let shared = statement.query_map([], |row| Ok(split(row.get(0)?)))?.collect::<Result<_, _>>()?;
        Ok(shared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{at, change, import, incident, records, review, ticket};
    use change_ledger_model::record::{FoundIn, Mention, Record, Verdict};

    fn naming(number: u32, kind: MentionKind, name: &str) -> change_ledger_model::record::Change {
        let mut change = change(number);
        change.mentions = vec![Mention { kind, found_in: FoundIn::Body, name: name.to_owned(), text: name.to_owned() }];
        change
    }

    #[test]
    fn numbers_that_are_not_there_are_gaps() {
        let mut ledger = Ledger::in_memory().unwrap();
        assert_eq!(ledger.number_ranges().unwrap(), []);
        import(&mut ledger, "a.json", records([change(3), change(4), change(7), change(20)]));
        let ranges = ledger.number_ranges().unwrap();
        let [range] = ranges.as_slice() else { panic!("{ranges:?}") };
        assert_eq!((range.first, range.last, range.present), (3, 20, 4));
        assert_eq!(range.gaps, [(5, 6), (8, 19)]);
    }

    #[test]
    fn names_that_lead_nowhere_are_listed_until_their_record_comes() {
        let mut ledger = Ledger::in_memory().unwrap();
        let mut all = records([
            naming(1, MentionKind::Incident, "INC-482"),
            naming(2, MentionKind::Incident, "INC-482"),
            naming(3, MentionKind::TicketKey, "PLAT-99"),
            naming(4, MentionKind::TicketKey, "UTF-8"),
        ]);
        all.push(Record::Ticket(Box::new(ticket("PLAT-1"))));
        import(&mut ledger, "a.json", all);
        let found = ledger.unresolved_names().unwrap();
        let seen: Vec<_> = found.iter().map(|name| (name.kind, name.name.as_str(), name.named_by)).collect();
        assert_eq!(seen, [(UnresolvedKind::Incident, "INC-482", 2), (UnresolvedKind::Ticket, "PLAT-99", 1)]);
        assert!(found[0].example.as_deref().is_some_and(|id| id.ends_with("#1")), "{found:?}");
        import(&mut ledger, "b.json", vec![Record::Incident(Box::new(incident("Q1ZK8M0", 482)))]);
        assert_eq!(ledger.unresolved_names().unwrap().len(), 1);
    }

    #[test]
    fn times_awaited_changes_and_shared_commits_are_found() {
        let mut ledger = Ledger::in_memory().unwrap();
        let merged = |number: u32, minutes: i64, commit: &str| {
            let mut change = change(number);
            change.implemented_at = Some(at(minutes));
            change.merge_commit = Some(commit.to_owned());
            change
        };
        let (one, other) = ("a".repeat(40), "b".repeat(40));
        let mut all = records([merged(1, 60, &one), merged(2, 61, &one), merged(3, 500, &other)]);
        all.push(Record::Review(Box::new(review(9, "tove", Verdict::Approved, 1))));
        import(&mut ledger, "a.json", all);
        assert_eq!(ledger.times_with(DatedRecords::Changes).unwrap().len(), 2);
        assert_eq!(ledger.times_with(DatedRecords::Incidents).unwrap(), []);
        assert_eq!(ledger.awaited_changes().unwrap().len(), 1);
        let shared = ledger.shared_commits().unwrap();
        assert_eq!(shared.iter().map(|shared| shared.ids.len()).collect::<Vec<_>>(), [2]);
    }
}
