//! Points in time in JSON.

use super::{
    local_time::{self, Clock, LocalTimeError, ReadTime},
    null::is_null,
};
use change_ledger_model::Timestamp;
use chrono::NaiveDate;
use chrono_tz::Tz;

/// What programs write for "never": the zero times of Go and .NET, the Unix epoch.
const PLACEHOLDERS: [&str; 3] = ["0001-01-01", "1970-01-01T00:00:00", "1970-01-01 00:00:00"];

/// Whether a text is a time that stands for none.
pub(crate) fn is_placeholder(text: &str) -> bool {
    PLACEHOLDERS.iter().any(|placeholder| text.starts_with(placeholder))
}

/// Reads a time; `None` when it says nothing or is a placeholder. Times without an offset are those of `zone`.
pub(crate) fn read(text: &str, zone: Tz) -> Result<Option<ReadTime>, LocalTimeError> {
    let text = text.trim();
    if is_placeholder(text) || is_null(text) {
        return Ok(None);
    }
    if let Some(at) = seconds_in_utc(text.as_bytes()) {
        return Ok(Some(ReadTime::certain(at)));
    }
    local_time::parse(text, Clock { zone, order: None }).map(Some)
}

/// `YYYY-MM-DDTHH:MM:SSZ`, the spelling of nearly every time in JSON, without the general parser.
fn seconds_in_utc(text: &[u8]) -> Option<Timestamp> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', i1, i2, b':', s1, s2, b'Z'] = text else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)?;
    let at = date.and_hms_opt(number(&[h1, h2])?, number(&[i1, i2])?, number(&[s1, s2])?)?;
    Timestamp::from_utc(at.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_machine_spelling() {
        let check = |text: &str, expected: &str| {
            let said = match read(text, Tz::Europe__Berlin) {
                Ok(Some(ReadTime { at, zone_used: false, .. })) => at.to_string(),
                Ok(Some(ReadTime { at, zone_used: true, .. })) => format!("{at} by zone"),
                Ok(None) => "nothing".to_owned(),
                Err(_) => "unreadable".to_owned(),
            };
            assert_eq!(said, expected, "{text}");
        };
        check("2026-03-04T05:06:07Z", "2026-03-04T05:06:07Z");
        check("2026-03-04T05:06:07.123Z", "2026-03-04T05:06:07.123Z");
        check("2026-03-04T05:06:07.52Z", "2026-03-04T05:06:07.520Z");
        check("2026-03-04T05:06:07.000000Z", "2026-03-04T05:06:07Z");
        check("2026-03-04T05:06:26.6424314Z", "2026-03-04T05:06:26.642Z");
        check("2026-03-04T05:06:46.144+0800", "2026-03-03T21:06:46.144Z");
        check("2026-03-04T05:06:07+00:00", "2026-03-04T05:06:07Z");
        check("2026-03-04T05:06:07-05:00", "2026-03-04T10:06:07Z");
        check("2024-05-01 10:00:00 UTC", "2024-05-01T10:00:00Z");
        check("1702888391916", "2023-12-18T08:33:11.916Z");
        check("2023-05-31T10:05:00", "2023-05-31T08:05:00Z by zone");
        check("0001-01-01T00:00:00Z", "nothing");
        check("0001-01-01T00:00:00", "nothing");
        check("1970-01-01T00:00:00.000Z", "nothing");
        check("", "nothing");
        check("2026-02-30T00:00:00Z", "unreadable");
        check("2026-03-04T25:06:07Z", "unreadable");
        check("yesterday", "unreadable");
    }
}
