use super::*;
use crate::{Options, table::test_support::import};
use change_ledger_model::{
    record::{ChangeState, MentionKind, ReviewCoverage, Verdict},
    source::SourceKind,
};
use chrono_tz::Tz;

const REGISTER: &str = "sep=;\r\nChange-Nr.;Typ;Titel;Umgesetzt am;Freigabe durch;Freigabe am;Incident;Begründung\r\n\
    CR-118;Notfall;\"Firewall Regel\r\nEU-West\";02.10.2026 03:15;N. Roe;05.10.2026 09:30;INC0098112;Sperre der Zahlungen\r\n\
    CR-119;Normal;Zertifikat;03.10.2026 10:00;;;;\r\n\
    CR-120;Normal;Geplant;;N. Roe; M. Doe;;;\r\n";

const PROFILE: &str = r#"
name = "register"
record = "change"
timezone = "Europe/Berlin"
repository = "network"

[columns]
number = "Change-Nr."
title = "Titel"
implemented_at = "Umgesetzt am"
approver = "Freigabe durch"
approved_at = "Freigabe am"
change_type = "typ"
incident = "Incident"
justification = "Begründung"

[values.change_type]
Notfall = "emergency"
"#;

fn options(profile: &str) -> Options {
    Options { profile: Some(ColumnProfile::from_toml(profile).unwrap()), ..Options::default() }
}

#[test]
fn a_change_register() {
    let register = REGISTER.replace("N. Roe; M. Doe", "\"N. Roe; M. Doe\"");
    let held = import(register.as_bytes(), &options(PROFILE)).unwrap();
    assert_eq!(held.reading.kind, SourceKind::GenericCsv);
    assert_eq!(held.rejects, []);
    assert_eq!(held.warning_codes(), [""; 0], "the profile says which time zone it is");
    let changes = held.changes();
    let first = changes[0];
    assert_eq!(
        (first.id.as_str(), first.number.as_str(), first.repository.as_str()),
        ("csv:register:CR-118", "CR-118", "network")
    );
    assert_eq!(
        (first.title.as_str(), first.body.as_deref()),
        ("Firewall Regel\nEU-West", Some("Sperre der Zahlungen"))
    );
    assert_eq!(first.category.as_deref(), Some("emergency"));
    assert_eq!(first.implemented_at.map(|at| at.to_string()).as_deref(), Some("2026-10-02T01:15:00Z"));
    let review = &first.reviews[0];
    assert_eq!(
        (review.reviewer.handle.as_str(), review.verdict, review.change.as_str()),
        ("n. roe", Verdict::Approved, "csv:register:CR-118")
    );
    assert_eq!(review.submitted_at.map(|at| at.to_string()).as_deref(), Some("2026-10-05T07:30:00Z"));
    assert_eq!((first.mentions[0].kind, first.mentions[0].name.as_str()), (MentionKind::Incident, "INC0098112"));
    assert_eq!((first.state, changes[2].state), (ChangeState::Implemented, ChangeState::Open));
    assert_eq!(changes[2].reviews.len(), 2);
}

#[test]
fn an_empty_approval_is_none_and_a_missing_column_is_unknown() {
    let coverage = |csv: &str, profile: &str| {
        let held = import(csv.as_bytes(), &options(profile)).unwrap();
        (
            held.changes()[0].review_coverage,
            held.changes()[0].reviews.len(),
            held.summary.carries.contains(&Fact::Approver),
        )
    };
    let profile = "name = \"p\"\n[columns]\nnumber = \"No\"\nimplemented_at = \"Done\"\n";
    assert_eq!(coverage("No,Done\n1,2026-09-03\n", profile), (ReviewCoverage::NotCarried, 0, false));
    let with_approver = format!("{profile}approver = \"By\"\n");
    assert_eq!(coverage("No,Done,By\n1,2026-09-03,-\n", &with_approver), (ReviewCoverage::Complete, 0, true));
}

