//! Reads the times of a table's rows and remembers what had to be assumed.

use crate::value::{
    local_time::{self, Clock, LocalTimeError},
    time,
};
use change_ledger_model::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Why a row cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellFault {
    /// The column that is wrong; `None` when the row as a whole is.
    pub(crate) column: Option<usize>,
    /// What is wrong, as a sentence.
    pub(crate) reason: String,
}

impl CellFault {
    /// Something is wrong with the cell of `column`.
    pub(crate) fn at(column: usize, reason: impl Into<String>) -> Self {
        Self { column: Some(column), reason: reason.into() }
    }
}

/// Reads times under one clock.
#[derive(Debug)]
pub(crate) struct Times {
    clock: Clock,
    zone_used: bool,
    unreadable: BTreeMap<usize, u64>,
    date_only: BTreeSet<usize>,
    left_out: BTreeMap<&'static str, u64>,
}

impl Times {
    pub(crate) const fn new(clock: Clock) -> Self {
        Self {
            clock,
            zone_used: false,
            unreadable: BTreeMap::new(),
            date_only: BTreeSet::new(),
            left_out: BTreeMap::new(),
        }
    }

    /// A time that a row can do without: when it cannot be read it is unknown, and counted.
    pub(crate) fn optional(&mut self, cell: Option<(usize, &str)>) -> Option<Timestamp> {
        let (column, text) = cell?;
        match self.read(Some(column), text) {
            Ok(at) => at,
            Err(_) => {
                *self.unreadable.entry(column).or_default() += 1;
                None
            }
        }
    }

    /// A time on which a figure depends: a cell that cannot be read is a fault, an empty one unknown.
    pub(crate) fn decisive(&mut self, cell: Option<(usize, &str)>) -> Result<Option<Timestamp>, CellFault> {
        let Some((column, text)) = cell else { return Ok(None) };
        self.read(Some(column), text).map_err(|why| {
            let shown: String = text.chars().take(60).collect();
            CellFault::at(column, format!("\"{shown}\" cannot be read as a time: {why}."))
        })
    }

    /// A time within a longer text, which may just as well be none.
    pub(crate) fn quiet(&mut self, text: &str) -> Option<Timestamp> {
        self.read(None, text).ok().flatten()
    }

    /// Notes a row that is no record of what its file is about; `what` continues "3 rows are …".
    pub(crate) fn leave_out(&mut self, what: &'static str) {
        *self.left_out.entry(what).or_default() += 1;
    }

    /// How many rows were left out, by what they are.
    pub(crate) const fn left_out(&self) -> &BTreeMap<&'static str, u64> {
        &self.left_out
    }

    /// Whether a time without an offset was read.
    pub(crate) const fn zone_used(&self) -> bool {
        self.zone_used
    }

    /// How many cells of which column could not be read and were left unknown.
    pub(crate) const fn unreadable(&self) -> &BTreeMap<usize, u64> {
        &self.unreadable
    }

    /// Columns with dates that have no time of day.
    pub(crate) const fn date_only(&self) -> &BTreeSet<usize> {
        &self.date_only
    }

    fn read(&mut self, column: Option<usize>, text: &str) -> Result<Option<Timestamp>, LocalTimeError> {
        if time::is_placeholder(text) {
            return Ok(None);
        }
        let read = local_time::parse(text, self.clock)?;
        self.zone_used |= read.zone_used;
        self.date_only.extend(column.filter(|_| read.date_only));
        Ok(Some(read.at))
    }
}
