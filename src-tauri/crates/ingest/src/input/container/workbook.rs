//! Workbooks: each sheet of an XLSX or ODS file becomes a table of its own, as comma-separated text.
//!
//! The text holds what the sheet shows: values of formulas, dates written out (whatever the year that the
//! workbook counts from), all columns of hidden rows too. A cell that is merged over several rows says the same
//! in each of them. Where cells lead to web pages, a further column named `… link` holds the addresses. Empty
//! rows stay empty lines, so that a line of the text is a row of the sheet where no cell has several lines.

use super::{Limits, MIB, MemberInput, Packing, RATIO_LIMIT, workbook_parts};
use crate::IngestError;
use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xlsx, open_workbook_from_rs};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Cursor, Read},
    sync::Arc,
};
use workbook_parts::UNPACKED_LIMIT_MIB;
use zip::ZipArchive;

pub(super) type Archive = ZipArchive<Cursor<Arc<[u8]>>>;

/// Cells of all sheets that are read. ServiceNow stops at 500,000.
pub(super) const CELL_LIMIT: u64 = 10_000_000;
/// What all sheets together may become as text, in MiB.
pub(super) const TEXT_LIMIT_MIB: u64 = 256;

/// Why a workbook cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    #[error("it is no whole workbook: {0}")]
    Excel(#[from] calamine::XlsxError),
    #[error("it is no whole workbook: {0}")]
    Calc(#[from] calamine::OdsError),
    #[error("one of its parts is damaged: {0}")]
    Part(#[from] zip::result::ZipError),
    #[error("one of its parts cannot be unpacked: {0}")]
    Packing(#[from] io::Error),
    #[error("it is no whole workbook: {0}")]
    Markup(#[from] quick_xml::Error),
    #[error("it is no whole workbook: {0}")]
    Attribute(#[from] quick_xml::events::attributes::AttrError),
    #[error("it is no whole workbook: one of its parts ends before its last tag")]
    Unfinished,
    #[error("it does not say in a number how often a cell repeats")]
    Repetition,
    #[error("it has a cell outside of what a sheet can hold")]
    Place,
    #[error("its parts unpack to more than {RATIO_LIMIT} times their size or to more than {UNPACKED_LIMIT_MIB} MiB")]
    Unpacked,
    #[error("it has more than {CELL_LIMIT} cells; export it as CSV")]
    Cells,
    #[error("its cells hold more than {TEXT_LIMIT_MIB} MiB; export it as CSV")]
    Text,
}

/// The sheets of a workbook that say something; `None` when the document is no workbook.
pub(super) fn sheets(
    name: &str,
    archive: &Arc<[u8]>,
    zip: &mut Archive,
    limits: &mut Limits<'_>,
) -> Result<Option<Vec<MemberInput>>, IngestError> {
    let has = |name: &str| zip.index_for_name(name).is_some();
    let (is_excel, is_calc) = (has("xl/workbook.xml"), has("content.xml") && is_spreadsheet(&mut zip.clone()));
    if !is_excel && !is_calc {
        return Ok(None);
    }
    workbook_parts::check(zip).map_err(|cause| limits.refused(cause.to_string()))?;
    let bytes = Cursor::new(Arc::clone(archive));
    let mut budget = Budget { cells: CELL_LIMIT, text: TEXT_LIMIT_MIB * MIB };
    let texts = if is_excel { excel(bytes, &mut budget) } else { calc(bytes, &mut budget) };
    let mut members = Vec::new();
    for (sheet, text) in texts.map_err(|cause| limits.refused(cause.to_string()))? {
        limits.take_member()?;
        let (packed, size) = (text.len(), Some(text.len() as u64));
        let packing = Packing::Stored { crc: None };
        members.push(MemberInput {
            name: format!("{name}/{sheet}"),
            archive: text.into(),
            packing,
            start: 0,
            packed,
            size,
        });
    }
    Ok(Some(members))
}

fn is_spreadsheet(zip: &mut Archive) -> bool {
    let mut kind = String::new();
    let read = zip.by_name("mimetype").map(|entry| entry.take(200).read_to_string(&mut kind));
    read.is_ok() && kind.contains("opendocument.spreadsheet")
}

/// What may still be read.
struct Budget {
    cells: u64,
    /// Bytes.
    text: u64,
}

impl Budget {
    fn take_cell(&mut self, said: &str) -> Result<(), Unreadable> {
        self.cells = self.cells.checked_sub(1).ok_or(Unreadable::Cells)?;
        self.take_text(said.len() as u64 + 1)
    }

    fn take_text(&mut self, bytes: u64) -> Result<(), Unreadable> {
        self.text = self.text.checked_sub(bytes).ok_or(Unreadable::Text)?;
        Ok(())
    }
}

type Texts = Vec<(String, Vec<u8>)>;

fn excel(bytes: Cursor<Arc<[u8]>>, budget: &mut Budget) -> Result<Texts, Unreadable> {
    let mut book: Xlsx<_> = open_workbook_from_rs(bytes)?;
    let mut texts = Vec::new();
    for name in book.sheet_names() {
        // A sheet of charts has no cells.
        let Some(mut sheet) = excel_cells(&mut book, &name, budget)? else { continue };
        for merged in book.merge_cells_by_sheet_name(&name)? {
            sheet.repeat(merged.start, merged.end, budget)?;
        }
        for link in book.hyperlinks_by_sheet_name(&name)? {
            if let Some(target) = link.target.filter(|target| target.starts_with("http")) {
                budget.take_cell(&target)?;
                sheet.links.insert(link.range.start, target);
            }
        }
        texts.extend(sheet.text(budget)?.map(|text| (name, text)));
    }
    Ok(texts)
}

fn excel_cells(
    book: &mut Xlsx<Cursor<Arc<[u8]>>>,
    name: &str,
    budget: &mut Budget,
) -> Result<Option<Sheet>, Unreadable> {
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(None) };
    let mut sheet = Sheet::default();
    while let Some(cell) = cells.next_cell()? {
        let said = match cell.get_value() {
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Float(number) => number_text(*number),
            DataRef::Bool(flag) => bool_text(*flag),
            DataRef::DateTime(at) => date_text(at),
            // What a formula could not compute is unknown.
            DataRef::Error(_) | DataRef::Empty => continue,
        };
        budget.take_cell(&said)?;
        sheet.put(cell.get_position(), said);
    }
    Ok(Some(sheet))
}

fn calc(bytes: Cursor<Arc<[u8]>>, budget: &mut Budget) -> Result<Texts, Unreadable> {
    let mut book: Ods<_> = open_workbook_from_rs(bytes)?;
    let mut texts = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut sheet = Sheet::default();
        for (row, column, value) in range.used_cells() {
            let said = match value {
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
                Data::Int(number) => number.to_string(),
                Data::Float(number) => number_text(*number),
                Data::Bool(flag) => bool_text(*flag),
                Data::DateTime(at) => date_text(at),
                _ => continue,
            };
            budget.take_cell(&said)?;
            let position = |first: u32, at: usize| first.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
            sheet.put((position(first_row, row), position(first_column, column)), said);
        }
        texts.extend(sheet.text(budget)?.map(|text| (name, text)));
    }
    Ok(texts)
}

/// Whole numbers without a fraction or an exponent: ids are numbers to a spreadsheet.
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e18 { format!("{number:.0}") } else { number.to_string() }
}

fn bool_text(flag: bool) -> String {
    if flag { "TRUE" } else { "FALSE" }.to_owned()
}

/// A date as ISO 8601 writes it, without the clock where it shows midnight: a day and its midnight are the same number.
fn date_text(at: &ExcelDateTime) -> String {
    if at.is_duration() {
        return number_text(at.as_f64());
    }
    let (year, month, day, hour, minute, second, millis) = at.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second, millis) {
        (0, 0, 0, 0) => date,
        (.., 0) => format!("{date} {hour:02}:{minute:02}:{second:02}"),
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}.{millis:03}"),
    }
}

