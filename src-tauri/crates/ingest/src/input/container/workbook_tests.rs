use crate::{Input, MemoryInput, Options, members, table::test_support::import};
use change_ledger_model::source::SourceKind;
use std::io::{Cursor, Read, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A cell: `#…` is a number, `@…` a date's number, `!` an error, the rest a text.
fn cell(reference: &str, said: &str) -> String {
    match said.split_at(said.len().min(1)) {
        ("#", number) => format!("<c r=\"{reference}\"><v>{number}</v></c>"),
        ("@", number) => format!("<c r=\"{reference}\" s=\"1\"><v>{number}</v></c>"),
        ("!", _) => format!("<c r=\"{reference}\" t=\"e\"><v>#REF!</v></c>"),
        _ => format!("<c r=\"{reference}\" t=\"inlineStr\"><is><t>{said}</t></is></c>"),
    }
}

fn sheet(rows: &[(u32, &[&str])], more: &str) -> String {
    let mut data = String::new();
    for (row, cells) in rows {
        let cells: String = ('A'..)
            .zip(*cells)
            .filter(|(_, said)| !said.is_empty())
            .map(|(column, said)| cell(&format!("{column}{row}"), said))
            .collect();
        data += &format!("<row r=\"{row}\">{cells}</row>");
    }
    format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheetData>{data}</sheetData>{more}</worksheet>"
    )
}

fn workbook(sheets: &[String], properties: &str, links: &str) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let listed: String =
        (1..=sheets.len()).map(|n| format!("<sheet name=\"Page {n}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>")).collect();
    let targets: String = (1..=sheets.len())
        .map(|n| {
            format!("<Relationship Id=\"rId{n}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>")
        })
        .collect();
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned()),
        ("_rels/.rels".to_owned(), format!("<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
        ("xl/workbook.xml".to_owned(), format!("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{OFFICE}\">{properties}<sheets>{listed}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships xmlns=\"{RELATIONS}\">{targets}</Relationships>")),
        ("xl/styles.xml".to_owned(), "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>".to_owned()),
        ("xl/worksheets/_rels/sheet1.xml.rels".to_owned(), format!("<Relationships xmlns=\"{RELATIONS}\">{links}</Relationships>")),
    ];
    parts.extend((1..).zip(sheets).map(|(n, text)| (format!("xl/worksheets/sheet{n}.xml"), text.clone())));
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    packed(&parts)
}

fn texts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let found = members(&MemoryInput::new("book.xlsx", bytes)).unwrap().unwrap().files;
    let text = |member: &crate::MemberInput| {
        let mut text = String::new();
        member.open().unwrap().read_to_string(&mut text).unwrap();
        (member.name().to_owned(), text)
    };
    found.iter().map(text).collect()
}

#[test]
fn every_sheet_becomes_a_table() {
    let first =
        sheet(&[(1, &["Number", "Title"]), (2, &["#118", "a, \"b\""]), (4, &["#1234567890123456", "x&amp;y"])], "");
    let second = sheet(&[(1, &["Number", "Title"]), (2, &["#119", "c"])], "");
    assert_eq!(
        texts(workbook(&[first, second, sheet(&[], "")], "", "")),
        [
            ("book.xlsx/Page 1".to_owned(), "Number,Title\n118,\"a, \"\"b\"\"\"\n\n1234567890123456,x&y\n".to_owned()),
            ("book.xlsx/Page 2".to_owned(), "Number,Title\n119,c\n".to_owned()),
        ]
    );
}

#[test]
fn dates_are_written_out_from_either_epoch() {
    let check = |properties: &str, number: &str, expected: &str| {
        let book = workbook(&[sheet(&[(1, &["A", "At"]), (2, &["x", number])], "")], properties, "");
        assert_eq!(texts(book)[0].1, format!("A,At\nx,{expected}\n"), "{number} {properties}");
    };
    check("", "@46297.135416666664", "2026-10-02 03:15:00");
    check("", "@46297", "2026-10-02");
    check("<workbookPr date1904=\"1\"/>", "@44835.135416666664", "2026-10-02 03:15:00");
    check("", "@46297.1354224537", "2026-10-02 03:15:00.500");
    check("", "#46297.5", "46297.5");
    check("", "!", "");
}

#[test]
fn merged_rows_repeat_and_links_get_a_column_of_their_own() {
    let rows: &[(u32, &[&str])] = &[
        (1, &["Change register"]),
        (3, &["Nr", "Title", "System", "At"]),
        (4, &["PR-12", "a", "pay", "@46297"]),
        (5, &["PR-13", "b", "", "@46298"]),
    ];
    let more = "<mergeCells count=\"2\"><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"C4:C5\"/></mergeCells><hyperlinks><hyperlink ref=\"A4\" r:id=\"rId9\"/></hyperlinks>";
    let link = "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"https://github.com/acme/pay/pull/12\" TargetMode=\"External\"/>";
    assert_eq!(
        texts(workbook(&[sheet(rows, more)], "", link))[0].1,
        "Change register,,,,\n\nNr,Title,System,At,Nr link\nPR-12,a,pay,2026-10-02,https://github.com/acme/pay/pull/12\nPR-13,b,pay,2026-10-03,\n"
    );
}

