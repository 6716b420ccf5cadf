//! The cells of one row, decoded and cleaned.

use crate::{input::encoding::Encoding, value::null};

/// The longest cell that is kept, in bytes of UTF-8. Jira's longest field holds 32,767 characters.
pub(crate) const CELL_LIMIT: usize = 16 * 1024 * 1024;

/// The cells of one row; made once and filled again for every row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Cells {
    text: String,
    ends: Vec<usize>,
}

impl Cells {
    /// Takes the cells that stand end to end in `bytes`.
    pub(crate) fn fill(&mut self, encoding: Encoding, bytes: &[u8], ends: &[usize]) {
        self.text.clear();
        self.ends.clear();
        let mut start = 0;
        for &end in ends {
            let cell = bytes.get(start..end).unwrap_or_default();
            push_clean(&encoding.decode(cell), &mut self.text);
            self.ends.push(self.text.len());
            start = end;
        }
    }

    /// Number of cells.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a cell without blanks around it; empty where there is no such cell.
    pub(crate) fn text(&self, column: usize) -> &str {
        let end = |column: usize| self.ends.get(column).copied();
        let start = column.checked_sub(1).map_or(Some(0), end);
        start.zip(end(column)).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default().trim()
    }

    /// What a cell says; `None` when it is empty or one of the spellings of "nothing".
    pub(crate) fn value(&self, column: usize) -> Option<&str> {
        Some(self.text(column)).filter(|text| !null::is_null(text))
    }

    /// What the cells of several columns say, without the silent ones.
    pub(crate) fn values<'c, 'k>(
        &'c self,
        columns: &'k [usize],
    ) -> impl Iterator<Item = (usize, &'c str)> + use<'c, 'k> {
        columns.iter().filter_map(|&column| Some((column, self.value(column)?)))
    }

    /// All cells, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.text(column))
    }

    /// Whether no cell says anything.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Length of the longest cell, in bytes.
    pub(crate) fn longest(&self) -> usize {
        let mut start = 0;
        self.ends.iter().map(|end| end - std::mem::replace(&mut start, *end)).max().unwrap_or_default()
    }
}

/// Copies a cell without what exporters and Excel add to it: control and invisible characters, the
/// `\r` of line ends, and the `'` that keeps a cell from being taken for a formula.
fn push_clean(cell: &str, out: &mut String) {
    let mut characters = cell.chars();
    let guarded = characters.next() == Some('\'') && matches!(characters.next(), Some('+' | '-' | '=' | '@'));
    let cell = if guarded { cell.get(1..).unwrap_or_default() } else { cell };
    let is_kept = |c: char| matches!(c, '\n' | '\t') || !(c.is_control() || is_invisible(c));
    if cell.chars().all(is_kept) {
        out.push_str(cell);
    } else {
        out.extend(cell.chars().filter(|&c| is_kept(c)));
    }
}

/// Zero-width space, word joiner, byte order mark and soft hyphen: copied along from web pages, they split words unseen.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_cleaned() {
        let check = |cell: &str, expected: &str| {
            let mut cells = Cells::default();
            cells.fill(Encoding::Utf8, cell.as_bytes(), &[cell.len()]);
            assert_eq!(cells.iter().collect::<Vec<_>>(), [expected], "{cell:?}");
        };
        check("'=1+1", "=1+1");
        check("'-12", "-12");
        check("'quoted'", "'quoted'");
        check("'", "'");
        check("two\r\nlines", "two\nlines");
        check("nu\0ll \u{200B}width\u{FEFF}", "null width");
        check(" padded ", "padded");
    }

    #[test]
    fn silent_cells_have_no_value() {
        let mut cells = Cells::default();
        cells.fill(Encoding::Windows1252, b"St\xF6rungnull-", &[7, 11, 12]);
        assert_eq!((0..4).map(|column| cells.value(column)).collect::<Vec<_>>(), [Some("Störung"), None, None, None]);
        assert_eq!((cells.len(), cells.longest()), (3, 8));
    }
}
