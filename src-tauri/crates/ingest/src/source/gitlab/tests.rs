//! GitLab's tables.

use crate::{
    Options,
    table::test_support::{Held, import},
    test_fixtures::fixture,
};
use change_ledger_model::{
    record::{ChangeState, ReviewCoverage},
    source::{Fact, SourceKind},
};

fn of_fixture(path: &str) -> Held {
    import(&fixture(path).1, &Options::default()).unwrap()
}

fn reasons(held: &Held) -> Vec<String> {
    held.rejects.iter().map(|reject| format!("{}: {}", reject.field.as_deref().unwrap_or("-"), reject.reason)).collect()
}

#[test]
fn merge_requests_have_neither_the_time_of_the_merge_nor_labels() {
    let held = of_fixture("gitlab-merge-requests-csv/no-merge-time.csv");
    assert_eq!(held.reading.kind, SourceKind::GitlabMergeRequestsCsv);
    let [merged, opened] = held.changes()[..] else { panic!("two changes") };
    assert_eq!((merged.id.as_str(), merged.state), ("gitlab:core/auth!418", ChangeState::ImplementedAtUnknown));
    assert_eq!((merged.implemented_at, merged.labels.as_ref()), (None, None));
    assert_eq!(merged.updated_at.unwrap().to_string(), "2026-08-14T22:31:57Z");
    assert_eq!(merged.author.as_ref().unwrap().label(), "Iben Vos");
    assert_eq!(merged.merged_by.as_ref().unwrap().handle, "ivos");
    // Names hold commas, usernames do not; when they approved is not told.
    let approvers: Vec<_> =
        merged.reviews.iter().map(|review| (review.reviewer.handle.as_str(), review.submitted_at)).collect();
    assert_eq!(approvers, [("ivos", None), ("tlind", None)]);
    assert_eq!(merged.review_coverage, ReviewCoverage::Complete);
    // An empty cell does not say that nobody approved: some versions never fill it.
    assert_eq!((opened.review_coverage, opened.title.as_str()), (ReviewCoverage::NotCarried, "=Cap retries"));
    assert_eq!(held.warning_codes(), ["partial_source"]);
    assert_eq!(merged.mentions[0].name, "SEC-77");
    for fact in [Fact::ImplementationTime, Fact::ApprovalTime, Fact::Labels] {
        assert!(held.summary.cannot_tell.contains(&fact), "{fact:?}");
    }
    assert_eq!(
        reasons(&held),
        ["MR IID: The merge request has no number.", "State: \"limbo\" is no state of a merge request.",]
    );
}

#[test]
fn the_documented_spelling_is_read_too_and_its_times_are_utc() {
    let held = of_fixture("gitlab-merge-requests-csv/mr-id-without-zone.csv");
    let options = Options { timezone: Some(chrono_tz::Tz::Asia__Tokyo), ..Options::default() };
    let elsewhere = import(&fixture("gitlab-merge-requests-csv/mr-id-without-zone.csv").1, &options).unwrap();
    for held in [&held, &elsewhere] {
        let change = held.changes()[0];
        assert_eq!(change.id, "gitlab:core/sub/auth!417");
        assert_eq!(change.opened_at.unwrap().to_string(), "2026-08-14T22:10:04Z");
    }
    assert_eq!(held.warning_codes(), ["partial_source"], "no zone had to be assumed");
}

#[test]
fn issues_in_both_spellings() {
    let held = of_fixture("gitlab-issues-csv/with-iid.csv");
    assert_eq!(held.reading.kind, SourceKind::GitlabIssuesCsv);
    let ticket = held.tickets()[0];
    assert_eq!((ticket.key.as_str(), ticket.done), ("core/auth#77", Some(true)));
    assert_eq!(ticket.labels.as_deref(), Some(&["sev1".to_owned(), "area::auth".to_owned()][..]));
    assert_eq!(ticket.resolved_at.unwrap().to_string(), "2026-08-15T06:00:00Z");
    assert_eq!(held.incidents()[0].id, "gitlab-issue:core/auth#77");
    assert_eq!(
        reasons(&held),
        ["URL: The row has no address of its issue, and no --repository says where it belongs."]
    );
    let older = of_fixture("gitlab-issues-csv/older-issue-id.csv");
    assert_eq!((older.tickets()[0].key.as_str(), older.incidents().len()), ("core/auth#77", 0));
}
