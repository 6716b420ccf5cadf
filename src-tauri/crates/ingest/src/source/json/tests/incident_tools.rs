//! Incidents, alerts and remarks of every incident tool, from whole files.

use super::*;
use crate::test_fixtures::fixture;

/// Reads a whole fixture; each of its records must be found again from its bytes alone.
fn of_fixture(path: &str) -> Yield {
    let (name, text) = fixture(path);
    let text = String::from_utf8(text).unwrap();
    let input = MemoryInput::new(&name, text.as_bytes());
    let reading = prepare(&input, &Options::default()).unwrap();
    let mut found = Yield { kind: Some(reading.kind), ..Yield::default() };
    found.summary = read(input.open().unwrap(), &reading, &mut found).unwrap();
    for row in &found.rows {
        let [from, length] =
            [row.place.span.offset, row.place.span.length].map(|bytes| usize::try_from(bytes).unwrap());
        assert_eq!(reread(&text.as_bytes()[from..from + length], &reading).unwrap(), row.records);
    }
    found
}

fn incidents(found: &Yield) -> Vec<&Incident> {
    found
        .records()
        .filter_map(|record| if let Record::Incident(incident) = record { Some(incident.as_ref()) } else { None })
        .collect()
}

fn mentioned(mentions: &[Mention]) -> Vec<&str> {
    mentions.iter().map(|mention| mention.name.as_str()).collect()
}

/// Begin and end of an incident, as texts.
fn times(incident: &Incident) -> (String, String) {
    let said = |at: Option<Timestamp>| at.map_or_else(|| "unknown".to_owned(), |at| at.to_string());
    (said(incident.opened_at), said(incident.resolved_at))
}

fn between(begin: &str, end: &str) -> (String, String) {
    (begin.to_owned(), end.to_owned())
}

#[test]
fn pagerdutys_analytics_are_utc_unless_somebody_says_otherwise() {
    let found = of_fixture("pagerduty-analytics/no-zone.json");
    let incidents = incidents(&found);
    assert_eq!(times(incidents[0]), between("2026-09-03T01:20:14Z", "2026-09-03T02:02:50Z"));
    assert_eq!((incidents[0].title.as_str(), incidents[0].body.as_deref()), ("Checkout 5xx, see acme/pay#2214", None));
    assert_eq!((incidents[1].severity.as_deref(), incidents[1].resolved_at), (None, None));
    assert_eq!(found.warnings(), ["timezone_assumed", "cut_off"]);
    // The zone of a policy is not the zone of PagerDuty.
    let (name, text) = fixture("pagerduty-analytics/no-zone.json");
    let options = Options { default_timezone: chrono_tz::Tz::Asia__Tokyo, ..Options::default() };
    assert_eq!(prepare(&MemoryInput::new(&name, text), &options).unwrap().timezone, chrono_tz::Tz::UTC);
}

#[test]
fn pagerdutys_notes_belong_to_the_incident_that_their_file_is_named_after() {
    let found = of_fixture("pagerduty-notes/notes-Q1ZK8M0.json");
    let incidents = incidents(&found);
    assert_eq!(incidents.iter().map(|incident| incident.id.as_str()).collect::<Vec<_>>(), ["pagerduty:Q1ZK8M0"; 2]);
    let note = &incidents[0].notes[0];
    assert_eq!(note.at.unwrap().to_string(), "2026-09-03T01:50:00Z");
    assert_eq!(note.author.as_ref().unwrap().kind, PersonKind::Human);
    assert_eq!(mentioned(&incidents[0].mentions), ["PLAT-1190", "acme/pay#2215"]);
    assert_eq!(incidents[1].notes[0].author.as_ref().unwrap().kind, PersonKind::Bot);
    assert_eq!((incidents[0].opened_at, incidents[0].status.as_deref()), (None, None));
    assert_eq!(found.reasons(), ["3 content: the note says nothing."]);
    let (_, text) = fixture("pagerduty-notes/notes-Q1ZK8M0.json");
    let error = prepare(&MemoryInput::new("notes.json", text), &Options::default()).unwrap_err();
    assert!(matches!(&error, IngestError::IncidentUnknown { .. }) && error.hint().is_some(), "{error}");
}

