use crate::{
    Options,
    table::test_support::{Held, import, import_fixture, named},
};
use change_ledger_model::{
    person::PersonKind,
    record::{ChangeKind, ReviewCoverage, Verdict},
    source::{Fact, SourceKind},
};

fn cloud() -> Held {
    import_fixture("jira-json/v3-documents-and-approvals.json", &Options::default())
}

#[test]
fn a_cloud_change_says_what_its_fields_say() {
    let held = cloud();
    assert_eq!(held.reading.kind, SourceKind::JiraJson);
    let change = held.tickets()[0];
    assert_eq!((change.id.as_str(), change.key.as_str(), change.project.as_str()), ("jira:CHM-91", "CHM-91", "CHM"));
    assert_eq!(change.url.as_deref(), Some("https://acme.atlassian.net/browse/CHM-91"));
    assert_eq!(
        (change.change_type.as_deref(), change.is_change_request, change.done),
        (Some("Emergency"), true, Some(true))
    );
    assert_eq!(change.work_end.unwrap().to_string(), "2026-11-01T09:05:00Z");
    assert_eq!(change.resolved_at.unwrap().to_string(), "2026-11-01T10:40:00Z");
    assert_eq!(change.reporter.as_ref().map(|person| person.handle.as_str()), Some("jira:712020:bb"));
    assert_eq!(change.labels.as_deref(), Some(["emergency".to_owned(), "db".to_owned()].as_slice()));
    assert_eq!(change.notes[0].text, "Retro CAB review done; log in INC-482");
    assert_eq!(
        change.body.as_deref(),
        Some(
            "Primary hangs, see https://github.com/acme/pay/pull/2214  and the page https://acme.pagerduty.com/incidents/Q1ZK8M0"
        )
    );
    assert_eq!(
        named(&change.mentions),
        [
            "TicketKey PAY-1204 LinkField",
            "Change acme/pay#2214 Address",
            "Incident INC-482 Note",
            "Incident OPS-77 LinkField",
            "Incident Q1ZK8M0 Address",
        ]
    );
    assert!(change.mentions.iter().any(|mention| mention.name == "OPS-77" && mention.text == "is caused by"));
}

#[test]
fn approvals_are_reviews_of_those_who_decided() {
    let held = cloud();
    let changes = held.changes();
    let [approved, undecided] = changes.as_slice() else { panic!("{changes:?}") };
    assert_eq!((approved.id.as_str(), approved.kind), ("jira:CHM-91", ChangeKind::ChangeTicket));
    let [review] = approved.reviews.as_slice() else { panic!("{:?}", approved.reviews) };
    assert_eq!((review.reviewer.handle.as_str(), review.verdict), ("jira:712020:dd", Verdict::Approved));
    assert_eq!(review.reviewer.name.as_deref(), Some("Mara Ko"));
    assert_eq!(review.submitted_at.unwrap().millis(), 1_793_689_200_000);
    // Nobody was asked, and the file says so: no approvals, not unknown.
    assert_eq!((undecided.review_coverage, undecided.reviews.len()), (ReviewCoverage::Complete, 0));
    assert!(held.summary.carries.contains(&Fact::ApprovalTime));
}

#[test]
fn incidents_former_users_and_unreadable_times() {
    let held = cloud();
    let incident = held.incidents()[0];
    assert_eq!((incident.severity.as_deref(), incident.service.as_deref()), (Some("SEV1"), Some("ledger")));
    assert_eq!(incident.opened_at.unwrap().to_string(), "2026-11-01T08:00:00Z");
    let rotate = held.tickets()[1];
    assert_eq!(rotate.reporter.as_ref().map(|person| person.kind), Some(PersonKind::Deleted));
    assert_eq!((rotate.assignee.as_ref(), rotate.priority.as_deref(), rotate.done), (None, None, Some(false)));
    assert_eq!(held.reasons(), ["4 created: \"soon\" is no readable time: it is not a date that can be read."]);
    assert_eq!(held.warning_codes(), ["cut_off"]);
}

#[test]
fn a_data_centers_history_tells_who_let_a_change_pass() {
    let held = import_fixture("jira-json/v2-history-with-to-string.json", &Options::default());
    let change = held.changes()[0];
    let [review] = change.reviews.as_slice() else { panic!("{:?}", change.reviews) };
    assert_eq!((review.reviewer.handle.as_str(), review.verdict), ("jira:mko", Verdict::Approved));
    assert_eq!(review.submitted_at.unwrap().to_string(), "2026-10-02T01:12:30.500Z");
    let [emergency, bug] = held.tickets()[..] else { panic!("two tickets") };
    assert_eq!(emergency.ticket_type.as_deref(), Some("Emergency Change"));
    assert_eq!(emergency.reporter.as_ref().map(|person| person.handle.as_str()), Some("jira:leze"));
    assert_eq!(named(&emergency.mentions), ["TicketKey OPS-9 Body", "TicketKey PAY-7 Body"]);
    // A choice that no other field of a change has is its type, though nothing names the field; a bug's may be anything.
    assert_eq!((emergency.change_type.as_deref(), bug.change_type.as_deref()), (Some("Emergency"), None));
    assert_eq!((bug.is_change_request, bug.labels.as_ref()), (false, None));
    assert_eq!(named(&bug.mentions), ["TicketKey PAY-1 LinkField"]);
    assert_eq!(held.changes().len(), 1);
}

