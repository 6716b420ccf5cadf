//! What other tools fell into. Each is a small ledger with one question.

use crate::{
    importing::{pull, review},
    support::{Sandbox, quarter},
};
use serde_json::{Value, json};

const QUARTER: &str = "2026-Q3";
/// Long after every deadline of these little stories.
const LATER: &str = "2026-12-01T00:00:00Z";

/// The quarter's numbers for these pull requests.
fn judged(pulls: &[Value]) -> Value {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", json!(pulls).to_string()));
    let metrics = sandbox.json(["--as-of", LATER, "metrics", "--quarter", QUARTER]);
    quarter(&metrics, QUARTER).clone()
}

fn approval(pull: Value) -> Value {
    judged(&[pull])["approval"].clone()
}

fn before() -> Value {
    json!({"before": 1, "after": 0, "none": 0, "unknown": 0})
}

fn after() -> Value {
    json!({"before": 0, "after": 1, "none": 0, "unknown": 0})
}

fn never() -> Value {
    json!({"before": 0, "after": 0, "none": 1, "unknown": 0})
}

/// Merged at 12:00 on 1 July 2026 by tove, opened by mara.
fn with_reviews(reviews: Value) -> Value {
    pull(1, json!({"reviews": reviews}))
}

#[test]
fn a_late_approval_does_not_make_the_exception_vanish() {
    let quarter = judged(&[with_reviews(json!([review("tove", "APPROVED", "2026-07-03T12:00:00Z")]))]);
    assert_eq!(quarter["approval"], after());
    assert_eq!(quarter["classes"]["unlabelled_emergency"], 1);
    assert_eq!(quarter["retroactive_review"]["late"], 1);
    assert_eq!(quarter["retroactive_review"]["median_hours"], 48.0);
}

#[test]
fn an_approval_at_the_very_moment_of_the_merge_counts_as_before() {
    assert_eq!(approval(with_reviews(json!([review("tove", "APPROVED", "2026-07-01T12:00:00Z")]))), before());
    assert_eq!(approval(with_reviews(json!([review("tove", "APPROVED", "2026-07-01T12:00:01Z")]))), after());
}

#[test]
fn a_comment_is_no_review() {
    assert_eq!(approval(with_reviews(json!([review("tove", "COMMENTED", "2026-07-01T11:00:00Z")]))), never());
}

#[test]
fn an_approval_before_the_merge_is_no_negative_span() {
    let labelled =
        json!({"labels": [{"name": "hotfix"}], "reviews": [review("tove", "APPROVED", "2026-07-01T09:00:00Z")]});
    let quarter = judged(&[pull(1, labelled)]);
    assert_eq!(quarter["classes"]["declared_emergency"], 1);
    assert_eq!(quarter["retroactive_review"]["owed"], 0);
    assert_eq!(quarter["retroactive_review"]["median_hours"], Value::Null);
}

#[test]
fn missing_review_data_is_unknown_and_not_zero() {
    let mut partial = pull(1, json!({"labels": [{"name": "emergency"}]}));
    partial.as_object_mut().unwrap().remove("reviews");
    let quarter = judged(&[partial]);
    assert_eq!(quarter["approval"], json!({"before": 0, "after": 0, "none": 0, "unknown": 1}));
    assert_eq!(
        (&quarter["retroactive_review"]["owed"], &quarter["retroactive_review"]["unknown"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(quarter["retroactive_review"]["on_time_rate"], Value::Null);
}

#[test]
fn an_export_cut_off_by_its_tool_is_said_to_be() {
    let sandbox = Sandbox::new();
    let pulls: Vec<Value> = (1..=30).map(|number| pull(number, json!({}))).collect();
    let run = sandbox.import(&sandbox.file("pulls.json", json!(pulls).to_string()));
    assert!(run["warnings"].as_array().unwrap().iter().any(|warning| warning["code"] == "cut_off"), "{run}");
}

#[test]
fn a_deleted_account_is_neither_bot_nor_nobody() {
    let deleted_reviewer = review("", "APPROVED", "2026-07-01T11:00:00Z");
    assert_eq!(approval(with_reviews(json!([deleted_reviewer]))), never());
    let deleted_author = json!({"author": {"is_bot": true, "login": "app/"}, "reviews": [review("tove", "APPROVED", "2026-07-01T11:00:00Z")]});
    assert_eq!(approval(pull(1, deleted_author.clone())), before());
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, deleted_author)]).to_string()));
    assert_eq!(sandbox.json(["show", "acme/pay#1"])["author"], "deleted account");
}

