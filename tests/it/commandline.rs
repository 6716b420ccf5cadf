//! The command line as a contract: what it says and how it ends when it is used in unusual ways.

use crate::{
    importing::{pull, review},
    support::{Outcome, Sandbox, quarter},
};
use serde_json::{Value, json};
use std::process::{Command, Stdio};

/// A ledger with three pull requests of 2026-Q3 and one of 2026-Q4.
pub fn small() -> Sandbox {
    let sandbox = Sandbox::new();
    let later = json!({"mergedAt": "2026-10-02T12:00:00Z", "createdAt": "2026-10-02T08:00:00Z", "updatedAt": "2026-10-02T12:00:00Z"});
    let emergency =
        json!({"title": "Hotfix: stop the leak (INC-482, PLAT-7)", "labels": [{"name": "emergency"}], "reviews": []});
    let reviewed = json!({"reviews": [review("tove", "APPROVED", "2026-07-01T11:00:00Z")]});
    let pulls = json!([pull(1, reviewed), pull(2, emergency), pull(5, json!({})), pull(9, later)]);
    sandbox.import(&sandbox.file("pulls.json", pulls.to_string()));
    sandbox
}

/// The one error that a command in JSON mode printed to stderr.
fn error_of(outcome: &Outcome) -> Value {
    let printed: Value = serde_json::from_str(outcome.stderr.trim()).unwrap_or_else(|_| panic!("{outcome:?}"));
    printed["error"].clone()
}

fn as_json(sandbox: &Sandbox, arguments: &[&str]) -> Outcome {
    sandbox.run([&["--format", "json"], arguments].concat())
}

#[test]
fn wrong_use_is_explained_in_json_wherever_json_is_asked_for() {
    let sandbox = Sandbox::new();
    let check = |arguments: &[&str], message: &str, hint: &str| {
        let outcome = sandbox.run(arguments);
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
        let error = error_of(&outcome);
        assert_eq!(error["code"], "usage", "{outcome:?}");
        assert_eq!(error["message"], message);
        let hints = error["hints"].as_array().unwrap();
        assert!(hints.iter().any(|line| line.as_str().unwrap().contains(hint)), "{hints:?}");
    };
    check(
        &["metrics", "--nonsense", "--format", "json"],
        "there is no argument `--nonsense` here",
        "Usage: change-ledger metrics",
    );
    check(&["--format=json", "import"], "<PATH>... is missing", "change-ledger import --help");
    check(&["--format", "json"], "it is not said what to do: a verb is missing", "change-ledger --help");
    check(
        &["bundle", "create", "--format", "json"],
        "`bundle` is not in this version of Change Ledger",
        "change-ledger --help",
    );
    check(
        &["--format", "json", "metrics", "--by", "colour"],
        "`colour` is no value of --by <GROUP>: it is one of repository, team, service, person",
        "change-ledger metrics --help",
    );
}

#[test]
fn verbs_that_are_not_there_are_not_in_the_help() {
    let help = Sandbox::new().run(["--help"]).stdout;
    assert!(!help.lines().any(|line| line.trim().starts_with("bundle")), "{help}");
    for present in ["attest", "completeness", "explain", "export", "sample"] {
        assert!(help.lines().any(|line| line.trim().starts_with(present)), "{present}: {help}");
    }
}

#[test]
fn the_moment_may_be_a_day_in_the_policys_zone() {
    let sandbox = small();
    let as_of = |moment: &str| sandbox.json(["metrics", "--as-of", moment])["as_of"].clone();
    assert_eq!(as_of("2026-10-01"), "2026-10-01T00:00:00Z");
    assert_eq!(as_of("2026-10-01T10:00:00+02:00"), "2026-10-01T08:00:00Z");
    assert!(as_of("now").as_str().is_some_and(|now| now.ends_with('Z')));
    sandbox.json(["policy", "set", "retroactive-24h", "--with", "period.timezone=\"Europe/Berlin\""]);
    assert_eq!(as_of("2026-10-01"), "2026-09-30T22:00:00Z");
}