#[test]
fn who_moves_a_change_on_is_a_reviewer_only_where_it_waited_for_approval() {
    let check = |from: &str, to: &str, author: &str, expected: Option<Verdict>| {
        let json = format!(
            r#"[{{"key":"CHG-1","fields":{{"summary":"x","issuetype":{{"name":"Change"}}}},"changelog":{{"histories":[{{"author":{author},"created":"2026-10-02T03:12:30.500+0200","items":[{{"field":"status","fromString":"{from}","toString":"{to}"}}]}}]}}}}]"#
        );
        let held = import(json.as_bytes(), &Options::default()).unwrap();
        assert_eq!(held.reviews().first().map(|review| review.verdict), expected, "{from} > {to} by {author}");
        let coverage = if expected.is_some() { ReviewCoverage::Complete } else { ReviewCoverage::NotCarried };
        assert_eq!(held.changes()[0].review_coverage, coverage, "{from} > {to}");
    };
    let person = r#"{"accountId":"1","displayName":"Mara Ko"}"#;
    check("Waiting for approval", "Implementing", person, Some(Verdict::Approved));
    check("Authorize", "Scheduled", person, Some(Verdict::Approved));
    check("Waiting for approval", "Declined", person, Some(Verdict::ChangesRequested));
    check("Awaiting CAB approval", "Denied", person, Some(Verdict::ChangesRequested));
    check("Awaiting CAB approval", "Approval rejected", person, Some(Verdict::ChangesRequested));
    check("Awaiting CAB approval", "Ready for implementation", person, Some(Verdict::Approved));
    check("Awaiting CAB approval", "Approved by CAB", person, Some(Verdict::Approved));
    for status in [
        "Canceled",
        "Needs more info",
        "On hold",
        "Waiting for support",
        "Duplicate",
        "Back to requester",
        "Failed",
        "Closed",
        "Not approved",
        "Implementation on hold",
        "Ready for review",
    ] {
        check("Awaiting CAB approval", status, person, None);
    }
    check("Approval not required", "Implementing", person, None);
    check("Approval rejected", "Implementing", person, None);
    check("Authorized", "Implementing", person, None);
    check("Awaiting approval", "Awaiting CAB approval", person, None);
    check("Approved", "Implementing", person, None);
    check("Implementing", "Done", person, None);
    check(
        "Waiting for approval",
        "Implementing",
        r#"{"accountId":"2","displayName":"Automation","accountType":"app"}"#,
        None,
    );
}

#[test]
fn issues_without_fields_are_rejected_with_what_to_do() {
    let held = import_fixture("jira-json/empty-ids-only.json", &Options::default());
    assert_eq!(held.reasons(), ["1 fields: the issue has no fields; export it again with fields=*all."]);
}

#[test]
fn approvals_in_a_file_of_their_own_join_their_request() {
    let held = import_fixture("jsm-approvals/one-time-for-all-approvers.json", &Options::default());
    assert_eq!(held.reading.kind, SourceKind::JsmApprovals);
    let found: Vec<(&str, &str, Verdict)> = held
        .reviews()
        .iter()
        .map(|review| (review.change.as_str(), review.reviewer.handle.as_str(), review.verdict))
        .collect();
    assert_eq!(
        found,
        [
            ("jira:CHM-91", "jira:712020:dd", Verdict::Approved),
            ("jira:CHM-91", "jira:712020:ee", Verdict::ChangesRequested),
            ("jira:CHM-91", "jira:712020:aa", Verdict::Approved),
        ]
    );
    // Two decided at times of their own, of which the file has the last: it dates neither.
    let times: Vec<Option<String>> =
        held.reviews().iter().map(|review| review.submitted_at.map(|at| at.to_string())).collect();
    assert_eq!(times, [None, None, Some("2026-11-03T07:30:00Z".to_owned())]);
    assert_eq!(
        held.reasons(),
        [
            "3 _links: the approval does not say which request it belongs to: its address in _links.self is missing, and --repository KEY, such as CHM-91, does not say it either."
        ]
    );
}

#[test]
fn an_approval_without_an_address_belongs_to_the_request_that_the_import_names() {
    let check = |told: Option<&str>, expected: &[&str]| {
        let json = r#"{"values":[{"id":"1","finalDecision":"approved","canAnswerApproval":false,"approvers":[{"approver":{"displayName":"Mara Ko"},"approverDecision":"approved"}],"completedDate":{"epochMillis":1793523600000}}]}"#;
        let options = Options { repository: told.map(str::to_owned), ..Options::default() };
        let held = import(json.as_bytes(), &options).unwrap();
        let found: Vec<&str> = held.reviews().iter().map(|review| review.change.as_str()).collect();
        assert_eq!((found.as_slice(), held.rejects.len()), (expected, usize::from(expected.is_empty())), "{told:?}");
    };
    check(Some("CHM-91"), &["jira:CHM-91"]);
    check(Some("chm-91"), &["jira:CHM-91"]);
    check(Some("acme/pay"), &[]);
    check(None, &[]);
}

