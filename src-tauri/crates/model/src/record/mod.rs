//! The records that an export yields, one file per kind.

mod change;
mod incident;
mod mention;
mod reject;
mod review;
mod ticket;

pub use change::{Change, ChangeKind, ChangeState, ReviewCoverage};
pub use incident::Incident;
pub use mention::{FoundIn, Mention, MentionKind};
pub use reject::{Place, Reject};
pub use review::{Review, Verdict};
pub use ticket::{Note, Ticket};

use serde::{Deserialize, Serialize};

/// What one row of an export became, before it is written to a ledger.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// A pull request, merged or not.
    Change(Box<Change>),
    /// A review that came in a file of its own; it joins its change by [`Review::change`].
    Review(Box<Review>),
    /// An issue, change request or problem.
    Ticket(Box<Ticket>),
    /// An outage record.
    Incident(Box<Incident>),
}

/// Where in an imported file a record stands, in bytes of the artifact as it was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Span {
    /// First byte, counted from the start of the artifact.
    #[ts(type = "number")]
    pub offset: u64,
    /// Length in bytes.
    #[ts(type = "number")]
    pub length: u64,
}
