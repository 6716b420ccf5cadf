use super::*;
use crate::calendar::HolidaySet;
use chrono::{NaiveDate, Weekday};
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// A weekend and a set of holidays.
type Days = (&'static [Weekday], Option<HolidaySet>);

const SATURDAY_AND_SUNDAY: &[Weekday] = &[Weekday::Sat, Weekday::Sun];
const PLAIN: Days = (SATURDAY_AND_SUNDAY, None);
const NO_WEEKEND: Days = (&[], None);
const FRIDAY_AND_SATURDAY: Days = (&[Weekday::Fri, Weekday::Sat], None);
const US: Days = (SATURDAY_AND_SUNDAY, Some(HolidaySet::UsFederal));
const UK: Days = (SATURDAY_AND_SUNDAY, Some(HolidaySet::UkEngland));
const DE: Days = (SATURDAY_AND_SUNDAY, Some(HolidaySet::De));
const FR: Days = (SATURDAY_AND_SUNDAY, Some(HolidaySet::Fr));
const NL: Days = (SATURDAY_AND_SUNDAY, Some(HolidaySet::Nl));
const TARGET: Days = (SATURDAY_AND_SUNDAY, Some(HolidaySet::EuTarget));

/// Implemented at, deadline, calendar, zone, and the last moment that is on time, as a person with a wall calendar finds it.
#[rustfmt::skip]
const CASES: &[(&str, &str, Days, &str, &str)] = &[
    // Hours are elapsed hours, whatever the calendar says.
    ("2026-09-03T01:51:40Z", "24h", PLAIN, "UTC", "2026-09-04T01:51:40Z"),
    ("2026-09-03T01:51:40Z", "48h", PLAIN, "UTC", "2026-09-05T01:51:40Z"),
    ("2026-11-20T23:59:59Z", "24h", PLAIN, "UTC", "2026-11-21T23:59:59Z"),
    ("2026-11-21T12:00:00Z", "48h", PLAIN, "UTC", "2026-11-23T12:00:00Z"),
    ("2026-12-24T18:00:00Z", "24h", US, "America/New_York", "2026-12-25T18:00:00Z"),
    ("2026-12-31T23:59:59Z", "24h", PLAIN, "UTC", "2027-01-01T23:59:59Z"),
    ("2026-11-20T12:00:00Z", "1h", PLAIN, "UTC", "2026-11-20T13:00:00Z"),
    ("2026-11-20T12:00:00Z", "72h", PLAIN, "UTC", "2026-11-23T12:00:00Z"),
    // Hours over the changes of the clock, in spring and in autumn.
    ("2026-03-28T12:00:00Z", "24h", PLAIN, "Europe/Berlin", "2026-03-29T12:00:00Z"),
    ("2026-10-24T12:00:00Z", "24h", PLAIN, "Europe/Berlin", "2026-10-25T12:00:00Z"),
    ("2026-03-07T17:00:00Z", "24h", PLAIN, "America/New_York", "2026-03-08T17:00:00Z"),
    ("2026-10-31T16:00:00Z", "48h", PLAIN, "America/New_York", "2026-11-02T16:00:00Z"),
    // Hours over leap days.
    ("2028-02-28T10:00:00Z", "24h", PLAIN, "UTC", "2028-02-29T10:00:00Z"),
    ("2028-02-29T10:00:00Z", "24h", PLAIN, "UTC", "2028-03-01T10:00:00Z"),
    ("2027-02-28T10:00:00Z", "24h", PLAIN, "UTC", "2027-03-01T10:00:00Z"),
    ("2028-02-28T10:00:00Z", "48h", PLAIN, "UTC", "2028-03-01T10:00:00Z"),
    // Every day of an ordinary week.
    ("2026-11-16T09:00:00Z", "1bd", PLAIN, "UTC", "2026-11-17T23:59:59.999Z"),
    ("2026-11-17T09:00:00Z", "1bd", PLAIN, "UTC", "2026-11-18T23:59:59.999Z"),
    ("2026-11-18T09:00:00Z", "1bd", PLAIN, "UTC", "2026-11-19T23:59:59.999Z"),
    ("2026-11-19T09:00:00Z", "1bd", PLAIN, "UTC", "2026-11-20T23:59:59.999Z"),
    ("2026-11-20T09:00:00Z", "1bd", PLAIN, "UTC", "2026-11-23T23:59:59.999Z"),
    ("2026-11-21T09:00:00Z", "1bd", PLAIN, "UTC", "2026-11-23T23:59:59.999Z"),
    ("2026-11-22T09:00:00Z", "1bd", PLAIN, "UTC", "2026-11-23T23:59:59.999Z"),
    ("2026-11-16T09:00:00Z", "3bd", PLAIN, "UTC", "2026-11-19T23:59:59.999Z"),
    ("2026-11-18T09:00:00Z", "3bd", PLAIN, "UTC", "2026-11-23T23:59:59.999Z"),
    ("2026-11-20T09:00:00Z", "3bd", PLAIN, "UTC", "2026-11-25T23:59:59.999Z"),
    ("2026-11-21T09:00:00Z", "3bd", PLAIN, "UTC", "2026-11-25T23:59:59.999Z"),
    ("2026-11-16T09:00:00Z", "5bd", PLAIN, "UTC", "2026-11-23T23:59:59.999Z"),
    ("2026-11-18T09:00:00Z", "5bd", PLAIN, "UTC", "2026-11-25T23:59:59.999Z"),
    ("2026-11-21T09:00:00Z", "5bd", PLAIN, "UTC", "2026-11-27T23:59:59.999Z"),
    ("2026-11-22T09:00:00Z", "5bd", PLAIN, "UTC", "2026-11-27T23:59:59.999Z"),
    // The last minute of Friday and the first of Saturday, and the same instants elsewhere.
    ("2026-11-20T23:59:00Z", "1bd", PLAIN, "UTC", "2026-11-23T23:59:59.999Z"),
    ("2026-11-20T23:59:59Z", "1bd", PLAIN, "UTC", "2026-11-23T23:59:59.999Z"),
    ("2026-11-21T00:00:00Z", "1bd", PLAIN, "UTC", "2026-11-23T23:59:59.999Z"),
    ("2026-11-20T23:59:00Z", "1bd", PLAIN, "Asia/Tokyo", "2026-11-23T14:59:59.999Z"),
    ("2026-11-20T23:59:00Z", "1bd", PLAIN, "America/Los_Angeles", "2026-11-24T07:59:59.999Z"),
    ("2026-11-20T14:59:00Z", "1bd", PLAIN, "Asia/Tokyo", "2026-11-23T14:59:59.999Z"),
    ("2026-11-20T15:00:00Z", "1bd", PLAIN, "Asia/Tokyo", "2026-11-23T14:59:59.999Z"),
    ("2026-11-20T18:14:00Z", "1bd", PLAIN, "Asia/Kathmandu", "2026-11-23T18:14:59.999Z"),
    ("2026-11-20T18:15:00Z", "1bd", PLAIN, "Asia/Kathmandu", "2026-11-23T18:14:59.999Z"),
    ("2026-11-20T09:59:00Z", "1bd", PLAIN, "Pacific/Kiritimati", "2026-11-23T09:59:59.999Z"),
    ("2026-11-20T10:00:00Z", "1bd", PLAIN, "Pacific/Kiritimati", "2026-11-23T09:59:59.999Z"),
    ("2026-11-22T23:30:00Z", "1bd", PLAIN, "UTC", "2026-11-23T23:59:59.999Z"),
    ("2026-11-22T23:30:00Z", "1bd", PLAIN, "Europe/Berlin", "2026-11-24T22:59:59.999Z"),
    ("2026-11-23T04:59:00Z", "1bd", PLAIN, "America/New_York", "2026-11-24T04:59:59.999Z"),
    ("2026-11-23T05:00:00Z", "1bd", PLAIN, "America/New_York", "2026-11-25T04:59:59.999Z"),
    // Business days that begin, end or change the clock.
    ("2026-03-27T12:00:00Z", "1bd", PLAIN, "Europe/Berlin", "2026-03-30T21:59:59.999Z"),
    ("2026-03-26T12:00:00Z", "3bd", PLAIN, "Europe/Berlin", "2026-03-31T21:59:59.999Z"),
    ("2026-10-23T12:00:00Z", "1bd", PLAIN, "Europe/Berlin", "2026-10-26T22:59:59.999Z"),
    ("2026-03-06T18:00:00Z", "1bd", PLAIN, "America/New_York", "2026-03-10T03:59:59.999Z"),
    ("2026-10-30T18:00:00Z", "1bd", PLAIN, "America/New_York", "2026-11-03T04:59:59.999Z"),
    ("2026-03-28T23:30:00Z", "1bd", PLAIN, "Europe/London", "2026-03-30T22:59:59.999Z"),
    ("2026-04-23T12:00:00Z", "1bd", FRIDAY_AND_SATURDAY, "Africa/Cairo", "2026-04-26T20:59:59.999Z"),
    ("2026-10-29T12:00:00Z", "1bd", FRIDAY_AND_SATURDAY, "Africa/Cairo", "2026-11-01T21:59:59.999Z"),
    // On days that the clock makes shorter or longer themselves: a calendar without a weekend.
    ("2026-03-28T12:00:00Z", "1bd", NO_WEEKEND, "Europe/Berlin", "2026-03-29T21:59:59.999Z"),
    ("2026-10-24T12:00:00Z", "1bd", NO_WEEKEND, "Europe/Berlin", "2026-10-25T22:59:59.999Z"),
    ("2026-04-23T12:00:00Z", "1bd", NO_WEEKEND, "Africa/Cairo", "2026-04-24T20:59:59.999Z"),
    ("2026-03-07T12:00:00Z", "1bd", NO_WEEKEND, "America/New_York", "2026-03-09T03:59:59.999Z"),
    ("2026-10-31T12:00:00Z", "1bd", NO_WEEKEND, "America/New_York", "2026-11-02T04:59:59.999Z"),
    // Holidays: in between, at both ends, several together, substitutes.
    ("2026-11-25T15:00:00Z", "1bd", US, "America/New_York", "2026-11-28T04:59:59.999Z"),
    ("2026-11-25T15:00:00Z", "3bd", US, "America/New_York", "2026-12-02T04:59:59.999Z"),
    ("2026-11-26T15:00:00Z", "1bd", US, "America/New_York", "2026-11-28T04:59:59.999Z"),
    ("2026-07-02T15:00:00Z", "1bd", US, "America/New_York", "2026-07-07T03:59:59.999Z"),
    ("2026-06-18T15:00:00Z", "1bd", US, "America/New_York", "2026-06-23T03:59:59.999Z"),
    ("2021-12-23T15:00:00Z", "1bd", US, "America/New_York", "2021-12-28T04:59:59.999Z"),
    ("2021-12-30T15:00:00Z", "1bd", US, "America/New_York", "2022-01-04T04:59:59.999Z"),
    ("2026-12-24T15:00:00Z", "1bd", UK, "Europe/London", "2026-12-29T23:59:59.999Z"),
    ("2026-12-24T15:00:00Z", "5bd", UK, "Europe/London", "2027-01-05T23:59:59.999Z"),
    ("2021-12-24T15:00:00Z", "1bd", UK, "Europe/London", "2021-12-29T23:59:59.999Z"),
    ("2022-06-01T15:00:00Z", "1bd", UK, "Europe/London", "2022-06-06T22:59:59.999Z"),
    ("2026-04-02T15:00:00Z", "1bd", UK, "Europe/London", "2026-04-07T22:59:59.999Z"),
    ("2026-04-02T15:00:00Z", "3bd", DE, "Europe/Berlin", "2026-04-09T21:59:59.999Z"),
    ("2026-04-30T15:00:00Z", "1bd", DE, "Europe/Berlin", "2026-05-04T21:59:59.999Z"),
    ("2026-05-13T15:00:00Z", "1bd", DE, "Europe/Berlin", "2026-05-15T21:59:59.999Z"),
    ("2026-10-02T15:00:00Z", "1bd", DE, "Europe/Berlin", "2026-10-05T21:59:59.999Z"),
    ("2026-12-24T15:00:00Z", "5bd", DE, "Europe/Berlin", "2027-01-04T22:59:59.999Z"),
    ("2026-05-07T15:00:00Z", "1bd", FR, "Europe/Paris", "2026-05-11T21:59:59.999Z"),
    ("2026-07-13T15:00:00Z", "1bd", FR, "Europe/Paris", "2026-07-15T21:59:59.999Z"),
    ("2026-11-10T15:00:00Z", "3bd", FR, "Europe/Paris", "2026-11-16T22:59:59.999Z"),
    ("2026-04-24T15:00:00Z", "1bd", NL, "Europe/Amsterdam", "2026-04-28T21:59:59.999Z"),
    ("2026-05-04T15:00:00Z", "5bd", NL, "Europe/Amsterdam", "2026-05-12T21:59:59.999Z"),
    ("2025-12-24T15:00:00Z", "1bd", TARGET, "Europe/Brussels", "2025-12-29T22:59:59.999Z"),
    ("2026-04-30T15:00:00Z", "3bd", TARGET, "Europe/Brussels", "2026-05-06T21:59:59.999Z"),
    // Leap days as business days, and the ends of fiscal years in April, July and October.
    ("2028-02-28T10:00:00Z", "1bd", PLAIN, "UTC", "2028-02-29T23:59:59.999Z"),
    ("2028-02-29T10:00:00Z", "1bd", PLAIN, "UTC", "2028-03-01T23:59:59.999Z"),
    ("2028-02-25T10:00:00Z", "3bd", PLAIN, "UTC", "2028-03-01T23:59:59.999Z"),
    ("2027-02-26T10:00:00Z", "1bd", PLAIN, "UTC", "2027-03-01T23:59:59.999Z"),
    ("2026-03-31T22:59:00Z", "1bd", UK, "Europe/London", "2026-04-01T22:59:59.999Z"),
    ("2026-06-30T13:59:00Z", "1bd", PLAIN, "Australia/Sydney", "2026-07-01T13:59:59.999Z"),
    ("2026-06-30T14:00:00Z", "1bd", PLAIN, "Australia/Sydney", "2026-07-02T13:59:59.999Z"),
    ("2026-09-30T21:00:00Z", "1bd", US, "America/New_York", "2026-10-02T03:59:59.999Z"),
    ("2025-12-31T12:00:00Z", "1bd", US, "America/New_York", "2026-01-03T04:59:59.999Z"),
];

#[test]
fn deadlines_fall_where_a_person_with_a_calendar_finds_them() {
    for (implemented, deadline, (weekend, set), zone, due) in CASES {
        let holidays = set.iter().flat_map(|set| (2021..=2028).flat_map(|year| set.of_year(year)));
        let zone: Tz = zone.parse().unwrap();
        let calendar =
            Calendar { zone, weekend: weekend.to_vec(), holidays: holidays.map(|holiday| holiday.date).collect() };
        let at = Timestamp::parse_rfc3339(implemented).unwrap();
        let found = Deadline::parse(deadline).unwrap().due_at(at, &calendar).unwrap();
        assert_eq!(found.to_string(), *due, "{implemented} + {deadline} {zone} {set:?}");
    }
    assert!(CASES.len() >= 60);
}

#[test]
fn days_of_the_policys_own_are_no_business_days() {
    let own = BTreeSet::from([NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()]);
    let calendar = Calendar { zone: Tz::UTC, weekend: SATURDAY_AND_SUNDAY.to_vec(), holidays: own };
    let friday = Timestamp::parse_rfc3339("2026-11-20T12:00:00Z").unwrap();
    let due = Deadline::BusinessDays(1).due_at(friday, &calendar).unwrap();
    assert_eq!(due.to_string(), "2026-11-24T23:59:59.999Z");
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
