//! Sizes and dates of a whole ledger.

use crate::{Ledger, StoreError, error::unsigned, table::event::time};
use change_ledger_model::{Timestamp, import::RecordCounts};

/// How much a ledger holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Current records by kind; links are the names found in them.
    pub records: RecordCounts,
    /// Imported versions of records.
    pub revisions: u64,
    /// Import runs.
    pub imports: u64,
    /// Events, imports included.
    pub events: u64,
    /// Size of the imported files, in bytes.
    pub evidence_bytes: u64,
}

impl Ledger {
    /// How much the ledger holds.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let count = |sql: &str| -> Result<u64, StoreError> {
            unsigned(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
        };
        Ok(Counts {
            records: RecordCounts {
                changes: count("SELECT count(*) FROM change WHERE state IN (0, 3)")?,
                not_implemented: count("SELECT count(*) FROM change WHERE state IN (1, 2)")?,
                reviews: count("SELECT count(*) FROM review")?,
                tickets: count("SELECT count(*) FROM ticket")?,
                incidents: count("SELECT count(*) FROM incident")?,
                deployments: count("SELECT count(*) FROM deployment")?,
                bypasses: count("SELECT count(*) FROM bypass")?,
                checks: count("SELECT count(*) FROM check_run")?,
                alerts: count("SELECT count(*) FROM alert")?,
                messages: count("SELECT count(*) FROM message")?,
                settings: count("SELECT count(*) FROM setting")?,
                commits: count("SELECT count(*) FROM code_commit")?,
                links: count("SELECT count(*) FROM mention")?,
            },
            revisions: count("SELECT count(*) FROM revision")?,
            imports: count("SELECT count(*) FROM import")?,
            events: count("SELECT count(*) FROM event")?,
            evidence_bytes: count("SELECT coalesce(sum(bytes), 0) FROM artifact")?,
        })
    }

    /// When the first and the last pull request of the ledger were merged; `None` when no time is known.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn implementation_dates(&self) -> Result<Option<(Timestamp, Timestamp)>, StoreError> {
        let sql = "SELECT min(implemented_at), max(implemented_at) FROM change WHERE state = 0";
        let (first, last): (Option<i64>, Option<i64>) =
            self.connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        first.zip(last).map(|(first, last)| Ok((time(first)?, time(last)?))).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{at, change, import, incident, records, review, ticket};
    use change_ledger_model::record::{ChangeState, Record, Verdict};

    #[test]
    fn everything_is_counted_once() {
        let mut ledger = Ledger::in_memory().unwrap();
        assert_eq!(ledger.counts().unwrap(), Counts::default());
        assert_eq!(ledger.implementation_dates().unwrap(), None);
        let mut later = change(2);
        later.implemented_at = Some(at(500));
        let mut open = change(3);
        open.state = ChangeState::Open;
        open.implemented_at = None;
        let mut all = records([change(1), later, open]);
        all.push(Record::Ticket(Box::new(ticket("PLAT-1"))));
        all.push(Record::Incident(Box::new(incident("Q1ZK8M0", 482))));
        // A review whose change was not imported is one, its change is not.
        all.push(Record::Review(Box::new(review(9, "tove", Verdict::Approved, 1))));
        import(&mut ledger, "a.json", all.clone());
        import(&mut ledger, "b.json", all);
        let counts = ledger.counts().unwrap();
        let records = counts.records;
        assert_eq!((records.changes, records.not_implemented, records.reviews), (2, 1, 4));
        assert_eq!((records.tickets, records.incidents), (1, 1));
        assert_eq!((counts.revisions, counts.imports, counts.events), (6, 2, 2));
        assert_eq!(ledger.implementation_dates().unwrap(), Some((at(60), at(500))));
    }
}