#[test]
fn pagerdutys_log_entries_name_their_incident() {
    let found = of_fixture("pagerduty-log/note-and-acknowledgement.json");
    let incidents = incidents(&found);
    assert_eq!(
        (incidents[0].names.as_slice(), incidents[0].title.as_str()),
        (["Q1ZK8M0", "INC-5521", "PD-5521"].map(str::to_owned).as_slice(), "Checkout 5xx > 4%")
    );
    assert_eq!(incidents[0].notes[0].text, "Note added by Mara Ko\nbreak-glass merge acme/pay#2214");
    assert_eq!(mentioned(&incidents[0].mentions), ["acme/pay#2214"]);
    assert_eq!(times(incidents[1]), between("unknown", "unknown"));
    assert_eq!(found.reasons(), ["3 incident: the log entry does not say which incident it belongs to."]);
}

#[test]
fn opsgenies_incidents_end_with_their_impact() {
    let found = of_fixture("opsgenie-incidents/no-resolved-at.json");
    let incidents = incidents(&found);
    assert_eq!(times(incidents[0]), between("2026-08-14T21:50:00Z", "2026-08-14T22:40:11.020Z"));
    assert_eq!(times(incidents[1]), between("2026-08-20T08:00:21.490Z", "2026-08-20T09:30:05.030Z"));
    assert_eq!(times(incidents[2]), between("2026-08-21T08:00:21Z", "unknown"));
    assert_eq!((incidents[0].number.as_deref(), incidents[0].severity.as_deref()), (Some("41"), Some("P1")));
    // Texts name it by its short number, addresses by its id.
    assert_eq!(incidents[0].names, ["7D0C", "INC-41"]);
    assert_eq!(mentioned(&incidents[0].mentions), ["PLAT-1190", "PLAT-7", "acme/auth#418"]);
    assert_eq!((incidents[0].service.as_deref(), incidents[1].service.as_deref()), (Some("svc-login"), None));
    assert_eq!(found.warnings(), ["ends_approximate"]);
    assert_eq!(of_fixture("opsgenie-incidents/single.json").incident().id, "opsgenie:7d0c");
}

#[test]
fn alerts_are_no_incidents() {
    let check = |path: &str, expected: &[(&str, Option<bool>, &str)]| {
        let found = of_fixture(path);
        assert_eq!(incidents(&found).len(), 0, "{path}");
        let tickets: Vec<_> = found
            .records()
            .filter_map(|record| if let Record::Ticket(ticket) = record { Some(ticket) } else { None })
            .map(|ticket| {
                let closed = ticket.resolved_at.map_or_else(|| "unknown".to_owned(), |at| at.to_string());
                (ticket.key.clone(), ticket.done, closed)
            })
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|(key, done, closed)| ((*key).to_owned(), *done, (*closed).to_owned())).collect();
        assert_eq!(tickets, expected, "{path}");
        assert!(found.records().all(|record| matches!(record, Record::Ticket(ticket) if !ticket.is_change_request)));
    };
    check(
        "opsgenie-alerts/not-incidents.json",
        &[("1791", Some(true), "2026-08-14T22:40:54.400Z"), ("1792", Some(false), "unknown")],
    );
    check(
        "grafana-oncall/not-incidents.json",
        &[("I68T24C13IFW1", Some(true), "2026-09-03T02:02:50.145Z"), ("I68T24C13IFW2", Some(false), "unknown")],
    );
    check("grafana-oncall-notes/by-alert-group.json", &[("I68T24C13IFW1", None, "unknown")]);
    assert_eq!(of_fixture("opsgenie-alerts/not-incidents.json").warnings(), ["cut_off"]);
    let group = of_fixture("grafana-oncall/not-incidents.json");
    assert_eq!(
        (mentioned(&group.ticket().mentions), group.warnings()),
        (vec!["PLAT-7", "acme/pay#2214"], vec!["cut_off"])
    );
    let note = of_fixture("grafana-oncall-notes/by-alert-group.json");
    assert_eq!((note.ticket().id.as_str(), note.ticket().notes.len()), ("grafana-alert-group:I68T24C13IFW1", 1));
}

