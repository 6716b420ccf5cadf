use super::{Asked::*, Clause, NotAnswered, by, check, delivered, fixed, in_tracker, labelled, noted, why};
use change_ledger_model::policy::patterns::TextSignal::{
    Authorisation, Documentation, EmergencyLabel, EmergencyWords, Justification, ReviewRecord,
};

pub(super) const PRESET: &str = "forty-eight-hours";

const CLAUSES: &[Clause] = &[
    Clause {
        sentence: "changes are authorised: linked ticket",
        parameter: "population.branches",
        asked: Control('A'),
        met: (|s| in_tracker(s.change(0.0).ticket(false)), "pass"),
        failed: (|s| in_tracker(s.change(0.0)), "fail"),
    },
    Clause {
        sentence: "At least one peer review required before merge",
        parameter: "approval.required",
        asked: Control('E'),
        met: (|s| s.change(0.0).approved("bob", -1.0), "pass"),
        failed: (|s| s.change(0.0).approved("bob", 1.0), "fail"),
    },
    Clause {
        sentence: "No self-approvals",
        parameter: "approval.merge_counts",
        asked: Control('C'),
        met: (|s| s.change(0.0).approved("bob", -1.0), "pass"),
        failed: (|s| s.change(0.0).approved("ann", -1.0), "fail"),
    },
    Clause {
        sentence: "approving review from someone other than the author",
        parameter: "approval.comment_counts",
        asked: Control('E'),
        met: (|s| s.change(0.0).approved("bob", 0.0), "pass"),
        failed: (|s| s.change(0.0).says("bob", change_ledger_model::record::Verdict::Commented, -1.0), "fail"),
    },
    Clause {
        sentence: "PRs merged without review: no evidence of authorisation",
        parameter: "population.branches",
        asked: Class,
        met: (|s| s.change(0.0).approved("bob", -1.0), "routine"),
        failed: (|s| s.change(0.0), "unreviewed"),
    },
    Clause {
        sentence: "Branch protection rules enforced",
        parameter: "detection",
        asked: Class,
        met: (|s| s.change(0.0).approved("bob", -1.0), "routine"),
        failed: (|s| s.change(0.0).approved("bob", -1.0).bypassed(), "unlabelled_emergency"),
    },
    Clause {
        sentence: "Automated unit/integration tests passing in CI pipeline",
        parameter: "controls",
        asked: Control('F'),
        met: (|s| delivered(s.change(0.0), |d| d.tests_passed = vec![Some(true)]), "pass"),
        failed: (|s| delivered(s.change(0.0), |d| d.tests_passed = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "Security testing: dependency vulnerability scanning, SAST",
        parameter: "controls",
        asked: Control('N'),
        met: (|s| delivered(s.change(0.0), |d| d.scan_clean = vec![Some(true)]), "pass"),
        failed: (|s| delivered(s.change(0.0), |d| d.scan_clean = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "Staging environment test before production deploy",
        parameter: "controls.staging_first",
        asked: Control('H'),
        met: (|s| delivered(s.change(0.0), |d| d.staging_first = vec![Some(true)]), "pass"),
        failed: (|s| delivered(s.change(0.0), |d| d.staging_first = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "Description of change and business justification",
        parameter: "justification.markers",
        asked: Control('B'),
        met: (|s| s.change(0.0).hit(Justification), "pass"),
        failed: (|s| s.change(0.0), "unknown"),
    },
    Clause {
        sentence: "documented and reviewed retroactively: what the emergency was for",
        parameter: "justification.ticket_reason_counts",
        asked: Control('B'),
        met: (|s| labelled(s).ticket(true), "pass"),
        failed: (|s| labelled(s).ticket(false), "fail"),
    },
    Clause {
        sentence: "Designated emergency approvers",
        parameter: "authorisation.markers",
        asked: Control('K'),
        met: (|s| by(labelled(s).hit(Authorisation), "on-call lead"), "pass"),
        failed: (labelled, "fail"),
    },
    Clause {
        sentence: "Emergency change logged immediately",
        parameter: "documentation.deadline",
        asked: Control('M'),
        met: (|s| noted(s, Documentation, 1.0), "pass"),
        failed: (|s| noted(s, Documentation, 1.1), "fail"),
    },
    Clause {
        sentence: "Post-emergency review within 24-48 hours",
        parameter: "review.deadline",
        asked: Review,
        met: (|s| labelled(s).approved("bob", 48.0), "OnTime"),
        failed: (|s| labelled(s).approved("bob", 48.1), "Late"),
    },
    Clause {
        sentence: "Post-emergency review within 24-48 hours: from 24 hours on it is warned of",
        parameter: "review.warn_after",
        asked: Warned,
        met: (|s| labelled(s).ticket(false).seen_at(24.0), "no"),
        failed: (|s| labelled(s).ticket(false).seen_at(24.1), "yes"),
    },
    Clause {
        sentence: "Post-emergency review ticket or meeting notes",
        parameter: "review.evidence",
        asked: Control('L'),
        met: (|s| noted(s, ReviewRecord, 40.0), "pass"),
        failed: (|s| noted(s, Documentation, 40.0), "fail"),
    },
    Clause {
        sentence: "Emergency changes tracked separately",
        parameter: "signals.emergency_labels",
        asked: Class,
        met: (|s| s.change(0.0).hit(EmergencyLabel), "declared_emergency"),
        failed: (|s| s.change(0.0).hit(EmergencyWords), "unlabelled_emergency"),
    },
    Clause {
        sentence: "Critical (CVSS 9.0+): 24-72 hours",
        parameter: "patch.critical_hours",
        asked: Patched,
        met: (|s| fixed(s, 90, 72.0), "yes"),
        failed: (|s| fixed(s, 90, 72.1), "no"),
    },
    Clause {
        sentence: "High (CVSS 7.0-8.9): 7-14 days",
        parameter: "patch.high_days",
        asked: Patched,
        met: (|s| fixed(s, 89, 336.0), "yes"),
        failed: (|s| fixed(s, 89, 336.1), "no"),
    },
    Clause {
        sentence: "Medium (CVSS 4.0-6.9): 30 days",
        parameter: "patch.medium_days",
        asked: Patched,
        met: (|s| fixed(s, 69, 720.0), "yes"),
        failed: (|s| fixed(s, 69, 720.1), "no"),
    },
    Clause {
        sentence: "Low (CVSS <4.0): 90 days",
        parameter: "patch.low_days",
        asked: Patched,
        met: (|s| fixed(s, 39, 2160.0), "yes"),
        failed: (|s| fixed(s, 39, 2160.1), "no"),
    },
];

const NOT_ANSWERED: &[NotAnswered] = &[
    ("Separation of development, staging, and production; production access limited", why::NOT_A_CHANGE),
    ("Security-sensitive changes require review by a senior engineer", why::ROLES),
    ("Regression testing for changes that affect existing functionality", why::NO_RECORD),
    ("Approval in pipeline or sign-off in change ticket before production deploy", why::NO_RECORD),
    ("Release manager model: designated person authorises each release", why::ROLES),
    ("Affected systems, risk assessment, rollback plan", why::RISK),
    ("reviewed in regular change review meetings", why::NOT_A_CHANGE),
    ("Auditors sample 10-25 changes", why::ELSEWHERE),
    ("terraform plan output reviewed before apply; drift detection", why::NO_RECORD),
    ("Database migrations: tested in staging, rollback plan documented", why::RISK),
    ("Direct pushes to main/master", why::ELSEWHERE),
    ("Retain CI/CD logs for minimum 1 year", why::RETENTION),
];

#[test]
fn a_review_within_48_hours_is_what_its_sentences_say() {
    check(PRESET, CLAUSES, NOT_ANSWERED, 12);
}
