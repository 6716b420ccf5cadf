//! The story in the exports of every tool chain, as their readers meet it: through the files.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use change_ledger_demo::{Plan, ToolChain, truth, write};
use serde_json::Value;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn plan(tools: ToolChain) -> Plan {
    Plan { seed: 3, changes: Some(400), tools }
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// Every JSON document in a file, in order.
fn documents(path: &Path) -> Vec<Value> {
    let text = text(path);
    serde_json::Deserializer::from_str(&text).into_iter::<Value>().map(Result::unwrap).collect()
}

fn rows(path: &Path) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(path).unwrap().records().map(Result::unwrap).collect()
}

#[test]
fn the_same_plan_writes_the_same_bytes_in_every_tool_chain() {
    for tools in ToolChain::ALL {
        let (first, second) = (folder(), folder());
        let written = write(first.path(), &plan(tools)).unwrap();
        write(second.path(), &plan(tools)).unwrap();
        for file in written.files.iter().chain([&written.truth]) {
            let name = file.strip_prefix(first.path()).unwrap();
            assert!(fs::read(file).unwrap() == fs::read(second.path().join(name)).unwrap(), "{}", name.display());
        }
    }
}

#[test]
fn another_tool_chain_replaces_the_first_one_in_its_folder() {
    let out = folder();
    write(out.path(), &plan(ToolChain::Gitlab)).unwrap();
    write(out.path(), &plan(ToolChain::Azure)).unwrap();
    let entries: BTreeSet<String> =
        fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let expected = ["README.txt", "azure", "boards", "pagerduty", "truth.json"].map(str::to_owned);
    assert_eq!(entries, BTreeSet::from(expected));
}

#[test]
fn the_note_beside_the_files_says_how_to_import_what_does_not_name_its_repository() {
    let out = folder();
    for (tools, command) in [
        (ToolChain::Gitlab, Some("--repository marlpoint/platform gitlab/platform")),
        (ToolChain::Azure, Some("--repository marlpoint/platform azure/platform")),
        (ToolChain::Servicenow, Some("--repository marlpoint/platform git/platform")),
        (ToolChain::Github, None),
        (ToolChain::Bitbucket, None),
    ] {
        write(out.path(), &plan(tools)).unwrap();
        let note = text(&out.path().join("README.txt"));
        match command {
            Some(command) => assert!(note.contains(command), "{note}"),
            None => assert!(!note.contains("--repository"), "{note}"),
        }
    }
}

#[test]
fn unknown_numbers_are_counted_and_not_guessed() {
    let sum = |tools: ToolChain, number: fn(&change_ledger_demo::QuarterTruth) -> u64| -> u64 {
        truth(&Plan { tools, ..Plan::default() }).unwrap().quarters.iter().map(number).sum()
    };
    for tools in ToolChain::ALL {
        let has_comments = !matches!(tools, ToolChain::Azure | ToolChain::Bitbucket);
        let links = sum(tools, |quarter| quarter.missing_incident_links.unknown);
        assert_eq!(links > 0, !has_comments, "{tools}");
        // Beside what stands in comments, only what may stand on a record that was not imported.
        let recorded = sum(tools, |quarter| quarter.authorisation.unknown + quarter.justification.unknown);
        let dangling = sum(tools, |quarter| quarter.missing_incident_links.dangling);
        assert_eq!(recorded > 2 * dangling, !has_comments, "{tools}");
        let labels = sum(tools, |quarter| quarter.unlabelled_emergencies.labels_unknown);
        assert_eq!(labels > 0, tools == ToolChain::Bitbucket, "{tools}");
        let told = truth(&Plan { tools, ..Plan::default() }).unwrap();
        assert_eq!(told.not_carried.is_empty(), matches!(tools, ToolChain::Github | ToolChain::Gitlab), "{tools}");
        let (mergers, changes) = (sum(tools, |quarter| quarter.merger_unknown), sum(tools, |quarter| quarter.changes));
        assert_eq!(mergers == changes, tools == ToolChain::Servicenow, "{tools}");
    }
}

