//! Bitbucket Cloud and Server.

use super::*;

#[test]
fn lists_of_the_cloud_do_not_say_when_a_pull_request_was_merged() {
    let found = of_fixture("bitbucket-pulls/no-merge-time.json", None);
    assert_eq!(found.kind, Some(SourceKind::BitbucketPulls));
    let [first, second, declined, superseded, open, closed] = changes(&found)[..] else { panic!("six changes") };
    assert_eq!((first.id.as_str(), first.repository.as_str()), ("bitbucket:acme/pay#12", "Acme/pay"));
    assert_eq!(implemented(first), (ChangeState::ImplementedAtUnknown, "unknown".to_owned()));
    assert_eq!(first.updated_at.unwrap().to_string(), "2026-09-04T08:05:00Z");
    let author = first.author.as_ref().unwrap();
    assert_eq!((author.handle.as_str(), author.label()), ("557058:0a1b", "Jon Wera"));
    assert_eq!(first.merged_by.as_ref().unwrap().label(), "Ada Roux");
    assert_eq!(
        (first.merge_commit.as_deref(), first.head_commit.as_deref()),
        (Some("9f3c1e0a77ab"), Some("77ab01cd23ef"))
    );
    assert_eq!((first.labels.as_ref(), first.review_coverage), (None, ReviewCoverage::NotCarried));
    assert_eq!(mentioned(&first.mentions), ["PLAT-7 Title", "acme/pay#11 Body"]);
    // The time of a participant is that of the last action, so nobody knows when the approval came.
    assert_eq!(said(&second.reviews), ["557058:2c3d Approved unknown", "557058:4e5f ChangesRequested unknown"]);
    assert_eq!((second.review_coverage, second.merged_by.as_ref()), (ReviewCoverage::Complete, None));
    assert_eq!(second.author.as_ref().unwrap().kind, PersonKind::Deleted);
    assert_eq!((declined.state, declined.merged_by.as_ref()), (ChangeState::Abandoned, None));
    assert_eq!((declined.review_coverage, superseded.state), (ReviewCoverage::Complete, ChangeState::Abandoned));
    assert_eq!((open.state, open.merge_commit.as_ref()), (ChangeState::Open, None));
    assert_eq!(implemented(closed), (ChangeState::Implemented, "2026-09-03T01:51:40Z".to_owned()));
    assert_eq!(
        found.reasons(),
        [
            "7 id: the pull request has no id, the number that people write.",
            "8 state: \"ODD\" is no state of a pull request.",
        ]
    );
    assert_eq!(found.warnings(), ["partial_source", "cut_off"]);
    assert!(found.summary.cannot_tell.contains(&Fact::Labels));
}

#[test]
fn the_activity_of_the_cloud_tells_the_merge_from_later_edits() {
    let found = of_fixture("bitbucket-activity/edited-after-the-merge.json", None);
    assert_eq!(found.kind, Some(SourceKind::BitbucketActivity));
    let [merge] = changes(&found)[..] else { panic!("one merge") };
    assert_eq!(merge.id, "bitbucket:acme/pay#12");
    assert_eq!(implemented(merge), (ChangeState::Implemented, "2026-09-03T01:51:40Z".to_owned()));
    assert_eq!((merge.merged_by.as_ref().unwrap().label(), merge.author.as_ref()), ("Ada Roux", None));
    assert_eq!(merge.review_coverage, ReviewCoverage::NotCarried);
    // A row that is as new as the list takes the place of its title, and so of what that names.
    let named: Vec<&str> = merge.mentions.iter().map(|mention| mention.name.as_str()).collect();
    assert_eq!((merge.title.as_str(), named), ("PLAT-7: cap retries", vec!["PLAT-7"]));
    let said: Vec<String> = reviews(&found).into_iter().map(spoken).collect();
    assert_eq!(
        said,
        [
            "557058:2c3d Approved 2026-09-04T08:05:00.500Z",
            "557058:2c3d Commented 2026-09-03T01:50:00Z",
            "557058:2c3d ChangesRequested 2026-09-03T01:48:00Z",
        ]
    );
    assert_eq!(
        found.reasons(),
        [
            "8 pull_request: the activity does not say which pull request it belongs to.",
            "9 date: \"soon\" is no readable time: it is not a date that can be read.",
        ]
    );
}

