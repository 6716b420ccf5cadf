//! The demo as its readers meet it: through the files.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use change_ledger_demo::{DemoError, Plan, ToolChain, Truth, truth, write};
use serde_json::Value;

const STORY: Plan = Plan { seed: 7, changes: None, tools: ToolChain::Github };

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Every row of every pull request file, in the order of the files.
fn rows(out: &Path) -> Vec<Value> {
    let mut files: Vec<_> = fs::read_dir(out.join("github")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().flat_map(|file| json(file).as_array().unwrap().clone()).collect()
}

/// Each pull request once, in its newest state.
fn newest(rows: Vec<Value>) -> BTreeMap<String, Value> {
    let mut newest: BTreeMap<String, Value> = BTreeMap::new();
    for row in rows {
        let url = row["url"].as_str().unwrap().to_owned();
        let is_older = newest.get(&url).is_some_and(|known| text(known, "updatedAt") > text(&row, "updatedAt"));
        if !is_older {
            newest.insert(url, row);
        }
    }
    newest
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

fn tickets(out: &Path) -> (csv::StringRecord, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_path(out.join("jira/changes.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    (header, reader.records().map(Result::unwrap).collect())
}

#[test]
fn the_same_plan_writes_the_same_bytes() {
    let (first, second, other) = (folder(), folder(), folder());
    let written = write(first.path(), &STORY).unwrap();
    write(second.path(), &STORY).unwrap();
    write(other.path(), &Plan { seed: 8, ..STORY }).unwrap();
    assert!(written.files.len() > 10);
    for file in written.files.iter().chain([&written.truth]) {
        let name = file.strip_prefix(first.path()).unwrap();
        let bytes = fs::read(file).unwrap();
        assert!(bytes == fs::read(second.path().join(name)).unwrap(), "{}", name.display());
        assert!(bytes != fs::read(other.path().join(name)).unwrap(), "{}", name.display());
    }
}

#[test]
fn parts_add_up_to_their_wholes() {
    for seed in 1..=5 {
        let truth = truth(&Plan { seed, ..STORY }).unwrap();
        assert_eq!(truth.quarters.len(), 9);
        let population: u64 = truth.quarters.iter().map(|quarter| quarter.changes).sum();
        assert_eq!(population, truth.records.population);
        let emergencies: u64 = truth.quarters.iter().map(|quarter| quarter.emergencies).sum();
        assert_eq!(emergencies, truth.emergencies.len() as u64);
        for quarter in &truth.quarters {
            let (classes, approval, review) = (quarter.classes, quarter.approval, quarter.retroactive_review);
            let name = format!("seed {seed}, {}", quarter.quarter);
            let emergencies = classes.declared_emergency + classes.unlabelled_emergency;
            assert_eq!(emergencies, quarter.emergencies, "{name}");
            assert_eq!(emergencies + classes.unreviewed + classes.exempt + classes.routine, quarter.changes, "{name}");
            assert_eq!(approval.before + approval.after + approval.none + approval.unknown, quarter.changes, "{name}");
            let states = review.on_time + review.late + review.pending + review.overdue + review.unknown;
            assert_eq!(states, review.owed, "{name}");
            assert_eq!(review.on_time + review.late, approval.after, "{name}");
            assert_eq!(review.pending + review.overdue, approval.none, "{name}");
            let missing = quarter.missing_incident_links;
            assert_eq!(missing.none + missing.dangling, missing.count, "{name}");
            assert_eq!(missing.share.is_none(), emergencies == 0, "{name}");
            assert!(quarter.batch_stamped <= approval.after, "{name}");
        }
    }
}

#[test]
fn the_story_is_told() {
    for seed in 1..=5 {
        let truth = truth(&Plan { seed, ..STORY }).unwrap();
        let state = |quarter: usize| truth.quarters[quarter].ratio_state;
        assert_eq!((state(3), state(8)), ("breach", "within"), "seed {seed}");
        assert!(truth.quarters[0].changes < 15, "seed {seed}");
        assert!(truth.quarters[1].approval.unknown > 0, "seed {seed}");
        assert!(truth.quarters[1].retroactive_review.unknown > 0, "seed {seed}");
        assert_eq!(truth.quarters[3].batch_stamped, 6, "seed {seed}");
        assert!(truth.quarters[8].retroactive_review.pending >= 2, "seed {seed}");
        for (trap, count) in &truth.planted {
            assert!(*count > 0, "{trap}");
        }
        assert!(truth.planted.len() >= 30, "seed {seed}: {:?}", truth.planted.keys());
    }
}

#[test]
fn the_files_hold_the_records_that_the_truth_counts() {
    let out = folder();
    let written = write(out.path(), &STORY).unwrap();
    let truth = json(&written.truth);
    let known = newest(rows(out.path()));
    let merged: Vec<&Value> = known.values().filter(|row| row["state"] == "MERGED").collect();
    assert_eq!(truth["records"]["changes"], merged.len());
    assert_eq!(truth["records"]["changes"], written.changes);
    let submitted: usize = merged
        .iter()
        .filter_map(|row| row["reviews"].as_array())
        .map(|reviews| {
            let submitted = reviews.iter().filter(|review| !review["submittedAt"].is_null());
            submitted
                .map(|review| (text(&review["author"], "login"), text(review, "submittedAt")))
                .collect::<BTreeSet<_>>()
                .len()
        })
        .sum();
    assert_eq!(truth["records"]["reviews"], submitted);
    let (_, tickets) = tickets(out.path());
    assert_eq!(truth["records"]["tickets"], tickets.len());
    let incidents = json(&out.path().join("pagerduty/incidents.json"));
    assert_eq!(truth["records"]["incidents"], incidents["incidents"].as_array().unwrap().len());
    assert_eq!(incidents["more"], false);
    let states: BTreeSet<&str> = known.values().map(|row| text(row, "state")).collect();
    assert_eq!(states, BTreeSet::from(["CLOSED", "MERGED", "OPEN"]));
}

/// Judges the approvals anew, from the files alone.
#[test]
fn the_planned_approvals_are_those_of_the_files() {
    let out = folder();
    for seed in [1, 7] {
        let plan = Plan { seed, ..STORY };
        write(out.path(), &plan).unwrap();
        let mut found = [0_u64; 4];
        for row in newest(rows(out.path())).values() {
            let base = text(row, "baseRefName");
            if row["state"] == "MERGED" && (["main", "master", "trunk"].contains(&base) || base.starts_with("release/"))
            {
                found[judge(row)] += 1;
            }
        }
        let planned = truth(&plan).unwrap().quarters.iter().fold([0; 4], |sum: [u64; 4], quarter| {
            let approval = quarter.approval;
            let of_quarter = [approval.before, approval.after, approval.none, approval.unknown];
            std::array::from_fn(|state| sum[state] + of_quarter[state])
        });
        assert_eq!(found, planned, "seed {seed}");
    }
}

/// 0 approved before the merge, 1 after it, 2 never, 3 unknown.
fn judge(row: &Value) -> usize {
    let Some(reviews) = row["reviews"].as_array() else {
        return 3;
    };
    let merged = text(row, "mergedAt");
    let author = (!row["author"]["is_bot"].as_bool().unwrap()).then(|| text(&row["author"], "login"));
    let login = |review: &Value| text(&review["author"], "login").to_owned();
    let qualifying: Vec<&str> = reviews
        .iter()
        .filter(|review| review["state"] == "APPROVED")
        .filter(|review| !["", "github-actions", "renovate", "dependabot"].contains(&login(review).as_str()))
        .filter(|review| author != Some(login(review).as_str()))
        .filter(|review| {
            let at = text(review, "submittedAt");
            !reviews.iter().any(|other| {
                let withdrawn = text(other, "submittedAt");
                other["state"] == "CHANGES_REQUESTED"
                    && login(other) == login(review)
                    && at < withdrawn
                    && withdrawn <= merged
            })
        })
        .map(|review| text(review, "submittedAt"))
        .collect();
    match qualifying.iter().min() {
        Some(first) if *first <= merged => 0,
        Some(_) => 1,
        None => 2,
    }
}

#[test]
fn exports_overlap_and_the_later_one_knows_more() {
    let out = folder();
    write(out.path(), &STORY).unwrap();
    let mut seen: BTreeMap<String, Value> = BTreeMap::new();
    let (mut twice, mut more_reviews, mut newer) = (0, 0, 0);
    for row in rows(out.path()) {
        if let Some(before) = seen.insert(text(&row, "url").to_owned(), row.clone()) {
            let reviews = |row: &Value| row["reviews"].as_array().map_or(0, Vec::len);
            twice += 1;
            more_reviews += usize::from(reviews(&row) > reviews(&before));
            newer += usize::from(text(&row, "updatedAt") > text(&before, "updatedAt"));
            assert!(text(&row, "updatedAt") >= text(&before, "updatedAt"), "{}", row["url"]);
            let is_same = text(&row, "updatedAt") == text(&before, "updatedAt");
            assert!(!is_same || row == before, "two versions of {} with one date", row["url"]);
        }
    }
    assert!(twice > 100 && more_reviews > 3 && newer > 3, "{twice} {more_reviews} {newer}");
}

#[test]
fn rows_have_the_shape_of_gh() {
    let out = folder();
    let written = write(out.path(), &STORY).unwrap();
    let file = fs::read_to_string(&written.files[0]).unwrap();
    assert!(file.starts_with(r#"[{"author":{"id":"#) && file.trim_end().ends_with("}]") && file.lines().count() == 1);
    let keys: Vec<&str> =
        r#"author baseRefName body closedAt createdAt headRefName labels mergeCommit mergedAt mergedBy
        number reviewDecision reviews state title updatedAt url"#
            .split_whitespace()
            .collect();
    let places: Vec<Option<usize>> = keys.iter().map(|key| file.find(&format!("\"{key}\":"))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    let all = rows(out.path());
    let has = |test: &dyn Fn(&Value) -> bool| all.iter().any(test);
    assert!(has(&|row| row.get("reviews").is_none()), "a partial export");
    assert!(has(&|row| row["author"]["login"] == "app/"), "a deleted author");
    assert!(has(&|row| row["author"]["login"] == "app/dependabot"), "a bot");
    assert!(has(&|row| row["state"] == "MERGED" && row["mergedBy"].is_null()), "an unknown merger");
    // These are the default and page limits at which an export may have been cut.
    for file in written.files.iter().filter(|file| file.parent().unwrap().ends_with("github")) {
        let count = json(file).as_array().unwrap().len();
        assert!(![30, 100, 1_000].contains(&count), "{} holds {count} rows", file.display());
    }
}

#[test]
fn planned_work_holds_no_word_of_emergencies() {
    let out = folder();
    write(out.path(), &STORY).unwrap();
    let mut titles = 0;
    for row in newest(rows(out.path())).values() {
        let head = text(row, "headRefName");
        if head.starts_with("feature/") || head.starts_with("chore/") {
            let visible = format!("{}\n{}", text(row, "title"), text(row, "body")).to_lowercase();
            let visible = visible.split("### check list").next().unwrap();
            let spoken: Vec<&str> = visible.lines().filter(|line| !line.starts_with('>')).collect();
            let on_purpose = [
                "emergency change procedure",
                "when a hotfix",
                "emergency contacts",
                "a rollback in",
                "break glass accounts",
            ];
            if !on_purpose.iter().any(|title| visible.contains(title)) {
                titles += 1;
                for word in ["emergency", "hotfix", "urgent", "break glass", "sev1", "p1", "rollback", "inc-"] {
                    let found = spoken.iter().find(|line| line.contains(word) && !line.contains("post-mortem"));
                    let names_incident = word == "inc-" && visible.contains("post-mortem");
                    assert!(found.is_none() || names_incident, "{word} in {found:?}");
                }
            }
        }
    }
    assert!(titles > 500, "{titles}");
}

#[test]
fn tickets_have_the_shape_of_jira() {
    let out = folder();
    write(out.path(), &STORY).unwrap();
    let (header, tickets) = tickets(out.path());
    let count = |name: &str| header.iter().filter(|cell| *cell == name).count();
    assert_eq!((count("Labels"), count("Comment"), count("Outward issue link (Relates)")), (3, 5, 2));
    let keys: BTreeSet<&str> = tickets.iter().map(|row| &row[1]).collect();
    assert_eq!(keys.len(), tickets.len());
    let comments: Vec<&str> = header
        .iter()
        .zip(0..)
        .filter(|(name, _)| *name == "Comment")
        .flat_map(|(_, column)| tickets.iter().map(move |row| &row[column]))
        .filter(|cell| !cell.is_empty())
        .collect();
    for comment in &comments {
        let date = comment.split(';').next().unwrap();
        assert!(chrono::NaiveDateTime::parse_from_str(date, "%d/%b/%y %I:%M %p").is_ok(), "{date}");
        assert!(comment.splitn(3, ';').count() == 3, "{comment}");
    }
    let some = |test: &dyn Fn(&str) -> bool| comments.iter().any(|comment| test(comment));
    assert!(some(&|text| text.contains('\n')) && some(&|text| text.contains('"')) && some(&|text| !text.is_ascii()));
    assert!(some(&|text| text.matches(';').count() > 2));
}

#[test]
fn a_folder_with_anything_else_is_refused() {
    let out = folder();
    fs::create_dir_all(out.path().join("github")).unwrap();
    let mine = out.path().join("github/booking-api-1.json");
    fs::write(&mine, "[]").unwrap();
    let refused = write(out.path(), &STORY).unwrap_err();
    assert!(matches!(&refused, DemoError::Occupied { entry, .. } if entry == "github/booking-api-1.json"), "{refused}");
    assert_eq!(fs::read_to_string(&mine).unwrap(), "[]");

    let file = folder();
    let path = file.path().join("a-file");
    fs::write(&path, "x").unwrap();
    assert!(matches!(write(&path, &STORY).unwrap_err(), DemoError::Io { .. }));
}

#[test]
fn an_earlier_demo_is_replaced_unless_something_was_added() {
    let out = folder();
    let plan = Plan { seed: 1, changes: Some(400), ..STORY };
    write(out.path(), &STORY).unwrap();
    fs::write(out.path().join("github/booking-api-99.json"), "[]").unwrap();
    write(out.path(), &plan).unwrap();
    assert!(!out.path().join("github/booking-api-99.json").exists());
    assert_eq!(json(&out.path().join("truth.json"))["records"]["changes"], 400);

    fs::write(out.path().join("notes.txt"), "mine").unwrap();
    let refused = write(out.path(), &plan).unwrap_err();
    assert!(matches!(&refused, DemoError::Occupied { entry, .. } if entry == "notes.txt"), "{refused}");
}

#[test]
fn any_size_has_exactly_as_many_changes() {
    for changes in [200, 1_000, 5_003] {
        let truth: Truth = truth(&Plan { seed: 2, changes: Some(changes), ..STORY }).unwrap();
        assert_eq!(truth.records.changes, changes);
    }
    for changes in [0, 199, u64::MAX] {
        let refused = truth(&Plan { seed: 2, changes: Some(changes), ..STORY }).unwrap_err();
        assert!(matches!(refused, DemoError::Size { asked, .. } if asked == changes), "{refused}");
    }
}

/// Where a quarter holds few changes, none may fall between two exports.
#[test]
fn every_change_is_in_some_file_as_merged() {
    let out = folder();
    for changes in [200, 333, 777] {
        write(out.path(), &Plan { seed: 3, changes: Some(changes), ..STORY }).unwrap();
        let known = newest(rows(out.path()));
        assert_eq!(known.values().filter(|row| row["state"] == "MERGED").count() as u64, changes);
    }
}

#[test]
fn very_many_changes_are_cut_by_rows() {
    let out = folder();
    let written = write(out.path(), &Plan { seed: 2, changes: Some(20_001), ..STORY }).unwrap();
    assert_eq!(written.changes, 20_001);
    let known = newest(rows(out.path()));
    assert_eq!(known.values().filter(|row| row["state"] == "MERGED").count(), 20_001);
    let (_, tickets) = tickets(out.path());
    assert!((200..4_000).contains(&tickets.len()), "{}", tickets.len());
    assert_eq!(json(&written.truth)["records"]["tickets"], tickets.len());
}
