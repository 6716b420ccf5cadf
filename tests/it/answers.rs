//! What the command line answers: one JSON value for every verb that is asked for one, raw records, rejected rows, and
//! nothing beside the answer where nothing beside it is wanted.

use crate::{
    commandline::small,
    importing::pull,
    support::{Outcome, Sandbox},
};
use serde_json::{Value, json};

const TICKETS: &str = "Issue key,Issue Type,Status,Summary,Created,Updated,Project key\n\
    PLAT-7,Bug,Done,A leak,2026-06-30 10:00,2026-06-30 10:00,PLAT\n\
    =PLAT-8,Bug,Done,Another,2026-06-31 10:00,2026-06-30 10:00,PLAT\n";

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().map(|object| object.keys().map(String::as_str).collect()).unwrap_or_default()
}

#[test]
fn every_verb_answers_in_json_where_json_is_asked_for() {
    let sandbox = small();
    sandbox.import(&sandbox.file("jira.csv", TICKETS));
    let path = |name: &str| sandbox.path(name).to_str().unwrap().to_owned();
    let (copy, document, folder) = (path("copy.changeledger"), path("mine.toml"), path("sample"));
    let check = |arguments: &[&str], expected: &[&str]| {
        let answer = sandbox.json(arguments);
        assert_eq!(keys(&answer), expected, "{arguments:?}: {answer}");
        answer
    };
    assert_eq!(check(&["backup", &copy], &["file", "ledger"])["file"], copy.as_str());
    let restored = check(&["restore", &copy], &["backup", "kept", "ledger"]);
    assert!(restored["kept"].as_str().is_some_and(|kept| std::path::Path::new(kept).exists()), "{restored}");
    let exported = check(&["policy", "export", &document], &["file", "policy"]);
    assert_eq!(keys(&exported["policy"]), ["name", "sha256", "version"]);
    check(
        &["policy", "set", "retroactive-24h", "--effective", "2026-10-01"],
        &["document", "effective_from", "history", "notes", "policy", "summary", "title"],
    );
    let rejects = check(&["imports", "rejects", "2"], &["file", "import", "rejects"]);
    assert_eq!(rejects["import"], 2);
    assert_eq!(keys(&rejects["rejects"][0]), ["encoding", "field", "place", "raw", "reason"], "{rejects}");
    assert_eq!(check(&["imports", "rejects", "1"], &["file", "import", "rejects"])["rejects"], json!([]));
    check(&["verify"], &["artifacts", "clean", "events", "findings", "revisions"]);
    check(&["demo", "--out", &folder, "--changes", "200"], &["as_of", "changes", "files", "truth"]);
}

#[test]
fn markdown_and_calendars_are_refused_by_every_verb_but_due() {
    let sandbox = small();
    let check = |arguments: &[&str], format: &str| {
        let outcome = sandbox.run([&["--format", format], arguments].concat());
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{arguments:?} {format}");
        assert!(outcome.stderr.contains("only `due` can be printed as markdown or ics"), "{outcome:?}");
    };
    let copy = sandbox.path("copy.changeledger");
    for format in ["markdown", "ics"] {
        check(&["changes"], format);
        check(&["metrics"], format);
        check(&["show", "2"], format);
        check(&["imports", "rejects", "1"], format);
        check(&["backup", copy.to_str().unwrap()], format);
        check(&["restore", copy.to_str().unwrap()], format);
        check(&["man"], format);
        check(&["completions", "bash"], format);
        assert_eq!(sandbox.run(["--format", format, "due"]).code, Some(0));
    }
    assert!(!copy.exists());
}

