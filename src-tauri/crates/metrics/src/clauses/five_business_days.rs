use super::{
    Asked::*, Beside, Clause, Held::*, Limit, NotAnswered, check, check_the_rest, document, telling::Told, why,
};

pub(super) const PRESET: &str = "five-business-days";

/// Who holds the roles that the document names is not in the document.
const PEOPLE: &str =
    "{ 'engineering lead' = ['bob', 'gus'], QA = ['cat', 'gus'], CISO = ['dan'], senior = ['eve', 'gus'] }";

const CLAUSES: &[Clause] = &[
    Clause {
        sentence: "changes are authorised before deployment: Engineer opens a change request",
        held: Always,
        asked: Control('A'),
        met: (|t| t.change().in_tracker().ticket(), "pass"),
        failed: (|t| t.change().in_tracker(), "fail"),
    },
    Clause {
        sentence: "Standard: self-approved (engineer)",
        held: By("category", "[]", ["fail", "fail"]),
        asked: Control('E'),
        met: (|t| t.change().label("dependencies"), "n/a"),
        failed: (|t| t.change().label("normal"), "fail"),
    },
    Clause {
        sentence: "Normal: Engineering Lead + QA",
        held: By("category", "[]", ["pass", "pass"]),
        asked: Control('E'),
        met: (|t| by(t.change().label("normal"), &["bob", "cat", "eve"]), "pass"),
        failed: (|t| by(t.change().label("normal"), &["bob", "eve"]), "fail"),
    },
    Clause {
        sentence: "Major: Engineering Lead + CISO",
        held: By("category", "[]", ["pass", "pass"]),
        asked: Control('E'),
        met: (|t| by(t.change().label("major"), &["bob", "dan", "eve"]), "pass"),
        failed: (|t| by(t.change().label("major"), &["bob", "cat", "eve"]), "fail"),
    },
    Clause {
        sentence: "at least one senior engineer",
        held: By("people.senior", "['cat']", ["pass", "pass"]),
        asked: Control('E'),
        met: (|t| by(t.change().label("normal"), &["bob", "cat", "eve"]), "pass"),
        failed: (|t| by(t.change().label("normal"), &["bob", "cat"]), "fail"),
    },
    Clause {
        sentence: "Minimum two reviewers",
        held: By("category", "[{ name = 'normal', labels = ['normal'], required = 1 }]", ["pass", "pass"]),
        asked: Control('E'),
        met: (|t| by(t.change().label("normal"), &["gus", "bob"]), "pass"),
        // In every role that is asked for, and still only one.
        failed: (|t| by(t.change().label("normal"), &["gus"]), "fail"),
    },
    Clause {
        sentence: "CI pipeline must pass with no failing tests",
        held: Always,
        asked: Control('F'),
        met: (|t| t.change().deployed(1.0, |d| d.tests_passed = vec![Some(true)]), "pass"),
        failed: (|t| t.change().deployed(1.0, |d| d.tests_passed = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "SAST scan must have no critical/high findings unaddressed",
        held: Always,
        asked: Control('N'),
        met: (|t| t.change().deployed(1.0, |d| d.scan_clean = vec![Some(true)]), "pass"),
        failed: (|t| t.change().deployed(1.0, |d| d.scan_clean = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "Change tested in staging under production-equivalent conditions",
        held: By("controls.staging_first", "false", ["pass", "pass"]),
        asked: Control('H'),
        met: (|t| t.change().deployed(1.0, |d| d.staging_first = vec![Some(true)]), "pass"),
        failed: (|t| t.change().deployed(1.0, |d| d.staging_first = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "Every production change must have a documented rollback plan",
        held: By("controls.rollback_plan", "'never'", ["n/a", "n/a"]),
        asked: Control('I'),
        met: (|t| t.change().body("Rollback plan: deploy the version before"), "pass"),
        failed: (Told::change, "fail"),
    },
    Clause {
        sentence: "Documented rollback procedure must exist before deployment",
        held: By("rollback.plan_markers", "['way back']", ["fail", "fail"]),
        asked: Control('I'),
        met: (|t| t.change().body("Rollback procedure: deploy the version before"), "pass"),
        failed: (|t| t.change().body("We can always roll it back."), "fail"),
    },
    Clause {
        sentence: "Obtain verbal approval from CISO",
        held: By("authorisation.markers", "['signed by']", ["fail", "fail"]),
        asked: Control('K'),
        met: (|t| t.emergency().body("Approved by: the CISO, by phone"), "pass"),
        failed: (Told::emergency, "fail"),
    },
    Clause {
        sentence: "or Engineering Lead if CISO unavailable, and nobody else",
        held: By("authorisation.roles", "['product manager']", ["fail", "pass"]),
        asked: Control('K'),
        met: (|t| t.emergency().body("Approved by: engineering lead"), "pass"),
        failed: (|t| t.emergency().body("Approved by: the product manager"), "fail"),
    },
    Clause {
        sentence: "P1 incident, active exploitation of critical vulnerability",
        held: By("emergency.grounds", "['wish']", ["fail", "pass"]),
        asked: Control('J'),
        met: (|t| t.genuine(true), "pass"),
        failed: (|t| t.emergency().incident(true).body("Justification: a wish of sales"), "fail"),
    },
    Clause {
        sentence: "Urgent change to resolve critical incident",
        held: By("emergency.incident_link", "'two_way'", ["fail", "fail"]),
        asked: Control('J'),
        met: (|t| t.genuine(false), "pass"),
        failed: (|t| t.emergency().body("Justification: outage"), "fail"),
    },
    Clause {
        sentence: "post-hoc documentation: an emergency change log",
        held: By("documentation.markers", "['written down']", ["no", "no"]),
        asked: Documented,
        met: (|t| t.emergency().ticket().ticket_note("Emergency change log: entry 12", 2.0), "yes"),
        failed: (|t| t.emergency().ticket().ticket_note("Done", 2.0), "no"),
    },
    Clause {
        sentence: "Making undocumented changes to production infrastructure is prohibited",
        held: By("documentation.markers", "['written down']", ["fail", "fail"]),
        asked: Control('M'),
        met: (|t| t.emergency().ticket().ticket_note("Change log: entry 12", 2.0), "pass"),
        failed: (|t| t.emergency().ticket(), "fail"),
    },
    Clause {
        sentence: "Conduct post-hoc review: recorded as such",
        held: By("review.markers", "['looked back']", ["fail", "fail"]),
        asked: Control('L'),
        met: (|t| t.emergency().ticket().ticket_note("Post-hoc review: done", 20.0), "pass"),
        failed: (|t| t.emergency().ticket().ticket_note("Change log: entry 12", 20.0), "fail"),
    },
    Clause {
        sentence: "Conduct post-hoc review: an approval given afterwards shows it too",
        held: By("review.evidence", "['attestation']", ["fail", "fail"]),
        asked: Control('L'),
        met: (|t| t.emergency().approved("bob", 5.0), "pass"),
        failed: (|t| t.emergency().commented("bob", 5.0), "fail"),
    },
    Clause {
        sentence: "Emergency changes that bypass standard gates are tracked separately",
        held: By("signals.emergency_labels", "['urgent']", ["routine", "unlabelled_emergency"]),
        asked: Class,
        met: (|t| t.emergency().approved("bob", -2.0).approved("cat", -1.0), "declared_emergency"),
        failed: (|t| t.change().label("normal").body("An emergency."), "unlabelled_emergency"),
    },
    Clause {
        sentence: "When a change must bypass the normal process",
        held: By("detection", "[{ all = ['unreviewed', 'fast_merge'] }]", ["routine", "routine"]),
        asked: Class,
        met: (|t| t.change().approved("bob", -2.0).approved("cat", -1.0), "routine"),
        failed: (|t| t.change().approved("bob", -2.0).approved("cat", -1.0).bypassed(), "unlabelled_emergency"),
    },
    Clause {
        sentence: "Deploying directly to production without code review is prohibited",
        held: By("approval.comment_counts", "true", ["routine", "routine"]),
        asked: Class,
        met: (|t| t.change().label("normal").approved("bob", -2.0).approved("cat", -1.0), "routine"),
        failed: (|t| t.change().label("normal").commented("bob", -2.0).commented("cat", -1.0), "unreviewed"),
    },
];

const LIMITS: &[Limit] = &[
    Limit {
        sentence: "Document the change in the emergency change log within 24 hours",
        parameter: "documentation.deadline",
        longer: "'48h'",
        asked: Control('M'),
        tell: |t, hours| t.emergency().ticket().ticket_note("Emergency change log: entry 12", hours),
        hours: 24.0,
    },
    Limit {
        sentence: "Conduct post-hoc review within 5 business days",
        parameter: "review.deadline",
        longer: "'6bd'",
        asked: Review,
        tell: |t, hours| t.emergency().ticket().ticket_note("Post-hoc review: done", hours),
        // The midnight of the Tuesday after; the change is of a Tuesday, at 10:00.
        hours: 181.9,
    },
];

const BESIDE: &[Beside] = &[
    (
        "All production changes are logged with change ID, author, approvers, deployment date, outcome, incidents",
        "population.branches",
        "The ledger is that log: `export` writes every change with them, and what no file tells as unknown.",
    ),
    (
        "included in quarterly change management reports",
        "period.fiscal_year_start",
        "`report --quarter` lists every emergency of the quarter.",
    ),
];

const NOT_ANSWERED: &[NotAnswered] = &[
    (
        "Submit: with description, scope, risk assessment, testing plan",
        "Control B passes where a reason or a ticket is there; whether they describe all of it, a person must read.",
    ),
    ("Security reviews risk for changes affecting auth, data access, or encryption", why::SECURITY),
    (
        "File change record with retroactive sign-off from CISO",
        "The policy states it in `authorisation.sign_off`; no export that is read has a mark that tells a sign-off of the record \
         from the authorisation and the review, which controls K and L ask.",
    ),
    ("a rollback must be documented as an incident (minimum P3) with a post-incident review", why::ROLLED_BACK),
    (
        "automated and manual tests run; sign-off from QA",
        "Control F asks for the automated ones; no export has a mark for the others.",
    ),
    ("Change scheduled in maintenance window; stakeholders notified 24 hours in advance", why::MESSAGES),
    ("engineer and reviewer available during deployment window", why::NO_RECORD),
    ("Post-deployment verification: smoke tests, monitoring checks", why::NO_RECORD),
    ("Change ticket updated with outcome; any incidents or deviations documented", why::MEANING),
    ("trigger condition, steps, owner, verification and time estimate of the rollback plan", why::MEANING),
    ("Implement minimum change required", why::MEANING),
    ("Using production credentials in development or test environments", why::NOT_A_CHANGE),
    (
        "Bypassing CI/CD pipeline for production deployments",
        "A deployment that no pipeline made is in no pipeline's export; control H stays unknown for such a change.",
    ),
    ("Using shared accounts for production deployments", why::NOT_A_CHANGE),
    ("Change logs are retained for a minimum of 3 years", why::RETENTION),
    ("This policy is reviewed annually", why::NOT_A_CHANGE),
];

/// Approved by all of them before it was implemented.
fn by(told: Told, people: &[&str]) -> Told {
    people.iter().fold(told, |told, name| told.approved(name, -1.0))
}

#[test]
fn a_review_within_five_business_days_is_what_its_sentences_say() {
    let document = document(PRESET, &[("people", PEOPLE)]);
    check(&document, CLAUSES, LIMITS);
    check_the_rest(&document, BESIDE, NOT_ANSWERED, 16);
}
