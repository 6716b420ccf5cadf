use crate::{
    Options,
    table::test_support::{import, import_fixture, named},
};
use change_ledger_model::{record::Ticket, source::SourceKind};

fn time(at: Option<change_ledger_model::Timestamp>) -> String {
    at.map_or_else(|| "unknown".to_owned(), |at| at.to_string())
}

fn handle(person: Option<&change_ledger_model::person::Person>) -> &str {
    person.map_or("unknown", |person| person.handle.as_str())
}

#[test]
fn linear_issues_in_both_spellings_of_dates() {
    let held = import_fixture("linear-csv/iso-dates.csv", &Options::default());
    let [done, dropped]: [&Ticket; 2] = held.tickets().try_into().unwrap();
    assert_eq!((done.id.as_str(), done.project.as_str(), done.done), ("linear:ENG-12", "Payments", Some(true)));
    assert_eq!(time(done.resolved_at), "2026-09-02T10:00:00Z");
    assert_eq!(done.labels.as_deref(), Some(["Bug".to_owned(), "hotfix".to_owned()].as_slice()));
    assert_eq!(
        named(&done.mentions),
        ["TicketKey ENG-3 LinkField", "Change acme/pay#2214 Body", "Incident INC-482 Body"]
    );
    // The guard against formulas is not part of the text.
    assert!(done.body.as_deref().unwrap().starts_with("- reverts"));
    assert_eq!((dropped.done, dropped.priority.as_deref()), (Some(false), None));
    assert_eq!(time(dropped.resolved_at), "2026-09-03T10:00:00Z");
    assert_eq!(held.summary.timezone_used, None);

    let held = import_fixture("linear-csv/browser-dates.csv", &Options::default());
    let older = held.tickets()[0];
    assert_eq!(
        (time(older.opened_at), time(older.updated_at), time(older.resolved_at)),
        ("2026-09-01T10:00:00Z".to_owned(), "2026-09-02T08:00:00Z".to_owned(), "2026-09-02T08:00:00Z".to_owned())
    );
}

#[test]
fn asana_tasks_have_days_without_a_clock_and_columns_of_their_own() {
    let held = import_fixture("asana-csv/dates-without-a-clock.csv", &Options::default());
    let change = held.tickets()[0];
    assert_eq!((change.id.as_str(), change.project.as_str()), ("asana:1201234567890123", "Change calendar"));
    assert_eq!((change.change_type.as_deref(), change.is_change_request), (Some("Emergency"), true));
    assert_eq!(time(change.resolved_at), "2026-09-02T00:00:00Z");
    assert_eq!((handle(change.reporter.as_ref()), handle(change.assignee.as_ref())), ("unknown", "lin eze"));
    assert_eq!(named(&change.mentions), ["Change acme/pay#2214 Address", "Incident INC-482 LinkField"]);
    assert_eq!(held.tickets()[1].done, None);
    assert!(held.warning_codes().contains(&"times_without_clock"));
}

#[test]
fn notion_rows_with_ranges_relations_and_no_ids() {
    let held = import_fixture("notion-csv/ranges-and-relations.csv", &Options::default());
    let change = held.tickets()[0];
    assert_eq!((change.id.as_str(), change.title.as_str()), ("notion:CHR-4", "Fail over ledger DB"));
    assert_eq!(time(change.resolved_at), "2026-09-03T09:00:00Z");
    assert_eq!(time(change.opened_at), "2026-09-02T16:00:00Z");
    assert_eq!((change.done, change.change_type.as_deref()), (Some(true), Some("Emergency")));
    assert_eq!(named(&change.mentions), ["Change acme/pay#2214 Body", "Incident INC-482 LinkField"]);
    assert_eq!(time(held.tickets()[1].opened_at), "2026-09-03T00:00:00Z");

    let held = import_fixture("notion-csv/without-ids.csv", &Options::default());
    let ids: Vec<&str> = held.tickets().iter().map(|ticket| ticket.id.as_str()).collect();
    assert_eq!(ids, ["notion:Fix bug@1788364800000", "notion:Fix bug@1788624000000"]);
}

#[test]
fn azure_boards_rows_may_end_early() {
    let held = import_fixture("azure-boards-csv/short-rows.csv", &Options::default());
    let [change, bug]: [&Ticket; 2] = held.tickets().try_into().unwrap();
    assert_eq!((change.id.as_str(), change.key.as_str()), ("azure-boards:AB#118", "AB#118"));
    assert_eq!((change.is_change_request, change.done), (true, Some(true)));
    // 12/15 can only have its month first, which then holds for the whole file.
    assert_eq!(time(change.opened_at), "2025-12-15T12:53:54Z");
    assert_eq!(time(change.resolved_at), "2025-12-16T01:05:00Z");
    assert_eq!(
        (handle(change.assignee.as_ref()), handle(change.reporter.as_ref())),
        ("lin@example.com", "mara@example.com")
    );
    assert_eq!(change.labels.as_deref(), Some(["emergency".to_owned(), "network".to_owned()].as_slice()));
    assert_eq!(
        (change.body.as_deref(), named(&change.mentions)),
        (Some("See INC0098112"), vec!["Incident INC0098112 Body".to_owned()])
    );
    assert_eq!((bug.title.as_str(), bug.opened_at, bug.done), ("Typo", None, Some(false)));
    assert!(held.rejects.is_empty(), "{:?}", held.rejects);

    let held = import_fixture("azure-boards-csv/tree.csv", &Options::default());
    let titles: Vec<&str> = held.tickets().iter().map(|ticket| ticket.title.as_str()).collect();
    assert_eq!(titles, ["Payments", "Retries for PAY-7"]);
}

#[test]
fn rows_without_an_id_and_changes_without_a_readable_end_are_rejected() {
    let check = |csv: &str, kind: SourceKind, expected: &[&str]| {
        let held = import(csv.as_bytes(), &Options::default()).unwrap();
        assert_eq!((held.reading.kind, held.reasons()), (kind, expected.iter().map(|&text| text.to_owned()).collect()));
    };
    check(
        "ID,Work Item Type,Title,Assigned To,State,Closed Date\n,Bug,x,,New,\n7,Change Request,x,,Closed,soon\n8,Bug,x,,Closed,soon\n",
        SourceKind::AzureBoardsCsv,
        &[
            "1 ID: The row has no id.",
            "2 Closed Date: \"soon\" cannot be read as a time: it is not a date that can be read.",
        ],
    );
}

#[test]
fn a_change_that_was_called_off_was_not_done_though_it_was_completed() {
    let check = |section: &str, expected: Option<bool>| {
        let csv = format!(
            "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,Tags,Notes,Projects,Parent task,Change type\n\
             1201234567890123,2026-09-01,2026-09-02,2026-09-03,Fail over,{section},,,,,,,Change calendar,,Normal\n"
        );
        let held = import(csv.as_bytes(), &Options::default()).unwrap();
        assert_eq!(held.tickets()[0].done, expected, "{section}");
    };
    check("Done", Some(true));
    check("Rejected", Some(false));
    check("Annulé", Some(false));
}
