use super::*;

/// Checks the days of `year`, written as `01-01 12-25`, against the officially published ones.
fn check(set: HolidaySet, year: i32, expected: &str) {
    let found: Vec<String> = set.of_year(year).iter().map(|holiday| holiday.date.format("%m-%d").to_string()).collect();
    assert_eq!(found.join(" "), expected, "{} {year}", set.name());
}

#[test]
fn federal_holidays_are_those_of_the_office_of_personnel_management() {
    let check = |year, expected| check(HolidaySet::UsFederal, year, expected);
    check(2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25");
    // Juneteenth for the first time, kept on Friday; and New Year's Day of 2022, on a Saturday, in this year.
    check(2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31");
    check(2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26");
    check(2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25");
    check(2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25");
    check(2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25");
    check(2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31");
}

#[test]
fn bank_holidays_are_those_of_the_government_of_the_united_kingdom() {
    let check = |year, expected| check(HolidaySet::UkEngland, year, expected);
    // Boxing Day on a Saturday; early May moved.
    check(2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28");
    // Christmas on a Saturday, Boxing Day on a Sunday.
    check(2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28");
    // New Year's Day on a Saturday, Christmas on a Sunday, a jubilee and a state funeral.
    check(2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27");
    check(2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26");
    check(2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26");
    check(2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26");
    check(2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
    check(2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28");
}

#[test]
fn german_holidays_are_those_of_all_states() {
    let check = |year, expected| check(HolidaySet::De, year, expected);
    check(2017, "01-01 04-14 04-17 05-01 05-25 06-05 10-03 10-31 12-25 12-26");
    check(2024, "01-01 03-29 04-01 05-01 05-09 05-20 10-03 12-25 12-26");
    check(2025, "01-01 04-18 04-21 05-01 05-29 06-09 10-03 12-25 12-26");
    check(2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26");
}

#[test]
fn french_holidays_are_the_eleven_of_the_law() {
    let check = |year, expected| check(HolidaySet::Fr, year, expected);
    // Ascension on Labour Day.
    check(2008, "01-01 03-24 05-01 05-08 05-12 07-14 08-15 11-01 11-11 12-25");
    check(2024, "01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25");
    check(2025, "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25");
    check(2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25");
}

#[test]
fn dutch_holidays_are_those_on_which_no_time_limit_ends() {
    let check = |year, expected| check(HolidaySet::Nl, year, expected);
    check(2013, "01-01 03-29 04-01 04-30 05-05 05-09 05-20 12-25 12-26");
    check(2024, "01-01 03-29 04-01 04-27 05-05 05-09 05-20 12-25 12-26");
    // 27 April is a Sunday.
    check(2025, "01-01 04-18 04-21 04-26 05-05 05-29 06-09 12-25 12-26");
    check(2026, "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26");
}

#[test]
fn target_closes_on_six_days() {
    let check = |year, expected| check(HolidaySet::EuTarget, year, expected);
    check(2024, "01-01 03-29 04-01 05-01 12-25 12-26");
    check(2025, "01-01 04-18 04-21 05-01 12-25 12-26");
    check(2026, "01-01 04-03 04-06 05-01 12-25 12-26");
}

#[test]
fn a_set_is_written_by_its_name() {
    for set in HolidaySet::ALL {
        let written = serde_json::to_string(&set).unwrap();
        assert_eq!(written, format!("\"{}\"", set.name()));
        assert_eq!(serde_json::from_str::<HolidaySet>(&written).unwrap(), set);
    }
}