/// The cells of one sheet that say something, by row and column from 0.
#[derive(Default)]
struct Sheet {
    rows: BTreeMap<u32, BTreeMap<u32, String>>,
    links: BTreeMap<(u32, u32), String>,
}

impl Sheet {
    fn put(&mut self, (row, column): (u32, u32), said: String) {
        if !said.trim().is_empty() {
            self.rows.entry(row).or_default().insert(column, said);
        }
    }

    /// Says what a merged cell says in each of its rows. One that spans columns is a title or groups headings.
    fn repeat(&mut self, start: (u32, u32), end: (u32, u32), budget: &mut Budget) -> Result<(), Unreadable> {
        let said = self.rows.get(&start.0).and_then(|row| row.get(&start.1)).cloned();
        let Some(said) = said.filter(|_| start.1 == end.1) else { return Ok(()) };
        let last = self.rows.last_key_value().map_or(0, |(row, _)| *row);
        for row in start.0.saturating_add(1)..=end.0.min(last) {
            budget.take_cell(&said)?;
            self.put((row, start.1), said.clone());
        }
        Ok(())
    }

    /// The sheet as comma-separated text, every row as wide as the widest; `None` when nothing is in it.
    fn text(mut self, budget: &mut Budget) -> Result<Option<Vec<u8>>, Unreadable> {
        let columns: BTreeSet<u32> = self.rows.values().flat_map(|row| row.keys().copied()).collect();
        let (Some(&first), Some(&last)) = (columns.first(), columns.last()) else { return Ok(None) };
        self.add_links(last);
        let last = self.rows.values().filter_map(|row| row.last_key_value()).map(|(column, _)| *column).max();
        let last = last.unwrap_or(first);
        // A few cells far apart are mostly commas and line ends.
        let width = u64::from(last - first) + 1;
        let lines = self.rows.last_key_value().map_or(0, |(row, _)| u64::from(*row) + 1);
        budget.take_text((self.rows.len() as u64).saturating_mul(width).saturating_add(lines))?;
        let mut text = Vec::new();
        let mut line = 0;
        for (row, cells) in &self.rows {
            while line < *row {
                text.push(b'\n');
                line += 1;
            }
            for column in first..=last {
                if column > first {
                    text.push(b',');
                }
                push_cell(cells.get(&column).map_or("", String::as_str), &mut text);
            }
        }
        text.push(b'\n');
        Ok(Some(text))
    }

