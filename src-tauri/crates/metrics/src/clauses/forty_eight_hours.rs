use super::{
    Asked::*, Beside, Clause, Held::*, Limit, NotAnswered, check, check_the_rest, document, telling::Told, why,
};

pub(super) const PRESET: &str = "forty-eight-hours";

const CLAUSES: &[Clause] = &[
    Clause {
        sentence: "changes are authorised: reviewer sign-off, and linked ticket",
        held: Always,
        asked: Control('A'),
        met: (|t| t.change().in_tracker().ticket(), "pass"),
        failed: (|t| t.change().in_tracker(), "fail"),
    },
    Clause {
        sentence: "At least one peer review required before merge",
        held: By("approval.required", "2", ["fail", "fail"]),
        asked: Control('E'),
        met: (|t| t.change().approved("bob", -1.0), "pass"),
        failed: (|t| t.change().approved("bob", 1.0), "fail"),
    },
    Clause {
        sentence: "No self-approvals (the author cannot also be the sole reviewer/approver)",
        held: Always,
        asked: Control('C'),
        met: (|t| t.change().label("normal").approved("bob", -2.0).approved("cat", -1.0), "pass"),
        failed: (|t| t.change().label("normal").approved("ann", -1.0), "fail"),
    },
    Clause {
        sentence: "PRs showing an approving review: to merge it is no review",
        held: By("approval.merge_counts", "true", ["pass", "pass"]),
        asked: Control('E'),
        met: (|t| t.change().approved("bob", -1.0), "pass"),
        failed: (Told::change, "fail"),
    },
    Clause {
        sentence: "approving review from someone other than the author: to comment is no approval",
        held: By("approval.comment_counts", "true", ["pass", "pass"]),
        asked: Control('E'),
        met: (|t| t.change().approved("bob", 0.0), "pass"),
        failed: (|t| t.change().commented("bob", -1.0), "fail"),
    },
    Clause {
        sentence: "PRs merged without review: no evidence of authorisation",
        held: By("approval.required", "2", ["unreviewed", "unreviewed"]),
        asked: Class,
        met: (|t| t.change().approved("bob", -1.0), "routine"),
        failed: (Told::change, "unreviewed"),
    },
    Clause {
        sentence: "Branch protection rules enforced; direct pushes to main/master",
        held: By("detection", "[{ all = ['unreviewed', 'fast_merge'] }]", ["routine", "routine"]),
        asked: Class,
        met: (|t| t.change().approved("bob", -1.0), "routine"),
        failed: (|t| t.change().approved("bob", -1.0).bypassed(), "unlabelled_emergency"),
    },
    Clause {
        sentence: "Automated unit/integration tests passing in CI pipeline; regression testing",
        held: Always,
        asked: Control('F'),
        met: (|t| t.change().deployed(1.0, |d| d.tests_passed = vec![Some(true)]), "pass"),
        failed: (|t| t.change().deployed(1.0, |d| d.tests_passed = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "Security testing: dependency vulnerability scanning, SAST",
        held: Always,
        asked: Control('N'),
        met: (|t| t.change().deployed(1.0, |d| d.scan_clean = vec![Some(true)]), "pass"),
        failed: (|t| t.change().deployed(1.0, |d| d.scan_clean = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "Staging environment test before production deploy",
        held: By("controls.staging_first", "false", ["pass", "pass"]),
        asked: Control('H'),
        met: (|t| t.change().deployed(1.0, |d| d.staging_first = vec![Some(true)]), "pass"),
        failed: (|t| t.change().deployed(1.0, |d| d.staging_first = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "Rollback plan; migration rollback plan documented",
        held: By("controls.rollback_plan", "'never'", ["n/a", "n/a"]),
        asked: Control('I'),
        met: (|t| t.change().high_risk().body("Rollback plan: restore the snapshot"), "pass"),
        failed: (|t| t.change().high_risk(), "fail"),
    },
    Clause {
        sentence: "Description of change and business justification",
        held: By("justification.markers", "['because']", ["fail", "fail"]),
        asked: Control('B'),
        met: (|t| t.emergency().body("Business justification: nobody could pay"), "pass"),
        failed: (Told::emergency, "fail"),
    },
    Clause {
        sentence: "PR descriptions or change tickets with description and justification",
        held: By("justification.ticket_reason_counts", "false", ["fail", "fail"]),
        asked: Control('B'),
        met: (|t| t.emergency().ticket_with_reason("Nobody could pay"), "pass"),
        failed: (|t| t.emergency().ticket(), "fail"),
    },
    Clause {
        sentence: "Approver and timestamp",
        held: By("authorisation.markers", "['signed by']", ["fail", "fail"]),
        asked: Control('K'),
        met: (|t| t.emergency().ticket().ticket_note("Emergency approved by: CTO", 0.5), "pass"),
        failed: (|t| t.emergency().ticket(), "fail"),
    },
    Clause {
        sentence: "Designated emergency approvers (on-call lead + CTO, for example)",
        held: By("authorisation.roles", "['product manager']", ["fail", "pass"]),
        asked: Control('K'),
        met: (|t| t.emergency().body("Authorised by: on-call lead"), "pass"),
        failed: (|t| t.emergency().body("Authorised by: the product manager"), "fail"),
    },
    Clause {
        sentence: "Emergency change logged: what was deployed",
        held: By("documentation.markers", "['written down']", ["no", "no"]),
        asked: Documented,
        met: (|t| t.emergency().ticket().ticket_note("What was deployed: a larger pool", 0.5), "yes"),
        failed: (|t| t.emergency().ticket().ticket_note("Done", 0.5), "no"),
    },
    Clause {
        sentence: "Post-emergency review: root cause, was it appropriate",
        held: By("review.markers", "['looked back']", ["fail", "fail"]),
        asked: Control('L'),
        met: (|t| t.emergency().ticket().ticket_note("Root cause: the pool was too small", 40.0), "pass"),
        failed: (|t| t.emergency().ticket().ticket_note("What was deployed: a larger pool", 40.0), "fail"),
    },
    Clause {
        sentence: "Post-emergency review ticket or meeting notes",
        held: By("review.evidence", "['attestation']", ["fail", "fail"]),
        asked: Control('L'),
        met: (|t| t.emergency().ticket().ticket_note("Meeting notes: see below", 40.0), "pass"),
        failed: (|t| t.emergency().ticket(), "fail"),
    },
    Clause {
        sentence: "emergency changes bypass normal process but are documented and reviewed retroactively",
        held: By("review.owed", "'every_emergency'", ["Overdue", "Overdue"]),
        asked: Review,
        met: (|t| t.emergency().approved("bob", -1.0), "NotOwed"),
        failed: (Told::emergency, "Overdue"),
    },
    Clause {
        sentence: "Emergency changes tracked separately",
        held: By("signals.emergency_labels", "['urgent']", ["unreviewed", "unlabelled_emergency"]),
        asked: Class,
        met: (|t| t.change().label("Emergency"), "declared_emergency"),
        failed: (|t| t.change().body("An emergency."), "unlabelled_emergency"),
    },
];

const LIMITS: &[Limit] = &[
    Limit {
        sentence: "Emergency change logged immediately: within an hour",
        parameter: "documentation.deadline",
        longer: "'2h'",
        asked: Control('M'),
        tell: |t, hours| t.emergency().ticket().ticket_note("Incident log: pool exhausted", hours),
        hours: 1.0,
    },
    Limit {
        sentence: "Post-emergency review within 24-48 hours",
        parameter: "review.deadline",
        longer: "'72h'",
        asked: Review,
        tell: |t, hours| t.emergency().approved("bob", hours),
        hours: 48.0,
    },
    Limit {
        sentence: "Post-emergency review within 24-48 hours: from 24 hours on it is warned of",
        parameter: "review.warn_after",
        longer: "'36h'",
        asked: Warned,
        tell: |t, hours| t.emergency().seen_at(hours),
        hours: 24.0,
    },
    Limit {
        sentence: "Critical (CVSS 9.0+): 24-72 hours",
        parameter: "patch.critical_hours",
        longer: "96",
        asked: Patched,
        tell: |t, hours| t.patched(90, hours),
        hours: 72.0,
    },
    Limit {
        sentence: "High (CVSS 7.0-8.9): 7-14 days",
        parameter: "patch.high_days",
        longer: "15",
        asked: Patched,
        tell: |t, hours| t.patched(89, hours),
        hours: 14.0 * 24.0,
    },
    Limit {
        sentence: "Medium (CVSS 4.0-6.9): 30 days",
        parameter: "patch.medium_days",
        longer: "31",
        asked: Patched,
        tell: |t, hours| t.patched(69, hours),
        hours: 30.0 * 24.0,
    },
    Limit {
        sentence: "Low (CVSS <4.0): 90 days",
        parameter: "patch.low_days",
        longer: "91",
        asked: Patched,
        tell: |t, hours| t.patched(39, hours),
        hours: 90.0 * 24.0,
    },
];

const BESIDE: &[Beside] = &[
    ("Auditors typically sample 10-25 changes", "sample.fixed", "`sample draw` takes as many of each stratum."),
    (
        "Direct pushes to main/master",
        "population.branches",
        "`completeness` lists commits on such a branch that belong to no pull request, where commits were imported.",
    ),
    (
        "Document this explicitly: auto-deploy on merge, manual trigger or release manager",
        "controls.deployed_by_other",
        "Control G asks for somebody other than the author where the policy says so.",
    ),
];

const NOT_ANSWERED: &[NotAnswered] = &[
    ("Separation of development, staging, and production; production access limited", why::NOT_A_CHANGE),
    ("Security-sensitive changes require review by a senior engineer or security reviewer", why::SECURITY),
    (
        "Approval in pipeline or sign-off in change ticket before production deploy",
        "No export that is read carries the approvals of a pipeline's gate; the document offers it beside approval by review, \
         which control E asks.",
    ),
    ("Affected systems/components; risk assessment", why::MEANING),
    ("Emergency changes reviewed in regular change review meetings", why::NOT_A_CHANGE),
    ("terraform plan output reviewed before apply; automated drift detection", why::NO_RECORD),
    ("Developers with prod database write access", why::NOT_A_CHANGE),
    ("Retain CI/CD logs for minimum 1 year", why::RETENTION),
];

#[test]
fn a_review_within_48_hours_is_what_its_sentences_say() {
    let document = document(PRESET, &[]);
    check(&document, CLAUSES, LIMITS);
    check_the_rest(&document, BESIDE, NOT_ANSWERED, 8);
}
