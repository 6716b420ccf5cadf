//! Numbers by repository, team, service and person on the command line, what changed in sentences, and curves.

use crate::{
    importing::{pull, review},
    support::Sandbox,
};
use serde_json::{Value, json};

const AS_OF: &str = "2026-10-05T08:00:00Z";

/// Three changes of two people: one reviewed before, an emergency reviewed afterwards, and one that nobody reviewed.
fn three() -> Sandbox {
    let sandbox = Sandbox::new();
    let before = json!({"reviews": [review("tove", "APPROVED", "2026-07-01T11:00:00Z")]});
    let after =
        json!({"labels": [{"name": "hotfix"}], "reviews": [review("tove", "APPROVED", "2026-07-02T11:00:00Z")]});
    let other = json!({"author": {"login": "ida"}});
    sandbox.import(&sandbox.file("pulls.json", json!([pull(1, before), pull(2, after), pull(3, other)]).to_string()));
    sandbox
}

fn with_teams(teams: &str) -> Sandbox {
    let sandbox = three();
    let teams = format!("groups.teams={{ {teams} }}");
    sandbox.json(["policy", "set", "retroactive-24h", "--effective", "always", "--with", &teams]);
    sandbox
}

/// Each group with its changes, `?` for what is in none.
fn groups(answer: &Value) -> Vec<(String, u64)> {
    let of = |group: &Value| {
        let name = if group["is_unknown"] == true { "?" } else { group["name"].as_str().unwrap() };
        (name.to_owned(), group["quarters"].as_array().unwrap().iter().map(|q| q["changes"].as_u64().unwrap()).sum())
    };
    answer["groups"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn metrics_are_told_apart_by_every_grouping() {
    let check = |sandbox: &Sandbox, by: &str, expected: &[(&str, u64)], note: [u64; 2]| {
        let answer = sandbox.json(["--as-of", AS_OF, "metrics", "--by", by]);
        let expected: Vec<(String, u64)> = expected.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
        assert_eq!(groups(&answer), expected, "{by}");
        let grouping = &answer["grouping"];
        assert_eq!(
            (&grouping["by"], &grouping["in_several"], &grouping["in_none"]),
            (&json!(by), &json!(note[0]), &json!(note[1]))
        );
        let keys = |quarter: &Value| quarter.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&answer["groups"][0]["quarters"][0]), keys(&answer["quarters"][0]), "{by}");
    };
    let plain = three();
    check(&plain, "repository", &[("acme/pay", 3)], [0, 0]);
    check(&plain, "team", &[("?", 3)], [0, 3]);
    check(&plain, "service", &[("?", 3)], [0, 3]);
    check(&plain, "person", &[("ida", 1), ("mara", 2)], [0, 0]);
    let teams = with_teams("Pay = { repositories = [\"acme/*\"] }, Crew = { people = [\"@Ida\"] }");
    check(&teams, "team", &[("Crew", 1), ("Pay", 3)], [1, 0]);
}

#[test]
fn a_policy_without_teams_is_said_to_have_none() {
    let outcome = three().run(["--as-of", AS_OF, "metrics", "--by", "team"]);
    assert!(outcome.stderr.contains("names no team that any change is in"), "{outcome:?}");
    let by_person = three().run(["--as-of", AS_OF, "metrics", "--by", "person"]).stdout;
    assert!(by_person.contains("They do not rate people") && by_person.contains("(n=2)"), "{by_person}");
}

#[test]
fn reviews_due_can_be_those_of_a_team() {
    let sandbox = with_teams("Crew = { people = [\"ida\"] }, Pay = { repositories = [\"acme/none\"] }");
    let due = |team: &str| sandbox.json(["--as-of", AS_OF, "due", "--team", team])["items"].as_array().unwrap().len();
    assert_eq!((due("crew"), due("Pay")), (1, 0));
    let unknown = sandbox.run(["--as-of", AS_OF, "due", "--team", "Nobody"]);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    assert!(unknown.stderr.contains("names no team `Nobody`") && unknown.stderr.contains("Crew"), "{unknown:?}");
}

#[test]
fn curves_come_where_they_are_asked_for() {
    let sandbox = three();
    let plain = sandbox.json(["--as-of", AS_OF, "metrics"]);
    assert_eq!(
        (&plain["review_curves"], &plain["groups"], &plain["restated"]),
        (&Value::Null, &Value::Null, &json!([]))
    );
    let curve = sandbox.json(["--as-of", AS_OF, "metrics", "--curves"])["review_curves"][0].clone();
    assert_eq!(
        (&curve["reviews"], &curve["given"], &curve["steps"][0]["open_share"]),
        (&json!(2), &json!(1), &json!(0.5))
    );
    assert_eq!(curve["median_hours"], plain["quarters"][0]["retroactive_review"]["kaplan_meier_median_hours"]);
    let text = sandbox.run(["--as-of", AS_OF, "metrics", "--curves"]).stdout;
    assert!(text.contains("1 of 2 given. Half of them are estimated to be given within"), "{text}");
}

#[test]
fn few_changes_claim_no_trend() {
    let sandbox = three();
    let earlier = json!({"createdAt": "2026-05-04T08:00:00Z", "mergedAt": "2026-05-04T12:00:00Z", "updatedAt": "2026-05-04T12:00:00Z"});
    sandbox.import(&sandbox.file("earlier.json", json!([pull(4, earlier)]).to_string()));
    let trends = sandbox.json(["--as-of", AS_OF, "metrics"])["trends"].clone();
    let ratio = &trends[0];
    assert_eq!((&ratio["metric"], &ratio["direction"]), (&json!("emergency_ratio"), &json!("too_few")));
    assert_eq!((&ratio["quarter"], &ratio["previous"]), (&json!("2026-Q3"), &json!("2026-Q2")));
    let text = sandbox.run(["--as-of", AS_OF, "metrics"]).stdout;
    assert!(
        text.contains("What changed") && text.contains("with fewer than 10 changes in a quarter no trend is claimed"),
        "{text}"
    );
}
