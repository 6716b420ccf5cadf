//! Whether a change was implemented outside business hours.

use crate::column::{IMPLEMENTED_AT, OUT_OF_HOURS};
use crate::frames::booleans;
use change_ledger_model::{calendar::Calendar, policy::Policy};
use chrono::{DateTime, NaiveDate, NaiveTime, Offset, TimeZone, Timelike};
use foldhash::{HashMap, HashMapExt};
use polars::prelude::{Column, DataFrame, PolarsResult};

const DAY: i64 = 86_400_000;

/// True where the local time is outside the policy's hours, or the local day is no business day. An unknown time is not
/// out of hours.
pub(super) fn out_of_hours(facts: &DataFrame, policy: &Policy) -> PolarsResult<Column> {
    let mut hours = BusinessHours::new(policy);
    let implemented = facts.column(IMPLEMENTED_AT)?.i64()?;
    let values: Vec<bool> = implemented.iter().map(|at| at.is_some_and(|at| !hours.contain(at))).collect();
    Ok(booleans(OUT_OF_HOURS, &values))
}

/// Business hours with what was learned about the days met so far: a ledger has a million changes on a thousand days.
struct BusinessHours {
    calendar: Calendar,
    from: i64,
    to: i64,
    /// Per day of UTC its offset from UTC, where the whole day has one.
    offsets: HashMap<i64, Option<i64>>,
    business_days: HashMap<i64, bool>,
    /// The day asked for last: changes mostly come in order.
    last_offset: Option<(i64, Option<i64>)>,
    last_day: Option<(i64, bool)>,
}

impl BusinessHours {
    fn new(policy: &Policy) -> Self {
        let hours = policy.signals.business_hours;
        Self {
            calendar: policy.business_calendar(),
            from: of_day(hours.from),
            to: of_day(hours.to),
            offsets: HashMap::new(),
            business_days: HashMap::new(),
            last_offset: None,
            last_day: None,
        }
    }

    fn contain(&mut self, at: i64) -> bool {
        let local = at + self.offset(at);
        let time = local.rem_euclid(DAY);
        (self.from..self.to).contains(&time) && self.is_business_day(local.div_euclid(DAY))
    }

    fn offset(&mut self, at: i64) -> i64 {
        let day = at.div_euclid(DAY);
        let of_day = match self.last_offset {
            Some((last, offset)) if last == day => offset,
            _ => {
                let calendar = &self.calendar;
                *self.offsets.entry(day).or_insert_with(|| {
                    let begin = offset_at(calendar, day * DAY);
                    // A day on which the clocks change is looked up moment by moment.
                    (begin == offset_at(calendar, (day + 1) * DAY)).then_some(begin)
                })
            }
        };
        self.last_offset = Some((day, of_day));
        of_day.unwrap_or_else(|| offset_at(&self.calendar, at))
    }

    fn is_business_day(&mut self, day: i64) -> bool {
        let is_business = match self.last_day {
            Some((last, is_business)) if last == day => is_business,
            _ => {
                let calendar = &self.calendar;
                let date = |day| NaiveDate::from_epoch_days(i32::try_from(day).ok()?);
                *self
                    .business_days
                    .entry(day)
                    .or_insert_with(|| date(day).is_some_and(|date| calendar.is_business_day(date)))
            }
        };
        self.last_day = Some((day, is_business));
        is_business
    }
}

/// Milliseconds to add to UTC for the local time.
fn offset_at(calendar: &Calendar, at: i64) -> i64 {
    DateTime::from_timestamp_millis(at).map_or(0, |at| {
        let offset = calendar.zone.offset_from_utc_datetime(&at.naive_utc());
        i64::from(offset.fix().local_minus_utc()) * 1000
    })
}

/// Milliseconds since local midnight.
fn of_day(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight()) * 1000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::policy;
    use change_ledger_model::Timestamp;

    #[test]
    fn hours_are_local_and_end_before_their_end() {
        let check = |zone: &str, at: &str, expected: bool| {
            let policy = policy(&[
                ("timezone = \"UTC\"", &format!("timezone = \"{zone}\"")),
                ("holidays = []", "holidays = [\"2026-12-24\"]"),
            ]);
            let millis = Timestamp::parse_rfc3339(at).unwrap().millis();
            assert_eq!(BusinessHours::new(&policy).contain(millis), expected, "{at} {zone}");
        };
        check("UTC", "2026-11-20T08:00:00Z", true);
        check("UTC", "2026-11-20T07:59:59.999Z", false);
        check("UTC", "2026-11-20T17:59:59.999Z", true);
        check("UTC", "2026-11-20T18:00:00Z", false);
        check("UTC", "2026-11-21T12:00:00Z", false);
        check("UTC", "2026-12-24T12:00:00Z", false);
        check("America/New_York", "2026-11-20T22:30:00Z", true);
        // The evening of a Friday in Los Angeles is Saturday in UTC.
        check("America/Los_Angeles", "2026-11-21T01:30:00Z", true);
        // Apia was on the other side of the date line from its neighbours: Friday evening in UTC is Saturday there.
        check("Pacific/Apia", "2026-11-20T20:00:00Z", false);
    }

    #[test]
    fn on_a_day_when_the_clocks_change_the_moment_decides() {
        let policy = policy(&[
            ("timezone = \"UTC\"", "timezone = \"Europe/Berlin\""),
            ("weekend = [\"Sat\", \"Sun\"]", "weekend = []"),
            ("from = \"08:00\"", "from = \"02:30\""),
            ("to = \"18:00\"", "to = \"03:30\""),
        ]);
        let mut hours = BusinessHours::new(&policy);
        let mut check = |at: &str, expected: bool| {
            let millis = Timestamp::parse_rfc3339(at).unwrap().millis();
            assert_eq!(hours.contain(millis), expected, "{at}");
        };
        // 02:45 comes twice on 25 October 2026; 03:00 follows on the second.
        check("2026-10-25T00:45:00Z", true);
        check("2026-10-25T01:15:00Z", false);
        check("2026-10-25T01:45:00Z", true);
        check("2026-10-25T02:29:00Z", true);
        check("2026-10-25T02:30:00Z", false);
    }
}