#[test]
fn tickets_and_incidents_are_shown_byte_for_byte_by_the_names_that_people_use() {
    let sandbox = small();
    let incident = json!({"id": "Q1ZK8M0", "type": "incident", "incident_number": 482, "title": "INC-482: the leak",
        "created_at": "2026-07-01T09:00:00Z", "resolved_at": "2026-07-01T11:00:00Z", "status": "resolved",
        "html_url": "https://acme.pagerduty.com/incidents/Q1ZK8M0", "urgency": "high"});
    let incident_text = serde_json::to_string_pretty(&incident).unwrap();
    sandbox.import(&sandbox.file("incidents.json", format!("{{\"incidents\": [{incident_text}]}}")));
    let row = "PLAT-7,Bug,Done,\"Büro: a leak\",2026-06-30 10:00,2026-06-30 10:00,PLAT";
    let header = "Issue key,Issue Type,Status,Summary,Created,Updated,Project key";
    sandbox.import(&sandbox.file("jira.csv", format!("{header}\r\n{row}\r\n")));
    let check = |name: &str, expected: &str| {
        let output = sandbox.command(["show", "--raw", name]).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim_end(), expected, "{name}");
    };
    check("PLAT-7", row);
    check("plat-7", row);
    check("jira:PLAT-7", row);
    check("Q1ZK8M0", &incident_text);
    check("https://acme.pagerduty.com/incidents/Q1ZK8M0", &incident_text);
    let absent = sandbox.run(["show", "--raw", "PLAT-9"]);
    assert_eq!(absent.code, Some(2), "{absent:?}");
}

/// The rejected row of a table that is written in some encoding, from CSV and from JSON.
fn rejected(encoded: &[u8]) -> (csv::StringRecord, Value) {
    let sandbox = Sandbox::new();
    let run = sandbox.import(&sandbox.file("jira.csv", encoded));
    assert_eq!(run["rows"]["rejected"], 1, "{run}");
    let output = sandbox.command(["imports", "rejects", "1"]).output().unwrap();
    let text = String::from_utf8(output.stdout).expect("UTF-8 throughout");
    let mut table = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(
        table.headers().unwrap(),
        &["row", "line", "offset", "length", "field", "reason", "raw", "encoding"][..]
    );
    let row = table.records().next().unwrap().unwrap();
    let (offset, length): (usize, usize) = (row[2].parse().unwrap(), row[3].parse().unwrap());
    assert!(encoded.len() >= offset + length, "{row:?}");
    (row, sandbox.json(["imports", "rejects", "1"])["rejects"][0].clone())
}

#[test]
fn rejected_rows_are_valid_utf_8_whatever_their_file_is_written_in() {
    let text = "Issue key,Issue Type,Status,Summary,Created,Updated,Project key\n\
        PLAT-7,Bug,Done,Störung – A,2026-06-30 10:00,2026-06-30 10:00,PLAT\n\
        =PLAT-8,Bug,Done,Störung – B,2026-06-31 10:00,2026-06-30 10:00,PLAT\n";
    let raw = text.lines().last().unwrap();
    let cp1252: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '–' => 0x96,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let check = |encoded: &[u8], encoding: &str| {
        let (row, object) = rejected(encoded);
        assert_eq!(row[6].trim_end(), format!("'{raw}"), "{encoding}: no spreadsheet takes the row for a formula");
        assert_eq!(&row[7], encoding);
        assert_eq!(
            (object["raw"].as_str().map(str::trim_end), object["encoding"].as_str()),
            (Some(raw), Some(encoding))
        );
    };
    check(text.as_bytes(), "utf8");
    check(&cp1252, "windows1252");
    check(&utf16, "utf16-le");
}

#[test]
fn notes_are_left_out_where_only_the_answer_is_wanted() {
    let said = |arguments: &[&str]| -> Outcome {
        let sandbox = Sandbox::new();
        let file = sandbox.file("jira.csv", TICKETS);
        sandbox.run([arguments, &["import", file.to_str().unwrap()]].concat())
    };
    assert!(said(&[]).stdout.contains("note: "), "{:?}", said(&[]));
    let quiet = said(&["-q"]);
    assert!(!quiet.stdout.contains("note") && quiet.stdout.contains("jira-csv"), "{quiet:?}");
    assert_eq!(quiet.stderr, "");
}

