use super::{
    Asked::*, Beside, Clause, Held::*, Limit, NotAnswered, check, check_the_rest, document, telling::Told, why,
};

pub(super) const PRESET: &str = "retroactive-24h";

const CLAUSES: &[Clause] = &[
    Clause {
        sentence: "Log the decision - who authorized the bypass",
        held: By("authorisation.markers", "['signed by']", ["fail", "fail"]),
        asked: Control('K'),
        met: (|t| t.emergency().body("Authorised by: the CTO"), "pass"),
        failed: (Told::emergency, "fail"),
    },
    Clause {
        sentence: "and why",
        held: By("justification.markers", "['because']", ["fail", "fail"]),
        asked: Control('B'),
        met: (|t| t.emergency().body("Reason for bypass: nobody could pay"), "pass"),
        failed: (Told::emergency, "fail"),
    },
    Clause {
        sentence: "Within 24 hours: create a post-deployment PR with the code changes, with peer review",
        held: By("review.evidence", "['attestation']", ["Overdue", "Overdue"]),
        asked: Review,
        met: (|t| t.emergency().approved("bob", 20.0), "OnTime"),
        failed: (|t| t.emergency().ticket().ticket_note("Incident log: looked at it", 20.0), "Overdue"),
    },
    Clause {
        sentence: "Get retroactive review - another engineer reviews the change",
        held: By("approval.required", "2", ["Overdue", "Overdue"]),
        asked: Review,
        met: (|t| t.emergency().approved("bob", 2.0), "OnTime"),
        failed: (|t| t.emergency().approved("ann", 2.0), "Overdue"),
    },
    Clause {
        sentence: "Document in your incident log: what happened, what was deployed",
        held: By("documentation.markers", "['written down']", ["fail", "fail"]),
        asked: Control('M'),
        met: (|t| t.emergency().incident(true).incident_note("Documented: the pool was exhausted", 3.0), "pass"),
        failed: (|t| t.emergency().incident(true).incident_note("On it", 3.0), "fail"),
    },
    Clause {
        sentence: "Why normal review was not possible",
        held: By("justification.ticket_reason_counts", "false", ["fail", "fail"]),
        asked: Control('B'),
        met: (|t| t.emergency().ticket_with_reason("Everybody else was asleep"), "pass"),
        failed: (|t| t.emergency().ticket(), "fail"),
    },
    Clause {
        sentence: "When the retroactive review was completed",
        held: By("review.deadline", "'1h'", ["fail", "fail"]),
        asked: Control('L'),
        met: (|t| t.emergency().approved("bob", 2.0), "pass"),
        failed: (Told::emergency, "fail"),
    },
    Clause {
        sentence: "Incident timeline: shows the emergency was real",
        held: By("emergency.incident_link", "'two_way'", ["fail", "fail"]),
        asked: Control('J'),
        met: (|t| t.genuine(false), "pass"),
        failed: (|t| t.emergency().body("Justification: outage"), "fail"),
    },
    Clause {
        sentence: "Post-deployment PR: proves the change was eventually reviewed",
        held: By("approval.required", "2", ["fail", "fail"]),
        asked: Control('C'),
        met: (|t| t.emergency().approved("bob", 200.0), "pass"),
        failed: (Told::emergency, "fail"),
    },
    Clause {
        sentence: "Justification document: explains why normal process was bypassed",
        held: By("justification.markers", "['because']", ["fail", "fail"]),
        asked: Control('J'),
        met: (|t| t.genuine(true), "pass"),
        failed: (|t| t.emergency().incident(true), "fail"),
    },
    Clause {
        sentence: "Retroactive approval: shows the change was validated after the fact",
        held: By("approval.comment_counts", "true", ["pass", "pass"]),
        asked: Control('L'),
        met: (|t| t.emergency().approved("bob", 3.0), "pass"),
        failed: (|t| t.emergency().commented("bob", 3.0), "fail"),
    },
    Clause {
        sentence: "they find an emergency change (merged without prior review)",
        held: By("detection", "[{ all = ['bypass_recorded'] }]", ["routine", "unreviewed"]),
        asked: Class,
        met: (|t| t.change().approved("bob", -1.0), "routine"),
        failed: (Told::change, "unlabelled_emergency"),
    },
    Clause {
        sentence: "Was there a documented reason for the bypass?",
        held: By("justification.markers", "['because']", ["fail", "fail"]),
        asked: Control('B'),
        met: (|t| t.change().body("Why normal review was not possible: everybody else was asleep"), "pass"),
        failed: (Told::change, "fail"),
    },
    Clause {
        sentence: "Was a post-deployment review conducted?",
        held: By("review.owed", "'every_emergency'", ["Overdue", "Overdue"]),
        asked: Review,
        met: (|t| t.emergency().approved("bob", -1.0), "NotOwed"),
        failed: (Told::emergency, "Overdue"),
    },
    Clause {
        sentence: "How frequently does this happen? (more than 10% of all changes)",
        held: By("ratio.limit", "0.5", ["within", "warning"]),
        asked: Ratio,
        met: (|t| quarter(t, 1, 20), "within"),
        failed: (|t| quarter(t, 3, 18), "breach"),
    },
    Clause {
        sentence: "Emergency changes without any documentation get flagged",
        held: By("documentation.markers", "['written down']", ["no", "no"]),
        asked: Documented,
        met: (|t| t.emergency().ticket().ticket_note("Incident log: pool exhausted, restarted", 2.0), "yes"),
        failed: (|t| t.emergency().ticket(), "no"),
    },
    Clause {
        sentence: "No post-deployment review gets flagged",
        held: By("review.deadline", "'48h'", ["Pending", "Pending"]),
        asked: Review,
        met: (|t| t.emergency().seen_at(20.0), "Pending"),
        failed: (|t| t.emergency().seen_at(25.0), "Overdue"),
    },
    Clause {
        sentence: "The CTO or engineering lead authorizes the bypass",
        held: By("authorisation.roles", "['product manager']", ["fail", "pass"]),
        asked: Control('K'),
        met: (|t| t.emergency().body("Authorised by: Engineering Lead"), "pass"),
        failed: (|t| t.emergency().body("Authorised by: the product manager"), "fail"),
    },
    Clause {
        sentence: "Is this consistent with your emergency change policy?",
        held: By("emergency.label_required", "true", ["fail", "fail"]),
        asked: Control('J'),
        met: (|t| unlabelled(t).confirmed(), "pass"),
        failed: (unlabelled, "fail"),
    },
];