#[test]
fn incident_ios_times_go_by_their_names_and_tests_are_left_out() {
    let found = of_fixture("incident-io/tests-and-renamed-times.json");
    let incidents = incidents(&found);
    assert_eq!(incidents.len(), 2);
    assert_eq!(times(incidents[0]), between("2026-09-03T01:20:00Z", "2026-09-03T02:02:50Z"));
    assert_eq!(incidents[0].names, ["01HINC482", "INC-482"]);
    assert_eq!(mentioned(&incidents[0].mentions), ["PLAT-1190", "acme/pay#2214", "acme/pay#2215"]);
    assert_eq!(incidents[0].mentions[0].found_in, FoundIn::LinkField);
    assert_eq!(incidents[0].body.as_deref().unwrap().lines().nth(1), Some("Service: checkout"));
    // Nobody can know what a company means by "Wieder gut".
    assert_eq!(times(incidents[1]), between("2026-09-06T01:30:00Z", "unknown"));
    assert_eq!((incidents[1].severity.as_deref(), incidents[1].status.as_deref()), (None, Some("Fertig")));
    assert_eq!((found.rows.len(), found.warnings()), (3, vec!["left_out", "ends_unknown", "cut_off"]));
}

#[test]
fn rootlys_fields_stand_under_attributes() {
    let found = of_fixture("rootly/nested-attributes.json");
    let incidents = incidents(&found);
    assert_eq!(incidents.len(), 2);
    assert_eq!(times(incidents[0]), between("2026-09-03T08:20:00Z", "2026-09-03T09:02:50Z"));
    assert_eq!((incidents[0].severity.as_deref(), incidents[0].number.as_deref()), (Some("SEV1"), Some("77")));
    assert_eq!(mentioned(&incidents[0].mentions), ["PLAT-1190", "acme/pay#2214"]);
    assert_eq!(times(incidents[1]), between("2026-09-05T01:20:00Z", "unknown"));
    assert_eq!(found.warnings(), ["left_out"]);
}

#[test]
fn firehydrants_incidents_end_with_a_milestone() {
    let found = of_fixture("firehydrant/milestones.json");
    let incidents = incidents(&found);
    assert_eq!(incidents.len(), 2);
    assert_eq!(times(incidents[0]), between("2026-09-03T01:20:00Z", "2026-09-03T02:02:50Z"));
    assert_eq!((incidents[0].service.as_deref(), incidents[0].severity.as_deref()), (Some("checkout"), Some("SEV1")));
    assert_eq!(mentioned(&incidents[0].mentions), ["PLAT-1190", "acme/pay#2214"]);
    assert_eq!(times(incidents[1]), between("2026-09-05T01:20:00Z", "unknown"));
    assert_eq!(found.warnings(), ["left_out", "ends_unknown"]);
}

#[test]
fn statuspages_updates_say_when_it_ended_and_maintenance_is_left_out() {
    let found = of_fixture("statuspage/public-page.json");
    let incidents = incidents(&found);
    assert_eq!(incidents.len(), 1);
    assert_eq!(times(incidents[0]), between("2026-09-03T01:20:14Z", "2026-09-03T02:02:50Z"));
    assert_eq!(incidents[0].names, ["P31ZJTCT2JER", "803310A12"]);
    assert_eq!((incidents[0].service.as_deref(), incidents[0].notes.len()), (Some("Checkout"), 3));
    assert_eq!(mentioned(&incidents[0].mentions), ["PLAT-1190"]);
    assert_eq!(found.warnings(), ["left_out", "coverage"]);
    assert_eq!(of_fixture("statuspage/management.json").incident().severity.as_deref(), Some("none"));
}

