//! Who must approve a change before it is implemented, and review an emergency afterwards.

use super::patterns::bears_label;
use crate::calendar::Deadline;
use serde::{Deserialize, Serialize};

/// What a qualifying approval is, besides coming from a known, human, independent person and not being withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// How many different people must approve.
    pub required: u32,
    /// Whether a comment counts as an approval.
    pub comment_counts: bool,
    /// Whether merging somebody else's change counts as approving it.
    pub merge_counts: bool,
    /// Whether the approval must be of the commit that was merged.
    pub must_cover_head: bool,
}

/// The retroactive review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Which emergencies owe one.
    pub owed: ReviewOwed,
    /// By when.
    pub deadline: Deadline,
    /// How many different people must approve an emergency, before it or afterwards; in documents without it as many as any
    /// other change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<u32>,
    /// After how long an open review is warned of; documents without it warn of none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_after: Option<Deadline>,
    /// What counts as the review, any one of these; documents without it mean an approval on the change.
    #[serde(default = "approval_alone")]
    pub evidence: Vec<ReviewEvidence>,
    /// Words before a record of the review, at the beginning of a line of a dated note on a linked ticket or incident;
    /// documents without it know no such record.
    #[serde(default)]
    pub markers: Vec<String>,
    /// Roles of which one reviews; anyone independent where it is empty, as in documents without it.
    #[serde(default)]
    pub by: Vec<String>,
}

/// Which emergencies owe a retroactive review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOwed {
    /// Those without a qualifying approval before implementation.
    Unreviewed,
    /// All of them: what was approved before is reviewed again when the emergency is over.
    EveryEmergency,
}

/// What counts as a retroactive review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewEvidence {
    /// A qualifying approval on the change, later than its implementation.
    Approval,
    /// A dated note on a linked ticket or incident that begins with one of the markers.
    TicketRecord,
    /// A completed review task of a change ticket.
    ChangeTask,
    /// What a person stated later in this ledger.
    Attestation,
}

fn approval_alone() -> Vec<ReviewEvidence> {
    vec![ReviewEvidence::Approval]
}

impl Review {
    /// Whether `evidence` counts as the review.
    #[must_use]
    pub fn accepts(&self, evidence: ReviewEvidence) -> bool {
        self.evidence.contains(&evidence)
    }
}

/// A kind of change with approvers of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its name in the policy, `normal`.
    pub name: String,
    /// Labels, types and categories of the sources that put a change into it.
    pub labels: Vec<String>,
    /// Roles each of which approves it.
    #[serde(default)]
    pub approvers: Vec<String>,
    /// How many different people must approve; 0 where its author decides alone.
    pub required: u32,
    /// How many of them hold the role `senior`.
    #[serde(default)]
    pub senior: u32,
}

impl Category {
    /// Whether its author decides alone, so that nobody else need approve.
    #[must_use]
    pub const fn is_self_approved(&self) -> bool {
        self.required == 0 && self.approvers.is_empty() && self.senior == 0
    }

    /// How many different people must approve: where somebody in particular must, at least one.
    #[must_use]
    pub fn people_asked(&self) -> u32 {
        if self.is_self_approved() { 0 } else { self.required.max(1) }
    }

    /// Whether certain people must approve, besides enough of them.
    #[must_use]
    pub const fn asks_for_roles(&self) -> bool {
        !self.approvers.is_empty() || self.senior > 0
    }

    /// Whether a label, type or category of a source puts a change into it, however it is spelled.
    #[must_use]
    pub fn is_named_by(&self, label: &str) -> bool {
        self.labels.iter().any(|wanted| bears_label(label, wanted))
    }
}