#[test]
fn a_repository_that_a_file_does_not_need_is_not_dropped_without_a_word() {
    let warnings = |pulls: Value, repository: &str| -> Vec<String> {
        let sandbox = Sandbox::new();
        let file = sandbox.file("pulls.json", pulls.to_string());
        let answer = sandbox.json(["import", "--repository", repository, file.to_str().unwrap()]);
        let warnings = answer["runs"][0]["warnings"].as_array().unwrap();
        let named = warnings.iter().filter(|warning| warning["code"] == "repository_named");
        named.map(|warning| warning["message"].as_str().unwrap().to_owned()).collect()
    };
    let (own, nameless) = (|| pull(1, json!({})), pull(2, json!({"url": null})));
    assert_eq!(
        warnings(json!([own()]), "acme/web"),
        ["The changes of this file name their own repository, acme/pay; acme/web was not used."]
    );
    assert_eq!(
        warnings(json!([own(), nameless]), "acme/web"),
        [
            "1 of the changes of this file name another repository, acme/pay, and keep it; acme/web holds for the others."
        ]
    );
    assert_eq!(warnings(json!([own()]), "Acme/Pay"), [""; 0]);
}

#[test]
fn a_change_that_no_number_counts_is_marked_where_it_is_listed() {
    let sandbox = Sandbox::new();
    let pulls = json!([pull(1, json!({})), pull(2, json!({"baseRefName": "spike"}))]);
    sandbox.import(&sandbox.file("pulls.json", pulls.to_string()));
    let answer = sandbox.json(["changes"]);
    let counted = |id: &str| {
        let items = answer["items"].as_array().unwrap();
        items.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("no {id} in {answer}"))["counted"].clone()
    };
    assert_eq!((counted("github:acme/pay#1"), counted("github:acme/pay#2")), (json!(true), json!(false)));
    let text = sandbox.run(["changes"]);
    let line = |id: &str| text.stdout.lines().find(|line| line.contains(id)).unwrap().to_owned();
    assert!(line("pay#2").contains("(not counted)") && !line("pay#1").contains("not counted"), "{text:?}");
    assert!(text.stderr.contains("in no number"), "{text:?}");
    assert_eq!(sandbox.json(["changes", "--quarter", "2026-Q3"])["total"], 1);
}

#[test]
fn a_report_says_of_its_quarter_what_is_missing_in_the_ledger() {
    let sandbox = small();
    let gaps = &sandbox.json(["completeness"])["repositories"][0]["gaps"];
    assert_eq!(*gaps, json!([{"from": 3, "to": 4}, {"from": 6, "to": 8}]));
    let out = sandbox.path("q3.html");
    let request = ["--as-of", "2026-10-05", "report", "--quarter", "2026-Q3", "--out", out.to_str().unwrap()];
    let outcome = sandbox.run(request);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let page = std::fs::read_to_string(&out).unwrap();
    for expected in [
        "Completeness of the data",
        "Data are missing: 1 finding makes numbers too small.",
        "No change was implemented in 2026-08 and 2026-09, or the files of that time were not imported.",
        "1 incident that changes of the quarter name was not imported: INC-482.",
        "2 numbers are missing between the first and the last pull request of the quarter, in 1 repository.",
        "2 of 5 between 1 and 5",
        "3\u{2013}4",
        "Proves: ",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!page.contains("6\u{2013}8"), "those numbers are of the next quarter");
}

#[test]
fn the_manual_has_every_verb_and_the_keys_of_its_json() {
    let manual = Sandbox::new().run(["man"]).stdout;
    for section in
        ["IMPORTS REJECTS", "POLICY EXPORT", "POLICY SET", "REPORT VERIFY", "BACKUP", "RESTORE", "VERIFY", "DEMO"]
    {
        assert!(manual.contains(&format!(".SH \"{section}\"")), "{section}");
    }
    for keys in ["\"artifacts\"", "\"kept\"", "\"truth\"", "\"rejects\"", "\"history\""] {
        assert!(manual.contains(keys), "{keys}");
    }
}
