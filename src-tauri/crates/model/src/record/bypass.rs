use crate::{Timestamp, person::Person};

/// One recorded skip of a branch rule, as one row of one export describes it.
///
/// `None` always means that this row does not say, never "no".
#[derive(Debug, Clone, PartialEq)]
pub struct Bypass {
    /// The ledger-wide name: `github-audit:…`, `github-rule-suite:acme/pay/21`.
    pub id: String,
    /// The tool it comes from: `github`, `gitlab`.
    pub source: String,
    /// Repository whose rule was skipped.
    pub repository: Option<String>,
    /// Branch without `refs/heads/`.
    pub branch: Option<String>,
    /// Who skipped it.
    pub actor: Option<Person>,
    /// When.
    pub at: Option<Timestamp>,
    /// The change that was let through: [`super::Change::id`].
    pub change: Option<String>,
    /// Last commit of the branch before.
    pub commit_before: Option<String>,
    /// Last commit of the branch after: the one to find the change by, where the row names none.
    pub commit_after: Option<String>,
    /// The rules that were skipped, as the source names them; `None` when it does not say which.
    pub rules: Option<Vec<String>>,
    /// Whether a rule about reviews was among them. Only then an approval is missing.
    pub skipped_review: Option<bool>,
    /// Web address.
    pub url: Option<String>,
}
