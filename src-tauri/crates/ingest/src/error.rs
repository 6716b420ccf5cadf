//! Why a file could not be imported at all.

use std::io;

/// A file as a whole cannot be read. Single bad rows are not errors but rejects.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// The operating system refused, or the file vanished while it was read.
    #[error("{file} cannot be read: {cause}.")]
    NotReadable {
        /// The file as it was named.
        file: String,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// There is nothing in the file.
    #[error("{file} is empty.")]
    Empty {
        /// The file as it was named.
        file: String,
    },
    /// The content matches no known export.
    #[error("{file} is not an export that Change Ledger knows: {}.", .seen.trim_end_matches('.'))]
    NotRecognised {
        /// The file as it was named.
        file: String,
        /// What the content looks like.
        seen: String,
        /// What to do about it.
        hint: String,
    },
    /// The file ends in the middle of its first record.
    #[error("{file} ends at byte {offset}, in the middle of its first record: it was cut off.")]
    Truncated {
        /// The file as it was named.
        file: String,
        /// Where the unfinished record begins, in bytes.
        offset: u64,
    },
    /// One record is larger than any real one.
    #[error("The record that begins at byte {offset} of {file} is larger than {limit} MiB.")]
    TooLarge {
        /// The file as it was named.
        file: String,
        /// Where the record begins, in bytes.
        offset: u64,
        /// The largest record that is read, in MiB.
        limit: u64,
    },
    /// The table has more columns than any real one.
    #[error("The row in line {line} of {file} has more than {limit} columns.")]
    TooManyColumns {
        /// The file as it was named.
        file: String,
        /// Where the row begins, from 1.
        line: u64,
        /// Columns allowed.
        limit: usize,
    },
    /// Dates of a column can be read in two ways.
    #[error(
        "The dates in column \"{column}\" of {file} can be read in two ways: {example} is {day_first} or {month_first}."
    )]
    AmbiguousDates {
        /// The file as it was named.
        file: String,
        /// The column.
        column: String,
        /// One of its values.
        example: String,
        /// That value with the day first.
        day_first: String,
        /// That value with the month first.
        month_first: String,
    },
    /// Some dates of a table have their day first, others their month.
    #[error(
        "Dates of {file} are written in two ways: {day_first} (column \"{column}\") has its day first, {month_first} its month."
    )]
    MixedDates {
        /// The file as it was named.
        file: String,
        /// The column of the first of the two.
        column: String,
        /// A value that can only have its day first.
        day_first: String,
        /// A value that can only have its month first.
        month_first: String,
    },
    /// Rows do not say which repository they belong to.
    #[error("The records in {file} do not say which repository they belong to.")]
    RepositoryUnknown {
        /// The file as it was named.
        file: String,
    },
    /// Notes do not say which incident they belong to.
    #[error("The notes in {file} do not say which incident they belong to.")]
    IncidentUnknown {
        /// The file as it was named.
        file: String,
    },
    /// An archive cannot be opened or is not safe to open.
    #[error("{file} cannot be unpacked: {reason}.")]
    Archive {
        /// The file as it was named.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A column profile does not fit itself or the table.
    #[error("The column profile does not fit: {reason}.")]
    BadProfile {
        /// What is wrong with it.
        reason: String,
        /// What to do about it.
        hint: String,
    },
    /// One raw record that was read before cannot be read again.
    #[error("The stored record cannot be read again: {reason}.")]
    NotRereadable {
        /// What is wrong with it.
        reason: String,
    },
    /// The receiver of the rows asked to stop.
    #[error("The import was cancelled.")]
    Cancelled,
}

impl IngestError {
    /// What to do about it, as a sentence; `None` where the message says it all.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NotReadable { .. } => "Check that the file exists, is a file and may be read.",
            Self::Empty { .. } => "Export it again and look at the size before importing.",
            Self::NotRecognised { hint, .. } | Self::BadProfile { hint, .. } => hint,
            Self::Truncated { .. } => "Export it again; the download or the disk stopped early.",
            Self::TooLarge { .. } => {
                "Check that it is an export and whole: a quotation mark that is never closed makes one record of all that follows."
            }
            Self::TooManyColumns { .. } => {
                "Export only the columns that are needed, and check that it is a table at all."
            }
            Self::AmbiguousDates { .. } => "Say which it is with --date-order dmy or --date-order mdy.",
            Self::MixedDates { .. } => {
                "Spreadsheets do this to dates that they do not understand: import the file as it was exported, or name the right order with --date-order; rows in the other order are then rejected."
            }
            Self::RepositoryUnknown { .. } => {
                "Name it with --repository owner/name; for gh pr list --json it is enough to add the field url."
            }
            Self::IncidentUnknown { .. } => {
                "PagerDuty answers notes without their incident: name the file after its id, as in notes-Q1ZK8M0.json."
            }
            Self::Archive { .. } => "Unpack it yourself and import the files.",
            Self::NotRereadable { .. } => "Run verify to see whether the ledger was damaged.",
            Self::Cancelled => return None,
        };
        Some(hint.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_one_full_stop() {
        let check = |seen: &str| {
            let error =
                IngestError::NotRecognised { file: "a.csv".to_owned(), seen: seen.to_owned(), hint: String::new() };
            assert_eq!(error.to_string(), "a.csv is not an export that Change Ledger knows: its columns are Typ, Nr.");
        };
        check("its columns are Typ, Nr");
        check("its columns are Typ, Nr.");
    }
}
