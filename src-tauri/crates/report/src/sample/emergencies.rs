use super::at;
use crate::content::{
    Approval, EmergencyEntry, EvidenceReference, IncidentReference, Record, SignalEntry, Statement, TicketReference,
};
use change_ledger_model::{
    Timestamp,
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState, Signal},
    record::{FoundIn, Span},
};

/// Seven emergencies, one for each way in which they go right or wrong.
pub(super) fn emergencies() -> Vec<EmergencyEntry> {
    let calm = calm();
    let entry = |number: u32, title: &str, implemented: &str| EmergencyEntry {
        id: format!("github:lumen/routing#{number}"),
        title: title.into(),
        url: Some(format!("https://github.com/lumen/routing/pull/{number}")),
        ..moved(calm.clone(), at(implemented))
    };
    vec![
        calm.clone(),
        EmergencyEntry {
            approved_after: Some(approval("Ines Okafor", "2026-07-22T09:41:00Z")),
            review: ReviewState::Late,
            batch_stamped: true,
            ..entry(1290, "Restore consumer group offsets after broker failover", "2026-07-20T22:10:00Z")
        },
        EmergencyEntry {
            class: Class::UnlabelledEmergency,
            incident_link: IncidentLinkState::Dangling,
            incidents: vec![IncidentReference {
                imported: false,
                title: None,
                severity: None,
                opened_at: None,
                resolved_at: None,
                names_back: false,
                name: "INC-5610".into(),
                ..calm.incidents[0].clone()
            }],
            approved_after: Some(approval("Tomasz Brandt", "2026-08-03T06:15:00Z")),
            authorisation: Record::Missing,
            signals: vec![
                SignalEntry { signal: Signal::Unreviewed, text: None },
                SignalEntry { signal: Signal::EmergencyWords, text: Some("urgent fix".into()) },
            ],
            ..entry(1311, "Urgent fix for duplicate waybills", "2026-08-02T21:02:00Z")
        },
        EmergencyEntry {
            review: ReviewState::NotOwed,
            approval: ApprovalTiming::Before,
            approved_before: Some(approval("Ines Okafor", "2026-08-14T10:50:00Z")),
            approved_after: None,
            review_due_at: None,
            incident_link: IncidentLinkState::OneWay,
            ..entry(1342, "[hotfix] Rotate leaked carrier API key", "2026-08-14T11:00:00Z")
        },
        EmergencyEntry {
            class: Class::UnlabelledEmergency,
            incident_link: IncidentLinkState::Missing,
            incidents: vec![],
            tickets: vec![],
            author: None,
            merged_by: None,
            self_merged: None,
            approval: ApprovalTiming::Unknown,
            approved_after: None,
            review: ReviewState::Unknown,
            authorisation: Record::Unknown,
            justification: Record::Unknown,
            documentation: Record::Unknown,
            documented_on_time: None,
            ..entry(1360, "Roll back the tariff table", "2026-09-01T03:12:00Z")
        },
        EmergencyEntry {
            approved_after: None,
            review: ReviewState::Overdue,
            approval: ApprovalTiming::Never,
            justification: Record::Missing,
            documentation: Record::Missing,
            documented_on_time: Some(false),
            ..entry(1388, "Emergency: disable the geocoder cache", "2026-09-19T17:45:00Z")
        },
        EmergencyEntry {
            approved_after: None,
            review: ReviewState::Pending,
            approval: ApprovalTiming::Never,
            review_due_at: Some(at("2026-10-05T20:30:00Z")),
            documented_on_time: Some(false),
            ..entry(1401, "Emergency: raise connection pool limit", "2026-09-30T20:30:00Z")
        },
    ]
}

/// The same emergency with everything at the same distance from another implementation.
fn moved(mut entry: EmergencyEntry, implemented_at: Timestamp) -> EmergencyEntry {
    let distance = implemented_at.millis() - entry.implemented_at.millis();
    let move_time = |time: &mut Timestamp| *time = Timestamp::from_millis(time.millis() + distance).unwrap();
    move_time(&mut entry.implemented_at);
    let approvals = entry.approved_after.iter_mut().map(|approval| &mut approval.at);
    let incidents =
        entry.incidents.iter_mut().flat_map(|incident| [&mut incident.opened_at, &mut incident.resolved_at]);
    let times = entry.opened_at.iter_mut().chain(&mut entry.review_due_at).chain(incidents.flatten()).chain(approvals);
    times.for_each(move_time);
    for record in [&mut entry.authorisation, &mut entry.justification, &mut entry.documentation] {
        if let Record::Recorded(statement) = record {
            statement.at.iter_mut().for_each(move_time);
        }
    }
    entry
}

