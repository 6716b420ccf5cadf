use change_ledger_model::{
    Timestamp,
    source::{Fact, SourceKind},
};
use serde::{Deserialize, Serialize};

/// What the imported files themselves show to be missing, as far as it concerns the quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingRecords {
    /// Per kind of export, over all of its files.
    pub sources: Vec<SourceReach>,
    /// Files that look as if their tool, or somebody on the way, cut them off.
    pub cut_off: Vec<MarkedFile>,
    /// Files in which several rows tell of one record.
    #[serde(default)]
    pub repeated: Vec<MarkedFile>,
    /// Months of the quarter that have passed, `2026-08`.
    pub months: Vec<String>,
    /// Those of them without an implemented change.
    pub months_without_changes: Vec<String>,
    /// Those without a ticket being opened; empty where no ticket was ever imported.
    pub months_without_tickets: Vec<String>,
    /// Those without an incident beginning; empty where no incident was ever imported.
    pub months_without_incidents: Vec<String>,
    /// Repositories with changes in the quarter, by name: which numbers are missing between their lowest and highest one.
    pub numbers: Vec<NumbersOfRepository>,
    /// Incidents that changes of the quarter name and that were not imported.
    pub incidents: Vec<NamedRecord>,
    /// Tickets of imported projects that changes of the quarter name and that were not imported.
    pub tickets: Vec<NamedRecord>,
    /// Changes of which only reviews were imported; of any quarter, because nothing says when they were implemented.
    pub changes: Vec<String>,
    /// Changes of the quarter that are one merge under several ids, and counted once for each.
    pub duplicates: Vec<Vec<String>>,
    /// Skips of a review rule in the quarter, or at an unknown time, whose change was not imported.
    #[serde(default)]
    pub review_bypasses: Vec<OutsideRecord>,
    /// Such skips of which no file says whether a rule about reviews was among what was skipped.
    #[serde(default)]
    pub unclear_bypasses: Vec<OutsideRecord>,
    /// Commits of the quarter, or of an unknown time, that no imported change brought in.
    #[serde(default)]
    pub commits: Vec<OutsideRecord>,
    /// Change tickets of the quarter, or of an unknown time, whose every pull request was merged into a branch that does not
    /// count.
    #[serde(default)]
    pub uncounted_tickets: Vec<OutsideRecord>,
}

/// A skipped rule, a commit or a change ticket that no counted change shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideRecord {
    /// The ledger-wide name.
    pub id: String,
    /// Who skipped the rule, wrote the commit or raised the ticket.
    pub by: Option<String>,
}

/// What the files of one kind of export reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceReach {
    /// The kind of export.
    pub kind: SourceKind,
    /// How many files.
    pub files: u64,
    /// Latest time of a record.
    pub last: Option<Timestamp>,
    /// `Some(true)` when they hold changes that failed or were abandoned; `None` when they hold none, which a filter of the
    /// export may have left out, or are not about changes.
    pub could_hold_failures: Option<bool>,
    /// Facts that none of the files tells.
    pub cannot_tell: Vec<Fact>,
}

/// A file with which something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkedFile {
    /// Its path as imported.
    pub file: String,
    /// What, a sentence.
    pub reason: String,
}

/// The numbers of one repository's pull requests in the quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumbersOfRepository {
    /// The repository.
    pub repository: String,
    /// Lowest number of a change of the quarter.
    pub first: u64,
    /// Highest such number.
    pub last: u64,
    /// Runs of numbers between them that are not in the ledger, each with its first and last number.
    pub gaps: Vec<(u64, u64)>,
}

impl NumbersOfRepository {
    /// How many numbers are missing.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.gaps.iter().map(|(from, to)| to.saturating_sub(*from) + 1).sum()
    }
}

/// A name that leads to no imported record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedRecord {
    /// The name.
    pub name: String,
    /// A change of the quarter that names it.
    pub named_by: String,
}
