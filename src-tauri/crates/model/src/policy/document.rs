use super::{
    Patterns,
    error::{PolicyError, unreadable},
};
use crate::{
    calendar::{Calendar, Deadline},
    judgement::{Signal, Signals},
};
use chrono::{NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// One version of a policy: the parameters by which changes are judged. Read from TOML.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Version of the document's format; 1.
    pub format: u32,
    /// Short name, `retroactive-24h`.
    pub name: String,
    /// Version of the policy as its owner counts.
    pub version: String,
    /// Title for people.
    pub title: String,
    /// What the policy says, in a few sentences.
    #[serde(default)]
    pub summary: String,
    /// Fiscal year and time zone.
    pub period: Period,
    /// What counts as the implementation.
    pub clock: Clock,
    /// Which changes are counted.
    pub population: Population,
    /// What a qualifying approval is.
    pub approval: Approval,
    /// When signals are raised.
    pub signals: Signalling,
    /// Rules that find emergencies nobody labelled.
    #[serde(default)]
    pub detection: Vec<Detection>,
    /// Changes that owe no review.
    pub exemption: Exemption,
    /// The retroactive review.
    pub review: Review,
    /// Limits for the emergency ratio.
    pub ratio: RatioLimit,
    /// Who may authorise, and how it is written down.
    pub authorisation: Authorisation,
    /// How a justification is written down.
    pub justification: Justification,
    /// How and by when a change is documented.
    pub documentation: Documentation,
    /// What looks like stamping.
    pub batch: BatchStamp,
    /// Weekend and holidays.
    pub calendar: CalendarDays,
    /// Below which size no trend is claimed.
    pub small_numbers: SmallNumbers,
}

/// Fiscal year and time zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Month (1 to 12) in which the fiscal year starts.
    pub fiscal_year_start: u32,
    /// Zone in which quarters and business days begin and end.
    pub timezone: Tz,
}

/// What counts as the implementation of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// The moment.
    pub implemented: ClockKind,
}

/// The moment that counts as the implementation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// The merge, or the end of work on a change ticket.
    Merged,
}

/// Which changes are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// Names of branches merged into; `*` stands for any characters.
    pub branches: Vec<String>,
    /// Whether exempt changes are part of N.
    pub count_exempt: bool,
}

/// What a qualifying approval is, besides coming from a known, human, independent person and not being withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// How many different people must approve.
    pub required: u32,
    /// Whether a comment counts as an approval.
    pub comment_counts: bool,
    /// Whether merging somebody else's change counts as approving it.
    pub merge_counts: bool,
    /// Whether the approval must be of the commit that was merged.
    pub must_cover_head: bool,
}

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

/// Changes that owe no review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// Whether changes opened by bots are exempt.
    pub bots: bool,
}

/// The retroactive review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Which emergencies owe one.
    pub owed: ReviewOwed,
    /// By when.
    pub deadline: Deadline,
}

/// Which emergencies owe a retroactive review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOwed {
    /// Those without a qualifying approval before implementation.
    Unreviewed,
}

/// Limits for the emergency ratio, as shares 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatioLimit {
    /// Above this it is a breach.
    pub limit: f64,
    /// Above this it is a warning.
    pub warning: f64,
}

/// Who may authorise, and how it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorisation {
    /// Roles that may authorise.
    pub roles: Vec<String>,
    /// Words before the name, at the beginning of a line.
    pub markers: Vec<String>,
}

/// How a justification is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Justification {
    /// Words before the text, at the beginning of a line or as a heading.
    pub markers: Vec<String>,
    /// Whether the reason field of a linked ticket counts.
    pub ticket_reason_counts: bool,
}

/// How and by when a change is documented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documentation {
    /// Words before the text, at the beginning of a line of a comment on a linked ticket or incident.
    pub markers: Vec<String>,
    /// By when.
    pub deadline: Deadline,
}

/// What looks like stamping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchStamp {
    /// At least so many retroactive approvals of one person.
    pub count: u32,
    /// Within so many minutes.
    pub minutes: u32,
}

/// Weekend and holidays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarDays {
    /// Days of the week without business, `Sat`.
    #[serde(serialize_with = "weekdays::write", deserialize_with = "weekdays::read")]
    pub weekend: Vec<Weekday>,
    /// Further days without business, `2026-12-25`.
    pub holidays: Vec<NaiveDate>,
}