#[test]
fn gitlabs_approvals_are_those_that_stand_and_its_notes_all_that_were_given() {
    let out = folder();
    write(out.path(), &Plan { tools: ToolChain::Gitlab, ..Plan::default() }).unwrap();
    let project = out.path().join("gitlab/booking-api");
    let merged: Vec<Value> = documents(&project.join("merge-requests.json")).remove(0).as_array().unwrap().clone();
    let approvals = documents(&project.join("approvals.json"));
    assert_eq!(approvals.len(), merged.iter().filter(|row| row["state"] == "merged").count());
    let notes: Vec<Value> =
        documents(&project.join("notes.json")).iter().flat_map(|page| page.as_array().unwrap().clone()).collect();
    let count = |body: &str| notes.iter().filter(|note| note["body"] == body).count();
    let standing: usize = approvals.iter().map(|row| row["approved_by"].as_array().unwrap().len()).sum();
    assert!(standing < count("approved this merge request"));
    assert!(count("unapproved this merge request") > 0 && count("requested changes") > 0);
    assert!(merged.iter().any(|row| row["author"]["username"] == "ghost"), "a deleted author");
    assert!(merged.iter().any(|row| row["state"] == "closed"), "one that was not merged");
}

#[test]
fn azure_devops_keeps_the_time_of_a_vote_in_threads_only() {
    let out = folder();
    write(out.path(), &Plan { tools: ToolChain::Azure, ..Plan::default() }).unwrap();
    let folder = out.path().join("azure/rate-engine");
    let pulls: Vec<Value> = documents(&folder.join("pull-requests.json")).remove(0).as_array().unwrap().clone();
    assert!(pulls.iter().any(|row| row.get("reviewers").is_none()), "a list without reviewers");
    let votes: Vec<&Value> = pulls.iter().filter_map(|row| row["reviewers"].as_array()).flatten().collect();
    assert!(votes.iter().any(|row| row["vote"] == 10) && votes.iter().all(|row| row.get("votedAt").is_none()));
    let threads: Vec<Value> = documents(&folder.join("threads.json"))
        .iter()
        .flat_map(|page| page["value"].as_array().unwrap().clone())
        .collect();
    let is_vote = |row: &&Value| row["properties"]["CodeReviewVoteResult"]["$value"] == "10";
    assert!(threads.iter().filter(is_vote).count() > 20);
    let items = rows(&out.path().join("boards/work-items.csv"));
    assert!(items.iter().all(|row| row[12].starts_with("<div>") && row[12].ends_with("</div>")));
}

#[test]
fn bitbucket_has_no_labels_and_forgets_what_was_taken_back() {
    let out = folder();
    write(out.path(), &Plan { tools: ToolChain::Bitbucket, ..Plan::default() }).unwrap();
    let folder = out.path().join("bitbucket/booking-api");
    let pulls = documents(&folder.join("pull-requests.json")).remove(0)["values"].as_array().unwrap().clone();
    assert!(pulls.iter().all(|row| row.get("labels").is_none() && row.get("closed_on").is_none()));
    let activities = documents(&folder.join("activity.json")).remove(0)["values"].as_array().unwrap().clone();
    let merges = activities.iter().filter(|row| row["update"]["state"] == "MERGED").count();
    assert_eq!(merges, pulls.iter().filter(|row| row["state"] == "MERGED").count());
    let of_kind = |kind: &str| activities.iter().filter(|row| row.get(kind).is_some()).count();
    assert!(of_kind("approval") > merges / 2 && of_kind("changes_requested") > 0 && of_kind("comment") > 0);
}

#[test]
fn servicenow_has_a_change_request_for_everything_that_was_released() {
    let out = folder();
    let plan = Plan { tools: ToolChain::Servicenow, ..Plan::default() };
    let written = write(out.path(), &plan).unwrap();
    let folder = out.path().join("servicenow");
    let with_history = rows(&folder.join("change_request.csv"));
    let without = rows(&folder.join("change_request-rates.csv"));
    let planned = truth(&plan).unwrap();
    assert_eq!((with_history.len() + without.len()) as u64, planned.records.population);
    assert_eq!((written.changes, planned.records.tickets), (planned.records.population, planned.records.population));
    let numbers: BTreeSet<&str> = with_history.iter().chain(&without).map(|row| &row[0]).collect();
    assert_eq!(numbers.len() as u64, planned.records.population);
    assert!(rows(&folder.join("sysapproval_approver.csv")).iter().all(|row| numbers.contains(&row[3])));
    let log = text(&out.path().join("git/booking-api/commits.log"));
    for commit in log.split('\u{1e}').skip(1) {
        let fields: Vec<&str> = commit.split('\u{1f}').collect();
        assert_eq!((fields.len(), fields[0].len()), (10, 40), "{commit}");
        assert!(numbers.contains(fields[9].trim().trim_start_matches("Change: ")), "{commit}");
    }
}
