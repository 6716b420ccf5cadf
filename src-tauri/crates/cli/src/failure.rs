//! How a verb fails: the message, what to do, and the exit code.

use crate::args::Format;
use change_ledger_app::{AppError, ErrorCode, name_of};
use std::{io::ErrorKind, process::ExitCode};

/// Why a verb could not be carried out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A use case refused.
    #[error(transparent)]
    App(#[from] AppError),
    /// The answer could not be printed.
    #[error("the answer cannot be printed: {0}")]
    Print(#[from] std::io::Error),
    /// The answer could not be written as JSON.
    #[error("the answer cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The answer could not be written as CSV.
    #[error("the answer cannot be written as CSV: {0}")]
    Csv(#[from] csv::Error),
}

impl Failure {
    /// Arguments that make no sense together, and what to type instead.
    pub(crate) fn wrong_use(message: &str, hint: &str) -> Self {
        Self::App(AppError::wrong_use(message).hint(hint))
    }

    /// What the system said when the answer was printed.
    fn io_kind(&self) -> Option<ErrorKind> {
        match self {
            Self::Print(error) => Some(error.kind()),
            Self::Json(error) => error.io_error_kind(),
            Self::Csv(error) => match error.kind() {
                csv::ErrorKind::Io(error) => Some(error.kind()),
                _ => None,
            },
            Self::App(_) => None,
        }
    }

    /// Whether the reader of the answer went away before its end.
    pub(crate) fn is_unread(&self) -> bool {
        self.io_kind() == Some(ErrorKind::BrokenPipe)
    }

    fn into_error(self) -> AppError {
        match self {
            Self::App(error) => error,
            other => AppError::new(ErrorCode::NotWritable, other.to_string()),
        }
    }

    /// Prints the failure to stderr and gives its exit code.
    pub(crate) fn print(self, format: Format) -> ExitCode {
        if self.is_unread() {
            // Whoever read the answer has seen enough.
            return ExitCode::SUCCESS;
        }
        let error = self.into_error();
        print_error(&error, format);
        exit_code(error.code)
    }
}

/// Prints an error with its hints to stderr.
pub(crate) fn print_error(error: &AppError, format: Format) {
    if format == Format::Json {
        eprintln!("{}", serde_json::json!({ "error": as_json(error) }));
        return;
    }
    eprintln!("error: {}", error.message);
    for hint in &error.hints {
        eprintln!("  hint: {hint}");
    }
}

/// An error as scripts read it: code, message, hints.
pub(crate) fn as_json(error: &AppError) -> serde_json::Value {
    let code = match error.code {
        // Arguments that cannot be read and requests that make no sense are one thing to whoever types them.
        ErrorCode::WrongUse => "usage".to_owned(),
        code => name_of(&code),
    };
    serde_json::json!({ "code": code, "message": error.message, "hints": error.hints })
}

/// The exit code that stands for an error: 1 for defects of this program and of the ledger, 2 for the rest.
pub(crate) fn exit_code(code: ErrorCode) -> ExitCode {
    ExitCode::from(if is_internal(code) { 1 } else { 2 })
}

/// Whether an error is no fault of the arguments or of the files that they name.
pub(crate) const fn is_internal(code: ErrorCode) -> bool {
    match code {
        ErrorCode::Internal | ErrorCode::LedgerDamaged | ErrorCode::LedgerBusy => true,
        ErrorCode::WrongUse
        | ErrorCode::UnreadableInput
        | ErrorCode::NotRecognised
        | ErrorCode::AmbiguousDates
        | ErrorCode::NotFound
        | ErrorCode::LedgerUnavailable
        | ErrorCode::LedgerFromTheFuture
        | ErrorCode::NotWritable
        | ErrorCode::Cancelled => false,
    }
}
