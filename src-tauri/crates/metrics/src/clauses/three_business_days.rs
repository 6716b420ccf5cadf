use super::{Asked::*, Clause, Held::*, Limit, NotAnswered, check, check_the_rest, document, telling::Told, why};

pub(super) const PRESET: &str = "three-business-days";

const REVIEWED: &str = "Post-mortem: the pool was too small";

const CLAUSES: &[Clause] = &[
    Clause {
        sentence: "Identifies a critical issue requiring an emergency change",
        held: By("justification.markers", "['because']", ["fail", "fail"]),
        asked: Control('B'),
        met: (|t| t.emergency().body("Critical issue: outage of the payments service"), "pass"),
        failed: (Told::emergency, "fail"),
    },
    Clause {
        sentence: "Critical Issue: a service outage, data corruption, a severe security vulnerability, or customers",
        held: By("emergency.grounds", "['wish']", ["fail", "pass"]),
        asked: Control('J'),
        met: (|t| t.genuine(true), "pass"),
        failed: (|t| t.emergency().incident(true).body("Justification: a wish of sales"), "fail"),
    },
    Clause {
        sentence: "Obtains and documents verbal or written approval",
        held: By("authorisation.markers", "['signed by']", ["fail", "fail"]),
        asked: Control('K'),
        met: (|t| t.emergency().ticket().ticket_note("Approved by: engineering lead and security team", 1.0), "pass"),
        failed: (|t| t.emergency().ticket(), "fail"),
    },
    Clause {
        sentence: "from an Engineering Lead and a member of the Security Team: each of them",
        held: By("authorisation.every_role", "false", ["pass", "pass"]),
        asked: Control('K'),
        met: (|t| t.emergency().body("Approved by: Kim (security team) and Leo (engineering lead)"), "pass"),
        failed: (|t| t.emergency().body("Approved by: Leo (engineering lead)"), "fail"),
    },
    Clause {
        sentence: "from an Engineering Lead and a member of the Security Team: and nobody else",
        held: By("authorisation.roles", "['product manager']", ["fail", "pass"]),
        asked: Control('K'),
        met: (|t| t.emergency().body("Approved by: security team, engineering lead"), "pass"),
        failed: (|t| t.emergency().body("Approved by: the product manager"), "fail"),
    },
    Clause {
        sentence: "in an emergency change ticket: labelled as such",
        held: By("emergency.label_required", "false", ["pass", "pass"]),
        asked: Control('J'),
        met: (|t| t.genuine(true), "pass"),
        failed: (
            |t| t.change().bypassed().incident(true).body("Justification: outage of the payments service").confirmed(),
            "fail",
        ),
    },
    Clause {
        sentence: "in an emergency change ticket: there is one",
        held: Always,
        asked: Control('A'),
        met: (|t| t.emergency().in_tracker().ticket(), "pass"),
        failed: (|t| t.emergency().in_tracker(), "fail"),
    },
    Clause {
        sentence: "An expedited peer and security review is performed on the proposed change",
        held: By("approval.required", "2", ["fail", "fail"]),
        asked: Control('C'),
        met: (|t| t.emergency().approved("bob", -0.1), "pass"),
        failed: (|t| t.emergency().approved("ann", -0.1), "fail"),
    },
    Clause {
        sentence: "Deploys the approved change to the production environment",
        held: By("controls.staging_first", "false", ["pass", "pass"]),
        asked: Control('H'),
        met: (|t| t.emergency().deployed(1.0, |d| d.staging_first = vec![Some(true)]), "pass"),
        failed: (|t| t.emergency().deployed(1.0, |d| d.staging_first = vec![Some(false)]), "fail"),
    },
    Clause {
        sentence: "to resolve the critical issue",
        held: By("emergency.incident_link", "'two_way'", ["fail", "fail"]),
        asked: Control('J'),
        met: (|t| t.genuine(false), "pass"),
        failed: (|t| t.emergency().body("Justification: outage"), "fail"),
    },
    Clause {
        sentence: "Conduct a formal post-mortem review, after every emergency",
        held: By("review.owed", "'unreviewed'", ["NotOwed", "NotOwed"]),
        asked: Review,
        met: (|t| t.emergency().approved("bob", -1.0).ticket().ticket_note(REVIEWED, 5.0), "OnTime"),
        failed: (|t| t.emergency().approved("bob", -1.0), "Overdue"),
    },
    Clause {
        sentence: "A formal meeting and report, not an approval of the code",
        held: By("review.evidence", "['approval']", ["fail", "pass"]),
        asked: Control('L'),
        met: (|t| t.emergency().ticket().ticket_note(REVIEWED, 5.0), "pass"),
        failed: (|t| t.emergency().ticket().approved("bob", 5.0), "fail"),
    },
    Clause {
        sentence: "a link to a post-mortem report",
        held: By("review.markers", "['looked back']", ["fail", "fail"]),
        asked: Control('L'),
        met: (|t| t.emergency().ticket().ticket_note("Post-mortem report: https://wiki.example.com/pm-7", 5.0), "pass"),
        failed: (|t| t.emergency().ticket().ticket_note("Timeline: see the wiki", 5.0), "fail"),
    },
    Clause {
        sentence: "The standard change documentation and pull request are completed retroactively",
        held: By("documentation.markers", "['written down']", ["no", "no"]),
        asked: Documented,
        met: (|t| t.emergency().ticket().ticket_note("Change documentation: complete", 5.0), "yes"),
        failed: (|t| t.emergency().ticket().ticket_note("Done", 5.0), "no"),
    },
];

const LIMITS: &[Limit] = &[
    Limit {
        sentence: "within 3 business days of the change",
        parameter: "review.deadline",
        longer: "'5bd'",
        asked: Review,
        tell: |t, hours| t.emergency().ticket().ticket_note(REVIEWED, hours),
        // Friday midnight; the change is of a Tuesday, at 10:00.
        hours: 85.9,
    },
    Limit {
        sentence: "The documentation is completed with the post-mortem",
        parameter: "documentation.deadline",
        longer: "'5bd'",
        asked: Control('M'),
        tell: |t, hours| t.emergency().ticket().ticket_note(REVIEWED, 1.0).ticket_note("Documented: all of it", hours),
        hours: 85.9,
    },
];

const NOT_ANSWERED: &[NotAnswered] = &[
    ("immediately notifies the Engineering Lead and Security Team", why::MESSAGES),
    (
        "Engineering and Security Teams conduct the post-mortem",
        "Notes seldom name who took part, so the preset leaves `review.by` empty; a company whose notes do may fill it, and \
         control L asks it.",
    ),
    ("a targeted and necessary fix", why::MEANING),
];

#[test]
fn a_post_mortem_within_three_business_days_is_what_its_sentences_say() {
    let document = document(PRESET, &[]);
    check(&document, CLAUSES, LIMITS);
    check_the_rest(&document, &[], NOT_ANSWERED, 3);
}
