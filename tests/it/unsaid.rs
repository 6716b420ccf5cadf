//! What the files leave open: it is unknown, it is said, and it is the same in every answer.

use crate::{
    importing::{pull, review},
    support::{Sandbox, quarter},
};
use serde_json::{Value, json};

const QUARTER: &str = "2026-Q3";
const LATER: &str = "2026-12-01T00:00:00Z";
const APPROVED_BEFORE: &str = "2026-07-01T11:00:00Z";

fn with(pulls: Value, policy: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", pulls.to_string()));
    if !policy.is_empty() {
        let set =
            ["policy", "set", "retroactive-24h"].into_iter().chain(policy.iter().flat_map(|edit| ["--with", edit]));
        sandbox.json(set);
    }
    sandbox
}

fn approval(sandbox: &Sandbox) -> Value {
    quarter(&sandbox.json(["--as-of", LATER, "metrics", "--quarter", QUARTER]), QUARTER)["approval"].clone()
}

fn unknown() -> Value {
    json!({"before": 0, "after": 0, "none": 0, "unknown": 1})
}

#[test]
fn who_approves_a_change_of_an_unknown_author_may_be_the_author() {
    let check = |at: &str| {
        let mut anonymous = pull(1, json!({"reviews": [review("tove", "APPROVED", at)]}));
        anonymous.as_object_mut().unwrap().remove("author");
        let sandbox = with(json!([anonymous]), &[]);
        assert_eq!(approval(&sandbox), unknown(), "{at}");
        let note = sandbox.json(["show", "acme/pay#1"])["reviews"][0]["note"].clone();
        assert!(note.as_str().unwrap().starts_with("may count or not: no file names the author"), "{note}");
    };
    check(APPROVED_BEFORE);
    check("2026-07-02T11:00:00Z");
}

#[test]
fn an_approval_of_an_unknown_commit_may_be_of_the_merged_one() {
    let reviewed = |head: Option<&str>| {
        let mut change = pull(1, json!({"reviews": [review("tove", "APPROVED", APPROVED_BEFORE)]}));
        if let Some(head) = head {
            change["headRefOid"] = json!(head);
        }
        let sandbox = with(json!([change]), &["approval.must_cover_head=true"]);
        let note = sandbox.json(["show", "acme/pay#1"])["reviews"][0]["note"].as_str().unwrap().to_owned();
        (approval(&sandbox), note)
    };
    let (found, note) = reviewed(None);
    assert_eq!(found, unknown());
    assert!(note.starts_with("may count or not: the files do not tell whether it is of the merged commit"), "{note}");
    let (found, note) = reviewed(Some("def"));
    assert_eq!(found["none"], 1);
    assert_eq!(note, "does not count: it is of another commit than the merged one");
    assert_eq!(reviewed(Some("abc")).0["before"], 1);
}

#[test]
fn the_approver_shown_is_the_one_that_the_policy_counts() {
    let check = |reviews: Value, policy: &str, approver: &str| {
        let change = json!({"labels": [{"name": "emergency"}], "reviews": reviews});
        let sandbox = with(json!([pull(1, change)]), &[policy]);
        assert_eq!(approval(&sandbox)["before"], 1, "{policy}");
        let out = sandbox.path("report.html");
        sandbox.json(["--as-of", LATER, "report", "--quarter", QUARTER, "--out", out.to_str().unwrap()]);
        let html = std::fs::read_to_string(out).unwrap();
        assert!(html.contains(approver) && !html.contains("by whom is not known"), "{policy}");
    };
    check(json!([review("jo", "COMMENTED", APPROVED_BEFORE)]), "approval.comment_counts=true", "jo, 2026-07-01 11:00");
    check(json!([]), "approval.merge_counts=true", "tove, 2026-07-01 12:00");
}

