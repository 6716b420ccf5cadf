//! Printing answers: JSON, CSV, and tables for people.

use crate::failure::Failure;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use std::io::Write;

/// Prints `answer` as one line of JSON to stdout.
pub(crate) fn json(answer: &impl serde::Serialize) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, answer)?;
    writeln!(out)?;
    Ok(())
}

/// Prints rows as CSV to stdout; cells that a spreadsheet would take for a formula get a leading apostrophe.
pub(crate) fn csv<Row, Cell>(header: &[&str], rows: impl IntoIterator<Item = Row>) -> Result<(), Failure>
where
    Row: IntoIterator<Item = Cell>,
    Cell: AsRef<str>,
{
    let mut writer = csv::Writer::from_writer(std::io::stdout().lock());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.into_iter().map(|cell| without_formula(cell.as_ref())))?;
    }
    writer.flush()?;
    Ok(())
}

fn without_formula(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    if !is_number && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// Prints lines of text to stdout.
pub(crate) fn text(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    Ok(())
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
