//! The beginning of a table: enough to tell whose it is.

use super::{cells::Cells, rows::RowReader};
use crate::{
    IngestError,
    input::encoding::{Encoding, ascii_compatible},
};
use std::{cmp::Reverse, collections::BTreeMap};

/// What separates the cells of tables, most usual first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Rows that are looked at to recognise a table.
const ROWS: usize = 200;

/// The header of a table and its first rows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Head {
    /// What separates its cells.
    pub(crate) delimiter: u8,
    /// Rows above the header: a title, who made it, when.
    pub(crate) title_rows: usize,
    /// Its header, as written.
    pub(crate) header: Vec<String>,
    /// Its first rows, of any width.
    pub(crate) rows: Vec<Cells>,
}

impl Head {
    /// Of the first bytes of a file; `None` when they hold no header of at least two columns.
    ///
    /// `complete` says that the file ends with `start`; otherwise its last row is taken to be cut off.
    pub(crate) fn of(
        start: &[u8],
        encoding: Encoding,
        complete: bool,
        file: &str,
    ) -> Result<Option<Self>, IngestError> {
        if !is_text(start, encoding) {
            return Ok(None);
        }
        let mut best: Option<Self> = None;
        for delimiter in delimiters_in(&first_lines(start, encoding)) {
            let head = Self::with(delimiter, start, encoding, complete, file)?;
            if best.as_ref().is_none_or(|best| head.plausibility() > best.plausibility()) {
                best = Some(head);
            }
        }
        Ok(best.filter(|head| head.header.iter().filter(|name| !name.is_empty()).count() >= 2))
    }

    fn with(delimiter: u8, start: &[u8], encoding: Encoding, complete: bool, file: &str) -> Result<Self, IngestError> {
        let (source, mark) = ascii_compatible(Box::new(start), encoding)
            .map_err(|cause| IngestError::NotReadable { file: file.to_owned(), cause })?;
        let mut reader = RowReader::new(file, source, encoding, delimiter, mark as u64);
        let mut cells = Cells::default();
        let mut rows = Vec::new();
        while rows.len() <= ROWS {
            match reader.next_row(&mut cells)? {
                Some(_) if is_separator_line(&cells) => {}
                Some(_) => rows.push(cells.clone()),
                None => break,
            }
        }
        if !complete && rows.len() > 1 && rows.len() <= ROWS {
            rows.pop();
        }
        let title_rows = title_rows(&rows);
        let mut rows = rows.into_iter().skip(title_rows);
        let header = rows.next().map(|cells| cells.iter().map(str::to_owned).collect()).unwrap_or_default();
        Ok(Self { delimiter, title_rows, header, rows: rows.collect() })
    }

    /// Whether there are columns, whether most rows are as wide as the header, how few rows stand above it, and how wide it is:
    /// more is more of a table.
    fn plausibility(&self) -> (bool, bool, Reverse<usize>, usize) {
        (self.header.len() >= 2, self.is_regular(), Reverse(self.title_rows), self.header.len())
    }

    /// Whether at least half of the rows are as wide as the header.
    pub(crate) fn is_regular(&self) -> bool {
        self.rows.iter().filter(|cells| cells.len() == self.header.len()).count() * 2 >= self.rows.len()
    }

    /// The values of one column.
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |cells| cells.value(column))
    }
}

/// Rows above the header: those with less than half as many cells that say something as the fullest row of the usual
/// width. A header names all of its columns.
fn title_rows(rows: &[Cells]) -> usize {
    let filled = |cells: &Cells| cells.iter().filter(|cell| !cell.is_empty()).count();
    let width = usual_width(rows);
    let fullest = rows.iter().filter(|cells| cells.len() == width).map(filled).max().unwrap_or_default();
    if fullest < 4 {
        return 0;
    }
    rows.iter().position(|cells| filled(cells) * 2 > fullest).unwrap_or_default()
}

/// The width of most rows; of two that are as usual, the wider one.
fn usual_width(rows: &[Cells]) -> usize {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    rows.iter().for_each(|cells| *widths.entry(cells.len()).or_default() += 1);
    widths.into_iter().max_by_key(|&(width, rows)| (rows, width)).map_or(0, |(width, _)| width)
}

/// Excel's first line `sep=;`, which is part of neither header nor rows.
pub(crate) fn is_separator_line(cells: &Cells) -> bool {
    let mut cells = cells.iter();
    cells.next().is_some_and(|first| first.strip_prefix("sep=").is_some_and(|rest| rest.len() <= 1))
        && cells.all(str::is_empty)
}

