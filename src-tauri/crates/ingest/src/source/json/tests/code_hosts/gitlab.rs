//! GitLab.

use super::*;

#[test]
fn merge_requests_are_named_by_the_number_that_people_write() {
    let found = of_fixture("gitlab-merge-requests/pages-after-pages.json", None);
    assert_eq!(found.kind, Some(SourceKind::GitlabMergeRequests));
    let changes = changes(&found);
    let names: Vec<_> = changes.iter().map(|change| (change.id.as_str(), change.number.as_str())).collect();
    assert_eq!(
        names,
        [
            ("gitlab:core/auth!418", "418"),
            ("gitlab:core/auth!417", "417"),
            ("gitlab:core/sub/auth!1", "1"),
            ("gitlab:core/auth!419", "419"),
            ("gitlab:core/auth!420", "420"),
        ]
    );
    let first = changes[0];
    assert_eq!((first.repository.as_str(), first.source.as_str()), ("Core/auth", "gitlab"));
    assert_eq!(implemented(first), (ChangeState::Implemented, "2026-08-14T22:31:56.950Z".to_owned()));
    assert_eq!(
        (first.author.as_ref().unwrap().handle.as_str(), first.merged_by.as_ref()),
        ("ivos", first.author.as_ref())
    );
    assert_eq!(first.labels.as_deref(), Some(&["hotfix".to_owned(), "area::auth".to_owned()][..]));
    assert_eq!((first.base_branch.as_deref(), first.head_branch.as_deref()), (Some("main"), Some("hotfix/sec-77")));
    assert_eq!(mentioned(&first.mentions), ["SEC-77 Body", "core/auth!417 Body", "core/auth#77 Body"]);
    assert_eq!(
        found.reasons(),
        [
            "6 iid: the merge request has no iid, the number that people write.",
            "7 state: \"limbo\" is no state of a merge request.",
            "8 merged_at: \"soon\" is no readable time: it is not a date that can be read.",
        ]
    );
}

#[test]
fn what_a_merge_request_does_not_say_stays_unknown() {
    let found = of_fixture("gitlab-merge-requests/pages-after-pages.json", None);
    let [_, second, imported, locked, closed] = changes(&found)[..] else { panic!("five changes") };
    // Whether anybody approved is not in this file.
    assert_eq!(second.review_coverage, ReviewCoverage::NotCarried);
    assert!(
        found.summary.cannot_tell.contains(&Fact::Approver) && found.summary.cannot_tell.contains(&Fact::ApprovalTime)
    );
    assert_eq!(second.author.as_ref().unwrap().kind, PersonKind::Bot);
    assert_eq!(second.labels.as_deref(), Some(&["Emergency".to_owned()][..]), "labels with details");
    // A fast-forward merge makes no commit of its own.
    assert_eq!(second.merge_commit.as_deref(), Some("5e5e5e5e"));
    assert_eq!(implemented(imported), (ChangeState::ImplementedAtUnknown, "unknown".to_owned()));
    assert_eq!((imported.merged_by.as_ref(), imported.author.as_ref().unwrap().kind), (None, PersonKind::Deleted));
    assert_eq!((locked.state, locked.merge_commit.as_deref()), (ChangeState::Open, None));
    assert_eq!(closed.state, ChangeState::Abandoned);
    assert_eq!(found.warnings(), ["partial_source"]);
}

