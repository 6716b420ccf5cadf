//! A quarter of a fictional company, for tests.

mod attestation;
mod emergencies;
mod metrics;
mod restatement;

use crate::content::{
    ChangeEntry, MarkedFile, MissingRecords, NamedRecord, NumbersOfRepository, PolicyTerms, QuarterReport, Record,
    SourceReach, Standing, Statement, TitleBlock,
};
pub(crate) use attestation::attested_report;
use change_ledger_model::{
    Timestamp,
    import::{ImportManifest, ImportStatus, ImportWarning, RecordCounts, RowCounts},
    policy::PolicyHistory,
    quarter::Quarter,
    quarterly::QuarterMetrics,
    source::{Fact, SourceKind},
};
use emergencies::emergencies;
pub(crate) use metrics::metrics_of;
use metrics::past_quarter;
pub(crate) use restatement::{restated_quarter, restated_report};

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
        missing: missing(),
        completeness: vec![
            "Repository lumen/edge has no change between 14 July and 2 September 2026.".into(),
        ],
        ledger_head: Some("9b".repeat(32)),
        attestations: Vec::new(),
        restatement: None,
        restated: Vec::new(),
        review_curve: None,
    }
}

/// The same report for a quarter in which nothing happened.
pub(crate) fn empty_report() -> QuarterReport {
    let mut report = report();
    report.emergencies.clear();
    report.unreviewed.clear();
    report.imports.clear();
    report.completeness.clear();
    report.missing = MissingRecords::default();
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

fn missing() -> MissingRecords {
    let named = |name: &str, by: &str| NamedRecord { name: name.into(), named_by: by.into() };
    MissingRecords {
        sources: vec![
            SourceReach {
                kind: SourceKind::GithubGh,
                files: 2,
                last: Some(at("2026-10-04T19:48:00Z")),
                could_hold_failures: Some(true),
                cannot_tell: vec![Fact::LinkFields],
            },
            SourceReach {
                kind: SourceKind::JiraCsv,
                files: 1,
                last: None,
                could_hold_failures: None,
                cannot_tell: vec![Fact::Approver, Fact::ApprovalTime],
            },
        ],
        cut_off: vec![MarkedFile {
            file: "/home/mara/exports/billing-prs.json".into(),
            reason: "The file has exactly 1,000 rows, the most that this export writes: older changes may be missing."
                .into(),
        }],
        repeated: vec![MarkedFile {
            file: "/home/mara/exports/payments-prs.json".into(),
            reason: "2 rows tell of a record of which an earlier row tells already; its newest row counts.".into(),
        }],
        months: ["2026-07", "2026-08", "2026-09"].map(String::from).to_vec(),
        months_without_incidents: vec!["2026-09".into()],
        numbers: vec![
            NumbersOfRepository {
                repository: "lumen/billing".into(),
                first: 902,
                last: 1011,
                gaps: vec![(905, 905), (911, 913)],
            },
            NumbersOfRepository { repository: "lumen/edge".into(), first: 7, last: 9, gaps: vec![] },
        ],
        incidents: vec![named("INC-2291", "github:lumen/billing#930")],
        tickets: ["OPS-1", "OPS-2", "OPS-3", "OPS-4"].map(|name| named(name, "github:lumen/edge#8")).to_vec(),
        changes: vec![],
        duplicates: vec![vec!["github:lumen/edge#8".into(), "github:lumen/edge-old#8".into()]],
        ..MissingRecords::default()
    }
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

fn imports() -> Vec<ImportManifest> {
    let file = |id: i64, name: &str, kind: SourceKind, digit: &str, rows: u64, rejected: u64| ImportManifest {
        id: Some(id),
        superseded_by: None,
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
            ..file(2, "/home/mara/exports/billing-prs.json", SourceKind::GithubGh, "8d", 1_000, 3)
        },
        file(3, "jira-export.csv", SourceKind::JiraCsv, "c7", 612, 0),
        file(4, "pagerduty.json", SourceKind::PagerdutyJson, "1a", 148, 0),
    ]
}
