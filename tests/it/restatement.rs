//! What later imports, statements about people and policies change in a quarter that was reported on.

use crate::{
    importing::{pull, review},
    support::Sandbox,
};
use serde_json::{Value, json};

/// When the first report is issued: the review of the second change is not due yet.
const ISSUED: &str = "2026-10-01T08:00:00Z";
/// Long after every deadline.
const LATER: &str = "2026-11-01T08:00:00Z";

/// One change that mara's other account approved, and an emergency that nobody reviewed.
fn reported() -> Sandbox {
    let sandbox = Sandbox::new();
    let approved = json!({"reviews": [review("mara-private", "APPROVED", "2026-07-01T11:00:00Z")]});
    let urgent = json!({"labels": [{"name": "hotfix"}], "createdAt": "2026-09-30T11:00:00Z", "mergedAt": "2026-09-30T12:00:00Z"});
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, approved), pull(2, urgent)]).to_string()));
    issue(&sandbox, ISSUED, "first.html");
    sandbox
}

fn issue(sandbox: &Sandbox, as_of: &str, name: &str) -> String {
    let file = sandbox.path(name);
    sandbox.json(["--as-of", as_of, "report", "--quarter", "2026-Q3", "--out", file.to_str().unwrap()]);
    std::fs::read_to_string(file).unwrap()
}

fn import_third(sandbox: &Sandbox) {
    sandbox.import(&sandbox.file("later.json", json!([pull(3, json!({}))]).to_string()));
}

fn merge_mara(sandbox: &Sandbox) {
    sandbox.json(["people", "merge", "mara", "mara-private", "--by", "Ilse Berg", "--reason", "She says so."]);
}

/// Whether each issued report is restated, the newest first.
fn listed(sandbox: &Sandbox) -> Vec<Value> {
    let reports = sandbox.json(["--as-of", LATER, "report", "list"])["reports"].clone();
    reports.as_array().unwrap().iter().map(|report| report["restated"].clone()).collect()
}

fn restated(sandbox: &Sandbox) -> Value {
    sandbox.json(["--as-of", LATER, "report", "restated"])["restated"].clone()
}

fn number(restated: &Value, metric: &str) -> Option<(Value, Value)> {
    let numbers = restated["numbers"].as_array().unwrap();
    let found = numbers.iter().find(|number| number["metric"] == metric)?;
    Some((found["before"].clone(), found["after"].clone()))
}

fn warned(sandbox: &Sandbox) -> bool {
    let warnings = sandbox.json(["--as-of", LATER, "metrics"])["warnings"].clone();
    warnings.as_array().unwrap().iter().any(|warning| warning["code"] == "restated")
}

#[test]
fn a_review_that_comes_due_is_no_restatement() {
    let sandbox = reported();
    assert_eq!((listed(&sandbox), restated(&sandbox)), (vec![json!(false)], json!([])));
    // Nor is an import that says nothing of the quarter.
    let next_quarter = json!({"mergedAt": "2026-10-02T12:00:00Z"});
    sandbox.import(&sandbox.file("next.json", json!([pull(4, next_quarter)]).to_string()));
    assert_eq!((listed(&sandbox), restated(&sandbox)), (vec![json!(false)], json!([])));
    assert!(!warned(&sandbox));
}

#[test]
fn what_an_import_changes_in_a_reported_quarter_is_told_number_by_number_and_change_by_change() {
    let sandbox = reported();
    import_third(&sandbox);
    assert_eq!((listed(&sandbox), warned(&sandbox)), (vec![json!(true)], true));
    let restated = restated(&sandbox)[0].clone();
    assert_eq!(restated["since"], json!({"imports": 1, "policies": 0, "people": 0, "attestations": 0}));
    assert_eq!(number(&restated, "changes"), Some((json!(2), json!(3))));
    assert_eq!(number(&restated, "emergency_ratio").map(|(before, _)| before), Some(json!(0.5)));
    assert_eq!(number(&restated, "retroactive_review.pending"), None, "aged at the moment of the report");
    let moved = restated["moved"].as_array().unwrap();
    assert_eq!((moved.len(), &moved[0]["id"], &moved[0]["before"]), (1, &json!("github:acme/pay#3"), &Value::Null));
    assert_eq!(
        (&moved[0]["after"]["class"], &moved[0]["after"]["approval"]),
        (&json!("unlabelled_emergency"), &json!("never"))
    );
    let metrics = sandbox.json(["--as-of", LATER, "metrics"])["restated"].clone();
    assert_eq!(
        (&metrics[0]["quarter"], &metrics[0]["changes"]),
        (&json!("2026-Q3"), &json!(restated["moved"].as_array().unwrap().len()))
    );
    assert_eq!(number(&metrics[0], "changes"), Some((json!(2), json!(3))), "old and new");
    let text = sandbox.run(["report", "restated", "--quarter", "2026-Q3"]).stdout;
    assert!(text.contains("is restated: the ledger took in 1 import since") && text.contains("acme/pay#3"), "{text}");
    assert_eq!(sandbox.json(["report", "restated", "--quarter", "2026-Q2"])["restated"], json!([]));
}

#[test]
fn statements_about_people_and_policies_restate_too() {
    let sandbox = reported();
    merge_mara(&sandbox);
    let by_people = restated(&sandbox)[0].clone();
    assert_eq!(by_people["since"], json!({"imports": 0, "policies": 0, "people": 1, "attestations": 0}));
    assert_eq!(number(&by_people, "approval.before"), Some((json!(1), json!(0))));
    assert_eq!(by_people["moved"][0]["before"]["approval"], "before", "{by_people}");
    sandbox.json(["people", "split", "mara-private", "--by", "Ilse Berg", "--reason", "She was wrong."]);
    assert_eq!(restated(&sandbox), json!([]), "what was taken back is as it was");

    sandbox.json(["policy", "set", "retroactive-24h", "--with", "ratio.limit=0.6", "--effective", "always"]);
    let by_policy = restated(&sandbox)[0].clone();
    assert_eq!(by_policy["since"], json!({"imports": 0, "policies": 1, "people": 2, "attestations": 0}));
    assert_eq!(number(&by_policy, "ratio_limit"), Some((json!(0.1), json!(0.6))));
    assert_eq!(by_policy["moved"], json!([]));
}

#[test]
fn the_next_report_names_the_former_one_and_is_the_same_whenever_it_is_issued() {
    let sandbox = reported();
    let former = sandbox.json(["report", "list"])["reports"][0]["sha256"].as_str().unwrap().to_owned();
    let first = issue(&sandbox, ISSUED, "again.html");
    assert!(!first.contains("Restatement"));
    assert_eq!(listed(&sandbox).len(), 1, "the same bytes are one report");
    import_third(&sandbox);
    merge_mara(&sandbox);
    let second = issue(&sandbox, LATER, "second.html");
    assert!(second.contains("<h2 id=\"restatement-heading\">Restatement</h2>") && second.contains(&former));
    assert!(second.contains("1 import and 1 statement about who is who"));
    assert!(second == issue(&sandbox, LATER, "second-again.html"));
    assert_eq!((listed(&sandbox), warned(&sandbox)), (vec![json!(false), json!(true)], false));
    let verified = sandbox.run(["verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.stdout);
}