    /// Puts addresses behind cells into columns of their own, under the heading above the first of them.
    fn add_links(&mut self, last: u32) {
        let mut linked: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
        for ((row, column), url) in std::mem::take(&mut self.links) {
            linked.entry(column).or_default().push((row, url));
        }
        for (n, (column, links)) in (1..).zip(linked) {
            let target = last.saturating_add(n);
            let first_link = links.first().map_or(0, |(row, _)| *row);
            // Headings are the fullest row above; a title has one cell.
            let heading = self.rows.range(..first_link).max_by_key(|(row, cells)| (cells.len(), u32::MAX - **row));
            let named = heading.map(|(row, cells)| (*row, cells.get(&column).cloned().unwrap_or_default()));
            if let Some((row, name)) = named {
                self.put((row, target), format!("{name} link"));
            }
            for (row, url) in links {
                self.put((row, target), url);
            }
        }
    }
}

/// A cell in quotation marks where it needs them.
fn push_cell(cell: &str, text: &mut Vec<u8>) {
    if cell.contains([',', '"', '\n', '\r']) {
        text.push(b'"');
        text.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
        text.push(b'"');
    } else {
        text.extend_from_slice(cell.as_bytes());
    }
}

#[cfg(test)]
#[path = "workbook_tests.rs"]
mod tests;
