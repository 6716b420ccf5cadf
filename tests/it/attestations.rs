//! What people attest of changes moves verdicts, stays beside what the files say, and is never taken out.

use crate::{
    importing::{pull, review},
    support::{Sandbox, quarter},
};
use serde_json::{Value, json};

const AS_OF: [&str; 2] = ["--as-of", "2026-10-01T08:00:00Z"];
const BECAUSE: [&str; 4] = ["--by", "Ilse Berg", "--reason", "Looked at it with the team."];

/// Five pull requests of the third quarter: the first was reviewed in time, nobody reviewed the others.
fn ledger() -> Sandbox {
    let sandbox = Sandbox::new();
    let reviewed = json!({"reviews": [review("tove", "APPROVED", "2026-07-01T11:00:00Z")]});
    let unreviewed = |number| pull(number, json!({"reviews": [], "title": format!("Hotfix, part {number}")}));
    let pulls = json!([pull(1, reviewed), unreviewed(2), unreviewed(3), unreviewed(4), unreviewed(5)]);
    sandbox.import(&sandbox.file("pulls.json", pulls.to_string()));
    sandbox
}

fn attest(sandbox: &Sandbox, id: &str, kind: &str, more: &[&str]) -> Value {
    let because = if more.contains(&"--by") { &[][..] } else { &BECAUSE };
    sandbox.json([&AS_OF[..], &["attest", id, "--kind", kind], more, because].concat())
}

fn metrics(sandbox: &Sandbox) -> Value {
    sandbox.json(AS_OF.iter().chain(&["metrics"]))
}

fn shown(sandbox: &Sandbox, id: &str) -> Value {
    sandbox.json(AS_OF.iter().chain(&["show", id]))
}

