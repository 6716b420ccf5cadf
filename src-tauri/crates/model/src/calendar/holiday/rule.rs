//! How a holiday's date follows from the year.

use super::easter::easter_sunday;
use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};

/// The rule for one holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// The same month and day every year.
    Fixed(u32, u32),
    /// The same month and day every year, since a year: year, month, day.
    Since(i32, u32, u32),
    /// So many days after Easter Sunday.
    Easter(i64),
    /// In this month, this day of the week for the so-manieth time.
    Nth(u32, Weekday, u8),
    /// In this month, this day of the week for the last time.
    Last(u32, Weekday),
    /// The first Monday of May; moved to 8 May for the end of the war's 50th and 75th anniversaries.
    EarlyMay,
    /// The last Monday of May; moved for three jubilees of the Queen.
    SpringUk,
    /// The King's birthday, 27 April (until 2013 the Queen's, 30 April); the day before when that is a Sunday.
    KingsDay,
}

impl Rule {
    /// The date in `year`, before any substitute day.
    pub(super) fn date(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Fixed(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            Self::Since(first, month, day) => NaiveDate::from_ymd_opt(year, month, day).filter(|_| year >= first),
            Self::Easter(days) => easter_sunday(year)?.checked_add_signed(TimeDelta::days(days)),
            Self::Nth(month, weekday, n) => NaiveDate::from_weekday_of_month_opt(year, month, weekday, n),
            Self::Last(month, weekday) => {
                let of = |n| NaiveDate::from_weekday_of_month_opt(year, month, weekday, n);
                of(5).or_else(|| of(4))
            }
            Self::EarlyMay if matches!(year, 1995 | 2020) => NaiveDate::from_ymd_opt(year, 5, 8),
            Self::EarlyMay => Self::Nth(5, Weekday::Mon, 1).date(year),
            Self::SpringUk => match year {
                2002 | 2012 => NaiveDate::from_ymd_opt(year, 6, 4),
                2022 => NaiveDate::from_ymd_opt(year, 6, 2),
                _ => Self::Last(5, Weekday::Mon).date(year),
            },
            Self::KingsDay => {
                let birthday = NaiveDate::from_ymd_opt(year, 4, if year < 2014 { 30 } else { 27 })?;
                if birthday.weekday() == Weekday::Sun { birthday.pred_opt() } else { Some(birthday) }
            }
        }
    }
}

/// As federal law has it: what falls on a Saturday is kept on Friday, what falls on a Sunday on Monday.
pub(super) fn nearest_weekday(date: NaiveDate) -> NaiveDate {
    match date.weekday() {
        Weekday::Sat => date.pred_opt().unwrap_or(date),
        Weekday::Sun => date.succ_opt().unwrap_or(date),
        _ => date,
    }
}

/// As royal proclamations have it: what falls on a weekend is kept on the next weekday that is no holiday itself. Only
/// Christmas and the day after it can meet: then both go to Monday and Tuesday.
pub(super) fn next_weekday(rule: Rule, date: NaiveDate) -> NaiveDate {
    let days = match (rule, date.weekday()) {
        (Rule::Fixed(12, 25 | 26), Weekday::Sun) | (_, Weekday::Sat) => 2,
        (_, Weekday::Sun) => 1,
        _ => 0,
    };
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}