#[test]
fn a_sheet_with_a_title_and_a_total_is_read_through_a_profile() {
    let rows: &[(u32, &[&str])] = &[
        (1, &["Change register 2026"]),
        (2, &["", "made by the CAB"]),
        (4, &["Change-Nr.", "Typ", "Titel", "Umgesetzt am", "Freigabe durch"]),
        (5, &["CR-118", "Notfall", "Firewall", "@46297.135416666664", "N. Roe"]),
        (6, &["Summe", "", "", "", "#1"]),
    ];
    let text = texts(workbook(&[sheet(rows, "")], "", "")).remove(0).1;
    let profile = crate::ColumnProfile::from_toml(
        "name = \"register\"\n[columns]\nnumber = \"Change-Nr.\"\nimplemented_at = \"Umgesetzt am\"\napprover = \"Freigabe durch\"\n",
    )
    .unwrap();
    let held = import(text.as_bytes(), &Options { profile: Some(profile), ..Options::default() }).unwrap();
    assert_eq!((held.reading.kind, held.reading.title_rows), (SourceKind::GenericCsv, 2));
    let [change] = held.changes()[..] else { panic!("one change") };
    assert_eq!(
        (change.number.as_str(), change.implemented_at.unwrap().to_string().as_str()),
        ("CR-118", "2026-10-02T03:15:00Z")
    );
    assert_eq!((held.rows.len(), held.rejects.len(), held.rows[0].place.line), (2, 0, Some(5)));
}

#[test]
fn a_servicenow_workbook_is_recognised_by_its_labels() {
    let header: &[&str] = &[
        "Number",
        "Type",
        "State",
        "Short description",
        "Requested by",
        "Actual start date",
        "Actual end date",
        "Opened",
    ];
    let row: &[&str] =
        &["CHG0041877", "Emergency", "Closed", "Restart", "Nadia Roe", "@46297.135416666664", "@46297.2", "@46297"];
    let text = texts(workbook(&[sheet(&[(1, header), (2, row)], "")], "", "")).remove(0).1;
    let held = import(text.as_bytes(), &Options::default()).unwrap();
    assert_eq!(
        (held.reading.kind, held.tickets()[0].id.as_str()),
        (SourceKind::ServicenowCsv, "servicenow:CHG0041877")
    );
}

#[test]
fn an_open_document_is_read_as_well() {
    let content = "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"T\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>Nr</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>At</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type=\"float\" office:value=\"12\"><text:p>12</text:p></table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"2026-10-02T03:15:00\"><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let book = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("META-INF/manifest.xml", manifest.to_owned()),
        ("content.xml", content.to_owned()),
    ]);
    assert_eq!(texts(book), [("book.xlsx/T".to_owned(), "Nr,At\n12,2026-10-02T03:15:00\n".to_owned())]);
}

#[test]
fn documents_bombs_and_damage_are_refused_or_passed_over() {
    let document = packed(&[("[Content_Types].xml", String::new()), ("word/document.xml", "<w/>".to_owned())]);
    assert!(members(&MemoryInput::new("x.docx", document)).unwrap().is_none());
    let bomb = workbook(&[sheet(&[(1, &["a"])], &" ".repeat(8 * 1024 * 1024))], "", "");
    let refused = members(&MemoryInput::new("x.xlsx", bomb)).unwrap_err().to_string();
    assert!(refused.contains("200 times"), "{refused}");
    // One cell at either end of a sheet is two cells, and ten thousand rows of commas.
    let far = "<c r=\"XFD1\"><v>1</v></c></row>";
    let rows: String =
        (2..20_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c></row>")).collect();
    let sparse = sheet(&[], "").replace("<sheetData>", &format!("<sheetData><row r=\"1\">{far}{rows}"));
    let refused = members(&MemoryInput::new("x.xlsx", workbook(&[sparse], "", ""))).unwrap_err().to_string();
    assert!(refused.contains("more than 256 MiB"), "{refused}");
    let broken =
        packed(&[("[Content_Types].xml", String::new()), ("xl/workbook.xml", "<workbook><sheets>".to_owned())]);
    let refused = members(&MemoryInput::new("x.xlsx", broken)).unwrap_err().to_string();
    assert!(refused.contains("no whole workbook"), "{refused}");
}
