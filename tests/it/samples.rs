//! Audit samples: frozen once, drawn so that anybody can draw them again, answered apart from the company's records.

use crate::{
    importing::pull,
    support::{Sandbox, quarter},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io::Write,
    process::{Command, Stdio},
};

/// A ledger with `routine` approved changes and `emergencies` labelled ones in the third quarter of 2026.
fn ledger(routine: u64, emergencies: u64) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", pulls(1..=routine, 1001..1001 + emergencies)));
    sandbox
}

fn pulls(routine: impl Iterator<Item = u64>, emergencies: impl Iterator<Item = u64>) -> String {
    let approved = || json!({"reviews": [crate::importing::review("ines", "APPROVED", "2026-07-01T10:30:00Z")]});
    let routine = routine.map(|number| pull(number, approved()));
    let emergencies = emergencies.map(|number| pull(number, json!({"labels": [{"name": "emergency"}], "reviews": []})));
    Value::from(routine.chain(emergencies).collect::<Vec<_>>()).to_string()
}

fn freeze(sandbox: &Sandbox) -> Value {
    sandbox.json(["sample", "freeze", "--quarter", "2026-Q3", "--by", "Ilse Berg"])
}

fn draw(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    sandbox.json(["sample", "draw", "P1"].iter().chain(arguments))
}

fn answer(sandbox: &Sandbox, item: &str, attribute: &str, result: &str) -> Value {
    sandbox.json(["sample", "answer", "S1", item, "--attribute", attribute, "--result", result, "--by", "Ilse Berg"])
}

/// What a shell prints for `script` with `input` on its standard input.
fn shell(script: &str, variables: &[(&str, &str)], input: &str) -> String {
    let mut shell = Command::new("sh");
    shell.args(["-eu", "-c", script]).env("LC_ALL", "C").envs(variables.iter().copied());
    let mut child = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{script}");
    String::from_utf8(output.stdout).unwrap()
}

fn ids(sandbox: &Sandbox) -> String {
    let shown = sandbox.run(["sample", "show", "P1", "--ids"]);
    assert_eq!(shown.code, Some(0), "{}", shown.stderr);
    shown.stdout
}

