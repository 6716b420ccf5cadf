//! Code hosts whose merge and approvals stand in several files: the files meet in any order.

use crate::support::{Sandbox, summed};
use serde_json::{Value, json};
use std::path::Path;

/// A merge request of `core/auth`, merged at noon.
fn merge_request(number: u64, fields: Value) -> Value {
    let mut merge_request = json!({
        "id": 90_000 + number, "iid": number, "project_id": 31, "title": format!("Change {number}"), "description": "",
        "state": "merged", "created_at": "2026-07-01T08:00:00.000Z", "updated_at": "2026-07-01T12:00:00.000Z",
        "merged_at": "2026-07-01T12:00:00.000Z", "merge_user": {"username": "ivos", "name": "Iben Vos"},
        "author": {"username": "ivos", "name": "Iben Vos"}, "labels": [], "target_branch": "main",
        "source_branch": "feature/x", "sha": format!("{number:040x}"),
        "references": {"full": format!("core/auth!{number}")},
    });
    for (key, value) in fields.as_object().unwrap() {
        merge_request[key] = value.clone();
    }
    merge_request
}

fn note(id: u64, number: u64, body: &str, at: &str) -> Value {
    json!({
        "id": id, "type": null, "body": body, "author": {"username": "tlind", "name": "Tamar Lind"}, "created_at": at,
        "system": true, "noteable_type": "MergeRequest", "noteable_iid": number, "project_id": 31,
    })
}

fn approvals(number: u64, by: &[&str]) -> Value {
    let by: Vec<Value> = by.iter().map(|username| json!({"user": {"username": username}})).collect();
    json!({
        "id": 90_000 + number, "iid": number, "project_id": 31, "title": format!("Change {number}"), "state": "merged",
        "updated_at": "2026-07-01T12:00:00.000Z", "approvals_required": 1, "approvals_left": 0, "approved_by": by,
    })
}

fn import(sandbox: &Sandbox, path: &Path) -> Value {
    let arguments = ["import", "--repository", "core/auth", path.to_str().unwrap()];
    let answer = sandbox.json(arguments);
    assert!(answer.get("failures").is_none(), "{answer}");
    answer["runs"][0].clone()
}

#[test]
fn gitlabs_merge_requests_notes_and_approvals_meet_in_any_order() {
    let merge_requests = json!([
        merge_request(1, json!({})),
        merge_request(2, json!({"description": "Follows !1, see #77"})),
        merge_request(3, json!({})),
        merge_request(4, json!({})),
    ]);
    let notes = json!([
        note(13, 3, "approved this merge request", "2026-07-01T15:00:00.000Z"),
        note(12, 2, "unapproved this merge request", "2026-07-01T11:00:00.000Z"),
        note(11, 2, "approved this merge request", "2026-07-01T10:00:00.000Z"),
        note(10, 1, "approved this merge request", "2026-07-01T10:00:00.000Z"),
    ]);
    let lists = [approvals(1, &["tlind"]), approvals(2, &[]), approvals(3, &["tlind"]), approvals(4, &[])];
    let approvals = lists.map(|list| list.to_string()).join("\n");
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let sandbox = Sandbox::new();
        let files = [
            sandbox.file("merge-requests.json", merge_requests.to_string()),
            sandbox.file("notes.json", notes.to_string()),
            sandbox.file("approvals.ndjson", &approvals),
        ];
        for position in order {
            let run = import(&sandbox, &files[position]);
            assert_eq!(run["rows"]["rejected"], 0, "{run}");
        }
        let metrics = sandbox.json(["metrics"]);
        let told = ["/changes", "/approval/before", "/approval/after", "/approval/none", "/approval/unknown"]
            .map(|pointer| summed(&metrics, pointer));
        // 1 was approved before the merge, 2 too but the approval was taken back, 3 after it, 4 never: the list of
        // approvals says so. Approvals without a time do not blur those with one.
        assert_eq!(told, [4, 1, 1, 2, 0], "{order:?}");
        assert_eq!(sandbox.json(["show", "core/auth!2"])["id"], "gitlab:core/auth!2");
    }
}