#[test]
fn an_absent_description_is_unknown_and_null_is_an_empty_one() {
    let check = |description: &str, body: Option<&str>| {
        let row = format!(
            r#"{{"iid":7,"project_id":3,"title":"t","state":"opened",{description}"source_branch":"x","target_branch":"main","references":{{"full":"core/auth!7"}},"merged_at":null,"web_url":"https://gitlab.example.com/core/auth/-/merge_requests/7"}}"#
        );
        let found = import(&row);
        assert_eq!(found.kind, Some(SourceKind::GitlabMergeRequests), "{row}");
        assert_eq!(found.change().body.as_deref(), body, "{row}");
        assert_eq!(found.summary.carries.contains(&Fact::Text), body.is_some(), "{row}");
    };
    check("", None);
    check(r#""description":null,"#, Some(""));
    check(r#""description":"","#, Some(""));
    check(r#""description":"Refs SEC-77","#, Some("Refs SEC-77"));
}

#[test]
fn single_merge_requests_and_streams_are_read_too() {
    let check = |path: &str, id: &str| {
        let found = of_fixture(path, None);
        assert_eq!((found.kind, found.change().id.as_str()), (Some(SourceKind::GitlabMergeRequests), id), "{path}");
    };
    check("gitlab-merge-requests/single.json", "gitlab:core/auth!430");
    check("gitlab-merge-requests/airbyte.ndjson", "gitlab:core/auth!431");
}

#[test]
fn approvals_have_a_time_only_where_gitlab_wrote_one() {
    let found = of_fixture("gitlab-approvals/without-and-with-times.json", Some("core/auth"));
    assert_eq!(found.kind, Some(SourceKind::GitlabApprovals));
    let [timeless, empty, timed] = changes(&found)[..] else { panic!("three changes") };
    assert_eq!(said(&timeless.reviews), ["tlind Approved unknown"]);
    assert_eq!(
        (timeless.review_coverage, timeless.state),
        (ReviewCoverage::Complete, ChangeState::ImplementedAtUnknown)
    );
    // Nobody approved, and the file says so.
    assert_eq!((empty.review_coverage, empty.reviews.len()), (ReviewCoverage::Complete, 0));
    assert_eq!(said(&timed.reviews), ["tlind Approved 2026-08-14T22:20:00Z", " Approved unknown"]);
    assert_eq!(timed.reviews[1].reviewer.kind, PersonKind::Deleted);
    // Without a state it says nothing of the merge request itself.
    let lone: Vec<_> = reviews(&found).into_iter().map(|review| (review.change.as_str(), spoken(review))).collect();
    assert_eq!(lone, [("gitlab:core/auth!415", "tlind Approved unknown".to_owned())]);
    assert_eq!(found.reasons(), ["5 approved_at: \"soon\" is no readable time: it is not a date that can be read."]);
    assert!(found.warnings().is_empty(), "{:?}", found.warnings());
}

#[test]
fn files_that_name_their_project_by_a_number_need_to_be_told_which_it_is() {
    for path in ["gitlab-approvals/without-and-with-times.json", "gitlab-notes/newest-first.json"] {
        let (_, text) = fixture(path);
        let error = prepare(&MemoryInput::new(path, text), &Options::default()).unwrap_err();
        assert!(matches!(error, IngestError::RepositoryUnknown { .. }), "{path}: {error}");
    }
}

#[test]
fn notes_are_replayed_into_approvals_and_their_withdrawals() {
    let found = of_fixture("gitlab-notes/newest-first.json", Some("core/auth"));
    assert_eq!(found.kind, Some(SourceKind::GitlabNotes));
    let reviews = reviews(&found);
    assert!(reviews.iter().all(|review| review.change == "gitlab:core/auth!418"));
    let said: Vec<String> = reviews.iter().map(|review| spoken(review)).collect();
    assert_eq!(
        said,
        [
            "ivos Withdrawn 2026-08-14T22:40:00Z",
            "tlind Withdrawn 2026-08-14T22:40:00Z",
            "tlind Approved 2026-08-14T22:30:00Z",
            "tlind Withdrawn 2026-08-14T22:25:00Z",
            "tlind Approved 2026-08-14T22:20:00Z",
            "tlind ChangesRequested 2026-08-14T22:18:00Z",
            // What a person writes is a remark, whatever its words; only those on the code are reviews.
            "tlind Commented 2026-08-14T22:16:00Z",
            " Approved 2026-08-14T22:14:00Z",
        ]
    );
    let ids: Vec<_> = reviews.iter().filter_map(|review| review.source_id.as_deref()).collect();
    assert_eq!(ids[..3], ["9:ivos", "9:tlind", "8"]);
    assert_eq!(
        found.reasons(),
        [
            "11 noteable_iid: the note does not say which merge request it belongs to.",
            "12 created_at: \"soon\" is no readable time: it is not a date that can be read.",
        ]
    );
}

#[test]
fn issues_of_the_type_incident_are_incidents_as_well() {
    let found = of_fixture("gitlab-issues/incident-and-issue.json", None);
    assert_eq!(found.kind, Some(SourceKind::GitlabIssues));
    let ticket = found.ticket();
    assert_eq!(
        (ticket.id.as_str(), ticket.key.as_str(), ticket.done),
        ("gitlab-issue:core/auth#77", "core/auth#77", Some(true))
    );
    assert_eq!(ticket.assignee.as_ref().unwrap().handle, "tlind");
    // A change names the issue, and the issue leads to the incident.
    assert_eq!(mentioned(&ticket.mentions), ["core/auth!418 Body", "CORE/AUTH#77 LinkField"]);
    let incident = found.incident();
    assert_eq!(
        (incident.names.as_slice(), incident.severity.as_deref()),
        (&["CORE/AUTH#77".to_owned()][..], Some("HIGH"))
    );
    assert_eq!(incident.opened_at.unwrap().to_string(), "2026-08-14T21:58:03.400Z");
    assert_eq!(incident.resolved_at.unwrap().to_string(), "2026-08-15T06:00:00Z");
    assert_eq!(mentioned(&incident.mentions), ["core/auth!418 Body"]);
    assert_eq!(found.rows[1].records.len(), 1, "a plain issue is no incident");
    assert_eq!(
        found.reasons(),
        [
            "3 iid: the issue has no iid, the number that people write.",
            "4 created_at: \"soon\" is no readable time: it is not a date that can be read.",
        ]
    );
}
