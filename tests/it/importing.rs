//! Importing: what is kept, what is counted, and that nothing is counted twice.

use crate::support::{Sandbox, quarter, summed};
use serde_json::{Value, json};

/// A merged pull request as `gh pr list --json` prints it, with `changes` laid over it.
pub fn pull(number: u64, changes: Value) -> Value {
    let mut pull = json!({
        "number": number, "title": format!("Change {number}"), "body": "", "state": "MERGED",
        "url": format!("https://github.com/acme/pay/pull/{number}"), "author": {"login": "mara", "is_bot": false},
        "mergedBy": {"login": "tove", "is_bot": false}, "createdAt": "2026-07-01T08:00:00Z", "mergedAt": "2026-07-01T12:00:00Z",
        "updatedAt": "2026-07-01T12:00:00Z", "baseRefName": "main", "headRefName": "feature/x", "labels": [], "reviews": [],
        "mergeCommit": {"oid": format!("{number:040x}")},
    });
    for (key, value) in changes.as_object().unwrap() {
        pull[key] = value.clone();
    }
    pull
}

/// A review as it stands in such a row.
pub fn review(login: &str, state: &str, at: &str) -> Value {
    json!({"id": format!("R-{login}-{at}"), "author": {"login": login}, "state": state, "submittedAt": at, "body": "", "commit": {"oid": "abc"}})
}

#[test]
fn the_same_file_again_changes_nothing() {
    let sandbox = Sandbox::new();
    let path = sandbox.file("pulls.json", json!([pull(1, json!({})), pull(2, json!({}))]).to_string());
    let first = sandbox.import(&path);
    assert_eq!((first["status"].as_str(), first["rows"]["accepted"].as_u64()), (Some("imported"), Some(2)), "{first}");
    assert_eq!((first["records"]["changes"].as_u64(), first["kind"].as_str()), (Some(2), Some("github-gh")));
    let again = sandbox.import(&path);
    assert_eq!(again["status"], "unchanged", "{again}");
    assert_eq!(sandbox.json(["imports"])["imports"].as_array().unwrap().len(), 1);
    assert_eq!(summed(&sandbox.json(["metrics"]), "/changes"), 2);
}

/// The window keeps its column profiles in the data folder, which the tests move only where a variable names it.
#[cfg(target_os = "linux")]
#[test]
fn a_profile_that_was_saved_in_the_window_explains_a_table_unless_another_is_named() {
    let sandbox = Sandbox::new();
    let saved = "name = \"register\"\nrecord = \"change\"\n[columns]\nnumber = \"Nr\"\nimplemented_at = \"Done\"\n";
    sandbox.file("home/data/org.change-ledger.desktop/profiles/register.toml", saved);
    let table =
        |name: &str, number: u32| sandbox.file(name, format!("Nr;Done;Team\n{number};2026-07-01T10:00:00Z;Till\n"));

    let run = sandbox.import(&table("one.csv", 1));
    let by_saved = "It is a table, and the saved profile \"register\" says what its columns mean.";
    assert_eq!((&run["recognised_by"], &run["rows"]["accepted"]), (&json!(by_saved), &json!(1)));
    let second = table("two.csv", 2).display().to_string();
    let told = sandbox.run(["import", &second]).stdout;
    assert!(told.contains(&format!("note: {second}: {by_saved}")), "{told}");

    let named = sandbox.file("other.toml", saved.replace("\"register\"", "\"other\""));
    let run = sandbox.json([
        "import",
        "--profile",
        &named.display().to_string(),
        &table("three.csv", 3).display().to_string(),
    ]);
    let by_named = "It is a table, and the profile \"other\" says what its columns mean.";
    assert_eq!(run["runs"][0]["recognised_by"], by_named);

    let unknown = sandbox.file("unknown.csv", "Key;Amount\n1;20\n").display().to_string();
    assert_eq!(sandbox.run(["import", &unknown]).code, Some(2));
}

#[test]
fn overlapping_exports_meet_and_the_newer_wins_in_either_order() {
    let older = json!([pull(1, json!({"title": "Old title"})), pull(2, json!({}))]).to_string();
    let reviewed = json!({"title": "New title", "updatedAt": "2026-07-02T12:00:00Z", "reviews": [review("tove", "APPROVED", "2026-07-02T09:00:00Z")]});
    let newer = json!([pull(1, reviewed), pull(3, json!({}))]).to_string();
    for order in [[&older, &newer], [&newer, &older]] {
        let sandbox = Sandbox::new();
        for (position, content) in order.iter().enumerate() {
            let path = sandbox.file(&format!("{position}.json"), content);
            assert_eq!(sandbox.import(&path)["status"], "imported");
        }
        let metrics = sandbox.json(["metrics"]);
        assert_eq!(summed(&metrics, "/changes"), 3);
        assert_eq!(summed(&metrics, "/approval/after"), 1);
        let page = sandbox.json(["show", "acme/pay#1"]);
        assert_eq!(page["title"], "New title");
        assert_eq!(page["revisions"].as_array().unwrap().len(), 2, "both revisions stay");
    }
}

