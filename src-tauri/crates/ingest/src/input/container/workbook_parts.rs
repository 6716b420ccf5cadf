//! What the parts of a workbook would become, measured before they are laid out.
//!
//! The library that reads workbooks takes a part at its word: a sheet may say in sixty bytes that a row of 16,384 cells
//! repeats a million times, and one that ends before its last tag is waited for without end. So each part is
//! unpacked once and its tags are walked, with nothing kept but sums.

use super::workbook::{Archive, CELL_LIMIT, TEXT_LIMIT_MIB, Unreadable};
use super::{MIB, RATIO_LIMIT, SMALL};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::io::{self, BufRead, BufReader, Read};

/// What the parts of a workbook may unpack to together, in MiB.
pub(super) const UNPACKED_LIMIT_MIB: u64 = 1024;
/// Columns of the widest sheet of any program.
const COLUMN_LIMIT: u64 = 16_384;
/// Letters and digits of the last cell that a sheet can have, `XFD1048576`.
const REFERENCE: (usize, usize) = (3, 7);

/// Whether every part unpacks to a size that a workbook can have (what they say of their size need not be true), is
/// whole, and lays out no more cells than are read.
pub(super) fn check(zip: &mut Archive) -> Result<(), Unreadable> {
    let mut left = UNPACKED_LIMIT_MIB * MIB;
    for index in 0..zip.len() {
        let part = zip.by_index(index)?;
        let is_markup = part.name().ends_with(".xml") || part.name().ends_with(".rels");
        let allowed = part.compressed_size().saturating_mul(RATIO_LIMIT).max(SMALL).min(left);
        let mut part = part.take(allowed + 1);
        let walked = if is_markup { walk(BufReader::new(&mut part)) } else { Ok(()) };
        io::copy(&mut part, &mut io::sink())?;
        let unpacked = allowed + 1 - part.limit();
        left = left.checked_sub(unpacked).filter(|_| unpacked <= allowed).ok_or(Unreadable::Unpacked)?;
        walked?;
    }
    Ok(())
}

