//! What an import wrote, as one number in its manifest: rows that vanish or change later are missed there.

use crate::{Arrival, hexadecimal::hex, table::revision::NewRevision};
use change_ledger_model::record::Reject;
use rusqlite::Row;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The rows that one import wrote, as its event in the chain keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seal {
    /// Versions of records.
    pub(crate) revisions: u64,
    /// SHA-256 over them, in the order of their ids, hexadecimal.
    pub(crate) revisions_sha256: String,
    /// SHA-256 over the rejected rows, in their order, hexadecimal.
    pub(crate) rejects_sha256: String,
    /// SHA-256 over what the file said, whether or not it was new: [`ContentHash`].
    pub(crate) content_sha256: String,
}

/// A hash over rows of numbers and texts.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowHash {
    hash: Sha256,
    /// Rows so far.
    pub(crate) rows: u64,
}

impl RowHash {
    /// Columns of a version, in the order in which [`RowHash::revision`] takes them.
    pub(crate) const REVISION: &'static str =
        "id, kind, record, previous, row, line, offset, length, as_of, updated_at, digest";

    fn number(&mut self, number: Option<i64>) {
        let [a, b, c, d, e, f, g, h] = number.unwrap_or_default().to_le_bytes();
        self.hash.update([u8::from(number.is_some()), a, b, c, d, e, f, g, h]);
    }

    fn text(&mut self, text: Option<&str>) {
        self.number(text.map(|text| i64::try_from(text.len()).unwrap_or(i64::MAX)));
        self.hash.update(text.unwrap_or_default());
    }

    /// Takes in a version about to be written.
    pub(crate) fn revision(&mut self, row: &NewRevision<'_>) {
        let number = |number: u64| Some(number.cast_signed());
        let span = row.place.span;
        let numbers = [
            Some(row.id),
            Some(row.kind.code()),
            Some(row.record),
            row.previous,
            number(row.place.row),
            row.place.line.and_then(number),
            number(span.offset),
            number(span.length),
            Some(row.as_of),
            row.updated_at.map(change_ledger_model::Timestamp::millis),
        ];
        numbers.into_iter().for_each(|number| self.number(number));
        self.hash.update(row.digest.0);
        self.rows += 1;
    }

    /// Takes in a version as it is stored, in the columns of [`RowHash::REVISION`] from column `first` on.
    pub(crate) fn stored_revision(&mut self, row: &Row<'_>, first: usize) -> rusqlite::Result<()> {
        for at in first..first + 10 {
            self.number(row.get(at)?);
        }
        self.hash.update(row.get::<_, [u8; 16]>(first + 10)?);
        self.rows += 1;
        Ok(())
    }

    /// Takes in a rejected row.
    pub(crate) fn reject(&mut self, reject: &Reject) {
        let place = &reject.place;
        let numbers = [Some(place.row), place.line, Some(place.span.offset), Some(place.span.length)];
        numbers.into_iter().for_each(|number| self.number(number.map(u64::cast_signed)));
        self.text(reject.field.as_deref());
        self.text(Some(&reject.reason));
        self.rows += 1;
    }

    /// The hash so far, hexadecimal.
    pub(crate) fn finish(self) -> String {
        let sha256: [u8; 32] = self.hash.finalize().into();
        hex(&sha256)
    }
}

/// What a file says when it is read in one way: two readings with the same hash differ in nothing.
#[derive(Debug, Clone, Default)]
pub struct ContentHash(RowHash);

impl ContentHash {
    /// Takes in a row that could be read.
    pub fn row(&mut self, arrivals: &[Arrival]) {
        self.0.number(i64::try_from(arrivals.len()).ok());
        for arrival in arrivals {
            self.0.hash.update(arrival.digest.0);
        }
    }

    /// Takes in a row that could not.
    pub fn reject(&mut self, reject: &Reject) {
        self.0.reject(reject);
    }

    /// The hash of all rows, hexadecimal.
    #[must_use]
    pub fn finish(self) -> String {
        self.0.finish()
    }
}