#[test]
fn verdicts_are_understood_or_refused() {
    let profile = "name = \"p\"\n[columns]\nnumber = \"No\"\nimplemented_at = \"Done\"\napprover = \"By\"\nverdict = \"Said\"\n[verdicts]\nJa = \"approved\"\nNein = \"changes_requested\"\n";
    let csv = "No,Done,By,Said\n1,2026-09-03,a,Ja\n2,2026-09-03,a,nein\n3,2026-09-03,a,vielleicht\n4,2026-09-03,a,\n";
    let held = import(csv.as_bytes(), &options(profile)).unwrap();
    assert_eq!(
        held.changes().iter().map(|change| change.reviews[0].verdict).collect::<Vec<_>>(),
        [Verdict::Approved, Verdict::ChangesRequested]
    );
    let rejects: Vec<_> =
        held.rejects.iter().map(|reject| (reject.place.row, reject.field.as_deref(), reject.reason.as_str())).collect();
    assert_eq!(
        rejects,
        [
            (
                3,
                Some("Said"),
                "\"vielleicht\" is no known verdict. Say in the profile what it means: [verdicts] \"vielleicht\" = \"approved\"."
            ),
            (4, Some("Said"), "The row names an approver and no verdict."),
        ]
    );
}

#[test]
fn an_unreadable_implementation_time_rejects_its_row() {
    let profile = "name = \"p\"\n[columns]\nnumber = \"No\"\nimplemented_at = \"Done\"\nopened_at = \"Open\"\n";
    let held = import(b"No,Done,Open\n1,yesterday,2026-09-01\n2,2026-09-03,yesterday\n", &options(profile)).unwrap();
    assert_eq!(held.rejects.iter().map(|reject| reject.field.as_deref()).collect::<Vec<_>>(), [Some("Done")]);
    assert_eq!(held.changes()[0].opened_at, None);
}

#[test]
fn tickets_and_incidents() {
    let profile = "name = \"snow\"\nrecord = \"incident\"\n[columns]\nnumber = \"Number\"\nopened_at = \"Opened\"\nresolved_at = \"Resolved\"\nseverity = \"Priority\"\n";
    let held =
        import(b"Number,Opened,Resolved,Priority\nINC0098112,2020-11-13 15:22:31,,1 - Critical\n", &options(profile))
            .unwrap();
    let incident = held.incidents()[0];
    assert_eq!(
        (incident.id.as_str(), incident.names.as_slice(), incident.resolved_at),
        ("csv:snow:INC0098112", ["INC0098112".to_owned()].as_slice(), None)
    );
    let profile =
        "name = \"lin\"\nrecord = \"ticket\"\n[columns]\nnumber = \"ID\"\ntitle = \"Title\"\nlabels = \"Labels\"\n";
    let held = import(b"ID,Title,Labels\nENG-1,See PLAT-2,\"bug, hotfix\"\n", &options(profile)).unwrap();
    let ticket = held.tickets()[0];
    assert_eq!(
        (ticket.key.as_str(), ticket.labels.clone()),
        ("ENG-1", Some(vec!["bug".to_owned(), "hotfix".to_owned()]))
    );
    assert_eq!(ticket.mentions[0].name, "PLAT-2");
}

#[test]
fn profiles_that_do_not_fit() {
    let message = |result: Result<ColumnProfile, IngestError>| {
        let error = result.unwrap_err();
        format!("{error} {}", error.hint().unwrap_or_default())
    };
    let check = |profile: &str, expected: &str| {
        let message = message(ColumnProfile::from_toml(profile));
        assert!(message.contains(expected), "{message}");
    };
    check("name = \"p\"\n[columns]\nnumber = \"No\"\n", "it does not say which column is `implemented_at`");
    check("name = \"p\"\n[columns]\nnumbr = \"No\"\n", "line 3: unknown variant `numbr`");
    check(
        "name = \"p\"\nrecord = \"incident\"\n[columns]\nnumber = \"No\"\napprover = \"By\"\n",
        "`approver` means nothing for this kind of record",
    );
    check("name = \"My Table\"\n[columns]\n", "its name \"My Table\" cannot be part of an id");
    check("name = \"p\"\ncolour = 1\n[columns]\n", "unknown field `colour`");

    let error = import(
        b"No,When,Who\n1,2026-09-03,a\n",
        &options("name = \"p\"\n[columns]\nnumber = \"No\"\nimplemented_at = \"Done\"\n"),
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "The column profile does not fit: column \"Done\" for `implemented_at` is not in the table."
    );
    assert_eq!(error.hint().as_deref(), Some("The columns are: No, When, Who."));
    let error =
        import(b"No,When\n1,2026-09-03\n", &Options { source: Some(SourceKind::GenericCsv), ..Options::default() })
            .unwrap_err();
    assert!(matches!(error, IngestError::BadProfile { .. }), "{error}");
}

