use super::{Asked::*, Clause, NotAnswered, by, check, delivered, genuine, in_tracker, labelled, noted, why};
use change_ledger_model::policy::patterns::TextSignal::{
    Authorisation, Documentation, EmergencyLabel, EmergencyWords, Justification, ReviewRecord,
};

pub(super) const PRESET: &str = "next-business-day";

const CLAUSES: &[Clause] = &[
    Clause {
        sentence: "a documented determination that the change qualifies as an emergency",
        parameter: "justification.markers",
        asked: Control('B'),
        met: (|s| labelled(s).hit(Justification), "pass"),
        failed: (labelled, "fail"),
    },
    Clause {
        sentence: "The output is a uniquely identified emergency change record",
        parameter: "justification.ticket_reason_counts",
        asked: Control('A'),
        met: (|s| in_tracker(labelled(s).ticket(true)), "pass"),
        failed: (|s| in_tracker(labelled(s)), "fail"),
    },
    Clause {
        sentence: "The ticket must be clearly labeled as an emergency",
        parameter: "emergency.label_required",
        asked: Control('J'),
        met: (genuine, "pass"),
        failed: (|s| s.change(0.0).hit(EmergencyWords).incident(true).hit(Justification), "fail"),
    },
    Clause {
        sentence: "add Emergency in the summary and labels field",
        parameter: "signals.emergency_labels",
        asked: Class,
        met: (|s| s.change(0.0).hit(EmergencyLabel), "declared_emergency"),
        failed: (|s| s.change(0.0).hit(EmergencyWords), "unlabelled_emergency"),
    },
    Clause {
        sentence: "Emergency changes not clearly labeled: standard change tickets during incidents",
        parameter: "detection",
        asked: Class,
        met: (|s| s.change(0.0).incident(true).hit(EmergencyLabel), "declared_emergency"),
        failed: (|s| s.change(0.0).incident(true), "unlabelled_emergency"),
    },
    Clause {
        sentence: "and linked to the incident record",
        parameter: "emergency.incident_link",
        asked: Control('J'),
        met: (genuine, "pass"),
        failed: (|s| labelled(s).hit(Justification), "fail"),
    },
    Clause {
        sentence: "Require linking incident IDs in the change record and vice versa",
        parameter: "emergency.incident_link",
        asked: Control('J'),
        met: (genuine, "pass"),
        failed: (|s| labelled(s).incident(false).hit(Justification), "fail"),
    },
    Clause {
        sentence: "recorded approval tied to the change ticket, captured in writing",
        parameter: "authorisation.markers",
        asked: Control('K'),
        met: (|s| by(noted(s, Authorisation, 2.0), "J. Doe, Engineering Lead"), "pass"),
        failed: (|s| labelled(s).ticket(false), "fail"),
    },
    Clause {
        sentence: "the Engineering Lead or delegated approver provides approval",
        parameter: "authorisation.roles",
        asked: Control('K'),
        met: (|s| by(labelled(s).hit(Authorisation), "the delegated approver"), "pass"),
        failed: (|s| by(labelled(s).hit(Authorisation), "somebody"), "unknown"),
    },
    Clause {
        sentence: "Missing documented approval: verbal approvals are not later recorded",
        parameter: "authorisation.markers",
        asked: Authorised,
        met: (|s| labelled(s).hit(Authorisation), "yes"),
        failed: (labelled, "no"),
    },
    Clause {
        sentence: "Deployment or system logs showing change execution timestamp",
        parameter: "controls.staging_first",
        asked: Control('H'),
        met: (|s| delivered(labelled(s), |d| d.staging_first = vec![Some(true)]), "pass"),
        failed: (labelled, "unknown"),
    },
    Clause {
        sentence: "The engineer updates the change record with implementation time, results",
        parameter: "documentation.deadline",
        asked: Control('M'),
        met: (|s| noted(s, Documentation, 37.9), "pass"),
        failed: (|s| noted(s, Documentation, 38.1), "fail"),
    },
    Clause {
        sentence: "Within the next business day",
        parameter: "review.deadline",
        asked: Review,
        met: (|s| noted(s, ReviewRecord, 37.9), "OnTime"),
        failed: (|s| noted(s, ReviewRecord, 38.1), "Late"),
    },
    Clause {
        sentence: "reviews the emergency change for appropriateness and lessons learned: every one",
        parameter: "review.owed",
        asked: Review,
        met: (|s| noted(s, ReviewRecord, 2.0).approved("bob", -1.0), "OnTime"),
        failed: (|s| labelled(s).approved("bob", -1.0), "Overdue"),
    },
    Clause {
        sentence: "Post-implementation review notes dated within one business day",
        parameter: "review.evidence",
        asked: Review,
        met: (|s| noted(s, ReviewRecord, 2.0), "OnTime"),
        failed: (|s| labelled(s).approved("bob", 2.0), "Overdue"),
    },
    Clause {
        sentence: "No post-implementation review",
        parameter: "review.markers",
        asked: Control('L'),
        met: (|s| noted(s, ReviewRecord, 3.0), "pass"),
        failed: (|s| noted(s, Documentation, 3.0), "fail"),
    },
    Clause {
        sentence: "reviews the proposed change for risk and necessity",
        parameter: "approval.required",
        asked: Control('C'),
        met: (|s| labelled(s).approved("bob", -0.5), "pass"),
        failed: (|s| labelled(s).approved("ann", -0.5), "fail"),
    },
    Clause {
        sentence: "tested as feasible",
        parameter: "controls.staging_first",
        asked: Control('F'),
        met: (|s| delivered(labelled(s), |d| d.tests_passed = vec![Some(true)]), "pass"),
        failed: (|s| delivered(labelled(s), |d| d.tests_passed = vec![Some(false)]), "fail"),
    },
];

const NOT_ANSWERED: &[NotAnswered] = &[
    ("service outage, security risk, or data integrity issue", why::GROUNDS),
    ("the Engineering Lead reviews", why::ROLES),
    ("Any deviations from standard testing are noted", why::NO_RECORD),
    ("Post-implementation checks confirm system stability", why::NO_RECORD),
    ("Required follow-up actions are documented and assigned", why::NO_RECORD),
    ("Evidence such as logs or screenshots is attached", why::NO_RECORD),
    ("Announce the emergency change in the incident channel", why::NO_RECORD),
    ("Retain the Slack message history", why::RETENTION),
];

#[test]
fn a_review_on_the_next_business_day_is_what_its_sentences_say() {
    check(PRESET, CLAUSES, NOT_ANSWERED, 8);
}
