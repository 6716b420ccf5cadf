//! The fixed calendar of the story: quarters, working days, and the moment at which the exports are judged.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc, Weekday};

/// Seconds of an hour.
pub(crate) const HOUR: i64 = 3_600;
/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// The moment at which due dates are judged, 2026-10-01T08:00:00Z, in seconds since 1970 UTC.
pub(crate) const AS_OF: i64 = 1_790_841_600;
/// When the last exports were taken, 2026-10-01T06:30:00Z: nothing later is in any file.
pub(crate) const LAST_EXPORT: i64 = AS_OF - 5_400;
/// Nothing of the story is merged after this: the last moment but an hour of 2026-Q3.
pub(crate) const LAST_MERGE: i64 = AS_OF - 9 * HOUR;

/// A calendar quarter in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Quarter {
    year: i32,
    /// 0 to 3.
    index: u32,
}

impl Quarter {
    /// The first quarter of the story, 2024-Q3.
    pub(crate) const FIRST: Self = Self { year: 2024, index: 2 };

    /// The quarter that holds a moment, in seconds since 1970 UTC.
    pub(crate) fn of(seconds: i64) -> Self {
        let moment = moment(seconds);
        Self { year: moment.year(), index: moment.month0() / 3 }
    }

    /// The quarter after this one.
    pub(crate) fn next(self) -> Self {
        match self.index {
            3 => Self { year: self.year + 1, index: 0 },
            index => Self { index: index + 1, ..self },
        }
    }

    /// Its first day.
    pub(crate) fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.index * 3 + 1, 1).unwrap_or_default()
    }

    /// Its last day.
    pub(crate) fn last_day(self) -> NaiveDate {
        self.next().first_day().pred_opt().unwrap_or_default()
    }

    /// The first moment of each of its Mondays to Fridays, in seconds since 1970 UTC.
    pub(crate) fn working_days(self) -> Vec<i64> {
        self.first_day()
            .iter_days()
            .take_while(|day| *day < self.next().first_day())
            .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
            .map(|day| day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp())
            .collect()
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.index + 1)
    }
}

/// A moment as chrono writes it.
pub(crate) fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

/// `2026-10-01T08:00:00Z`.
pub(crate) fn rfc3339(seconds: i64) -> String {
    moment(seconds).to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// `2026-10-01T08:00:00.000Z`.
pub(crate) fn rfc3339_millis(seconds: i64) -> String {
    moment(seconds).to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// `2026-10-01T08:00:00.0000000Z`, in ticks of 100 nanoseconds, as Azure DevOps writes it.
pub(crate) fn rfc3339_ticks(seconds: i64) -> String {
    moment(seconds).format("%Y-%m-%dT%H:%M:%S.0000000Z").to_string()
}

/// `2026-10-01T08:00:00.000000+00:00`, as Bitbucket writes it.
pub(crate) fn rfc3339_micros(seconds: i64) -> String {
    moment(seconds).to_rfc3339_opts(SecondsFormat::Micros, false)
}

/// `2026-10-01T08:00:00.000+0000`, as Jira's REST interface writes it.
pub(crate) fn jira_rest_date(seconds: i64) -> String {
    moment(seconds).format("%Y-%m-%dT%H:%M:%S%.3f%z").to_string()
}

/// `2026-10-01 08:00:00`, without a zone, as ServiceNow writes it.
pub(crate) fn plain_date(seconds: i64) -> String {
    moment(seconds).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// `10/1/2026 8:00:00 AM`, without a zone, as Azure Boards writes it for an American.
pub(crate) fn american_date(seconds: i64) -> String {
    moment(seconds).format("%-m/%-d/%Y %-I:%M:%S %p").to_string()
}

/// `01/Oct/26 8:00 AM`, the date pattern of a Jira site in its default setting.
pub(crate) fn jira_date(seconds: i64) -> String {
    moment(seconds).format("%d/%b/%y %-I:%M %p").to_string()
}

/// Moves a moment of the night or the weekend to the next working morning.
pub(crate) fn into_working_hours(seconds: i64) -> i64 {
    let mut day = seconds.div_euclid(DAY);
    let mut second = seconds.rem_euclid(DAY);
    if second < 7 * HOUR {
        second = 8 * HOUR + second % HOUR;
    } else if second > 19 * HOUR {
        day += 1;
        second = 8 * HOUR + second % (2 * HOUR);
    }
    // 1970-01-01 was a Thursday: day 2 was a Saturday.
    match (day - 2).rem_euclid(7) {
        0 => day += 2,
        1 => day += 1,
        _ => {}
    }
    day * DAY + second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_moments_are_what_they_say() {
        assert_eq!(rfc3339(AS_OF), "2026-10-01T08:00:00Z");
        assert_eq!(rfc3339(LAST_EXPORT), "2026-10-01T06:30:00Z");
        assert_eq!(rfc3339(LAST_MERGE), "2026-09-30T23:00:00Z");
        assert_eq!(jira_date(AS_OF), "01/Oct/26 8:00 AM");
        assert_eq!(jira_rest_date(AS_OF), "2026-10-01T08:00:00.000+0000");
        assert_eq!(rfc3339_micros(AS_OF), "2026-10-01T08:00:00.000000+00:00");
        assert_eq!(
            (plain_date(AS_OF), american_date(AS_OF)),
            ("2026-10-01 08:00:00".to_owned(), "10/1/2026 8:00:00 AM".to_owned())
        );
    }

    #[test]
    fn quarters_follow_the_calendar_year() {
        let quarter = Quarter::of(AS_OF - DAY);
        assert_eq!(quarter.to_string(), "2026-Q3");
        assert_eq!(quarter.first_day().to_string(), "2026-07-01");
        assert_eq!(quarter.last_day().to_string(), "2026-09-30");
        assert_eq!(quarter.next().to_string(), "2026-Q4");
        assert_eq!(quarter.next().next().to_string(), "2027-Q1");
        assert_eq!(quarter.working_days().len(), 66);
    }

    #[test]
    fn nights_and_weekends_move_to_the_next_working_morning() {
        let check = |from: &str, to: &str| {
            let from = DateTime::parse_from_rfc3339(from).unwrap().timestamp();
            assert_eq!(rfc3339(into_working_hours(from)), to);
        };
        check("2026-09-30T10:00:00Z", "2026-09-30T10:00:00Z");
        check("2026-09-30T02:10:00Z", "2026-09-30T08:10:00Z");
        check("2026-09-25T20:00:00Z", "2026-09-28T08:00:00Z");
        check("2026-09-26T12:00:00Z", "2026-09-28T12:00:00Z");
        check("2026-09-27T12:00:00Z", "2026-09-28T12:00:00Z");
    }
}
