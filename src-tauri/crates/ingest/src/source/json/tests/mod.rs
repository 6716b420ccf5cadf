//! Whole exports, from bytes to records.

mod code_hosts;
mod github;
mod incident_tools;
mod pagerduty;

use crate::{
    FileInput, Flow, IngestError, Input, MemoryInput, Options, Reading, Row, Sink, Summary, prepare, read, reread,
};
use change_ledger_model::{
    Timestamp,
    person::PersonKind,
    record::{Change, ChangeState, FoundIn, Incident, Mention, Record, Reject, ReviewCoverage, Ticket, Verdict},
    source::{Fact, SourceKind},
};
use std::{ops::ControlFlow, path::Path};

/// What a file yielded.
#[derive(Default)]
struct Yield {
    rows: Vec<Row>,
    rejects: Vec<Reject>,
    summary: Summary,
    kind: Option<SourceKind>,
}

impl Sink for Yield {
    fn accept(&mut self, row: Row) -> Flow {
        self.rows.push(row);
        ControlFlow::Continue(())
    }

    fn reject(&mut self, reject: Reject) -> Flow {
        self.rejects.push(reject);
        ControlFlow::Continue(())
    }
}

impl Yield {
    fn records(&self) -> impl Iterator<Item = &Record> {
        self.rows.iter().flat_map(|row| &row.records)
    }

    fn change(&self) -> &Change {
        self.records().find_map(|record| if let Record::Change(change) = record { Some(change) } else { None }).unwrap()
    }

    fn ticket(&self) -> &Ticket {
        self.records().find_map(|record| if let Record::Ticket(ticket) = record { Some(ticket) } else { None }).unwrap()
    }

    fn incident(&self) -> &Incident {
        self.records()
            .find_map(|record| if let Record::Incident(incident) = record { Some(incident) } else { None })
            .unwrap()
    }

    fn warnings(&self) -> Vec<&str> {
        self.summary.warnings.iter().map(|warning| warning.code.as_str()).collect()
    }

    fn reasons(&self) -> Vec<String> {
        self.rejects
            .iter()
            .map(|reject| format!("{} {}: {}", reject.place.row, reject.field.as_deref().unwrap_or("-"), reject.reason))
            .collect()
    }
}

fn import_with(text: &str, options: &Options) -> Result<(Yield, Reading), IngestError> {
    let input = MemoryInput::new("x.json", text.as_bytes());
    let reading = prepare(&input, options)?;
    let mut found = Yield { kind: Some(reading.kind), ..Yield::default() };
    found.summary = read(input.open().unwrap(), &reading, &mut found)?;
    // Every record must be found again from its bytes alone.
    for row in &found.rows {
        let [from, length] =
            [row.place.span.offset, row.place.span.length].map(|bytes| usize::try_from(bytes).unwrap());
        assert_eq!(reread(&text.as_bytes()[from..from + length], &reading).unwrap(), row.records);
    }
    Ok((found, reading))
}

fn import(text: &str) -> Yield {
    import_with(text, &Options::default()).unwrap().0
}

const GH: &str = r##"[{"author":{"id":"U_1","is_bot":false,"login":"mara-ko","name":"Mara Ko"},"baseRefName":"main","body":"Stops the storm. Incident INC-482, PLAT-1190\n\nCo-authored-by: Jo Li <7+joli@users.noreply.github.com>","createdAt":"2026-09-03T01:42:11Z","closingIssuesReferences":[{"number":7,"url":"https://github.com/acme/pay/issues/7"}],"headRefName":"hotfix/inc-482","headRefOid":"77ab","labels":[{"id":"LA_1","name":"hotfix","description":"","color":"d93f0b"}],"mergeCommit":{"oid":"9f3c1e0"},"mergedAt":"2026-09-03T01:51:40Z","mergedBy":{"is_bot":false,"login":"Mara-Ko"},"number":2214,"reviewDecision":"REVIEW_REQUIRED","reviews":[{"id":"PRR_1","author":{"login":"tovelund"},"body":"ok","submittedAt":"2026-09-04T08:05:00Z","state":"APPROVED","commit":{"oid":"77ab"}},{"id":"PRR_2","author":{"login":""},"submittedAt":"2026-09-02T08:05:00Z","state":"DISMISSED","commit":{"oid":"66aa"}},{"id":"PRR_3","author":{"login":"x"},"submittedAt":null,"state":"PENDING"}],"state":"MERGED","title":"hotfix: cap retries","updatedAt":"2026-09-04T08:05:00Z","url":"https://github.com/Acme/pay/pull/2214"}]"##;

/// A merged pull request with some of its fields replaced or added.
fn pull(fields: &str) -> String {
    let mut pull: serde_json::Map<String, serde_json::Value> = serde_json::from_str(
        r#"{"number":1,"title":"t","url":"https://github.com/acme/pay/pull/1","state":"MERGED","createdAt":"2026-01-01T00:00:00Z","mergedAt":"2026-01-02T00:00:00Z"}"#,
    ).unwrap();
    let changes: serde_json::Map<String, serde_json::Value> = serde_json::from_str(fields).unwrap();
    pull.extend(changes);
    serde_json::to_string(&pull).unwrap()
}

