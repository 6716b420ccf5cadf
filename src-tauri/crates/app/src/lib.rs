//! The use cases, the command list and the wire types that window and command line share.

mod app;
pub mod command;
pub mod error;
mod error_from;
mod files;
pub mod host;
mod import_file;
mod jobs;
mod judged_change;
mod ledgers;
mod lists;
mod loaded;
mod outcomes;
mod replay;
mod spreadsheet;
mod texts;
pub mod use_case;
pub mod wire;
mod words;

pub use app::{App, Settings, WhenAbsent};
pub use change_ledger_model::{
    Timestamp,
    import::{ImportManifest, ImportStatus, ImportWarning, RecordCounts},
    judgement::{Class, ReviewState},
    person::PersonKind,
    quarterly::{MetricsAnswer, MetricsWarning, PolicyReference, QuarterMetrics},
    restatement::{Amount, MovedChange, MovedNumber, NumberUnit, Outcome, TakenIn},
    source::Fact,
};
pub use error::{AppError, ErrorCode};
pub use host::{FileChoice, Host};
pub use spreadsheet::without_formula;

/// The stable name of a value that JSON writes as a word, `declared_emergency`; empty for other values.
#[must_use]
pub fn name_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
