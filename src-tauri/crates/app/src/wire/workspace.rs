use change_ledger_model::{Timestamp, quarterly::PolicyReference};
use serde::{Deserialize, Serialize};

/// What the open ledger holds and by which policy it is judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct WorkspaceStatus {
    /// Where the ledger file is.
    pub path: String,
    /// Its name without folder and ending.
    pub name: String,
    /// Whether it holds the fictional sample company.
    pub sample: bool,
    /// Grows with every committed write; screens reload when it does.
    #[ts(type = "number")]
    pub data_version: i64,
    /// Records by kind.
    pub counts: LedgerCounts,
    /// When the last import ran.
    pub last_import_at: Option<Timestamp>,
    /// The moment at which open reviews are aged.
    pub as_of: Timestamp,
    /// The policy in force at `as_of`.
    pub policy: PolicyReference,
    /// Its title.
    pub policy_title: String,
    /// Every quarter from the first to the last with a change, ascending.
    pub quarters: Vec<String>,
    /// The last completed quarter with changes (else the last one): what screens open on.
    pub default_quarter: Option<String>,
    /// Records that full-text search does not know yet.
    #[ts(type = "number")]
    pub search_backlog: u64,
}

/// Records of a ledger by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct LedgerCounts {
    /// Implemented changes, on any branch.
    #[ts(type = "number")]
    pub changes: u64,
    /// Submitted reviews.
    #[ts(type = "number")]
    pub reviews: u64,
    /// Tickets.
    #[ts(type = "number")]
    pub tickets: u64,
    /// Incidents.
    #[ts(type = "number")]
    pub incidents: u64,
    /// Import runs.
    #[ts(type = "number")]
    pub imports: u64,
    /// Rows that could not be read, over all imports.
    #[ts(type = "number")]
    pub rejects: u64,
}

/// How far a long job is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Progress {
    /// Which job.
    pub job: Job,
    /// What it works on (a file name), for people.
    pub subject: String,
    /// Rows (records, items) done.
    #[ts(type = "number")]
    pub rows: u64,
    /// Bytes done.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Bytes in all; `None` when unknown.
    #[ts(type = "number | null")]
    pub total_bytes: Option<u64>,
}

/// A job that takes long enough to report progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    /// Reading export files.
    Import,
    /// Looking at export files, before anything is written.
    Look,
    /// Making the search index follow.
    Index,
    /// Checking the ledger.
    Verify,
    /// Writing the sample workspace.
    Demo,
    /// Setting a report.
    Report,
}

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct VerifyAnswer {
    /// Whether nothing is damaged.
    pub clean: bool,
    /// Damages, each a sentence that says what and where.
    pub findings: Vec<String>,
    /// Files whose bytes were hashed again.
    #[ts(type = "number")]
    pub artifacts: u64,
    /// Entries of the event chain that were recomputed.
    #[ts(type = "number")]
    pub events: u64,
    /// Record revisions whose place in the evidence was checked.
    #[ts(type = "number")]
    pub revisions: u64,
}

/// A path that was chosen or written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PathAnswer {
    /// The path; `None` when the person closed the dialog.
    pub path: Option<String>,
}

/// A web address of an imported record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// `https://…`.
    pub url: String,
}

/// A sample workspace that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAnswer {
    /// The export files.
    pub files: Vec<String>,
    /// The file with the numbers that a correct tool must find.
    pub truth: String,
    /// Merged pull requests.
    pub changes: u64,
    /// The moment at which those numbers hold, RFC 3339.
    pub as_of: String,
}
