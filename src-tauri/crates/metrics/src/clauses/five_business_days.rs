use super::{Asked::*, Clause, NotAnswered, by, check, delivered, genuine, in_tracker, labelled, noted, why};
use change_ledger_model::policy::patterns::TextSignal::{
    Authorisation, Documentation, EmergencyLabel, EmergencyWords, Justification, ReviewRecord,
};

pub(super) const PRESET: &str = "five-business-days";

const CLAUSES: &[Clause] = &[
    Clause {
        sentence: "changes are authorised before deployment: open a change request",
        parameter: "population.branches",
        asked: Control('A'),
        met: (|s| in_tracker(s.change(0.0).ticket(false)), "pass"),
        failed: (|s| in_tracker(s.change(0.0)), "fail"),
    },
    Clause {
        sentence: "Submit: with description, scope",
        parameter: "justification.ticket_reason_counts",
        asked: Control('B'),
        met: (|s| s.change(0.0).ticket(true), "pass"),
        failed: (|s| s.change(0.0), "unknown"),
    },
    Clause {
        sentence: "Minimum two reviewers",
        parameter: "approval.required",
        asked: Control('E'),
        met: (|s| s.change(0.0).approved("bob", -2.0).approved("cat", -1.0), "pass"),
        failed: (|s| s.change(0.0).approved("bob", -2.0), "fail"),
    },
    Clause {
        sentence: "CI pipeline must pass with no failing tests",
        parameter: "controls",
        asked: Control('F'),
        met: (|s| delivered(s.change(0.0), |d| d.tests_passed = vec![Some(true)]), "pass"),
        failed: (|s| delivered(s.change(0.0), |d| d.tests_passed = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "SAST scan must have no critical/high findings unaddressed",
        parameter: "controls",
        asked: Control('N'),
        met: (|s| delivered(s.change(0.0), |d| d.scan_clean = vec![Some(true)]), "pass"),
        failed: (|s| delivered(s.change(0.0), |d| d.scan_clean = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "Change tested in staging",
        parameter: "controls.staging_first",
        asked: Control('H'),
        met: (|s| delivered(s.change(0.0), |d| d.staging_first = vec![Some(true)]), "pass"),
        failed: (|s| delivered(s.change(0.0), |d| d.staging_first = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "Obtain verbal approval from CISO",
        parameter: "authorisation.markers",
        asked: Control('K'),
        met: (|s| by(labelled(s).hit(Authorisation), "the CISO by phone"), "pass"),
        failed: (labelled, "fail"),
    },
    Clause {
        sentence: "or Engineering Lead if CISO unavailable",
        parameter: "authorisation.roles",
        asked: Control('K'),
        met: (|s| by(labelled(s).hit(Authorisation), "engineering lead"), "pass"),
        failed: (|s| by(labelled(s).hit(Authorisation), "an engineer"), "unknown"),
    },
    Clause {
        sentence: "Document the change in the emergency change log within 24 hours",
        parameter: "documentation.deadline",
        asked: Control('M'),
        met: (|s| noted(s, Documentation, 24.0), "pass"),
        failed: (|s| noted(s, Documentation, 24.1), "fail"),
    },
    Clause {
        sentence: "Conduct post-hoc review within 5 business days",
        parameter: "review.deadline",
        asked: Review,
        met: (|s| noted(s, ReviewRecord, 181.9), "OnTime"),
        failed: (|s| noted(s, ReviewRecord, 182.1), "Late"),
    },
    Clause {
        sentence: "post-hoc review: approvals given afterwards show it too",
        parameter: "review.evidence",
        asked: Control('L'),
        met: (|s| labelled(s).approved("bob", 5.0).approved("cat", 6.0), "pass"),
        failed: (|s| labelled(s).approved("bob", 5.0), "fail"),
    },
    Clause {
        sentence: "Urgent change to resolve critical incident",
        parameter: "emergency.incident_link",
        asked: Control('J'),
        met: (genuine, "pass"),
        failed: (|s| labelled(s).hit(Justification), "fail"),
    },
    Clause {
        sentence: "Emergency changes that bypass standard gates are tracked separately",
        parameter: "signals.emergency_labels",
        asked: Class,
        met: (|s| s.change(0.0).hit(EmergencyLabel), "declared_emergency"),
        failed: (|s| s.change(0.0).hit(EmergencyWords), "unlabelled_emergency"),
    },
    Clause {
        sentence: "Deploying directly to production without code review is prohibited",
        parameter: "approval.required",
        asked: Class,
        met: (|s| s.change(0.0).approved("bob", -2.0).approved("cat", -1.0), "routine"),
        failed: (|s| s.change(0.0), "unreviewed"),
    },
    Clause {
        sentence: "Making undocumented changes to production infrastructure is prohibited",
        parameter: "documentation.markers",
        asked: Documented,
        met: (|s| noted(s, Documentation, 2.0), "yes"),
        failed: (|s| labelled(s).ticket(false), "no"),
    },
    Clause {
        sentence: "When a change must bypass the normal process",
        parameter: "detection",
        asked: Class,
        met: (|s| s.change(0.0).approved("bob", -2.0).approved("cat", -1.0), "routine"),
        failed: (|s| s.change(0.0).approved("bob", -2.0).approved("cat", -1.0).bypassed(), "unlabelled_emergency"),
    },
];

const NOT_ANSWERED: &[NotAnswered] = &[
    ("Standard: self-approved (engineer)", why::CATEGORY),
    ("Normal: Engineering Lead + QA", why::CATEGORY),
    ("Major: Engineering Lead + CISO", why::CATEGORY),
    ("at least one senior engineer", why::ROLES),
    ("File change record with retroactive sign-off from CISO", why::ROLES),
    ("P1 incident, active exploitation of critical vulnerability", why::GROUNDS),
    ("Every production change must have a documented rollback plan", why::RISK),
    ("a rollback must be documented as an incident (minimum P3) with a post-incident review", why::RISK),
    ("risk assessment, testing plan", why::RISK),
    ("Change scheduled in maintenance window; stakeholders notified 24 hours in advance", why::NO_RECORD),
    ("sign-off from QA", why::ROLES),
    ("Security reviews risk for changes affecting auth, data access, or encryption", why::ROLES),
    ("engineer and reviewer available during deployment window", why::NO_RECORD),
    ("Post-deployment verification: smoke tests, monitoring checks", why::NO_RECORD),
    ("Change ticket updated with outcome", why::NO_RECORD),
    ("Implement minimum change required", why::NO_RECORD),
    ("Using production credentials in development or test environments", why::NO_RECORD),
    ("Bypassing CI/CD pipeline for production deployments", why::NO_RECORD),
    ("Using shared accounts for production deployments", why::NO_RECORD),
    ("All production changes are logged with change ID, author, approvers, date, outcome", why::ELSEWHERE),
    ("Change logs are retained for a minimum of 3 years", why::RETENTION),
];

#[test]
fn a_review_within_five_business_days_is_what_its_sentences_say() {
    check(PRESET, CLAUSES, NOT_ANSWERED, 21);
}
