//! Who is who: what people state about accounts moves verdicts, can be taken back, and outlasts imports.

use crate::{
    importing::{pull, review},
    support::{Sandbox, quarter},
};
use serde_json::{Value, json};

const BECAUSE: [&str; 4] = ["--by", "Ilse Berg", "--reason", "The directory says so."];

/// Opened by mara, merged by tove, approved before by `reviewer`.
fn ledger(reviewer: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let reviews = json!({"reviews": [review(reviewer, "APPROVED", "2026-07-01T11:00:00Z")]});
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, reviews)]).to_string()));
    sandbox
}

fn state(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    sandbox.json(["people"].iter().chain(arguments).chain(&BECAUSE))
}

fn approvals(sandbox: &Sandbox) -> Value {
    quarter(&sandbox.json(["metrics"]), "2026-Q3")["approval"].clone()
}

fn before() -> Value {
    json!({"before": 1, "after": 0, "none": 0, "unknown": 0})
}

fn never() -> Value {
    json!({"before": 0, "after": 0, "none": 1, "unknown": 0})
}

fn verifies(sandbox: &Sandbox) {
    let verified = sandbox.run(["verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.stdout);
}

#[test]
fn an_approval_by_the_authors_second_account_stops_counting_until_it_is_taken_back() {
    let sandbox = ledger("mara-private");
    assert_eq!(approvals(&sandbox), before());
    let merged = state(&sandbox, &["merge", "mara", "mara-private"]);
    assert_eq!(approvals(&sandbox), never());
    let moved = &merged["moved"][0];
    assert_eq!((&moved["id"], &merged["moved"][1]), (&json!("github:acme/pay#1"), &Value::Null));
    assert_eq!((&moved["before"]["approval"], &moved["after"]["approval"]), (&json!("before"), &json!("never")));
    assert_eq!(merged["people"][0]["accounts"].as_array().unwrap().len(), 2, "{merged}");
    let shown = sandbox.json(["show", "acme/pay#1"])["reviews"][0].clone();
    assert_eq!(shown["reviewer"], "mara-private (account of mara)");
    assert_eq!(shown["note"], "does not count: given by the author");
    verifies(&sandbox);

    let split = state(&sandbox, &["split", "mara-private"]);
    assert_eq!(split["moved"][0]["after"]["approval"], "before", "{split}");
    assert_eq!(approvals(&sandbox), before());
    verifies(&sandbox);
    let history = sandbox.json(["people", "history"])["statements"].clone();
    let stated: Vec<_> = history.as_array().unwrap().iter().map(|line| line["statement"].as_str().unwrap()).collect();
    assert_eq!(stated, ["mara, mara-private are one person", "mara-private is a person of its own"]);
    assert_eq!((&history[0]["by"], &history[0]["reason"]), (&json!("Ilse Berg"), &json!("The directory says so.")));
}

#[test]
fn every_role_is_compared_by_person() {
    let check = |merge: &[&str], pointer: &str, expected: u64| {
        let sandbox = ledger("ines");
        let merged = [&["merge"], merge].concat();
        state(&sandbox, &merged);
        let metrics = sandbox.json(["metrics"]);
        assert_eq!(quarter(&metrics, "2026-Q3").pointer(pointer), Some(&json!(expected)), "{merge:?} {pointer}");
    };
    check(&["tove", "ines"], "/self_merged", 0);
    check(&["tove", "ines"], "/approval/before", 1);
    check(&["tove", "mara"], "/self_merged", 1);
    check(&["mara", "tove"], "/approval/before", 1);
    check(&["ines", "mara"], "/self_approved", 1);
    check(&["ines", "mara", "tove"], "/approval/none", 1);
}

#[test]
fn the_approval_of_an_account_that_is_a_bot_never_counts() {
    let sandbox = ledger("release-desk");
    state(&sandbox, &["kind", "release-desk", "bot"]);
    assert_eq!(approvals(&sandbox), never());
    assert_eq!(sandbox.json(["show", "acme/pay#1"])["reviews"][0]["note"], "does not count: given by a bot");
    state(&sandbox, &["kind", "release-desk", "human"]);
    assert_eq!(approvals(&sandbox), before());
    state(&sandbox, &["kind", "release-desk", "deleted"]);
    assert_eq!(approvals(&sandbox), never());
    verifies(&sandbox);
}

#[test]
fn a_later_import_keeps_who_is_who() {
    let sandbox = ledger("mara-private");
    state(&sandbox, &["merge", "mara", "mara-private"]);
    let reviews = json!({"reviews": [review("mara-private", "APPROVED", "2026-07-01T11:00:00Z")], "updatedAt": "2026-07-02T12:00:00Z"});
    let later = json!([pull(1, reviews.clone()), pull(2, reviews)]);
    sandbox.import(&sandbox.file("later.json", later.to_string()));
    assert_eq!(approvals(&sandbox), json!({"before": 0, "after": 0, "none": 2, "unknown": 0}));
    verifies(&sandbox);
}

#[test]
fn people_are_listed_with_all_their_accounts() {
    let sandbox = ledger("mara-private");
    let people = |sandbox: &Sandbox| -> Vec<String> {
        let listed = sandbox.json(["people"])["people"].clone();
        let line = |line: &Value| {
            let accounts: Vec<_> = line["accounts"]
                .as_array()
                .unwrap()
                .iter()
                .map(|account| account["account"].as_str().unwrap())
                .collect();
            format!("{} {}: {}", line["person"].as_str().unwrap(), line["kind"].as_str().unwrap(), accounts.join(" "))
        };
        listed.as_array().unwrap().iter().map(line).collect()
    };
    assert_eq!(people(&sandbox), ["mara human: mara", "mara-private human: mara-private", "tove human: tove"]);
    state(&sandbox, &["merge", "Mara-Private", "mara"]);
    assert_eq!(people(&sandbox), ["mara-private human: mara-private mara", "tove human: tove"]);
    let csv = sandbox.run(["--format", "csv", "people"]).stdout;
    let second = csv.lines().nth(2).unwrap();
    assert_eq!(second, "mara-private,mara,,human,github,1,0,0,0,0", "{csv}");
    let text = sandbox.run(["people"]).stdout;
    assert!(text.lines().nth(1).unwrap().starts_with(" mara-private"), "{text}");
}

#[test]
fn accounts_that_are_alike_are_suggested_until_they_are_merged() {
    let sandbox = Sandbox::new();
    let by_mail = json!({"author": {"login": "mara", "name": "Mara Ko", "is_bot": false}, "reviews": [review("mara@example.com", "APPROVED", "2026-07-01T11:00:00Z")]});
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, by_mail)]).to_string()));
    let found = sandbox.json(["people", "suggest"])["suggestions"].clone();
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    let (person, account) = (found[0]["person"].as_str().unwrap(), found[0]["account"].as_str().unwrap());
    assert_eq!((person, account, &found[0]["likeness"]), ("mara", "mara@example.com", &json!("local_part")));
    state(&sandbox, &["merge", person, account]);
    assert_eq!(sandbox.json(["people", "suggest"])["suggestions"], json!([]));
    assert_eq!(approvals(&sandbox), never());
}

