//! Reading a file again in another way: what its earlier reading brought no longer counts.

use super::ImportTransaction;
use crate::{
    Arrival, Reread, StoreError,
    error::unsigned,
    evidence::raw,
    part::{Ages, Parts},
    supporting::{self, Supporting},
    table::{
        Kind,
        artifact::{self, EvidenceReader},
        change::StoredChange,
        import_run,
        incident::StoredIncident,
        revision::{self, StoredRevision},
        supporting::empty,
        ticket::StoredTicket,
    },
};
use change_ledger_model::{
    policy::patterns::Matcher,
    record::{Place, Record, Span},
};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

/// What an import needs to know while it reads a file in place of an earlier run.
#[derive(Debug)]
pub(super) struct Supersession {
    /// The artifact that holds the bytes.
    pub(super) holder: i64,
    /// Every record that the earlier reading told something of.
    records: BTreeSet<(Kind, i64)>,
}

impl ImportTransaction<'_> {
    /// Makes this run another reading of the file that the run `earlier` read: the bytes are stored once, the versions
    /// that the earlier reading brought stay in the history, and its records become what the other files say. Call it
    /// before the first row; `matchers` in the order of the pattern sets that the import was begun with. `is_stopped` is
    /// asked before each record.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such run; [`StoreError::Stopped`] when `is_stopped` says so; when the
    /// ledger or its evidence cannot be read or written.
    pub fn supersede(
        &mut self,
        earlier: i64,
        matchers: &[Matcher],
        reread: &mut Reread<'_>,
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<(), StoreError> {
        let holder = artifact::holder(self.connection, earlier)?;
        self.superseded.insert(earlier);
        let records = records_of(self.connection, earlier)?;
        let mut reviews = lone_reviews(self.connection, &records)?;
        let mut evidence = EvidenceReader::default();
        for &record in &records {
            if is_stopped() {
                return Err(StoreError::Stopped);
            }
            let last = self.forget(record)?;
            let mut versions = revision::history(self.connection, last)?;
            versions.extend(reviews.remove(&record.1).filter(|_| record.0 == Kind::Change).into_iter().flatten());
            versions.retain(|version| !self.superseded.contains(&version.artifact));
            versions.sort_by_key(|version| version.id);
            for version in versions {
                let bytes = raw(self.connection, &mut evidence, &version)?;
                let reading = import_run::reading(self.connection, version.artifact)?;
                for found in reread(&bytes, &reading) {
                    self.restate(record, &version, found, matchers)?;
                }
            }
        }
        // Texts of records that lost a version must be indexed anew; which those are, only all of them tell.
        self.connection.execute("UPDATE ledger SET searchable_to = 0", [])?;
        self.supersedes = Some(Supersession { holder, records });
        Ok(())
    }

    /// Takes back everything that is known of a record but its name and its history; returns its last version.
    fn forget(&mut self, (kind, key): (Kind, i64)) -> Result<Option<i64>, StoreError> {
        let connection = self.connection;
        let texts = ["mention", "text_hit"];
        for table in texts {
            connection
                .prepare_cached(&format!("DELETE FROM {table} WHERE owner_kind = ?1 AND owner = ?2"))?
                .execute([kind.code(), key])?;
        }
        Ok(match kind {
            Kind::Change | Kind::Review => {
                for table in ["review", "commit_author"] {
                    connection.prepare_cached(&format!("DELETE FROM {table} WHERE change = ?1"))?.execute([key])?;
                }
                let known = StoredChange::load(connection, key)?;
                let mut blank = StoredChange::awaited(&known.id, &known.source, &known.number, known.repository);
                blank.kind = known.kind;
                blank.revision = known.revision;
                blank.update(connection, key)?;
                known.revision
            }
            Kind::Ticket => {
                let blank = StoredTicket::load(connection, key)?.blank();
                blank.update(connection, key)?;
                Some(blank.revision)
            }
            Kind::Incident => {
                connection.prepare_cached("DELETE FROM incident_name WHERE incident = ?1")?.execute([key])?;
                let blank = StoredIncident::load(connection, key)?.blank();
                blank.update(connection, key)?;
                Some(blank.revision)
            }
            other => supporting::table_of(other).map(|table| empty(connection, table, key)).transpose()?,
        })
    }

    /// Merges a version once more that is in the history.
    fn restate(
        &mut self,
        (kind, key): (Kind, i64),
        version: &StoredRevision,
        record: Record,
        matchers: &[Matcher],
    ) -> Result<(), StoreError> {
        let (own_kind, id) = match &record {
            Record::Change(change) => (Kind::Change, change.id.as_str()),
            Record::Review(review) => (Kind::Change, review.change.as_str()),
            Record::Ticket(ticket) => (Kind::Ticket, ticket.id.as_str()),
            Record::Incident(incident) => (Kind::Incident, incident.id.as_str()),
            other => match Supporting::of(other) {
                Some(found) => (found.kind, found.id),
                None => return Ok(()),
            },
        };
        // One row can hold several records; the others have versions of their own.
        if own_kind != kind || self.known.find(self.connection, own_kind, id)? != Some(key) {
            return Ok(());
        }
        let place = Place {
            row: unsigned(version.row)?,
            line: None,
            span: Span { offset: unsigned(version.offset)?, length: unsigned(version.length)? },
        };
        self.restating = Some(version.id);
        let outcome = self.record(&place, &Arrival::new(record, matchers));
        self.restating = None;
        outcome.map(|_| ())
    }

    /// Removes records of which, after this reading, no file says anything any more. Their keys are never given again.
    pub(super) fn drop_unsaid(&self, records: &BTreeSet<(Kind, i64)>) -> Result<(), StoreError> {
        let connection = self.connection;
        for &(kind, key) in records {
            let removed = match kind {
                Kind::Change | Kind::Review => connection
                    .prepare_cached(
                        "DELETE FROM change WHERE key = ?1 AND carried = 0 AND review_coverage = 0 \
                         AND NOT EXISTS (SELECT 1 FROM review WHERE review.change = ?1) \
                         AND NOT EXISTS (SELECT 1 FROM commit_author WHERE commit_author.change = ?1)",
                    )?
                    .execute([key])?,
                Kind::Ticket => {
                    connection.prepare_cached("DELETE FROM ticket WHERE key = ?1 AND carried = 0")?.execute([key])?
                }
                Kind::Incident => {
                    connection.prepare_cached("DELETE FROM incident WHERE key = ?1 AND carried = 0")?.execute([key])?
                }
                other => match supporting::table_of(other) {
                    Some(table) => connection
                        .prepare_cached(&format!("DELETE FROM {table} WHERE key = ?1 AND carried = 0"))?
                        .execute([key])?,
                    None => 0,
                },
            };
            if removed > 0 {
                connection.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([key])?;
            }
        }
        connection.execute("UPDATE ledger SET last_key = ?1", [self.known.last_key()])?;
        Ok(())
    }
}

