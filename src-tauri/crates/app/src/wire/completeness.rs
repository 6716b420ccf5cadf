use change_ledger_model::{
    Timestamp,
    import::RowCounts,
    source::{Fact, SourceKind},
};
use serde::{Deserialize, Serialize};

/// What the imported files themselves say about whether something is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct CompletenessAnswer {
    /// The moment of the answer.
    pub as_of: Timestamp,
    /// IANA name of the zone in which months begin and end.
    pub timezone: String,
    /// Per kind of export, in the order of their names.
    pub sources: Vec<SourceCompleteness>,
    /// Per repository, by name: numbers of pull requests that are not there.
    pub repositories: Vec<RepositoryNumbers>,
    /// Months without records between the first and the last one with some, `2026-03`.
    pub empty_months: EmptyMonths,
    /// Names in imported records that lead to no imported record.
    pub unresolved: Unresolved,
    /// The same merge under several ids: it is counted once for each.
    pub duplicates: Vec<Duplicate>,
    /// Skipped branch rules and commits that no imported change shows.
    pub without_change: WithoutChange,
}

/// All imports of one kind of export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct SourceCompleteness {
    /// The tool.
    pub source: String,
    /// The kind of export.
    pub kind: SourceKind,
    /// Files imported.
    #[ts(type = "number")]
    pub files: u64,
    /// Their rows by outcome, summed. `updated` and `unchanged` ones were in an earlier file too.
    pub rows: RowCounts,
    /// Earliest time of a record.
    pub first: Option<Timestamp>,
    /// Latest such time.
    pub last: Option<Timestamp>,
    /// Whether the files could hold what failed or was abandoned: `true` when they hold pull requests that were not merged;
    /// `None` when they hold only merged ones, which a filter of the export may have left alone, or no pull requests.
    pub could_hold_failures: Option<bool>,
    /// Facts that none of the files could tell.
    pub cannot_tell: Vec<Fact>,
    /// Files that look as if their tool cut them off.
    pub cut_off: Vec<CutOff>,
    /// Files in which several rows tell of one record.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub repeated: Vec<CutOff>,
    /// What else their imports warned of.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub warnings: Vec<CutOff>,
}

/// A file that looks as if its tool cut it off, that tells something twice, or of which its import warned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct CutOff {
    /// Number of the import run.
    #[ts(type = "number | null")]
    pub import: Option<i64>,
    /// The file.
    pub file: String,
    /// Why it looks so, a sentence.
    pub message: String,
}

/// The numbers of one repository's pull requests (and issues, where imported: they share one sequence).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RepositoryNumbers {
    /// The repository.
    pub repository: String,
    /// Lowest number in the ledger.
    #[ts(type = "number")]
    pub first: u64,
    /// Highest number in the ledger.
    #[ts(type = "number")]
    pub last: u64,
    /// Numbers between them, both included, that are there.
    #[ts(type = "number")]
    pub present: u64,
    /// Numbers between them that are not there.
    #[ts(type = "number")]
    pub missing: u64,
    /// Runs of missing numbers.
    pub gaps: Vec<NumberGap>,
}

/// A run of numbers that are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct NumberGap {
    /// First missing number.
    #[ts(type = "number")]
    pub from: u64,
    /// Last missing number.
    #[ts(type = "number")]
    pub to: u64,
}

/// Months without records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct EmptyMonths {
    /// Without an implemented change.
    pub changes: Vec<String>,
    /// Without a ticket being opened.
    pub tickets: Vec<String>,
    /// Without an incident beginning.
    pub incidents: Vec<String>,
}

/// Names that lead nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Unresolved {
    /// Incidents that are named and not imported.
    pub incidents: Vec<UnresolvedName>,
    /// Tickets of imported projects that are named and not imported.
    pub tickets: Vec<UnresolvedName>,
    /// Pull requests of which only reviews were imported.
    pub changes: Vec<String>,
}

/// A name that leads to no imported record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct UnresolvedName {
    /// The name.
    pub name: String,
    /// How many records name it.
    #[ts(type = "number")]
    pub named_by: u64,
    /// One change that does.
    pub example: Option<String>,
}

/// One merge under several ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Duplicate {
    /// The ids.
    pub ids: Vec<String>,
}

/// What happened outside the imported changes, and so is in no number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct WithoutChange {
    /// Skips of a review rule whose change was not imported.
    pub review_bypasses: OutsideRecords,
    /// Skips of rules of which no file says whether one about reviews was among them; their change may be there.
    pub unclear_bypasses: OutsideRecords,
    /// Commits that no imported change brought in, as far as names, titles and merges tell.
    pub commits: OutsideRecords,
    /// Implemented change tickets whose every pull request was merged into a branch that does not count: the ticket is no
    /// change of its own, and nothing stands for it among the changes that count.
    pub uncounted_tickets: OutsideRecords,
}

/// Records of one kind that no change shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct OutsideRecords {
    /// How many there are.
    #[ts(type = "number")]
    pub total: u64,
    /// The newest of them, at most 500, newest first; those without a time last.
    pub records: Vec<OutsideRecord>,
}

/// A skipped rule, a commit or a change ticket that no change shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct OutsideRecord {
    /// The ledger-wide name; the record as it was imported is found by it.
    pub id: String,
    /// Repository, or the project of a change ticket.
    pub repository: Option<String>,
    /// Branch; of a change ticket those of its pull requests.
    pub branch: Option<String>,
    /// Who skipped the rule, wrote the commit or raised the ticket: the account, as its file names it.
    pub by: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
}
