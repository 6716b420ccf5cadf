//! Nobody reviews, authorises, dismisses or exempts a change of their own, by whichever of their names they call themselves.

use crate::{
    importing::pull,
    support::{Sandbox, quarter},
};
use serde_json::{Value, json};

const AS_OF: [&str; 2] = ["--as-of", "2026-10-01T08:00:00Z"];

/// Three unreviewed pull requests of Mara, with commits of Jonas in the second, one of Ilse, and one of another account.
fn ledger() -> Sandbox {
    let sandbox = Sandbox::new();
    let by = |login: &str, name: &str| json!({"login": login, "name": name, "is_bot": false});
    let opened = |number: u32, author: Value, more: Value| {
        let mut changes = json!({"author": author, "title": format!("Hotfix, part {number}")});
        changes.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        pull(u64::from(number), changes)
    };
    let commits = json!({"commits": [{
        "oid": "c1", "messageHeadline": "Part", "messageBody": "", "committedDate": "2026-07-01T09:00:00Z",
        "authors": [{"login": "jonas", "name": "Jonas Falk", "email": "jonas@example.com"}],
    }]});
    let pulls = json!([
        opened(1, by("mara", "Mara Ko"), json!({})),
        opened(2, by("mara", "Mara Ko"), commits),
        opened(3, by("mara", "Mara Ko"), json!({})),
        opened(4, by("ilse", "Ilse Berg"), json!({})),
        opened(5, by("mk-private", "M. Ko"), json!({})),
    ]);
    sandbox.import(&sandbox.file("pulls.json", pulls.to_string()));
    sandbox
}

fn arguments<'a>(id: &'a str, kind: &'a str, by: &'a str) -> Vec<&'a str> {
    [&AS_OF[..], &["attest", id, "--kind", kind, "--by", by, "--reason", "So it was."]].concat()
}

fn attest(sandbox: &Sandbox, id: &str, kind: &str, by: &str) -> Value {
    sandbox.json(arguments(id, kind, by))
}

fn same(sandbox: &Sandbox, accounts: &[&str]) {
    let because = ["--by", "Ilse Berg", "--reason", "The directory says so."];
    sandbox.json([&["people", "merge"][..], accounts, &because].concat());
}

fn shown(sandbox: &Sandbox, id: &str) -> Value {
    sandbox.json(AS_OF.iter().chain(&["show", id]))
}

