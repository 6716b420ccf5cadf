//! A frozen population and what was drawn from it stand, whatever the ledger takes in afterwards.

use crate::{
    importing::{pull, review},
    support::Sandbox,
};
use serde_json::{Value, json};

/// A row that does not say its repository, so that another answer to that question takes the change back.
fn homeless(number: u64) -> Value {
    let mut row = pull(number, json!({"reviews": [review("ines", "APPROVED", "2026-07-01T10:30:00Z")]}));
    row.as_object_mut().unwrap().remove("url");
    row
}

/// Nine approved changes and two labelled ones of one repository, three of another.
fn ledger() -> Sandbox {
    let sandbox = Sandbox::new();
    let approved = || json!({"reviews": [review("ines", "APPROVED", "2026-07-01T10:30:00Z")]});
    let labelled = || json!({"labels": [{"name": "emergency"}]});
    let pulls: Vec<Value> = (1..=9)
        .map(|number| pull(number, approved()))
        .chain((10..=11).map(|number| pull(number, labelled())))
        .collect();
    sandbox.import(&sandbox.file("pulls.json", Value::from(pulls).to_string()));
    let others = sandbox.file("others.json", json!([homeless(31), homeless(32), homeless(33)]).to_string());
    sandbox.json(["import", "--repository", "acme/web", others.to_str().unwrap()]);
    sandbox
}

/// Everything that must stand: the list, the population's own facts, and who was drawn.
fn standing(sandbox: &Sandbox) -> (String, Vec<Value>, Vec<Value>) {
    let population = sandbox.json(["sample", "show", "P1"]);
    let keys = [
        "id",
        "name",
        "frozen_at",
        "by",
        "filter",
        "as_of",
        "policies",
        "files",
        "undated",
        "changes",
        "strata",
        "sha256",
    ];
    let facts = keys.map(|key| population[key].clone()).to_vec();
    (sandbox.run(["sample", "show", "P1", "--ids"]).stdout, facts, drawn(&sandbox.json(["sample", "show", "S1"])))
}

fn drawn(sample: &Value) -> Vec<Value> {
    let part = |item: &Value| json!([item["item"], item["id"], item["stratum"], item["kind"], item["order"]]);
    sample["items"].as_array().unwrap().iter().map(part).collect()
}

