//! What a file can and cannot prove.

use serde::{Deserialize, Serialize};

/// One fact about records that a file may or may not be able to carry.
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
    /// When deployments succeeded.
    DeploymentTime,
    /// Which commits were deployed.
    DeployedCommit,
    /// Environments deployed to.
    Environment,
    /// Recorded skips of branch rules.
    Bypass,
    /// Which rule was skipped.
    BypassedRule,
    /// How tests, builds and scans ended.
    CheckOutcome,
    /// Which commits they ran at.
    CheckedCommit,
    /// How severe findings of scans are.
    FindingSeverity,
    /// When findings were raised and fixed.
    FindingTimes,
    /// Rules that hold for branches.
    BranchRules,
    /// Commits, also those without a pull request.
    Commits,
}

impl Fact {
    /// Every fact, in order.
    pub const ALL: [Self; 27] = [
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
        Self::DeploymentTime,
        Self::DeployedCommit,
        Self::Environment,
        Self::Bypass,
        Self::BypassedRule,
        Self::CheckOutcome,
        Self::CheckedCommit,
        Self::FindingSeverity,
        Self::FindingTimes,
        Self::BranchRules,
        Self::Commits,
    ];
}