#[test]
fn suspicious_lengths_are_warned_of() {
    let check = |rows: usize, expected: &[&str]| {
        assert_eq!(import(&format!("[{}]", vec![pull("{}"); rows].join(","))).warnings(), expected, "{rows}");
    };
    check(29, &[]);
    check(30, &["cut_off"]);
    check(100, &["cut_off"]);
    check(1000, &["cut_off"]);
}

#[test]
fn a_cut_file_keeps_what_came_before() {
    let found = import(&format!("[{},{}", pull("{}"), &pull("{}")[..40]));
    assert_eq!((found.rows.len(), found.warnings()), (1, vec!["truncated"]));
    assert_eq!(found.reasons(), ["2 -: The file ends in the middle of this record."]);
    let nothing = import_with(&format!("[{}", &pull("{}")[..120]), &Options::default());
    assert!(matches!(nothing, Err(IngestError::Truncated { offset: 1, .. } | IngestError::RepositoryUnknown { .. })));
}

#[test]
fn other_files_end_with_a_clear_sentence() {
    let check = |text: &[u8], expected: &str| {
        let error = prepare(&MemoryInput::new("x", text), &Options::default()).unwrap_err();
        assert!(error.to_string().contains(expected) && error.to_string().ends_with('.'), "{error}");
        assert!(error.hint().is_some(), "{error}");
    };
    check(b"", "x is empty");
    check(b" \n\n", "x is empty");
    check(b"[]", "JSON without any record");
    check(b"\xEF\xBB\xBF{\"issues\":[]}\n[]", "JSON without any record");
    check(b"[,]", "cannot be read as JSON");
    check(br#"[{"colour":"red","size":3}]"#, "whose records have the fields colour, size");
    check(br#"{"data":null,"errors":[{"message":"Bad credentials"}]}"#, "it is an error answer");
    check(
        br#"{"message":"Not Found","documentation_url":"https://docs.example","status":"404"}"#,
        "it is an error answer",
    );
    check(b"%PDF-1.7 and more", "it is a PDF");
    check(b"\x00\x01\x02\x03\x04\x05", "it is not text");
    for path in [".", "no-such-file.json"] {
        let error = prepare(&FileInput::new(Path::new(path)), &Options::default()).unwrap_err();
        assert!(error.to_string().starts_with(&format!("{path} cannot be read: ")), "{error}");
    }
}

#[test]
fn a_sink_can_cancel() {
    struct Impatient;
    impl Sink for Impatient {
        fn accept(&mut self, _: Row) -> Flow {
            ControlFlow::Break(())
        }
        fn reject(&mut self, _: Reject) -> Flow {
            ControlFlow::Break(())
        }
    }
    let input = MemoryInput::new("x.json", GH.as_bytes());
    let reading = prepare(&input, &Options::default()).unwrap();
    assert!(matches!(read(input.open().unwrap(), &reading, &mut Impatient), Err(IngestError::Cancelled)));
}

#[test]
fn records_in_another_code_page_are_read_and_counted() {
    let check = |title: &[u8], expected: &str| {
        let text = pull(r#"{"title":"TITLE"}"#).into_bytes();
        let at = text.windows(5).position(|found| found == b"TITLE").unwrap();
        let text = [b"[", &text[..at], title, &text[at + 5..], b"]"].concat();
        let input = MemoryInput::new("x.json", text);
        let reading = prepare(&input, &Options::default()).unwrap();
        let mut found = Yield::default();
        found.summary = read(input.open().unwrap(), &reading, &mut found).unwrap();
        assert_eq!((found.change().title.as_str(), found.warnings()), (expected, vec!["not_utf8"]));
    };
    check(b"caf\xE9\\\"y", "café\"y");
    check(b"Router \x96 failover", "Router – failover");
    check(b"Router \xD0 failover", "Router – failover");
}

#[test]
fn wide_files_are_placed_and_read_again_in_their_own_bytes() {
    let bytes: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(GH.replace("cap retries", "löse 𝄞").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let input = MemoryInput::new("x.json", bytes.clone());
    let reading = prepare(&input, &Options::default()).unwrap();
    let mut found = Yield::default();
    read(input.open().unwrap(), &reading, &mut found).unwrap();
    assert_eq!(found.change().title, "hotfix: löse 𝄞");
    let span = found.rows[0].place.span;
    let [from, length] = [span.offset, span.length].map(|bytes| usize::try_from(bytes).unwrap());
    assert_eq!((from, from + length), (4, bytes.len() - 2));
    assert_eq!(reread(&bytes[from..from + length], &reading).unwrap(), found.rows[0].records);
}
