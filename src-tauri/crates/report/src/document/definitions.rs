use serde::Serialize;

/// What a number means, as printed beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// Stable key: `emergency_ratio`.
    pub key: &'static str,
    /// Name as printed.
    pub name: &'static str,
    /// What is counted or measured, and over what.
    pub meaning: &'static str,
}

const DEFINITIONS: &[Definition] = &[
    Definition {
        key: "population",
        name: "Changes (N)",
        meaning: "Changes implemented in the quarter on a branch that the policy counts. A change is implemented when it is merged; one from a change ticket, when work on it ended. Exempt changes count unless the policy says otherwise.",
    },
    Definition {
        key: "qualifying_approval",
        name: "Qualifying approval",
        meaning: "An approval by a known human who is neither author nor co-author, not withdrawn by a dismissal or by the same person asking for changes before the merge. Approvals before and after implementation are kept apart: a late one never makes an early one.",
    },
    Definition {
        key: "declared_emergency",
        name: "Declared emergency",
        meaning: "A change that bears an emergency label, type or title tag of the policy, or whose linked ticket does.",
    },
    Definition {
        key: "unlabelled_emergencies",
        name: "Unlabelled emergency",
        meaning: "A change that is not declared, but on which all signals of a detection rule of the policy hold. Reported as a count and as a share of all emergencies.",
    },
    Definition {
        key: "emergency_ratio",
        name: "Emergency ratio",
        meaning: "Emergencies (declared and unlabelled) divided by changes. n/a for a quarter without changes.",
    },
    Definition {
        key: "unreviewed_changes",
        name: "Unreviewed change",
        meaning: "A change with review data, without a qualifying approval at implementation, and on which no detection rule holds: an exception, not an emergency.",
    },
    Definition {
        key: "retroactive_review",
        name: "Retroactive review",
        meaning: "Owed by every emergency without a qualifying approval at implementation; done by the first qualifying approval later. On time: at or before the deadline. Late: after it. Not yet due: open, deadline not passed when the report was made. Overdue: open, deadline passed. Not known: the files do not tell whether the change was reviewed, or when.",
    },
    Definition {
        key: "time_to_review",
        name: "Time to review",
        meaning: "From implementation to the retroactive review, over those that were done; median and 90th percentile by linear interpolation. The estimated median counts open reviews as lasting at least until now (Kaplan and Meier, 1958). The band around the curve is its pointwise 95% confidence interval: Greenwood's variance on the scale of log(-log) (Kalbfleisch and Prentice, 2002); the median's interval is where the band crosses one half (Brookmeyer and Crowley, 1982).",
    },
    Definition {
        key: "on_time_rate",
        name: "Reviewed on time",
        meaning: "On time divided by on time, late and overdue together. Reviews not yet due and those not known are outside.",
    },
    Definition {
        key: "missing_incident_links",
        name: "Missing incident link",
        meaning: "An emergency that names no incident, or only incidents that were not imported. One-way: the incident is there, but does not name the change back; shown beside, not counted here.",
    },
    Definition {
        key: "on_record",
        name: "On record",
        meaning: "An authorisation, justification or documentation is on record when an imported text bears it under the words that the policy names. Not known is said where the imported files could not carry it.",
    },
    Definition {
        key: "batch_stamped",
        name: "Given in a batch",
        meaning: "Retroactive approvals that one person gave within minutes, at least as many as the policy names: a sign of how thorough the review was, not an exception.",
    },
];

/// The definitions of every number in the report, in the order in which it prints them.
#[must_use]
pub const fn definitions() -> &'static [Definition] {
    DEFINITIONS
}
