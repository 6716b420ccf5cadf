//! Workbooks: the parts of XLSX and ODS files.

use super::archive::zip;
use crate::any_file;
use change_ledger_ingest::{Input, MemoryInput, members};
use std::io::Read;
use zip::CompressionMethod;

/// How much text the sheets of a workbook may become.
const TEXT_LIMIT: usize = 256 * 1024 * 1024;

/// The parts of a small workbook, by the number that chooses which of them is replaced.
const EXCEL: [(&str, &str); 5] = [
    ("xl/worksheets/sheet1.xml", SHEET),
    ("xl/sharedStrings.xml", "<sst><si><t>Title</t></si><si><r><t>a</t></r><r><t> b</t></r></si></sst>"),
    (
        "xl/styles.xml",
        "<styleSheet><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>",
    ),
    (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><workbookPr date1904=\"0\"/><sheets><sheet name=\"Page 1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    ),
    (
        "xl/worksheets/_rels/sheet1.xml.rels",
        "<Relationships><Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"https://github.com/acme/pay/pull/12\" TargetMode=\"External\"/></Relationships>",
    ),
];

const SHEET: &str = "<worksheet xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><dimension ref=\"A1:C3\"/><sheetData>\
    <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Nr</t></is></c><c r=\"B1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"str\"><v>At</v></c></row>\
    <row r=\"2\"><c r=\"A2\"><v>118</v></c><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"C2\" s=\"1\"><v>46297.135</v></c></row>\
    <row r=\"3\"><c r=\"A3\"><f>1/0</f></c><c r=\"B3\" t=\"e\"><v>#REF!</v></c><c r=\"C3\" t=\"b\"><v>1</v></c></row></sheetData>\
    <mergeCells count=\"1\"><mergeCell ref=\"B2:B3\"/></mergeCells><hyperlinks><hyperlink ref=\"A2\" r:id=\"rId9\"/></hyperlinks></worksheet>";

const CONTENT: &str = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Page 1\">\
    <table:table-row><table:table-cell office:value-type=\"string\"><text:p>Nr</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>At<text:s text:c=\"2\"/></text:p></table:table-cell></table:table-row>\
    <table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"2\"/></table:table-row>\
    <table:table-row table:number-rows-repeated=\"2\"><table:table-cell office:value-type=\"float\" office:value=\"118\"/><table:table-cell office:value-type=\"date\" office:date-value=\"2026-09-03T01:51:40\"/><table:table-cell table:number-columns-repeated=\"16382\"/></table:table-row>\
    </table:table></office:spreadsheet></office:body></office:document-content>";

/// The first byte says which part of a workbook the rest is.
///
/// A workbook is refused in a sentence, or its sheets are tables of a bounded size that can be read as any other.
pub(super) fn check(bytes: &[u8]) {
    let Some((first, part)) = bytes.split_first() else { return };
    match members(&MemoryInput::new("book", packed(usize::from(*first), part))) {
        Ok(None) => {}
        Ok(Some(sheets)) => {
            for sheet in sheets.files {
                let mut text = Vec::new();
                sheet.open().unwrap().read_to_end(&mut text).unwrap();
                assert!(text.len() <= TEXT_LIMIT && sheet.len() == Some(text.len() as u64));
                let text = std::str::from_utf8(&text).unwrap();
                if text.len() < 64 * 1024 {
                    any_file::check(text.as_bytes(), &any_file::options());
                }
            }
        }
        Err(refusal) => {
            let said = refusal.to_string();
            assert!(said.ends_with('.') && refusal.hint().is_some(), "{said}");
        }
    }
}

fn packed(which: usize, part: &[u8]) -> Vec<u8> {
    if which % 6 == EXCEL.len() {
        let kind = b"application/vnd.oasis.opendocument.spreadsheet";
        return zip(&[("mimetype", kind), ("content.xml", part)], CompressionMethod::Stored).unwrap();
    }
    let types = ("[Content_Types].xml", b"<Types/>".as_slice());
    let links = (
        "xl/_rels/workbook.xml.rels",
        b"<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>".as_slice(),
    );
    let parts = EXCEL
        .iter()
        .enumerate()
        .map(|(at, (name, text))| (*name, if at == which % 6 { part } else { text.as_bytes() }));
    let all: Vec<(&str, &[u8])> = [types, links].into_iter().chain(parts).collect();
    zip(&all, CompressionMethod::Stored).unwrap()
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let parts = EXCEL.iter().map(|(_, text)| *text).chain([CONTENT]);
    (0_u8..).zip(parts).map(|(first, text)| [&[first][..], text.as_bytes()].concat()).collect()
}
