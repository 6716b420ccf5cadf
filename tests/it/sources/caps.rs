//! A file that is exactly as long as its tool's limit is said to be cut off, at the import and by `completeness`.

use super::{Ledger, Nobody};
use crate::support::Sandbox;
use change_ledger_app::{use_case, wire::ImportRequest};
use change_ledger_model::source::SourceKind;
use std::fmt::Write as _;

/// A file of `count` rows.
fn file(head: &str, row: fn(u64) -> String, between: &str, tail: &str, count: u64) -> String {
    let mut text = head.to_owned();
    for number in 1..=count {
        let _ = write!(text, "{}{}", row(number), if number < count { between } else { "" });
    }
    text + tail
}

/// Whether the import warns, what `completeness` says, and the kind as which the file was read.
fn cut_off(text: &str) -> (SourceKind, bool, Vec<String>) {
    let sandbox = Sandbox::new();
    let path = sandbox.file("x.dat", text);
    let ledger = Ledger::in_folder(path.parent().unwrap());
    let answer = ledger.import(ImportRequest { paths: vec![path.display().to_string()], ..ImportRequest::default() });
    assert!(answer.failures.is_empty(), "{:?}", answer.failures);
    let warned = answer.runs[0].warnings.iter().any(|warning| warning.code == "cut_off");
    let said = use_case::completeness::completeness(ledger.app(), &Nobody).unwrap();
    let messages = said.sources.iter().flat_map(|source| &source.cut_off).map(|cut| cut.message.clone()).collect();
    (answer.runs[0].kind, warned, messages)
}

#[test]
fn a_file_as_long_as_a_limit_of_its_tool_is_said_to_be_cut_off() {
    let check = |kind: SourceKind, head: &str, row: fn(u64) -> String, between: &str, tail: &str, limits: &[u64]| {
        for &limit in limits {
            let found = cut_off(&file(head, row, between, tail, limit));
            assert_eq!((found.0, found.1), (kind, true), "{} with {limit} rows", kind.name());
            let [message] = &found.2[..] else { panic!("{} with {limit} rows: {:?}", kind.name(), found.2) };
            assert!(message.contains(&format!("exactly {limit} rows")), "{message}");
        }
        let shortest = limits[0] - 1;
        let found = cut_off(&file(head, row, between, tail, shortest));
        assert_eq!(found, (kind, false, Vec::new()), "{} with {shortest} rows", kind.name());
    };
    let gh = |number| {
        format!(
            r#"{{"number":{number},"title":"t","state":"MERGED","url":"https://github.com/acme/pay/pull/{number}","author":{{"login":"mara"}},"mergedAt":"2026-07-01T12:00:00Z"}}"#
        )
    };
    check(SourceKind::GithubGh, "[", gh, ",", "]", &[30, 100, 1_000]);
    let rest = |number| {
        format!(
            r#"{{"number":{number},"title":"t","state":"closed","html_url":"https://github.com/acme/pay/pull/{number}","user":{{"login":"mara"}},"merged_at":"2026-07-01T12:00:00Z"}}"#
        )
    };
    check(SourceKind::GithubRestPulls, "[", rest, ",", "]", &[30, 100]);
    let gitlab = |number| {
        format!(
            r#"{{"iid":{number},"title":"t","state":"merged","merged_at":"2026-07-01T12:00:00Z","source_branch":"x","target_branch":"main","web_url":"https://gitlab.example.com/core/auth/-/merge_requests/{number}"}}"#
        )
    };
    check(SourceKind::GitlabMergeRequests, "[", gitlab, ",", "]", &[20, 100]);
    let jira = |number| format!("t,PLAT-{number},{number},Task,Done,PLAT,2026-07-01 10:00,2026-07-01 10:00\n");
    let head = "Summary,Issue key,Issue id,Issue Type,Status,Project key,Created,Updated\n";
    check(SourceKind::JiraCsv, head, jira, "", "", &[1_000]);
    let azure = |number| format!("{number},Bug,t,Lin Eze <lin@example.com>,New,\n");
    check(SourceKind::AzureBoardsCsv, "ID,Work Item Type,Title,Assigned To,State,Tags\n", azure, "", "", &[1_000]);
    let servicenow = |number| {
        format!("\"CHG{number:07}\",\"Emergency\",\"Closed\",\"t\",\"2026-07-01 10:00:00\",\"2026-07-01 11:00:00\"\n")
    };
    let head = "\"number\",\"type\",\"state\",\"short_description\",\"work_start\",\"work_end\"\n";
    check(SourceKind::ServicenowCsv, head, servicenow, "", "", &[10_000]);
    let pagerduty =
        |number| format!("Q{number},{number},t,PSVC1,pay,2026-07-01T10:00:00Z,2026-07-01T11:00:00Z,60,3600,high\n");
    let head = "id,incident_number,description,service_id,service_name,created_on,resolved_on,seconds_to_first_ack,seconds_to_resolve,urgency\n";
    check(SourceKind::PagerdutyCsv, head, pagerduty, "", "", &[20_000]);
}

#[test]
fn a_file_without_a_limit_is_never_said_to_be_cut_off() {
    let archived = |number| {
        format!(
            r#"{{"number":{number},"id":"P{number}","title":"t","url":"https://github.com/acme/pay/pull/{number}","state":"MERGED","author":"mara","labels":[],"body":"","createdAt":"2026-07-01T08:00:00Z","updatedAt":"2026-07-01T12:00:00Z","closedAt":"2026-07-01T12:00:00Z","mergedAt":"2026-07-01T12:00:00Z","mergedBy":"mara","comments":[],"reviews":[]}}"#
        )
    };
    let head = r#"{"magic":"E!vIA5L86J2I","timestamp":"2026-08-01T00:00:00Z","repo":"acme/pay","labels":[],"issues":[],"pulls":["#;
    for rows in [30, 100] {
        let found = cut_off(&file(head, archived, ",", "]}", rows));
        assert_eq!(found, (SourceKind::GithubArchive, false, Vec::new()), "{rows}");
    }
}
