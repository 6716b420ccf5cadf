use crate::{
    Encoding, Options,
    table::test_support::{Held, import, import_fixture, named},
};
use change_ledger_model::{
    Timestamp,
    record::{ChangeState, Review, ReviewCoverage, Verdict},
    source::{Fact, SourceKind},
};
use chrono_tz::Tz;

fn berlin() -> Options {
    Options { timezone: Some(Tz::Europe__Berlin), ..Options::default() }
}

fn held(path: &str) -> Held {
    import_fixture(path, &berlin())
}

fn time(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "unknown".to_owned(), |at| at.to_string())
}

fn said(review: &Review) -> (&str, &str, Verdict, String) {
    (review.change.as_str(), review.reviewer.handle.as_str(), review.verdict, time(review.submitted_at))
}

#[test]
fn a_list_in_windows_1252_with_times_of_the_exporter() {
    let held = held("servicenow-csv/change-journal-windows-1252.csv");
    assert_eq!((held.reading.kind, held.reading.encoding), (SourceKind::ServicenowCsv, Encoding::Windows1252));
    let change = held.tickets()[0];
    assert_eq!((change.id.as_str(), change.change_type.as_deref()), ("servicenow:CHG0041877", Some("Emergency")));
    assert_eq!(change.title, "Restart auth pods \u{2013} INC0098112");
    assert_eq!(
        (time(change.work_start), time(change.work_end)),
        ("2026-10-02T01:15:00Z".to_owned(), "2026-10-02T01:41:22Z".to_owned())
    );
    assert_eq!((change.done, change.is_change_request), (Some(true), true));
    assert_eq!(change.reporter.as_ref().map(|person| person.handle.as_str()), Some("nadia roe"));
    assert_eq!(named(&change.mentions), ["Incident INC0098112 LinkField"]);
    let canceled = held.tickets()[2];
    assert_eq!((canceled.status.as_deref(), canceled.done), (Some("Canceled"), Some(false)));
    assert_eq!(canceled.title, "=cmd in a title");
    assert_eq!(
        held.reasons(),
        [
            "4 work_end: \"later\" cannot be read as a time: it is not a date that can be read.",
            "5 number: The row has no number."
        ]
    );
    assert_eq!(held.summary.timezone_used, Some(Tz::Europe__Berlin));
}

#[test]
fn the_journal_of_approvals_becomes_reviews() {
    let held = held("servicenow-csv/change-journal-windows-1252.csv");
    let changes = held.changes();
    let [late, by_role, none] = changes.as_slice() else { panic!("{changes:?}") };
    // Oldest first. An approval of one's own is seen as such though only the row's fields have the login.
    assert_eq!(late.author.as_ref(), Some(&late.reviews[0].reviewer));
    assert_eq!(
        late.reviews.iter().map(said).collect::<Vec<_>>(),
        [
            ("servicenow:CHG0041877", "nadia roe", Verdict::Approved, "2026-10-02T01:13:00Z".to_owned()),
            ("servicenow:CHG0041877", "howard johnson", Verdict::Approved, "2026-10-05T07:30:47Z".to_owned()),
        ]
    );
    // Who carries it out is as little independent as who asked for it.
    assert_eq!(by_role.commit_authors.iter().map(|person| person.handle.as_str()).collect::<Vec<_>>(), ["odd bru"]);
    // What an administrator's role let through is neither an approval nor a comment, and the journal tells it.
    assert_eq!((by_role.review_coverage, by_role.reviews.len()), (ReviewCoverage::Complete, 0));
    assert_eq!(
        (none.review_coverage, none.reviews.len(), none.state),
        (ReviewCoverage::Complete, 0, ChangeState::Open)
    );
    assert_eq!(held.tickets()[1].labels.as_deref(), Some(["unauthorized".to_owned()].as_slice()));
}

#[test]
fn without_the_journal_approvals_are_unknown() {
    let held = held("servicenow-csv/labels-of-excel.csv");
    assert_eq!((held.tickets().len(), held.rejects.len()), (1, 0));
    assert_eq!(held.changes()[0].review_coverage, ReviewCoverage::NotCarried);
    assert_eq!(time(held.tickets()[0].work_end), "2026-10-02T01:41:22Z");
    assert!(held.summary.cannot_tell.contains(&Fact::Approver));
    assert_eq!(held.warning_codes(), ["cut_off"]);
}

