//! Days, deadlines and quarters by walking the calendar, one day or quarter of an hour at a time. Only which days a set of
//! holidays names is taken from the product: published calendars prove that beside it.

use change_ledger_model::{
    Timestamp,
    calendar::Deadline,
    policy::{CalendarDays, Period, Policy},
};
use chrono::{Datelike, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

const HOUR: i64 = 3_600_000;

/// The last moment at which something due so long after `implemented` is on time.
pub fn due(deadline: Deadline, implemented: Timestamp, policy: &Policy) -> Option<Timestamp> {
    let due = match deadline {
        Deadline::Hours(hours) => implemented.millis() + i64::from(hours) * HOUR,
        Deadline::BusinessDays(days) => {
            let mut day = day_of(implemented.millis(), policy.period.timezone);
            let (mut left, mut walked) = (days, 0);
            while left > 0 {
                day = day.succ_opt()?;
                left -= u32::from(is_business_day(day, &policy.calendar));
                walked += 1;
                if walked > 3660 {
                    return None;
                }
            }
            end_of_day(day, policy.period.timezone)
        }
    };
    Timestamp::from_millis(due)
}

/// Business days after the day of `from`, up to the day of `to`.
pub fn business_days(policy: &Policy, from: i64, to: i64) -> u32 {
    let (mut day, last) = (day_of(from, policy.period.timezone), day_of(to, policy.period.timezone));
    let mut days = 0;
    while day < last {
        day = day.succ_opt().unwrap();
        days += u32::from(is_business_day(day, &policy.calendar));
    }
    days
}

/// Neither weekend nor a day off, of a set or of the policy's own.
pub fn is_business_day(day: NaiveDate, days: &CalendarDays) -> bool {
    // A holiday may be observed in the year before or after its own.
    let years = day.year() - 1..=day.year() + 1;
    let in_a_set = days
        .holiday_sets
        .iter()
        .any(|set| years.clone().any(|year| set.of_year(year).iter().any(|holiday| holiday.date == day)));
    let day_off = in_a_set && !days.working_days.contains(&day) || days.holidays.contains(&day);
    !days.weekend.contains(&day.weekday()) && !day_off
}

/// The number of the quarter in which `at` falls: four times the year in which its fiscal year begins, and 0 to 3.
pub fn quarter_of(at: i64, period: &Period) -> i32 {
    let day = day_of(at, period.timezone);
    let fiscal_year = if day.month() < period.fiscal_year_start { day.year() - 1 } else { day.year() };
    let months = (day.month() + 12 - period.fiscal_year_start) % 12;
    fiscal_year * 4 + (months / 3) as i32
}

/// The last millisecond of a quarter.
pub fn end_of_quarter(quarter: i32, period: &Period) -> i64 {
    let first_year = quarter.div_euclid(4);
    let mut day = NaiveDate::from_ymd_opt(first_year, period.fiscal_year_start, 1).unwrap();
    let mut month_starts = 0;
    while month_starts < 3 * (quarter.rem_euclid(4) + 1) {
        day = day.succ_opt().unwrap();
        month_starts += i32::from(day.day() == 1);
    }
    end_of_day(day.pred_opt().unwrap(), period.timezone)
}

/// The last millisecond that bears the date `day` in `zone`. Clocks are moved at full quarters of an hour.
fn end_of_day(day: NaiveDate, zone: Tz) -> i64 {
    const QUARTER_OF_AN_HOUR: i64 = HOUR / 4;
    let noon = day.and_hms_opt(12, 0, 0).unwrap().and_utc().timestamp_millis();
    let mut last = noon;
    // Zones are at most 14 hours ahead and 12 behind.
    let mut at = noon - 3 * HOUR;
    while at < noon + 26 * HOUR {
        if day_of(at, zone) == day {
            last = at;
        }
        at += QUARTER_OF_AN_HOUR;
    }
    last + QUARTER_OF_AN_HOUR - 1
}

fn day_of(at: i64, zone: Tz) -> NaiveDate {
    Utc.timestamp_millis_opt(at).unwrap().with_timezone(&zone).date_naive()
}

#[test]
fn the_walk_ends_where_clocks_are_moved() {
    let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
    let mut policy = change_ledger_model::policy::PolicyHistory::initial().unwrap().at(Timestamp::EPOCH).policy.clone();
    let mut check = |zone: Tz, deadline: &str, implemented: &str, expected: &str| {
        policy.period.timezone = zone;
        let deadline = Deadline::parse(deadline).unwrap();
        assert_eq!(due(deadline, at(implemented), &policy), Some(at(expected)), "{zone} {implemented}");
    };
    check(Tz::UTC, "24h", "2026-08-07T10:00:00Z", "2026-08-08T10:00:00Z");
    // A Friday; the Monday after.
    check(Tz::UTC, "1bd", "2026-08-07T23:59:59Z", "2026-08-10T23:59:59.999Z");
    // Clocks go forward on Sunday the 29th of March and back on Sunday the 25th of October.
    check(Tz::Europe__Berlin, "1bd", "2026-03-27T10:00:00Z", "2026-03-30T21:59:59.999Z");
    check(Tz::Europe__Berlin, "1bd", "2026-10-23T10:00:00Z", "2026-10-26T22:59:59.999Z");
    // In Cairo the last Thursday of October ends an hour late.
    check(Tz::Africa__Cairo, "1bd", "2026-10-28T10:00:00Z", "2026-10-29T21:59:59.999Z");
    check(Tz::America__New_York, "1bd", "2026-08-07T03:30:00Z", "2026-08-08T03:59:59.999Z");
}
