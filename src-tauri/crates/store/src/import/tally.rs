//! Counting what an import did.

use super::ImportHeader;
use change_ledger_model::{
    Timestamp,
    import::{ImportManifest, ImportStatus, RecordCounts, RowCounts},
    record::{ChangeState, Record},
};

/// What a row did to the ledger. Of several records in one row the strongest outcome counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowOutcome {
    /// It said nothing new.
    Unchanged,
    /// It was a newer or more complete version of a known record.
    Updated,
    /// It held a record that is new to the ledger.
    Accepted,
}

#[derive(Debug, Default)]
pub(super) struct Tally {
    rows: RowCounts,
    records: RecordCounts,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
}

impl Tally {
    pub(super) fn row(&mut self, outcome: RowOutcome) {
        match outcome {
            RowOutcome::Accepted => self.rows.accepted += 1,
            RowOutcome::Updated => self.rows.updated += 1,
            RowOutcome::Unchanged => self.rows.unchanged += 1,
        }
    }

    /// Counts a reject and returns its number, from 0.
    pub(super) fn reject(&mut self) -> u64 {
        self.rows.rejected += 1;
        self.rows.rejected - 1
    }

    pub(super) fn record(&mut self, record: &Record) {
        let records = &mut self.records;
        let (mentions, at) = match record {
            Record::Change(change) => {
                match change.state {
                    ChangeState::Implemented | ChangeState::ImplementedAtUnknown => records.changes += 1,
                    ChangeState::Open | ChangeState::Abandoned => records.not_implemented += 1,
                }
                records.reviews += change.reviews.len() as u64;
                (change.mentions.len(), change.implemented_at)
            }
            Record::Review(_) => {
                records.reviews += 1;
                (0, None)
            }
            Record::Ticket(ticket) => {
                records.tickets += 1;
                (ticket.mentions.len(), ticket.opened_at)
            }
            Record::Incident(incident) => {
                records.incidents += 1;
                (incident.mentions.len(), incident.opened_at)
            }
            Record::Deployment(deployment) => {
                records.deployments += 1;
                (0, deployment.deployed_at.or(deployment.started_at))
            }
            Record::Bypass(bypass) => {
                records.bypasses += 1;
                (0, bypass.at)
            }
            Record::Check(check) => {
                records.checks += 1;
                (0, check.started_at)
            }
            Record::Alert(alert) => {
                records.alerts += 1;
                (alert.mentions.len(), alert.opened_at)
            }
            Record::Message(message) => {
                records.messages += 1;
                (message.mentions.len(), message.at)
            }
            Record::Setting(setting) => {
                records.settings += 1;
                (0, setting.updated_at)
            }
            Record::Commit(commit) => {
                records.commits += 1;
                (commit.mentions.len(), commit.committed_at)
            }
        };
        records.links += mentions as u64;
        if let Some(at) = at {
            self.first = Some(self.first.map_or(at, |first| first.min(at)));
            self.last = Some(self.last.map_or(at, |last| last.max(at)));
        }
    }

    pub(super) fn manifest(&self, id: i64, now: Timestamp, header: ImportHeader) -> ImportManifest {
        let rows = self.rows;
        let readable = rows.accepted + rows.updated + rows.unchanged;
        let status = if readable == 0 && rows.rejected > 0 { ImportStatus::Rejected } else { ImportStatus::Imported };
        ImportManifest {
            id: Some(id),
            superseded_by: None,
            file: header.file,
            sha256: header.sha256,
            bytes: header.bytes,
            source: header.kind.tool().to_owned(),
            kind: header.kind,
            recognised_by: header.recognised_by,
            status,
            // Every row seen was either handed over or rejected, so this is also `header.rows_read`; counted
            // here, the sum always holds.
            rows: RowCounts { read: readable + rows.rejected, ..rows },
            records: self.records,
            first: self.first,
            last: self.last,
            carries: header.carries,
            cannot_tell: header.cannot_tell,
            timezone: header.timezone,
            imported_at: now,
            warnings: header.warnings,
        }
    }
}