#[test]
fn a_row_that_cannot_be_read_is_kept_with_place_and_reason() {
    let sandbox = Sandbox::new();
    let rows = json!([pull(1, json!({})), pull(2, json!({"mergedAt": "yesterday"})), pull(3, json!({}))]);
    let path = sandbox.file("pulls.json", rows.to_string());
    let run = sandbox.import(&path);
    assert_eq!(
        (run["rows"]["read"].as_u64(), run["rows"]["accepted"].as_u64(), run["rows"]["rejected"].as_u64()),
        (Some(3), Some(2), Some(1))
    );
    let rejects = sandbox.run(["imports", "rejects", "1"]).stdout;
    assert!(rejects.contains("mergedAt") && rejects.contains("yesterday"), "{rejects}");
}

#[test]
fn a_folder_may_hold_other_files() {
    let sandbox = Sandbox::new();
    sandbox.file("exports/pulls.json", json!([pull(1, json!({}))]).to_string());
    let notes = sandbox.file("exports/notes.txt", "How these were exported");
    let folder = sandbox.path("exports");
    let answer = sandbox.json([std::path::Path::new("import"), &folder]);
    assert_eq!(answer["runs"].as_array().unwrap().len(), 1);
    assert!(answer["skipped"][0]["file"].as_str().unwrap().ends_with("notes.txt"), "{answer}");
    assert_eq!(sandbox.run([std::path::Path::new("import"), &notes]).code, Some(2), "named itself, it is refused");
}

#[test]
fn scripts_can_ask_to_fail_on_rejects() {
    let sandbox = Sandbox::new();
    let path =
        sandbox.file("pulls.json", json!([pull(1, json!({})), pull(2, json!({"mergedAt": "yesterday"}))]).to_string());
    assert_eq!(sandbox.run(["import", "--fail-on", "rejects", path.to_str().unwrap()]).code, Some(3));
}

#[test]
fn what_cannot_be_read_does_not_keep_the_others_out() {
    let sandbox = Sandbox::new();
    let good = sandbox.file("pulls.json", json!([pull(1, json!({}))]).to_string());
    let (empty, missing) = (sandbox.path("empty"), sandbox.path("missing.json"));
    std::fs::create_dir(&empty).unwrap();
    let paths = [&empty, &good, &missing].map(|path| path.to_str().unwrap());
    let outcome = sandbox.run([&["--format", "json", "import"], &paths[..]].concat());
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    let answer: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let runs = answer["runs"].as_array().unwrap();
    let ends: Vec<_> =
        runs.iter().map(|run| (run["file"].as_str().unwrap(), run["status"].as_str().unwrap())).collect();
    assert_eq!(ends, [(paths[1], "imported"), (paths[0], "rejected"), (paths[2], "rejected")]);
    assert_eq!((&runs[1]["rows"]["read"], &runs[1]["sha256"]), (&Value::Null, &Value::Null), "unknown, not zero");
    assert_eq!(runs[1]["warnings"][0]["code"], "unreadable_input");
    assert_eq!(answer["failures"].as_array().unwrap().len(), 2);
    assert_eq!(summed(&sandbox.json(["metrics"]), "/changes"), 1);
}

