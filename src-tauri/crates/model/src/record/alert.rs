use crate::{Timestamp, person::Person, record::Mention};
use serde::{Deserialize, Serialize};

/// How severe a weakness is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum AlertSeverity {
    /// Low, or for information.
    Low = 0,
    /// Medium, also called moderate.
    Medium = 1,
    /// High.
    High = 2,
    /// Critical.
    Critical = 3,
}

impl AlertSeverity {
    /// From the word of a tool: `critical`, `high`, `moderate`, `info`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word.trim().to_ascii_lowercase().as_str() {
            "critical" => Some(Self::Critical),
            "high" | "important" => Some(Self::High),
            "medium" | "moderate" => Some(Self::Medium),
            "low" | "info" | "informational" | "negligible" => Some(Self::Low),
            _ => None,
        }
    }
}

/// What became of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum AlertState {
    /// Still open.
    Open = 0,
    /// Fixed.
    Fixed = 1,
    /// Set aside by somebody, or by a rule.
    Dismissed = 2,
}

/// One finding with a severity, as one row of one export describes it.
///
/// `None` always means that this row does not say, never "no".
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// The ledger-wide name: `github:acme/pay/alerts/4`.
    pub id: String,
    /// The tool it comes from: `github`, `snyk`, `npm`.
    pub source: String,
    /// Repository that is concerned.
    pub repository: Option<String>,
    /// One line about it.
    pub title: String,
    /// The package that has the weakness.
    pub package: Option<String>,
    /// Where it is used: a manifest, a path of packages.
    pub path: Option<String>,
    /// How severe it is.
    pub severity: Option<AlertSeverity>,
    /// CVSS base score in tenths (98 is 9.8); `None` also where the source writes 0 for "not scored".
    pub score_tenths: Option<u16>,
    /// What became of it.
    pub state: Option<AlertState>,
    /// When it was raised.
    pub opened_at: Option<Timestamp>,
    /// When the weakness became public.
    pub published_at: Option<Timestamp>,
    /// When it was fixed.
    pub fixed_at: Option<Timestamp>,
    /// When it was set aside.
    pub dismissed_at: Option<Timestamp>,
    /// Who set it aside.
    pub dismissed_by: Option<Person>,
    /// Why, as the source says it.
    pub dismissed_reason: Option<String>,
    /// When the source last changed it; the newer of two rows wins by this.
    pub updated_at: Option<Timestamp>,
    /// Web address.
    pub url: Option<String>,
    /// Advisories and other records that it names.
    pub mentions: Vec<Mention>,
}
