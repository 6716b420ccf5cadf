//! What a person looks at before a table is read: its columns, its first rows, one time that leaves its zone open.

use super::{Cells, Head, data_rows, next_data_row, source_of};
use crate::{
    IngestError, Input, Reading,
    input::{self, encoding::Encoding},
    recognise::HEAD_SIZE,
    value::local_time,
};
use change_ledger_model::Timestamp;

/// Rows in which a time without an offset is looked for.
const ROWS: usize = 200;
/// Characters of a cell that are shown.
const SHOWN: usize = 120;

/// The columns of a table and its first rows, as they stand in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableStart {
    /// The header, in order; columns may share a name or have none.
    pub columns: Vec<String>,
    /// The first rows, one text per cell, cut after 120 characters; a row may be shorter or longer than the header.
    pub rows: Vec<Vec<String>>,
}

impl TableStart {
    /// Of a file, with at most `rows` rows; `None` when it is no table or holds no row:
    /// a line of prose with a comma in it looks like a header.
    ///
    /// # Errors
    /// When the file cannot be read, or its first row is beyond every limit.
    pub fn of(input: &dyn Input, rows: usize) -> Result<Option<Self>, IngestError> {
        let sample = input::head(input, HEAD_SIZE)?;
        let complete = (sample.len() as u64) < HEAD_SIZE;
        let head = Head::of(&sample, Encoding::of_sample(&sample), complete, input.name())?;
        Ok(head.filter(|head| super::recognise::is_table(head) && !head.rows.is_empty()).map(|head| Self {
            columns: head.header,
            rows: head.rows.iter().take(rows).map(|cells| cells.iter().map(shown).collect()).collect(),
        }))
    }
}

/// A time of a table that does not say its zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalTime {
    /// The column's heading.
    pub column: String,
    /// The time as it stands there.
    pub text: String,
    /// The moment as which it is read.
    pub at: Timestamp,
}

impl LocalTime {
    /// The first one of a table; `None` when its first rows have none, or when it is no table.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn first_of(input: &dyn Input, reading: &Reading) -> Result<Option<Self>, IngestError> {
        let Some(header) = &reading.header else { return Ok(None) };
        let source = source_of(reading)?;
        let bytes = input.open().map_err(|cause| IngestError::NotReadable { file: input.name().to_owned(), cause })?;
        let mut cells = Cells::default();
        let mut rows = data_rows(bytes, reading, &mut cells)?;
        let clock = super::clock_of(reading);
        for _ in 0..ROWS {
            if next_data_row(&mut rows, &mut cells, reading)?.is_none() {
                break;
            }
            for (column, text) in source.dates(&cells) {
                if let Ok(read) = local_time::parse(text, clock)
                    && read.zone_used
                {
                    let column = header.get(column).cloned().unwrap_or_default();
                    return Ok(Some(Self { column, text: shown(text), at: read.at }));
                }
            }
        }
        Ok(None)
    }
}

fn shown(cell: &str) -> String {
    match cell.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", cell.get(..end).unwrap_or_default()),
        None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ColumnProfile, MemoryInput, Options, prepare};
    use chrono_tz::Tz;

    #[test]
    fn a_table_shows_its_columns_and_first_rows_as_they_stand() {
        let check = |text: &str, columns: &[&str], rows: &[&[&str]]| {
            let start = TableStart::of(&MemoryInput::new("t.csv", text.as_bytes().to_vec()), 2).unwrap().unwrap();
            assert_eq!((start.columns, start.rows), (owned(columns), rows.iter().map(|row| owned(row)).collect()));
        };
        check("Nr,Umgesetzt\n1,03.04.26\n", &["Nr", "Umgesetzt"], &[&["1", "03.04.26"]]);
        check("Nr;Titel\n1;a\n2;b\n3;c\n", &["Nr", "Titel"], &[&["1", "a"], &["2", "b"]]);
    }

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn what_is_no_table_has_no_columns() {
        for text in
            ["Dear auditor, the numbers are below.", "<html><body>a,b</body></html>\n1,2\n", "%PDF-1.7,x\n1,2\n"]
        {
            let input = MemoryInput::new("x", text.as_bytes().to_vec());
            assert_eq!(TableStart::of(&input, 5).unwrap(), None, "{text}");
        }
    }

    #[test]
    fn the_first_time_without_an_offset_is_shown_with_its_moment() {
        let profile = "name = \"t\"\n[columns]\nnumber = \"Nr\"\nimplemented_at = \"Done\"\n";
        let check = |done: &[&str], expected: Option<(&str, &str)>| {
            let rows: String = done.iter().enumerate().map(|(row, done)| format!("{row},{done}\n")).collect();
            let input = MemoryInput::new("t.csv", format!("Nr,Done\n{rows}").into_bytes());
            let options = Options {
                profile: Some(ColumnProfile::from_toml(profile).unwrap()),
                default_timezone: Tz::Europe__Berlin,
                ..Options::default()
            };
            let reading = prepare(&input, &options).unwrap();
            let found = LocalTime::first_of(&input, &reading).unwrap();
            let found = found.map(|time| (time.column, time.text, time.at.to_string()));
            let expected = expected.map(|(text, at)| ("Done".to_owned(), text.to_owned(), at.to_owned()));
            assert_eq!(found, expected, "{done:?}");
        };
        check(&["2026-07-01 10:00"], Some(("2026-07-01 10:00", "2026-07-01T08:00:00Z")));
        check(&["2026-07-01T10:00:00Z", "2026-01-01 10:00"], Some(("2026-01-01 10:00", "2026-01-01T09:00:00Z")));
        check(&["2026-07-01T10:00:00+02:00"], None);
        check(&[], None);
    }
}
