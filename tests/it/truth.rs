//! The sample company's numbers, computed by its generator from what it planted, are all met: in the exports of every tool
//! chain that tells the story.

use crate::support::{SAMPLE_AS_OF, Sandbox};
use serde_json::Value;

/// Tool chains beside the default one.
const OTHERS: [&str; 4] = ["gitlab", "azure", "bitbucket", "servicenow"];

#[test]
fn every_planted_number_is_found() {
    for seed in 1..=5 {
        every_number_is_found("github", seed, false);
    }
}

#[test]
fn every_planted_number_is_found_in_exports_of_gitlab() {
    in_exports_of("gitlab");
}

#[test]
fn every_planted_number_is_found_in_exports_of_azure_devops() {
    in_exports_of("azure");
}

#[test]
fn every_planted_number_is_found_in_exports_of_bitbucket() {
    in_exports_of("bitbucket");
}

#[test]
fn every_planted_number_is_found_in_exports_of_servicenow() {
    in_exports_of("servicenow");
}

/// What all exports carry is the same whatever the tools: the story is one.
#[test]
fn every_tool_chain_tells_the_same_story() {
    const OF_ALL: [&str; 10] = [
        "/quarter",
        "/from",
        "/to",
        "/changes",
        "/classes/declared_emergency",
        "/declared_ratio",
        "/approval",
        "/self_approved",
        "/batch_stamped",
        "/retroactive_review/median_hours",
    ];
    // A change request has no branch, so that an approved one on a hotfix branch is no emergency, and nobody merges it.
    const OF_PULL_REQUESTS: [&str; 10] = [
        "/classes",
        "/emergencies",
        "/emergency_ratio",
        "/ratio_state",
        "/retroactive_review",
        "/unlabelled_emergencies/count",
        // Whether the others name one, only those chains can tell that export the comments on tickets.
        "/missing_incident_links/dangling",
        "/missing_incident_links/one_way",
        "/self_merged",
        "/merger_unknown",
    ];
    let sandbox = Sandbox::new();
    let quarters_of = |tools: &str| {
        let out = sandbox.path(tools);
        let written = sandbox.run(["demo", "--out", out.to_str().unwrap(), "--seed", "1", "--toolchain", tools]);
        assert_eq!(written.code, Some(0), "{written:?}");
        let truth: Value = serde_json::from_slice(&std::fs::read(out.join("truth.json")).unwrap()).unwrap();
        assert_eq!(truth["tools"], tools);
        truth["quarters"].as_array().unwrap().clone()
    };
    let story = quarters_of("github");
    for tools in OTHERS {
        let of_requests = if tools == "servicenow" { &[][..] } else { &OF_PULL_REQUESTS };
        let told = quarters_of(tools);
        assert_eq!(told.len(), story.len());
        for (wanted, found) in story.iter().zip(&told) {
            for key in OF_ALL.iter().chain(of_requests) {
                assert_eq!(found.pointer(key), wanted.pointer(key), "{tools}, {}: {key}", wanted["quarter"]);
                assert!(wanted.pointer(key).is_some(), "{key}");
            }
        }
    }
}

/// The second story is imported from its last file to its first: the order changes nothing.
fn in_exports_of(tools: &str) {
    for (seed, backwards) in [(1, false), (2, true), (3, false)] {
        every_number_is_found(tools, seed, backwards);
    }
}

fn every_number_is_found(tools: &str, seed: u64, backwards: bool) {
    let sandbox = Sandbox::new();
    let truth = sandbox.sample_of(tools, seed, backwards);
    assert_eq!(truth["as_of"], SAMPLE_AS_OF);
    let found = sandbox.json(["--as-of", SAMPLE_AS_OF, "metrics"]);
    let (wanted, quarters) = (truth["quarters"].as_array().unwrap(), found["quarters"].as_array().unwrap());
    assert_eq!(quarters.len(), wanted.len(), "{tools}, seed {seed}");
    for (wanted, found) in wanted.iter().zip(quarters) {
        same(wanted, found, &format!("{tools}, seed {seed}, {}", wanted["quarter"]));
    }
}

/// Everything that `wanted` says stands in `found` too; fractions to nine digits.
fn same(wanted: &Value, found: &Value, place: &str) {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => {
            for (key, wanted) in wanted {
                same(wanted, found.get(key).unwrap_or(&Value::Null), &format!("{place}.{key}"));
            }
        }
        (Value::Number(wanted), Value::Number(found)) => {
            let (wanted, found) = (wanted.as_f64().unwrap(), found.as_f64().unwrap());
            assert!((wanted - found).abs() <= 1e-9 * wanted.abs().max(1.0), "{place}: planted {wanted}, found {found}");
        }
        _ => assert_eq!(wanted, found, "{place}"),
    }
}