#[test]
fn a_dismissed_approval_does_not_count() {
    assert_eq!(approval(with_reviews(json!([review("tove", "DISMISSED", "2026-07-01T11:00:00Z")]))), never());
}

#[test]
fn a_dismissal_of_unknown_date_is_said_where_the_approval_is_missed() {
    let sandbox = Sandbox::new();
    let dismissed = with_reviews(json!([review("tove", "DISMISSED", "2026-07-01T11:00:00Z")]));
    sandbox.import(&sandbox.file("pulls.json", json!([dismissed]).to_string()));
    let page = sandbox.json(["show", "acme/pay#1"]);
    let fact = page["facts"].as_array().unwrap().iter().find(|fact| fact["fact"] == "approval").unwrap();
    assert!(fact["value"].as_str().unwrap().contains("dismissed, and the files do not say when"), "{fact}");
    let listed = sandbox.json(["changes"])["items"][0]["left_open"].clone();
    assert!(listed.to_string().contains("dismissed, and the files do not say when"), "{listed}");
}

#[test]
fn an_approval_dismissed_after_the_merge_was_given_all_the_same() {
    let sandbox = Sandbox::new();
    let export = |state: &str, updated: &str| {
        let reviews = json!([review("tove", state, "2026-07-01T11:00:00Z")]);
        json!([pull(1, json!({"reviews": reviews, "updatedAt": updated}))]).to_string()
    };
    sandbox.import(&sandbox.file("then.json", export("APPROVED", "2026-07-01T13:00:00Z")));
    sandbox.import(&sandbox.file("now.json", export("DISMISSED", "2026-07-05T12:00:00Z")));
    let metrics = sandbox.json(["--as-of", LATER, "metrics", "--quarter", QUARTER]);
    assert_eq!(quarter(&metrics, QUARTER)["approval"], before());
}

#[test]
fn what_is_later_than_the_judgement_has_not_happened() {
    let sandbox = Sandbox::new();
    let reviewed = with_reviews(json!([review("tove", "APPROVED", "2026-07-03T12:00:00Z")]));
    let later = json!({"mergedAt": "2026-07-10T12:00:00Z", "createdAt": "2026-07-10T08:00:00Z"});
    sandbox.import(&sandbox.file("pulls.json", json!([reviewed, pull(2, later)]).to_string()));
    let metrics = sandbox.json(["--as-of", "2026-07-02T00:00:00Z", "metrics"]);
    let found = quarter(&metrics, QUARTER);
    assert_eq!((&found["changes"], &metrics["not_yet_implemented"]), (&json!(1), &json!(1)));
    assert_eq!((&found["approval"], &found["retroactive_review"]["pending"]), (&never(), &json!(1)));
    let outcome = sandbox.run(["--as-of", "2026-07-02T00:00:00Z", "metrics"]);
    let sentence =
        "1 change is implemented after 2026-07-02T00:00:00Z, the moment of this judgement, and is not counted.";
    assert!(outcome.stderr.contains(sentence), "{outcome:?}");
    let due = sandbox.json(["--as-of", "2026-07-02T00:00:00Z", "due"]);
    let ids: Vec<_> = due["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
    assert_eq!(ids, [json!("github:acme/pay#1")]);
    assert_eq!(sandbox.json(["--as-of", "2026-07-02T00:00:00Z", "changes"])["total"], 1);
    assert_eq!(quarter(&sandbox.json(["--as-of", LATER, "metrics"]), QUARTER)["retroactive_review"]["late"], 1);
}

#[test]
fn texts_and_mergers_that_no_file_carried_are_unknown() {
    let labelled = |number: u64| pull(number, json!({"labels": [{"name": "emergency"}]}));
    let mut bare = labelled(1);
    bare.as_object_mut().unwrap().remove("body");
    bare.as_object_mut().unwrap().remove("mergedBy");
    let mut empty = labelled(2);
    empty["body"] = Value::Null;
    let found = judged(&[bare.clone(), empty]);
    for record in ["authorisation", "justification"] {
        assert_eq!(found[record], json!({"recorded": 0, "share": 0.0, "unknown": 1}), "{record}");
    }
    assert_eq!((&found["self_merged"], &found["merger_unknown"]), (&json!(0), &json!(1)));
    assert_eq!(judged(&[bare])["authorisation"], json!({"recorded": 0, "share": null, "unknown": 1}));
}

#[test]
fn a_wrong_date_does_not_stretch_the_quarters() {
    let mistyped = json!({"mergedAt": "1996-07-01T12:00:00Z", "createdAt": "1996-07-01T08:00:00Z"});
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, mistyped), pull(2, json!({}))]).to_string()));
    let metrics = sandbox.json(["--as-of", LATER, "metrics"]);
    assert_eq!(metrics["quarters"].as_array().unwrap().len(), 1);
    let warning = &metrics["warnings"][0];
    assert_eq!(warning["code"], "outlying_date");
    let message = warning["message"].as_str().unwrap();
    assert!(
        ["github:acme/pay#1", "1996-07-01T12:00:00Z", "pulls.json", "--from 1996-Q3"]
            .iter()
            .all(|word| message.contains(word)),
        "{message}"
    );
    let asked = sandbox.json(["--as-of", LATER, "metrics", "--quarter", "1996-Q3"]);
    assert_eq!((&asked["quarters"][0]["changes"], &asked["warnings"]), (&json!(1), &json!([])));
}

