//! Gitea and Forgejo.

use super::*;

#[test]
fn pull_requests_are_like_githubs_under_a_name_of_their_own() {
    let found = of_fixture("gitea-pulls/closed.json", None);
    assert_eq!(found.kind, Some(SourceKind::GiteaPulls));
    let [merged, closed, ghost] = changes(&found)[..] else { panic!("three changes") };
    assert_eq!((merged.id.as_str(), merged.source.as_str()), ("gitea:acme/pay#9", "gitea"));
    assert_eq!(implemented(merged), (ChangeState::Implemented, "2026-09-03T01:51:40Z".to_owned()));
    let merger = merged.merged_by.as_ref().unwrap();
    assert_eq!((merger.handle.as_str(), merger.label()), ("aroux", "Ada Roux"));
    assert_eq!((merged.base_branch.as_deref(), merged.head_branch.as_deref()), (Some("main"), Some("hotfix/7")));
    assert_eq!(merged.review_coverage, ReviewCoverage::NotCarried);
    assert_eq!(mentioned(&merged.mentions), ["PLAT-7 Body", "acme/pay#8 Body"]);
    assert_eq!((closed.state, closed.merged_by.as_ref()), (ChangeState::Abandoned, None));
    assert_eq!(ghost.author.as_ref().unwrap().kind, PersonKind::Deleted);
    assert_eq!(found.reasons(), ["4 number: the row has no number."]);
}

#[test]
fn only_official_approvals_count_and_dismissed_ones_do_not() {
    let found = of_fixture("gitea-reviews/official-and-not.json", None);
    assert_eq!(found.kind, Some(SourceKind::GiteaReviews));
    let reviews = reviews(&found);
    assert!(reviews.iter().all(|review| review.change == "gitea:acme/pay#9"));
    let said: Vec<String> = reviews.iter().map(|review| spoken(review)).collect();
    assert_eq!(
        said,
        [
            "aroux Approved 2026-09-03T01:50:00Z",
            "lfinn Commented 2026-09-03T01:50:01Z",
            "uma ChangesRequested 2026-09-03T01:50:02Z",
            "kit Commented 2026-09-03T01:50:03Z",
            "dan Dismissed 2026-09-03T01:50:04Z",
            "eve Approved 2026-09-03T01:50:05Z",
            " Approved 2026-09-03T01:50:06Z",
        ]
    );
    // A stale approval is one of an earlier commit, and says so.
    assert_eq!(reviews[5].commit.as_deref(), Some("66aa01cd"));
    assert_eq!(
        found.reasons(),
        [
            "11 state: \"SHRUGGED\" is no review state of Gitea.",
            "12 pull_request_url: the review does not say which pull request it belongs to.",
        ]
    );
}
