/// Metrics could not be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MetricsError {
    /// Two columns of one table differ in length.
    #[error("the ledger's columns do not fit together: `{column}` has {found} rows instead of {expected}")]
    Length {
        /// Table and column.
        column: &'static str,
        /// Its rows.
        found: usize,
        /// The rows of its table.
        expected: usize,
    },
    /// A row refers to a row that does not exist.
    #[error(
        "the ledger's columns do not fit together: row {row} of `{column}` points to {position}, but there are {limit}"
    )]
    Position {
        /// Table and column.
        column: &'static str,
        /// The row that refers.
        row: usize,
        /// What it refers to.
        position: u32,
        /// Rows of the table that it refers to.
        limit: usize,
    },
    /// More policy versions than can be told apart.
    #[error("the ledger has {0} policy versions; at most 255 can be judged by")]
    TooManyPolicies(usize),
    /// The computation itself failed, which is a defect of this program.
    #[error("{doing} failed: {problem}")]
    Internal {
        /// What was being done.
        doing: &'static str,
        /// What the engine said.
        problem: String,
    },
}