#[test]
fn an_approval_withdrawn_before_the_merge_does_not_count() {
    let then_refused = json!([
        review("tove", "APPROVED", "2026-07-01T10:00:00Z"),
        review("tove", "CHANGES_REQUESTED", "2026-07-01T11:00:00Z")
    ]);
    assert_eq!(approval(with_reviews(then_refused)), never());
    let refused_first = json!([
        review("tove", "CHANGES_REQUESTED", "2026-07-01T10:00:00Z"),
        review("tove", "APPROVED", "2026-07-01T11:00:00Z")
    ]);
    assert_eq!(approval(with_reviews(refused_first)), before());
}

#[test]
fn a_bot_cannot_approve() {
    let by_bot = json!({"author": {"is_bot": true, "login": "app/dependabot"}, "reviews": [review("dependabot", "APPROVED", "2026-07-01T11:00:00Z")]});
    assert_eq!(approval(pull(1, by_bot)), never());
    assert_eq!(approval(with_reviews(json!([review("renovate[bot]", "APPROVED", "2026-07-01T11:00:00Z")]))), never());
}

#[test]
fn nobody_approves_their_own_change() {
    let quarter = judged(&[with_reviews(json!([review("Mara", "APPROVED", "2026-07-01T11:00:00Z")]))]);
    assert_eq!(quarter["approval"], never());
    assert_eq!(quarter["self_approved"], 1);
}

#[test]
fn a_co_author_is_not_independent() {
    let commits = json!([{"oid": "abc", "authors": [{"login": "mara", "name": "Mara", "email": "m@example.com"}, {"login": "tove", "name": "Tove", "email": "t@example.com"}]}]);
    let approved = json!({"commits": commits, "reviews": [review("tove", "APPROVED", "2026-07-01T11:00:00Z")]});
    assert_eq!(approval(pull(1, approved)), never());
}

#[test]
fn a_co_author_named_by_mail_is_the_account_behind_it() {
    let body = "Caps retries.\n\nCo-authored-by: Tove Lund <123+Tove@users.noreply.github.com>";
    let approved = json!({"body": body, "reviews": [review("tove", "APPROVED", "2026-07-01T11:00:00Z")]});
    assert_eq!(approval(pull(1, approved)), never());
    let by_another = json!({"body": body, "reviews": [review("jo", "APPROVED", "2026-07-01T11:00:00Z")]});
    assert_eq!(approval(pull(1, by_another)), before());
}

