use crate::{
    Options,
    table::test_support::{import, import_fixture, named},
};
use change_ledger_model::{
    record::ReviewCoverage,
    source::{Fact, SourceKind},
};

#[test]
fn issues_are_read_with_their_zoned_dates() {
    let held = import_fixture("jira-xml/html-and-zoned-dates.xml", &Options::default());
    assert_eq!(held.reading.kind, SourceKind::JiraXml);
    let change = held.tickets()[0];
    assert_eq!((change.id.as_str(), change.title.as_str()), ("jira:CHM-91", "Fail over ledger DB \u{2013} now"));
    assert_eq!(
        change.body.as_deref(),
        Some("Primary hangs & drops, see  https://github.com/acme/pay/pull/2214 the fix")
    );
    assert_eq!(
        (change.change_type.as_deref(), change.done, change.assignee.as_ref()),
        (Some("Emergency"), Some(true), None)
    );
    assert_eq!(change.work_end.unwrap().to_string(), "2026-11-01T09:05:00Z");
    assert_eq!(change.labels.as_ref().map(Vec::len), Some(2));
    assert_eq!(change.notes[0].at.unwrap().to_string(), "2026-11-02T07:31:00Z");
    assert_eq!(
        named(&change.mentions),
        [
            "TicketKey PAY-1204 LinkField",
            "Change acme/pay#2214 Address",
            "Incident INC-482 Note",
            "Incident OPS-77 LinkField"
        ]
    );
    assert_eq!(held.summary.timezone_used, None);
    // The field of approvals holds a program's own text.
    assert_eq!(held.changes()[0].review_coverage, ReviewCoverage::NotCarried);
    assert!(held.summary.cannot_tell.contains(&Fact::Approver));
    let incident = held.incidents()[0];
    assert_eq!((incident.number.as_deref(), incident.resolved_at), (Some("OPS-78"), None));
    assert_eq!(held.tickets()[1].labels, None);
    assert_eq!(held.reasons(), ["3 key: \"\" is no issue key such as PLAT-1190."]);
}

#[test]
fn a_cut_feed_keeps_what_came_before() {
    let whole = "<rss><channel><item><key>A-1</key></item><item><key>AB-1</key></item><item><key>AB-2</key>";
    let held = import(whole.replace("A-1</key></item><item><key>", "").as_bytes(), &Options::default()).unwrap();
    assert_eq!((held.tickets().len(), held.warning_codes()), (1, vec!["truncated"]));
    assert_eq!(held.reasons(), ["2 -: the file ends in the middle of this record."]);
}

#[test]
fn other_xml_is_not_taken() {
    for xml in ["<rss><channel><item><title>News</title></item></channel></rss>", "<html><body/></html>", "<svg/>"] {
        let error = import(xml.as_bytes(), &Options::default()).unwrap_err();
        assert!(error.to_string().contains("is not an export that Change Ledger knows"), "{error}");
    }
}

#[test]
fn a_change_that_was_called_off_was_not_done() {
    let check = |resolution: &str, expected: Option<bool>| {
        let xml = format!(
            "<rss><channel><item><key>CHM-1</key><type>Change</type><status>Closed</status><statusCategory key=\"done\"/>\
             <resolution>{resolution}</resolution></item></channel></rss>"
        );
        let held = import(xml.as_bytes(), &Options::default()).unwrap();
        assert_eq!(held.tickets()[0].done, expected, "{resolution}");
    };
    check("Done", Some(true));
    check("Won't Do", Some(false));
    check("Rechazado", Some(false));
}
