//! Incidents.

use super::*;

#[test]
fn pagerduty_incidents_keep_what_they_are_called() {
    let text = r##"{"incidents":[{"id":"Q1ZK8M0","incident_number":5521,"title":"Checkout 5xx","summary":"[#5521] Checkout 5xx","status":"resolved","urgency":"high","priority":{"summary":"P1"},"created_at":"2026-09-03T01:20:14.000000Z","last_status_change_at":"2026-09-03T04:02:50+02:00","resolved_at":null,"service":{"id":"S","summary":"checkout"},"html_url":"https://acme.pagerduty.com/incidents/Q1ZK8M0","body":{"details":{"runbook":"PLAT-7","urls":["https://github.com/acme/pay/pull/2214"]}},"custom_fields":[{"name":"ticket","display_name":"Ticket","value":["OPS-9"]}],"notes":[{"user":{"summary":"Mara Ko"},"content":"PD-5521: rolled back by acme/pay#2215","created_at":"2026-09-03T01:50:00-05:00"}]},
    {"id":"Q2","incident_number":5522,"title":"dup","status":"resolved","created_at":"2026-09-03T01:20:14Z","resolve_reason":{"type":"merge_resolve_reason","incident":{"id":"Q1ZK8M0"}}},
    {"incident_number":1}],"limit":100,"more":false}"##;
    let found = import(text);
    assert_eq!(found.kind, Some(SourceKind::PagerdutyJson));
    let incident = found.incident();
    assert_eq!(incident.names, ["Q1ZK8M0", "INC-5521", "PD-5521"]);
    assert_eq!(
        (incident.severity.as_deref(), incident.urgency.as_deref(), incident.service.as_deref()),
        (Some("P1"), Some("high"), Some("checkout"))
    );
    assert_eq!(incident.resolved_at.unwrap().to_string(), "2026-09-03T02:02:50Z");
    assert_eq!(incident.notes[0].at.unwrap().to_string(), "2026-09-03T06:50:00Z");
    let names: Vec<&str> = incident.mentions.iter().map(|mention| mention.name.as_str()).collect();
    assert_eq!(names, ["OPS-9", "PLAT-7", "acme/pay#2214", "acme/pay#2215"]);
    let Some(Record::Incident(merged)) = found.records().nth(1) else { panic!("two incidents") };
    assert_eq!((merged.merged_into.as_deref(), merged.resolved_at), (Some("pagerduty:Q1ZK8M0"), None));
    assert_eq!(found.reasons(), ["3 id: the incident has no id."]);
}

#[test]
fn pagerduty_analytics_have_no_zone() {
    let text = r#"{"data":[{"id":"Q3","incident_number":4,"description":"Down","service_name":"api","created_at":"2026-05-31T10:05:00","resolved_at":"2026-05-31T11:05:00","urgency":"low","priority_name":null,"status":"resolved"}],"more":false}"#;
    let options = Options { timezone: Some(chrono_tz::Tz::Europe__Berlin), ..Options::default() };
    let (found, _) = import_with(text, &options).unwrap();
    assert_eq!(
        (found.incident().title.as_str(), found.incident().opened_at.unwrap().to_string().as_str()),
        ("Down", "2026-05-31T08:05:00Z")
    );
    assert_eq!((found.summary.timezone_used, found.warnings().len()), (Some(chrono_tz::Tz::Europe__Berlin), 0));
    assert_eq!(import(text).warnings(), ["timezone_assumed"]);
}