#[test]
fn a_folder_that_does_not_exist_is_not_made() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("pulls.json", json!([pull(1, json!({}))]).to_string());
    let output = Command::new(env!("CARGO_BIN_EXE_change-ledger"))
        .env("CHANGE_LEDGER_FILE", sandbox.path("nowhere/new.changeledger"))
        .args([std::path::Path::new("import"), &file])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("does not exist"), "{said}");
    sandbox.import(&file);
    let copy = sandbox.path("nowhere/copy.changeledger");
    let report = sandbox.path("nowhere/q3.pdf");
    for arguments in [
        vec!["backup", copy.to_str().unwrap()],
        vec!["report", "--quarter", "2026-Q3", "--out", report.to_str().unwrap()],
    ] {
        let outcome = sandbox.run(&arguments);
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
        assert!(outcome.stderr.contains("does not exist"), "{outcome:?}");
    }
    assert!(!sandbox.path("nowhere").exists());
}

#[test]
fn a_change_is_found_by_its_address_and_its_number() {
    let sandbox = small();
    let check = |name: &str, id: &str| assert_eq!(sandbox.json(["show", name])["id"], id, "{name}");
    check("https://github.com/acme/pay/pull/2", "github:acme/pay#2");
    check("https://github.com/Acme/Pay/pull/2/files?w=1#diff", "github:acme/pay#2");
    check("acme/pay#2", "github:acme/pay#2");
    check("#2", "github:acme/pay#2");
    check("2", "github:acme/pay#2");
    let missing = as_json(&sandbox, &["show", "https://github.com/acme/pay/pull/77"]);
    assert_eq!((missing.code, &error_of(&missing)["code"]), (Some(2), &json!("not_found")));
    let other = json!([pull(2, json!({"url": "https://github.com/acme/web/pull/2"}))]);
    sandbox.import(&sandbox.file("web.json", other.to_string()));
    let error = error_of(&as_json(&sandbox, &["show", "2"]));
    let hints = error["hints"].to_string();
    assert!(hints.contains("github:acme/pay#2") && hints.contains("github:acme/web#2"), "{error}");
}

