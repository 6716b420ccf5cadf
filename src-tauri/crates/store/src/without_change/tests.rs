use super::*;
use crate::sample::{at, change, import, person, records};
use change_ledger_model::record::{Bypass, CodeCommit, Record};

fn sha(name: u32) -> String {
    format!("{name:040x}")
}

/// A commit of the changes' repository, one minute after another.
fn commit(name: u32, parents: &[u32], title: &str) -> Record {
    Record::Commit(Box::new(CodeCommit {
        id: name.to_string(),
        source: "github".to_owned(),
        repository: "Acme/pay".to_owned(),
        sha: sha(name),
        title: title.to_owned(),
        body: None,
        author: Some(person("mara-ko")),
        committer: None,
        authored_at: None,
        committed_at: Some(at(i64::from(name))),
        parents: Some(parents.iter().map(|parent| sha(*parent)).collect()),
        branch: None,
        change: None,
        is_direct_push: None,
        url: None,
        mentions: Vec::new(),
    }))
}

fn bypass(id: &str, change: Option<&str>, commit: Option<u32>, skipped_review: Option<bool>) -> Record {
    Record::Bypass(Box::new(Bypass {
        id: id.to_owned(),
        source: "github".to_owned(),
        repository: Some("acme/pay".to_owned()),
        branch: Some("main".to_owned()),
        actor: Some(person("mara-ko")),
        at: Some(at(60)),
        change: change.map(str::to_owned),
        commit_before: None,
        commit_after: commit.map(sha),
        rules: None,
        skipped_review,
        url: None,
    }))
}

fn ids(records: &[RecordWithoutChange]) -> Vec<&str> {
    records.iter().map(|record| record.id.as_str()).collect()
}

#[test]
fn a_bypass_is_lost_only_where_no_implemented_change_shows_it() {
    let check = |bypass: Record, expected: (&[&str], &[&str])| {
        let mut ledger = Ledger::in_memory().unwrap();
        import(&mut ledger, "changes.json", records([change(1)]));
        import(&mut ledger, "bypasses.json", vec![bypass]);
        let found = ledger.without_change().unwrap();
        assert_eq!((ids(&found.review_bypasses).as_slice(), ids(&found.unclear_bypasses).as_slice()), expected);
    };
    check(bypass("a", Some("github:acme/pay#1"), None, Some(true)), (&[], &[]));
    check(bypass("b", None, Some(1), Some(true)), (&[], &[]));
    check(bypass("c", None, Some(77), Some(true)), (&["c"], &[]));
    check(bypass("d", Some("github:acme/pay#9"), Some(1), Some(true)), (&["d"], &[]));
    check(bypass("e", None, None, Some(true)), (&["e"], &[]));
    check(bypass("f", None, Some(77), Some(false)), (&[], &[]));
    check(bypass("g", None, Some(1), None), (&[], &["g"]));
}

#[test]
fn a_commit_is_in_a_change_by_its_name_its_title_or_the_merge_that_joined_it() {
    let check = |commits: &[(u32, &[u32], &str)], expected: &[&str]| {
        let mut ledger = Ledger::in_memory().unwrap();
        import(&mut ledger, "changes.json", records([change(1), change(2)]));
        let commits = commits.iter().map(|(name, parents, title)| commit(*name, parents, title)).collect();
        import(&mut ledger, "log.txt", commits);
        assert_eq!(ids(&ledger.without_change().unwrap().commits), expected);
    };
    check(&[], &[]);
    check(&[(1, &[], "merged as it"), (50, &[], "pushed")], &["50"]);
    check(&[(50, &[], "Cap retries (#2)"), (51, &[50], "Cap retries (#9)")], &["51"]);
    // 60 and 61 are the branch of change 1, 40 and 41 the line that it was merged into.
    let branch: &[(u32, &[u32], &str)] =
        &[(40, &[], "first"), (41, &[40], "second"), (60, &[40], "part"), (61, &[60], "part"), (1, &[41, 61], "merge")];
    check(branch, &["40", "41"]);
    let caught_up: &[(u32, &[u32], &str)] = &[
        (40, &[], "first"),
        (41, &[40], "second"),
        (60, &[40], "part"),
        (61, &[60, 41], "up"),
        (1, &[41, 61], "merge"),
    ];
    check(caught_up, &["40", "41"]);
}

#[test]
fn the_title_of_a_merge_tells_its_number() {
    let check = |title: &str, expected: Option<&str>| assert_eq!(number_in_title(title), expected, "{title}");
    check("Merge pull request #12 from acme/cap", Some("12"));
    check("Merged PR 12: Cap retries", Some("12"));
    check("Cap retries (#12)", Some("12"));
    check("Merged in cap (pull request #12)", Some("12"));
    check("Revert \"Cap retries (#12)\"", None);
    check("Follows (#12 and #13)", None);
    check("Follows #12", None);
    check("Cap (#)", None);
    check("", None);
}
