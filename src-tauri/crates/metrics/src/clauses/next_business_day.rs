use super::{
    Asked::*, Beside, Clause, Held::*, Limit, NotAnswered, check, check_the_rest, document, telling::Told, why,
};

pub(super) const PRESET: &str = "next-business-day";

/// A note that records the review by whom the policy asks.
const REVIEWED: &str = "Post-implementation review: by the engineering lead, nothing to add";

const CLAUSES: &[Clause] = &[
    Clause {
        sentence: "a documented determination that the change qualifies as an emergency",
        held: By("justification.markers", "['determination']", ["fail", "fail"]),
        asked: Control('B'),
        met: (|t| t.emergency().body("Emergency justification: outage"), "pass"),
        failed: (Told::emergency, "fail"),
    },
    Clause {
        sentence: "due to service outage, security risk, or data integrity issue",
        held: By("emergency.grounds", "['wish']", ["fail", "pass"]),
        asked: Control('J'),
        met: (|t| t.genuine(true), "pass"),
        failed: (|t| t.emergency().incident(true).body("Justification: a wish of sales"), "fail"),
    },
    Clause {
        sentence: "The output is a uniquely identified emergency change record",
        held: Always,
        asked: Control('A'),
        met: (|t| t.emergency().in_tracker().ticket(), "pass"),
        failed: (|t| t.emergency().in_tracker(), "fail"),
    },
    Clause {
        sentence: "The ticket must be clearly labeled as an emergency",
        held: By("emergency.label_required", "false", ["pass", "pass"]),
        asked: Control('J'),
        met: (|t| t.genuine(true), "pass"),
        failed: (
            |t| t.change().bypassed().incident(true).body("Justification: outage of the payments service").confirmed(),
            "fail",
        ),
    },
    Clause {
        sentence: "add Emergency in the labels field, or choose the type",
        held: By("signals.emergency_labels", "['urgent']", ["unreviewed", "unlabelled_emergency"]),
        asked: Class,
        met: (|t| t.change().label("Emergency Change"), "declared_emergency"),
        failed: (|t| t.change().body("An emergency, as they said."), "unlabelled_emergency"),
    },
    Clause {
        sentence: "add Emergency in the summary",
        held: By("signals.emergency_title_tags", "['(!)']", ["unlabelled_emergency", "unreviewed"]),
        asked: Class,
        met: (|t| t.change().title("[Emergency] Restart the pool"), "declared_emergency"),
        failed: (|t| t.change().title("Restart the pool"), "unreviewed"),
    },
    Clause {
        sentence: "Emergency changes not clearly labeled: standard change tickets during incidents",
        held: By("detection", "[{ all = ['bypass_recorded'] }]", ["declared_emergency", "unreviewed"]),
        asked: Class,
        met: (|t| t.change().incident(true).label("Emergency"), "declared_emergency"),
        failed: (|t| t.change().incident(true), "unlabelled_emergency"),
    },
    Clause {
        sentence: "and linked to the incident record",
        held: Always,
        asked: Control('J'),
        met: (|t| t.genuine(true), "pass"),
        failed: (|t| t.emergency().body("Justification: outage"), "fail"),
    },
    Clause {
        sentence: "Require linking incident IDs in the change record and vice versa",
        held: By("emergency.incident_link", "'resolved'", ["pass", "pass"]),
        asked: Control('J'),
        met: (|t| t.genuine(true), "pass"),
        failed: (|t| t.genuine(false), "fail"),
    },
    Clause {
        sentence: "recorded approval tied to the change ticket, captured in writing",
        held: By("authorisation.markers", "['signed by']", ["fail", "fail"]),
        asked: Control('K'),
        met: (|t| t.emergency().ticket().ticket_note("Approved by: J. Doe, Engineering Lead", 2.0), "pass"),
        failed: (|t| t.emergency().ticket(), "fail"),
    },
    Clause {
        sentence: "The Engineering Lead or delegated approver provides approval",
        held: By("authorisation.roles", "['database administrator']", ["unknown", "pass"]),
        asked: Control('K'),
        met: (|t| t.emergency().body("Authorised by: the delegated approver"), "pass"),
        failed: (|t| t.emergency().body("Authorised by: the database administrator"), "fail"),
    },
    Clause {
        sentence: "Missing documented approval: verbal approvals are not later recorded",
        held: By("authorisation.markers", "['signed by']", ["no", "no"]),
        asked: Authorised,
        met: (|t| t.emergency().body("Approved by: the engineering lead, by phone"), "yes"),
        failed: (|t| t.emergency().body("Talked to the engineering lead."), "no"),
    },
    Clause {
        sentence: "Deployment or system logs showing change execution timestamp",
        held: By("clock.implemented", "'merged'", ["Late", "Late"]),
        asked: Review,
        met: (|t| t.emergency().deployed(30.0, |_| ()).ticket().ticket_note(REVIEWED, 61.9), "OnTime"),
        failed: (|t| t.emergency().deployed(30.0, |_| ()).ticket().ticket_note(REVIEWED, 62.1), "Late"),
    },
    Clause {
        sentence: "The engineer deploys the change following established technical procedures",
        held: By("controls.staging_first", "false", ["pass", "pass"]),
        asked: Control('H'),
        met: (|t| t.emergency().deployed(1.0, |d| d.staging_first = vec![Some(true)]), "pass"),
        failed: (|t| t.emergency().deployed(1.0, |d| d.staging_first = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "Each emergency change is retrospectively reviewed, also one that was approved before",
        held: By("review.owed", "'unreviewed'", ["NotOwed", "NotOwed"]),
        asked: Review,
        met: (|t| t.emergency().approved("bob", -1.0).ticket().ticket_note(REVIEWED, 2.0), "OnTime"),
        failed: (|t| t.emergency().approved("bob", -1.0), "Overdue"),
    },
    Clause {
        sentence: "Post-implementation review notes dated within one business day",
        held: By("review.evidence", "['approval']", ["Overdue", "OnTime"]),
        asked: Review,
        met: (|t| t.emergency().ticket().ticket_note(REVIEWED, 2.0), "OnTime"),
        failed: (|t| t.emergency().ticket().approved("bob", 2.0), "Overdue"),
    },
    Clause {
        sentence: "No post-implementation review",
        held: By("review.markers", "['looked back']", ["fail", "fail"]),
        asked: Control('L'),
        met: (|t| t.emergency().ticket().ticket_note(REVIEWED, 3.0), "pass"),
        failed: (|t| t.emergency().ticket().ticket_note("Deployment details: at noon", 3.0), "fail"),
    },
    Clause {
        sentence: "the Engineering Lead reviews the emergency change",
        // A note by somebody else leaves it open whether the engineering lead reviewed too.
        held: By("review.by", "['product manager']", ["unknown", "fail"]),
        asked: Control('L'),
        met: (|t| t.emergency().ticket().ticket_note(REVIEWED, 3.0), "pass"),
        failed: (|t| t.emergency().ticket().ticket_note("Results: the engineering lead was told", 3.0), "fail"),
    },
    Clause {
        sentence: "reviews the proposed change for risk and necessity",
        held: By("approval.required", "2", ["fail", "fail"]),
        asked: Control('C'),
        met: (|t| t.emergency().approved("bob", -0.5), "pass"),
        failed: (|t| t.emergency().approved("ann", -0.5), "fail"),
    },
    Clause {
        sentence: "tested as feasible",
        held: Always,
        asked: Control('F'),
        met: (|t| t.emergency().deployed(1.0, |d| d.tests_passed = vec![Some(true)]), "pass"),
        failed: (|t| t.emergency().deployed(1.0, |d| d.tests_passed = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "The engineer updates the change record with implementation time, results, and any rollback actions",
        held: By("documentation.markers", "['written down']", ["no", "no"]),
        asked: Documented,
        met: (|t| t.emergency().ticket().ticket_note("Results: errors are gone", 2.0), "yes"),
        failed: (|t| t.emergency().ticket().ticket_note("Done", 2.0), "no"),
    },
];

const LIMITS: &[Limit] = &[
    Limit {
        sentence: "Within the next business day",
        parameter: "review.deadline",
        longer: "'3bd'",
        asked: Review,
        tell: |t, hours| t.emergency().ticket().ticket_note(REVIEWED, hours),
        hours: 37.9,
    },
    Limit {
        sentence: "The output is a fully documented emergency change record",
        parameter: "documentation.deadline",
        longer: "'3bd'",
        asked: Control('M'),
        tell: |t, hours| {
            let reviewed = t.emergency().ticket().ticket_note(REVIEWED, 1.0);
            reviewed.ticket_note("Implementation: pool size raised", hours)
        },
        hours: 37.9,
    },
];

const BESIDE: &[Beside] = &[(
    "periodically review tickets for correct classification",
    "detection",
    "`changes --class unlabelled-emergency` lists what the rules find, and people confirm or dismiss each with a reason.",
)];

const NOT_ANSWERED: &[NotAnswered] = &[
    ("documenting the issue, scope of change, and systems affected", why::MEANING),
    ("while minimizing scope and duration", why::MEANING),
    ("Any deviations from standard testing are noted", why::MEANING),
    (
        "Post-implementation checks confirm system stability; monitoring and logs are reviewed for anomalies",
        why::NO_RECORD,
    ),
    ("Required follow-up actions are documented and assigned", why::MEANING),
    ("Evidence such as logs or screenshots is attached", why::NO_RECORD),
    ("Announce the emergency change in the incident channel, and its completion and outcome", why::MESSAGES),
    ("Retain the Slack message history", why::RETENTION),
];

#[test]
fn a_review_on_the_next_business_day_is_what_its_sentences_say() {
    let document = document(PRESET, &[]);
    check(&document, CLAUSES, LIMITS);
    check_the_rest(&document, BESIDE, NOT_ANSWERED, 8);
}