#[test]
fn a_ticket_or_an_incident_leads_to_its_changes() {
    let sandbox = small();
    let linked = |name: &str| {
        let answer = sandbox.json(["show", name]);
        let ids: Vec<_> = answer["changes"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
        (answer["record"]["kind"].clone(), ids)
    };
    assert_eq!(linked("INC-482"), (Value::Null, vec![json!("github:acme/pay#2")]), "named, not imported");
    let tickets = "Issue key,Issue Type,Status,Summary,Created,Updated,Project key\nPLAT-7,Bug,Done,A leak,2026-06-30 10:00,2026-06-30 10:00,PLAT\n";
    sandbox.import(&sandbox.file("jira.csv", tickets));
    assert_eq!(linked("PLAT-7"), (json!("ticket"), vec![json!("github:acme/pay#2")]));
    assert_eq!(linked("plat-7").1.len(), 1);
    let unknown = as_json(&sandbox, &["show", "PLAT-8"]);
    assert_eq!(error_of(&unknown)["code"], "not_found");
}

#[test]
fn completeness_names_what_is_missing() {
    let sandbox = small();
    let answer = sandbox.json(["completeness"]);
    assert_eq!(
        answer["repositories"][0],
        json!({"repository": "acme/pay", "first": 1, "last": 9, "present": 4, "missing": 5, "gaps": [{"from": 3, "to": 4}, {"from": 6, "to": 8}]})
    );
    assert_eq!(answer["empty_months"]["changes"], json!(["2026-08", "2026-09"]));
    assert_eq!(
        answer["unresolved"]["incidents"],
        json!([{"name": "INC-482", "named_by": 1, "example": "github:acme/pay#2"}])
    );
    assert_eq!(answer["sources"][0]["could_hold_failures"], Value::Null);
    let many: Vec<Value> = (100..130).map(|number| pull(number, json!({}))).collect();
    let mut twice = pull(200, json!({"mergeCommit": {"oid": format!("{:040x}", 100)}}));
    twice["state"] = json!("MERGED");
    let run = sandbox.import(&sandbox.file("thirty.json", json!(many).to_string()));
    sandbox.import(&sandbox.file("more.json", json!([twice, pull(5, json!({}))]).to_string()));
    let answer = sandbox.json(["completeness"]);
    assert_eq!(answer["sources"][0]["cut_off"][0]["import"], run["id"], "{answer}");
    assert_eq!(answer["sources"][0]["rows"]["unchanged"], 1);
    assert_eq!(answer["duplicates"], json!([{"ids": ["github:acme/pay#100", "github:acme/pay#200"]}]));
    let csv = sandbox.run(["--format", "csv", "completeness"]).stdout;
    assert!(csv.contains("\ngaps,acme/pay,") && csv.contains("\nunresolved_incident,INC-482,1,"), "{csv}");
    let text = sandbox.run(["completeness"]).stdout;
    assert!(text.contains("INC-482: named by 1 record") && text.contains("2026-08"), "{text}");
}

#[test]
fn tables_for_people_fit_the_line() {
    let sandbox = Sandbox::new();
    let long =
        json!({"title": "A title that goes on and on ".repeat(9), "labels": [{"name": "emergency"}], "reviews": []});
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, long)]).to_string()));
    for verb in ["changes", "due", "metrics"] {
        let text = sandbox.run(["--as-of", "2026-07-08T12:00:00Z", verb]).stdout;
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
        assert!(widest > 20 && widest <= 120, "{verb}: {widest}\n{text}");
        assert!(verb == "metrics" || text.contains("A title that goes"), "{verb}: the title stays readable\n{text}");
    }
    let due = sandbox.run(["--as-of", "2026-07-08T12:00:00Z", "due"]).stdout;
    assert!(due.contains("6 d overdue") && due.contains('…'), "{due}");
    assert!(
        due.contains("incident, authorisation,") && due.contains("justification"),
        "what is missing is never cut\n{due}"
    );
    let soon = sandbox.run(["--as-of", "2026-07-02T07:00:00Z", "due"]).stdout;
    assert!(soon.contains("due in 5 h"), "{soon}");
}

