//! `explain` tells why a change was judged as it was, with the places in files that prove it.

use crate::{
    importing::{pull, review},
    support::Sandbox,
};
use serde_json::{Value, json};

const AS_OF: [&str; 2] = ["--as-of", "2026-08-01T00:00:00Z"];
const HEAD: &str = "9f3c1e0b04de8f3b2a1c0d9e8f7061524a3b4c5d";
const MERGE: &str = "2f1c9ab04de8f3b2a1c0d9e8f7061524a3b4c5d6";

/// An emergency of a Friday night that was reviewed on Sunday, tested before and deployed after, staging first.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let mut late = review("tove", "APPROVED", "2026-07-05T11:10:00Z");
    late["commit"]["oid"] = json!(HEAD);
    let hotfix = pull(
        1,
        json!({
            "title": "Hotfix: cap retries", "headRefName": "hotfix/retries", "mergedAt": "2026-07-03T21:10:00Z",
            "mergedBy": {"login": "mara", "is_bot": false}, "body": "Justification: bookings fail", "reviews": [late],
            "mergeCommit": {"oid": MERGE}, "headRefOid": HEAD, "labels": [{"name": "emergency"}],
        }),
    );
    let routine = pull(2, json!({"reviews": [review("tove", "APPROVED", "2026-07-01T11:00:00Z")]}));
    sandbox.import(&sandbox.file("pulls.json", json!([hotfix, routine]).to_string()));
    let run = json!([{
        "attempt": 1, "conclusion": "success", "createdAt": "2026-07-03T20:43:00Z", "databaseId": 7001,
        "displayTitle": "cap retries", "event": "pull_request", "headBranch": "hotfix/retries", "headSha": HEAD,
        "name": "tests", "number": 311, "startedAt": "2026-07-03T20:43:05Z", "status": "completed",
        "updatedAt": "2026-07-03T20:49:00Z", "url": "https://github.com/acme/pay/actions/runs/7001",
        "workflowDatabaseId": 9, "workflowName": "tests",
    }]);
    sandbox.import(&sandbox.file("runs.json", run.to_string()));
    let deployment = |id: u32, environment: &str, at: &str| {
        json!({
            "databaseId": id, "url": format!("https://github.com/acme/pay/deployments/{id}"), "commitOid": MERGE,
            "environment": environment, "state": "ACTIVE", "createdAt": at, "updatedAt": at,
            "statuses": {"nodes": [{"state": "SUCCESS", "createdAt": at}]},
        })
    };
    let nodes =
        [deployment(81, "staging", "2026-07-03T21:20:00Z"), deployment(82, "production", "2026-07-03T21:40:00Z")];
    let deployments = json!({"data": {"repository": {"nameWithOwner": "acme/pay", "deployments": {"nodes": nodes}}}});
    sandbox.import(&sandbox.file("deployments.json", deployments.to_string()));
    sandbox
}

fn answers(explained: &Value) -> String {
    let controls = explained["controls"].as_array().unwrap();
    let mark = |line: &Value| match line["answer"].as_str().unwrap() {
        "pass" => 'p',
        "fail" => 'f',
        "not_applicable" => '-',
        _ => '?',
    };
    controls.iter().map(mark).collect()
}

#[test]
fn an_emergency_is_explained_from_its_class_to_its_controls() {
    let sandbox = sandbox();
    let explained = sandbox.json(AS_OF.iter().chain(&["explain", "1"]));
    //                               ABCDEFGHIJKLMN
    assert_eq!(answers(&explained), "?ppp-p-p?ffff?", "{explained}");
    assert_eq!(explained["class"], "declared_emergency");
    let shown = sandbox.json(AS_OF.iter().chain(&["show", "1"]));
    assert_eq!(shown["controls"], explained["controls"]);

    let evidence = |control: usize| &explained["controls"][control]["evidence"];
    assert!(evidence(5)[0]["place"]["file"].as_str().unwrap().ends_with("runs.json"), "{explained}");
    assert_eq!(evidence(7).as_array().unwrap().len(), 2);
    assert_eq!(evidence(7)[1]["text"], "In production since Fri 2026-07-03 21:40 UTC.");

    let told = sandbox.run(AS_OF.iter().chain(&["explain", "1"])).stdout;
    for sentence in [
        "This is a declared emergency: the change itself is labelled as one.",
        "Implemented Fri 2026-07-03 21:10 UTC. The policy gives 24 hours, so its review was due Sat 2026-07-04 21:10 UTC.",
        "tove reviewed it Sun 2026-07-05 11:10 UTC, 14.0 h late.",
        "B  pass            A justification is on record.",
        "E  not applicable  An emergency may be approved afterwards.",
        "L  fail            It was reviewed afterwards, but after the deadline.",
    ] {
        assert!(told.contains(sentence), "{sentence}\n{told}");
    }
    let own_words = told.lines().filter(|line| !line.contains('['));
    assert!(own_words.clone().count() > 20 && own_words.into_iter().all(|line| !line.contains('_')), "{told}");
}

#[test]
fn controls_are_counted_per_quarter_and_what_was_not_imported_is_unknown() {
    let sandbox = sandbox();
    let quarters = sandbox.json(AS_OF.iter().chain(&["metrics", "--quarter", "2026-Q3"]));
    let controls = &quarters["quarters"][0]["controls"];
    let counts = |control: &str| {
        let of = &controls[control];
        ["pass", "fail", "not_applicable", "unknown"].map(|answer| of[answer].as_u64().unwrap())
    };
    assert_eq!(counts("C"), [2, 0, 0, 0]);
    assert_eq!(counts("E"), [1, 0, 1, 0]);
    assert_eq!(counts("F"), [1, 0, 0, 1]);
    assert_eq!(counts("H"), [1, 0, 0, 1]);
    assert_eq!(counts("L"), [0, 1, 1, 0]);
    assert_eq!(counts("N"), [0, 0, 0, 2]);
    let rework = &quarters["quarters"][0]["deployment_rework"];
    assert_eq!((&rework["deployments"], &rework["unplanned"]), (&json!(1), &json!(0)), "{rework}");
}

#[test]
fn a_change_that_is_not_there_is_not_explained() {
    let outcome = sandbox().run(["explain", "99"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(outcome.stderr.contains("there is no change `99`"), "{outcome:?}");
}
