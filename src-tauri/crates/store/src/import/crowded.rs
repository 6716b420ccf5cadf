//! Records that name more others than are kept.

use crate::{Arrival, arrival::NAMES_KEPT};
use change_ledger_model::{import::ImportWarning, record::Place};

/// The rows of a file whose records name more others than are kept.
#[derive(Debug, Default)]
pub(super) struct Crowded {
    rows: u64,
    left_out: u64,
    /// The first such row.
    first: Option<u64>,
}

impl Crowded {
    /// Takes note of a row.
    pub(super) fn row(&mut self, place: &Place, arrivals: &[Arrival]) {
        let left_out: usize = arrivals.iter().map(|arrival| arrival.names_left_out).sum();
        if left_out > 0 {
            self.rows += 1;
            self.left_out += left_out as u64;
            self.first.get_or_insert(place.row);
        }
    }

    /// What the manifest says of it; nothing where every name was kept.
    pub(super) fn warning(&self) -> Option<ImportWarning> {
        let first = self.first?;
        let rows = if self.rows == 1 { "1 row names".to_owned() } else { format!("{} rows name", self.rows) };
        let message = format!(
            "{rows} more than {NAMES_KEPT} other records; {} names beyond that are kept in the file only, and links through \
             them are unknown. The first is row {first}.",
            self.left_out
        );
        Some(ImportWarning { code: "names_left_out".to_owned(), message })
    }
}