#[test]
fn incidents_keep_apart_what_fixes_them_and_what_caused_them() {
    let held = held("servicenow-csv/incident-rfc-and-caused-by.csv");
    let incident = held.incidents()[0];
    assert_eq!((incident.id.as_str(), incident.service.as_deref()), ("servicenow:INC0098112", Some("Checkout")));
    assert_eq!(incident.severity.as_deref(), Some("P1"));
    let fields: Vec<(&str, &str)> =
        incident.mentions.iter().map(|mention| (mention.name.as_str(), mention.text.as_str())).collect();
    assert_eq!(
        fields,
        [
            ("acme/pay#2214", "acme/pay#2214"),
            ("CHG0041001", "caused_by"),
            ("CHG0041877", "rfc"),
            ("PRB0040012", "problem_id")
        ]
    );
    assert_eq!((held.incidents()[1].resolved_at, held.rejects.len()), (None, 0));
    let held = self::held("servicenow-csv/problem.csv");
    assert_eq!(named(&held.tickets()[0].mentions), ["Incident INC0098112 Title", "ChangeRequest CHG0041900 LinkField"]);
}

#[test]
fn approvals_and_review_tasks_join_their_change() {
    let held = held("servicenow-csv/approvals-table.csv");
    assert_eq!(
        held.reviews().into_iter().map(said).collect::<Vec<_>>(),
        [
            ("servicenow:CHG0041877", "howard johnson", Verdict::Approved, "2026-10-05T07:30:47Z".to_owned()),
            ("servicenow:CHG0041879", "mara ko", Verdict::ChangesRequested, "2026-10-03T07:30:47Z".to_owned()),
        ]
    );
    assert_eq!(held.reasons(), ["5 state: \"maybe\" is no state of an approval."]);
    let held = self::held("servicenow-csv/review-task.csv");
    assert_eq!(
        held.reviews().into_iter().map(said).collect::<Vec<_>>(),
        [("servicenow:CHG0041877", "mara ko", Verdict::Approved, "2026-10-06T06:00:00Z".to_owned())]
    );
    assert_eq!(
        (held.tickets().len(), named(&held.tickets()[0].mentions)),
        (3, vec!["ChangeRequest CHG0041877 LinkField".to_owned()])
    );
}

#[test]
fn stored_times_are_utc_and_tell_how_to_read_the_displayed_ones() {
    let held = held("servicenow-json/display-values-and-stored-values.json");
    let change = held.tickets()[0];
    assert_eq!((time(change.work_end), change.status.as_deref()), ("2026-10-02T01:41:22Z".to_owned(), Some("Closed")));
    assert_eq!(change.change_type.as_deref(), Some("Emergency"));
    assert_eq!(change.reporter.as_ref().map(|person| person.handle.as_str()), Some("nadia roe"));
    assert_eq!(time(change.notes[0].at), "2026-10-02T01:30:00Z");
    assert_eq!(named(&change.mentions), ["Change acme/pay#2214 Note", "Incident INC0098112 LinkField"]);
    // Two hours between the two spellings of its times: no zone has to be assumed.
    assert_eq!(time(held.reviews()[0].submitted_at), "2026-10-05T07:30:47Z");
    assert_eq!(held.summary.timezone_used, None);
}

#[test]
fn stored_values_alone_have_numbers_for_states_and_ids_for_names() {
    let held = held("servicenow-json/stored-values-only.json");
    let change = held.tickets()[0];
    assert_eq!((change.status.as_deref(), change.done, change.work_end), (Some("Implement"), Some(false), None));
    assert_eq!(time(change.work_start), "2026-10-02T01:15:00Z");
    assert_eq!(change.mentions, []);
    let incident = held.incidents()[0];
    assert_eq!((time(incident.opened_at), incident.mentions.len()), ("2026-10-02T00:50:00Z".to_owned(), 0));
    assert_eq!(held.reasons(), ["3 work_start: \"02/10/2026\" is no readable time: day and month could be swapped."]);
    let held = self::held("servicenow-json/displayed-values-only.json");
    assert_eq!(time(held.tickets()[0].work_end), "2026-10-02T01:41:22Z");
    assert_eq!(held.summary.timezone_used, Some(Tz::Europe__Berlin));
}

#[test]
fn xml_has_stored_times_and_shown_names() {
    let held = held("servicenow-xml/stored-times-and-shown-names.xml");
    let change = held.tickets()[0];
    assert_eq!(
        (change.title.as_str(), time(change.work_end)),
        ("Restart auth & edge pods", "2026-10-02T01:41:22Z".to_owned())
    );
    assert_eq!(change.reporter.as_ref().map(|person| person.handle.as_str()), Some("nadia roe"));
    assert_eq!(named(&change.mentions), ["Incident INC0098112 LinkField"]);
    assert_eq!(
        held.reviews().into_iter().map(said).collect::<Vec<_>>(),
        [("servicenow:CHG0041877", "howard johnson", Verdict::Approved, "2026-10-05T07:30:47Z".to_owned())]
    );
    assert_eq!(
        held.reasons(),
        ["3 sysapproval: the approval names its change by an internal id only; export it with display values."]
    );
}

#[test]
fn tables_of_others_are_not_taken() {
    for csv in ["number,title,state\n1,x,open\n", "Number,Service,Opened On,Resolved On\n1,x,2026-01-01,\n"] {
        let error = import(csv.as_bytes(), &Options::default()).unwrap_err();
        assert!(error.to_string().contains("unknown tool"), "{error}");
    }
}