#[test]
fn one_time_of_several_approvers_dates_them_only_by_the_implementation() {
    let check = |decided: &[&str], completed: &str, expected: &[Option<&str>]| {
        let approvers: Vec<String> = decided
            .iter()
            .enumerate()
            .map(|(n, said)| format!(r#"{{"approver":{{"displayName":"Approver {n}"}},"approverDecision":"{said}"}}"#))
            .collect();
        let json = format!(
            r#"[{{"key":"CHG-1","fields":{{"summary":"x","issuetype":{{"name":"Change"}},"resolutiondate":"2026-10-02T12:00:00.000Z","customfield_1":[{{"id":"1","finalDecision":"approved","approvers":[{}],"completedDate":{{"iso8601":"{completed}"}}}}]}}}}]"#,
            approvers.join(",")
        );
        let held = import(json.as_bytes(), &Options::default()).unwrap();
        let reviews = held.changes()[0].reviews.iter();
        let times: Vec<Option<String>> = reviews.map(|review| review.submitted_at.map(|at| at.to_string())).collect();
        let times: Vec<Option<&str>> = times.iter().map(Option::as_deref).collect();
        assert_eq!(times, expected, "{decided:?} by {completed}");
    };
    let (before, after) = ("2026-10-02T11:00:00Z", "2026-10-02T13:00:00Z");
    check(&["approved"], after, &[Some(after)]);
    check(&["approved", "pending"], after, &[Some(after)]);
    check(&["approved", "approved"], before, &[Some(before); 2]);
    check(&["approved", "approved"], after, &[None; 2]);
    check(&["approved", "declined"], after, &[None; 2]);
}

#[test]
fn a_resolution_that_calls_a_change_off_is_no_implementation() {
    let check = |kind: &str, status: &str, resolution: &str, expected: Option<bool>| {
        let json = format!(
            r#"[{{"key":"CHG-1","fields":{{"summary":"x","issuetype":{{"name":"{kind}"}},"status":{{"name":"{status}","statusCategory":{{"key":"done"}}}},"resolution":{{"name":"{resolution}"}},"resolutiondate":"2026-10-02T12:00:00.000Z"}}}}]"#
        );
        let held = import(json.as_bytes(), &Options::default()).unwrap();
        assert_eq!(held.tickets()[0].done, expected, "{kind}, {status}, {resolution}");
    };
    check("Change", "Closed", "Done", Some(true));
    check("Change", "Closed", "Won't Do", Some(false));
    check("Change", "Abgebrochen", "Fertig", Some(false));
    check("Änderung", "Geschlossen", "Wird nicht erledigt", Some(false));
    check("Bug", "Closed", "Won't Do", Some(true));
}

#[test]
fn a_move_that_tells_nothing_leaves_open_whether_anybody_approved() {
    let check = |moves: &[(&str, &str)], expected: ReviewCoverage| {
        let histories: Vec<String> = moves
            .iter()
            .map(|(from, to)| {
                format!(
                    r#"{{"author":{{"displayName":"Mara Ko"}},"created":"2026-10-02T03:12:30.500+0200","items":[{{"field":"status","fromString":"{from}","toString":"{to}"}}]}}"#
                )
            })
            .collect();
        let json = format!(
            r#"[{{"key":"CHG-1","fields":{{"summary":"x","issuetype":{{"name":"Change"}}}},"changelog":{{"histories":[{}]}}}}]"#,
            histories.join(",")
        );
        let held = import(json.as_bytes(), &Options::default()).unwrap();
        assert_eq!(held.changes()[0].review_coverage, expected, "{moves:?}");
    };
    let (declined, unclear) = (("Waiting for approval", "Declined"), ("Waiting for approval", "In progress"));
    check(&[declined], ReviewCoverage::Complete);
    check(&[declined, unclear], ReviewCoverage::NotCarried);
    check(&[declined, unclear, ("Waiting for approval", "Implementing")], ReviewCoverage::Complete);
}

#[test]
fn plans_stand_in_the_text_of_the_ticket_under_their_headings() {
    let json = r#"[{"key":"CHG-1","names":{"customfield_1":"Backout plan","customfield_2":"Test Plan"},"fields":{"summary":"x","issuetype":{"name":"Change"},"description":"Faster.","customfield_1":"Put 4.2 back, see OPS-9.","customfield_2":"Pay once."}}]"#;
    let held = import(json.as_bytes(), &Options::default()).unwrap();
    let ticket = held.tickets()[0];
    let expected = "Faster.\n\nBackout plan:\nPut 4.2 back, see OPS-9.\n\nTest plan:\nPay once.";
    assert_eq!(ticket.body.as_deref(), Some(expected));
    assert_eq!(named(&ticket.mentions), ["TicketKey OPS-9 Body"]);
}
