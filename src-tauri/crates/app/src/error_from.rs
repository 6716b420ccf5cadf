//! How the errors of the packages below become errors that cross the border.

use crate::error::{AppError, ErrorCode};
use change_ledger_demo::DemoError;
use change_ledger_ingest::IngestError;
use change_ledger_metrics::MetricsError;
use change_ledger_model::{policy::PolicyError, quarter::NotAQuarter};
use change_ledger_report::ReportError;
use change_ledger_store::StoreError;

fn with_hint(code: ErrorCode, message: String, hint: Option<String>) -> AppError {
    AppError { code, message, hints: hint.into_iter().collect() }
}

impl From<IngestError> for AppError {
    fn from(error: IngestError) -> Self {
        let code = match &error {
            IngestError::NotRecognised { .. } => ErrorCode::NotRecognised,
            IngestError::AmbiguousDates { .. } | IngestError::MixedDates { .. } => ErrorCode::AmbiguousDates,
            IngestError::BadProfile { .. } | IngestError::RepositoryUnknown { .. } => ErrorCode::WrongUse,
            IngestError::NotRereadable { .. } => ErrorCode::LedgerDamaged,
            IngestError::Cancelled => ErrorCode::Cancelled,
            _ => ErrorCode::UnreadableInput,
        };
        with_hint(code, error.to_string(), error.hint())
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::FromTheFuture { .. } => ErrorCode::LedgerFromTheFuture,
            StoreError::Busy => ErrorCode::LedgerBusy,
            StoreError::Damaged(_) | StoreError::NotVerified { .. } => ErrorCode::LedgerDamaged,
            StoreError::Unknown(_) => ErrorCode::NotFound,
            StoreError::Stopped => ErrorCode::Cancelled,
            StoreError::Exists(_) | StoreError::ReadOnly | StoreError::DiskFull => ErrorCode::NotWritable,
            StoreError::Policy(_) | StoreError::Taken(_) => ErrorCode::WrongUse,
            StoreError::TooLarge(_) | StoreError::Json(_) | StoreError::Sqlite(_) | StoreError::TextsNotMatched => {
                ErrorCode::Internal
            }
            _ => ErrorCode::LedgerUnavailable,
        };
        with_hint(code, error.to_string(), error.hint())
    }
}

impl From<MetricsError> for AppError {
    fn from(error: MetricsError) -> Self {
        Self::new(ErrorCode::Internal, error.to_string())
    }
}

impl From<ReportError> for AppError {
    fn from(error: ReportError) -> Self {
        Self::new(ErrorCode::Internal, error.to_string())
    }
}

impl From<DemoError> for AppError {
    fn from(error: DemoError) -> Self {
        Self::new(ErrorCode::NotWritable, error.to_string())
    }
}

impl From<PolicyError> for AppError {
    fn from(error: PolicyError) -> Self {
        with_hint(ErrorCode::WrongUse, error.to_string(), error.hint())
            .hint("Correct the document and set it again; `policy export` writes the one in force as an example.")
    }
}

impl From<NotAQuarter> for AppError {
    fn from(error: NotAQuarter) -> Self {
        Self::wrong_use(error.to_string())
    }
}