#[test]
fn rows_without_what_names_them_and_with_unreadable_times_are_rejects() {
    let check = |path: &str, from: &str, to: &str, expected: &str| {
        let (name, text) = fixture(path);
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains(from), "{path}: {from}");
        let input = MemoryInput::new(&name, text.replacen(from, to, 1).into_bytes());
        let reading = prepare(&input, &Options::default()).unwrap();
        let mut found = Yield::default();
        read(input.open().unwrap(), &reading, &mut found).unwrap();
        assert!(found.reasons().iter().any(|reason| reason.contains(expected)), "{path}: {:?}", found.reasons());
    };
    let opsgenie = "opsgenie-incidents/no-resolved-at.json";
    check(opsgenie, "\"7d0d\"", "null", "2 id: the incident has no id.");
    check(opsgenie, "2026-08-14T22:40:11.02Z", "late", "1 impactEndDate: \"late\" is no readable time");
    check("opsgenie-alerts/not-incidents.json", "\"a1-2\"", "\"\"", "2 id: the alert has no id.");
    check("incident-io/tests-and-renamed-times.json", "2026-09-03T02:02:50Z", "soon", "1 incident_timestamp_values:");
    check("rootly/nested-attributes.json", "2026-09-03T02:02:50.000-07:00", "soon", "1 resolved_at:");
    check("firehydrant/milestones.json", "2026-09-03T02:02:50.000Z", "soon", "1 milestones:");
    check("statuspage/management.json", "2026-09-06T11:00:00.000Z\",\"impact", "soon\",\"impact", "1 resolved_at:");
    check("grafana-oncall/not-incidents.json", "2026-09-03T02:02:50.145112Z", "soon", "1 resolved_at:");
    check("grafana-oncall-notes/by-alert-group.json", "\"I68T24C13IFW1\"", "null", "1 alert_group_id:");
}

#[test]
fn a_tool_knows_by_its_own_words_whether_an_incident_is_over() {
    let check = |shape: &str, states: &[(&str, Option<bool>)]| {
        for (state, expected) in states {
            let found = import(&shape.replace("STATE", state));
            let incident = found.incident();
            assert_eq!((incident.ended, incident.resolved_at), (*expected, None), "{} {state}", incident.source);
        }
    };
    check(
        r#"{"data":[{"id":"a","type":"incidents","attributes":{"sequential_id":1,"mitigated_at":null,"status":"STATE"}}]}"#,
        &[("resolved", Some(true)), ("cancelled", Some(true)), ("mitigated", Some(false)), ("on fire", None)],
    );
    check(
        r#"{"data":[{"id":"a","number":1,"name":"x","started_at":"2026-09-03T01:20:00Z","current_milestone":"STATE","milestones":[]}]}"#,
        &[("postmortem_started", Some(true)), ("mitigated", Some(false)), ("customer_told", None)],
    );
    // The customer's own word for a status may say the opposite of its category.
    check(
        r#"{"incidents":[{"id":"a","reference":"INC-1","mode":"standard","incident_status":{"name":"Done for now","category":"STATE"},"incident_timestamp_values":[]}]}"#,
        &[("live", Some(false)), ("paused", Some(false)), ("learning", Some(true)), ("merged", Some(true))],
    );
    check(
        r#"[{"id":"a","name":"x","impact":"minor","shortlink":"s","status":"STATE","incident_updates":[]}]"#,
        &[("postmortem", Some(true)), ("monitoring", Some(false)), ("elevated", None)],
    );
    check(
        r#"{"incidents":[{"id":"Q1","incident_number":1,"status":"STATE","urgency":"high","created_at":"2026-09-03T01:20:14Z"}]}"#,
        &[("resolved", Some(true)), ("acknowledged", Some(false))],
    );
    check(
        r#"{"data":[{"id":"a","tinyId":"4","message":"m","status":"STATE","impactStartDate":"2026-08-14T21:50:00Z","responders":[],"extraProperties":{}}]}"#,
        &[("open", Some(false)), ("closed", Some(true))],
    );
    check(
        r#"{"records":[{"number":"INC0000001","sys_class_name":"incident","incident_state":"STATE","caller_id":"x","opened_at":"2026-08-14 21:50:00"}]}"#,
        &[
            ("7", Some(true)),
            ("2", Some(false)),
            ("Behoben", Some(true)),
            ("In Progress", Some(false)),
            ("Limbo", None),
        ],
    );
}
