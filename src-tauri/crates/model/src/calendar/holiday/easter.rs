//! The date of Easter.

use chrono::NaiveDate;

/// Easter Sunday of a year in the Gregorian calendar; `None` outside the years that dates can have.
///
/// The anonymous Gregorian algorithm as in J. Meeus, Astronomical Algorithms, chapter 8.
pub(super) fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let moon_year = year.rem_euclid(19);
    let (century, in_century) = (year.div_euclid(100), year.rem_euclid(100));
    let (leap_centuries, century_rest) = (century / 4, century % 4);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * moon_year + century - leap_centuries - correction + 15) % 30;
    let weekday = (32 + 2 * century_rest + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let late = (moon_year + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_tables_have_it() {
        let check = |expected: &str| {
            let expected: NaiveDate = expected.parse().unwrap();
            assert_eq!(easter_sunday(chrono::Datelike::year(&expected)), Some(expected));
        };
        // The earliest and the latest that there can be, and the years in which simpler rules fail.
        for day in ["1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2038-04-25", "2049-04-18", "2076-04-19"] {
            check(day);
        }
        for day in [
            "2019-04-21",
            "2020-04-12",
            "2021-04-04",
            "2022-04-17",
            "2023-04-09",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2029-04-01",
            "2030-04-21",
        ] {
            check(day);
        }
    }
}
