//! What a person may say about a file before it is read, and what was found out about it.

pub use crate::input::encoding::Encoding;
use crate::table::ColumnProfile;
use change_ledger_model::{
    import::ImportWarning,
    record::{Place, Record, Reject},
    source::{Fact, SourceKind},
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

/// In which order the numbers of a date such as `03/04/26` stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateOrder {
    /// 3 April 2026.
    #[serde(rename = "dmy")]
    DayFirst,
    /// 4 March 2026.
    #[serde(rename = "mdy")]
    MonthFirst,
    /// 26 April 2003.
    #[serde(rename = "ymd")]
    YearFirst,
}

/// What a person said about a file.
#[derive(Debug, Clone)]
pub struct Options {
    /// The kind of export; recognised from the content when `None`.
    pub source: Option<SourceKind>,
    /// How to read a table that no tool of the list wrote.
    pub profile: Option<ColumnProfile>,
    /// Time zone of times without an offset, as a person chose it for this file.
    pub timezone: Option<Tz>,
    /// Time zone to assume where nobody chose one.
    pub default_timezone: Tz,
    /// Order of day and month; inferred from whole columns when `None`.
    pub date_order: Option<DateOrder>,
    /// `owner/name` for rows that do not name their repository.
    pub repository: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            source: None,
            profile: None,
            timezone: None,
            default_timezone: Tz::UTC,
            date_order: None,
            repository: None,
        }
    }
}

/// What kind of export a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// The kind.
    pub kind: SourceKind,
    /// Why, as a sentence.
    pub reason: String,
}

/// Everything needed to read a file, or one raw record of it, again from its bytes alone.
///
/// Kept with the import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The file as it was named, for messages.
    pub file: String,
    /// What kind of export it is.
    pub kind: SourceKind,
    /// Why it was recognised as that, as a sentence.
    pub recognised_by: String,
    /// How its bytes stand for letters.
    #[serde(default)]
    pub encoding: Encoding,
    /// What separates the cells of a table.
    #[serde(default)]
    pub delimiter: Option<u8>,
    /// Rows of a table above its header.
    #[serde(default)]
    pub title_rows: usize,
    /// The header of a table, as written, in order; columns may share a name.
    #[serde(default)]
    pub header: Option<Vec<String>>,
    /// The column of a table that holds the keys, from 0, where its name alone does not say so.
    #[serde(default)]
    pub key_column: Option<usize>,
    /// Time zone of times without an offset.
    #[serde(default)]
    pub timezone: Tz,
    /// Whether `timezone` was assumed because nobody chose one.
    #[serde(default)]
    pub timezone_assumed: bool,
    /// Order of day and month in dates of digits only.
    #[serde(default)]
    pub date_order: Option<DateOrder>,
    /// `owner/name` for rows that do not name their repository.
    #[serde(default)]
    pub repository: Option<String>,
    /// Channel that all messages stand in, where they do not name theirs.
    #[serde(default)]
    pub channel: Option<String>,
    /// Id of the incident that all rows belong to, where they do not name theirs.
    #[serde(default)]
    pub incident: Option<String>,
    /// What the file calls fields that have numbers for names: `customfield_10021` and its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub field_names: BTreeMap<String, String>,
    /// How to read a table that no tool of the list wrote.
    #[serde(default)]
    pub profile: Option<ColumnProfile>,
}

impl Reading {
    /// The reading that follows from a recognition and what a person said, before any survey.
    #[must_use]
    pub fn new(file: &str, recognition: Recognition, options: &Options) -> Self {
        // A profile speaks of the table that it was written for, not of what else is imported with it.
        let profile = options.profile.clone().filter(|_| recognition.kind == SourceKind::GenericCsv);
        Self {
            file: file.to_owned(),
            kind: recognition.kind,
            recognised_by: recognition.reason,
            encoding: Encoding::default(),
            delimiter: None,
            title_rows: 0,
            header: None,
            key_column: None,
            timezone: options.timezone.unwrap_or(options.default_timezone),
            timezone_assumed: options.timezone.is_none(),
            date_order: options.date_order,
            repository: options.repository.clone(),
            channel: None,
            incident: None,
            field_names: BTreeMap::new(),
            profile,
        }
    }
}

/// Whether to go on: `Break` ends the import with [`crate::IngestError::Cancelled`].
pub type Flow = ControlFlow<()>;

/// Receives what a file holds, in its order.
pub trait Sink {
    /// A row that could be read.
    fn accept(&mut self, row: Row) -> Flow;
    /// A row that could not.
    fn reject(&mut self, reject: Reject) -> Flow;
}

/// A row that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it stands.
    pub place: Place,
    /// What it says: one record, sometimes two (an incident of Jira is a ticket as well), or none
    /// where a list names things that another export describes better.
    pub records: Vec<Record>,
}

/// What was learned about a file by reading it to its end.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// Rows seen, readable or not.
    pub rows_read: u64,
    /// Facts that at least one row carried.
    pub carries: BTreeSet<Fact>,
    /// Facts that one could ask such records for and that no row carried.
    pub cannot_tell: BTreeSet<Fact>,
    /// What a person should know.
    pub warnings: Vec<ImportWarning>,
    /// Time zone used for times without an offset; `None` when every time had one.
    pub timezone_used: Option<Tz>,
}