#[test]
fn a_denied_emergency_is_none() {
    let body = "Not an emergency, planned since May.\n\nEmergency change: no\n1. [x] hotfix?\n";
    let change = json!({"title": "Non-emergency upgrade", "body": body, "labels": [{"name": "non-emergency"}]});
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, change)]).to_string()));
    assert_eq!(sandbox.json(["show", "acme/pay#1"])["signals"], json!(["unreviewed"]));
}

#[test]
fn the_merge_is_the_clock_whatever_dates_commits_bear() {
    let backdated = json!([{"oid": "abc", "authoredDate": "2020-01-01T00:00:00Z", "committedDate": "2020-01-01T00:00:00Z", "authors": [{"login": "mara"}]}]);
    let quarter = judged(&[pull(1, json!({"commits": backdated}))]);
    assert_eq!(quarter["changes"], 1);
}

#[test]
fn a_merge_into_another_branch_is_not_counted() {
    let quarter = judged(&[
        pull(1, json!({"baseRefName": "develop"})),
        pull(2, json!({"baseRefName": "release/2.4"})),
        pull(3, json!({})),
    ]);
    assert_eq!(quarter["changes"], 2);
}

#[test]
fn names_of_standards_are_no_tickets() {
    let sandbox = Sandbox::new();
    let body = "Reads UTF-8, hashes with SHA-256, follows ISO-8601 and fixes CVE-2026-1234 over HTTP-2.";
    let path = sandbox.file("pulls.json", json!([pull(1, json!({"body": body}))]).to_string());
    sandbox.import(&path);
    assert_eq!(sandbox.json(["show", "acme/pay#1"])["links"], json!([]));
}

#[test]
fn an_empty_quarter_has_no_ratio() {
    let later = json!({"mergedAt": "2027-02-01T12:00:00Z", "createdAt": "2027-02-01T08:00:00Z", "updatedAt": "2027-02-01T12:00:00Z"});
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, json!({})), pull(2, later)]).to_string()));
    let metrics = sandbox.json(["--as-of", "2027-06-01T00:00:00Z", "metrics"]);
    let names: Vec<_> =
        metrics["quarters"].as_array().unwrap().iter().map(|quarter| quarter["quarter"].as_str().unwrap()).collect();
    assert_eq!(names, ["2026-Q3", "2026-Q4", "2027-Q1"]);
    let empty = quarter(&metrics, "2026-Q4");
    assert_eq!(
        (&empty["changes"], &empty["emergency_ratio"], &empty["ratio_state"]),
        (&json!(0), &Value::Null, &json!("n/a"))
    );
    assert_eq!(
        empty["unlabelled_emergencies"],
        json!({"count": 0, "share": null, "labels_unknown": 0, "confirmed": 0, "dismissed": 0})
    );
}

#[test]
fn a_merge_without_a_time_is_counted_nowhere_but_said() {
    let mut undated = pull(1, json!({}));
    undated["mergedAt"] = Value::Null;
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", json!([undated, pull(2, json!({}))]).to_string()));
    let metrics = sandbox.json(["metrics"]);
    assert_eq!((metrics["undated"].as_u64(), quarter(&metrics, QUARTER)["changes"].as_u64()), (Some(1), Some(1)));
}

#[test]
fn words_of_a_template_do_not_speak() {
    let body = "Adds a field.\n\n- [ ] This is an emergency change\n<!-- hotfix? rollback plan? -->\n> urgent fix\n";
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, json!({"body": body}))]).to_string()));
    assert_eq!(sandbox.json(["show", "acme/pay#1"])["signals"], json!(["unreviewed"]));
}

