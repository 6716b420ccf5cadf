//! What verdicts rest on beyond a ledger's columns: handed out so that others can compute the verdicts again.

use crate::control::Attribute;
use std::collections::BTreeMap;

/// One entry per row of [`crate::columns::ChangeColumns`]; every vector has the same length. The facts depend on the policy
/// that judged the change and on the moment of judging. Times are milliseconds since the Unix epoch, UTC.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JudgedFacts {
    /// The moment that the policy takes for the implementation; `None` when unknown.
    pub implemented_at: Vec<Option<i64>>,
    /// How many different people must approve it if it is no emergency, by its category; 0 where its author decides alone.
    pub people_asked: Vec<u32>,
    /// Whether the policy counts changes merged into this branch.
    pub counted_branch: Vec<bool>,
    /// Whether the files carried the dated notes in which a review may be recorded.
    pub notes_known: Vec<bool>,
    /// Whether it is an emergency that is not documented, and may still be in time.
    pub documentation_pending: Vec<bool>,
    /// Whether a label, the title or the branch exempts it by rule.
    pub exempted: Vec<bool>,
    /// Whether a person attests that it is exempt.
    pub attested_exempt: Vec<bool>,
    /// What a person says of a detection ([`crate::attestation::Detection`] as a number).
    pub person_says: Vec<u8>,
    /// The first approval later than the implementation that qualifies or may qualify.
    pub possibly_approved_after_at: Vec<Option<i64>>,
    /// The first record of a retroactive review in the notes of tickets and incidents.
    pub recorded_review_at: Vec<Option<i64>>,
    /// When it was reviewed, as a person attests.
    pub attested_review_at: Vec<Option<i64>>,
    /// Who gave the approval that settled the owed review, by position in the ledger's people; `None` where nothing was
    /// settled by an approval.
    pub settled_by: Vec<Option<u32>>,
    /// How it answers each control ([`crate::control::ControlAnswer`] as a number).
    pub controls: BTreeMap<Attribute, Vec<u8>>,
}
