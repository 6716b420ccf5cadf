//! What people state about changes afterwards: that one was authorised, justified or reviewed, which incident it was for,
//! whether a detection rule was right, and that one is exempt.
//!
//! Nothing stated is ever taken out. A later statement on the same topic takes the place of the one before it.

use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What somebody attests of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum AttestationKind {
    /// It was reviewed, at the moment that the statement is about.
    Review = 0,
    /// It was authorised.
    Authorisation = 1,
    /// It was justified; the reason is the justification.
    Justification = 2,
    /// It belongs to incidents, which the statement names.
    Incident = 3,
    /// A detection rule was right: the change was an emergency that nobody labelled.
    Confirm = 4,
    /// A detection rule was wrong: the change was no emergency.
    Dismiss = 5,
    /// It is exempt.
    Exempt = 6,
}

/// What an attestation is about. Of several on one topic the last holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttestationTopic {
    /// Whether it was reviewed.
    Review,
    /// Whether it was authorised.
    Authorisation,
    /// Whether it was justified.
    Justification,
    /// To which incidents it belongs.
    Incident,
    /// Whether a detection rule was right.
    Detection,
    /// Whether it is exempt.
    Exemption,
}

impl AttestationKind {
    /// Every kind, in order.
    pub const ALL: [Self; 7] = [
        Self::Review,
        Self::Authorisation,
        Self::Justification,
        Self::Incident,
        Self::Confirm,
        Self::Dismiss,
        Self::Exempt,
    ];

    /// From the number stored in a ledger.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == code)
    }

    /// The name in JSON and on the command line: `authorisation`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Authorisation => "authorisation",
            Self::Justification => "justification",
            Self::Incident => "incident",
            Self::Confirm => "confirm",
            Self::Dismiss => "dismiss",
            Self::Exempt => "exempt",
        }
    }

    /// What it is about.
    #[must_use]
    pub const fn topic(self) -> AttestationTopic {
        match self {
            Self::Review => AttestationTopic::Review,
            Self::Authorisation => AttestationTopic::Authorisation,
            Self::Justification => AttestationTopic::Justification,
            Self::Incident => AttestationTopic::Incident,
            Self::Confirm | Self::Dismiss => AttestationTopic::Detection,
            Self::Exempt => AttestationTopic::Exemption,
        }
    }
}

/// The part of an attestation by which changes are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Attested {
    /// What is attested.
    pub kind: AttestationKind,
    /// Whether it says instead that what was attested on this topic no longer holds.
    pub withdraws: bool,
    /// The moment that it is about. A judgement at an earlier moment does not know it.
    pub at: Timestamp,
}

impl Attested {
    /// Whether only somebody independent of every author of the change can state it: that it was reviewed or authorised, that it
    /// was no emergency, that it is exempt. Whoever takes something back makes nothing pass.
    #[must_use]
    pub const fn needs_independence(&self) -> bool {
        let is_favour = matches!(
            self.kind,
            AttestationKind::Review
                | AttestationKind::Authorisation
                | AttestationKind::Dismiss
                | AttestationKind::Exempt
        );
        is_favour && !self.withdraws
    }
}

/// One attestation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestation {
    /// Number of its entry in the ledger's chain.
    pub event: i64,
    /// Ledger-wide name of the change, `github:acme/pay#2214`.
    pub change: String,
    /// What is attested, and of when.
    pub what: Attested,
    /// When it was stated, which may be long after the moment that it is about.
    pub stated_at: Timestamp,
    /// By whom, as they said.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The incidents that it names, by ledger-wide id where they were imported when it was stated. Empty for other kinds.
    pub incidents: Vec<String>,
}

/// The attestations of one change that hold at `as_of`, in the order of their topics. `stated` are all of them, in the order
/// in which they were stated: of those about a moment up to `as_of` the last on each topic holds, unless it withdraws.
pub fn in_force<T>(
    stated: impl IntoIterator<Item = T>,
    attested: impl Fn(&T) -> Attested,
    as_of: Timestamp,
) -> impl Iterator<Item = T> {
    let mut last: BTreeMap<AttestationTopic, T> = BTreeMap::new();
    for one in stated {
        let what = attested(&one);
        if what.at <= as_of {
            last.insert(what.kind.topic(), one);
        }
    }
    last.into_values().filter(move |one| !attested(one).withdraws)
}

/// What became of a change at the detection rules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Detection {
    /// No rule found it, or it is declared or exempt by the policy, so that rules are not asked.
    #[default]
    NotFound = 0,
    /// A rule found it, and nobody said whether rightly.
    Unjudged = 1,
    /// A rule found it, and a person confirmed that it was an emergency.
    Confirmed = 2,
    /// A rule found it, and a person dismissed that: it is no emergency.
    Dismissed = 3,
}

impl Detection {
    /// From the number used in columns.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::NotFound, Self::Unjudged, Self::Confirmed, Self::Dismissed]
            .into_iter()
            .find(|detection| *detection as u8 == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AttestationKind::{Confirm, Dismiss, Exempt, Review};

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_millis(hours * 3_600_000).unwrap()
    }

    #[test]
    fn the_last_on_each_topic_holds_until_it_is_withdrawn() {
        let check = |stated: &[(AttestationKind, bool, i64)], as_of: i64, expected: &[(AttestationKind, i64)]| {
            let stated = stated.iter().map(|(kind, withdraws, hours)| Attested {
                kind: *kind,
                withdraws: *withdraws,
                at: at(*hours),
            });
            let found: Vec<_> = in_force(stated, |one| *one, at(as_of)).map(|one| (one.kind, one.at)).collect();
            let expected: Vec<_> = expected.iter().map(|(kind, hours)| (*kind, at(*hours))).collect();
            assert_eq!(found, expected);
        };
        check(&[], 9, &[]);
        check(&[(Review, false, 1), (Exempt, false, 2)], 9, &[(Review, 1), (Exempt, 2)]);
        check(&[(Review, false, 1), (Review, false, 3)], 9, &[(Review, 3)]);
        // The later statement holds, also where it is about an earlier moment.
        check(&[(Review, false, 3), (Review, false, 1)], 9, &[(Review, 1)]);
        check(&[(Confirm, false, 1), (Dismiss, false, 2)], 9, &[(Dismiss, 2)]);
        check(&[(Confirm, false, 1), (Dismiss, true, 2)], 9, &[]);
        // What is later than the judgement was not said yet.
        check(&[(Confirm, false, 1), (Dismiss, false, 5)], 4, &[(Confirm, 1)]);
        check(&[(Confirm, false, 5)], 5, &[(Confirm, 5)]);
        check(&[(Confirm, false, 1), (Confirm, true, 5)], 4, &[(Confirm, 1)]);
    }

    #[test]
    fn nobody_does_themselves_a_favour_but_anybody_may_take_one_back() {
        let favours: Vec<_> = AttestationKind::ALL
            .into_iter()
            .filter(|kind| Attested { kind: *kind, withdraws: false, at: at(0) }.needs_independence())
            .collect();
        assert_eq!(favours, [Review, AttestationKind::Authorisation, Dismiss, Exempt]);
        for kind in AttestationKind::ALL {
            assert!(!Attested { kind, withdraws: true, at: at(0) }.needs_independence(), "{kind:?}");
        }
    }

    #[test]
    fn kinds_are_found_by_their_numbers_and_go_by_their_names() {
        for kind in AttestationKind::ALL {
            assert_eq!(AttestationKind::from_code(kind as u8), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
        assert_eq!(AttestationKind::from_code(7), None);
    }
}