const LIMITS: &[Limit] = &[
    Limit {
        sentence: "A post-deployment pull request with peer review must be created within 24 hours",
        parameter: "review.deadline",
        longer: "'48h'",
        asked: Review,
        tell: |t, hours| t.emergency().approved("bob", hours),
        hours: 24.0,
    },
    Limit {
        sentence: "Within 24 hours: document in your incident log",
        parameter: "documentation.deadline",
        longer: "'48h'",
        asked: Control('M'),
        tell: |t, hours| t.emergency().incident(true).incident_note("Incident log: pool exhausted", hours),
        hours: 24.0,
    },
];

const BESIDE: &[Beside] = &[
    ("Auditors will sample your PRs", "sample.rule", "`sample draw` takes the sizes that the policy sets."),
    (
        "No policy covering emergency changes",
        "name",
        "A ledger is never without a policy in force, and every report names it with its version.",
    ),
];

const NOT_ANSWERED: &[NotAnswered] = &[
    (
        "when production availability or data security is at immediate risk",
        "The document gives it as an example of policy language, so the preset accepts any reason that is given; a company \
         that adopts the words names them in `emergency.grounds`, which control J asks.",
    ),
    ("Notify the team via Slack/PagerDuty", why::MESSAGES),
];

fn unlabelled(told: Told) -> Told {
    told.change().incident(true).body("Justification: outage of the payments service")
}

/// So many declared emergencies, and so many changes that were approved before.
fn quarter(told: Told, emergencies: u32, routine: u32) -> Told {
    let told = (0..emergencies).fold(told, |told, _| told.emergency().approved("bob", -1.0));
    (0..routine).fold(told, |told, _| told.change().approved("bob", -1.0))
}

#[test]
fn a_review_within_24_hours_is_what_its_sentences_say() {
    let document = document(PRESET, &[]);
    check(&document, CLAUSES, LIMITS);
    check_the_rest(&document, BESIDE, NOT_ANSWERED, 2);
}
