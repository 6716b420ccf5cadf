use super::*;

fn clock(zone: Tz, order: Option<DateOrder>) -> Clock {
    Clock { zone, order }
}

fn shown(text: &str, clock: Clock) -> String {
    match parse(text, clock) {
        Ok(time) => format!("{}{}", time.at, if time.zone_used { " local" } else { "" }),
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn spellings_of_exports() {
    let check = |text: &str, expected: &str| {
        assert_eq!(shown(text, clock(Tz::UTC, None)), expected, "{text}");
    };
    check("2026-03-04T05:06:07Z", "2026-03-04T05:06:07Z");
    check("2026-03-04T05:06:07.52Z", "2026-03-04T05:06:07.520Z");
    check("2026-03-04T05:06:07.000000Z", "2026-03-04T05:06:07Z");
    check("2026-03-04T05:06:26.6424314Z", "2026-03-04T05:06:26.642Z");
    check("2026-03-04T05:06:46.144+0800", "2026-03-03T21:06:46.144Z");
    check("2026-03-04T05:06:46-07:00", "2026-03-04T12:06:46Z");
    check("2023-05-31T10:05:00", "2023-05-31T10:05:00Z local");
    check("2020-11-13 15:22:31", "2020-11-13T15:22:31Z local");
    check("2024-05-01 10:00:00 UTC", "2024-05-01T10:00:00Z");
    check("2026-09-03", "2026-09-03T00:00:00Z local");
    check("20260903", "2026-09-03T00:00:00Z local");
    check("18/jul/26 9:10 AM", "2026-07-18T09:10:00Z local");
    check("09/Feb/23 6:16 PM", "2023-02-09T18:16:00Z local");
    check("10/Jan/24 12:00 AM", "2024-01-10T00:00:00Z local");
    check("10/Jan/24 12:00 PM", "2024-01-10T12:00:00Z local");
    check("29-02-2016 01:16", "2016-02-29T01:16:00Z local");
    check("12/15/2025 12:53:54 PM", "2025-12-15T12:53:54Z local");
    check("02.10.2026 03:15", "2026-10-02T03:15:00Z local");
    check("1.2.26", "2026-02-01T00:00:00Z local");
    check("1/1/20 1:18", "2020-01-01T01:18:00Z local");
    check("1702888391916", "2023-12-18T08:33:11.916Z");
    check("1452845865.000008", "2016-01-15T08:17:45Z");
    check("Tue Sep 01 2026 10:00:00 GMT+0000 (GMT)", "2026-09-01T10:00:00Z");
    check("Tue Sep 01 2026 10:00:00 GMT+0200 (Central European Summer Time)", "2026-09-01T08:00:00Z");
    check("Sun, 1 Nov 2026 09:15:00 +0000", "2026-11-01T09:15:00Z");
    check("September 3, 2026 9:00 AM (UTC)", "2026-09-03T09:00:00Z");
    check("September 3, 2026 9:00 AM (GMT+2)", "2026-09-03T07:00:00Z");
    check("September 3, 2026 9:00 AM (GMT-3:30)", "2026-09-03T12:30:00Z");
    check("2016-12-31 23:59:60", "2016-12-31T23:59:59Z local");
}

#[test]
fn months_and_clocks_of_other_languages() {
    let check = |text: &str, expected: &str| {
        assert_eq!(shown(text, clock(Tz::UTC, None)), expected, "{text}");
    };
    check("03/Mär/26 16:02", "2026-03-03T16:02:00Z local");
    check("3. Dezember 2026 um 08:05 Uhr", "2026-12-03T08:05:00Z local");
    check("15/févr./26 4:02 PM", "2026-02-15T16:02:00Z local");
    check("15 août 2026 à 04:02", "2026-08-15T04:02:00Z local");
    check("18/ene/26 9:10 a.\u{a0}m.", "2026-01-18T09:10:00Z local");
    check("18/dic./26 9:10 p. m.", "2026-12-18T21:10:00Z local");
    check("03 de setembro de 2026 09:00", "2026-09-03T09:00:00Z local");
    check("03/out/26 9:10 PM", "2026-10-03T21:10:00Z local");
    check("3 maggio 2026 07:08", "2026-05-03T07:08:00Z local");
    check("3 mrt. 2026 07:08", "2026-03-03T07:08:00Z local");
    check("05/paź/26 11:00 AM", "2026-10-05T11:00:00Z local");
    check("03/九月/26 9:15 下午", "2026-09-03T21:15:00Z local");
    check("03/9月/26 9:15 上午", "2026-09-03T09:15:00Z local");
    check("2026年9月3日 上午9:15", "2026-09-03T09:15:00Z local");
}

#[test]
fn order_of_day_and_month() {
    let check = |text: &str, order: Option<DateOrder>, expected: &str| {
        assert_eq!(shown(text, clock(Tz::UTC, order)), expected, "{text} {order:?}");
    };
    check("06-09-2024 13:55", None, "OrderOpen");
    check("06-09-2024 13:55", Some(DateOrder::DayFirst), "2024-09-06T13:55:00Z local");
    check("06-09-2024 13:55", Some(DateOrder::MonthFirst), "2024-06-09T13:55:00Z local");
    check("13/09/2024", Some(DateOrder::MonthFirst), "OtherOrder");
    check("09/13/2024", Some(DateOrder::DayFirst), "OtherOrder");
    check("26-09-03", Some(DateOrder::YearFirst), "2026-09-03T00:00:00Z local");
    check("26-09-03", None, "2003-09-26T00:00:00Z local");
}

#[test]
fn texts_that_are_no_time() {
    let check = |text: &str, expected: LocalTimeError| {
        assert_eq!(parse(text, clock(Tz::UTC, None)), Err(expected), "{text}");
    };
    check("", LocalTimeError::NotADate);
    check("soon", LocalTimeError::NotADate);
    check("2:24", LocalTimeError::NotADate);
    check("-11:30", LocalTimeError::NotADate);
    check("20411", LocalTimeError::NotADate);
    check("PLAT-12", LocalTimeError::NotADate);
    check("1.2.3.4", LocalTimeError::NotADate);
    check("2026-02-30 10:00", LocalTimeError::OutOfRange);
    check("03/Sep/26 25:00", LocalTimeError::OutOfRange);
    check("03/Sep/26 13:00 AM", LocalTimeError::OutOfRange);
    check("31/31/2026", LocalTimeError::OutOfRange);
    check("2026-09-03 10:00 CST", LocalTimeError::UnknownZone);
}

#[test]
fn clock_changes() {
    let check = |text: &str, expected: &str| {
        assert_eq!(shown(text, clock(Tz::Europe__Berlin, None)), expected, "{text}");
    };
    check("2026-07-01 12:00", "2026-07-01T10:00:00Z local");
    // Skipped: clocks went from 02:00 to 03:00.
    check("2026-03-29 02:30", "2026-03-29T01:00:00Z local");
    check("2026-03-29 03:00", "2026-03-29T01:00:00Z local");
    // Twice: the first time round.
    check("2026-10-25 02:30", "2026-10-25T00:30:00Z local");
    // A day that Samoa never had.
    assert_eq!(shown("2011-12-30 12:00", clock(Tz::Pacific__Apia, None)), "2011-12-30T10:00:00Z local");
}

#[test]
fn evidence_of_the_order() {
    let check = |text: &str, expected: OrderEvidence| assert_eq!(order_evidence(text), expected, "{text}");
    check("06-09-2024 13:55", OrderEvidence::Open);
    check("07/07/2024", OrderEvidence::None);
    check("18/07/2026", OrderEvidence::Only(DateOrder::DayFirst));
    check("07/18/2026 1:00 PM", OrderEvidence::Only(DateOrder::MonthFirst));
    check("02.10.2026", OrderEvidence::None);
    check("2026-09-03", OrderEvidence::None);
    check("18/jul/26 9:10 AM", OrderEvidence::None);
    check("1702888391916", OrderEvidence::None);
    check("n/a", OrderEvidence::None);
}

#[test]
fn a_time_that_a_clock_change_skips_or_repeats_is_said_to_be_one() {
    let check = |text: &str, zone: Tz, expected: Option<ClockChange>| {
        assert_eq!(parse(text, clock(zone, None)).unwrap().clock_change, expected, "{text}");
    };
    check("2026-03-29 02:30", Tz::Europe__Berlin, Some(ClockChange::Skipped));
    check("2026-03-29 03:00", Tz::Europe__Berlin, None);
    check("2026-10-25 02:30", Tz::Europe__Berlin, Some(ClockChange::Repeated));
    check("2026-10-25 02:30+01:00", Tz::Europe__Berlin, None);
    check("2026-03-29 02:30", Tz::Asia__Tokyo, None);
    // Midnight is skipped in Cairo on this day, which a date alone does not care about.
    check("2026-04-24", Tz::Africa__Cairo, None);
    check("2026-04-24 00:30", Tz::Africa__Cairo, Some(ClockChange::Skipped));
}