#[test]
fn an_empty_journal_is_no_proof_beside_an_approval() {
    const BY_ROLE: &str = "2026-10-02 03:45:06 - Lin Eze (Approval history)\nCAB approved by user Lin Eze (permission granted by role admin).";
    let check = |approval: &str, set: &str, history: &str, expected: ReviewCoverage| {
        let csv = format!(
            "number,type,state,approval,approval_set,short_description,work_end,approval_history\n\
             CHG0000002,emergency,Closed,{approval},{set},a,2026-10-02 04:12:09,\"{history}\"\n"
        );
        let held = import(csv.as_bytes(), &berlin()).unwrap();
        assert_eq!(held.changes()[0].review_coverage, expected, "{approval}, {set}, {history}");
    };
    check("Not Yet Requested", "", "", ReviewCoverage::Complete);
    check("Requested", "", "", ReviewCoverage::Complete);
    check("", "", "", ReviewCoverage::Complete);
    check("Approved", "", "", ReviewCoverage::NotCarried);
    check("Genehmigt", "", "", ReviewCoverage::NotCarried);
    check("Requested", "2026-10-02 03:45:06", "", ReviewCoverage::NotCarried);
    check(
        "Approved",
        "",
        "2026-10-02 03:40:06 - Lin Eze (Approval history)\nApproval requested.",
        ReviewCoverage::NotCarried,
    );
    check("Approved", "", BY_ROLE, ReviewCoverage::Complete);
}

#[test]
fn a_change_that_was_skipped_or_called_off_was_not_done() {
    let check = |state: &str, code: &str, expected: Option<bool>| {
        let csv = format!(
            "number,type,state,close_code,short_description,closed_at,approval\nCHG0000002,normal,{state},{code},a,2026-10-02 04:12:09,Approved\n"
        );
        let held = import(csv.as_bytes(), &berlin()).unwrap();
        assert_eq!(held.tickets()[0].done, expected, "{state}, {code}");
    };
    check("Closed", "Successful", Some(true));
    check("Closed", "Unsuccessful", Some(true));
    check("Closed Complete", "", Some(true));
    check("Geschlossen", "", Some(true));
    check("Closed Skipped", "", Some(false));
    check("Closed Incomplete", "", Some(false));
    check("Closed", "Cancelled", Some(false));
    check("Abgebrochen", "", Some(false));
    check("4", "", Some(false));
}

#[test]
fn a_level_is_its_digit_in_every_language() {
    let check = |column: &str, said: &str, expected: Option<&str>| {
        let csv = format!(
            "number,state,{column},opened_at,short_description,caller_id\nINC0010001,Closed,{said},2026-09-05 08:00:00,x,Lin Eze\n"
        );
        let held = import(csv.as_bytes(), &berlin()).unwrap();
        assert_eq!(held.incidents()[0].severity.as_deref(), expected, "{column} {said}");
    };
    check("priority", "1 - Critical", Some("P1"));
    check("priority", "1 - Kritisch", Some("P1"));
    check("priority", "2", Some("P2"));
    check("priority", "P1", Some("P1"));
    check("priority", "Critical", Some("Critical"));
    check("priority", "12", Some("12"));
    check("severity", "1 - High", Some("SEV1"));
    check("priority", "", None);
}

#[test]
fn a_row_that_sums_up_is_no_ticket() {
    let csv =
        "number,type,state,approval,short_description,work_end\nCHG0000002,normal,New,Requested,a,\nTotal,,,,3,\n";
    let held = import(csv.as_bytes(), &berlin()).unwrap();
    assert_eq!(held.tickets().len(), 1);
    assert_eq!(held.reasons(), ["2 number: \"TOTAL\" is no number such as CHG0041877."]);
}

#[test]
fn plans_and_reasons_stand_in_the_text_of_the_ticket_under_their_headings() {
    let check = |columns: &str, cells: &str, expected: Option<&str>| {
        let csv = format!(
            "number,type,state,approval,short_description,{columns}\nCHG0000002,normal,New,Requested,a,{cells}\n"
        );
        let held = import(csv.as_bytes(), &berlin()).unwrap();
        assert_eq!(held.tickets()[0].body.as_deref(), expected, "{columns}");
    };
    check(
        "description,justification,implementation_plan,backout_plan,test_plan",
        "Faster.,Slow.,Roll out.,Put 4.2 back.,Pay once.",
        Some(
            "Faster.\n\nJustification:\nSlow.\n\nImplementation plan:\nRoll out.\n\nBackout plan:\nPut 4.2 back.\n\nTest plan:\nPay once.",
        ),
    );
    // As Excel files have them.
    check("Backout plan,Test plan", "Put 4.2 back.,", Some("Backout plan:\nPut 4.2 back."));
    check("description,backout_plan", ",", Some(""));
    check("work_end", "", None);
}
