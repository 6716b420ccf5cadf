//! The use cases, the command list and the wire types that window and command line share.

mod app;
mod attested;
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
mod moment;
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
    attestation::AttestationKind,
    import::{ImportManifest, ImportStatus, ImportWarning, RecordCounts},
    judgement::{Class, ReviewState},
    person::PersonKind,
    quarterly::{
        CurveStep, MetricsAnswer, MetricsWarning, NumberWithout, PolicyReference, QuarterMetrics, RestatedQuarter,
        ReviewCurve, RuleDetection,
    },
    restatement::{Amount, MovedChange, MovedNumber, NumberUnit, Outcome, TakenIn},
    samples::{AnswerResult, Attribute, Conclusion, SizePreset, Stratum},
    source::{Fact, SourceKind},
};
pub use change_ledger_report::chart::median_words;
pub use error::{AppError, ErrorCode};
pub use host::{FileChoice, Host};
pub use spreadsheet::without_formula;

/// The stable name of a value that JSON writes as a word, `declared_emergency`; empty for other values.
#[must_use]
pub fn name_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