/// Whether bytes are text: control characters are rare in it, and UTF-8 that is none is rarer.
fn is_text(start: &[u8], encoding: Encoding) -> bool {
    if encoding.is_wide() {
        return true;
    }
    let control = start.iter().filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace()).count();
    control * 200 <= start.len()
}

/// The lines among which the header is: a title above it need not have its delimiter.
fn first_lines(start: &[u8], encoding: Encoding) -> String {
    const LINES: usize = 20;
    // A header of 20,000 columns fits.
    const LONGEST: usize = 512 * 1024;
    let start = start.get(..start.len().min(LONGEST)).unwrap_or_default();
    let mut scanned = Vec::new();
    let read = ascii_compatible(Box::new(start), encoding).and_then(|(mut text, _)| text.read_to_end(&mut scanned));
    if read.is_err() {
        return String::new();
    }
    let text = String::from_utf8_lossy(&scanned);
    let mut quoted = false;
    let mut line_ends = text.match_indices(|c| {
        quoted ^= c == '"';
        !quoted && c == '\n'
    });
    let end = line_ends.nth(LINES - 1).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default().to_owned()
}

/// What may separate the cells of a header among these lines: what `sep=` names, else every delimiter that is in them.
fn delimiters_in(lines: &str) -> Vec<u8> {
    if let Some(named) = lines.strip_prefix("sep=") {
        return vec![named.bytes().next().filter(|byte| !byte.is_ascii_whitespace() || *byte == b'\t').unwrap_or(b',')];
    }
    let mut quoted = false;
    let open: Vec<u8> = lines
        .bytes()
        .filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted
        })
        .collect();
    DELIMITERS.into_iter().filter(|delimiter| open.contains(delimiter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_found() {
        let check = |text: &str, delimiter: u8, header: &[&str], rows: usize| {
            let head = Head::of(text.as_bytes(), Encoding::Utf8, true, "t.csv").unwrap().unwrap();
            let names: Vec<&str> = head.header.iter().map(String::as_str).collect();
            assert_eq!((head.delimiter, names.as_slice(), head.rows.len()), (delimiter, header, rows), "{text:?}");
        };
        check("Key,Title\nA,b\n", b',', &["Key", "Title"], 1);
        check("Key;\"Title, long\";Type\n", b';', &["Key", "Title, long", "Type"], 0);
        check("Key\tTitle, short\n1\t2\n3\t4\n", b'\t', &["Key", "Title, short"], 2);
        check("sep=;\nKey;Title\n1;2\n", b';', &["Key", "Title"], 1);
        check("sep=,\r\nKey,Title\r\n1,2\r\n", b',', &["Key", "Title"], 1);
        check("\"two\nlines\",b\n1,2\n", b',', &["two\nlines", "b"], 1);
        check("sep=\nKey,Title\n1,2\n", b',', &["Key", "Title"], 1);
        check("Key;Title\n1;\"a, b, c, d, e, f\"\n", b';', &["Key", "Title"], 1);
        check("Key;Title\n1;a, b, c, d, e, f\n", b';', &["Key", "Title"], 1);
    }

    #[test]
    fn a_header_stands_below_titles_of_any_width() {
        let check = |titles: &str, rows: usize| {
            let table = "Key;Title;Type;Team\n1;a, b;c;d\n2;a;;\n";
            let head = Head::of(format!("{titles}{table}").as_bytes(), Encoding::Utf8, true, "t.csv").unwrap().unwrap();
            assert_eq!((head.delimiter, head.title_rows, head.rows.len()), (b';', rows, 2), "{titles:?}");
            assert_eq!(head.header, ["Key", "Title", "Type", "Team"], "{titles:?}");
        };
        check("", 0);
        check("Changes;;;\n", 1);
        check("Changes of July\n\n", 1);
        check("\"Changes, all closed\"\r\n", 1);
        check("Exported by, Lin Eze\nPage;1\n", 2);
    }

    #[test]
    fn a_text_without_columns_is_no_table() {
        for text in ["", "just a line\nand another\n", "\n\n"] {
            assert_eq!(Head::of(text.as_bytes(), Encoding::Utf8, true, "t.csv").unwrap(), None, "{text:?}");
        }
    }

    #[test]
    fn the_last_row_of_a_part_is_not_trusted() {
        let head = Head::of(b"a,b\n1,2\n3,", Encoding::Utf8, false, "t.csv").unwrap().unwrap();
        assert_eq!(head.rows.len(), 1);
    }
}
