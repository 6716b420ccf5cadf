use crate::{Timestamp, person::Person};
use serde::{Deserialize, Serialize};

/// What a reviewer said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Verdict {
    /// Approved.
    Approved = 0,
    /// Asked for changes.
    ChangesRequested = 1,
    /// Commented without a verdict.
    Commented = 2,
    /// Withdrawn by a dismissal. The source overwrites the earlier verdict and keeps its time,
    /// so what it was before is not known.
    Dismissed = 3,
    /// Took an earlier approval back: the approval before this time no longer stands.
    Withdrawn = 4,
    /// A push took back everybody's earlier approval. It is nobody's own word, and the account beside it stands for nobody.
    Reset = 5,
}

impl Verdict {
    /// From the number stored in a ledger.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::Approved, Self::ChangesRequested, Self::Commented, Self::Dismissed, Self::Withdrawn, Self::Reset]
            .into_iter()
            .find(|verdict| *verdict as u8 == code)
    }
}

/// One submitted verdict of one person on a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The change it belongs to: [`super::Change::id`].
    pub change: String,
    /// The source's own id, where it has one.
    pub source_id: Option<String>,
    /// Who reviewed; [`crate::person::PersonKind::Deleted`] when the account is gone.
    pub reviewer: Person,
    /// What they said.
    pub verdict: Verdict,
    /// When it was submitted; `None` when the export does not say.
    pub submitted_at: Option<Timestamp>,
    /// The commit that was reviewed.
    pub commit: Option<String>,
    /// Web address.
    pub url: Option<String>,
}

impl Review {
    /// The key on which two exports of the same review meet: person and time of submission where
    /// there is one (a dismissal keeps both), else the source's id, else the person alone.
    #[must_use]
    pub fn natural_key(&self) -> String {
        match (self.submitted_at, &self.source_id) {
            (Some(at), _) => format!("{}@{}", self.reviewer.handle, at.millis()),
            (None, Some(id)) => format!("id:{id}"),
            (None, None) => format!("{}@", self.reviewer.handle),
        }
    }
}
