mod parameters;

use change_ledger_model::{Timestamp, calendar::Deadline, policy::PolicyVersion, quarterly::PolicyReference};
use serde::{Deserialize, Serialize};

/// A policy as a report prints it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicyTerms {
    /// Name, version and fingerprint.
    pub reference: PolicyReference,
    /// Title for people.
    pub title: String,
    /// What it says, in a few sentences.
    pub summary: String,
    /// By when a retroactive review is due.
    pub review_deadline: Deadline,
    /// By when an emergency must be documented.
    pub documentation_deadline: Deadline,
    /// Warning level of the emergency ratio, as a share 0 to 1.
    pub ratio_warning: f64,
    /// Limit of the emergency ratio, as a share 0 to 1.
    pub ratio_limit: f64,
    /// Below this many changes or reviews no trend is claimed and no percentile printed without its n.
    pub small_number: u64,
    /// Its parameters in words, in the order of the document.
    pub parameters: Vec<Parameter>,
    /// When and by whom it was put in force; `None` for the one that comes with the product.
    #[serde(default)]
    pub decision: Option<PolicyDecision>,
}

/// That somebody put a policy in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyDecision {
    /// When that was decided, not from when it is in force.
    pub at: Timestamp,
    /// By whom, as they said; `None` where nobody said.
    pub by: Option<String>,
    /// Why; `None` where nobody said.
    pub reason: Option<String>,
}

/// One parameter of a policy in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// What it decides: `Retroactive review`.
    pub name: String,
    /// What the policy says about it: `within 24 hours of implementation`.
    pub value: String,
}

impl PolicyTerms {
    /// The terms of a policy version, put into words.
    #[must_use]
    pub fn of(version: &PolicyVersion) -> Self {
        let policy = &version.policy;
        Self {
            reference: PolicyReference {
                name: policy.name.clone(),
                version: policy.version.clone(),
                sha256: version.sha256.clone(),
            },
            title: policy.shown_title(),
            summary: policy.shown_summary(),
            review_deadline: policy.review.deadline,
            documentation_deadline: policy.documentation.deadline,
            ratio_warning: policy.ratio.warning,
            ratio_limit: policy.ratio.limit,
            small_number: policy.small_numbers.minimum,
            parameters: parameters::parameters(policy),
            decision: None,
        }
    }

    /// The same with who put it in force, when and why.
    #[must_use]
    pub fn decided(self, decision: Option<PolicyDecision>) -> Self {
        Self { decision, ..self }
    }
}
