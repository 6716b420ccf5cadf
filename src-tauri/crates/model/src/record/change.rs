use crate::{
    Timestamp,
    person::Person,
    record::{Mention, Review},
};
use serde::{Deserialize, Serialize};

/// What a change is a record of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ChangeKind {
    /// A pull or merge request.
    PullRequest = 0,
    /// A change ticket that no imported pull request implements.
    ChangeTicket = 1,
}

impl ChangeKind {
    /// From the number used in columns.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::PullRequest, Self::ChangeTicket].into_iter().find(|kind| *kind as u8 == code)
    }
}

/// How far a change got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ChangeState {
    /// Merged, or implemented.
    Implemented = 0,
    /// Still open.
    Open = 1,
    /// Closed without being merged.
    Abandoned = 2,
    /// Merged, but the export does not say when.
    ImplementedAtUnknown = 3,
}

/// How much of a change's reviews the export carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ReviewCoverage {
    /// No review data: whether anybody reviewed is unknown.
    NotCarried = 0,
    /// Every submitted review.
    Complete = 1,
    /// As many as the export's page holds (100); later ones may be missing.
    PossiblyCut = 2,
}

impl ReviewCoverage {
    /// From the number used in columns.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::NotCarried, Self::Complete, Self::PossiblyCut].into_iter().find(|coverage| *coverage as u8 == code)
    }
}

/// One pull request (or change ticket), as one row of one export describes it.
///
/// `None` always means that this row does not say, never "no".
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The ledger-wide name: `github:acme/pay#2214`.
    pub id: String,
    /// What it is a record of.
    pub kind: ChangeKind,
    /// The tool it comes from, as in the id: `github`, `jira`, `csv`.
    pub source: String,
    /// Repository or project, `acme/pay`.
    pub repository: String,
    /// Number within the repository as people write it, `2214`.
    pub number: String,
    /// Title line.
    pub title: String,
    /// Description. Kept in the evidence only; a ledger does not store it a second time.
    pub body: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// How far it got.
    pub state: ChangeState,
    /// Who opened it.
    pub author: Option<Person>,
    /// Who merged it.
    pub merged_by: Option<Person>,
    /// Known authors and co-authors of its commits, besides `author`.
    pub commit_authors: Vec<Person>,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When it was merged or implemented.
    pub implemented_at: Option<Timestamp>,
    /// When the source last changed it; the newer of two rows wins by this.
    pub updated_at: Option<Timestamp>,
    /// Branch it was merged into.
    pub base_branch: Option<String>,
    /// Branch it came from.
    pub head_branch: Option<String>,
    /// Commit that the merge made.
    pub merge_commit: Option<String>,
    /// Last commit of the branch that was merged.
    pub head_commit: Option<String>,
    /// Labels; `None` when the export has no labels at all.
    pub labels: Option<Vec<String>>,
    /// Category as the source says it (standard, normal, major, emergency).
    pub category: Option<String>,
    /// How much review data the row carried.
    pub review_coverage: ReviewCoverage,
    /// Reviews that came with the row.
    pub reviews: Vec<Review>,
    /// Tickets, incidents, changes and commits that it names.
    pub mentions: Vec<Mention>,
}