fn approval(by: &str, time: &str) -> Approval {
    Approval { by: by.into(), at: at(time) }
}

/// An emergency with which an auditor has no trouble.
fn calm() -> EmergencyEntry {
    EmergencyEntry {
        id: "github:lumen/routing#1274".into(),
        title: "Emergency: stop sending empty manifests to customs".into(),
        repository: Some("lumen/routing".into()),
        url: Some("https://github.com/lumen/routing/pull/1274".into()),
        author: Some("Jonas Ferreira".into()),
        merged_by: Some("Jonas Ferreira".into()),
        class: Class::DeclaredEmergency,
        opened_at: Some(at("2026-07-08T01:22:00Z")),
        implemented_at: at("2026-07-08T01:40:00Z"),
        approval: ApprovalTiming::After,
        approved_before: None,
        approved_after: Some(approval("Ines Okafor", "2026-07-08T07:55:00Z")),
        review: ReviewState::OnTime,
        review_due_at: Some(at("2026-07-09T01:40:00Z")),
        incident_link: IncidentLinkState::TwoWay,
        incidents: vec![IncidentReference {
            name: "INC-5521".into(),
            title: Some("Customs gateway rejects all manifests".into()),
            severity: Some("P1".into()),
            opened_at: Some(at("2026-07-08T00:51:00Z")),
            resolved_at: Some(at("2026-07-08T02:05:00Z")),
            found_in: FoundIn::Body,
            text: "Incident: INC-5521".into(),
            via_ticket: None,
            imported: true,
            names_back: true,
        }],
        tickets: vec![TicketReference {
            key: "ROUT-882".into(),
            title: Some("Empty manifests after schema change".into()),
            kind: Some("Emergency change".into()),
            found_in: FoundIn::Branch,
        }],
        authorisation: Record::Recorded(Statement {
            text: "Bypass authorised by Tomasz Brandt, engineering lead, on the incident call.".into(),
            by: Some("Tomasz Brandt".into()),
            at: Some(at("2026-07-08T01:31:00Z")),
            place: "comment on ROUT-882".into(),
        }),
        justification: Record::Recorded(Statement {
            text: "Customs refuses every truck at the border until manifests carry goods lines again.\nA regular review would have taken until the morning shift.".into(),
            by: Some("Jonas Ferreira".into()),
            at: None,
            place: "description of the change".into(),
        }),
        documentation: Record::Recorded(Statement {
            text: "Documented in the incident log with timeline and follow-up.".into(),
            by: Some("Ines Okafor".into()),
            at: Some(at("2026-07-08T09:20:00Z")),
            place: "note on INC-5521".into(),
        }),
        documented_on_time: Some(true),
        failed: Vec::new(),
        signals: vec![
            SignalEntry { signal: Signal::EmergencyLabel, text: Some("label “emergency”".into()) },
            SignalEntry { signal: Signal::Unreviewed, text: None },
            SignalEntry { signal: Signal::IncidentLink, text: Some("INC-5521".into()) },
            SignalEntry { signal: Signal::OutOfHours, text: Some("Wed 03:40".into()) },
        ],
        self_merged: Some(true),
        self_approved: false,
        batch_stamped: false,
        evidence: vec![
            EvidenceReference { record: "pull request".into(), file: "routing-prs.json".into(), sha256: "4f".repeat(32), span: Span { offset: 1_204_811, length: 4_311 } },
            EvidenceReference { record: "ticket ROUT-882".into(), file: "jira-export.csv".into(), sha256: "c7".repeat(32), span: Span { offset: 88_120, length: 1_902 } },
            EvidenceReference { record: "incident INC-5521".into(), file: "pagerduty.json".into(), sha256: "1a".repeat(32), span: Span { offset: 20_488, length: 2_750 } },
        ],
    }
}
