//! Traps of incidents, alerts and what was noted about them.

use super::{Trap, file, text};
use change_ledger_model::source::SourceKind::{
    Firehydrant, GrafanaOncall, GrafanaOncallNotes, IncidentIo, OpsgenieAlerts, OpsgenieCsv, OpsgenieIncidents,
    PagerdutyAnalytics, PagerdutyCsv, PagerdutyJson, PagerdutyLog, PagerdutyNotes, Rootly, Statuspage,
};

pub(super) fn traps() -> Vec<Trap> {
    [pagerduty(), others()].into_iter().flatten().collect()
}

fn pagerduty() -> Vec<Trap> {
    vec![
        file(
            PagerdutyJson,
            "incidents merged into another look like resolved ones",
            "merged-into-another.json",
            &["incident pagerduty:Q1ZK8M2 … merged=pagerduty:Q1ZK8M0"],
            &["merged=?"],
        ),
        file(
            PagerdutyJson,
            "resolved ones may have no time of resolution of their own",
            "no-resolved-at.json",
            &["opened=2026-09-03T01:20:14Z resolved=2026-09-03T02:02:50Z"],
            &["resolved=?"],
        ),
        file(
            PagerdutyJson,
            "a priority that nobody set is null or not there at all",
            "with-notes.json",
            &["Q2AB9M1 … severity=? urgency=low", "2026-09-04T06:40:00Z … merged acme/pay#2215"],
            &["severity=null"],
        ),
        file(
            PagerdutyCsv,
            "columns named otherwise than in the REST interface",
            "advanced-report.csv",
            &["Q1ZK8M0 … opened=2026-09-03T01:20:14Z resolved=2026-09-03T02:02:50Z … title=Checkout 5xx"],
            &[],
        ),
        text(
            PagerdutyCsv,
            "the basic report has the number of an incident and not its id",
            "#,Service,Opened On,Resolved On,Resolve By,Duration,# Escalations\n5521,checkout,2026-09-03T01:20:14Z,,,,0\n",
            &["incident pagerduty:5521 … opened=2026-09-03T01:20:14Z resolved=?"],
            &[],
        ),
        file(
            PagerdutyAnalytics,
            "times without a zone: UTC, unless time_zone was asked for",
            "no-zone.json",
            &["opened=2026-09-03T01:20:14Z", "warning timezone_assumed"],
            &[],
        ),
        file(
            PagerdutyAnalytics,
            "the title is called a description",
            "no-zone.json",
            &["title=Checkout 5xx, see acme/pay#2214"],
            &[],
        ),
        file(
            PagerdutyNotes,
            "the answer does not say which incident it is about: the name of the file must hold its id",
            "notes-Q1ZK8M0.json",
            &["incident pagerduty:Q1ZK8M0 … opened=? resolved=?", "cannot tell IncidentTimes"],
            &[],
        ),
        file(
            PagerdutyLog,
            "the text of a note is in the entry's channel, which is only there when it was asked for",
            "note-and-acknowledgement.json",
            &["notes=[2026-09-03T01:50:00Z … break-glass merge acme/pay#2214"],
            &[],
        ),
        file(
            PagerdutyCsv,
            "no priority in older reports",
            "advanced-report.csv",
            &["severity=? urgency=high"],
            &["severity=high"],
        ),
        file(
            PagerdutyLog,
            "the incident is a reference: its times and priority are in the export of incidents",
            "note-and-acknowledgement.json",
            &["incident pagerduty:Q1ZK8M0 … severity=? … opened=? resolved=?"],
            &[],
        ),
        file(
            PagerdutyNotes,
            "the incident itself is in another export",
            "notes-Q1ZK8M0.json",
            &["incident pagerduty:Q1ZK8M0 status=? severity=? urgency=? service=? opened=? resolved=?"],
            &[],
        ),
        file(
            PagerdutyAnalytics,
            "no notes and no longer text: whether an incident names a change is only known from its title",
            "no-zone.json",
            &["pagerduty:Q1ZK8M0 … body=? notes=[] links=[Change acme/pay#2214 Title]", "cannot tell Notes"],
            &[],
        ),
    ]
}

