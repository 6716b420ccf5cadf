//! A quarter of a fictional company, for tests.

use crate::content::{
    Approval, ChangeEntry, EmergencyEntry, EvidenceReference, IncidentReference, PolicyTerms, QuarterReport, Record,
    SignalEntry, Standing, Statement, TicketReference, TitleBlock,
};
use change_ledger_model::{
    Timestamp,
    import::{ImportManifest, ImportStatus, ImportWarning, RecordCounts, RowCounts},
    judgement::{ApprovalTiming, Class, IncidentLinkState, RatioState, ReviewState, Signal},
    policy::PolicyHistory,
    quarter::Quarter,
    quarterly::{
        ApprovalCounts, ClassCounts, CountAndShare, MissingIncidentLinks, OnTimeShare, QuarterMetrics, RecordedShare,
        RetroactiveReview,
    },
    record::{FoundIn, Span},
    source::{Fact, SourceKind},
};

pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

pub(crate) const AS_OF: &str = "2026-10-05T08:00:00Z";

/// A quarter with seven emergencies, one for each way in which they go right or wrong.
pub(crate) fn report() -> QuarterReport {
    let emergencies = emergencies();
    let unreviewed =
        vec![unreviewed("github:lumen/billing#918", "Bump retry budget of the ledger export", "2026-08-11T15:20:00Z")];
    let mut quarters: Vec<QuarterMetrics> =
        [(402, 31), (377, 41), (391, 33), (420, 22), (398, 19), (0, 0), (433, 14), (441, 9)]
            .into_iter()
            .enumerate()
            .map(|(place, (changes, emergencies))| {
                past_quarter(
                    Quarter::new(2024, 3).unwrap().ordinal() + i32::try_from(place).unwrap(),
                    changes,
                    emergencies,
                )
            })
            .collect();
    quarters.push(metrics_of(Quarter::new(2026, 3).unwrap(), 428, &emergencies, &unreviewed, at(AS_OF)));
    QuarterReport {
        title: TitleBlock {
            company: Some("Lumen Freight GmbH".into()),
            scope: "All repositories (4)".into(),
            prepared_by: Some("Mara Kowalczyk".into()),
            reviewed_by: None,
            commentary: Some("The overdue review of E7 is scheduled with the platform team for this week.\nFrom October on, the deployment bot refuses hotfix branches without an incident key.".into()),
            standing: Standing::Sample,
        },
        as_of: at(AS_OF),
        timezone: chrono_tz::Europe::Berlin,
        tool: "Change Ledger 0.1.0".into(),
        policies: vec![PolicyTerms::of(PolicyHistory::initial().unwrap().at(at(AS_OF)))],
        quarters,
        emergencies,
        unreviewed,
        imports: imports(),
        undated: 2,
        completeness: vec!["Repository lumen/edge has no change between 14 July and 2 September 2026.".into()],
        ledger_head: Some("9b".repeat(32)),
    }
}

/// The same report for a quarter in which nothing happened.
pub(crate) fn empty_report() -> QuarterReport {
    let mut report = report();
    report.emergencies.clear();
    report.unreviewed.clear();
    report.imports.clear();
    report.completeness.clear();
    report.undated = 0;
    report.ledger_head = None;
    report.quarters.pop();
    report.quarters.push(metrics_of(Quarter::new(2026, 3).unwrap(), 0, &[], &[], at(AS_OF)));
    report
}

/// The same report with text that tries to be more than text.
pub(crate) fn hostile_report() -> QuarterReport {
    let mut report = report();
    let texts = [
        "#set page(fill: red) #panic() *bold* _it_ $x$ `raw` <label> @ref \\ // /* ",
        "</title><script>alert(1)</script><img src=x onerror=alert(1)> &amp; \"' {{ 7*7 }} {% raw %}",
        "\u{202E}evil\u{2066} שלום עולם مرحبا بالعالم",
        "事故 🚒👩\u{200D}🚒 e\u{301}\u{300}\u{302} \u{E000}\u{F8FF} \u{10FFFF}",
        "\u{0}\u{1}\u{7}\u{1b}[31m\u{85}\u{2028}\u{FEFF}\u{FFFE}\u{AD}\u{200B}",
    ];
    for (entry, text) in report.emergencies.iter_mut().zip(texts.iter().cycle()) {
        entry.title = (*text).to_owned();
        entry.author = Some((*text).to_owned());
        entry.id = format!("github:{}#{text}", "x".repeat(300));
        entry.url = Some(format!("javascript:{text}"));
        entry.justification = Record::Recorded(Statement {
            text: text.repeat(90),
            by: Some((*text).into()),
            at: None,
            place: (*text).into(),
        });
        for incident in &mut entry.incidents {
            incident.text = (*text).to_owned();
        }
        for evidence in &mut entry.evidence {
            evidence.file = format!("{text}/{}", "y".repeat(300));
        }
    }
    report.title.company = Some(texts.concat());
    report.title.commentary = Some(texts.join("\n"));
    report
}

