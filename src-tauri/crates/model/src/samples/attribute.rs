//! The attributes that an auditor ticks: the columns of a work paper.

use super::Stratum;
use serde::{Deserialize, Serialize};

/// One attribute of a work paper, by its customary letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[repr(u8)]
pub enum Attribute {
    /// A ticket or request is linked.
    A,
    /// Described, with justification.
    B,
    /// Reviewed by somebody independent.
    C,
    /// The approval covers the merged head.
    D,
    /// Approved before.
    E,
    /// Tests passed.
    F,
    /// Merged or deployed by somebody else.
    G,
    /// Deployment traced, staging first.
    H,
    /// Rollback plan.
    I,
    /// A genuine emergency.
    J,
    /// Authorised by a permitted role.
    K,
    /// Reviewed afterwards in time.
    L,
    /// Documented in time.
    M,
    /// Security scan.
    N,
}

impl Attribute {
    /// Every attribute, in the order of the columns.
    pub const ALL: [Self; 14] = [
        Self::A,
        Self::B,
        Self::C,
        Self::D,
        Self::E,
        Self::F,
        Self::G,
        Self::H,
        Self::I,
        Self::J,
        Self::K,
        Self::L,
        Self::M,
        Self::N,
    ];

    /// The letter at the head of the column.
    #[must_use]
    pub const fn letter(self) -> char {
        (b'A' + self as u8) as char
    }

    /// From a letter in either case.
    #[must_use]
    pub fn from_letter(letter: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attribute| letter.trim().eq_ignore_ascii_case(&attribute.letter().to_string()))
    }

    /// What is asked of a change, in words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::A => "Authorised: a ticket or request is linked",
            Self::B => "Described, with justification",
            Self::C => "Reviewed by someone independent of every author",
            Self::D => "The approval covers the merged head",
            Self::E => "Approved before merge or deployment",
            Self::F => "Automated tests passed at the merged head",
            Self::G => "Deployed or merged by someone other than the author, where the policy says so",
            Self::H => "Deployment traced, staging first",
            Self::I => "Rollback plan, for high risk",
            Self::J => "Genuine emergency: labelled, incident linked, reason meets the policy's criteria",
            Self::K => "Authorised by a permitted role, with name and time",
            Self::L => "Reviewed afterwards within the deadline",
            Self::M => "Documented within the deadline; post-implementation review done",
            Self::N => "Security scan at the merged head without open critical or high findings",
        }
    }

    /// Whether it can be asked of a change of `kind` at all: an emergency need not be approved before, and only an emergency
    /// needs what is asked of emergencies. Nothing need be answered where it cannot.
    #[must_use]
    pub const fn applies_to(self, kind: Stratum) -> bool {
        let is_emergency = matches!(kind, Stratum::Emergency);
        match self {
            Self::E => !is_emergency,
            Self::J | Self::K | Self::L | Self::M => is_emergency,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_name_attributes() {
        let check = |text: &str, expected| assert_eq!(Attribute::from_letter(text), expected, "{text}");
        check("A", Some(Attribute::A));
        check(" n ", Some(Attribute::N));
        check("O", None);
        check("AB", None);
        check("", None);
        let letters: String = Attribute::ALL.into_iter().map(Attribute::letter).collect();
        assert_eq!(letters, "ABCDEFGHIJKLMN");
    }

    #[test]
    fn emergencies_are_asked_other_things() {
        let asked = |kind| -> String {
            Attribute::ALL.into_iter().filter(|attribute| attribute.applies_to(kind)).map(Attribute::letter).collect()
        };
        assert_eq!(asked(Stratum::Emergency), "ABCDFGHIJKLMN");
        for kind in [Stratum::Unreviewed, Stratum::Routine, Stratum::Exempt] {
            assert_eq!(asked(kind), "ABCDEFGHIN", "{kind:?}");
        }
    }
}
