//! Points in time, as tools and people write them.

use crate::any_file;
use change_ledger_ingest::{ColumnProfile, DateOrder, MemoryInput, Options};
use change_ledger_model::{Timestamp, record::Record, source::SourceKind};
use chrono::{DateTime, Datelike};
use chrono_tz::Tz;

const ZONES: [Tz; 4] = [Tz::UTC, Tz::Europe__Berlin, Tz::America__St_Johns, Tz::Pacific__Apia];
const ORDERS: [Option<DateOrder>; 4] =
    [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst), Some(DateOrder::YearFirst)];

/// The first byte chooses zone and order of day and month; each line of the rest is a time.
///
/// Besides what holds of any file: what RFC 3339 can read is that point in time and no other, and every point in
/// time is read as it is written.
pub(super) fn check(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let first = usize::from(*first);
    let profile =
        ColumnProfile::from_toml("name = \"t\"\n[columns]\nnumber = \"Nr\"\nimplemented_at = \"At\"").unwrap();
    let options = Options {
        source: Some(SourceKind::GenericCsv),
        profile: Some(profile),
        timezone: Some(ZONES[first % ZONES.len()]),
        date_order: ORDERS[first / ZONES.len() % ORDERS.len()],
        ..any_file::options()
    };
    let text = String::from_utf8_lossy(rest);
    let lines = text.lines().take(30).map(|line| line.replace('"', "\"\""));
    let table: String = (1..).zip(lines).map(|(number, line)| format!("CR-{number},\"{line}\"\n")).collect();
    any_file::check(format!("Nr,At\n{table}").as_bytes(), &options);
    for line in text.lines().take(30) {
        if let Some(at) = written_in_full(line) {
            assert_eq!(read(line, &options), Some(at), "{line}");
        }
    }
    if let Some(at) = rest.first_chunk().and_then(|millis| any_time(i64::from_le_bytes(*millis))) {
        assert_eq!(read(&at.to_string(), &options), Some(at));
    }
}

/// The time of a full timestamp of RFC 3339; `None` for others, and for the years that stand for "never".
fn written_in_full(line: &str) -> Option<Timestamp> {
    let at = DateTime::parse_from_rfc3339(line.trim()).ok()?;
    let is_leap_second = line.contains(":60");
    ((1971..=9998).contains(&at.year()) && !is_leap_second).then(|| Timestamp::from_millis(at.timestamp_millis()))?
}

/// A point in time between the years 1971 and 9998.
fn any_time(millis: i64) -> Option<Timestamp> {
    let at = Timestamp::from_millis(millis.rem_euclid(253_000_000_000_000))?;
    (1971..=9998).contains(&at.to_utc().year()).then_some(at)
}

/// The time of the only row of a table.
fn read(line: &str, options: &Options) -> Option<Timestamp> {
    let table = format!("Nr,At\nCR-1,\"{line}\"\n");
    let (outcome, ..) = any_file::import(&MemoryInput::new("t.csv", table.as_bytes()), options).unwrap();
    match outcome.records().as_slice() {
        [Record::Change(change)] => change.implemented_at,
        other => panic!("{line}: {other:?} {:?}", outcome.rejects),
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    const WRITTEN: &str = "2026-09-03T01:51:40Z\n2026-09-03 01:51:40+02:00\n2026-03-29 02:30\n03/04/26 2:15 PM\n\
        25.10.2026 02:30\n3. April 2026\nSep 3, 2026 1:51:40 AM UTC\n02/Oct/26 3:15 AM\n1702888391916\n1702888391\n\
        Tue Sep 01 2026 10:00:00 GMT+0000 (GMT)\nThu, 3 Sep 2026 01:51:40 +0200\n20260903T015140Z\n2026-W36-4\n\
        46297.135\n0001-01-01T00:00:00Z\n2026-02-30\n2026-09-03T24:00:00Z\n9999-12-31T23:59:59.999999999+14:00";
    let days_first = "25.12.2026 10:00\n03.04.2026 10:00\n";
    let mut seeds: Vec<Vec<u8>> = (0..16_u8).map(|first| [&[first][..], WRITTEN.as_bytes()].concat()).collect();
    seeds.push([&[1][..], days_first.as_bytes()].concat());
    seeds.extend(WRITTEN.lines().map(|line| [&[0][..], line.as_bytes()].concat()));
    seeds
}