fn unreviewed(id: &str, title: &str, implemented_at: &str) -> ChangeEntry {
    ChangeEntry {
        id: id.into(),
        title: title.into(),
        repository: Some("lumen/billing".into()),
        author: Some("Ines Okafor".into()),
        implemented_at: at(implemented_at),
        approved_after: None,
        self_merged: Some(true),
    }
}

fn emergencies() -> Vec<EmergencyEntry> {
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

fn imports() -> Vec<ImportManifest> {
    let file = |id: i64, name: &str, kind: SourceKind, digit: &str, rows: u64, rejected: u64| ImportManifest {
        id: Some(id),
        file: name.into(),
        sha256: digit.repeat(32),
        bytes: rows * 1_400,
        source: kind.tool().into(),
        kind,
        recognised_by: "its fields".into(),
        status: ImportStatus::Imported,
        rows: RowCounts { read: rows, accepted: rows - rejected, rejected, ..RowCounts::default() },
        records: RecordCounts { changes: rows - rejected, ..RecordCounts::default() },
        first: Some(at("2024-07-01T06:12:00Z")),
        last: Some(at("2026-10-04T19:48:00Z")),
        carries: vec![Fact::Author, Fact::ApprovalTime],
        cannot_tell: vec![],
        timezone: None,
        imported_at: at("2026-10-05T07:30:00Z"),
        warnings: vec![],
    };
    vec![
        file(1, "routing-prs.json", SourceKind::GithubGh, "4f", 1_990, 0),
        ImportManifest {
            warnings: vec![ImportWarning {
                code: "cut_off".into(),
                message:
                    "The file has exactly 1,000 rows, the most that this export writes: older changes may be missing."
                        .into(),
            }],
            cannot_tell: vec![Fact::ReviewedCommit, Fact::LinkFields],
            ..file(2, "billing-prs.json", SourceKind::GithubGh, "8d", 1_000, 3)
        },
        file(3, "jira-export.csv", SourceKind::JiraCsv, "c7", 612, 0),
        file(4, "pagerduty.json", SourceKind::PagerdutyJson, "1a", 148, 0),
    ]
}

fn share(part: u64, total: u64) -> Option<f64> {
    (total > 0).then(|| part as f64 / total as f64)
}

fn past_quarter(ordinal: i32, changes: u64, emergencies: u64) -> QuarterMetrics {
    let quarter = Quarter::from_ordinal(ordinal);
    let mut metrics = metrics_of(quarter, changes, &[], &[], at(AS_OF));
    let unlabelled = emergencies / 3;
    let owed = emergencies - emergencies / 4;
    let late = owed / 5;
    let overdue = owed / 9;
    metrics.classes = ClassCounts {
        declared_emergency: emergencies - unlabelled,
        unlabelled_emergency: unlabelled,
        unreviewed: changes / 80,
        exempt: 0,
        routine: changes - emergencies - changes / 80,
    };
    metrics.emergencies = emergencies;
    metrics.emergency_ratio = share(emergencies, changes);
    metrics.ratio_state = state(metrics.emergency_ratio);
    metrics.unlabelled_emergencies = CountAndShare { count: unlabelled, share: share(unlabelled, emergencies) };
    metrics.missing_incident_links = MissingIncidentLinks {
        count: unlabelled,
        share: share(unlabelled, emergencies),
        none: unlabelled,
        dangling: 0,
        one_way: 1,
    };
    metrics.retroactive_review = RetroactiveReview {
        owed,
        on_time: owed - late - overdue,
        late,
        overdue,
        median_hours: (owed > 0).then_some(9.5),
        p90_hours: (owed > 0).then_some(31.0),
        on_time_rate: share(owed - late - overdue, owed),
        ..metrics.retroactive_review
    };
    metrics.authorisation = RecordedShare { recorded: emergencies / 2, share: share(emergencies / 2, emergencies) };
    metrics.justification = metrics.authorisation;
    metrics.documentation = OnTimeShare { on_time: emergencies / 2, share: share(emergencies / 2, emergencies) };
    metrics
}

fn state(ratio: Option<f64>) -> RatioState {
    match ratio {
        None => RatioState::NotApplicable,
        Some(ratio) if ratio > 0.10 => RatioState::Breach,
        Some(ratio) if ratio > 0.05 => RatioState::Warning,
        Some(_) => RatioState::Within,
    }
}

/// The metrics that belong to a list of emergencies.
pub(crate) fn metrics_of(
    quarter: Quarter,
    changes: u64,
    emergencies: &[EmergencyEntry],
    unreviewed: &[ChangeEntry],
    as_of: Timestamp,
) -> QuarterMetrics {
    let count =
        |holds: &dyn Fn(&EmergencyEntry) -> bool| emergencies.iter().filter(|entry| holds(entry)).count() as u64;
    let total = emergencies.len() as u64;
    let in_state = |state| count(&|entry| entry.review == state);
    let unlabelled = count(&|entry| entry.class == Class::UnlabelledEmergency);
    let none = count(&|entry| entry.incident_link == IncidentLinkState::Missing);
    let dangling = count(&|entry| entry.incident_link == IncidentLinkState::Dangling);
    let recorded = |n| RecordedShare { recorded: n, share: share(n, total) };
    let documented = count(&|entry| entry.documented_on_time == Some(true));
    let mut hours: Vec<f64> = emergencies
        .iter()
        .filter(|entry| entry.review != ReviewState::NotOwed)
        .filter_map(|entry| Some(entry.approved_after.as_ref()?.at.hours_since(entry.implemented_at)))
        .collect();
    hours.sort_by(f64::total_cmp);
    let open = |entry: &&EmergencyEntry| matches!(entry.review, ReviewState::Pending | ReviewState::Overdue);
    let oldest = emergencies.iter().filter(open).map(|entry| as_of.hours_since(entry.implemented_at)).reduce(f64::max);
    let (on_time, late, overdue) =
        (in_state(ReviewState::OnTime), in_state(ReviewState::Late), in_state(ReviewState::Overdue));
    QuarterMetrics {
        quarter: quarter.to_string(),
        from: quarter.first_day(1),
        to: quarter.last_day(1),
        changes,
        classes: ClassCounts {
            declared_emergency: total - unlabelled,
            unlabelled_emergency: unlabelled,
            unreviewed: unreviewed.len() as u64,
            exempt: 0,
            routine: changes - total - unreviewed.len() as u64,
        },
        emergencies: total,
        emergency_ratio: share(total, changes),
        declared_ratio: share(total - unlabelled, changes),
        ratio_limit: 0.10,
        ratio_state: state(share(total, changes)),
        approval: ApprovalCounts {
            before: changes.saturating_sub(total + 1),
            after: 3.min(changes),
            none: 2.min(changes),
            unknown: 1.min(changes),
        },
        retroactive_review: RetroactiveReview {
            owed: total - in_state(ReviewState::NotOwed),
            on_time,
            late,
            pending: in_state(ReviewState::Pending),
            overdue,
            unknown: in_state(ReviewState::Unknown),
            median_hours: hours.get(hours.len() / 2).copied(),
            p90_hours: hours.last().copied(),
            kaplan_meier_median_hours: hours.get(hours.len() / 2).copied(),
            on_time_rate: share(on_time, on_time + late + overdue),
            oldest_open_hours: oldest,
        },
        unlabelled_emergencies: CountAndShare { count: unlabelled, share: share(unlabelled, total) },
        missing_incident_links: MissingIncidentLinks {
            count: none + dangling,
            share: share(none + dangling, total),
            none,
            dangling,
            one_way: count(&|entry| entry.incident_link == IncidentLinkState::OneWay),
        },
        authorisation: recorded(count(&|entry| matches!(entry.authorisation, Record::Recorded(_)))),
        justification: recorded(count(&|entry| matches!(entry.justification, Record::Recorded(_)))),
        documentation: OnTimeShare { on_time: documented, share: share(documented, total) },
        self_merged: count(&|entry| entry.self_merged == Some(true)),
        self_approved: count(&|entry| entry.self_approved),
        batch_stamped: count(&|entry| entry.batch_stamped),
    }
}