#[test]
fn the_server_writes_times_in_milliseconds_and_no_time_of_an_approval() {
    let found = of_fixture("bitbucket-server-pulls/epoch-milliseconds.json", None);
    assert_eq!(found.kind, Some(SourceKind::BitbucketServerPulls));
    let [first, open, declined] = changes(&found)[..] else { panic!("three changes") };
    assert_eq!((first.id.as_str(), first.repository.as_str()), ("bitbucket-server:pay/checkout#12", "PAY/checkout"));
    assert_eq!(implemented(first), (ChangeState::Implemented, "2026-09-03T01:51:40Z".to_owned()));
    assert_eq!(first.opened_at.unwrap().to_string(), "2026-09-03T01:42:11.916Z");
    assert_eq!((first.merged_by.as_ref(), first.merge_commit.as_deref()), (None, Some("9f3c1e0a")));
    assert_eq!(said(&first.reviews), ["aroux Approved unknown", "lfinn ChangesRequested unknown"]);
    assert_eq!(first.reviews[0].commit.as_deref(), Some("77ab01cd"));
    assert_eq!(first.review_coverage, ReviewCoverage::Complete);
    assert_eq!((open.state, open.author.as_ref().unwrap().kind), (ChangeState::Open, PersonKind::Bot));
    assert_eq!((declined.state, declined.implemented_at), (ChangeState::Abandoned, None));
    assert!(
        found.summary.cannot_tell.contains(&Fact::ApprovalTime) && found.summary.cannot_tell.contains(&Fact::Merger)
    );
    assert_eq!((found.reasons().len(), found.warnings()), (1, vec!["cut_off"]));
}

#[test]
fn the_activities_of_the_server_are_replayed() {
    let found = of_fixture("bitbucket-server-activities/with-their-number.ndjson", Some("PAY/checkout"));
    assert_eq!(found.kind, Some(SourceKind::BitbucketServerActivities));
    let [merge] = changes(&found)[..] else { panic!("one merge") };
    assert_eq!(merge.id, "bitbucket-server:pay/checkout#12");
    assert_eq!(implemented(merge), (ChangeState::Implemented, "2026-09-03T01:51:40Z".to_owned()));
    assert_eq!(
        (merge.merged_by.as_ref().unwrap().handle.as_str(), merge.merge_commit.as_deref()),
        ("aroux", Some("9f3c1e0a"))
    );
    let said: Vec<_> =
        reviews(&found).into_iter().map(|review| (review.change.rsplit('#').next(), spoken(review))).collect();
    let expected = [
        ("12", "aroux Approved 2026-09-03T01:50:00Z"),
        ("12", "aroux Withdrawn 2026-09-03T01:48:20Z"),
        ("12", "aroux ChangesRequested 2026-09-03T01:47:30Z"),
        ("12", "aroux Approved 2026-09-03T01:46:40Z"),
        ("12", "aroux Commented 2026-09-03T01:45:00Z"),
        ("13", "aroux Approved 2026-09-03T01:46:40Z"),
    ];
    assert_eq!(said, expected.map(|(number, said)| (Some(number), said.to_owned())));
}

#[test]
fn activities_without_their_pull_request_need_its_number() {
    let row = r#"[{"id":105,"createdDate":1788400200000,"user":{"name":"aroux"},"action":"APPROVED"}]"#;
    let with = |repository: &str| {
        let options = Options { repository: Some(repository.to_owned()), ..Options::default() };
        import_with(row, &options).unwrap().0
    };
    assert_eq!(reviews(&with("PAY/checkout#12"))[0].change, "bitbucket-server:pay/checkout#12");
    assert_eq!(
        with("PAY/checkout").reasons(),
        [
            "1 pullRequest: the activity does not say which pull request it belongs to, and --repository KEY/REPO#NUMBER does not either."
        ]
    );
}