#[test]
fn a_merge_request_and_an_issue_of_the_same_number_are_told_apart() {
    let sandbox = Sandbox::new();
    let merge_requests = json!([merge_request(7, json!({})), merge_request(8, json!({"description": "Fixes #7"}))]);
    let issues = json!([{
        "id": 507, "iid": 7, "project_id": 31, "title": "Key leaked", "description": "", "state": "closed",
        "created_at": "2026-07-01T07:00:00.000Z", "closed_at": "2026-07-01T13:00:00.000Z", "labels": [],
        "author": {"username": "ivos"}, "confidential": false, "issue_type": "incident", "severity": "HIGH",
        "references": {"full": "core/auth#7"},
    }]);
    for (name, content) in [("merge-requests.json", merge_requests), ("issues.json", issues)] {
        let path = sandbox.file(name, content.to_string());
        assert_eq!(sandbox.import(&path)["rows"]["rejected"], 0);
    }
    let linked = |name: &str| {
        let page = sandbox.json(["show", name]);
        let links = page["links"].as_array().unwrap().iter();
        links.map(|link| format!("{} {}", link["kind"].as_str().unwrap(), link["name"].as_str().unwrap())).collect()
    };
    // !8 names the issue, which is an incident; nothing names !7.
    let (seventh, eighth): (Vec<String>, Vec<String>) = (linked("core/auth!7"), linked("core/auth!8"));
    assert_eq!(seventh, [""; 0]);
    assert_eq!(eighth, ["ticket core/auth#7", "incident core/auth#7"]);
}

#[test]
fn a_push_that_resets_all_votes_takes_earlier_approvals_back() {
    let person = |name: &str| json!({"displayName": name, "uniqueName": format!("{name}@example.com"), "id": name});
    let (noon, one, two) = ("2026-08-01T12:00:00Z", "2026-08-01T13:00:00Z", "2026-08-01T14:00:00Z");
    // The list shows the votes at the end, without their times.
    let list = |vote: i64| {
        json!([{
            "pullRequestId": 22, "title": "Retry once", "description": "x", "status": "completed", "createdBy": person("ada"),
            "creationDate": "2026-08-01T10:00:00Z", "closedDate": "2026-08-02T10:00:00Z", "closedBy": person("ada"),
            "sourceRefName": "refs/heads/x", "targetRefName": "refs/heads/main",
            "repository": {"name": "checkout", "project": {"name": "Pay"}},
            "reviewers": [{"displayName": "bo", "uniqueName": "bo@example.com", "id": "bo", "vote": vote}],
        }])
    };
    let thread = |id: u32, kind: &str, fields: Value, at: &str| {
        let mut thread = json!({
            "id": id, "publishedDate": at, "comments": [{"id": 1, "author": person("bo"), "commentType": "system"}],
            "properties": {"CodeReviewThreadType": {"$value": kind}}, "identities": {"1": person("bo")},
        });
        for (key, value) in fields.as_object().unwrap() {
            thread["properties"][key] = json!({"$value": value});
        }
        thread
    };
    let vote =
        |id, at| thread(id, "VoteUpdate", json!({"CodeReviewVoteResult": "10", "CodeReviewVotedByIdentity": "1"}), at);
    let reset = |id, at| thread(id, "ResetAllVotes", json!({}), at);
    let check = |threads: &[Value], before: u64| {
        let sandbox = Sandbox::new();
        sandbox.import(&sandbox.file("pulls.json", list(if before == 0 { 0 } else { 10 }).to_string()));
        let threads = sandbox.file("threads.json", json!({"value": threads}).to_string());
        let answer = sandbox.json(["import", "--repository", "Pay/checkout!22", threads.to_str().unwrap()]);
        assert_eq!(answer["runs"][0]["rows"]["rejected"], 0, "{answer}");
        let metrics = sandbox.json(["metrics"]);
        let told = ["/changes", "/approval/before"].map(|pointer| summed(&metrics, pointer));
        assert_eq!(told, [1, before], "{threads:?}: {metrics}");
        let page = sandbox.json(["show", "Pay/checkout!22"]);
        let first = page["reviews"].as_array().unwrap().iter().find(|review| review["at"] == noon).unwrap();
        assert_eq!(first["note"], "does not count: it was taken back", "{page}");
        let timeline = page["timeline"].as_array().unwrap().iter();
        timeline.map(|entry| entry["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let told = check(&[vote(1, noon), reset(2, one)], 0);
    assert!(told.contains(&"a push took every approval back".to_owned()), "{told:?}");
    check(&[reset(2, one), vote(1, noon)], 0);
    check(&[vote(1, noon), reset(2, one), vote(3, two)], 1);
}
