//! Azure DevOps.

use super::*;

#[test]
fn votes_say_what_and_not_when() {
    let found = of_fixture("azure-repos-pulls/votes.json", None);
    assert_eq!(found.kind, Some(SourceKind::AzureReposPulls));
    let [first, abandoned, active, built] = changes(&found)[..] else { panic!("four changes") };
    assert_eq!((first.id.as_str(), first.repository.as_str()), ("azure-repos:pay/checkout!22", "Pay/checkout"));
    assert_eq!(implemented(first), (ChangeState::Implemented, "2026-09-03T01:51:40.112Z".to_owned()));
    assert_eq!(first.opened_at.unwrap().to_string(), "2026-09-03T01:42:11.642Z");
    // The author votes too; the group does not, because its members do.
    assert_eq!(
        said(&first.reviews),
        [
            "ada@example.com Approved unknown",
            "jon@example.com Approved unknown",
            "uma@example.com ChangesRequested unknown",
            "kit@example.com ChangesRequested unknown",
        ]
    );
    assert_eq!(first.labels.as_deref(), Some(&["emergency".to_owned()][..]));
    assert_eq!((first.base_branch.as_deref(), first.head_branch.as_deref()), (Some("main"), Some("hotfix/77")));
    assert_eq!((first.merge_commit.as_deref(), first.head_commit.as_deref()), (Some("9f3c1e0a"), Some("77ab01cd")));
    assert_eq!(first.url.as_deref(), Some("https://dev.azure.com/acme/Pay/_git/checkout/pullrequest/22"));
    assert_eq!(mentioned(&first.mentions), ["AB#77 Body", "AB#78 Body", "pay/checkout!21 Body"]);
    assert_eq!((abandoned.state, abandoned.implemented_at), (ChangeState::Abandoned, None));
    // Before it is completed there is only a trial merge.
    assert_eq!((active.state, active.merge_commit.as_ref()), (ChangeState::Open, None));
    assert_eq!(built.author.as_ref().unwrap().kind, PersonKind::Bot);
    assert!(found.summary.cannot_tell.contains(&Fact::ApprovalTime));
    assert_eq!(
        found.reasons(),
        [
            "5 pullRequestId: the pull request has no number.",
            "6 status: \"notSet\" is no status of a pull request.",
            "7 reviewers.vote: 7 is no vote of Azure DevOps.",
        ]
    );
}

#[test]
fn the_single_pull_request_says_why_policies_were_bypassed() {
    let found = of_fixture("azure-repos-pulls/single-bypassed.json", None);
    let change = found.change();
    assert!(change.body.as_ref().unwrap().ends_with("Policies bypassed: INC-482: production down"));
    let mentions = mentioned(&change.mentions);
    assert!(
        mentions.contains(&"INC-482 Body".to_owned()) && mentions.contains(&"AB#79 LinkField".to_owned()),
        "{mentions:?}"
    );
    assert_eq!((change.review_coverage, change.reviews.len()), (ReviewCoverage::Complete, 0));
    let bypass =
        found.records().find_map(|record| if let Record::Bypass(bypass) = record { Some(bypass) } else { None });
    let bypass = bypass.unwrap();
    assert_eq!((bypass.change.as_deref(), bypass.at), (Some("azure-repos:pay/checkout!30"), change.implemented_at));
    // Whether a rule about reviews was among them is not told.
    assert_eq!((bypass.skipped_review, bypass.rules.as_ref()), (None, None));
}

#[test]
fn what_the_list_leaves_out_is_unknown() {
    let found = of_fixture("azure-repos-pulls/az-list.json", None);
    let change = found.change();
    assert_eq!((change.labels.as_ref(), change.review_coverage), (None, ReviewCoverage::NotCarried));
}

#[test]
fn threads_say_when_votes_were_given_and_taken_back() {
    let found = of_fixture("azure-repos-threads/votes-with-times.json", Some("Pay/checkout"));
    assert_eq!(found.kind, Some(SourceKind::AzureReposThreads));
    let reviews = reviews(&found);
    assert!(reviews.iter().all(|review| review.change == "azure-repos:pay/checkout!22"));
    let said: Vec<String> = reviews.iter().map(|review| spoken(review)).collect();
    assert_eq!(
        said,
        [
            "ada@example.com Approved 2026-09-03T01:45:00.580Z",
            "ada@example.com Withdrawn 2026-09-03T01:46:00Z",
            "ada@example.com ChangesRequested 2026-09-03T01:47:00Z",
            "ada@example.com Approved 2026-09-03T01:50:00Z",
            // Older servers do not name the voter beside the thread.
            "jon@example.com Approved 2026-09-03T01:48:00Z",
            "ada@example.com Commented 2026-09-03T01:44:00Z",
            "jon@example.com Commented 2026-09-03T01:44:30Z",
            // A push took all votes back, whosever they were.
            " Reset 2026-09-03T01:44:00Z",
        ]
    );
    assert_eq!(
        found.reasons(),
        [
            "10 CodeReviewVoteResult: \"7\" is no vote of Azure DevOps.",
            "11 publishedDate: \"soon\" is no readable time: it is not a date that can be read.",
            "12 _links: the thread does not say which pull request it belongs to, and --repository PROJECT/REPO!NUMBER does not either.",
        ]
    );
    assert_eq!(found.warnings(), [] as [&str; 0]);
    let numbered = of_fixture("azure-repos-threads/votes-with-times.json", Some("Pay/checkout!22"));
    assert_eq!(numbered.rejects.len(), 2);
}
