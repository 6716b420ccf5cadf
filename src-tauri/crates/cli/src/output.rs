//! Printing answers: JSON, CSV, and tables for people.

use crate::failure::Failure;
use change_ledger_app::{AppError, without_formula};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use console::Term;
use std::io::Write;

/// Prints `answer` as one line of JSON to stdout.
pub(crate) fn json(answer: &impl serde::Serialize) -> Result<(), Failure> {
    let print = || {
        let mut out = std::io::stdout().lock();
        serde_json::to_writer(&mut out, answer)?;
        Ok(writeln!(out)?)
    };
    unless_unread(print())
}

/// Whoever reads the answer may have seen enough before its end; the exit code still says what was found.
fn unless_unread(printed: Result<(), Failure>) -> Result<(), Failure> {
    match printed {
        Err(failure) if failure.is_unread() => Ok(()),
        printed => printed,
    }
}

/// Prints rows as CSV to stdout; cells that a spreadsheet would take for a formula get a leading apostrophe.
pub(crate) fn csv<Row, Cell>(header: &[&str], rows: impl IntoIterator<Item = Row>) -> Result<(), Failure>
where
    Row: IntoIterator<Item = Cell>,
    Cell: AsRef<str>,
{
    let print = || {
        let mut writer = csv::Writer::from_writer(std::io::stdout().lock());
        writer.write_record(header)?;
        for row in rows {
            writer.write_record(row.into_iter().map(|cell| without_formula(cell.as_ref())))?;
        }
        Ok(writer.flush()?)
    };
    unless_unread(print())
}

/// Lets `write` print to stdout what is too long to be in memory as a whole.
pub(crate) fn streamed(write: impl FnOnce(&mut dyn Write) -> Result<(), AppError>) -> Result<(), Failure> {
    let mut out = Unread { out: std::io::BufWriter::new(std::io::stdout().lock()), gone: false };
    let written = write(&mut out).map_err(Failure::from).and_then(|()| Ok(out.flush()?));
    if out.gone { Ok(()) } else { written }
}

/// Notices when whoever read the answer went away, which inside an [`AppError`] could not be told from a full disk.
struct Unread<W> {
    out: W,
    gone: bool,
}

impl<W: Write> Unread<W> {
    fn noticed<T>(&mut self, written: std::io::Result<T>) -> std::io::Result<T> {
        self.gone |= written.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe);
        written
    }
}

impl<W: Write> Write for Unread<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes);
        self.noticed(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let flushed = self.out.flush();
        self.noticed(flushed)
    }
}

/// Prints lines of text to stdout.
pub(crate) fn text(text: &str) -> Result<(), Failure> {
    let print = || {
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            out.write_all(b"\n")?;
        }
        Ok(())
    };
    unless_unread(print())
}

/// A plain table; the columns in `right` are numbers.
pub(crate) fn table(header: &[&str], right: &[usize], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header.to_vec());
    for row in rows {
        table.add_row(row.into_iter().map(|cell| printable(&cell)));
    }
    for &column in right {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// A plain table no wider than the terminal, or than 120 columns without one. Where it is too wide, the cells of the
/// `flexible` columns are cut with an ellipsis, the first of them first; no other column loses anything.
pub(crate) fn fitted(header: &[&str], right: &[usize], flexible: &[usize], rows: Vec<Vec<String>>) -> String {
    table(header, right, fit(header, flexible, rows, width()))
}

/// Columns of the terminal that the answer goes to.
pub(crate) fn width() -> usize {
    const WITHOUT_TERMINAL: usize = 120;
    Term::stdout().size_checked().map_or(WITHOUT_TERMINAL, |(_, columns)| usize::from(columns))
}

/// Text of at most `width` columns, with an ellipsis where something is left out.
pub(crate) fn cut(text: &str, width: usize) -> String {
    console::truncate_str(text, width, "…").into_owned()
}

/// `1 row`, `2 rows`.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Cuts cells of the `flexible` columns until the rows need no more than `width` columns, as far as that is possible.
fn fit(header: &[&str], flexible: &[usize], mut rows: Vec<Vec<String>>, width: usize) -> Vec<Vec<String>> {
    /// Fewer columns say nothing any more.
    const NARROWEST: usize = 12;
    /// Blanks before and after each column.
    const BLANKS: usize = 2;
    let columns = |column: usize, rows: &[Vec<String>]| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| console::measure_text_width(cell));
        cells.chain(header.get(column).map(|name| name.len())).max().unwrap_or_default()
    };
    let needed: usize = (0..header.len()).map(|column| columns(column, &rows) + BLANKS).sum();
    let mut excess = needed.saturating_sub(width);
    for &column in flexible {
        let natural = columns(column, &rows);
        let narrowest = NARROWEST.max(header.get(column).map_or(0, |name| name.len()));
        let narrowed = natural.saturating_sub(excess).max(narrowest.min(natural));
        excess -= natural - narrowed;
        for cell in rows.iter_mut().filter_map(|row| row.get_mut(column)) {
            *cell = cut(&printable(cell), narrowed);
        }
    }
    rows
}

