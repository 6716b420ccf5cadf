//! Deadlines: so many hours, or the end of so many business days.

use super::Calendar;
use crate::{Timestamp, quarter::start_of_day};
use chrono::TimeDelta;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How long after an implementation something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deadline {
    /// So many elapsed hours; changes of the clock do not matter.
    Hours(u32),
    /// The end of the so-manieth business day after the day of implementation.
    BusinessDays(u32),
}

/// A deadline could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a deadline; write hours as 24h or business days as 1bd")]
pub struct NotADeadline(String);

impl Deadline {
    /// Reads `24h` or `3bd`.
    ///
    /// # Errors
    /// [`NotADeadline`] for anything else, also for 0, more than 10,000 hours or more than 2,000 business days.
    pub fn parse(text: &str) -> Result<Self, NotADeadline> {
        let fail = || NotADeadline(text.to_owned());
        let number = |digits: &str, most: u32| digits.parse().ok().filter(|n| (1..=most).contains(n)).ok_or_else(fail);
        if let Some(days) = text.strip_suffix("bd") {
            // The calendar looks ten years ahead.
            return number(days, 2_000).map(Self::BusinessDays);
        }
        number(text.strip_suffix('h').ok_or_else(fail)?, 10_000).map(Self::Hours)
    }

    /// The number of hours, for a deadline in hours.
    #[must_use]
    pub const fn hours(self) -> Option<u32> {
        match self {
            Self::Hours(hours) => Some(hours),
            Self::BusinessDays(_) => None,
        }
    }

    /// The last moment (inclusive, to the millisecond) at which something due after `implemented_at` is on time.
    ///
    /// Business days end at 23:59:59.999 in the calendar's zone, also on days that daylight saving shortens or lengthens.
    /// `None` when the calendar has no such day, or beyond the year 9999.
    #[must_use]
    pub fn due_at(self, implemented_at: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
        match self {
            Self::Hours(hours) => {
                Timestamp::from_millis(implemented_at.millis() + TimeDelta::hours(i64::from(hours)).num_milliseconds())
            }
            Self::BusinessDays(days) => {
                let day = implemented_at.to_utc().with_timezone(&calendar.zone).date_naive();
                let last = calendar.nth_business_day_after(day, days)?;
                Timestamp::from_millis(start_of_day(last.succ_opt()?, calendar.zone).millis() - 1)
            }
        }
    }
}

impl std::fmt::Display for Deadline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Hours(hours) => write!(f, "{hours}h"),
            Self::BusinessDays(days) => write!(f, "{days}bd"),
        }
    }
}

impl Serialize for Deadline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Deadline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
