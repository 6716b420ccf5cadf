//! GitHub: deliveries of webhooks, and lists of gh that are not of pull requests of one repository.

use super::*;

#[test]
fn deliveries_hold_the_review_and_what_it_is_about() {
    let found = of_fixture("github-webhook/review-in-lower-case.ndjson", None);
    assert_eq!(found.kind, Some(SourceKind::GithubWebhook));
    let [closed, reviewed] = changes(&found)[..] else { panic!("two states of one change") };
    assert_eq!(implemented(closed), (ChangeState::Implemented, "2026-09-03T01:51:40Z".to_owned()));
    assert_eq!(closed.merged_by.as_ref().unwrap().handle, "mara-ko");
    // The delivery of a review does not say who merged, and none says that there are no other reviews.
    assert_eq!((reviewed.id.as_str(), reviewed.merged_by.as_ref()), ("github:acme/pay#9", None));
    assert_eq!(reviewed.review_coverage, ReviewCoverage::NotCarried);
    let reviews = reviews(&found);
    assert_eq!(
        (reviews[0].change.as_str(), spoken(reviews[0])),
        ("github:acme/pay#9", "tovelund Approved 2026-09-04T08:05:00Z".to_owned())
    );
    assert_eq!(found.ticket().key, "acme/pay#7");
    assert_eq!(found.rows[3].records.len(), 0, "a remark on a pull request");
    assert_eq!(found.reasons(), ["5 -: the delivery holds neither a pull request nor an issue."]);
}

#[test]
fn a_search_does_not_say_when_a_pull_request_was_merged() {
    let found = of_fixture("github-gh/search-prs.json", None);
    let states: Vec<_> = changes(&found).into_iter().map(implemented).collect();
    let unknown = "unknown".to_owned();
    assert_eq!(
        states,
        [
            (ChangeState::ImplementedAtUnknown, unknown.clone()),
            (ChangeState::Abandoned, unknown.clone()),
            (ChangeState::Open, unknown),
        ]
    );
    assert!(
        changes(&found)
            .iter()
            .all(|change| change.review_coverage == ReviewCoverage::NotCarried && change.merged_by.is_none())
    );
    assert_eq!(found.warnings(), ["partial_source"]);
}

#[test]
fn lists_of_issues_are_tickets() {
    let found = of_fixture("github-gh/issue-list.json", None);
    let ticket = found.ticket();
    assert_eq!((ticket.key.as_str(), ticket.done, ticket.resolved_at.is_some()), ("acme/pay#7", Some(true), true));
    assert_eq!(mentioned(&ticket.mentions), ["INC-482 Body"]);
}
