//! The kinds of export, one file or folder each.

mod catalogue;
pub(crate) mod generic_csv;
mod github;
pub(crate) mod jira_csv;
pub(crate) mod json;
pub(crate) mod pagerduty_csv;
mod pagerduty_json;
pub(crate) mod tally;

pub use catalogue::{SourceEntry, catalogue};

use crate::value::{json::Text, time};
use change_ledger_model::{Timestamp, source::SourceKind};
use chrono_tz::Tz;
use serde::Deserialize;
use tally::Tally;

/// Whether exports of this kind are JSON; the others are tables.
pub(crate) fn is_json(kind: SourceKind) -> bool {
    match kind {
        SourceKind::GithubGh
        | SourceKind::GithubRestPulls
        | SourceKind::GithubRestReviews
        | SourceKind::GithubGraphql
        | SourceKind::GithubArchive
        | SourceKind::PagerdutyJson => true,
        SourceKind::JiraCsv | SourceKind::PagerdutyCsv | SourceKind::GenericCsv => false,
    }
}

/// Why a row cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The field that is wrong, as the file names it.
    pub(crate) field: Option<String>,
    /// What is wrong with it, as a sentence without its full stop.
    pub(crate) reason: String,
}

impl Fault {
    pub(crate) fn field(field: &str, reason: String) -> Self {
        Self { field: Some(field.to_owned()), reason }
    }

    pub(crate) fn row(reason: String) -> Self {
        Self { field: None, reason }
    }
}

/// What a row of JSON is read with, beside its own bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) kind: SourceKind,
    /// Repository of rows that do not name theirs.
    pub(crate) repository: Option<&'a str>,
    /// Zone of times without an offset.
    pub(crate) timezone: Tz,
}

impl Context<'_> {
    /// The repository of a row: what it says itself, else what is known of the file.
    pub(crate) fn repository(&self, said: Option<String>) -> Result<String, Fault> {
        said.or_else(|| self.repository.map(str::to_owned)).ok_or_else(|| {
            Fault::field(
                "url",
                "the row does not say which repository it belongs to, and the file as a whole does not either"
                    .to_owned(),
            )
        })
    }

    /// A time on which a verdict depends: unreadable is a fault, never an absence.
    pub(crate) fn needed_time(
        &self,
        field: &str,
        said: Option<&Text<'_>>,
        tally: &mut Tally,
    ) -> Result<Option<Timestamp>, Fault> {
        let Some(said) = said else { return Ok(None) };
        match time::read(said.as_str(), self.timezone) {
            Ok(read) => Ok(read.map(|read| {
                if read.zone_used {
                    tally.zone_used();
                }
                read.at
            })),
            Err(cause) => {
                Err(Fault::field(field, format!("\"{}\" is no readable time: {cause}", shortened(said.as_str()))))
            }
        }
    }

    /// A time on which no verdict depends: unreadable is unknown, and counted.
    pub(crate) fn time(&self, field: &'static str, said: Option<&Text<'_>>, tally: &mut Tally) -> Option<Timestamp> {
        self.needed_time(field, said, tally).unwrap_or_else(|_| {
            tally.unreadable_time(field);
            None
        })
    }
}

/// Reads one record into its shape.
fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::row(format!("it is not a readable record: {error}")))
}

/// The beginning of a value, for messages.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
