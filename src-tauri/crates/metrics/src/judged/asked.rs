//! What controls ask of each change that only its policy tells and no verdict says.

use super::{Judged, plain};
use crate::{
    column::{
        APPROVED_BY_ROLES, BEST_COVER, CATEGORY, DOCUMENTATION_PENDING, REASON_ACCEPTED, REVIEWED_BY_ROLE,
        ROLLBACK_PLANNED,
    },
    frames::{COVERS_MERGED, COVERS_OTHER},
};
use change_ledger_model::{
    control::ApprovalsAsked,
    judgement::Class,
    policy::{Category, Policy},
};
use polars::prelude::{DataFrame, PolarsResult};

/// One entry per change; every vector has the same length.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    category: Vec<Option<u8>>,
    pub(super) approved_by_roles: Vec<Option<bool>>,
    best_cover: Vec<Option<u8>>,
    pub(super) reason_accepted: Vec<Option<bool>>,
    pub(super) reviewed_by_role: Vec<Option<bool>>,
    pub(super) documentation_pending: Vec<Option<bool>>,
    pub(super) rollback_planned: Vec<Option<bool>>,
}

impl Asked {
    pub(super) fn read(judged: &DataFrame) -> PolarsResult<Self> {
        let answers = |name: &str| plain::answers(judged, name);
        let bytes = |name: &str| -> PolarsResult<Vec<Option<u8>>> { Ok(plain::optional(judged.column(name)?.u8()?)) };
        Ok(Self {
            category: bytes(CATEGORY)?,
            approved_by_roles: answers(APPROVED_BY_ROLES)?,
            best_cover: bytes(BEST_COVER)?,
            reason_accepted: answers(REASON_ACCEPTED)?,
            reviewed_by_role: answers(REVIEWED_BY_ROLE)?,
            documentation_pending: answers(DOCUMENTATION_PENDING)?,
            rollback_planned: answers(ROLLBACK_PLANNED)?,
        })
    }

    /// Whether anybody independent approved, and whether that covers the merged commit, be it an approval that counts or not.
    pub(super) fn cover(&self, change: usize) -> (bool, Option<bool>) {
        let best = self.best_cover.get(change).copied().flatten();
        let covers = match best {
            Some(COVERS_MERGED) => Some(true),
            Some(COVERS_OTHER) => Some(false),
            _ => None,
        };
        (best.is_some(), covers)
    }

    /// Whose approval a change needs under the policy that judged it.
    pub(super) fn approvals(&self, change: usize, class: Class, policy: &Policy) -> ApprovalsAsked {
        if class.is_emergency() || policy.category.is_empty() {
            return ApprovalsAsked::Anybody;
        }
        let category = self.category.get(change).copied().flatten();
        match category.and_then(|at| policy.category.get(usize::from(at))) {
            Some(category) if category.is_self_approved() => ApprovalsAsked::NoOther,
            Some(_) => ApprovalsAsked::OfCategory,
            None => {
                let required = policy.approval.required;
                ApprovalsAsked::CategoryUnknown {
                    may_be_fewer: policy.ordinary_categories().any(|category| category.people_asked() < required),
                    may_be_more: policy
                        .ordinary_categories()
                        .any(|category| category.people_asked() > required || Category::asks_for_roles(category)),
                }
            }
        }
    }
}

impl Judged {
    /// The category of the change at a position, by its name in the policy that judged it; `None` where no imported file tells
    /// it, or the policy has none.
    #[must_use]
    pub fn category(&self, change: usize) -> Option<&str> {
        let at = self.asked.category.get(change).copied().flatten()?;
        let version = self.verdicts.policy_version.get(change).copied()?;
        let policy = &self.policies.versions().nth(usize::from(version))?.policy;
        policy.category.get(usize::from(at)).map(|category| category.name.as_str())
    }

    /// Whether the change at a position is an emergency that is not documented, and may still be in time.
    #[must_use]
    pub fn documentation_pending(&self, change: usize) -> bool {
        self.asked.documentation_pending.get(change).copied().flatten() == Some(true)
    }
}