#[test]
fn a_report_of_a_quarter_without_changes_is_only_a_draft() {
    let sandbox = small();
    let out = sandbox.path("q1.html");
    let write = |quarter: &str, more: &[&str]| {
        let arguments = ["--as-of", "2026-12-01", "report", "--quarter", quarter, "--out", out.to_str().unwrap()];
        as_json(&sandbox, &[&arguments, more].concat())
    };
    let refused = write("2026-Q1", &[]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    let error = error_of(&refused);
    assert!(error["message"].as_str().unwrap().starts_with("2026-Q1 holds no changes"), "{error}");
    assert!(error["hints"].to_string().contains("from 2026-Q3 to 2026-Q4"), "{error}");
    assert!(!out.exists());
    assert_eq!(write("2026-Q1", &["--draft"]).code, Some(0));
    assert_eq!(sandbox.json(["report", "list"])["reports"], json!([]));
}

#[test]
fn a_report_of_a_running_quarter_says_that_it_is_preliminary() {
    let sandbox = small();
    let out = sandbox.path("q4.html");
    let answer =
        sandbox.json(["--as-of", "2026-12-01", "report", "--quarter", "2026-Q4", "--out", out.to_str().unwrap()]);
    assert_eq!(answer["reports"][0]["preliminary"], true, "{answer}");
    assert!(answer["warnings"][0].as_str().unwrap().contains("still running"), "{answer}");
    assert!(std::fs::read_to_string(&out).unwrap().contains("Preliminary: the quarter is still running"));
    let done = sandbox.path("done.html");
    let answer =
        sandbox.json(["--as-of", "2027-01-01", "report", "--quarter", "2026-Q4", "--out", done.to_str().unwrap()]);
    assert_eq!((&answer["reports"][0]["preliminary"], &answer["warnings"]), (&Value::Null, &json!([])));
}

#[test]
fn an_issued_report_is_not_overwritten_and_is_known_again() {
    let sandbox = small();
    let out = sandbox.path("q3.html");
    let path = out.to_str().unwrap();
    let write = |as_of: &str, more: &[&str]| {
        sandbox.run([&["--as-of", as_of, "report", "--quarter", "2026-Q3", "--out", path], more].concat())
    };
    assert_eq!(write("2026-11-01", &[]).code, Some(0));
    let issued = std::fs::read(&out).unwrap();
    assert_eq!(write("2026-11-01", &[]).code, Some(0), "the very same report again");
    let refused = write("2026-11-02", &[]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    assert_eq!(std::fs::read(&out).unwrap(), issued);

    let verified = sandbox.json(["report", "verify", path]);
    assert_eq!((&verified["issued"], &verified["events_since"]), (&json!(true), &json!(0)), "{verified}");
    assert_eq!(verified["report"]["quarter"], "2026-Q3");
    assert!(std::fs::read_to_string(&out).unwrap().contains(verified["ledger_head"].as_str().unwrap()));
    let listed = sandbox.json(["report", "list"]);
    assert_eq!(listed["reports"][0]["sha256"], verified["sha256"]);
    sandbox.import(&sandbox.file("more.json", json!([pull(30, json!({}))]).to_string()));
    assert_eq!(sandbox.json(["report", "verify", path])["events_since"], 1);

    assert_eq!(write("2026-11-02", &["--force"]).code, Some(0));
    assert_ne!(std::fs::read(&out).unwrap(), issued);
    let other = sandbox.file("other.html", "nobody issued this");
    let outcome = as_json(&sandbox, &["report", "verify", other.to_str().unwrap()]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(outcome.stdout.contains("\"issued\":false"), "{outcome:?}");
}

#[test]
fn a_later_policy_needs_its_first_day_and_the_earlier_ones_stay_listed() {
    let sandbox = small();
    let everything = ["policy", "set", "retroactive-24h", "--with", "population.branches=[\"*\"]"];
    let first = sandbox.json(everything);
    assert_eq!(first["effective_from"], Value::Null, "a ledger's first policy judges all time");
    assert_eq!(sandbox.json(everything)["history"], first["history"], "the same again changes nothing");

    let longer = ["policy", "set", "retroactive-24h", "--with", "review.deadline=\"48h\""];
    let refused = as_json(&sandbox, &longer);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(error_of(&refused)["hints"].to_string().contains("--effective always"), "{refused:?}");

    let dated = sandbox.json([&longer[..], &["--effective", "2026-10-01"]].concat());
    let standings = |answer: &Value| -> Vec<Value> {
        answer["history"].as_array().unwrap().iter().map(|line| line["standing"].clone()).collect()
    };
    assert_eq!(standings(&dated), ["replaced", "earlier", "in_force"]);
    let always = sandbox.json([&longer[..], &["--effective", "always"]].concat());
    assert_eq!(standings(&always), ["replaced", "replaced", "replaced", "in_force"]);
    assert_eq!(standings(&sandbox.json(["policy", "show"])).len(), 4, "nothing is forgotten");

    let versions: Vec<_> =
        always["history"].as_array().unwrap().iter().map(|line| line["policy"]["version"].clone()).collect();
    assert_ne!(versions[1], versions[2], "different edits bear different versions");
    let list = sandbox.json(["policy", "list"]);
    assert_eq!(list["in_force"]["version"], versions[3]);
    assert_eq!(list["presets"][0]["in_force"], false);
}

#[test]
fn policies_are_compared_parameter_by_parameter() {
    let sandbox = small();
    sandbox.json(["policy", "set", "retroactive-24h", "--with", "review.deadline=\"48h\""]);
    let answer = sandbox.json(["policy", "diff", "retroactive-24h", "in-force"]);
    let changed = answer["changes"].as_array().unwrap();
    assert!(changed.contains(&json!({"key": "review.deadline", "old": "\"24h\"", "new": "\"48h\""})), "{answer}");
    assert_eq!(changed.len(), 2, "the version differs too: {answer}");
    assert_eq!(sandbox.json(["policy", "diff", "in-force", "in-force"])["changes"], json!([]));
    assert_eq!(as_json(&sandbox, &["policy", "diff", "in-force", "nothing"]).code, Some(2));
}

#[test]
fn a_policy_that_cannot_be_read_is_refused_in_one_sentence() {
    let sandbox = small();
    let exported = sandbox.path("mine.toml");
    sandbox.run(["policy", "export", exported.to_str().unwrap()]);
    let document = std::fs::read_to_string(&exported).unwrap().replace("owed = \"unreviewed\"", "owed = \"sometimes\"");
    let broken = sandbox.file("broken.toml", document);
    let outcome = as_json(&sandbox, &["policy", "import", broken.to_str().unwrap()]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    let error = error_of(&outcome);
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("`review.owed`") && message.contains("line ") && !message.contains('\n'), "{message}");
    assert!(error["hints"].to_string().contains("`unreviewed`"), "{error}");
}

#[test]
fn the_policy_of_no_ledger_makes_none() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.json(["policy", "list"])["presets"][0]["in_force"], true);
    assert!(!sandbox.ledger().exists());
}

#[test]
fn the_numbers_of_the_small_ledger_are_what_these_tests_assume() {
    let metrics = small().json(["metrics", "--as-of", "2026-12-01"]);
    assert_eq!(quarter(&metrics, "2026-Q3")["changes"], 3);
    assert_eq!(quarter(&metrics, "2026-Q4")["changes"], 1);
}

#[test]
fn a_policy_that_begins_with_the_next_quarter_says_nothing_about_this_one() {
    let sandbox = Sandbox::new();
    let late = json!({"headRefName": "hotfix/x", "reviews": []});
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, late)]).to_string()));
    sandbox.json(["policy", "set", "retroactive-24h"]);
    let begins = ["policy", "set", "retroactive-24h", "--effective", "2026-10-01", "--with", "review.deadline=\"5bd\""];
    sandbox.json(begins);
    let out = sandbox.path("report.html");
    let report = ["--as-of", "2026-11-01", "report", "--quarter", "2026-Q3", "--out", out.to_str().unwrap()];
    sandbox.json(report);
    let html = std::fs::read_to_string(out).unwrap();
    assert!(html.contains("within 24 hours"), "the deadline of the quarter");
    assert!(!html.contains("5 business days") && !html.contains("edited"), "nothing of the later policy");
}

#[test]
fn what_was_found_is_in_the_exit_code_also_when_nobody_reads_on() {
    let sandbox = Sandbox::new();
    let owed = json!({"headRefName": "hotfix/x", "reviews": []});
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, owed)]).to_string()));
    let ledger = sandbox.ledger();
    for format in ["text", "json", "csv"] {
        let asked = ["--ledger", ledger.to_str().unwrap(), "--format", format, "due", "--fail-on", "overdue"];
        let mut child = Command::new(env!("CARGO_BIN_EXE_change-ledger"));
        let mut child = child.args(asked).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // Nobody reads: the pipe is closed before the program prints.
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(3), "{format}");
    }
}

#[test]
fn a_file_that_was_cut_on_its_way_is_named_by_completeness() {
    let sandbox = Sandbox::new();
    let whole = json!([pull(1, json!({})), pull(2, json!({}))]).to_string();
    sandbox.import(&sandbox.file("cut.json", &whole[..whole.len() - 40]));
    let cut = sandbox.json(["completeness"])["sources"][0]["cut_off"].clone();
    assert_eq!(cut.as_array().map(Vec::len), Some(1), "{cut}");
    assert!(cut[0]["file"].as_str().unwrap().ends_with("cut.json"), "{cut}");
}
