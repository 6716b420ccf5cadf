//! The kinds of export that can be imported, and the facts that a file can carry.

use serde::{Deserialize, Serialize};

/// One kind of export file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// `gh pr list --json`.
    GithubGh,
    /// `gh api repos/O/R/pulls`.
    GithubRestPulls,
    /// `gh api repos/O/R/pulls/N/reviews`.
    GithubRestReviews,
    /// `gh api graphql` with pull requests.
    GithubGraphql,
    /// `archive.json`: a repository's whole history in one object.
    GithubArchive,
    /// Jira's "Export CSV", in any language.
    JiraCsv,
    /// PagerDuty's REST answer with incidents.
    PagerdutyJson,
    /// PagerDuty's incident reports as CSV.
    PagerdutyCsv,
    /// Any table, read through a column profile.
    GenericCsv,
}

impl SourceKind {
    /// Every kind, in the order in which documents list them.
    pub const ALL: [Self; 9] = [
        Self::GithubGh,
        Self::GithubRestPulls,
        Self::GithubRestReviews,
        Self::GithubGraphql,
        Self::GithubArchive,
        Self::JiraCsv,
        Self::PagerdutyJson,
        Self::PagerdutyCsv,
        Self::GenericCsv,
    ];

    /// The name on the command line and in JSON: `github-gh`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::GithubGh => "github-gh",
            Self::GithubRestPulls => "github-rest-pulls",
            Self::GithubRestReviews => "github-rest-reviews",
            Self::GithubGraphql => "github-graphql",
            Self::GithubArchive => "github-archive",
            Self::JiraCsv => "jira-csv",
            Self::PagerdutyJson => "pagerduty-json",
            Self::PagerdutyCsv => "pagerduty-csv",
            Self::GenericCsv => "generic-csv",
        }
    }

    /// The tool that wrote the file: `github`, `jira`, `pagerduty`, `csv`.
    #[must_use]
    pub const fn tool(self) -> &'static str {
        match self {
            Self::GithubGh
            | Self::GithubRestPulls
            | Self::GithubRestReviews
            | Self::GithubGraphql
            | Self::GithubArchive => "github",
            Self::JiraCsv => "jira",
            Self::PagerdutyJson | Self::PagerdutyCsv => "pagerduty",
            Self::GenericCsv => "csv",
        }
    }

    /// From its [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One fact about changes, tickets or incidents that a file may or may not be able to carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Fact {
    /// Who opened the change.
    Author,
    /// When the change was merged or implemented.
    ImplementationTime,
    /// Who merged it.
    Merger,
    /// Who approved it.
    Approver,
    /// When it was approved.
    ApprovalTime,
    /// Labels.
    Labels,
    /// Descriptions, in which keys and addresses are found.
    Text,
    /// Branches merged into.
    BaseBranch,
    /// Branches merged from.
    HeadBranch,
    /// Merge commits.
    MergeCommit,
    /// Which commit a review covers.
    ReviewedCommit,
    /// Links made in fields for links.
    LinkFields,
    /// Change type or category.
    ChangeType,
    /// When incidents began and ended.
    IncidentTimes,
    /// How severe incidents were.
    Severity,
    /// Dated comments and notes.
    Notes,
}

impl Fact {
    /// Every fact, in order.
    pub const ALL: [Self; 16] = [
        Self::Author,
        Self::ImplementationTime,
        Self::Merger,
        Self::Approver,
        Self::ApprovalTime,
        Self::Labels,
        Self::Text,
        Self::BaseBranch,
        Self::HeadBranch,
        Self::MergeCommit,
        Self::ReviewedCommit,
        Self::LinkFields,
        Self::ChangeType,
        Self::IncidentTimes,
        Self::Severity,
        Self::Notes,
    ];
}