#[test]
fn a_dry_run_writes_nothing_and_shows_what_would_be_read() {
    let sandbox = Sandbox::new();
    let rows = json!([pull(1, json!({})), pull(2, json!({"mergedAt": "yesterday"}))]);
    let path = sandbox.file("pulls.json", rows.to_string());
    let answer = sandbox.json(["import", "--dry-run", path.to_str().unwrap()]);
    assert!(!sandbox.ledger().exists(), "not even an empty ledger");
    let run = &answer["runs"][0];
    assert_eq!((&answer["dry_run"], &run["dry_run"], &run["status"]), (&json!(true), &json!(true), &json!("imported")));
    assert_eq!(run["rows"]["read"], 2);
    assert_eq!(run["preview"][0]["records"][0]["name"], "github:acme/pay#1");
    assert_eq!(run["preview"][1]["reject"]["field"], "mergedAt");
    assert_eq!(run["questions"], json!([]));
    let text = sandbox.run(["import", "--dry-run", path.to_str().unwrap()]).stdout;
    for part in ["would be imported", "carries: ", "cannot tell: ", "change github:acme/pay#1", "1 row of"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let tickets = "Issue key,Issue Type,Status,Summary,Created,Updated,Project key\nPLAT-7,Bug,Done,A leak,2026-06-30 10:00,2026-06-30 10:00,PLAT\n";
    let path = sandbox.file("jira.csv", tickets);
    let answer = sandbox.json(["import", "--dry-run", path.to_str().unwrap()]);
    assert_eq!(answer["runs"][0]["questions"][0]["code"], "timezone_assumed");
    sandbox.import(&path);
    let known = sandbox.json(["import", "--dry-run", path.to_str().unwrap()]);
    assert_eq!(known["runs"][0]["status"], "unchanged");
}

#[test]
fn the_raw_record_is_the_files_region_byte_for_byte() {
    let sandbox = Sandbox::new();
    let rows = [pull(1, json!({"body": "line\nbreak \u{e9}\u{1f680}"})), pull(2, json!({}))];
    let text = format!("[ {} ,\n{}]", rows[0], rows[1]);
    let path = sandbox.file("pulls.json", &text);
    sandbox.import(&path);
    let raw = sandbox.run(["show", "--raw", "acme/pay#1"]);
    assert_eq!(raw.stdout, rows[0].to_string());
}

#[test]
fn a_whole_history_counts_what_was_merged_into_release_branches() {
    let merged = |number: u64, base: &str, reviews: Value| {
        json!({"number": number, "id": format!("P{number}"), "title": format!("Change {number}"), "url": format!("https://github.com/acme/drafts/pull/{number}"),
            "state": "MERGED", "author": "mara", "authorAssociation": "MEMBER", "assignees": [], "labels": [], "body": "", "createdAt": "2026-05-01T08:00:00Z",
            "updatedAt": "2026-05-02T08:00:00Z", "baseRefName": base, "headRefName": "x", "closedAt": "2026-05-02T08:00:00Z", "mergedAt": "2026-05-02T08:00:00Z",
            "mergedBy": "mara", "mergeCommit": {"oid": format!("{number:040x}")}, "comments": [], "reviews": reviews})
    };
    let approved = |by: &str, at: &str| json!([{"id": format!("{by}{at}"), "commit": {"abbreviatedOid": "abc"}, "author": by, "state": "APPROVED", "body": "", "createdAt": at, "updatedAt": at, "comments": []}]);
    let mut closed = merged(9, "main", json!([]));
    closed["state"] = json!("CLOSED");
    closed["mergedAt"] = Value::Null;
    let archive = json!({
        "magic": "E!vIA5L86J2I", "timestamp": "2026-06-01T00:00:00+00:00", "repo": "acme/drafts", "labels": [],
        "issues": [{"number": 4, "id": "I4", "title": "Wrong table", "url": "https://github.com/acme/drafts/issues/4", "state": "OPEN", "author": "tove", "authorAssociation": "NONE",
            "assignees": [], "labels": ["bug"], "body": "", "createdAt": "2026-04-01T00:00:00Z", "updatedAt": "2026-04-01T00:00:00Z", "closedAt": null, "comments": []}],
        "pulls": [
            merged(1, "main", approved("tove", "2026-05-02T08:00:00Z")),
            merged(2, "main", approved("mara", "2026-05-02T07:00:00Z")),
            merged(3, "main", approved("tove", "2026-05-02T08:00:01Z")),
            merged(5, "draft-2", approved("tove", "2026-05-01T09:00:00Z")),
            closed,
        ],
    });
    let sandbox = Sandbox::new();
    let path = sandbox.file("archive.json", serde_json::to_string_pretty(&archive).unwrap());
    let run = sandbox.import(&path);
    assert_eq!(run["kind"], "github-archive");
    assert_eq!(
        (
            run["records"]["changes"].as_u64(),
            run["records"]["not_implemented"].as_u64(),
            run["records"]["tickets"].as_u64()
        ),
        (Some(4), Some(1), Some(1)),
        "{run}"
    );
    let metrics = sandbox.json(["metrics"]);
    let approval = &quarter(&metrics, "2026-Q2")["approval"];
    assert_eq!(*approval, json!({"before": 1, "after": 1, "none": 1, "unknown": 0}));
    sandbox.json(["policy", "set", "retroactive-24h", "--with", "population.branches=[\"*\"]"]);
    let metrics = sandbox.json(["metrics"]);
    assert_eq!(quarter(&metrics, "2026-Q2")["approval"], json!({"before": 2, "after": 1, "none": 1, "unknown": 0}));
}

#[test]
fn the_same_number_twice_in_one_table_is_told_and_counted_once() {
    let sandbox = Sandbox::new();
    let table = "Issue key,Summary,Issue Type,Status,Created,Resolved\n\
        CHG-1,Resize the pool,Change,Done,2026-07-16 09:30,2026-07-16 11:00\n\
        CHG-2,Move the cache,Change,Done,2026-07-17 09:30,2026-07-17 11:00\n\
        CHG-1,Resize the pool again,Change,Done,2026-07-18 09:30,2026-07-18 11:00\n";
    let run = sandbox.import(&sandbox.file("register.csv", table));
    let warnings = run["warnings"].as_array().unwrap();
    let repeated =
        warnings.iter().find(|warning| warning["code"] == "repeated_rows").unwrap_or_else(|| panic!("{run}"));
    assert!(repeated["message"].as_str().unwrap().ends_with("The first is row 3, jira:CHG-1."), "{repeated}");
    assert_eq!(run["records"]["tickets"], 3, "rows are counted as they come");
    let completeness = sandbox.json(["completeness"]);
    assert_eq!(completeness["sources"][0]["repeated"][0]["message"], repeated["message"], "{completeness}");
    assert!(sandbox.run(["completeness"]).stdout.contains("Files that tell of a record twice"));
    assert_eq!(sandbox.run(["verify"]).code, Some(0));
}