fn standings(sandbox: &Sandbox, id: &str) -> Vec<String> {
    let page = shown(sandbox, id);
    let lines = page["attestations"].as_array().unwrap().iter();
    lines.map(|line| line["standing"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_authors_own_review_is_refused_by_every_name_that_the_ledger_knows() {
    let sandbox = ledger();
    let check = |id: &str, by: &str, is_refused: bool| {
        let outcome = sandbox.run(arguments(id, "review", by));
        assert_eq!(outcome.code == Some(2), is_refused, "{by}: {}", outcome.stderr);
        let reason = "is an author of github:acme/pay#2, and nobody reviews what is their own";
        assert!(!is_refused || outcome.stderr.contains(reason), "{by}: {}", outcome.stderr);
    };
    for by in
        ["mara", " MARA ", "@mara", "Mara Ko", "mara  ko", "Mara Ko, engineering lead", "Mara Ko (@mara)", "jonas"]
    {
        check("acme/pay#2", by, true);
    }
    for by in ["Jonas Falk", "Jonas Falk <jonas@example.com>", "Ilse Berg and Jonas Falk"] {
        check("acme/pay#2", by, true);
    }
    assert_eq!(sandbox.json(["attestations"])["changes"], json!([]));
    check("acme/pay#2", "ilse", false);
    check("acme/pay#2", "mk-private", false);
    same(&sandbox, &["mara", "mk-private"]);
    check("acme/pay#2", "MK-private", true);
    check("acme/pay#2", "M. Ko, CTO", true);
}

#[test]
fn what_authors_say_in_favour_of_their_own_change_is_kept_and_counts_for_nothing() {
    let sandbox = ledger();
    let before = sandbox.json(AS_OF.iter().chain(&["metrics"]));
    for (id, kind, deed) in [
        ("acme/pay#1", "dismiss", "nobody dismisses the detection of what is their own"),
        ("acme/pay#2", "exempt", "nobody exempts what is their own"),
        ("acme/pay#3", "authorisation", "nobody authorises what is their own"),
    ] {
        let answer = attest(&sandbox, id, kind, "Mara Ko");
        assert_eq!((&answer["moved"], &answer["attestation"]["standing"]), (&json!([]), &json!("not_independent")));
        let note = answer["notes"][0].as_str().unwrap();
        assert!(
            note.starts_with("It does not count: Mara Ko is an author of the change") && note.contains(deed),
            "{note}"
        );
        assert_eq!(standings(&sandbox, id), ["not_independent"]);
        assert_eq!(shown(&sandbox, id)["without_attestations"], json!([]));
        let text = sandbox.run(AS_OF.iter().chain(&["explain", id])).stdout;
        assert!(text.contains(deed), "{text}");
    }
    for listed in [&["attestations"][..], &["--format", "csv", "attestations"]] {
        let listed = sandbox.run(AS_OF.iter().chain(listed)).stdout;
        assert_eq!(listed.matches("It does not count: Mara Ko is an author of the change").count(), 3, "{listed}");
    }
    let after = sandbox.json(AS_OF.iter().chain(&["metrics"]));
    assert_eq!((&after["quarters"], &after["without_attestations"]), (&before["quarters"], &json!([])));
    let out = sandbox.path("report.html");
    let report = ["report", "--quarter", "2026-Q3", "--out", out.to_str().unwrap()];
    assert_eq!(sandbox.run(AS_OF.iter().chain(&report)).code, Some(0));
    let report = std::fs::read_to_string(out).unwrap();
    assert!(report.contains("3 attestations move no verdict"));
    assert!(report.contains("does not hold. It does not count: Mara Ko is an author of the change"));
    assert_eq!(sandbox.run(["verify"]).code, Some(0));
}

#[test]
fn an_authors_word_takes_the_place_of_nobody_elses() {
    let sandbox = ledger();
    attest(&sandbox, "acme/pay#1", "confirm", "Ilse Berg");
    attest(&sandbox, "acme/pay#1", "dismiss", "mara");
    assert_eq!(standings(&sandbox, "acme/pay#1"), ["in_force", "not_independent"]);
    assert_eq!(shown(&sandbox, "acme/pay#1")["class"], "unlabelled_emergency");
    attest(&sandbox, "acme/pay#1", "dismiss", "Ilse Berg");
    assert_eq!(standings(&sandbox, "acme/pay#1"), ["superseded", "not_independent", "in_force"]);
    assert_eq!(shown(&sandbox, "acme/pay#1")["class"], "unreviewed");
    // What does them no favour counts.
    attest(&sandbox, "acme/pay#1", "confirm", "mara");
    assert_eq!(shown(&sandbox, "acme/pay#1")["class"], "unlabelled_emergency");
}

#[test]
fn who_turns_out_to_be_an_author_counts_no_longer_until_that_is_taken_back() {
    let sandbox = ledger();
    let answer = attest(&sandbox, "acme/pay#1", "exempt", "M. Ko");
    assert_eq!((&answer["notes"], &answer["moved"][0]["after"]["class"]), (&json!([]), &json!("exempt")));
    let exempt = |sandbox: &Sandbox| {
        quarter(&sandbox.json(AS_OF.iter().chain(&["metrics"])), "2026-Q3")["classes"]["exempt"].clone()
    };
    assert_eq!(exempt(&sandbox), 1);
    same(&sandbox, &["mara", "mk-private"]);
    assert_eq!((exempt(&sandbox), standings(&sandbox, "acme/pay#1")), (json!(0), vec!["not_independent".to_owned()]));
    sandbox.json(["people", "split", "mk-private", "--by", "Ilse Berg", "--reason", "Another one."]);
    assert_eq!((exempt(&sandbox), standings(&sandbox, "acme/pay#1")), (json!(1), vec!["in_force".to_owned()]));
}

#[test]
fn a_name_that_no_file_knows_counts_and_is_told() {
    let sandbox = ledger();
    let answer = attest(&sandbox, "acme/pay#1", "exempt", "Rana Aydin");
    let nobody = "No imported file names Rana Aydin, so nothing tells whether an author goes by that name.";
    assert_eq!((&answer["notes"], &answer["moved"][0]["after"]["class"]), (&json!([nobody]), &json!("exempt")));
    let text = sandbox.run(AS_OF.iter().chain(&["explain", "acme/pay#1"])).stdout;
    assert!(text.contains(nobody), "{text}");
    let out = sandbox.path("report.html");
    let report = ["report", "--quarter", "2026-Q3", "--out", out.to_str().unwrap()];
    assert_eq!(sandbox.run(AS_OF.iter().chain(&report)).code, Some(0));
    let report = std::fs::read_to_string(out).unwrap();
    assert!(report.contains("of them 1 by people whom no file knows"), "{report}");
}

#[test]
fn a_bots_word_counts_for_nothing() {
    let sandbox = ledger();
    for by in ["merge-helper[bot]", "app/merge-helper"] {
        let outcome = sandbox.run(arguments("acme/pay#1", "review", by));
        assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
        assert!(outcome.stderr.contains("is a bot, and only a person reviews"), "{}", outcome.stderr);
    }
    let answer = attest(&sandbox, "acme/pay#1", "exempt", "merge-helper[bot]");
    let remark = "It does not count: merge-helper[bot] is a bot, and only a person's word does.";
    assert_eq!((&answer["notes"], &answer["moved"]), (&json!([remark]), &json!([])));
    assert_eq!(standings(&sandbox, "acme/pay#1"), ["not_independent"]);
    // Who is stated to be a bot later counts no longer.
    attest(&sandbox, "acme/pay#3", "exempt", "ilse");
    assert_eq!(standings(&sandbox, "acme/pay#3"), ["in_force"]);
    sandbox.json(["people", "kind", "ilse", "bot", "--by", "Mara Ko", "--reason", "A script."]);
    assert_eq!(standings(&sandbox, "acme/pay#3"), ["not_independent"]);
}

#[test]
fn an_attested_authorisation_by_a_permitted_role_settles_the_control() {
    let sandbox = ledger();
    let document = sandbox.path("policy.toml");
    assert_eq!(sandbox.run(["policy", "export", document.to_str().unwrap()]).code, Some(0));
    let text = std::fs::read_to_string(&document).unwrap();
    let named = text.replacen("[people]", "[people]\n\"engineering lead\" = [\"ilse\"]", 1);
    assert_ne!(named, text, "the exported policy names who holds a role");
    std::fs::write(&document, named.replace("version = \"1.0\"", "version = \"1.1\"")).unwrap();
    sandbox.json(["policy", "import", document.to_str().unwrap()]);
    let answer = |id: &str| {
        let explained = sandbox.json(AS_OF.iter().chain(&["explain", id]));
        let controls = explained["controls"].as_array().unwrap().clone();
        controls.into_iter().find(|line| line["control"] == "K").unwrap()
    };
    assert_eq!(answer("acme/pay#1")["answer"], "fail");
    for (id, by, expected) in [
        ("acme/pay#1", "Ilse Berg", "pass"),
        ("acme/pay#2", "Tove Lund", "unknown"),
        ("acme/pay#3", "Mara Ko, CTO", "fail"),
    ] {
        attest(&sandbox, id, "authorisation", by);
        let control = answer(id);
        assert_eq!(control["answer"], expected, "{by}: {control}");
        // What a person states stands in no file.
        let places = control["evidence"].as_array().unwrap().iter().map(|evidence| &evidence["place"]);
        assert!(places.into_iter().all(Value::is_null), "{control}");
    }
}

#[test]
fn an_attested_review_names_no_place_in_a_file() {
    let sandbox = ledger();
    let accepts = "review.evidence=[\"approval\", \"attestation\"]";
    sandbox.json(["policy", "set", "retroactive-24h", "--with", accepts]);
    let stated = [arguments("acme/pay#1", "review", "Ilse Berg"), vec!["--at", "2026-07-01T20:00:00Z"]].concat();
    sandbox.json(stated);
    let explained = sandbox.json(AS_OF.iter().chain(&["explain", "acme/pay#1"]));
    let control = explained["controls"].as_array().unwrap().iter().find(|line| line["control"] == "L").unwrap();
    assert_eq!(control["answer"], "pass", "{control}");
    let evidence = control["evidence"].as_array().unwrap();
    assert!(evidence.iter().any(|one| one["text"].as_str().unwrap().contains("Ilse Berg")), "{control}");
    assert!(evidence.iter().all(|one| one["place"].is_null()), "{control}");
}

#[test]
fn nothing_is_attested_of_the_future() {
    let sandbox = ledger();
    for kind in ["review", "authorisation", "justification", "incident", "confirm", "dismiss", "exempt"] {
        for more in [&["--at", "2999-01-01T00:00:00Z"][..], &["--at", "2999-01-01", "--withdraw"]] {
            let outcome = sandbox.run([arguments("acme/pay#1", kind, "Ilse Berg"), more.to_vec()].concat());
            assert_eq!(outcome.code, Some(2), "{kind}: {}", outcome.stderr);
            assert!(outcome.stderr.contains("is in the future"), "{kind}: {}", outcome.stderr);
        }
    }
    // A judgement of a later moment does not make it come sooner.
    let later = ["--as-of", "2999-01-01T00:00:00Z", "attest", "acme/pay#1", "--kind", "exempt"];
    let because = ["--by", "Ilse Berg", "--reason", "So it was."];
    let stated = sandbox.json(later.iter().chain(&because))["attestation"].clone();
    assert!(stated["at"].as_str().unwrap() <= stated["stated_at"].as_str().unwrap(), "{stated}");
}