#[test]
fn of_an_approval_on_the_day_of_the_merge_a_date_alone_does_not_tell_which_came_first() {
    let sandbox = Sandbox::new();
    let profile = "name = \"r\"\n[columns]\nnumber = \"Id\"\nimplemented_at = \"Done\"\nauthor = \"Who\"\napprover = \"By\"\napproved_at = \"When\"\n";
    let profile = sandbox.file("p.toml", profile);
    let register = sandbox.file("r.csv", "Id,Done,Who,By,When\n1,2026-07-01,mara,tove,2026-07-01\n");
    let run = sandbox.json(["import", register.to_str().unwrap(), "--profile", profile.to_str().unwrap()]);
    let warnings = run["runs"][0]["warnings"].as_array().unwrap();
    assert!(warnings.iter().any(|warning| warning["code"] == "order_unknown"), "{run}");
    assert_eq!(approval(&sandbox), unknown());
}

#[test]
fn two_policies_that_differ_cannot_share_a_version() {
    let sandbox = Sandbox::new();
    let exported = sandbox.path("policy.toml");
    sandbox.run(["policy", "export", exported.to_str().unwrap()]);
    let document = std::fs::read_to_string(&exported).unwrap();
    let set = |text: String| {
        let path = sandbox.file("edited.toml", text);
        sandbox.run(["policy", "set", path.to_str().unwrap(), "--effective", "2026-08-01"])
    };
    let longer = document.replacen("deadline = \"24h\"", "deadline = \"48h\"", 1);
    let refused = set(longer.clone());
    assert_eq!(refused.code, Some(2), "{refused:?}");
    let sentence = "retroactive-24h 1.0 is already the version of a policy with other parameters";
    assert!(refused.stderr.contains(sentence) && refused.stderr.contains("version = \"1.0.1\""), "{refused:?}");
    assert_eq!(set(document).code, Some(0), "the same policy again is no other one");
    assert_eq!(set(longer.replacen("version = \"1.0\"", "version = \"1.1\"", 1)).code, Some(0));
}

#[test]
fn a_quarter_judged_by_two_policies_is_said_to_be() {
    let later = json!({"mergedAt": "2026-09-01T12:00:00Z", "createdAt": "2026-09-01T08:00:00Z"});
    let sandbox = with(json!([pull(1, json!({})), pull(2, later)]), &[]);
    let metrics = || sandbox.json(["--as-of", LATER, "metrics"]);
    assert_eq!(metrics()["mixed_quarters"], json!([]));
    sandbox.json(["policy", "set", "retroactive-24h"]);
    let edited = ["--effective", "2026-08-15", "--with", "review.deadline=\"48h\""];
    sandbox.json(["policy", "set", "retroactive-24h"].into_iter().chain(edited));
    let found = metrics();
    let mixed = &found["mixed_quarters"][0];
    assert_eq!((&mixed["quarter"], mixed["policies"].as_array().unwrap().len()), (&json!(QUARTER), 2), "{found}");
    let text = sandbox.run(["--as-of", LATER, "metrics"]);
    assert!(text.stderr.contains("2026-Q3 were judged by more than one policy"), "{text:?}");
    let out = sandbox.path("report.html");
    sandbox.json(["--as-of", LATER, "report", "--quarter", QUARTER, "--out", out.to_str().unwrap()]);
    let html = std::fs::read_to_string(out).unwrap();
    assert!(html.contains("version 1.0; then retroactive-24h, version 1.0+edited"), "both are in the title");
}