/// Imported text without characters that could steer a terminal or turn the direction of what is read.
pub(crate) fn printable(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if c.is_control() || turns(c) { ' ' } else { c }).collect()
}

/// A count, or `n/a`.
pub(crate) fn or_na<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map_or_else(|| "n/a".to_owned(), |value| value.to_string())
}

/// A share as per cent with one decimal, or `n/a`.
pub(crate) fn percent(share: Option<f64>) -> String {
    or_na(share.map(|share| format!("{:.1} %", share * 100.0)))
}

/// Hours with one decimal, or `n/a`.
pub(crate) fn hours(hours: Option<f64>) -> String {
    or_na(hours.map(|hours| format!("{hours:.1} h")))
}

/// A distance in time for people: minutes, hours, and days from 72 hours on: `40 min`, `5 h`, `5 d`.
pub(crate) fn distance(hours: f64) -> String {
    let hours = hours.abs();
    let minutes = (hours * 60.0).round();
    if minutes < 1.0 {
        "less than 1 min".to_owned()
    } else if minutes < 60.0 {
        format!("{minutes} min")
    } else if hours < 72.0 {
        format!("{hours:.0} h")
    } else {
        format!("{:.0} d", hours / 24.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_cut_where_it_may_be_until_it_fits() {
        let rows = || vec![vec!["github:acme/pay#7".to_owned(), "mara".repeat(8), "A long title ".repeat(9)]];
        /// The id, and twelve columns for each of the others, with their blanks.
        const MINIMUM: usize = 17 + 12 + 12 + 6;
        let check = |width: usize, author: &str, title: usize| {
            let fitted = fit(&["id", "author", "title"], &[1, 2], rows(), width);
            let cells: Vec<_> = fitted[0].iter().map(String::as_str).collect();
            assert_eq!(cells[0], "github:acme/pay#7");
            assert_eq!(cells[1], author, "{width}");
            assert_eq!(console::measure_text_width(cells[2]), title, "{width}");
            let line = table(&["id", "author", "title"], &[], fitted.clone());
            assert!(
                line.lines().all(|line| console::measure_text_width(line) <= width.max(MINIMUM)),
                "{width}: {line}"
            );
        };
        check(400, &"mara".repeat(8), 117);
        check(100, "maramaramar…", 65);
        check(60, "maramaramar…", 25);
        check(10, "maramaramar…", 12);
    }

    #[test]
    fn distances_are_told_in_the_unit_that_a_person_would_choose() {
        let check = |hours: f64, expected: &str| assert_eq!(distance(hours), expected, "{hours}");
        check(-0.001, "less than 1 min");
        check(0.5, "30 min");
        check(0.9999, "1 h");
        check(-5.2, "5 h");
        check(71.4, "71 h");
        check(120.0, "5 d");
        check(-382.4, "16 d");
    }
}
