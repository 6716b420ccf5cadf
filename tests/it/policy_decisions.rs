//! Who put a policy in force, when and why, is kept and disclosed; nobody has to say it.

use crate::{importing::pull, support::Sandbox};
use serde_json::{Value, json};

fn ledger() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, json!({}))]).to_string()));
    sandbox
}

fn set(sandbox: &Sandbox, more: &[&str]) -> Value {
    sandbox.json([&["policy", "set", "retroactive-24h"][..], more].concat())
}

fn notes(answer: &Value) -> Vec<String> {
    let notes = answer["notes"].as_array().into_iter().flatten();
    notes.map(|note| note.as_str().unwrap().to_owned()).collect()
}

fn report(sandbox: &Sandbox, quarter: &str) -> String {
    let out = sandbox.path("report.html");
    let arguments = ["report", "--quarter", quarter, "--draft", "--force", "--out", out.to_str().unwrap()];
    let outcome = sandbox.run(arguments);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    std::fs::read_to_string(out).unwrap()
}

#[test]
fn who_sets_a_policy_and_why_is_kept_and_what_is_not_stated_is_said() {
    let check = |more: &[&str], (by, reason): (Option<&str>, Option<&str>), note: Option<&str>| {
        let sandbox = ledger();
        let answer = set(&sandbox, more);
        let line = &answer["history"][1];
        assert_eq!((line["set_by"].as_str(), line["reason"].as_str()), (by, reason), "{more:?}");
        assert_eq!(notes(&answer).first().map(String::as_str), note, "{more:?}");
        let text = sandbox.run(["policy", "show"]).stdout;
        assert_eq!(text.contains("not stated"), note.is_some(), "{text}");
    };
    let (mara, agreed) = (["--by", "Mara Ko"], ["--reason", "Agreed with the auditor."]);
    let nothing = "Who sets it and why is not stated; reports say so. State it with --by and --reason.";
    check(&[], (None, None), Some(nothing));
    check(&["--by", " "], (None, None), Some(nothing));
    check(
        &mara,
        (Some("Mara Ko"), None),
        Some("Why it is set is not stated; reports say so. Give the reason with --reason."),
    );
    check(&[mara, agreed].concat(), (Some("Mara Ko"), Some("Agreed with the auditor.")), None);
    let sandbox = ledger();
    let outcome = sandbox.run(["policy", "set", "retroactive-24h"]);
    assert_eq!((outcome.code, outcome.stderr.trim()), (Some(0), nothing));
}

#[test]
fn who_sets_what_is_in_force_already_is_told_that_nothing_was_recorded() {
    let sandbox = ledger();
    let because = ["--by", "Mara Ko", "--reason", "Agreed."];
    let first = set(&sandbox, &because);
    let again = set(&sandbox, &because);
    assert_eq!(notes(&again), ["It is in force already; nothing was recorded."]);
    assert_eq!(first["history"], again["history"]);
}

#[test]
fn a_policy_that_replaces_a_later_one_says_so() {
    let sandbox = ledger();
    let because = ["--by", "Mara Ko", "--reason", "Agreed."];
    let edited = |deadline: &str, effective: &str| {
        let deadline = format!("review.deadline=\"{deadline}\"");
        notes(&set(&sandbox, &[&["--with", &deadline, "--effective", effective][..], &because].concat()))
            .into_iter()
            .filter(|note| note.contains("judges nothing any more"))
            .collect::<Vec<_>>()
    };
    assert_eq!(edited("48h", "2026-07-01"), Vec::<String>::new());
    assert_eq!(edited("5bd", "2026-10-01"), Vec::<String>::new());
    let replaced = edited("3bd", "2026-09-01");
    assert_eq!(replaced.len(), 1, "{replaced:?}");
    assert!(
        replaced[0].contains("set to be in force from 2026-10-01T00:00:00Z, judges nothing any more"),
        "{replaced:?}"
    );
    assert!(replaced[0].contains("is in force from 2026-09-01T00:00:00Z and replaces all"), "{replaced:?}");
    assert_eq!(edited("1bd", "always").len(), 2);
}

#[test]
fn an_edited_preset_bears_its_words_only_with_the_word_edited() {
    let sandbox = ledger();
    let preset = set(&sandbox, &[]);
    assert_eq!((&preset["edited_from"], preset["title"].as_str().unwrap().contains("edited")), (&Value::Null, false));
    let edited = set(&sandbox, &["--with", "review.deadline=\"5bd\"", "--effective", "always"]);
    assert_eq!(edited["edited_from"], "retroactive-24h 1.0");
    assert!(notes(&edited)[1].starts_with("It still bears words of retroactive-24h 1.0"), "{edited}");
    let shown = sandbox.run(["policy", "show"]).stdout;
    for words in ["(edited from retroactive-24h 1.0)", "Edited from retroactive-24h 1.0, whose summary follows"] {
        assert!(shown.contains(words), "{shown}");
        assert!(report(&sandbox, "2026-Q3").contains(words), "{words}");
    }
}

#[test]
fn a_report_discloses_a_policy_that_was_set_after_its_quarter() {
    let sandbox = Sandbox::new();
    let past = pull(2, json!({"mergedAt": "2020-08-02T12:00:00Z", "createdAt": "2020-08-01T08:00:00Z"}));
    sandbox.import(&sandbox.file("past.json", json!([past]).to_string()));
    let late = "Policy set after the quarter ended";
    assert!(!report(&sandbox, "2020-Q3").contains(late), "nobody set the policy that comes with the product");
    set(&sandbox, &["--effective", "2020-08-01", "--by", "Mara Ko", "--reason", "Agreed with the auditor."]);
    let first = report(&sandbox, "2020-Q3");
    assert!(first.contains(late) && first.contains("by Mara Ko: Agreed with the auditor"), "{first}");
    set(&sandbox, &["--effective", "2020-08-02", "--with", "review.deadline=\"5bd\""]);
    let second = report(&sandbox, "2020-Q3");
    assert!(second.contains("by somebody not stated: why is not stated. So was 1 version more."), "{second}");
}
