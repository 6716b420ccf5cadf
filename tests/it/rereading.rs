//! A file that is imported again in another way, and whether the ledger says what its files say.

use crate::{
    importing::{pull, review},
    support::Sandbox,
};
use change_ledger_model::policy::PolicyHistory;
use serde_json::{Value, json};
use std::path::Path;

const PROFILE: &str = "name = \"register\"\nrecord = \"change\"\nrepository = \"network\"\n\n[columns]\nnumber = \"Id\"\ntitle = \"What\"\nimplemented_at = \"Done at\"\n";

fn import(sandbox: &Sandbox, path: &Path, options: &[&str]) -> Value {
    let mut arguments = vec!["import", path.to_str().unwrap()];
    arguments.extend(options);
    sandbox.json(arguments)["runs"][0].clone()
}

#[test]
fn another_answer_to_an_open_question_reads_a_known_file_anew() {
    let sandbox = Sandbox::new();
    let profile = sandbox.file("profile.toml", PROFILE);
    let register = sandbox.file("register.csv", "Id,What,Done at\nCR-1,Firewall,2026-06-30 23:30\n");
    let implemented = || sandbox.json(["show", "csv:register:CR-1"])["implemented_at"].clone();
    let steps: [(&[&str], &str, &str); 6] = [
        (&["--profile", profile.to_str().unwrap()], "imported", "2026-06-30T23:30:00Z"),
        (&[], "unchanged", "2026-06-30T23:30:00Z"),
        (&["--timezone", "America/New_York"], "imported", "2026-07-01T03:30:00Z"),
        (&["--timezone", "America/New_York"], "unchanged", "2026-07-01T03:30:00Z"),
        (&[], "unchanged", "2026-07-01T03:30:00Z"),
        (&["--timezone", "UTC"], "imported", "2026-06-30T23:30:00Z"),
    ];
    for (options, status, at) in steps {
        let run = import(&sandbox, &register, options);
        assert_eq!((run["status"].as_str(), implemented().as_str()), (Some(status), Some(at)), "{options:?} {run}");
    }
    let runs = sandbox.json(["imports"]);
    let superseded: Vec<_> = runs["imports"].as_array().unwrap().iter().map(|run| &run["superseded_by"]).collect();
    assert_eq!(superseded, [&Value::Null, &json!(3), &json!(3)], "{runs}");
    let listed = sandbox.run(["imports"]).stdout;
    assert_eq!(listed.matches("superseded by 3").count(), 2, "{listed}");
    assert!(sandbox.run(["imports", "show", "1"]).stdout.contains("this run no longer counts"));
    assert_eq!(sandbox.run(["verify"]).code, Some(0), "{}", sandbox.run(["verify"]).stdout);
}

#[test]
fn the_manifest_names_the_zone_that_was_asked_for_also_where_it_says_the_same() {
    let sandbox = Sandbox::new();
    let profile = sandbox.file("profile.toml", PROFILE);
    let register = sandbox.file("register.csv", "Id,What,Done at\nCR-1,Firewall,2026-06-30 23:30\n");
    let profile = profile.to_str().unwrap();
    import(&sandbox, &register, &["--profile", profile, "--timezone", "Asia/Seoul"]);
    let again = import(&sandbox, &register, &["--timezone", "Asia/Tokyo"]);
    assert_eq!((&again["status"], &again["timezone"]), (&json!("imported"), &json!("Asia/Tokyo")), "{again}");
    assert_eq!(sandbox.run(["verify"]).code, Some(0), "{}", sandbox.run(["verify"]).stdout);
}

#[test]
fn an_option_that_changes_nothing_leaves_a_known_file_alone() {
    let sandbox = Sandbox::new();
    let path = sandbox.file("pulls.json", json!([pull(1, json!({}))]).to_string());
    sandbox.import(&path);
    for options in [["--timezone", "Asia/Tokyo"], ["--repository", "acme/other"], ["--source", "github-gh"]] {
        assert_eq!(import(&sandbox, &path, &options)["status"], "unchanged", "{options:?}");
    }
    assert_eq!(sandbox.json(["imports"])["imports"].as_array().unwrap().len(), 1);
}

#[test]
fn what_the_imported_files_do_not_say_is_named_by_verify() {
    let sandbox = Sandbox::new();
    let approved =
        json!({"title": "Cap the retries once", "reviews": [review("tove", "APPROVED", "2026-07-01T09:00:00Z")]});
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, approved), pull(2, json!({}))]).to_string()));
    let whole = sandbox.run(["verify"]);
    assert_eq!(whole.code, Some(0), "{}", whole.stdout);
    let mut ledger = std::fs::read(sandbox.ledger()).unwrap();
    let title = b"Cap the retries once";
    let at = ledger.windows(title.len()).position(|window| window == title).expect("titles are stored as they are");
    ledger[at..at + title.len()].copy_from_slice(b"Cap the retries ever");
    std::fs::write(sandbox.ledger(), ledger).unwrap();
    let tampered = sandbox.run(["verify"]);
    assert_eq!(tampered.code, Some(1), "{}", tampered.stdout);
    let finding = "record github:acme/pay#1: The imported files say something else (title).";
    assert!(tampered.stdout.contains(finding), "{}", tampered.stdout);
}

#[test]
fn the_sample_says_what_its_files_say() {
    let sandbox = Sandbox::new();
    sandbox.sample(7);
    let verified = sandbox.run(["verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.stdout);
}

#[test]
fn words_that_an_earlier_version_did_not_look_for_are_looked_for_when_numbers_are_asked() {
    let sandbox = Sandbox::new();
    sandbox.sample(7);
    let before = sandbox.json(["metrics", "--as-of", "2026-10-01T08:00:00Z"]);
    let mut ledger = std::fs::read(sandbox.ledger()).unwrap();
    let words = PolicyHistory::initial().unwrap().pattern_sets()[0].fingerprint();
    let is_there = |at: &usize| ledger[*at..].starts_with(words.as_bytes());
    let places: Vec<usize> = (0..ledger.len()).filter(is_there).collect();
    assert!(!places.is_empty(), "the ledger says which words were looked for");
    for at in places {
        ledger[at..at + 4].copy_from_slice(b"0000");
    }
    std::fs::write(sandbox.ledger(), ledger).unwrap();
    assert_eq!(sandbox.json(["metrics", "--as-of", "2026-10-01T08:00:00Z"]), before);
}
