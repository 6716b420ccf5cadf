use super::test_support::{bytes_of, import};
use crate::{IngestError, MemoryInput, Options, prepare, reread};
use change_ledger_model::source::{Fact, SourceKind};
use proptest::prelude::*;

const TEXT: &str = "sep=;\r\nIssue key;Issue id;Summary;Issue Type;Status;Created;Comment\r\n\
    AB-1;1;\"Störung – \"\"Süd\"\"\r\nzweite Zeile\";Störung;Offen;06-09-2024 13:55;\r\n\
    \r\n;;;;;;\r\nAB-2;2;don’t;Task;Offen;18-09-2024 13:55;\"18-09-2024 14:00;mara;ok\";\r\n";

fn encoded(encoding: &str) -> Vec<u8> {
    match encoding {
        "utf-8" => TEXT.as_bytes().to_vec(),
        "utf-16le" => [0xFF, 0xFE].into_iter().chain(TEXT.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
        "utf-16be" => [0xFE, 0xFF].into_iter().chain(TEXT.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
        "macintosh" => encoding_rs::MACINTOSH.encode(TEXT).0.into_owned(),
        _ => encoding_rs::WINDOWS_1252.encode(TEXT).0.into_owned(),
    }
}

#[test]
fn one_table_in_any_encoding_says_the_same_and_can_be_read_again_row_by_row() {
    let expected = import(TEXT.as_bytes(), &Options::default()).unwrap();
    assert_eq!(
        expected.tickets().iter().map(|ticket| ticket.title.as_str()).collect::<Vec<_>>(),
        ["Störung – \"Süd\"\nzweite Zeile", "don’t"]
    );
    for encoding in ["utf-8", "utf-16le", "utf-16be", "macintosh", "windows-1252"] {
        let bytes = encoded(encoding);
        let held = import(&bytes, &Options::default()).unwrap();
        let records = held.records().collect::<Vec<_>>();
        assert_eq!(records, expected.records().collect::<Vec<_>>(), "{encoding}");
        assert_eq!(
            held.rows.iter().map(|row| (row.place.row, row.place.line)).collect::<Vec<_>>(),
            [(1, Some(3)), (2, Some(7))],
            "{encoding}"
        );
        for row in &held.rows {
            let raw = bytes_of(row.place.span, &bytes);
            assert_eq!(reread(raw, &held.reading).unwrap(), row.records, "{encoding}");
        }
    }
}

#[test]
fn a_reading_survives_its_serialisation() {
    let held = import(TEXT.as_bytes(), &Options::default()).unwrap();
    let json = serde_json::to_string(&held.reading).unwrap();
    assert_eq!(serde_json::from_str::<crate::Reading>(&json).unwrap(), held.reading);
}

#[test]
fn open_dates_are_asked_about() {
    let csv = "Issue key,Issue id,Summary,Issue Type,Status,Created\nAB-1,1,s,Task,Open,06/09/2024\n";
    let error = prepare(&MemoryInput::new("j.csv", csv.as_bytes().to_vec()), &Options::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The dates in column \"Created\" of j.csv can be read in two ways: 06/09/2024 is 6 September 2024 or 9 June 2024."
    );
    let said = Options { date_order: Some(crate::DateOrder::MonthFirst), ..Options::default() };
    let held = import(csv.as_bytes(), &said).unwrap();
    assert_eq!(held.tickets()[0].opened_at.map(|at| at.to_string()).as_deref(), Some("2024-06-09T00:00:00Z"));
}

#[test]
fn a_quote_that_never_closes_loses_only_its_own_row() {
    let csv = "Issue key,Issue id,Summary,Issue Type,Status\nAB-1,1,s,Task,Open\nAB-2,2,\"open,Task,Open\nAB-3,3,s,Task,Open\n";
    let held = import(csv.as_bytes(), &Options::default()).unwrap();
    assert_eq!(held.tickets().len(), 1);
    assert_eq!(held.rejects.len(), 1);
    assert!(held.rejects[0].reason.contains("never closed"), "{}", held.rejects[0].reason);
}

#[test]
fn a_file_that_was_cut_off_says_so() {
    let codes = |csv: &str| {
        let held = import(csv.as_bytes(), &Options::default()).unwrap();
        (
            held.tickets().len(),
            held.rejects.len(),
            held.summary.warnings.into_iter().map(|warning| warning.code).collect::<Vec<_>>(),
        )
    };
    let whole = "Issue key,Issue id,Summary,Issue Type,Status\nAB-1,1,s,Task,Open\n";
    assert_eq!(codes(&format!("{whole}AB-2,2,s,Ta")), (1, 1, vec!["truncated".to_owned()]));
    assert_eq!(codes(&format!("{whole}AB-2,2,\"s,Ta\n")), (1, 1, vec!["truncated".to_owned()]));
    assert_eq!(codes(&format!("{whole}AB-2,2,s,Task,Open")), (2, 0, vec![]));
    assert_eq!(codes(&format!("{whole}AB-2,2,s,Ta\nAB-3,3,s,Task,Open")), (2, 1, vec![]));
}

#[test]
fn files_put_one_after_the_other_are_one_table() {
    let whole = "Issue key,Issue id,Summary,Issue Type,Status\nAB-1,1,s,Task,Open\n";
    let held = import(whole.repeat(2).as_bytes(), &Options::default()).unwrap();
    assert_eq!((held.tickets().len(), held.rejects.len(), held.summary.rows_read), (2, 0, 2));
}

#[test]
fn what_is_no_known_table() {
    let check = |bytes: &[u8], expected: &str| {
        let error = prepare(&MemoryInput::new("x.csv", bytes.to_vec()), &Options::default()).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        error.hint().unwrap_or_default()
    };
    let hint = check(
        "Change-Nr.,Titel,Umgesetzt am,Freigabe durch\nCR-118,Firewall,02.10.2026,N. Roe\n".as_bytes(),
        "a table of an unknown tool with the columns Change-Nr., Titel, Umgesetzt am, Freigabe durch",
    );
    assert!(
        hint.contains("implemented_at = \"Umgesetzt am\"") && hint.contains("approver = \"Freigabe durch\""),
        "{hint}"
    );
    check(
        b"Dear all, here is\nthe list\nthat you asked for, as promised, on Monday\nBye\n",
        "text, but neither JSON nor a table",
    );
    check(b"%PDF-1.7 a,b\n1,2\n", "PDF");
    assert!(matches!(
        prepare(&MemoryInput::new("x.csv", vec![b','; 100_000]), &Options::default()),
        Err(IngestError::TooManyColumns { .. })
    ));
}

#[test]
fn a_source_that_is_named_wins() {
    let csv = "Key,Title\nAB-1,x\n";
    let held = import(csv.as_bytes(), &Options { source: Some(SourceKind::JiraCsv), ..Options::default() }).unwrap();
    assert_eq!(held.tickets().len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_bring_the_reader_down(rows in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..8)) {
        let mut bytes = b"Issue key,Issue id,Summary,Issue Type,Status,Created,Comment\nAB-1,1,s,Task,Open,03/Sep/26 9:00 AM,x\n".to_vec();
        for row in rows {
            bytes.extend(row);
            bytes.push(b'\n');
        }
        let options = Options { source: Some(SourceKind::JiraCsv), ..Options::default() };
        match import(&bytes, &options) {
            Ok(held) => {
                prop_assert_eq!(held.summary.rows_read, (held.rows.len() + held.rejects.len()) as u64);
                for row in &held.rows {
                    let raw = bytes_of(row.place.span, &bytes);
                    prop_assert_eq!(&reread(raw, &held.reading).unwrap(), &row.records);
                }
            }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
}

#[test]
fn an_empty_description_is_known_to_be_empty_and_an_absent_column_is_not() {
    let check = |header: &str, row: &str, body: Option<&str>| {
        let held = import(format!("{header}\n{row}\n").as_bytes(), &Options::default()).unwrap();
        let of_changes = held.changes().into_iter().map(|change| change.body.clone());
        let bodies: Vec<_> = of_changes.chain(held.tickets().into_iter().map(|ticket| ticket.body.clone())).collect();
        assert!(bodies.contains(&body.map(str::to_owned)), "{header}: {bodies:?}");
        assert_eq!(held.summary.carries.contains(&Fact::Text), body.is_some(), "{header}");
    };
    let jira = "Summary,Issue key,Issue id,Issue Type,Status,Project key,Created,Updated";
    check(&format!("{jira},Description"), "t,PLAT-1,1,Task,Done,PLAT,2026-07-01 10:00,2026-07-01 10:00,", Some(""));
    check(jira, "t,PLAT-1,1,Task,Done,PLAT,2026-07-01 10:00,2026-07-01 10:00", None);
    let boards = "ID,Work Item Type,Title,Assigned To,State,Tags";
    check(&format!("{boards},Description"), "1,Bug,t,,New,,", Some(""));
    check(boards, "1,Bug,t,,New,", None);
    let gitlab = "Title,MR IID,URL,State,Source Branch,Target Branch,Author Username";
    let row = "t,7,https://gitlab.example.com/core/auth/-/merge_requests/7,merged,x,main,ivos";
    check(&format!("{gitlab},Description"), &format!("{row},"), Some(""));
    check(gitlab, row, None);
    let servicenow = "number,type,state,short_description,opened_at,work_start,work_end";
    let row = "CHG0041877,Emergency,Closed,t,2026-10-02 03:12:09,2026-10-02 03:15:00,2026-10-02 03:41:22";
    check(&format!("{servicenow},description"), &format!("{row},"), Some(""));
    check(servicenow, row, None);
}
