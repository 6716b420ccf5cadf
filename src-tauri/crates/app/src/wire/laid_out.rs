use super::PreviewRow;
use crate::error::AppError;
use change_ledger_model::{
    Timestamp,
    import::ImportWarning,
    source::{Fact, SourceKind},
};
use serde::{Deserialize, Serialize};

/// What chosen files are and say, before anything is written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct LaidOutFiles {
    /// One entry per file: a folder and an archive have several.
    pub files: Vec<LaidOutFile>,
}

/// One file, looked at and not imported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct LaidOutFile {
    /// What to name in order to import it: its path, or that of the archive or workbook that holds it.
    pub path: String,
    /// What it is called in messages; within an archive the member, within a workbook the sheet.
    pub file: String,
    /// Whether it was found in a folder or an archive, not chosen itself: if it is no export, it is left out.
    pub among_others: bool,
    /// Its size; `None` where only unpacking it would tell.
    #[ts(type = "number | null")]
    pub bytes: Option<u64>,
    /// Number of the import that brought the same bytes.
    #[ts(type = "number | null")]
    pub known_as: Option<i64>,
    /// What it is; `None` when that is not known.
    pub recognised: Option<Recognised>,
    /// What its rows say; `None` when they cannot be read yet.
    pub content: Option<LaidOutContent>,
    /// What it leaves open. It can be imported with an open time zone, but not with another open question.
    pub questions: Vec<FileQuestion>,
    /// Its columns, where it is a table of an unknown tool.
    pub table: Option<UnknownTable>,
    /// Why it cannot be imported as it is.
    pub error: Option<AppError>,
}

/// What kind of export a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Recognised {
    /// The tool that wrote it.
    pub source: String,
    /// The kind of export.
    pub kind: SourceKind,
    /// Why, a sentence.
    pub reason: String,
}

/// What the rows of a file say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct LaidOutContent {
    /// Whether the file was read to its end; of a large one only the first 16 MiB are, and all below holds for those.
    pub whole: bool,
    /// Rows that can be read.
    #[ts(type = "number")]
    pub readable: u64,
    /// Rows that would be rejected.
    #[ts(type = "number")]
    pub rejected: u64,
    /// Records by kind, in the order in which they first occur; the value is their number.
    pub records: Vec<KindCount>,
    /// The first rows, and the first that would be rejected.
    pub rows: Vec<PreviewRow>,
    /// Facts that at least one row carries.
    pub carries: Vec<Fact>,
    /// Facts that such records could have and no row carries.
    pub cannot_tell: Vec<Fact>,
    /// What to know before the import.
    pub warnings: Vec<ImportWarning>,
}

/// How many records of one kind there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct KindCount {
    /// The kind, `change`.
    pub kind: String,
    /// Their number.
    #[ts(type = "number")]
    pub count: u64,
}

/// Something that only a person can know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "question", rename_all = "snake_case")]
pub enum FileQuestion {
    /// In which zone its times are; until somebody says so, in the policy's.
    TimeZone {
        /// IANA name of the zone that is assumed.
        assumed: String,
        /// One of the times, where it stands in a table.
        example: Option<LocalTimeExample>,
    },
    /// Whether the day or the month comes first.
    DateOrder {
        /// The column's heading.
        column: String,
        /// One of its values.
        example: String,
        /// That value with the day first, in words.
        day_first: String,
        /// That value with the month first, in words.
        month_first: String,
    },
    /// To which repository its rows belong.
    Repository,
    /// What its columns mean; they are in `table`.
    Columns,
}

/// A time that does not say its zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct LocalTimeExample {
    /// The column's heading.
    pub column: String,
    /// The time as it stands there.
    pub text: String,
    /// The moment as which it is read.
    pub at: Timestamp,
}

/// A table of an unknown tool, and what its columns may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct UnknownTable {
    /// Its columns, in order.
    pub columns: Vec<String>,
    /// Its first rows, as they stand in the file.
    pub rows: Vec<Vec<String>>,
    /// What the columns mean: by the profile that explains the table, else guessed from their names.
    pub profile: ColumnMeanings,
    /// The saved profile that explains it, as an import names it; `None` while it is a guess.
    pub saved_as: Option<String>,
    /// What a row of a table can be, and what its columns can mean then.
    pub record_kinds: Vec<TableRecordKind>,
}

/// What the columns of a table mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ColumnMeanings {
    /// Short name of the profile: lower-case letters, digits, `-` and `_`. It is part of the records' ids.
    pub name: String,
    /// What each row is: `change`, `ticket` or `incident`.
    pub record: String,
    /// The columns that mean something.
    pub columns: Vec<ColumnMeaning>,
}

/// What one column of a table means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ColumnMeaning {
    /// The column's heading.
    pub column: String,
    /// What it means, `implemented_at`.
    pub field: String,
}

/// What a row of a table can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TableRecordKind {
    /// `change`, `ticket` or `incident`.
    pub record: String,
    /// What its columns can mean.
    pub fields: Vec<TableField>,
}

/// What a column of a table can mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TableField {
    /// Stable name, `implemented_at`.
    pub field: String,
    /// In words.
    pub label: String,
    /// Whether no row says anything that counts without it.
    pub needed: bool,
}
