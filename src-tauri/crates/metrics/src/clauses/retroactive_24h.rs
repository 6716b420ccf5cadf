use super::{Asked::*, Clause, NotAnswered, by, check, genuine, labelled, noted, why};
use crate::sample::Sample;
use change_ledger_model::{
    columns::HitOwner,
    policy::patterns::TextSignal::{Authorisation, Documentation, EmergencyLabel, Justification},
    record::Verdict,
};

pub(super) const PRESET: &str = "retroactive-24h";

const CLAUSES: &[Clause] = &[
    Clause {
        sentence: "Log the decision - who authorized the bypass",
        parameter: "authorisation.markers",
        asked: Control('K'),
        met: (|s| labelled(s).hit(Authorisation), "pass"),
        failed: (labelled, "fail"),
    },
    Clause {
        sentence: "and why",
        parameter: "justification.markers",
        asked: Control('B'),
        met: (|s| labelled(s).hit(Justification), "pass"),
        failed: (labelled, "fail"),
    },
    Clause {
        sentence: "Within 24 hours: create a post-deployment PR with the code changes",
        parameter: "review.evidence",
        asked: Review,
        met: (|s| labelled(s).approved("bob", 20.0), "OnTime"),
        failed: (|s| labelled(s).says("bob", Verdict::Commented, 20.0), "Overdue"),
    },
    Clause {
        sentence: "Get retroactive review",
        parameter: "review.deadline",
        asked: Review,
        met: (|s| labelled(s).approved("bob", 24.0), "OnTime"),
        failed: (|s| labelled(s).approved("bob", 24.1), "Late"),
    },
    Clause {
        sentence: "another engineer reviews the change",
        parameter: "approval.required",
        asked: Review,
        met: (|s| labelled(s).approved("bob", 2.0), "OnTime"),
        failed: (|s| labelled(s).approved("ann", 2.0), "Overdue"),
    },
    Clause {
        sentence: "Document in your incident log",
        parameter: "documentation.deadline",
        asked: Control('M'),
        met: (|s| labelled(s).incident(true).hit_on(HitOwner::Incident(0), Documentation, Some(24.0)), "pass"),
        failed: (|s| labelled(s).incident(true).hit_on(HitOwner::Incident(0), Documentation, Some(24.1)), "fail"),
    },
    Clause {
        sentence: "Why normal review was not possible",
        parameter: "justification.ticket_reason_counts",
        asked: Control('B'),
        met: (|s| labelled(s).ticket(true), "pass"),
        failed: (|s| labelled(s).ticket(false), "fail"),
    },
    Clause {
        sentence: "When the retroactive review was completed",
        parameter: "review.deadline",
        asked: Control('L'),
        met: (|s| labelled(s).approved("bob", 1.0), "pass"),
        failed: (labelled, "fail"),
    },
    Clause {
        sentence: "Incident timeline: shows the emergency was real",
        parameter: "emergency.incident_link",
        asked: Control('J'),
        met: (genuine, "pass"),
        failed: (|s| labelled(s).hit(Justification), "fail"),
    },
    Clause {
        sentence: "Post-deployment PR: proves the change was eventually reviewed",
        parameter: "approval.required",
        asked: Control('C'),
        met: (|s| labelled(s).approved("bob", 200.0), "pass"),
        failed: (labelled, "fail"),
    },
    Clause {
        sentence: "Justification document: explains why normal process was bypassed",
        parameter: "justification.markers",
        asked: Control('J'),
        met: (genuine, "pass"),
        failed: (|s| labelled(s).incident(true), "fail"),
    },
    Clause {
        sentence: "Retroactive approval: shows the change was validated after the fact",
        parameter: "review.evidence",
        asked: Control('L'),
        met: (|s| labelled(s).approved("bob", 3.0), "pass"),
        failed: (|s| noted(s, Documentation, 3.0), "fail"),
    },
    Clause {
        sentence: "they find an emergency change (merged without prior review)",
        parameter: "detection",
        asked: Class,
        met: (|s| s.change(0.0).approved("bob", -1.0), "routine"),
        failed: (|s| s.change(0.0), "unlabelled_emergency"),
    },
    Clause {
        sentence: "Was there a documented reason for the bypass?",
        parameter: "justification.markers",
        asked: Control('B'),
        met: (|s| s.change(0.0).hit(Justification), "pass"),
        failed: (|s| s.change(0.0), "fail"),
    },
    Clause {
        sentence: "Was a post-deployment review conducted?",
        parameter: "review.owed",
        asked: Review,
        met: (|s| s.change(0.0).approved("bob", 3.0), "OnTime"),
        failed: (|s| s.change(0.0), "Overdue"),
    },
    Clause {
        sentence: "How frequently does this happen? (more than 10% of all changes)",
        parameter: "ratio.limit",
        asked: Ratio,
        met: (|s| changes(s, 1, 20), "within"),
        failed: (|s| changes(s, 3, 18), "breach"),
    },
    Clause {
        sentence: "Emergency changes without any documentation get flagged",
        parameter: "documentation.markers",
        asked: Documented,
        met: (|s| noted(s, Documentation, 2.0), "yes"),
        failed: (|s| labelled(s).ticket(false), "no"),
    },
    Clause {
        sentence: "No post-deployment review gets flagged",
        parameter: "review.deadline",
        asked: Review,
        met: (|s| labelled(s).seen_at(20.0), "Pending"),
        failed: (|s| labelled(s).seen_at(25.0), "Overdue"),
    },
    Clause {
        sentence: "The CTO or engineering lead authorizes the bypass",
        parameter: "authorisation.roles",
        asked: Control('K'),
        met: (|s| by(labelled(s).hit(Authorisation), "Engineering Lead"), "pass"),
        failed: (|s| by(labelled(s).hit(Authorisation), "a colleague"), "unknown"),
    },
    Clause {
        sentence: "Is this consistent with your emergency change policy?",
        parameter: "emergency.label_required",
        asked: Control('J'),
        met: (|s| s.change(0.0).incident(true).hit(Justification), "pass"),
        failed: (|s| s.change(0.0).hit(EmergencyLabel).approved("bob", 1.0), "fail"),
    },
];

const NOT_ANSWERED: &[NotAnswered] = &[
    ("when production availability or data security is at immediate risk", why::GROUNDS),
    ("Notify the team via Slack/PagerDuty", why::NO_RECORD),
    ("No policy covering emergency changes", why::NOT_A_CHANGE),
];

/// So many declared emergencies, and so many changes that were approved before.
fn changes(sample: Sample, emergencies: u32, routine: u32) -> Sample {
    let sample = (0..emergencies).fold(sample, |sample, _| labelled(sample).approved("bob", -1.0));
    (0..routine).fold(sample, |sample, _| sample.change(0.0).approved("bob", -1.0))
}

#[test]
fn a_review_within_24_hours_is_what_its_sentences_say() {
    check(PRESET, CLAUSES, NOT_ANSWERED, 3);
}
