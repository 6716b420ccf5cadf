//! Reads the times of a table's rows and remembers what had to be assumed.

use crate::value::{
    clock_changes::ClockChanges,
    local_time::{self, Clock, LocalTimeError, ReadTime},
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
    clock_changes: ClockChanges,
    undecided: u64,
    called_off_though_implemented: u64,
}

impl Times {
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            clock,
            zone_used: false,
            unreadable: BTreeMap::new(),
            date_only: BTreeSet::new(),
            left_out: BTreeMap::new(),
            clock_changes: ClockChanges::default(),
            undecided: 0,
            called_off_though_implemented: 0,
        }
    }

    /// A time that a row can do without: when it cannot be read it is unknown, and counted.
    pub(crate) fn optional(&mut self, cell: Option<(usize, &str)>) -> Option<Timestamp> {
        let (column, text) = cell?;
        match self.read(Some(column), text) {
            Ok(read) => read.map(|read| read.at),
            Err(_) => {
                *self.unreadable.entry(column).or_default() += 1;
                None
            }
        }
    }

    /// A time on which a figure depends: a cell that cannot be read is a fault, an empty one unknown.
    pub(crate) fn decisive(&mut self, cell: Option<(usize, &str)>) -> Result<Option<Timestamp>, CellFault> {
        Ok(self.decisive_or_day(cell)?.map(|read| read.at))
    }

    /// The same, with whether it is a day without a time.
    pub(crate) fn decisive_or_day(&mut self, cell: Option<(usize, &str)>) -> Result<Option<ReadTime>, CellFault> {
        let Some((column, text)) = cell else { return Ok(None) };
        self.read(Some(column), text).map_err(|why| {
            let shown: String = text.chars().take(60).collect();
            CellFault::at(column, format!("\"{shown}\" cannot be read as a time: {why}."))
        })
    }

    /// When something was `done`, seen from another time: unknown where one of the two is only a day and the other is on it,
    /// because then nobody can say which came first.
    pub(crate) fn beside(&mut self, done: ReadTime, other: Option<ReadTime>) -> Option<Timestamp> {
        let day = |read: ReadTime| read.at.to_utc().with_timezone(&self.clock.zone).date_naive();
        let is_open = |other: ReadTime| (done.date_only || other.date_only) && day(done) == day(other);
        if other.is_some_and(is_open) {
            self.undecided += 1;
            return None;
        }
        Some(done.at)
    }

    /// A time within a longer text, which may just as well be none.
    pub(crate) fn quiet(&mut self, text: &str) -> Option<Timestamp> {
        self.read(None, text).ok().flatten().map(|read| read.at)
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

    /// Times that a clock change skips or repeats.
    pub(crate) const fn clock_changes(&self) -> &ClockChanges {
        &self.clock_changes
    }

    /// How many times are unknown because only days are written of what happened on one day.
    pub(crate) const fn undecided(&self) -> u64 {
        self.undecided
    }

    /// Notes a change request that was called off and has an end of its work.
    pub(crate) fn called_off_though_implemented(&mut self) {
        self.called_off_though_implemented += 1;
    }

    /// How many change requests were called off and have an end of their work.
    pub(crate) const fn implemented_though_called_off(&self) -> u64 {
        self.called_off_though_implemented
    }

    fn read(&mut self, column: Option<usize>, text: &str) -> Result<Option<ReadTime>, LocalTimeError> {
        if time::is_placeholder(text) {
            return Ok(None);
        }
        let read = local_time::parse(text, self.clock)?;
        self.zone_used |= read.zone_used;
        self.date_only.extend(column.filter(|_| read.date_only));
        self.clock_changes.note(text, read);
        Ok(Some(read))
    }
}
