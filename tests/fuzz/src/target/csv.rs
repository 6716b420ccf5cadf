//! Tables: where rows and cells end, and what a cell says.

use crate::{any_file, fixtures};
use change_ledger_ingest::{ColumnProfile, Encoding, MemoryInput, Options};
use change_ledger_model::{record::Record, source::SourceKind};
use csv::{Terminator, WriterBuilder};

/// Stand between cells and rows in the bytes of this target, because no table has them.
const CELL: char = '\u{1F}';
const ROW: char = '\u{1E}';

/// Besides what holds of any file: a table says the same with every separator, line end and encoding.
pub(super) fn check(bytes: &[u8]) {
    let profile = ColumnProfile::from_toml(
        "name = \"register\"\n[columns]\nnumber = \"Nr\"\ntitle = \"Title\"\nimplemented_at = \"At\"\nlabels = \"Labels\"",
    )
    .unwrap();
    let options = Options { source: Some(SourceKind::GenericCsv), profile: Some(profile), ..any_file::options() };
    any_file::check(bytes, &options);
    any_file::check(bytes, &any_file::options());
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // A file with many control characters is no text.
    let is_separator = |c| matches!(c, CELL | ROW | '\n' | '\r' | '\t');
    if text.chars().any(|c| c.is_control() && !is_separator(c)) {
        return;
    }
    let rows: Vec<[&str; 2]> = text.split(ROW).take(30).map(cells).collect();
    let expected = records(&written(&rows, b',', Terminator::Any(b'\n')), &options);
    for delimiter in [b';', b'\t'] {
        assert_eq!(records(&written(&rows, delimiter, Terminator::CRLF), &options), expected);
    }
    let utf16: Vec<u8> = String::from_utf8(written(&rows, b',', Terminator::CRLF))
        .map(|text| "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect())
        .unwrap();
    assert_eq!(records(&utf16, &options), expected, "{:?}", Encoding::Utf16Le);
}

/// The title and the labels of a row.
fn cells(row: &str) -> [&str; 2] {
    let mut cells = row.split(CELL);
    [(); 2].map(|()| cells.next().unwrap_or_default())
}

fn written(rows: &[[&str; 2]], delimiter: u8, terminator: Terminator) -> Vec<u8> {
    let mut writer = WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(Vec::new());
    writer.write_record(["Nr", "Title", "At", "Labels"]).unwrap();
    for (number, [title, labels]) in (1..).zip(rows) {
        writer.write_record([&format!("CR-{number}"), *title, "2026-09-03T01:51:40Z", labels]).unwrap();
    }
    writer.into_inner().unwrap()
}

/// All records and the reasons of all rejects.
fn records(table: &[u8], options: &Options) -> (Vec<Record>, Vec<String>) {
    let (outcome, ..) = any_file::import(&MemoryInput::new("register.csv", table), options).unwrap();
    let reasons = outcome.rejects.iter().map(|reject| reject.reason.clone()).collect();
    (outcome.records().into_iter().cloned().collect(), reasons)
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    use SourceKind::{AzureBoardsCsv, GitlabIssuesCsv, JiraCsv, LinearCsv, PagerdutyCsv, ServicenowCsv};
    let mut seeds = fixtures::of(&[AzureBoardsCsv, GitlabIssuesCsv, JiraCsv, LinearCsv, PagerdutyCsv, ServicenowCsv]);
    seeds.push(b"Nr;Title;At;Labels\r\nCR-1;\"a \"\"b\"\"\r\nc\";03.04.2026 10:15;x, y\r\n".to_vec());
    seeds.push(b"sep=;\nNr;Title;At;Labels\nCR-1;'=1+1;2026-04-03;\nCR-2;\"never closed;2026-04-03;\n".to_vec());
    seeds.push("Cap retries\u{1F}hotfix, emergency\u{1E}a \"b\", c\r\n\r\nd\u{1F}\u{1E}'=1+1\u{1F};".into());
    seeds
}
