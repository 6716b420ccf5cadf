//! When signals are raised, and which of them together find an emergency.

use crate::judgement::{Signal, Signals};
use chrono::NaiveTime;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// When signals are raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signalling {
    /// Labels and types that declare an emergency.
    pub emergency_labels: Vec<String>,
    /// Beginnings of titles that declare one.
    pub emergency_title_tags: Vec<String>,
    /// Beginnings of branch names that mark a hotfix.
    pub hotfix_branches: Vec<String>,
    /// Words in title or description that sound like one.
    pub emergency_words: Vec<String>,
    /// Opened and merged within fewer minutes is fast.
    pub fast_merge_minutes: u32,
    /// When an incident was going on.
    pub incident_window: IncidentWindow,
    /// When business is done, in the policy's zone, on business days.
    pub business_hours: BusinessHours,
}

/// When an incident was going on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentWindow {
    /// Severities or priorities that count as severe, in any case.
    pub severities: Vec<String>,
    /// Minutes after the end that still count.
    pub grace_minutes: u32,
    /// Per repository, in any case, the services that it runs in. A repository that is not named runs in the service called
    /// like it, or like the last part of its path; so do all repositories in documents without it.
    #[serde(default)]
    pub services: BTreeMap<String, Vec<String>>,
}

/// Business hours of a business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BusinessHours {
    /// Begin, `08:00`.
    #[serde(with = "clock_time")]
    pub from: NaiveTime,
    /// End, `18:00`.
    #[serde(with = "clock_time")]
    pub to: NaiveTime,
}

/// Signals that together make an undeclared change an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Detection {
    /// All of these must hold.
    pub all: Vec<Signal>,
}

impl Detection {
    /// The rule as a set.
    #[must_use]
    pub fn signals(&self) -> Signals {
        self.all.iter().copied().collect()
    }
}

impl IncidentWindow {
    /// The names of services, in lower case, whose incidents concern `repository`.
    #[must_use]
    pub fn services_of(&self, repository: &str) -> Vec<String> {
        let path = repository.trim().to_lowercase();
        let named = self.services.iter().find(|(name, _)| name.trim().to_lowercase() == path);
        let Some((_, services)) = named else {
            let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
            return vec![path, name];
        };
        services.iter().map(|service| service.trim().to_lowercase()).collect()
    }
}

mod clock_time {
    use super::{Deserialize, Deserializer, NaiveTime, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde decides the signature")]
    pub(super) fn serialize<S: Serializer>(time: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&time.format("%H:%M"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(deserializer)?;
        NaiveTime::parse_from_str(&text, "%H:%M")
            .map_err(|_| serde::de::Error::custom(format!("`{text}` is not a time of day; write it as 08:00")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_runs_in_the_service_that_is_named_for_it_or_called_like_it() {
        let services = BTreeMap::from([("acme/pay".to_owned(), vec!["Payments API".to_owned(), "Ledger".to_owned()])]);
        let window = IncidentWindow { severities: Vec::new(), grace_minutes: 0, services };
        let check = |repository: &str, expected: &[&str]| assert_eq!(window.services_of(repository), expected);
        check("Acme/Pay", &["payments api", "ledger"]);
        check("acme/Web", &["acme/web", "web"]);
        check("tools", &["tools", "tools"]);
    }
}