#[test]
fn what_makes_no_sense_about_people_is_refused_and_says_what_would() {
    let sandbox = ledger("tove");
    let bot =
        json!({"author": {"login": "app/dependabot", "is_bot": true}, "mergedBy": {"login": "app/", "is_bot": true}});
    sandbox.import(&sandbox.file("bot.json", json!([pull(2, bot)]).to_string()));
    let check = |arguments: &[&str], message: &str| {
        let outcome = sandbox.run(["people"].iter().chain(arguments).chain(&BECAUSE));
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(outcome.stderr.contains(message), "{arguments:?}: {}", outcome.stderr);
    };
    check(&["merge", "mara", "nobody"], "no imported record names an account `nobody`");
    check(&["merge", "mara", "dependabot"], "mara is a human and dependabot[bot] is a bot");
    check(&["merge", "mara", "ghost"], "a deleted account stands for anybody");
    check(&["merge", "mara", "mara"], "mara and mara are one person already");
    check(&["merge", "mara"], "2 values required");
    check(&["split", "mara"], "mara is the only account of its person");
    check(&["kind", "mara", "human"], "mara is a human already");
    let nameless = sandbox.run(["people", "split", "mara", "--by", " ", "--reason", "x"]);
    assert!(nameless.stderr.contains("needs who makes it, and why"), "{}", nameless.stderr);
    assert_eq!(sandbox.json(["people", "history"])["statements"], json!([]));
}