fn verifies(sandbox: &Sandbox) {
    let verified = sandbox.run(["verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.stdout);
}

#[test]
fn a_sample_is_drawn_again_by_a_script_with_sha256sum_and_sort() {
    const DRAW: &str = r#"
        grep "^$STRATUM " | cut -d ' ' -f 2- | while IFS= read -r id; do
            printf '%s %s\n' "$(printf '%s:%s' "$SEED" "$id" | sha256sum | cut -d ' ' -f 1)" "$id"
        done | sort | head -n "$SIZE""#;
    let sandbox = ledger(60, 7);
    let population = freeze(&sandbox);
    let ids = ids(&sandbox);
    assert_eq!(ids.lines().count(), 67);
    let fingerprint = shell("sha256sum | cut -d ' ' -f 1", &[], &ids);
    assert_eq!(population["sha256"], fingerprint.trim());
    let sorted = shell("sort -k 2", &[], &ids);
    assert_eq!(sorted, ids, "the list is in the byte order of the names");

    let seed = "Board 2026: \"Q3\" $x";
    let sample = draw(&sandbox, &["--seed", seed]);
    let mut drawn: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for item in sample["items"].as_array().unwrap() {
        let line = format!("{} {}", item["order"].as_str().unwrap(), item["id"].as_str().unwrap());
        drawn.entry(item["stratum"].as_str().unwrap()).or_default().push(line);
    }
    let sizes: Vec<_> = drawn.iter().map(|(stratum, items)| (*stratum, items.len())).collect();
    assert_eq!(sizes, [("emergency", 7), ("routine", 6)]);
    for (stratum, items) in drawn {
        let size = items.len().to_string();
        let again = shell(DRAW, &[("STRATUM", stratum), ("SEED", seed), ("SIZE", &size)], &ids);
        assert_eq!(again.lines().collect::<Vec<_>>(), items, "{stratum}");
    }
}

#[test]
fn a_later_import_moves_neither_population_nor_sample_and_the_paper_says_where_the_ledger_differs() {
    let sandbox = ledger(20, 2);
    let frozen = freeze(&sandbox);
    let sample = draw(&sandbox, &["--seed", "4711", "--size", "4"]);
    let (ids_before, numbers) = (ids(&sandbox), sandbox.json(["metrics"]));
    assert_eq!(frozen["since"]["moved"], json!([]));

    // One more change, and one that turns out to be an emergency.
    let mut later: Vec<Value> = serde_json::from_str(&pulls(21..=21, std::iter::empty())).unwrap();
    let label = json!({"labels": [{"name": "emergency"}], "updatedAt": "2026-07-09T00:00:00Z"});
    later.push(pull(5, label));
    sandbox.import(&sandbox.file("later.json", Value::from(later).to_string()));

    let (population, again) = (sandbox.json(["sample", "show", "P1"]), sandbox.json(["sample", "show", "S1"]));
    assert_eq!(ids(&sandbox), ids_before);
    for key in ["sha256", "changes", "strata", "files", "as_of", "frozen_at"] {
        assert_eq!(population[key], frozen[key], "{key}");
    }
    let orders = |sample: &Value| -> Vec<Value> {
        sample["items"].as_array().unwrap().iter().map(|item| item["order"].clone()).collect()
    };
    assert_eq!(orders(&again), orders(&sample));
    let moved = json!([
        {"id": "github:acme/pay#21", "frozen": null, "now": "routine"},
        {"id": "github:acme/pay#5", "frozen": "routine", "now": "emergency"},
    ]);
    assert_eq!((&population["since"]["imports"], &population["since"]["moved"]), (&json!(1), &moved));
    assert_ne!(sandbox.json(["metrics"])["quarters"], numbers["quarters"], "only the ledger moved");
    let paper = paper(&sandbox, "paper.md");
    assert!(paper.contains("2 changes would stand otherwise"), "{paper}");
    verifies(&sandbox);
}

fn paper(sandbox: &Sandbox, name: &str) -> String {
    sandbox.json(["sample", "paper", "S1", "--out", name]);
    String::from_utf8_lossy(&std::fs::read(sandbox.path(name)).unwrap()).into_owned()
}

#[test]
fn what_an_auditor_answers_gives_limits_and_moves_no_number_of_the_company() {
    let sandbox = ledger(60, 0);
    freeze(&sandbox);
    let before = sandbox.json(["metrics"]);
    let sample = draw(&sandbox, &["--seed", "4711", "--size", "25"]);
    let conclusion = |attribute: &str| {
        let page = sandbox.json(["sample", "show", "S1"]);
        let found = page["conclusions"].as_array().unwrap().iter().find(|found| found["attribute"] == attribute);
        found.unwrap().clone()
    };
    assert_eq!(conclusion("C")["examination"], "not_tested");
    for item in 1..25 {
        answer(&sandbox, &item.to_string(), "C", "pass");
    }
    let open = conclusion("C");
    assert_eq!((&open["examination"], &open["open"], &open["limits"]), (&json!("open"), &json!(1), &json!([])));
    answer(&sandbox, "25", "C", "not-examinable");
    let concluded = conclusion("C");
    assert_eq!(
        (&concluded["examined"], &concluded["deviations"], &concluded["rate"]),
        (&json!(25), &json!(1), &json!(0.04))
    );
    let limits: Vec<f64> = concluded["limits"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|limit| ["binomial", "hypergeometric"].map(|kind| (limit[kind].as_f64().unwrap() * 1000.0).round()))
        .collect();
    assert_eq!(limits, [147.0, 117.0, 176.0, 133.0], "with one deviation in 25, of 60");
    // A second look takes the place of the first one, which stays.
    let corrected = answer(&sandbox, "25", "C", "pass");
    assert_eq!(
        (&corrected["answers"][0]["result"], &corrected["earlier"][0]["result"]),
        (&json!("pass"), &json!("not_examinable"))
    );
    assert_eq!(conclusion("C")["deviations"], 0);
    assert_eq!(sandbox.json(["metrics"])["quarters"], before["quarters"]);
    let change = sample["items"][0]["id"].as_str().unwrap();
    assert_eq!(sandbox.json(["show", change])["reviews"].as_array().unwrap().len(), 1, "an answer is no review");
    assert_eq!(quarter(&before, "2026-Q3")["changes"], 60);
    verifies(&sandbox);
}

#[test]
fn nothing_leaves_a_sample_without_a_reason_and_a_trace() {
    let sandbox = ledger(20, 3);
    freeze(&sandbox);
    let sample = draw(&sandbox, &["--seed", "4711", "--size", "2", "--stratum", "emergency=2"]);
    let longer = draw(&sandbox, &["--seed", "4711", "--size", "3"]);
    let routine = |sample: &Value| -> Vec<Value> {
        let items = sample["items"].as_array().unwrap().iter();
        items.filter(|item| item["stratum"] == "routine").map(|item| item["id"].clone()).collect()
    };
    let silent = sandbox.run(["sample", "replace", "S1", "3", "--reason", " "]);
    assert_eq!(silent.code, Some(2), "{silent:?}");
    let taken = sandbox.json(["sample", "replace", "S1", "3", "--reason", "Merged twice.", "--by", "Ilse Berg"]);
    assert_eq!(
        (&taken["removed"]["id"], &taken["removed"]["removed"]["reason"]),
        (&routine(&sample)[0], &json!("Merged twice."))
    );
    assert_eq!(
        (&taken["replacement"]["item"], &taken["replacement"]["id"]),
        (&json!(5), &routine(&longer)[2]),
        "the next of the draw"
    );
    assert_eq!(taken["replacement"]["replaces"], 3);
    let again = sandbox.run(["sample", "answer", "S1", "3", "--attribute", "C", "--result", "pass"]);
    assert!(again.stderr.contains("item 3 was taken out of S1"), "{again:?}");
    sandbox.json(["sample", "exclude", "S1", "4", "--reason", "A test of the pipeline."]);
    sandbox.json(["sample", "replace", "S1", "1", "--reason", "Not of this product."]);
    let used_up = sandbox.run(["sample", "replace", "S1", "2", "--reason", "Nor is this."]);
    assert!(used_up.stderr.contains("the stratum `emergency` has no change that is not in the sample"), "{used_up:?}");
    let listed = sandbox.json(["sample", "list"])["samples"][0].clone();
    assert_eq!((&listed["items"], &listed["answered"]), (&json!(3), &json!(0)));
    let paper = paper(&sandbox, "paper.html");
    assert!(paper.contains("Merged twice.") && paper.contains("A test of the pipeline."));
    verifies(&sandbox);
}

#[test]
fn a_deviation_is_retested_in_another_item() {
    let sandbox = ledger(20, 0);
    freeze(&sandbox);
    draw(&sandbox, &["--seed", "4711", "--size", "2"]);
    draw(&sandbox, &["--seed", "4712", "--size", "2"]);
    let answered = sandbox.json([
        "sample",
        "answer",
        "S1",
        "1",
        "--attribute",
        "c",
        "--result",
        "deviation",
        "--note",
        "Approved by its author",
        "--cause",
        "C-07",
        "--response",
        "Rule tightened",
        "--retest",
        "S2/1",
    ]);
    let line = &answered["answers"][0];
    let said: Vec<_> = ["note", "cause", "response", "retest"].iter().map(|key| line[key].as_str().unwrap()).collect();
    assert_eq!(said, ["Approved by its author", "C-07", "Rule tightened", "S2/1"]);
    let refused = |retest: &str| {
        let arguments =
            ["sample", "answer", "S1", "1", "--attribute", "C", "--result", "deviation", "--retest", retest];
        let outcome = sandbox.run(arguments);
        assert_eq!(outcome.code, Some(2), "{retest}: {outcome:?}");
    };
    ["1", "S1/1", "3", "S3/1", "S2/9", "x"].into_iter().for_each(refused);
    let grid = paper(&sandbox, "grid.csv");
    assert!(grid.contains("C: Approved by its author, cause C-07, response Rule tightened, retest S2/1"), "{grid}");
}

#[test]
fn sizes_follow_what_is_asked_for() {
    let sandbox = ledger(300, 30);
    freeze(&sandbox);
    let check = |arguments: &[&str], expected: &[(&str, u64)]| {
        let sample = draw(&sandbox, &[&["--seed", "x"], arguments].concat());
        let strata = sample["strata"].as_array().unwrap().iter();
        let drawn: Vec<_> =
            strata.map(|size| (size["stratum"].as_str().unwrap(), size["drawn"].as_u64().unwrap())).collect();
        assert_eq!(drawn, expected, "{arguments:?}");
        assert_eq!(
            sample["items"].as_array().unwrap().len() as u64,
            expected.iter().map(|(_, size)| size).sum::<u64>()
        );
    };
    check(&[], &[("emergency", 25), ("routine", 25)]);
    check(&["--sizes", "per-transaction-40"], &[("emergency", 30), ("routine", 40)]);
    check(&["--sizes", "zero-deviations-90"], &[("emergency", 25), ("routine", 22)]);
    check(&["--size", "10"], &[("emergency", 25), ("routine", 10)]);
    check(&["--size", "40"], &[("emergency", 30), ("routine", 40)]);
    check(&["--size", "10", "--stratum", "emergency=5"], &[("emergency", 5), ("routine", 10)]);
    check(&["--size", "0", "--stratum", "emergency=2"], &[("emergency", 2), ("routine", 0)]);
    check(&["--size", "10", "--stratum", "emergency=30"], &[("emergency", 30), ("routine", 10)]);
    check(&["--whole", "--size", "25"], &[("all", 25)]);
    check(&["--whole"], &[("all", 25)]);
    let refused = |arguments: &[&str]| {
        let outcome = sandbox.run(["sample", "draw", "P1"].iter().chain(arguments));
        assert_eq!(outcome.code, Some(2), "{arguments:?}: {outcome:?}");
    };
    refused(&["--seed", ""]);
    refused(&["--seed", "a\nb"]);
    refused(&["--seed", "x", "--size", "0"]);
    refused(&["--seed", "x", "--size", "5", "--sizes", "by-population"]);
    refused(&["--seed", "x", "--stratum", "exempt=5"]);
    refused(&["--seed", "x", "--sizes", "many"]);
}

#[test]
fn populations_are_named_once_and_narrowed_down() {
    let sandbox = ledger(20, 3);
    let named = |arguments: &[&str]| {
        let population = sandbox.json(["sample", "freeze", "--quarter", "2026-Q3"].iter().chain(arguments));
        (population["id"].clone(), population["name"].clone(), population["changes"].clone())
    };
    assert_eq!(named(&[]), (json!("P1"), json!("2026-Q3"), json!(23)));
    assert_eq!(named(&[]), (json!("P2"), json!("2026-Q3 (2)"), json!(23)));
    assert_eq!(named(&["--class", "declared-emergency"]), (json!("P3"), json!("2026-Q3 declared emergency"), json!(3)));
    assert_eq!(named(&["--repository", "acme/pay", "--name", "Payments"]), (json!("P4"), json!("Payments"), json!(23)));
    assert_eq!(sandbox.json(["sample", "show", "payments"])["id"], "P4");
    let refused = |arguments: &[&str], words: &str| {
        let outcome = sandbox.run(["sample"].iter().chain(arguments));
        assert!(outcome.code == Some(2) && outcome.stderr.contains(words), "{arguments:?}: {outcome:?}");
    };
    refused(&["freeze", "--quarter", "2026-Q3", "--name", "PAYMENTS"], "there is a population `PAYMENTS` already");
    refused(&["freeze", "--quarter", "2026-Q3", "--name", "S7"], "cannot be the name of a population");
    refused(&["freeze", "--quarter", "2026-Q1"], "holds no changes");
    refused(
        &["freeze", "--quarter", "2026-Q3", "--repository", "acme/none"],
        "no imported change is of the repository",
    );
    refused(&["draw", "P9", "--seed", "x"], "there is no population `P9`");
    refused(&["show", "S1"], "there is no sample `S1`");
}

#[test]
fn the_paper_is_the_same_whenever_it_is_written() {
    let sandbox = ledger(20, 3);
    freeze(&sandbox);
    draw(&sandbox, &["--seed", "4711"]);
    answer(&sandbox, "1", "J", "pass");
    for ending in ["pdf", "html", "csv", "md"] {
        let names = [format!("one.{ending}"), format!("two.{ending}")];
        let [one, two] = names.each_ref().map(|name| paper(&sandbox, name));
        assert!(!one.is_empty() && one == two, "{ending}");
        let in_the_way = sandbox.run(["sample", "paper", "S1", "--out", &names[0]]);
        assert_eq!(in_the_way.code, Some(2), "{in_the_way:?}");
    }
    assert_eq!(sandbox.run(["sample", "paper", "S1", "--out", "paper.docx"]).code, Some(2));
}

#[test]
fn an_answer_does_not_change_what_a_report_says() {
    let sandbox = ledger(20, 3);
    let report = |name: &str| {
        sandbox.json(["--as-of", "2026-10-05T08:00:00Z", "report", "--quarter", "2026-Q3", "--out", name])["reports"][0]
            ["sha256"]
            .clone()
    };
    let before = report("before.html");
    freeze(&sandbox);
    draw(&sandbox, &["--seed", "4711"]);
    answer(&sandbox, "1", "J", "deviation");
    assert_eq!(report("after.html"), before);
}