#[test]
fn a_suggestion_is_a_profile_once_it_has_what_it_needs() {
    let header: Vec<String> =
        ["Change-Nr.", "Titel", "Umgesetzt am", "Freigabe durch", "Farbe"].map(str::to_owned).to_vec();
    let suggested = ColumnProfile::suggested_for(&header);
    assert_eq!(ColumnProfile::from_toml(&suggested.to_toml()).unwrap(), suggested);
    assert_eq!(
        suggested.columns.keys().copied().collect::<Vec<_>>(),
        [Field::Number, Field::Title, Field::ImplementedAt, Field::Approver]
    );
}

#[test]
fn the_state_of_a_change() {
    let profile = "name = \"p\"\n[columns]\nnumber = \"No\"\nimplemented_at = \"Done\"\nstatus = \"State\"\n[values.status]\nStorniert = \"abandoned\"\n";
    let csv = "No,Done,State\n1,2026-09-03,\n2,,Closed\n3,,Planned\n4,2026-09-03,storniert\n5,2026-09-03,Won't do\n6,2026-09-03,Abgelehnt\n7,,Abgelehnt\n";
    let held = import(csv.as_bytes(), &options(profile)).unwrap();
    assert_eq!(
        held.changes().iter().map(|change| change.state).collect::<Vec<_>>(),
        [
            ChangeState::Implemented,
            ChangeState::ImplementedAtUnknown,
            ChangeState::Open,
            // The profile says what the word means; of the others the file says when their work ended.
            ChangeState::Abandoned,
            ChangeState::Implemented,
            ChangeState::Implemented,
            ChangeState::Abandoned,
        ]
    );
    assert_eq!(held.warning_codes(), ["timezone_assumed", "times_without_clock", "called_off_though_implemented"]);
}

#[test]
fn a_change_request_that_was_called_off_was_not_done() {
    let check = |implemented: &str, status: &str, expected: Option<bool>| {
        let profile = format!(
            "name = \"p\"\nrecord = \"ticket\"\n[columns]\nnumber = \"No\"\nresolved_at = \"Closed\"\nstatus = \"State\"\n{implemented}"
        );
        let csv = format!("No,Closed,State,Done\nCHG-1,2026-09-03,{status},\n");
        let held = import(csv.as_bytes(), &options(&profile)).unwrap();
        assert_eq!(held.tickets()[0].done, expected, "{status}");
    };
    let is_change = "implemented_at = \"Done\"\n";
    check(is_change, "Closed", Some(true));
    check(is_change, "Planned", None);
    check(is_change, "Rejected", Some(false));
    check(is_change, "Zurückgezogen", Some(false));
    check("", "Rejected", None);
}

#[test]
fn of_two_times_on_a_day_that_is_all_that_is_written_nobody_knows_the_order() {
    let check = |done: &str, approved: &str, expected: Option<&str>| {
        let profile = "name = \"p\"\n[columns]\nnumber = \"No\"\nimplemented_at = \"Done\"\napprover = \"By\"\napproved_at = \"When\"\n";
        let options = Options { timezone: Some(Tz::Europe__Berlin), ..options(profile) };
        let held = import(format!("No,Done,By,When\n1,{done},b,{approved}\n").as_bytes(), &options).unwrap();
        let at = held.changes()[0].reviews[0].submitted_at.map(|at| at.to_string());
        assert_eq!(at.as_deref(), expected, "{done} {approved}");
        assert_eq!(held.warning_codes().contains(&"order_unknown"), expected.is_none(), "{done} {approved}");
    };
    check("2026-09-03", "2026-09-03", None);
    check("2026-09-03", "2026-09-03 09:00", None);
    check("2026-09-03 10:00", "2026-09-03", None);
    // Already the third in Berlin.
    check("2026-09-03", "2026-09-02T22:30:00Z", None);
    check("2026-09-03", "2026-09-02", Some("2026-09-01T22:00:00Z"));
    check("2026-09-03", "2026-09-04", Some("2026-09-03T22:00:00Z"));
    check("2026-09-03 10:00", "2026-09-03 09:00", Some("2026-09-03T07:00:00Z"));
}

