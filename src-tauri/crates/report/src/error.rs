use crate::chart::ChartError;

/// A report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The report names no quarter.
    #[error("the report has no quarter to report on; import changes first, or choose a quarter that has some")]
    NoQuarter,
    /// The report names no policy.
    #[error("the report has no policy to judge by; set one first")]
    NoPolicy,
    /// A chart could not be drawn.
    #[error("a chart of the report could not be drawn")]
    Chart(#[from] ChartError),
    /// The report could not be handed to its layout.
    #[error("the report could not be handed to its layout")]
    Data(#[from] serde_json::Error),
    /// The moment of ageing is outside the years that a document's date can bear.
    #[error("{0} is no date for a document")]
    Date(change_ledger_model::Timestamp),
    /// The typesetter refused.
    #[error("the report could not be typeset: {0}")]
    Typesetting(String),
    /// The HTML template refused.
    #[error("the report could not be written as HTML")]
    Html(#[from] minijinja::Error),
}