impl Supersession {
    /// Every record that the earlier reading told something of.
    pub(super) const fn records(&self) -> &BTreeSet<(Kind, i64)> {
        &self.records
    }
}

/// The records of which a file holds a version; those of a review are changes.
fn records_of(connection: &Connection, artifact: i64) -> Result<BTreeSet<(Kind, i64)>, StoreError> {
    let mut statement = connection.prepare("SELECT DISTINCT kind, record FROM revision WHERE artifact = ?1")?;
    let mut rows = statement.query([artifact])?;
    let mut records = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let kind = Kind::of_record(row.get(0)?)?;
        records.insert((kind, row.get(1)?));
    }
    Ok(records)
}

/// Versions of reviews that came in files of their own, by the change that they belong to.
fn lone_reviews(
    connection: &Connection,
    records: &BTreeSet<(Kind, i64)>,
) -> Result<BTreeMap<i64, Vec<StoredRevision>>, StoreError> {
    let mut reviews: BTreeMap<i64, Vec<StoredRevision>> = BTreeMap::new();
    let mut statement = connection.prepare("SELECT id, record FROM revision WHERE kind = ?1 ORDER BY id")?;
    let mut rows = statement.query(params![Kind::Review.code()])?;
    while let Some(row) = rows.next()? {
        let change: i64 = row.get(1)?;
        if records.contains(&(Kind::Change, change)) {
            reviews.entry(change).or_default().extend(revision::history(connection, Some(row.get(0)?))?);
        }
    }
    Ok(reviews)
}

impl StoredTicket {
    /// The ticket's name and last version, and nothing else.
    fn blank(self) -> Self {
        Self {
            title: String::new(),
            url: None,
            ticket_type: None,
            change_type: None,
            reason: None,
            status: None,
            done: None,
            priority: None,
            labels: None,
            reporter: None,
            assignee: None,
            opened_at: None,
            resolved_at: None,
            work_start: None,
            work_end: None,
            updated_at: None,
            is_change_request: false,
            ages: Ages::of_row(i64::MIN, Parts::default()),
            ..self
        }
    }
}

impl StoredIncident {
    /// The incident's name and last version, and nothing else.
    fn blank(self) -> Self {
        Self {
            number: None,
            title: String::new(),
            url: None,
            service: None,
            status: None,
            severity: None,
            urgency: None,
            opened_at: None,
            resolved_at: None,
            ended: None,
            updated_at: None,
            merged_into: None,
            ages: Ages::of_row(i64::MIN, Parts::default()),
            ..self
        }
    }
}