#[test]
fn a_time_that_clocks_never_showed_is_said_to_be_one() {
    let profile = "name = \"p\"\n[columns]\nnumber = \"No\"\nimplemented_at = \"Done\"\n";
    let options = Options { timezone: Some(Tz::Europe__Berlin), ..options(profile) };
    let held = import(b"No,Done\n1,2026-03-29 02:30\n", &options).unwrap();
    assert_eq!(held.warning_codes(), ["times_skipped"]);
}

#[test]
fn people_come_with_and_without_a_login() {
    let check = |text: &str, handle: &str, name: Option<&str>| {
        let profile = "name = \"p\"\n[columns]\nnumber = \"No\"\nimplemented_at = \"Done\"\nauthor = \"Who\"\n";
        let held = import(format!("No,Done,Who\n1,2026-09-03,{text}\n").as_bytes(), &options(profile)).unwrap();
        let author = held.changes()[0].author.clone().unwrap();
        assert_eq!((author.handle.as_str(), author.name.as_deref()), (handle, name), "{text}");
    };
    check("Mara Ko", "mara ko", Some("Mara Ko"));
    check("Mara Ko (mara.ko)", "mara.ko", Some("Mara Ko"));
    check("Mara Ko <mara@example.com>", "mara@example.com", Some("Mara Ko"));
    check("Mara Ko (on leave)", "mara ko (on leave)", Some("Mara Ko (on leave)"));
}

#[test]
fn a_profile_does_not_take_over_the_files_of_known_tools() {
    let csv = "Issue key,Issue id,Summary,Issue Type,Status\nAB-1,1,s,Task,Open\n";
    assert_eq!(import(csv.as_bytes(), &options(PROFILE)).unwrap().reading.kind, SourceKind::JiraCsv);
}

#[test]
fn a_profile_says_nothing_of_tables_of_known_tools() {
    let of_another_table = format!("date_order = \"dmy\"\n{PROFILE}");
    let csv = "ID,Work Item Type,Title,Assigned To,State,Tags,Created Date\n1,Bug,t,Lin Eze <lin@example.com>,New,,12/11/2025 12:53:54 PM\n2,Bug,t,Lin Eze <lin@example.com>,New,,12/15/2025 12:53:54 PM\n";
    let held = import(csv.as_bytes(), &options(&of_another_table)).unwrap();
    assert_eq!((held.reading.kind, held.reading.profile.is_none()), (SourceKind::AzureBoardsCsv, true));
    let opened: Vec<_> = held.tickets().iter().map(|ticket| ticket.opened_at.unwrap().to_string()).collect();
    assert_eq!(opened, ["2025-12-11T12:53:54Z", "2025-12-15T12:53:54Z"]);
    assert_eq!((held.reasons(), held.warning_codes()), (vec![], vec!["timezone_assumed"]));
}

#[test]
fn the_end_of_an_incident_is_told_by_its_state_else_by_the_column_for_it() {
    let check = |columns: &str, row: &str, expected: Option<bool>| {
        let head: Vec<&str> = columns.split(',').map(|column| column.split_once('=').unwrap().1).collect();
        let fields: String = columns
            .split(',')
            .map(|column| column.split_once('=').unwrap())
            .map(|(field, head)| format!("{field} = \"{head}\"\n"))
            .collect();
        let profile = format!("name = \"p\"\nrecord = \"incident\"\n[columns]\nopened_at = \"Began\"\n{fields}");
        let held =
            import(format!("{},Began\n{row},2026-09-03T01:00:00Z\n", head.join(",")).as_bytes(), &options(&profile))
                .unwrap();
        assert_eq!(held.incidents()[0].ended, expected, "{columns}: {row}");
    };
    check("number=No,status=State", "1,Closed", Some(true));
    check("number=No,status=State", "1,Nicht gelöst", Some(false));
    check("number=No,status=State", "1,Level 2", None);
    check("number=No,resolved_at=End", "1,2026-09-03T02:00:00Z", Some(true));
    check("number=No,resolved_at=End", "1,", Some(false));
    check("number=No,title=Title", "1,Down", None);
}
