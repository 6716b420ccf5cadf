//! What a sample is drawn from: changes that are named once and for all.

use crate::{Timestamp, judgement::Class, quarterly::PolicyReference};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A part of a population from which is drawn on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Stratum {
    /// Declared and unlabelled emergencies.
    Emergency = 0,
    /// Changes without a qualifying approval that are no emergencies.
    Unreviewed = 1,
    /// The rest.
    Routine = 2,
    /// Changes that a rule of the policy exempts.
    Exempt = 3,
    /// The whole population, where it is not divided.
    All = 4,
}

impl Stratum {
    /// The strata into which a population is divided, in the order of a work paper.
    pub const DIVIDED: [Self; 4] = [Self::Emergency, Self::Unreviewed, Self::Routine, Self::Exempt];

    /// The stratum of changes of `class`.
    #[must_use]
    pub const fn of(class: Class) -> Self {
        match class {
            Class::DeclaredEmergency | Class::UnlabelledEmergency => Self::Emergency,
            Class::Unreviewed => Self::Unreviewed,
            Class::Exempt => Self::Exempt,
            Class::Routine => Self::Routine,
        }
    }

    /// The name in JSON, on the command line and in fingerprints: `emergency`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Unreviewed => "unreviewed",
            Self::Routine => "routine",
            Self::Exempt => "exempt",
            Self::All => "all",
        }
    }

    /// From its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::DIVIDED.into_iter().chain([Self::All]).find(|stratum| stratum.name() == name)
    }
}

/// One change of a population.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// The change's ledger-wide name.
    pub change: String,
    /// Its stratum when the population was frozen.
    pub stratum: Stratum,
}

/// Which changes belong to a population: those that count in a quarter, narrowed down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PopulationFilter {
    /// The quarter, `2026-Q3`.
    pub quarter: String,
    /// Only of this repository.
    pub repository: Option<String>,
    /// Only of this class.
    pub class: Option<Class>,
}

/// An imported file on which a population rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SourceFile {
    /// Name of the file.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Rows that could not be read: changes may be missing.
    #[ts(type = "number")]
    pub rejected: u64,
}

/// How many changes a stratum holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct StratumCount {
    /// The stratum.
    pub stratum: Stratum,
    /// Changes in it.
    #[ts(type = "number")]
    pub changes: u64,
}

/// A population as it was frozen. Its members are named apart; [`Self::sha256`] binds them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// What people call it.
    pub name: String,
    /// Which changes belong to it.
    pub filter: PopulationFilter,
    /// The moment of the judgement by which they were chosen and divided.
    pub as_of: Timestamp,
    /// The policy versions that judged them, oldest first.
    pub policies: Vec<PolicyReference>,
    /// The files that had been imported, oldest first.
    pub files: Vec<SourceFile>,
    /// Changes of no quarter, because no file says when they were implemented: any of them may belong here.
    pub undated: u64,
    /// Its changes.
    pub changes: u64,
    /// The same by stratum, in the order of the strata; empty strata are left out.
    pub strata: Vec<StratumCount>,
    /// See [`fingerprint`].
    pub sha256: String,
}

/// SHA-256, hexadecimal, over one line per member in the byte order of their names: the name of its stratum, a space, the
/// change's name, a line feed. Who has the list can repeat it with `sha256sum`.
#[must_use]
pub fn fingerprint(members: &[Member]) -> String {
    let mut sorted: Vec<&Member> = members.iter().collect();
    sorted.sort();
    let mut hash = Sha256::new();
    for member in sorted {
        hash.update(format!("{} {}\n", member.stratum.name(), member.change));
    }
    format!("{:x}", hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_its_stratum() {
        let strata: Vec<_> = Class::ALL.into_iter().map(|class| Stratum::of(class).name()).collect();
        assert_eq!(strata, ["emergency", "emergency", "unreviewed", "exempt", "routine"]);
        for stratum in Stratum::DIVIDED {
            assert_eq!(Stratum::from_name(stratum.name()), Some(stratum));
        }
        assert_eq!(Stratum::from_name("urgent"), None);
    }

    #[test]
    fn a_fingerprint_is_that_of_the_sorted_list() {
        let member = |change: &str, stratum| Member { change: change.to_owned(), stratum };
        let members =
            [member("b#10", Stratum::Routine), member("a#2", Stratum::Emergency), member("a#10", Stratum::All)];
        let list = "all a#10\nemergency a#2\nroutine b#10\n";
        assert_eq!(fingerprint(&members), format!("{:x}", Sha256::digest(list)));
        let moved = [member("b#10", Stratum::Exempt), member("a#2", Stratum::Emergency), member("a#10", Stratum::All)];
        assert_ne!(fingerprint(&members), fingerprint(&moved), "the strata are bound too");
    }
}