fn others() -> Vec<Trap> {
    vec![
        file(
            OpsgenieIncidents,
            "no time of resolution: the end of the impact, else the last update of one that is no longer open",
            "no-resolved-at.json",
            &[
                "7d0c … resolved=2026-08-14T22:40:11.020Z",
                "7d0d … resolved=2026-08-20T09:30:05.030Z",
                "7d0e … resolved=?",
                "warning ends_approximate",
            ],
            &[],
        ),
        file(
            OpsgenieAlerts,
            "an alert is no incident: it becomes a ticket and is not counted as an outage",
            "not-incidents.json",
            &["ticket opsgenie-alert:a1-1"],
            &["incident opsgenie"],
        ),
        file(
            OpsgenieAlerts,
            "the time of closing is only in the report, as milliseconds since the alert began",
            "not-incidents.json",
            &["a1-1 … resolved=2026-08-14T22:40:54.400Z", "a1-2 … resolved=?"],
            &[],
        ),
        file(
            OpsgenieCsv,
            "an alert is no incident: it becomes a ticket and is not counted as an outage",
            "milliseconds.csv",
            &["ticket opsgenie-alert:1791"],
            &["incident "],
        ),
        file(
            OpsgenieCsv,
            "times as milliseconds since 1970",
            "milliseconds.csv",
            &["ticket opsgenie-alert:1791 … opened=2026-08-14T21:58:03.400Z"],
            &["incident opsgenie"],
        ),
        file(
            IncidentIo,
            "tests and tutorials look like incidents; they are left out and counted",
            "tests-and-renamed-times.json",
            &["warning left_out: … 1"],
            &["01HINC483"],
        ),
        file(
            IncidentIo,
            "times are a list by name, and every company names them as it likes: begin and end are known by the usual names only",
            "tests-and-renamed-times.json",
            &[
                "01HINC482 … opened=2026-09-03T01:20:00Z resolved=2026-09-03T02:02:50Z",
                "01HINC484 … resolved=?",
                "warning ends_unknown",
            ],
            &[],
        ),
        file(
            Rootly,
            "mitigated is not resolved",
            "nested-attributes.json",
            &["000000000003 … resolved=?"],
            &["resolved=2026-09-05T01:30:00Z"],
        ),
        file(
            Rootly,
            "tests, examples and planned maintenance look like incidents; they are left out and counted",
            "nested-attributes.json",
            &["warning left_out"],
            &["000000000002"],
        ),
        file(
            Firehydrant,
            "the end is a milestone, not a field",
            "milestones.json",
            &["0a1b-1 … resolved=2026-09-03T02:02:50Z", "0a1b-3 … resolved=?"],
            &[],
        ),
        file(
            Firehydrant,
            "an incident that was discarded is still listed; it is left out and counted",
            "milestones.json",
            &["warning left_out"],
            &["0a1b-2"],
        ),
        file(
            Statuspage,
            "planned maintenance is in the same list; it is left out and counted",
            "public-page.json",
            &["warning left_out"],
            &["title=Database upgrade"],
        ),
        text(
            Statuspage,
            "an incident that is resolved may have no time of resolution: the update that says so has one",
            r#"[{"id":"p1","name":"Down","status":"resolved","impact":"major","created_at":"2026-09-03T01:00:00Z","started_at":"2026-09-03T01:00:00Z","resolved_at":null,"incident_updates":[{"status":"resolved","body":"Over.","created_at":"2026-09-03T02:00:00Z","display_at":"2026-09-03T02:00:00Z"}],"components":[]}]"#,
            &["incident statuspage:p1 … resolved=2026-09-03T02:00:00Z"],
            &[],
        ),
        text(
            IncidentIo,
            "an incident that was declined, cancelled or merged keeps that as its status",
            r#"{"incidents":[{"id":"01H","reference":"INC-1","name":"Alarm","mode":"standard","incident_status":{"name":"Declined","category":"declined"},"severity":null,"created_at":"2026-09-03T01:30:00Z","updated_at":"2026-09-03T01:40:00Z","incident_timestamp_values":[]}],"pagination_meta":{"after":"","page_size":25}}"#,
            &["incident incident.io:01H status=Declined"],
            &[],
        ),
        file(
            Statuspage,
            "an incident that was entered later was created after it started",
            "management.json",
            &["opened=2026-09-06T09:55:00Z"],
            &[],
        ),
        file(
            GrafanaOncall,
            "an alert group is no incident: it becomes a ticket and is not counted as an outage",
            "not-incidents.json",
            &["ticket grafana-alert-group:I68T24C13IFW1"],
            &["incident "],
        ),
        file(
            GrafanaOncallNotes,
            "a note names its alert group by id; the group itself is in another export",
            "by-alert-group.json",
            &["ticket grafana-alert-group:I68T24C13IFW1 … resolved=? … notes=[2026-09-03T02:10:00Z"],
            &[],
        ),
        file(
            Rootly,
            "every field stands one level deeper than elsewhere, the severity three",
            "nested-attributes.json",
            &[
                "000000000001 status=resolved severity=SEV1 … opened=2026-09-03T08:20:00Z resolved=2026-09-03T09:02:50Z … title=Checkout down",
            ],
            &[],
        ),
        text(
            Rootly,
            "services and teams are references without names",
            r#"{"data":[{"id":"5f6d","type":"incidents","attributes":{"sequential_id":77,"kind":"normal","title":"t","status":"started","started_at":"2026-09-03T01:20:00Z","mitigated_at":null,"retrospective_progress_status":"x"},"relationships":{"services":{"data":[{"id":"svc-1","type":"services"}]},"groups":{"data":[{"id":"team-1","type":"groups"}]}}}]}"#,
            &["incident rootly:5f6d … service=?"],
            &["svc-1", "team-1"],
        ),
        file(
            OpsgenieIncidents,
            "services and people are ids without names",
            "no-resolved-at.json",
            &["7d0c … service=svc-login"],
            &["t1"],
        ),
        file(
            OpsgenieIncidents,
            "fractions of a second without their trailing zeros",
            "no-resolved-at.json",
            &["7d0c … resolved=2026-08-14T22:40:11.020Z"],
            &[":11.002Z"],
        ),
        file(
            OpsgenieAlerts,
            "the list has no descriptions; a single alert has",
            "not-incidents.json",
            &["a1-1 … body=\"login-5xx\""],
            &[],
        ),
        text(
            OpsgenieAlerts,
            "the list has no descriptions; a single alert has",
            r#"{"data":{"id":"a1-1","tinyId":"1791","alias":"login-5xx","message":"login 5xx","description":"since acme/auth#418","status":"open","acknowledged":true,"isSeen":true,"tags":[],"createdAt":"2026-08-14T21:58:03.4Z","updatedAt":"2026-08-14T22:41:00Z","source":"checks","owner":"","priority":"P1","responders":[],"integration":{"id":"i1"}},"took":0.02,"requestId":"r3"}"#,
            &["a1-1 … body=\"since acme/auth#418 … Change acme/auth#418 Body"],
            &[],
        ),
        text(
            OpsgenieCsv,
            "columns are called otherwise from export to export",
            "Alert Id,Tiny Id,Alias,Message,Status,Priority,Created Time,Updated Time,Owner,Tags\na1-1,1791,login-5xx,login 5xx,closed,P1,1786744683400,1786747260000,mara@acme.example.com,sev1|PLAT-1190\n",
            &["opened=2026-08-14T21:58:03.400Z … labels=[\"sev1\", \"PLAT-1190\"] title=login 5xx"],
            &[],
        ),
        text(
            GrafanaOncall,
            "an example of the manual that was copied has a comma too many",
            r#"{"count":1,"next":null,"previous":null,"results":[{"id":"I68T24C13IFW1","integration_id":"CFRPV98RPR1U8","route_id":"RIYGUJXCPFHXY","alerts_count":3,"state":"resolved","created_at":"2026-09-03T01:20:01Z","resolved_at":"2026-09-03T02:02:50Z","title":"Checkout 5xx",},],}"#,
            &["reject 1 … trailing comma"],
            &[],
        ),
        file(
            GrafanaOncall,
            "who acknowledged or resolved is an id",
            "not-incidents.json",
            &["grafana-alert-group:I68T24C13IFW1 … assignee=?"],
            &["UCGEIXI1MR1NZ"],
        ),
    ]
}