fn verifies(sandbox: &Sandbox) {
    let verified = sandbox.run(["verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.stdout);
}

#[test]
fn a_dismissed_detection_leaves_the_emergencies_and_stays_listed() {
    let sandbox = ledger();
    let before = metrics(&sandbox);
    let before = quarter(&before, "2026-Q3");
    assert_eq!((&before["emergencies"], &before["attested"]), (&json!(4), &json!(0)));

    let dismissed = attest(&sandbox, "acme/pay#2", "dismiss", &[]);
    let moved = &dismissed["moved"][0];
    assert_eq!(moved["before"]["class"], "unlabelled_emergency", "{dismissed}");
    assert_eq!(moved["after"]["class"], "unreviewed", "{dismissed}");
    attest(&sandbox, "acme/pay#3", "confirm", &[]);

    let answer = metrics(&sandbox);
    let after = quarter(&answer, "2026-Q3");
    assert_eq!((&after["emergencies"], &after["attested"]), (&json!(3), &json!(2)));
    let unlabelled = &after["unlabelled_emergencies"];
    assert_eq!(
        (&unlabelled["count"], &unlabelled["confirmed"], &unlabelled["dismissed"]),
        (&json!(3), &json!(1), &json!(1))
    );
    let words = json!(["unreviewed", "emergency_words"]);
    let rule = after["detection"].as_array().unwrap().iter().find(|rule| rule["rule"] == words).unwrap();
    assert_eq!(*rule, json!({"rule": words, "matched": 4, "confirmed": 1, "dismissed": 1, "precision": 0.5}));
    let numbers = answer["without_attestations"][0]["numbers"].as_array().unwrap();
    let emergencies = numbers.iter().find(|number| number["metric"] == "emergencies").unwrap();
    assert_eq!((&emergencies["with"], &emergencies["without"]), (&json!(3), &json!(4)));

    let page = shown(&sandbox, "acme/pay#2");
    let verdict = |name: &str| page["without_attestations"].as_array().unwrap().iter().find(|v| v["verdict"] == name);
    let class = verdict("class").unwrap();
    assert_eq!((&class["with"], &class["without"]), (&json!("unreviewed"), &json!("unlabelled_emergency")));
    assert_eq!(page["attestations"][0]["by"], "Ilse Berg");
    assert_eq!(page["attestations"][0]["standing"], "in_force");
    let text = sandbox.run(AS_OF.iter().chain(&["show", "acme/pay#2"])).stdout;
    assert!(text.contains("Class: unreviewed; without attestations: unlabelled emergency."), "{text}");
    assert!(text.contains("Looked at it with the team."), "{text}");
    let text = sandbox.run(AS_OF.iter().chain(&["explain", "acme/pay#2"])).stdout;
    assert!(text.contains("Without attestations, class: unlabelled emergency instead of unreviewed."), "{text}");
    let text = sandbox.run(AS_OF.iter().chain(&["metrics"])).stdout;
    assert!(text.contains("2026-Q3 without attestations:\n"), "{text}");
    assert!(text.contains("unreviewed + emergency words"), "{text}");
    verifies(&sandbox);
}

#[test]
fn a_later_word_supersedes_and_all_of_them_stay() {
    let sandbox = ledger();
    attest(&sandbox, "acme/pay#2", "dismiss", &[]);
    attest(&sandbox, "acme/pay#2", "confirm", &["--by", "Mara Ko", "--reason", "It paged us."]);
    let standing = |sandbox: &Sandbox| -> Vec<String> {
        let page = shown(sandbox, "acme/pay#2");
        let lines = page["attestations"].as_array().unwrap();
        lines
            .iter()
            .map(|line| format!("{} {}", line["kind"].as_str().unwrap(), line["standing"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(standing(&sandbox), ["dismiss superseded", "confirm in_force"]);
    assert_eq!(shown(&sandbox, "acme/pay#2")["class"], "unlabelled_emergency");
    attest(&sandbox, "acme/pay#2", "confirm", &["--withdraw"]);
    assert_eq!(standing(&sandbox), ["dismiss superseded", "confirm superseded", "confirm withdrawal"]);
    assert_eq!(quarter(&metrics(&sandbox), "2026-Q3")["attested"], 0);
    verifies(&sandbox);
}

#[test]
fn a_judgement_before_an_attestation_ignores_it() {
    let sandbox = ledger();
    attest(&sandbox, "acme/pay#2", "exempt", &["--at", "2026-08-01T00:00:00Z"]);
    let class = |as_of: &str| sandbox.json(["--as-of", as_of, "show", "acme/pay#2"])["class"].clone();
    assert_eq!(class("2026-07-31T23:59:59Z"), "unlabelled_emergency");
    assert_eq!(class("2026-08-01T00:00:00Z"), "exempt");
    let early = sandbox.json(["--as-of", "2026-07-31T23:59:59Z", "metrics"]);
    assert_eq!((&quarter(&early, "2026-Q3")["attested"], &early["without_attestations"]), (&json!(0), &json!([])));
    let listed = sandbox.json(["--as-of", "2026-07-31T23:59:59Z", "attestations"]);
    assert_eq!(listed["changes"][0]["attestations"][0]["standing"], "not_yet");
}

#[test]
fn an_attested_authorisation_and_justification_are_on_record() {
    let sandbox = ledger();
    attest(&sandbox, "acme/pay#2", "authorisation", &["--at", "2026-07-01T11:30:00Z"]);
    attest(&sandbox, "acme/pay#2", "justification", &["--by", "Mara Ko", "--reason", "Checkout was down."]);
    let answer = metrics(&sandbox);
    let after = quarter(&answer, "2026-Q3");
    assert_eq!((&after["authorisation"]["recorded"], &after["justification"]["recorded"]), (&json!(1), &json!(1)));
    let page = shown(&sandbox, "acme/pay#2");
    let fact = |name: &str| {
        let facts = page["facts"].as_array().unwrap();
        facts.iter().find(|fact| fact["fact"] == name).unwrap()["value"].as_str().unwrap().to_owned()
    };
    assert_eq!(fact("authorisation"), "attested by Ilse Berg, 2026-07-01T11:30:00Z: Looked at it with the team.");
    assert!(fact("justification").ends_with(": Checkout was down."), "{}", fact("justification"));
    let missing = sandbox.json(AS_OF.iter().chain(&["changes", "--missing", "authorisation"]));
    let ids: Vec<_> = missing["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["github:acme/pay#3", "github:acme/pay#4", "github:acme/pay#5"]);
}

#[test]
fn an_attested_review_counts_where_the_policy_lets_it() {
    let sandbox = ledger();
    let state = |sandbox: &Sandbox| shown(sandbox, "acme/pay#2")["review"]["state"].clone();
    let stated = attest(&sandbox, "acme/pay#2", "review", &["--at", "2026-07-01T20:00:00Z"]);
    assert!(
        stated["notes"][0].as_str().unwrap().contains("counts no attestation as the retroactive review"),
        "{stated}"
    );
    assert_eq!(state(&sandbox), "overdue");
    let due = sandbox.json(AS_OF.iter().chain(&["due"]));
    assert_eq!(due["items"][0]["attestations"], json!(["Ilse Berg attests a review, as of 2026-07-01T20:00:00Z."]));

    let document = sandbox.path("policy.toml");
    let exported = sandbox.run(["policy", "export", document.to_str().unwrap()]);
    assert_eq!(exported.code, Some(0), "{exported:?}");
    let text = std::fs::read_to_string(&document).unwrap();
    let counts = text.replace("evidence = [\"approval\"]", "evidence = [\"approval\", \"attestation\"]");
    assert_ne!(counts, text, "the exported policy names what counts as the review");
    std::fs::write(&document, counts.replace("version = \"1.0\"", "version = \"1.1\"")).unwrap();
    sandbox.json(["policy", "import", document.to_str().unwrap()]);
    assert_eq!(state(&sandbox), "on_time");
    let page = shown(&sandbox, "acme/pay#2");
    let review = page["without_attestations"].as_array().unwrap().iter().find(|v| v["verdict"] == "review").unwrap();
    assert_eq!((&review["with"], &review["without"]), (&json!("on_time"), &json!("overdue")));
}

#[test]
fn an_attested_incident_is_a_link_that_waits_for_its_import() {
    let sandbox = ledger();
    let link = |sandbox: &Sandbox| shown(sandbox, "acme/pay#2")["incident_link"].clone();
    let because = ["--by", "Ilse Berg", "--reason", "It ended INC-482, says the on-call log."];
    let stated = attest(&sandbox, "acme/pay#2", "incident", &because);
    assert_eq!(stated["attestation"]["incidents"], json!(["INC-482"]));
    assert_eq!(link(&sandbox), "dangling");
    let page = shown(&sandbox, "acme/pay#2");
    let named: Vec<_> =
        page["links"].as_array().unwrap().iter().map(|link| (&link["name"], &link["found_in"])).collect();
    assert_eq!(named, [(&json!("INC-482"), &json!("person"))]);

    let incident = json!({"incidents": [{
        "id": "Q1ZK8M0", "incident_number": 482, "title": "Checkout is slow", "status": "resolved", "urgency": "high",
        "created_at": "2026-07-01T10:00:00Z", "resolved_at": "2026-07-01T13:00:00Z",
        "html_url": "https://acme.pagerduty.com/incidents/Q1ZK8M0",
        "service": {"id": "P1", "summary": "pay"}, "type": "incident",
    }]});
    sandbox.import(&sandbox.file("incidents.json", incident.to_string()));
    assert_eq!(link(&sandbox), "one_way");
    let other = attest(&sandbox, "acme/pay#3", "incident", &["--incident", "Q1ZK8M0"]);
    assert_eq!(other["attestation"]["incidents"], json!(["pagerduty:Q1ZK8M0"]));
    verifies(&sandbox);
}

#[test]
fn who_dates_an_attestation_oddly_is_told() {
    let sandbox = ledger();
    let check = |kind: &str, at: &str, expected: &str| {
        let notes = attest(&sandbox, "acme/pay#2", kind, &["--at", at])["notes"].clone();
        let last = notes.as_array().unwrap().last().map_or("", |note| note.as_str().unwrap()).to_owned();
        assert!(if expected.is_empty() { last.is_empty() } else { last.contains(expected) }, "{kind} {at}: {notes}");
    };
    check("review", "2026-07-01T08:00:00Z", "no retroactive review");
    check("dismiss", "2026-06-01", "before the change was implemented");
    check("authorisation", "2026-06-01", "before the change was opened");
    check("justification", "2026-09-01", "");
    check("exempt", "2026-10-02", "It holds in judgements at 2026-10-02T00:00:00Z or later");
}

#[test]
fn what_makes_no_sense_is_refused_and_says_what_would() {
    let sandbox = ledger();
    let check = |arguments: &[&str], message: &str| {
        let outcome = sandbox.run(AS_OF.iter().chain(&["attest"]).chain(arguments));
        assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{arguments:?}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(message), "{arguments:?}: {}", outcome.stderr);
    };
    let said = |id: &'static str, kind: &'static str, more: &[&'static str]| -> Vec<&'static str> {
        [id, "--kind", kind].into_iter().chain(BECAUSE).chain(more.iter().copied()).collect()
    };
    check(&said("acme/pay#9", "review", &[]), "there is no change `acme/pay#9`");
    check(&said("acme/pay#2", "incident", &[]), "the reason names no incident");
    check(&said("acme/pay#2", "review", &["--incident", "INC-1"]), "names no incident, but INC-1 is given");
    check(&said("acme/pay#1", "dismiss", &[]), "no detection rule of the policy found github:acme/pay#1");
    check(&said("acme/pay#2", "review", &["--withdraw"]), "nothing that holds was attested");
    check(&said("acme/pay#2", "review", &["--at", "2999-01-01"]), "is in the future");
    check(&["acme/pay#2", "--kind", "review", "--by", " ", "--reason", "x"], "needs who makes it, and why");
    check(&said("acme/pay#2", "applause", &[]), "`applause` is no value of --kind");
    assert_eq!(sandbox.json(["attestations"])["changes"], json!([]));
}

#[test]
fn a_report_that_an_attestation_contradicts_is_restated() {
    let sandbox = ledger();
    let report = |name: &str| {
        let out = sandbox.path(name);
        let arguments = ["report", "--quarter", "2026-Q3", "--out", out.to_str().unwrap()];
        let outcome = sandbox.run(AS_OF.iter().chain(&arguments));
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        std::fs::read_to_string(out).unwrap()
    };
    let first = report("first.html");
    assert!(!first.contains("id=\"attestations\""), "a section without content");
    attest(&sandbox, "acme/pay#2", "dismiss", &["--at", "2026-09-30"]);
    let restated = sandbox.json(AS_OF.iter().chain(&["report", "restated"]));
    assert_eq!(restated["restated"][0]["since"]["attestations"], 1, "{restated}");
    let second = report("second.html");
    for words in ["Attestations", "Ilse Berg", "Looked at it with the team.", "unlabelled emergency"] {
        assert!(second.contains(words), "{words}");
    }
}