#[test]
fn a_date_far_from_all_others_is_treated_alike_everywhere() {
    let mistyped = json!({"mergedAt": "1996-07-01T12:00:00Z", "createdAt": "1996-07-01T08:00:00Z", "labels": [{"name": "emergency"}]});
    let sandbox = with(json!([pull(1, mistyped), pull(2, json!({}))]), &[]);
    let quarters = |arguments: &[&str]| {
        let answer = sandbox.json(["--as-of", LATER, "metrics"].iter().chain(arguments));
        let names: Vec<_> = answer["quarters"].as_array().unwrap().iter().map(|q| q["quarter"].clone()).collect();
        let warned = answer["warnings"].as_array().unwrap().iter().any(|warning| warning["code"] == "outlying_date");
        (json!(names), warned)
    };
    assert_eq!(quarters(&[]), (json!(["2026-Q3"]), true));
    assert_eq!(quarters(&["--to", "2026-Q3"]), (json!(["2026-Q3"]), true));
    assert_eq!(quarters(&["--from", "2026-Q3"]), (json!(["2026-Q3"]), true));
    assert_eq!(quarters(&["--to", "1996-Q3"]), (json!(["1996-Q3"]), false));
    assert_eq!(quarters(&["--quarter", "2026-Q3"]), (json!(["2026-Q3"]), false));
    let due = sandbox.json(["--as-of", LATER, "due"]);
    assert!(due["warnings"][0].as_str().unwrap().contains("github:acme/pay#1"), "{due}");
    let report = |quarter: &str| {
        let out = sandbox.path(&format!("{quarter}.html"));
        sandbox.json(["--as-of", LATER, "report", "--quarter", quarter, "--out", out.to_str().unwrap()]);
        std::fs::read_to_string(out).unwrap()
    };
    assert!(report("1996-Q3").contains("acme&#x2f;pay#1"), "whoever names the quarter gets it");
    assert!(report("2026-Q3").contains("ten years or more away from all others"), "left out, and said so");
}

#[test]
fn a_change_without_review_data_says_no_to_nothing_that_reviews_would_tell() {
    let alone = |reviewed: bool| {
        let mut change = pull(1, json!({"mergedBy": {"login": "mara", "is_bot": false}, "reviews": []}));
        if !reviewed {
            change.as_object_mut().unwrap().remove("reviews");
        }
        let page = with(json!([change]), &[]).json(["show", "acme/pay#1"]);
        let facts = page["facts"].as_array().unwrap().clone();
        move |name: &str| facts.iter().find(|fact| fact["fact"] == name).unwrap()["value"].clone()
    };
    for fact in ["changes_requested_open", "self_approved", "batch_stamped"] {
        assert_eq!((alone(true)(fact), alone(false)(fact)), (json!("no"), Value::Null), "{fact}");
    }
    assert!(alone(true)("independent_review").as_str().unwrap().starts_with("impossible: mara"));
    assert_eq!(alone(false)("independent_review"), Value::Null, "somebody else may have reviewed");
}

#[test]
fn types_of_changes_that_may_mean_an_emergency_are_named() {
    let check = |types: [&str; 2], named: Option<&str>| {
        let sandbox = Sandbox::new();
        let profile = "name = \"r\"\nrecord = \"change\"\n[columns]\nnumber = \"Id\"\nimplemented_at = \"Done\"\nchange_type = \"Type\"\n";
        let profile = sandbox.file("p.toml", profile);
        let rows = format!("Id,Done,Type\n1,2026-07-01T10:00:00Z,{}\n2,2026-07-02T10:00:00Z,{}\n", types[0], types[1]);
        let register = sandbox.file("r.csv", rows);
        let run = sandbox.json(["import", register.to_str().unwrap(), "--profile", profile.to_str().unwrap()]);
        let warnings = run["runs"][0]["warnings"].as_array().unwrap();
        let found = warnings.iter().find(|warning| warning["code"] == "change_types_unmatched");
        let message = found.map(|warning| warning["message"].as_str().unwrap());
        assert_eq!(message.is_some(), named.is_some(), "{run}");
        assert!(message.unwrap_or_default().contains(named.unwrap_or_default()), "{run}");
    };
    check(["Emergency", "Normal"], None);
    check(["Notfall", "Standard"], Some("\u{201c}Notfall\u{201d} (1). If"));
    check(["Notfall", "Notfall"], Some("\u{201c}Notfall\u{201d} (2). If"));
}
