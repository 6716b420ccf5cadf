//! Errors as they cross to the window and the shell: a code that somebody acts on, a sentence, and what to do.

use serde::{Deserialize, Serialize};

/// What kind of failure it is. A code exists only where the window or a script reacts to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The request makes no sense: a wrong parameter, an unknown quarter.
    WrongUse,
    /// A file cannot be read, is empty, or is not what it should be.
    UnreadableInput,
    /// A file was read but is of no known kind.
    NotRecognised,
    /// Day and month cannot be told apart; say which.
    AmbiguousDates,
    /// Nothing by this name.
    NotFound,
    /// The ledger file is missing, no ledger, or cannot be opened.
    LedgerUnavailable,
    /// The ledger was written by a newer version.
    LedgerFromTheFuture,
    /// Another process holds the ledger for too long.
    LedgerBusy,
    /// The ledger is damaged.
    LedgerDamaged,
    /// A file cannot be written.
    NotWritable,
    /// The person stopped it.
    Cancelled,
    /// A defect of this program.
    Internal,
}

/// A failure with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, thiserror::Error)]
#[error("{message}")]
pub struct AppError {
    /// What kind.
    pub code: ErrorCode,
    /// What is wrong and where, as a sentence.
    pub message: String,
    /// What to do, each a sentence.
    pub hints: Vec<String>,
}

impl AppError {
    /// An error without hints.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hints: Vec::new() }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The request makes no sense.
    #[must_use]
    pub fn wrong_use(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::WrongUse, message)
    }
}
