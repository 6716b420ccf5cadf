//! Business days, holidays and review deadlines.

mod deadline;
mod holiday;

pub use deadline::{Deadline, NotADeadline};
pub use holiday::{Holiday, HolidaySet};

use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Tz;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn business_days_are_counted_as_deadlines_count_them() {
        let calendar = Calendar {
            zone: Tz::UTC,
            weekend: vec![Weekday::Sat, Weekday::Sun],
            holidays: BTreeSet::from([NaiveDate::from_ymd_opt(2026, 12, 25).unwrap()]),
        };
        let check = |from: &str, to: &str, expected: u32| {
            let day = |text: &str| text.parse::<NaiveDate>().unwrap();
            assert_eq!(calendar.business_days_between(day(from), day(to)), expected, "{from} to {to}");
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
}
