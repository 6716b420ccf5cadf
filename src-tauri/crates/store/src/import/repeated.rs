//! Rows of one file that tell of the same record.

use crate::{Arrival, table::Kind};
use change_ledger_model::{
    import::ImportWarning,
    record::{Place, Record},
    source::SourceKind,
};
use foldhash::fast::RandomState;
use std::{collections::HashSet, hash::BuildHasher};

/// The records that rows of a file told of, and the rows that told of one again: an export may hold a row twice, or two
/// rows under one number, of which only the newest is seen later.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    /// Hashes of kind and id; in 64 bits no two of a file's are the same by chance.
    told: HashSet<u64, RandomState>,
    hasher: RandomState,
    rows: u64,
    first: Option<(u64, String)>,
}

impl Repeated {
    /// Takes note of a row.
    pub(super) fn row(&mut self, place: &Place, arrivals: &[Arrival]) {
        let told = arrivals.iter().filter_map(|arrival| whole(arrival.record()));
        let again: Vec<&str> =
            told.filter(|named| !self.told.insert(self.hasher.hash_one(named))).map(|(_, id)| id).collect();
        if let Some(id) = again.first() {
            self.rows += 1;
            self.first.get_or_insert_with(|| (place.row, (*id).to_owned()));
        }
    }

    /// What the manifest says of it; nothing where every record has one row, or a row for each thing that happened to it.
    pub(super) fn warning(&self, kind: SourceKind) -> Option<ImportWarning> {
        let (row, id) = self.first.as_ref().filter(|_| !lists_events(kind))?;
        let rows = if self.rows == 1 { "1 row tells".to_owned() } else { format!("{} rows tell", self.rows) };
        let message = format!(
            "{rows} of a record of which an earlier row of the file tells already; each record counts once, as its newest \
             row says. The first is row {row}, {id}."
        );
        Some(ImportWarning { code: "repeated_rows".to_owned(), message })
    }
}

/// Whether a file of this kind has a row for each thing that happened, so that a record has many.
const fn lists_events(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::GithubWebhook | SourceKind::PagerdutyLog)
}

/// Kind and id of a record for which an export has one row. Reviews, remarks and supporting records have several, and
/// come without the title of what they belong to.
fn whole(record: &Record) -> Option<(Kind, &str)> {
    let (kind, id, title) = match record {
        Record::Change(change) => (Kind::Change, &change.id, &change.title),
        Record::Ticket(ticket) => (Kind::Ticket, &ticket.id, &ticket.title),
        Record::Incident(incident) => (Kind::Incident, &incident.id, &incident.title),
        _ => return None,
    };
    (!title.is_empty()).then_some((kind, id.as_str()))
}
