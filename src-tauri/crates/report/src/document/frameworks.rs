use serde::Serialize;

/// A requirement of a framework and where this report speaks to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Framework {
    pub framework: &'static str,
    pub reference: &'static str,
    pub expects: &'static str,
    pub shown: &'static str,
}

/// The requirements, paraphrased: the wording of the frameworks is theirs.
pub(crate) const FRAMEWORKS: &[Framework] = &[
    Framework {
        framework: "SOC 2 (AICPA Trust Services Criteria)",
        reference: "CC8.1",
        expects: "Changes are authorised, tested, approved and documented before they are implemented; emergency changes follow a defined path.",
        shown: "All four answers; every emergency with authorisation, justification and later review.",
    },
    Framework {
        framework: "ISO/IEC 27001:2022",
        reference: "A.8.32",
        expects: "Changes to information processing facilities and systems follow change management procedures.",
        shown: "Classes of changes per quarter; departures from the policy.",
    },
    Framework {
        framework: "ISO/IEC 27001:2022",
        reference: "A.8.8",
        expects: "Technical vulnerabilities are evaluated and treated in time.",
        shown: "Findings fixed within the deadline of their severity, late or not yet; emergencies made to close one are listed like any other.",
    },
    Framework {
        framework: "HIPAA Security Rule",
        reference: "45 CFR 164.308(a)(5)(ii)(B)",
        expects: "Procedures guard against, detect and report malicious software.",
        shown: "Changes that reached production without an independent review, and what followed.",
    },
    Framework {
        framework: "PCI DSS 4.0.1",
        reference: "6.3 to 6.5",
        expects: "Vulnerabilities are addressed, and changes to system components are managed: reason, approval, test, back-out.",
        shown: "Reason and approval for each emergency; tests and rollback plans among the controls.",
    },
    Framework {
        framework: "Directive (EU) 2022/2555 (NIS2)",
        reference: "Article 21(2)(e)",
        expects: "Security in acquisition, development and maintenance of network and information systems.",
        shown: "How often the ordinary review is bypassed, and whether the bypass is controlled.",
    },
];