/// Below which size no trend is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallNumbers {
    /// Number of changes.
    pub minimum: u64,
}

impl Policy {
    /// Reads and checks a TOML document.
    ///
    /// # Errors
    /// [`PolicyError`] naming the line or key and what is allowed there.
    pub fn parse(document: &str) -> Result<Self, PolicyError> {
        let policy: Self = toml::from_str(document).map_err(|error| unreadable(document, &error))?;
        policy.check()?;
        Ok(policy)
    }

    /// SHA-256 of a document, hexadecimal: how reports and answers name the version they used.
    #[must_use]
    pub fn fingerprint(document: &str) -> String {
        format!("{:x}", Sha256::digest(document.as_bytes()))
    }

    /// The business calendar.
    #[must_use]
    pub fn business_calendar(&self) -> Calendar {
        Calendar {
            zone: self.period.timezone,
            weekend: self.calendar.weekend.clone(),
            holidays: self.calendar.holidays.iter().copied().collect(),
        }
    }

    /// The parameters that decide what is found in texts.
    #[must_use]
    pub fn patterns(&self) -> Patterns {
        Patterns::of(self)
    }

    fn check(&self) -> Result<(), PolicyError> {
        let invalid = |key, problem: &str| Err(PolicyError::Invalid { key, problem: problem.to_owned() });
        if self.format != 1 {
            return invalid("format", "must be 1, the only format this version knows");
        }
        if self.name.trim().is_empty() {
            return invalid("name", "must not be empty");
        }
        if self.version.trim().is_empty() {
            return invalid("version", "must not be empty");
        }
        if !(1..=12).contains(&self.period.fiscal_year_start) {
            return invalid("period.fiscal_year_start", "must be a month, 1 to 12");
        }
        if self.population.branches.is_empty() {
            return invalid("population.branches", "must name at least one branch; [\"*\"] means every branch");
        }
        if self.approval.required == 0 {
            return invalid("approval.required", "must be at least 1");
        }
        if !(0.0..=1.0).contains(&self.ratio.limit) {
            return invalid("ratio.limit", "must be a share between 0 and 1; 0.10 means 10 %");
        }
        if !(0.0..=self.ratio.limit).contains(&self.ratio.warning) {
            return invalid("ratio.warning", "must be between 0 and ratio.limit");
        }
        if self.signals.business_hours.from >= self.signals.business_hours.to {
            return invalid("signals.business_hours", "must begin before they end");
        }
        if self.detection.iter().any(|rule| rule.all.is_empty()) {
            return invalid("detection.all", "must name at least one signal; an empty rule would match every change");
        }
        if self.batch.count < 2 {
            return invalid("batch.count", "must be at least 2");
        }
        if self.calendar.weekend.len() >= 7 {
            return invalid("calendar.weekend", "must leave at least one business day in a week");
        }
        Ok(())
    }
}

impl Population {
    /// Whether changes merged into `branch` are counted.
    #[must_use]
    pub fn counts_branch(&self, branch: &str) -> bool {
        self.branches.iter().any(|pattern| wildcard_match(pattern, branch))
    }
}

/// Whether `text` matches `pattern`, where `*` stands for any characters.
fn wildcard_match(pattern: &str, text: &str) -> bool {
    let Some((head, mut rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(head) else { return false };
    while let Some((middle, next)) = rest.split_once('*') {
        let Some(at) = text.find(middle) else { return false };
        text = text.get(at + middle.len()..).unwrap_or_default();
        rest = next;
    }
    text.len() >= rest.len() && text.ends_with(rest)
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

mod weekdays {
    use super::{Deserialize, Deserializer, Serialize, Serializer, Weekday};

    pub(super) fn write<S: Serializer>(days: &[Weekday], serializer: S) -> Result<S::Ok, S::Error> {
        days.iter().map(ToString::to_string).collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Weekday>, D::Error> {
        Vec::<String>::deserialize(deserializer)?
            .iter()
            .map(|day| {
                day.parse().map_err(|_| {
                    serde::de::Error::custom(format!("`{day}` is not a day of the week; write Mon to Sun"))
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
