//! Pull requests, issues and reviews.

use super::*;

#[test]
fn gh_lists_become_changes() {
    let found = import(GH);
    let change = found.change();
    assert_eq!(found.kind, Some(SourceKind::GithubGh));
    assert_eq!(
        (change.id.as_str(), change.repository.as_str(), change.number.as_str()),
        ("github:acme/pay#2214", "Acme/pay", "2214")
    );
    assert_eq!(change.state, ChangeState::Implemented);
    assert_eq!(change.implemented_at.unwrap().to_string(), "2026-09-03T01:51:40Z");
    assert_eq!((change.base_branch.as_deref(), change.head_branch.as_deref()), (Some("main"), Some("hotfix/inc-482")));
    assert_eq!((change.merge_commit.as_deref(), change.head_commit.as_deref()), (Some("9f3c1e0"), Some("77ab")));
    assert_eq!(change.author.as_ref().unwrap().handle, change.merged_by.as_ref().unwrap().handle);
    assert_eq!(change.commit_authors.iter().map(|person| person.handle.as_str()).collect::<Vec<_>>(), ["joli"]);
    assert_eq!(change.labels.as_deref(), Some(&["hotfix".to_owned()][..]));
    assert_eq!(change.review_coverage, ReviewCoverage::Complete);
    let reviews: Vec<_> =
        change.reviews.iter().map(|review| (review.verdict, review.reviewer.kind, review.commit.as_deref())).collect();
    assert_eq!(
        reviews,
        [(Verdict::Approved, PersonKind::Human, Some("77ab")), (Verdict::Dismissed, PersonKind::Deleted, Some("66aa"))]
    );
    let mentions: Vec<String> =
        change.mentions.iter().map(|mention| format!("{} {:?}", mention.name, mention.found_in)).collect();
    assert_eq!(mentions, ["PLAT-1190 Body", "acme/pay#7 LinkField", "INC-482 Body"]);
    assert!(found.summary.cannot_tell.is_empty(), "{:?}", found.summary.cannot_tell);
    assert_eq!((found.summary.rows_read, found.warnings().len()), (1, 0));
}