#[test]
fn a_named_incident_that_was_not_imported_is_dangling() {
    let incidents = json!({"incidents": [{"id": "Q1ZK8M0", "incident_number": 5521, "title": "Checkout down, see https://github.com/acme/pay/pull/1", "status": "resolved", "urgency": "high",
        "created_at": "2026-07-01T10:00:00Z", "resolved_at": "2026-07-01T13:00:00Z", "last_status_change_at": "2026-07-01T13:00:00Z", "service": {"id": "S", "summary": "pay"},
        "html_url": "https://acme.pagerduty.com/incidents/Q1ZK8M0"}], "limit": 100, "offset": 0, "total": 1, "more": false});
    let labelled = |number: u64, body: &str| pull(number, json!({"body": body, "labels": [{"name": "emergency"}]}));
    let pulls = json!([
        labelled(1, "For https://acme.pagerduty.com/incidents/Q1ZK8M0"),
        labelled(2, "For INC-5521"),
        labelled(3, "For INC-9999"),
        labelled(4, "No word of it"),
    ]);
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", pulls.to_string()));
    sandbox.import(&sandbox.file("incidents.json", incidents.to_string()));
    let metrics = sandbox.json(["metrics", "--quarter", QUARTER]);
    let found = &quarter(&metrics, QUARTER)["missing_incident_links"];
    assert_eq!(*found, json!({"count": 2, "share": 0.5, "none": 1, "dangling": 1, "one_way": 1, "unknown": 0}));
}

#[test]
fn one_person_alone_cannot_be_reviewed_and_that_is_said() {
    let alone = json!({"mergedBy": {"login": "mara", "is_bot": false}, "reviews": []});
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, alone.clone())]).to_string()));
    let page = sandbox.json(["show", "acme/pay#1"]);
    let fact = page["facts"].as_array().unwrap().iter().find(|fact| fact["fact"] == "independent_review").unwrap();
    assert!(fact["value"].as_str().unwrap().starts_with("impossible: mara"), "{fact}");
    assert_eq!(page["class"], "unlabelled_emergency", "it is not hidden either");
    sandbox.import(
        &sandbox.file("more.json", json!([pull(2, json!({"author": {"login": "tove", "is_bot": false}}))]).to_string()),
    );
    let page = sandbox.json(["show", "acme/pay#1"]);
    let fact = page["facts"].as_array().unwrap().iter().find(|fact| fact["fact"] == "independent_review").unwrap();
    assert_eq!(fact["value"], "possible");
}

#[test]
fn a_review_within_the_second_is_no_missing_value() {
    let reviewed =
        json!({"labels": [{"name": "hotfix"}], "reviews": [review("tove", "APPROVED", "2026-07-01T12:00:01Z")]});
    let quarter = judged(&[pull(1, reviewed)]);
    let median = quarter["retroactive_review"]["median_hours"].as_f64().unwrap();
    assert!(median > 0.0 && median < 0.001, "{median}");
}

#[test]
fn labels_that_no_file_carried_are_not_missing() {
    let mut without = pull(1, json!({}));
    without.as_object_mut().unwrap().remove("labels");
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", json!([without]).to_string()));
    let item = sandbox.json(["changes"])["items"][0].clone();
    assert!(item["left_open"][0].as_str().unwrap().starts_with("the files carry no labels"), "{item}");
    assert!(!item["missing"].as_array().unwrap().contains(&json!("label")), "{item}");
}

#[test]
fn a_page_that_says_there_are_more_is_said_to_be_cut_off() {
    let page = |more: bool| {
        json!({"incidents": [{"id": "Q1", "incident_number": 1, "title": "Down", "status": "resolved", "urgency": "high",
            "created_at": "2026-07-01T10:00:00Z", "resolved_at": "2026-07-01T11:00:00Z"}], "limit": 1, "offset": 0, "more": more})
    };
    let check = |content: String, cut: bool| {
        let sandbox = Sandbox::new();
        let run = sandbox.import(&sandbox.file("incidents.json", &content));
        let warned = run["warnings"].as_array().unwrap().iter().any(|warning| warning["code"] == "cut_off");
        assert_eq!(warned, cut, "{content}");
    };
    check(page(true).to_string(), true);
    check(page(false).to_string(), false);
    check(format!("{}{}", page(true), page(false)), false);
}

#[test]
fn reviews_that_the_source_could_not_list_are_unknown_and_not_none() {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, json!({"reviews": null}))]).to_string()));
    let metrics = sandbox.json(["metrics", "--as-of", "2026-10-01"]);
    let approval = &quarter(&metrics, "2026-Q3")["approval"];
    assert_eq!((&approval["unknown"], &approval["none"]), (&json!(1), &json!(0)), "{approval}");
}