#[test]
fn nothing_that_a_ledger_takes_in_moves_a_frozen_population() {
    let sandbox = ledger();
    sandbox.json(["sample", "freeze", "--quarter", "2026-Q3", "--by", "Ilse Berg"]);
    sandbox.json(["sample", "draw", "P1", "--seed", "4711", "--size", "6"]);
    let frozen = standing(&sandbox);
    assert_eq!((frozen.0.lines().count(), frozen.2.len()), (14, 8));
    let numbers = sandbox.json(["metrics"])["quarters"].clone();

    let newer = "2026-11-02T00:00:00Z";
    let rows = json!([
        pull(12, json!({})),
        pull(1, json!({"updatedAt": newer, "labels": [{"name": "emergency"}]})),
        pull(2, json!({"updatedAt": newer, "mergedAt": "2026-10-09T12:00:00Z"})),
        pull(3, json!({"updatedAt": newer, "baseRefName": "sandbox"})),
        pull(4, json!({"updatedAt": newer, "title": "Another title"})),
        pull(10, json!({"updatedAt": newer, "labels": []})),
    ]);
    sandbox.file("later.json", rows.to_string());
    let because = ["--by", "Ilse Berg", "--reason", "Looked at it with the team."];
    let steps: [(&str, Vec<&str>); 5] = [
        ("newer rows and a new one", vec!["import", "later.json"]),
        ("the same file read as another repository", vec!["import", "--repository", "acme/shop", "others.json"]),
        ("another policy", vec!["policy", "set", "five-business-days"]),
        (
            "author and reviewer are one person",
            ["people", "merge", "mara", "ines"].into_iter().chain(because).collect(),
        ),
        ("an exemption", ["attest", "acme/pay#5", "--kind", "exempt"].into_iter().chain(because).collect()),
    ];
    for (step, arguments) in steps {
        let outcome = sandbox.run(&arguments);
        assert_eq!(outcome.code, Some(0), "{step}: {outcome:?}");
        let now = standing(&sandbox);
        assert_eq!(now, frozen, "{step}");
        let again = sandbox.json(["sample", "draw", "P1", "--seed", "4711", "--size", "6"]);
        assert_eq!(drawn(&again), frozen.2, "drawn again after: {step}");
    }

    assert_ne!(sandbox.json(["metrics"])["quarters"], numbers, "the ledger itself moved");
    let since = sandbox.json(["sample", "show", "P1"])["since"].clone();
    let counts = ["imports", "policies", "people", "attestations"].map(|key| since[key].as_u64().unwrap());
    assert_eq!(counts, [2, 1, 1, 1], "{since}");
    let moved: Vec<&Value> = since["moved"].as_array().unwrap().iter().map(|moved| &moved["id"]).collect();
    for id in
        ["github:acme/pay#12", "github:acme/pay#2", "github:acme/pay#3", "github:acme/web#31", "github:acme/shop#31"]
    {
        assert!(moved.contains(&&json!(id)), "{id} is not among {moved:?}");
    }
    let verified = sandbox.run(["verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.stdout);
}

#[test]
fn the_last_of_several_answers_counts_and_all_of_them_are_told_with_name_and_time() {
    let sandbox = ledger();
    sandbox.json(["sample", "freeze", "--quarter", "2026-Q3"]);
    sandbox.json(["sample", "draw", "P1", "--seed", "4711", "--size", "2"]);
    let answer = |result: &str, by: &str, more: &[&str]| {
        let asked = ["sample", "answer", "S1", "1", "--attribute", "C", "--result", result, "--by", by];
        sandbox.json(asked.iter().chain(more))
    };
    answer("pass", "Ilse Berg", &[]);
    let told =
        ["--note", "No log was kept", "--cause", "C-07", "--response", "Logs are kept from now on", "--retest", "2"];
    let item = answer("not-examinable", "Noor Haddad", &told);
    let now = &item["answers"][0];
    assert_eq!(
        (&now["result"], &now["by"], &item["earlier"][0]["by"]),
        (&json!("not_examinable"), &json!("Noor Haddad"), &json!("Ilse Berg"))
    );
    let conclusion = sandbox.json(["sample", "show", "S1"])["conclusions"][2].clone();
    assert_eq!(
        (&conclusion["attribute"], &conclusion["deviations"]),
        (&json!("C"), &json!(1)),
        "what cannot be examined deviates"
    );

    let text = sandbox.run(["sample", "show", "S1"]).stdout;
    for words in ["not examinable", "No log was kept", "C-07", "Logs are kept from now on"] {
        assert!(text.contains(words), "{words} is missing\n{text}");
    }
    for name in ["paper.md", "paper.html"] {
        sandbox.json(["sample", "paper", "S1", "--out", name]);
        let paper = std::fs::read_to_string(sandbox.path(name)).unwrap();
        for words in
            ["Ilse Berg, 20", "Noor Haddad, 20", "pass, replaced by a later answer", "cannot be examined", "C-07"]
        {
            assert!(paper.contains(words), "{words} is missing in {name}");
        }
        assert!(paper.contains("Logs are kept from now on"), "{name}");
    }
    sandbox.json(["sample", "paper", "S1", "--out", "grid.csv"]);
    let grid = std::fs::read_to_string(sandbox.path("grid.csv")).unwrap();
    assert!(grid.contains("C: Noor Haddad 20") && grid.contains("retest S1/2"), "{grid}");
}

#[test]
fn populations_and_samples_are_both_in_the_list_as_csv() {
    let sandbox = ledger();
    sandbox.json(["sample", "freeze", "--quarter", "2026-Q3"]);
    sandbox.json(["sample", "draw", "P1", "--seed", "47;11", "--size", "2"]);
    let csv = sandbox.run(["--format", "csv", "sample", "list"]).stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, column: &str| rows[row][header.iter().position(|name| name == column).unwrap()].to_owned();
    assert_eq!(rows.len(), 2);
    let population = ["kind", "population", "name", "changes", "sample"].map(|column| cell(0, column));
    assert_eq!(population, ["population", "P1", "2026-Q3", "14", ""]);
    let sample = ["kind", "population", "sample", "seed", "items", "name"].map(|column| cell(1, column));
    assert_eq!(sample, ["sample", "P1", "S1", "47;11", "4", ""]);
}

#[test]
fn a_policy_sets_the_sizes_that_nobody_says() {
    let sandbox = ledger();
    let draw_under = |preset: &str, edit: &str, more: &[&str]| {
        sandbox.json(["policy", "set", preset, "--with", edit, "--effective", "always"]);
        let population = sandbox.json(["sample", "freeze", "--quarter", "2026-Q3"])["id"].clone();
        let asked = ["sample", "draw", population.as_str().unwrap(), "--seed", "x"];
        let sample = sandbox.json(asked.iter().chain(more));
        let drawn: Vec<u64> =
            sample["strata"].as_array().unwrap().iter().map(|size| size["drawn"].as_u64().unwrap()).collect();
        (drawn, sample["sizes"].clone(), sample["sizes_of"]["name"].clone())
    };
    let none = Value::Null;
    // Emergencies come first; unreviewed changes are emergencies under this policy.
    let usual = ("retroactive-24h", "sample.rule=\"population\"");
    assert_eq!(draw_under(usual.0, usual.1, &[]), (vec![2, 5], json!("by-population"), json!("retroactive-24h")));
    assert_eq!(draw_under(usual.0, usual.1, &["--size", "1"]), (vec![2, 1], none.clone(), none.clone()));
    assert_eq!(
        draw_under("retroactive-24h", "sample.emergencies_in_full=1", &["--size", "1"]),
        (vec![1, 1], none.clone(), none.clone())
    );
    assert_eq!(
        draw_under("forty-eight-hours", "sample.fixed=10", &[]).0,
        [2, 10],
        "fixed, and the emergencies in full"
    );
    assert_eq!(draw_under("retroactive-24h", "sample.rule=\"frequency\"", &[]).1, json!("per-transaction-25"));
}
