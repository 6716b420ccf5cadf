use super::{Asked::*, Clause, NotAnswered, by, check, delivered, genuine, labelled, noted, why};
use change_ledger_model::policy::patterns::TextSignal::{
    Authorisation, Documentation, EmergencyWords, Justification, ReviewRecord,
};

pub(super) const PRESET: &str = "three-business-days";

const CLAUSES: &[Clause] = &[
    Clause {
        sentence: "Identifies a critical issue requiring an emergency change",
        parameter: "justification.markers",
        asked: Control('B'),
        met: (|s| labelled(s).hit(Justification), "pass"),
        failed: (labelled, "fail"),
    },
    Clause {
        sentence: "Obtains and documents verbal or written approval",
        parameter: "authorisation.markers",
        asked: Control('K'),
        met: (|s| by(noted(s, Authorisation, 1.0), "engineering lead, security team"), "pass"),
        failed: (|s| labelled(s).ticket(false), "fail"),
    },
    Clause {
        sentence: "from an Engineering Lead and a member of the Security Team",
        parameter: "authorisation.every_role",
        asked: Control('K'),
        met: (|s| by(noted(s, Authorisation, 1.0), "Kim (security team) and Leo (engineering lead)"), "pass"),
        failed: (|s| by(noted(s, Authorisation, 1.0), "Leo (engineering lead)"), "unknown"),
    },
    Clause {
        sentence: "in an emergency change ticket",
        parameter: "emergency.label_required",
        asked: Control('J'),
        met: (genuine, "pass"),
        failed: (|s| s.change(0.0).hit(EmergencyWords).incident(true).hit(Justification), "fail"),
    },
    Clause {
        sentence: "An expedited peer and security review is performed on the proposed change",
        parameter: "approval.required",
        asked: Control('C'),
        met: (|s| labelled(s).approved("bob", -0.1), "pass"),
        failed: (|s| labelled(s).approved("ann", -0.1), "fail"),
    },
    Clause {
        sentence: "Deploys the approved change to the production environment",
        parameter: "controls.staging_first",
        asked: Control('H'),
        met: (|s| delivered(labelled(s), |d| d.staging_first = vec![Some(true)]), "pass"),
        failed: (labelled, "unknown"),
    },
    Clause {
        sentence: "within 3 business days of the change",
        parameter: "review.deadline",
        asked: Review,
        met: (|s| noted(s, ReviewRecord, 85.9), "OnTime"),
        failed: (|s| noted(s, ReviewRecord, 86.1), "Late"),
    },
    Clause {
        sentence: "Conduct a formal post-mortem review, after every emergency",
        parameter: "review.owed",
        asked: Review,
        met: (|s| noted(s, ReviewRecord, 5.0).approved("bob", -1.0), "OnTime"),
        failed: (|s| labelled(s).approved("bob", -1.0), "Overdue"),
    },
    Clause {
        sentence: "a link to a post-mortem report",
        parameter: "review.evidence",
        asked: Control('L'),
        met: (|s| noted(s, ReviewRecord, 5.0), "pass"),
        failed: (|s| labelled(s).approved("bob", 5.0), "fail"),
    },
    Clause {
        sentence: "The standard change documentation and pull request are completed retroactively",
        parameter: "documentation.deadline",
        asked: Control('M'),
        met: (|s| noted(s, Documentation, 85.9), "pass"),
        failed: (|s| noted(s, Documentation, 86.1), "fail"),
    },
    Clause {
        sentence: "to resolve a critical issue, such as a service outage",
        parameter: "emergency.incident_link",
        asked: Control('J'),
        met: (genuine, "pass"),
        failed: (|s| labelled(s).hit(Justification), "fail"),
    },
];

const NOT_ANSWERED: &[NotAnswered] = &[
    ("immediately notifies the Engineering Lead and Security Team", why::NO_RECORD),
    ("service outage, data corruption, severe security vulnerability", why::GROUNDS),
    ("Engineering and Security Teams conduct the post-mortem", why::ROLES),
    ("a targeted and necessary fix", why::NO_RECORD),
];

#[test]
fn a_post_mortem_within_three_business_days_is_what_its_sentences_say() {
    check(PRESET, CLAUSES, NOT_ANSWERED, 4);
}
