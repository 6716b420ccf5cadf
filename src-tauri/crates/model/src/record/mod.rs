//! The records that an export yields, one file per kind.

mod alert;
mod bypass;
mod change;
mod check;
mod code_commit;
mod deployment;
mod environment;
mod incident;
mod incident_end;
mod mention;
mod message;
mod reject;
mod review;
mod setting;
mod ticket;

pub use alert::{Alert, AlertSeverity, AlertState};
pub use bypass::Bypass;
pub use change::{Change, ChangeKind, ChangeState, ReviewCoverage};
pub use check::{Check, CheckKind, CheckOutcome, Findings, is_test};
pub use code_commit::CodeCommit;
pub use deployment::{Deployment, DeploymentState};
pub use environment::EnvironmentKind;
pub use incident::Incident;
pub use incident_end::ended_in_words;
pub use mention::{FoundIn, Mention, MentionKind};
pub use message::Message;
pub use reject::{Place, Reject};
pub use review::{Review, Verdict};
pub use setting::{Enforcement, Setting};
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
    /// A rollout to an environment, or one status of it.
    Deployment(Box<Deployment>),
    /// A recorded skip of a branch rule.
    Bypass(Box<Bypass>),
    /// A test, build or scan at a commit.
    Check(Box<Check>),
    /// A finding with a severity.
    Alert(Box<Alert>),
    /// A chat message.
    Message(Box<Message>),
    /// The protection of a branch, or a ruleset.
    Setting(Box<Setting>),
    /// A commit of a list of commits.
    Commit(Box<CodeCommit>),
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