#[test]
fn what_is_not_said_stays_unknown() {
    let check = |fields: &str, judge: fn(&Change) -> bool| {
        let found = import(&format!("[{}]", pull(fields)));
        assert!(judge(found.change()), "{fields}: {:?} {:?}", found.change(), found.reasons());
    };
    let deleted = |change: &Change| change.author.as_ref().is_some_and(|author| author.kind == PersonKind::Deleted);
    check("{}", |change| {
        change.author.is_none() && change.merged_by.is_none() && change.labels.is_none() && change.body.is_none()
    });
    check("{}", |change| change.review_coverage == ReviewCoverage::NotCarried);
    check(r#"{"author":null}"#, deleted);
    check(r#"{"author":{}}"#, deleted);
    check(r#"{"author":""}"#, deleted);
    check(r#"{"author":{"is_bot":true,"login":"app/"}}"#, deleted);
    check(r#"{"author":{"id":"","is_bot":true,"login":"app/","name":""}}"#, deleted);
    check(r#"{"author":{"is_bot":true,"login":"app/dependabot"}}"#, |change| {
        change.author.as_ref().unwrap().handle == "dependabot[bot]"
    });
    check(r#"{"mergedBy":null}"#, |change| change.merged_by.is_none());
    check(r#"{"labels":[]}"#, |change| change.labels == Some(Vec::new()));
    check(r#"{"reviews":[]}"#, |change| {
        change.review_coverage == ReviewCoverage::Complete && change.reviews.is_empty()
    });
    check(r#"{"state":"OPEN","mergedAt":null,"mergeCommit":{"oid":"a"}}"#, |change| {
        change.state == ChangeState::Open && change.implemented_at.is_none() && change.merge_commit.is_none()
    });
    check(r#"{"state":"OPEN","mergedAt":"0001-01-01T00:00:00Z"}"#, |change| change.state == ChangeState::Open);
    check(r#"{"state":"CLOSED","mergedAt":null}"#, |change| change.state == ChangeState::Abandoned);
    check(r#"{"mergedAt":null}"#, |change| change.state == ChangeState::ImplementedAtUnknown);
    check(r#"{"state":"merged"}"#, |change| change.state == ChangeState::Implemented);
    check(r#"{"createdAt":"soon"}"#, |change| change.opened_at.is_none());
}

#[test]
fn rows_that_cannot_be_judged_are_rejected() {
    let check = |fields: &str, reason: &str| {
        let found = import(&format!("[{},{}]", pull("{}"), pull(fields)));
        assert_eq!((found.rows.len(), found.reasons()), (1, vec![reason.to_owned()]), "{fields}");
    };
    check(r#"{"number":null}"#, "2 number: the row has no number.");
    check(r#"{"mergedAt":"soon"}"#, "2 mergedAt: \"soon\" is no readable time: it is not a date that can be read.");
    check(r#"{"state":"LIMBO","mergedAt":null}"#, "2 state: \"LIMBO\" is no state of a pull request.");
    check(r#"{"reviews":[{"state":"SHRUGGED"}]}"#, "2 reviews.state: \"SHRUGGED\" is no review state of GitHub.");
    let broken = import(&format!("[{},{{\"title\":\"a\u{1}\"}},{}]", pull("{}"), pull("{}")));
    assert_eq!((broken.rows.len(), broken.rejects.len(), broken.summary.rows_read), (2, 1, 3));
}

#[test]
fn review_lists_as_long_as_a_page_may_be_cut() {
    let reviews = |count: usize| {
        let one = r#"{"state":"COMMENTED","author":{"login":"a"},"submittedAt":"2026-01-01T00:00:00Z"}"#;
        import(&format!("[{}]", pull(&format!(r#"{{"reviews":[{}]}}"#, vec![one; count].join(",")))))
    };
    assert_eq!(reviews(99).change().review_coverage, ReviewCoverage::Complete);
    let cut = reviews(100);
    assert_eq!((cut.change().review_coverage, cut.warnings()), (ReviewCoverage::PossiblyCut, vec!["reviews_cut"]));
}

#[test]
fn the_repository_comes_from_the_row_or_from_a_person() {
    let bare = r#"[{"number":1,"title":"t","state":"OPEN","mergedAt":null}]"#;
    let error = import_with(bare, &Options::default()).map(|_| ()).unwrap_err();
    assert!(matches!(&error, IngestError::RepositoryUnknown { .. }), "{error}");
    assert!(error.hint().unwrap().contains("--repository owner/name"));
    let options = Options { repository: Some("acme/pay".to_owned()), ..Options::default() };
    assert_eq!(import_with(bare, &options).unwrap().0.change().id, "github:acme/pay#1");
    let stream = r#"{"stream":"pull_requests","data":{"number":1,"title":"t","merged_at":null,"state":"open","repository":"acme/pay"},"emitted_at":1}"#;
    assert_eq!(import(stream).change().id, "github:acme/pay#1");
    let search = r#"[{"closedAt":"2026-01-02T00:00:00Z","number":1,"repository":{"name":"pay","nameWithOwner":"acme/pay"},"state":"merged","title":"t"}]"#;
    let found = import(search);
    assert_eq!((found.change().state, found.warnings()), (ChangeState::ImplementedAtUnknown, vec!["partial_source"]));
}

#[test]
fn rest_lists_do_not_say_who_merged_or_reviewed() {
    let text = r#"[{"url":"https://api.github.com/repos/acme/pay/pulls/9","html_url":"https://github.com/acme/pay/pull/9","number":9,"state":"closed","title":"t","user":null,"body":null,"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z","closed_at":"2026-01-02T00:00:00Z","merged_at":"2026-01-02T00:00:00Z","merge_commit_sha":"ab","labels":[{"name":"x"}],"head":{"ref":"f","sha":"cd","repo":null},"base":{"ref":"main","sha":"ef","repo":{"full_name":"acme/pay"}}},
    {"html_url":"https://github.com/acme/pay/pull/10","number":10,"state":"closed","title":"u","user":{"login":"dependabot[bot]","type":"Bot"},"merged_at":null,"merge_commit_sha":"gh"}]"#;
    let found = import(text);
    let change = found.change();
    assert_eq!(found.kind, Some(SourceKind::GithubRestPulls));
    assert_eq!((change.merged_by.as_ref(), change.review_coverage), (None, ReviewCoverage::NotCarried));
    assert_eq!(change.author.as_ref().unwrap().kind, PersonKind::Deleted);
    assert_eq!(
        (change.head_commit.as_deref(), change.base_branch.as_deref(), change.url.as_deref()),
        (Some("cd"), Some("main"), Some("https://github.com/acme/pay/pull/9"))
    );
    for fact in [Fact::Merger, Fact::Approver, Fact::ApprovalTime] {
        assert!(found.summary.cannot_tell.contains(&fact), "{fact:?}");
    }
    let Some(Record::Change(abandoned)) = found.records().nth(1) else { panic!("two changes") };
    assert_eq!((abandoned.state, abandoned.merge_commit.as_deref()), (ChangeState::Abandoned, None));
    assert_eq!(abandoned.author.as_ref().unwrap().kind, PersonKind::Bot);
}

#[test]
fn lists_of_issues_yield_tickets_and_pass_pull_requests_over() {
    let text = r#"[{"url":"https://api.github.com/repos/acme/pay/issues/7","repository_url":"https://api.github.com/repos/acme/pay","html_url":"https://github.com/acme/pay/issues/7","number":7,"title":"Down","user":{"login":"a"},"labels":[{"name":"incident"}],"state":"closed","comments":3,"created_at":"2026-01-01T00:00:00Z","closed_at":"2026-01-02T00:00:00Z","body":"see #9"},
    {"html_url":"https://github.com/acme/pay/pull/9","repository_url":"https://api.github.com/repos/acme/pay","number":9,"title":"t","user":{"login":"a"},"state":"closed","pull_request":{"url":"x","merged_at":"2026-01-02T00:00:00Z"}}]"#;
    let found = import(text);
    let ticket = found.ticket();
    assert_eq!(
        (ticket.id.as_str(), ticket.key.as_str(), ticket.done),
        ("github-issue:acme/pay#7", "acme/pay#7", Some(true))
    );
    assert_eq!(ticket.mentions.iter().map(|mention| mention.name.as_str()).collect::<Vec<_>>(), ["acme/pay#9"]);
    assert_eq!((found.rows.len(), found.records().count(), found.warnings()), (2, 1, vec!["passed_over"]));
}

#[test]
fn reviews_in_files_of_their_own_name_their_change() {
    let text = r#"[{"id":80,"user":null,"body":"","state":"APPROVED","html_url":"https://github.com/acme/pay/pull/9#r80","pull_request_url":"https://api.github.com/repos/Acme/pay/pulls/9","author_association":"NONE","commit_id":"cd","submitted_at":"2026-01-01T00:00:00Z"},
    {"id":81,"user":{"login":"b"},"state":"PENDING","pull_request_url":"https://api.github.com/repos/acme/pay/pulls/9","commit_id":"cd"},
    {"id":82,"user":{"login":"b"},"state":"dismissed","pull_request_url":"https://api.github.com/repos/acme/pay/pulls/9","commit_id":"cd","submitted_at":"2026-01-03T00:00:00Z"}]"#;
    let found = import(text);
    assert_eq!(found.kind, Some(SourceKind::GithubRestReviews));
    let reviews: Vec<_> = found
        .records()
        .map(|record| match record {
            Record::Review(review) => {
                (review.change.as_str(), review.source_id.as_deref(), review.verdict, review.reviewer.kind)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        reviews,
        [
            ("github:acme/pay#9", Some("80"), Verdict::Approved, PersonKind::Deleted),
            ("github:acme/pay#9", Some("82"), Verdict::Dismissed, PersonKind::Human),
        ]
    );
}

#[test]
fn graphql_answers_are_read_at_every_level() {
    let text = r#"{"data":{"repository":{"nameWithOwner":"acme/pay","pullRequests":{"nodes":[{"number":9,"title":"t","state":"MERGED","author":null,"mergedAt":"2026-01-02T00:00:00Z","mergedBy":{"__typename":"Bot","login":"merge-it"},"labels":{"nodes":[{"name":"x"}]},"reviews":{"totalCount":3,"pageInfo":{"hasNextPage":true},"edges":[{"node":{"id":"r","state":"APPROVED","submittedAt":"2026-01-01T00:00:00Z","author":{"login":"b"},"commit":{"oid":"cd"}}}]},"commits":{"nodes":[{"commit":{"oid":"cd","authors":{"nodes":[{"name":"Cy","email":"cy@acme.example","user":{"login":"cy"}}]}}}]}},null],"pageInfo":{"hasNextPage":false}}}}}"#;
    let found = import(text);
    let change = found.change();
    assert_eq!((found.kind, change.id.as_str()), (Some(SourceKind::GithubGraphql), "github:acme/pay#9"));
    assert_eq!(change.author.as_ref().unwrap().kind, PersonKind::Deleted);
    assert_eq!(change.merged_by.as_ref().unwrap().handle, "merge-it[bot]");
    assert_eq!((change.review_coverage, change.reviews.len()), (ReviewCoverage::PossiblyCut, 1));
    assert_eq!(change.commit_authors.iter().map(|person| person.handle.as_str()).collect::<Vec<_>>(), ["cy"]);
    assert_eq!(found.rejects.len(), 1, "the null node");
}

#[test]
fn archives_hold_issues_and_pull_requests() {
    let text = r#"{"magic":"E!vIA5L86J2I","timestamp":"2026-01-05T00:00:00+00:00","repo":"Acme/pay","labels":[{"name":"bug"}],"issues":[{"number":7,"id":"a","title":"Down","url":"https://github.com/acme/pay/issues/7","state":"OPEN","author":"a","labels":["bug"],"body":"","createdAt":"2026-01-01T00:00:00Z","comments":[{"author":"ghost","body":"PLAT-3","createdAt":"2026-01-01T02:00:00Z"}]}],"pulls":[{"number":9,"id":"b","title":"t","url":"https://github.com/acme/pay/pull/9","state":"MERGED","author":"a","labels":[],"body":"","createdAt":"2026-01-01T00:00:00Z","baseRefName":"main","headRefName":"f","mergedAt":"2026-01-02T00:00:00Z","mergedBy":"b","mergeCommit":{"oid":"ab"},"comments":[],"reviews":[{"id":"r","commit":{"abbreviatedOid":"cd"},"author":"b","state":"APPROVED","body":"","createdAt":"2026-01-01T05:00:00Z","comments":[]}]}]}"#;
    let found = import(text);
    assert_eq!(found.kind, Some(SourceKind::GithubArchive));
    let ticket = found.ticket();
    assert_eq!(
        (ticket.key.as_str(), ticket.notes.len(), ticket.notes[0].author.as_ref().unwrap().kind),
        ("acme/pay#7", 1, PersonKind::Deleted)
    );
    assert_eq!(ticket.mentions[0].name, "PLAT-3");
    let change = found.change();
    assert_eq!(
        (change.author.as_ref().unwrap().handle.as_str(), change.merged_by.as_ref().unwrap().handle.as_str()),
        ("a", "b")
    );
    assert_eq!(change.reviews[0].submitted_at.unwrap().to_string(), "2026-01-01T05:00:00Z");
}

#[test]
fn a_page_that_says_that_more_follow_is_cut_off() {
    let page = |more: bool, labels: &str| {
        format!(
            r#"{{"data":{{"repository":{{"pullRequests":{{"pageInfo":{{"hasNextPage":{more},"endCursor":"x"}},"nodes":[{{"number":1,"title":"t","url":"https://github.com/acme/pay/pull/1","createdAt":"2026-01-01T00:00:00Z","mergedAt":null,"state":"OPEN","labels":{{"nodes":[{{"name":"x"}}]{labels}}}}}]}}}}}}}}"#
        )
    };
    let check = |text: &str, expected: &[&str]| assert_eq!(import(text).warnings(), expected, "{text}");
    check(&page(false, ""), &[]);
    check(&page(true, ""), &["cut_off"]);
    // Pages one after the other: the last one says whether there are more.
    check(&(page(true, "") + &page(false, "")), &[]);
    check(&page(false, r#","pageInfo":{"hasNextPage":true}"#), &["cut_off"]);
    check(&page(false, r#","totalCount":2"#), &["cut_off"]);
}
