//! Business days and review deadlines.

use crate::{Timestamp, quarter::start_of_day};
use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeSet;

/// Which days count as business days, in one time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Zone in which days begin and end.
    pub zone: Tz,
    /// Days of the week without business.
    pub weekend: Vec<Weekday>,
    /// Further days without business.
    pub holidays: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// Whether `date` is a business day.
    #[must_use]
    pub fn is_business_day(&self, date: NaiveDate) -> bool {
        !self.weekend.contains(&date.weekday()) && !self.holidays.contains(&date)
    }

    /// How many business days lie after the day `from`, up to the day `to` inclusive; 0 when `to` is not later.
    ///
    /// It counts as deadlines do: what is done by the end of the `n`th business day after `from` took at most `n`.
    #[must_use]
    pub fn business_days_between(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let Ok(days) = usize::try_from((to - from).num_days()) else { return 0 };
        let is_working = |day: &NaiveDate| !self.weekend.contains(&day.weekday());
        let in_a_week = from.iter_days().skip(1).take(7).filter(is_working).count();
        let in_the_rest = from.iter_days().skip(1).take(days % 7).filter(is_working).count();
        let holidays = match from.succ_opt() {
            Some(first) if first <= to => self.holidays.range(first..=to).filter(|day| is_working(day)).count(),
            _ => 0,
        };
        let working = days / 7 * in_a_week + in_the_rest;
        u32::try_from(working.saturating_sub(holidays)).unwrap_or(u32::MAX)
    }

    /// The `n`th business day after `date`. `None` when there is none within ten years.
    #[must_use]
    pub fn nth_business_day_after(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        const TEN_YEARS: usize = 3660;
        let Some(skip) = n.checked_sub(1) else { return Some(date) };
        date.iter_days()
            .skip(1)
            .take(TEN_YEARS)
            .filter(|day| self.is_business_day(*day))
            .nth(usize::try_from(skip).ok()?)
    }
}

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
    /// [`NotADeadline`] for anything else, also for 0 or more than 10,000.
    pub fn parse(text: &str) -> Result<Self, NotADeadline> {
        let fail = || NotADeadline(text.to_owned());
        let number = |digits: &str| digits.parse().ok().filter(|n| (1..=10_000).contains(n)).ok_or_else(fail);
        if let Some(days) = text.strip_suffix("bd") {
            return number(days).map(Self::BusinessDays);
        }
        number(text.strip_suffix('h').ok_or_else(fail)?).map(Self::Hours)
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
mod tests {
    use super::*;

    fn calendar(zone: Tz) -> Calendar {
        Calendar {
            zone,
            weekend: vec![Weekday::Sat, Weekday::Sun],
            holidays: BTreeSet::from([NaiveDate::from_ymd_opt(2026, 12, 25).unwrap()]),
        }
    }

    #[test]
    fn deadlines_fall_where_a_person_expects() {
        let check = |implemented: &str, deadline: &str, zone: Tz, due: &str| {
            let at = Timestamp::parse_rfc3339(implemented).unwrap();
            let found = Deadline::parse(deadline).unwrap().due_at(at, &calendar(zone)).unwrap();
            assert_eq!(found.to_string(), due, "{implemented} + {deadline} {zone}");
        };
        check("2026-09-03T01:51:40Z", "24h", Tz::UTC, "2026-09-04T01:51:40Z");
        // Friday to Monday, over a weekend.
        check("2026-11-20T23:59:00Z", "1bd", Tz::UTC, "2026-11-23T23:59:59.999Z");
        check("2026-11-21T12:00:00Z", "1bd", Tz::UTC, "2026-11-23T23:59:59.999Z");
        // A holiday on Friday.
        check("2026-12-24T12:00:00Z", "1bd", Tz::UTC, "2026-12-28T23:59:59.999Z");
        check("2026-11-18T12:00:00Z", "3bd", Tz::UTC, "2026-11-23T23:59:59.999Z");
        // Clocks go back in Berlin on 25 October 2026: Monday still ends at local midnight.
        check("2026-10-23T12:00:00Z", "1bd", Tz::Europe__Berlin, "2026-10-26T22:59:59.999Z");
        check("2026-10-24T12:00:00Z", "24h", Tz::Europe__Berlin, "2026-10-25T12:00:00Z");
    }

    #[test]
    fn business_days_are_counted_as_deadlines_count_them() {
        let check = |from: &str, to: &str, expected: u32| {
            let day = |text: &str| text.parse::<NaiveDate>().unwrap();
            assert_eq!(calendar(Tz::UTC).business_days_between(day(from), day(to)), expected, "{from} to {to}");
        };
        // A Friday, its weekend, and Monday.
        check("2026-11-20", "2026-11-20", 0);
        check("2026-11-20", "2026-11-22", 0);
        check("2026-11-20", "2026-11-23", 1);
        check("2026-11-21", "2026-11-23", 1);
        check("2026-11-18", "2026-11-23", 3);
        // A holiday on Friday the 25th.
        check("2026-12-24", "2026-12-28", 1);
        check("2026-12-24", "2026-12-25", 0);
        check("2026-11-20", "2026-12-31", 28);
        check("2026-11-20", "2026-11-19", 0);
    }

    #[test]
    fn deadlines_are_read_strictly() {
        for text in ["", "h", "24", "0h", "-1h", "1.5h", "1 bd", "99999h"] {
            assert!(Deadline::parse(text).is_err(), "{text}");
        }
        assert_eq!(Deadline::parse("5bd").unwrap().to_string(), "5bd");
    }

    #[test]
    fn a_calendar_without_business_days_has_no_deadline() {
        let never = Calendar {
            zone: Tz::UTC,
            weekend: (0..7).filter_map(|d| Weekday::try_from(d).ok()).collect(),
            holidays: BTreeSet::new(),
        };
        assert_eq!(Deadline::BusinessDays(1).due_at(Timestamp::EPOCH, &never), None);
    }
}