/// Walks the tags of a part to its end.
fn walk(part: impl BufRead) -> Result<(), Unreadable> {
    let mut reader = Reader::from_reader(part);
    let mut buffer = Vec::new();
    let mut extent = Extent::default();
    let mut open = 0_u64;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(tag) => {
                open += 1;
                extent.begin(&tag)?;
            }
            Event::Empty(tag) => {
                extent.begin(&tag)?;
                extent.end(tag.local_name().as_ref())?;
            }
            Event::End(tag) => {
                open = open.saturating_sub(1);
                extent.end(tag.local_name().as_ref())?;
            }
            Event::Text(text) => extent.cell.text += text.len() as u64,
            Event::CData(text) => extent.cell.text += text.len() as u64,
            Event::GeneralRef(_) => extent.cell.text += 4,
            Event::Eof if open > 0 => return Err(Unreadable::Unfinished),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What the sheets of an ODS file become when everything that repeats is repeated.
#[derive(Debug, Default)]
struct Extent {
    cell: Cell,
    row: Row,
    /// Rows of the sheet so far, its widest, and the cells of all sheets before it.
    rows: u64,
    widest: u64,
    cells: u64,
    /// Bytes of all cells.
    text: u64,
}

#[derive(Debug, Default)]
struct Cell {
    says_something: bool,
    repeats: u64,
    /// Bytes.
    text: u64,
}

#[derive(Debug, Default)]
struct Row {
    repeats: u64,
    columns: u64,
    /// Empty cells behind the last one that says something: they are laid out only where another one follows.
    trailing: u64,
    text: u64,
}

impl Extent {
    fn begin(&mut self, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        match tag.local_name().as_ref() {
            "table" => (self.rows, self.widest) = (0, 0),
            "table-row" => self.row = Row { repeats: number(tag, "number-rows-repeated")?, ..Row::default() },
            "table-cell" | "covered-table-cell" => self.cell = Cell::begun(tag)?,
            // So many blanks.
            "s" => self.cell.text = self.cell.text.saturating_add(number(tag, "c")?),
            // The sheets of an XLSX file say where each cell is; nothing in them repeats.
            "c" | "row" | "dimension" | "mergeCell" | "hyperlink" => check_references(tag)?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "table-cell" | "covered-table-cell" => self.end_cell(),
            "table-row" => return self.end_row(),
            "table" => self.cells = self.cells.saturating_add(self.rows.saturating_mul(self.widest)),
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let Cell { says_something, repeats, text } = std::mem::take(&mut self.cell);
        self.row.trailing = self.row.trailing.saturating_add(repeats).min(COLUMN_LIMIT);
        if says_something {
            self.row.columns = (self.row.columns + std::mem::take(&mut self.row.trailing)).min(COLUMN_LIMIT);
            self.row.text = self.row.text.saturating_add(text.saturating_mul(repeats.min(COLUMN_LIMIT)));
        }
    }

    fn end_row(&mut self) -> Result<(), Unreadable> {
        let Row { repeats, columns, text, .. } = std::mem::take(&mut self.row);
        self.rows = self.rows.saturating_add(repeats);
        self.widest = self.widest.max(columns);
        if columns == 0 {
            return Ok(());
        }
        // Empty rows at the end are not laid out, so that a sheet is as large as it is at a row that says something.
        if self.cells.saturating_add(self.rows.saturating_mul(self.widest)) > CELL_LIMIT {
            return Err(Unreadable::Cells);
        }
        self.text = self.text.saturating_add(text.saturating_mul(repeats));
        if self.text > TEXT_LIMIT_MIB * MIB { Err(Unreadable::Text) } else { Ok(()) }
    }
}

impl Cell {
    fn begun(tag: &BytesStart<'_>) -> Result<Self, Unreadable> {
        let mut cell = Self { repeats: number(tag, "number-columns-repeated")?, ..Self::default() };
        for attribute in tag.attributes() {
            let attribute = attribute?;
            if matches!(attribute.key.local_name().as_ref(), "formula" | "value-type")
                || attribute.key.local_name().as_ref().ends_with("value")
            {
                cell.says_something = true;
                cell.text += attribute.value.len() as u64;
            }
        }
        Ok(cell)
    }
}

/// The number that an attribute says; 1 where there is none.
fn number(tag: &BytesStart<'_>, name: &str) -> Result<u64, Unreadable> {
    for attribute in tag.attributes() {
        let attribute = attribute?;
        if attribute.key.local_name().as_ref() == name {
            return attribute.value.trim().parse().map_err(|_| Unreadable::Repetition);
        }
    }
    Ok(1)
}

/// Whether the cells that a tag names are those of a sheet: `B12`, `A1:XFD1048576`, the row `12`.
fn check_references(tag: &BytesStart<'_>) -> Result<(), Unreadable> {
    for attribute in tag.attributes() {
        let attribute = attribute?;
        if !matches!(attribute.key.0, "r" | "ref") {
            continue;
        }
        for reference in attribute.value.split(':') {
            let letters = reference.bytes().filter(u8::is_ascii_alphabetic).count();
            if letters > REFERENCE.0 || reference.len() - letters > REFERENCE.1 {
                return Err(Unreadable::Place);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sheet of an ODS file with these rows.
    fn rows(rows: &str) -> String {
        format!("<a:content><table:table table:name=\"T\">{rows}</table:table></a:content>")
    }

    fn row(repeats: u64, cells: &str) -> String {
        format!("<table:table-row table:number-rows-repeated=\"{repeats}\">{cells}</table:table-row>")
    }

    fn cell(repeats: u64, said: &str) -> String {
        format!("<table:table-cell table:number-columns-repeated=\"{repeats}\" {said}</table:table-cell>")
    }

    #[test]
    fn what_a_part_would_become_is_known_before_it_is_laid_out() {
        const NUMBER: &str = "office:value=\"1\">";
        const TEXT: &str = "office:value-type=\"string\"><text:p>x</text:p>";
        let check = |part: String, expected: &str| {
            let said = walk(part.as_bytes()).map_or_else(|refused| refused.to_string(), |()| "read".to_owned());
            assert!(said.contains(expected), "{said}: {part:.300}");
        };
        check(rows(&row(1, &(cell(2, TEXT) + &cell(16_382, ">")))), "read");
        check(rows(&(row(1, &cell(1, TEXT)) + &row(1_048_575, &cell(16_384, ">")))), "read");
        check(rows(&row(600, &cell(16_384, NUMBER))), "read");
        check(rows(&row(700, &cell(16_384, NUMBER))), "more than 10000000 cells");
        check(rows(&row(1, &(cell(16_383, ">") + &cell(1, NUMBER))).repeat(700)), "more than 10000000 cells");
        check(rows(&(row(9_999_999, &cell(1, ">")) + &row(1, &cell(2, NUMBER)))), "more than 10000000 cells");
        check(rows(&row(u64::MAX, &cell(u64::MAX, NUMBER))), "more than 10000000 cells");
        let wordy = format!("office:value-type=\"string\"><text:p>{}</text:p>", "x".repeat(100_000));
        check(rows(&row(1, &cell(16_000, &wordy))), "more than 256 MiB");
        check(rows(&row(3000, &cell(1, &wordy))), "more than 256 MiB");
        let blanks = "office:value-type=\"string\"><text:s text:c=\"4000000000\"/>";
        check(rows(&row(1, &cell(1, blanks))), "more than 256 MiB");
        check(rows(&row(1, &cell(1, "office:value-type=\"string\"><text:s text:c=\"many\"/>"))), "how often");
        check(rows("<table:table-row>"), "no whole workbook");
        check("<content><table name=\"T\">".to_owned(), "ends before its last tag");
        check("<sheetData><row r=\"1048576\"><c r=\"XFD1048576\"/></row></sheetData>".to_owned(), "read");
        check("<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>".to_owned(), "read");
        for reference in ["r=\"ABCDEFGHIJ1\"", "r=\"A99999999999\"", "ref=\"A1:A99999999999\"", "r=\"é99999999\""] {
            check(format!("<sheetData><c {reference}/></sheetData>"), "outside of what a sheet can hold");
        }
    }
}
