//! Quarters of a calendar or fiscal year, in a time zone.

use crate::Timestamp;
use chrono::{Datelike, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// One quarter of a fiscal year. Ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// Fiscal year, named by the calendar year in which it begins.
    year: i32,
    /// 1 to 4.
    number: u8,
}

/// A quarter could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a quarter; write it as 2026-Q3")]
pub struct NotAQuarter(String);

impl Quarter {
    /// Quarter `number` (1 to 4) of fiscal `year`.
    #[must_use]
    pub fn new(year: i32, number: u8) -> Option<Self> {
        ((1..=4).contains(&number) && (1..=9998).contains(&year)).then_some(Self { year, number })
    }

    /// Reads `2026-Q3` (also `2026Q3`, any case).
    ///
    /// # Errors
    /// [`NotAQuarter`] for anything else.
    pub fn parse(text: &str) -> Result<Self, NotAQuarter> {
        let fail = || NotAQuarter(text.to_owned());
        let (year, number) = text.trim().split_once(['Q', 'q']).ok_or_else(fail)?;
        let year = year.strip_suffix('-').unwrap_or(year).parse().map_err(|_| fail())?;
        let number = number.parse().map_err(|_| fail())?;
        Self::new(year, number).ok_or_else(fail)
    }

    /// The quarter in which `at` falls, for a fiscal year that starts on the first of `start_month` (1 to 12) in `zone`.
    #[must_use]
    pub fn of(at: Timestamp, start_month: u32, zone: Tz) -> Self {
        let local = at.to_utc().with_timezone(&zone);
        Self::of_date(local.date_naive(), start_month)
    }

    fn of_date(date: NaiveDate, start_month: u32) -> Self {
        let months = date.year() * 12 + date.month0().cast_signed() - (start_month.clamp(1, 12).cast_signed() - 1);
        Self::from_ordinal(months.div_euclid(3))
    }

    /// A number that grows by one from quarter to quarter.
    #[must_use]
    pub fn ordinal(self) -> i32 {
        self.year * 4 + i32::from(self.number) - 1
    }

    /// The inverse of [`ordinal`](Self::ordinal).
    #[must_use]
    pub fn from_ordinal(ordinal: i32) -> Self {
        let number = match ordinal.rem_euclid(4) {
            0 => 1,
            1 => 2,
            2 => 3,
            _ => 4,
        };
        Self { year: ordinal.div_euclid(4), number }
    }

    /// The quarter after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self::from_ordinal(self.ordinal() + 1)
    }

    /// The quarter before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::from_ordinal(self.ordinal() - 1)
    }

    /// First day, for a fiscal year that starts on the first of `start_month`.
    #[must_use]
    pub fn first_day(self, start_month: u32) -> NaiveDate {
        let months = self.ordinal() * 3 + (start_month.clamp(1, 12).cast_signed() - 1);
        let month0 = u32::try_from(months.rem_euclid(12)).unwrap_or(0);
        NaiveDate::from_ymd_opt(months.div_euclid(12), month0 + 1, 1).unwrap_or(NaiveDate::MIN)
    }

    /// Last day.
    #[must_use]
    pub fn last_day(self, start_month: u32) -> NaiveDate {
        self.next().first_day(start_month).pred_opt().unwrap_or(NaiveDate::MIN)
    }

    /// The moment it begins in `zone`.
    #[must_use]
    pub fn begins(self, start_month: u32, zone: Tz) -> Timestamp {
        start_of_day(self.first_day(start_month), zone)
    }
}

/// The first moment of `date` in `zone`, also where daylight saving skips midnight.
#[must_use]
pub fn start_of_day(date: NaiveDate, zone: Tz) -> Timestamp {
    let midnight = date.and_time(NaiveTime::MIN);
    let utc = match zone.from_local_datetime(&midnight) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        LocalResult::None => first_after_gap(midnight, zone),
    };
    Timestamp::from_utc(utc).unwrap_or_else(|| clamp(date))
}

fn first_after_gap(midnight: NaiveDateTime, zone: Tz) -> chrono::DateTime<Utc> {
    // Gaps are multiples of a quarter of an hour and no longer than a day.
    (1..=96)
        .filter_map(|quarters| midnight.checked_add_signed(TimeDelta::minutes(15 * quarters)))
        .find_map(|local| zone.from_local_datetime(&local).earliest())
        .map_or_else(|| Utc.from_utc_datetime(&midnight), |at| at.with_timezone(&Utc))
}

fn clamp(date: NaiveDate) -> Timestamp {
    let edge = if date.year() < 1 { -62_135_596_800_000 } else { 253_402_300_799_999 };
    Timestamp::from_millis(edge).unwrap_or(Timestamp::EPOCH)
}

impl std::fmt::Display for Quarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for text in ["2026-Q3", "1999-Q1", "2024-Q4"] {
            assert_eq!(Quarter::parse(text).unwrap().to_string(), text);
        }
        for text in ["2026", "2026-Q5", "2026-Q0", "Q3", "x-Q1", ""] {
            assert!(Quarter::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn zone_and_fiscal_year_decide_the_quarter() {
        let check = |at: &str, start: u32, zone: Tz, quarter: &str| {
            let at = Timestamp::parse_rfc3339(at).unwrap();
            assert_eq!(Quarter::of(at, start, zone).to_string(), quarter, "{at} {zone}");
        };
        check("2026-06-30T23:59:59Z", 1, Tz::UTC, "2026-Q2");
        check("2026-07-01T00:00:00Z", 1, Tz::UTC, "2026-Q3");
        check("2026-06-30T23:00:00Z", 1, Tz::Europe__Berlin, "2026-Q3");
        check("2026-03-15T00:00:00Z", 4, Tz::UTC, "2025-Q4");
        check("2026-04-01T00:00:00Z", 4, Tz::UTC, "2026-Q1");
    }

    #[test]
    fn days_of_a_quarter() {
        let quarter = Quarter::parse("2026-Q1").unwrap();
        assert_eq!(quarter.first_day(1).to_string(), "2026-01-01");
        assert_eq!(quarter.last_day(1).to_string(), "2026-03-31");
        assert_eq!(quarter.first_day(10).to_string(), "2026-10-01");
        assert_eq!(quarter.last_day(10).to_string(), "2026-12-31");
        assert_eq!(quarter.next().last_day(10).to_string(), "2027-03-31");
    }

    #[test]
    fn a_day_without_midnight_begins_later() {
        // Beirut skipped 00:00 to 01:00 on this day.
        let day = NaiveDate::from_ymd_opt(2022, 3, 27).unwrap();
        assert_eq!(start_of_day(day, Tz::Asia__Beirut).to_string(), "2022-03-26T22:00:00Z");
    }
}
